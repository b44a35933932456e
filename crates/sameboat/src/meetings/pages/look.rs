use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use rounds::Signal;

use crate::access::Member;
use crate::agreements::{Frame, frame};
use crate::app::App;
use crate::error::Outcome;
use crate::groups::Named;
use crate::ids::{MeetingId, MemberId};
use crate::meetings::actions::{is_lost, my_mood};
use crate::meetings::kept;
use crate::meetings::model::{Meeting, Mood, Stage, signal_word};
use crate::meetings::pages::circle::{CircleView, Looking};
use crate::meetings::pages::view::{self, LineView, RoleView};
use crate::meetings::pages::{id, last_seen};
use crate::web::{Answer, Page, show, show_with};

#[derive(Template)]
#[template(path = "meetings/pages/planned.html")]
struct PlannedPage {
    page: Page,
    group: Frame,
    id: MeetingId,
    when: String,
    place: String,
    lines: Vec<LineView>,
    roles: Vec<RoleView>,
    coming: Vec<String>,
    mine: Option<bool>,
    version: i64,
    /// Whether it may begin now.
    begins: bool,
}

impl PlannedPage {
    fn comes(&self) -> bool {
        self.mine == Some(true)
    }

    fn stays_away(&self) -> bool {
        self.mine == Some(false)
    }

    fn others(&self) -> Vec<(MemberId, &str)> {
        let asked = |named: &&Named| named.id != self.group.me && !named.is_on_break();
        let others = self.group.members.iter().filter(asked);
        others.map(|named| (named.id, named.about.name.as_str())).collect()
    }

    fn total(&self) -> u32 {
        self.lines.iter().map(|line| line.minutes).sum()
    }
}

#[derive(Template)]
#[template(path = "meetings/pages/circle.html")]
struct CirclePage {
    page: Page,
    group: Frame,
    id: MeetingId,
    circle: CircleView,
}

impl CirclePage {
    fn signals(&self) -> Vec<(&'static str, String)> {
        let signal = |one: Signal| (signal_word(one), format!("signal-{}", signal_word(one)));
        Signal::ALL.into_iter().map(signal).collect()
    }

    fn back(&self) -> &'static str {
        if self.circle.fresh { "fresh" } else { "" }
    }
}

#[derive(Template)]
#[template(path = "meetings/pages/closed.html")]
struct ClosedPage {
    page: Page,
    group: Frame,
    id: MeetingId,
    when: String,
    version: i64,
    place: String,
    harvest: String,
    lines: Vec<LineView>,
    came: Vec<String>,
    /// Whether it was so lately that somebody may still want to write how they left.
    lately: bool,
}

/// A meeting: before, while or after.
pub async fn look(
    State(app): State<App>,
    member: Member,
    page: Page,
    Path((_, word)): Path<(String, String)>,
) -> Answer {
    let (found, answering) = find_mine(&app, member, id(&word)?).await?;
    let fresh = page.asked("fresh");
    show_meeting(&app, page, found, Answering { fresh, ..answering })
}

/// A meeting, with what stands around it. Whoever asks for it is heard of.
pub async fn find(app: &App, member: Member, id: MeetingId) -> Outcome<(Frame, Meeting)> {
    let (group, who) = (member.group(), member.id());
    let found = app
        .db
        .read(move |tx| Outcome::Ok((frame(tx, &member)?, kept::get(tx, &member, id)?)))
        .await?;
    app.presence.seen(group, who, app.now());
    Ok(found)
}

/// The same for the page of the circle, with what they said themselves without a name.
pub async fn find_mine(
    app: &App,
    member: Member,
    id: MeetingId,
) -> Outcome<((Frame, Meeting), Answering)> {
    let (group, who) = (member.group(), member.id());
    let found = app
        .db
        .read(move |tx| {
            let meeting = kept::get(tx, &member, id)?;
            let mood = my_mood(tx, &member, &meeting)?;
            let answering = Answering { mood, ..Answering::default() };
            Outcome::Ok(((frame(tx, &member)?, meeting), answering))
        })
        .await?;
    app.presence.seen(group, who, app.now());
    Ok(found)
}

/// What a page answers to.
#[derive(Default)]
pub struct Answering {
    /// The key of why a move was not made.
    pub refused: Option<&'static str>,
    /// How whoever looks said they are.
    pub mood: Option<Mood>,
    /// Whether the page loads itself anew.
    pub fresh: bool,
}

/// The circle for whoever looks.
pub fn circle_of(
    app: &App,
    page: &Page,
    (group, meeting): (&Frame, &Meeting),
    answering: Answering,
) -> Option<CircleView> {
    let now = app.now();
    let lost = is_lost(meeting, now, &last_seen(app, group.id));
    let Answering { refused, mood, fresh } = answering;
    CircleView::of(page, group, meeting, &Looking { lost, now, refused, mood, fresh })
}

/// The page that goes with how the meeting stands.
pub fn show_meeting(
    app: &App,
    page: Page,
    (group, meeting): (Frame, Meeting),
    answering: Answering,
) -> Answer {
    let refused = answering.refused.is_some();
    let status = if refused { StatusCode::CONFLICT } else { StatusCode::OK };
    if let Some(circle) = circle_of(app, &page, (&group, &meeting), answering) {
        let shown = CirclePage { page, group, id: meeting.id, circle };
        return show_with(status, &shown);
    }
    let (id, when) = (meeting.id, view::when(&page, &group, meeting.starts_at));
    let lines = view::lines(&page, &meeting);
    match meeting.stage {
        Stage::Planned | Stage::Open => show(&PlannedPage {
            id,
            when,
            lines,
            roles: view::roles(&group, &meeting),
            coming: view::coming(&group, &meeting),
            mine: meeting.coming.of(group.me),
            version: meeting.version,
            begins: meeting.may_begin(app.now()),
            place: meeting.words.place,
            page,
            group,
        }),
        Stage::Closed => {
            let came = group.members.iter().filter(|m| meeting.words.came.contains(&m.id));
            let came = came.map(|named| named.about.name.as_str().to_owned()).collect();
            let (version, lately) = (meeting.version, meeting.was_lately(app.now()));
            let (place, harvest) = (meeting.words.place, meeting.words.harvest);
            show(&ClosedPage {
                id,
                when,
                version,
                lines,
                came,
                lately,
                place,
                harvest,
                page,
                group,
            })
        }
    }
}
