//! One share, with the answers to it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use storekit::Tx;

use crate::access::Member;
use crate::agreements::{Frame, frame};
use crate::app::App;
use crate::drafts;
use crate::error::{Outcome, Refusal, Stop};
use crate::groups::{self, Named};
use crate::ids::{AnswerId, MemberId, ShareId};
use crate::sharing::actions::{self, Answer, Answers, NewAnswer, Share, answer_form};
use crate::sharing::model::{Kind, Offer, Text, Wants};
use crate::sharing::pages::{ShareView, share_id};
use crate::web::{Answer as Reply, Form, Once, Page, go, once_is_enough, show, show_with};

#[derive(Template)]
#[template(path = "sharing/pages/one.html")]
struct OnePage {
    page: Page,
    group: Frame,
    s: ShareView,
    answers: Vec<AnswerView>,
    /// Who has said *heard* or *thanks*, for the share's writer.
    heard: Vec<String>,
    thanks: Vec<String>,
    /// What this member said of it.
    my_heard: Option<AnswerId>,
    my_thanks: Option<AnswerId>,
    /// Whether the writer is still here to be told.
    writer_here: bool,
    may_mend: bool,
    words: String,
    draft: Option<String>,
    /// Whether other words stand here than those that were answered.
    changed: bool,
    /// Kinds of answers that this member may ask about, and has not.
    offers: Vec<Wants>,
    /// Kinds that they asked about and that are welcome.
    welcome: Vec<Wants>,
    /// How many answers can't be read any more.
    damaged: usize,
}

impl OnePage {
    fn just_listening(&self) -> bool {
        self.s.wants == "listening"
    }

    /// What the field is for: the kind that was asked for, and those that are welcome since.
    fn asked_for(&self) -> Vec<String> {
        let welcome = self.welcome.iter().map(|wants| wants.word());
        std::iter::once(self.s.wants).chain(welcome).map(|w| format!("share-answer-{w}")).collect()
    }

    fn opens(&self) -> bool {
        !self.just_listening()
            || !self.welcome.is_empty()
            || !self.words.is_empty()
            || self.page.issue("words").is_some()
    }
}

struct AnswerView {
    id: AnswerId,
    name: Option<String>,
    day: String,
    text: String,
    mine: bool,
    offer: Option<OfferView>,
}

/// “Would you like…?”
struct OfferView {
    /// The key of what is asked.
    asks: String,
    /// Whether it is welcome, if that was said, and where that stands.
    said: Option<(AnswerId, bool)>,
    /// Whether whoever looks is the one who is asked.
    for_me: bool,
}

impl OfferView {
    fn is(&self, yes: bool) -> bool {
        self.said.is_some_and(|(_, said)| said == yes)
    }
}

struct Found {
    group: Frame,
    share: Share,
    answers: Answers,
    names: Vec<Named>,
    draft: Option<(i64, String)>,
}

fn find(tx: &mut Tx<'_>, member: &Member, id: ShareId) -> Outcome<Found> {
    let draft = drafts::find(tx, member.person(), &answer_form(id))?;
    Ok(Found {
        group: frame(tx, member)?,
        share: actions::get(tx, member, id)?,
        answers: actions::answers_of(tx, member, id)?,
        names: groups::list_members(tx, member)?,
        draft: draft.map(|draft| (draft.day, draft.text)),
    })
}

