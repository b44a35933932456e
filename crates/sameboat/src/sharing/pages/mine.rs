//! What I wrote here: shares, answers, what I told the facilitator, and what I hid.

use askama::Template;
use axum::extract::State;

use crate::access::Member;
use crate::agreements::{Frame, frame};
use crate::app::App;
use crate::error::Outcome;
use crate::groups;
use crate::ids::{ShareId, WorryId};
use crate::sharing::actions::{self, Answer as MyOwn};
use crate::sharing::model::{Kind, Offer};
use crate::sharing::pages::ShareView;
use crate::web::{Answer, Page, show};

#[derive(Template)]
#[template(path = "sharing/pages/mine.html")]
struct MinePage {
    page: Page,
    group: Frame,
    shares: Vec<ShareView>,
    answers: Vec<MyAnswer>,
    told: Vec<Told>,
    hidden: Vec<ShareView>,
    damaged: Vec<Damaged>,
}

/// A share of one's own that can't be read any more.
struct Damaged {
    id: ShareId,
    day: String,
}

struct MyAnswer {
    share: ShareId,
    /// The key of what it was.
    did: &'static str,
    day: String,
    text: String,
    /// Whether it stands under words of somebody else.
    to_other: bool,
    /// The name of whoever wrote the share, if it still stands.
    to: Option<String>,
    /// Whether the share is still open to this member.
    there: bool,
}

struct Told {
    id: WorryId,
    day: String,
    text: String,
    to: Option<String>,
}

fn did(answer: &MyOwn) -> &'static str {
    match (answer.kind, answer.offer) {
        (Kind::Heard, _) => "mine-kind-heard",
        (Kind::Thanks, _) => "mine-kind-thanks",
        (Kind::Words, None) => "mine-kind-words",
        (Kind::Words, Some(Offer::Asks(_))) => "mine-kind-offer",
        (Kind::Words, Some(Offer::Says { .. })) => "mine-kind-said",
    }
}

pub async fn mine(State(app): State<App>, member: Member, page: Page) -> Answer {
    let me = member.id();
    let (group, mine, names) = app
        .db
        .read_long(move |tx| {
            let mine = actions::mine(tx, &member)?;
            Outcome::Ok((frame(tx, &member)?, mine, groups::list_members(tx, &member)?))
        })
        .await?;
    let name = |id| {
        let named = names.iter().find(|named| named.id == id);
        named.map(|named| named.about.name.as_str().to_owned())
    };
    let answers = mine.answers.into_iter().map(|(answer, to)| MyAnswer {
        share: answer.share,
        did: did(&answer),
        to_other: !matches!(answer.offer, Some(Offer::Says { .. })),
        day: page.day(answer.day),
        text: answer.text,
        to: to.and_then(name),
        there: to.is_some(),
    });
    let answers = answers.collect();
    let told = mine.told.into_iter().map(|worry| Told {
        id: worry.id,
        day: page.day(worry.day),
        to: name(worry.told.to),
        text: worry.told.text,
    });
    let told = told.collect();
    let view = |share| ShareView::of(&page, (&names, me), share);
    let shares = mine.shares.into_iter().map(view).collect();
    let hidden = mine.hidden.into_iter().map(view).collect();
    let damaged = mine.damaged.into_iter().map(|(id, day)| Damaged { id, day: page.day(day) });
    let damaged = damaged.collect();
    show(&MinePage { shares, hidden, damaged, page, group, answers, told })
}
