use axum::extract::{Path, State};

use crate::access::Member;
use crate::agreements::Frame;
use crate::app::App;
use crate::error::{Refusal, Stop};
use crate::meetings::actions::{self, Said};
use crate::meetings::model::{ENOUGH, Half, Line, Mood, Picture, Running};
use crate::meetings::pages::look::{Answering, find_mine, show_meeting};
use crate::meetings::pages::{id, write};
use crate::web::{Answer, Form, Page, go};

/// What the circle says about how people come in and go out, for one member.
pub struct MoodView {
    /// What they are asked now.
    pub ask: Option<Ask>,
    /// What all see, one sentence or two for each line that is over.
    pub said: Vec<String>,
}

/// A question that is open.
pub struct Ask {
    /// Which line it is about.
    pub half: &'static str,
    /// The key of the question.
    pub question: &'static str,
    /// The words to choose from: as the form sends it, its key, whether it is this member's own.
    pub words: Vec<(&'static str, &'static str, bool)>,
    /// Whether they said anything.
    pub answered: bool,
    /// Whether they may show it to all.
    pub shows: bool,
}

/// The lines for whoever looks. `leads` says whether they lead, `mine` what they said.
pub fn view(
    page: &Page,
    group: &Frame,
    running: &Running,
    (leads, mine): (bool, Option<Mood>),
) -> MoodView {
    let asked = running.moods.open().filter(|_| group.members.len() >= ENOUGH);
    let ask = asked.filter(|_| running.is_here(group.me)).map(|half| Ask {
        half: half.word(),
        question: question(half),
        words: Mood::ALL.map(|mood| (mood.word(), name(mood), mine == Some(mood))).to_vec(),
        answered: mine.is_some(),
        shows: leads && half == Half::Going,
    });
    let said = Half::ALL.into_iter().filter_map(|half| said(page, half, running.moods.line(half)));
    MoodView { ask, said: said.collect() }
}

fn question(half: Half) -> &'static str {
    match half {
        Half::Coming => "mood-coming",
        Half::Going => "mood-going",
    }
}

fn name(mood: Mood) -> &'static str {
    match mood {
        Mood::Heavy => "mood-heavy",
        Mood::Low => "mood-low",
        Mood::Between => "mood-between",
        Mood::Fine => "mood-fine",
        Mood::Light => "mood-light",
    }
}

/// The word within a sentence.
fn felt(mood: Mood) -> &'static str {
    match mood {
        Mood::Heavy => "mood-felt-heavy",
        Mood::Low => "mood-felt-low",
        Mood::Between => "mood-felt-between",
        Mood::Fine => "mood-felt-fine",
        Mood::Light => "mood-felt-light",
    }
}

fn said(page: &Page, half: Half, line: Line) -> Option<String> {
    match line {
        Line::Unasked | Line::Open => None,
        Line::TooFew => Some(page.t(match half {
            Half::Coming => "mood-coming-few",
            Half::Going => "mood-going-few",
        })),
        Line::Shown(picture) => Some(sentence(page, half, picture)),
    }
}

fn sentence(page: &Page, half: Half, Picture { from, middle, to }: Picture) -> String {
    let word = |mood| page.t(felt(mood));
    if from == to {
        let key = match half {
            Half::Coming => "mood-coming-same",
            Half::Going => "mood-going-same",
        };
        return page.t1(key, "mood", word(from));
    }
    let key = match half {
        Half::Coming => "mood-coming-most",
        Half::Going => "mood-going-most",
    };
    let most = page.t2(key, "from", word(from), "to", word(to));
    format!("{most} {}", page.t1("mood-middle", "mood", word(middle)))
}

/// Says how somebody is, takes it back, or shows how people leave. Saying it spends no key.
pub async fn say(
    State(app): State<App>,
    member: Member,
    page: Page,
    Path((_, word)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let (there, group) = (id(&word)?, member.group());
    app.presence.seen(group, member.id(), app.now());
    let said = if form.text("do") == "show" {
        write(&app, member.clone(), move |tx, member| actions::show_mood(tx, member, there)).await
    } else {
        let answer = read(&form)?;
        let work = move |tx: &mut storekit::Tx<'_>, member: &Member| {
            actions::say_mood(tx, member, there, answer)
        };
        write(&app, member.clone(), work).await
    };
    let fresh = form.text("back") == "fresh";
    let path = format!("/g/{group}/meetings/{there}");
    let said = match said {
        // The circle is over: what there is now says more than a refusal.
        Err(Stop::Refused(Refusal::Conflict("meet-not-open"))) => {
            return go(format!("{path}?done=meet-is-over"));
        }
        said => said?,
    };
    let why = match said {
        Said::Done if fresh => return go(format!("{path}?fresh=1")),
        Said::Done => return go(path),
        Said::NotHere => "refused-sit",
        Said::NotLead => "refused-lead",
        Said::NotAsked => "mood-not-asked",
    };
    let (found, answering) = find_mine(&app, member, there).await?;
    show_meeting(&app, page, found, Answering { refused: Some(why), fresh, ..answering })
}

fn read(form: &Form) -> Result<(Half, Option<Mood>), Refusal> {
    let half = Half::from_word(form.text("half")).ok_or(Refusal::NotFound)?;
    let mood = match form.text("mood") {
        "none" => None,
        word => Some(Mood::from_word(word).ok_or(Refusal::NotFound)?),
    };
    Ok((half, mood))
}