fn page_of(page: Page, found: Found, typed: Option<String>) -> OnePage {
    let Found { group, share, answers, names, draft } = found;
    let me = group.me;
    let name = |id: MemberId| {
        let named = names.iter().find(|named| named.id == id);
        named.map(|named| named.about.name.as_str().to_owned())
    };
    let signs = |kind: Kind| {
        let said = answers.signs.iter().filter(|sign| sign.kind == kind && share.writer == me);
        said.filter_map(|sign| name(sign.writer)).collect::<Vec<_>>()
    };
    let (heard, thanks) = (signs(Kind::Heard), signs(Kind::Thanks));
    let mine = |kind| actions::heard(&answers, me, kind);
    let (my_heard, my_thanks) = (mine(Kind::Heard), mine(Kind::Thanks));
    let others = answers.words.iter().chain(&answers.signs).any(|answer| answer.writer != me);
    let (writer_here, may_mend) = (group.name_of(share.writer).is_some(), !others);
    let (writer, all) = (share.writer, &answers.words);
    let said = |answer: &Answer| actions::said_to(all, writer, answer.id);
    let asked = |what: Wants| {
        all.iter().find(|one| one.writer == me && one.offer == Some(Offer::Asks(what)))
    };
    let others = share.said.wants.others();
    let may_ask = |what: &Wants| {
        writer != me && asked(*what).is_none() && !actions::is_declined(all, me, *what)
    };
    let offers = others.clone().filter(may_ask).collect();
    let is_welcome = |what: &Wants| asked(*what).and_then(said).is_some_and(|(_, yes)| yes);
    let welcome = others.filter(is_welcome).collect();
    let view = |answer: &Answer| {
        let offer = match answer.offer {
            // It stands under the offer. A no outlives that: whoever said it sees it, and may take it
            // back.
            Some(Offer::Says { to, by, what, yes }) => {
                let shown = all.iter().any(|one| one.id == to) || writer != me;
                return (!shown).then(|| AnswerView {
                    id: answer.id,
                    name: name(by),
                    day: page.day(answer.day),
                    text: String::new(),
                    mine: false,
                    offer: Some(OfferView {
                        asks: format!("offer-{}", what.word()),
                        said: Some((answer.id, yes)),
                        for_me: false,
                    }),
                });
            }
            Some(Offer::Asks(what)) => Some(OfferView {
                asks: format!("offer-{}", what.word()),
                said: said(answer),
                for_me: writer == me,
            }),
            None => None,
        };
        Some(AnswerView {
            id: answer.id,
            name: name(answer.writer),
            day: page.day(answer.day),
            text: answer.text.clone(),
            mine: answer.writer == me,
            offer,
        })
    };
    let damaged = answers.damaged;
    let answers = all.iter().filter_map(view).collect();
    let draft = draft.filter(|_| typed.is_none());
    let day = draft.as_ref().map(|(day, _)| page.day(day));
    let words = typed.or(draft.map(|(_, text)| text)).unwrap_or_default();
    let s = ShareView::of(&page, (&names, me), share);
    OnePage {
        page,
        group,
        s,
        answers,
        heard,
        thanks,
        my_heard,
        my_thanks,
        writer_here,
        may_mend,
        words,
        draft: day,
        changed: false,
        offers,
        welcome,
        damaged,
    }
}

/// Reads it.
pub async fn one(
    State(app): State<App>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    page: Page,
) -> Reply {
    let id = share_id(&id)?;
    let found = app.db.read(move |tx| find(tx, &member, id)).await?;
    show(&page_of(page, found, None))
}

/// What a button of the share asks for.
enum Ask {
    MeToo,
    NotMeToo,
    Answer(Kind),
    /// Whether another kind of answer would be welcome.
    Offer(Wants),
    /// That it is, or is not.
    Say(AnswerId, bool),
}

impl Ask {
    fn of(form: &Form) -> Result<Ask, Refusal> {
        match form.text("do") {
            "me-too" => Ok(Ask::MeToo),
            "not-me-too" => Ok(Ask::NotMeToo),
            "offer" => {
                let what = Wants::from_word(form.text("what"));
                what.map(Ask::Offer).ok_or(Refusal::NotFound)
            }
            say @ ("yes" | "no") => {
                let offer = form.text("offer").parse().map_err(|_| Refusal::NotFound)?;
                Ok(Ask::Say(offer, say == "yes"))
            }
            word => Kind::from_word(word).map(Ask::Answer).ok_or(Refusal::NotFound),
        }
    }

    fn done(&self) -> &'static str {
        match self {
            Ask::MeToo => "?done=me-too",
            Ask::NotMeToo => "?done=not-me-too",
            Ask::Answer(Kind::Heard) => "?done=share-heard",
            Ask::Answer(Kind::Thanks) => "?done=share-thanked",
            Ask::Answer(Kind::Words) => "?done=share-answered",
            Ask::Offer(_) => "?done=offer-asked",
            Ask::Say(_, true) => "?done=offer-yes",
            Ask::Say(_, false) => "?done=offer-no",
        }
    }
}

/// Answers, or says *me too*.
pub async fn answer(
    State(app): State<App>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    page: Page,
    form: Form,
) -> Reply {
    let (id, group) = (share_id(&id)?, member.group());
    let ask = Ask::of(&form)?;
    let done = ask.done();
    let typed = form.has("words").then(|| form.text("words").to_owned());
    match act(&app, member.clone(), (id, ask), &form).await {
        Ok(()) => go(format!("/g/{group}/share/{id}{done}")),
        Err(Stop::Refused(Refusal::Conflict("share-other-words"))) => {
            let found = app.db.read(move |tx| find(tx, &member, id)).await?;
            let again = OnePage { changed: true, ..page_of(page, found, typed) };
            show_with(StatusCode::CONFLICT, &again)
        }
        Err(Stop::Refused(Refusal::Fields(issues))) => {
            let found = app.db.read(move |tx| find(tx, &member, id)).await?;
            let again = page_of(page.with_issues(issues), found, typed);
            show_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(stop) => Err(stop),
    }
}

async fn act(app: &App, member: Member, (id, ask): (ShareId, Ask), form: &Form) -> Outcome<()> {
    let once = form.once;
    let turn = form.text("turn").parse().ok();
    let kind = match ask {
        // A nameless thing leaves no spent key: that it came just now would tell from whom.
        Ask::MeToo => {
            return app
                .db
                .write(move |tx| {
                    actions::must_be_as_read(tx, &member, id, turn)?;
                    actions::say_me_too(tx, &member, id)
                })
                .await;
        }
        Ask::NotMeToo => {
            return app.db.write(move |tx| actions::take_me_too_back(tx, &member, id)).await;
        }
        Ask::Answer(kind) => kind,
        Ask::Offer(what) => {
            let offer = move |tx: &mut Tx<'_>, app: &App, member: &Member| {
                actions::must_be_as_read(tx, member, id, turn)?;
                actions::offer(tx, &app.keys, member, (id, what))
            };
            return once_only(app, member, once, offer).await;
        }
        Ask::Say(offer, yes) => {
            let say = move |tx: &mut Tx<'_>, app: &App, member: &Member| {
                actions::say_to_offer(tx, &app.keys, member, (id, offer, yes))
            };
            return once_only(app, member, once, say).await;
        }
    };
    let text = match kind {
        Kind::Words => Some(Text::parse(form.text("words"))),
        Kind::Heard | Kind::Thanks => None,
    };
    let text = text.transpose().map_err(|issue| Refusal::Fields(vec![issue]))?;
    let new = NewAnswer { share: id, kind, text };
    let answer = move |tx: &mut Tx<'_>, app: &App, member: &Member| {
        actions::must_be_as_read(tx, member, id, turn)?;
        actions::answer(tx, &app.keys, member, &new)
    };
    once_only(app, member, once, answer).await
}

/// Does it in one transaction with the form's key.
async fn once_only(
    app: &App,
    member: Member,
    once: Once,
    does: impl Fn(&mut Tx<'_>, &App, &Member) -> Outcome<()> + Send + 'static,
) -> Outcome<()> {
    let here = app.clone();
    let done = app
        .db
        .write(move |tx| {
            once.spend(tx)?;
            does(tx, &here, &member)
        })
        .await;
    once_is_enough(done, || Ok(()))
}

/// Takes an answer of one's own back.
pub async fn take_back(
    State(app): State<App>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    form: Form,
) -> Reply {
    let (id, group) = (share_id(&id)?, member.group());
    let answer: AnswerId = form.text("answer").parse().map_err(|_| Refusal::NotFound)?;
    let take_back = move |tx: &mut Tx<'_>, _: &App, member: &Member| {
        actions::take_answer_back(tx, member, id, answer)
    };
    once_only(&app, member, form.once, take_back).await?;
    go(format!("/g/{group}/share/{id}?done=answer-taken-back"))
}
