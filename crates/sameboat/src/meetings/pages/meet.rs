use askama::Template;
use axum::extract::State;

use crate::access::Member;
use crate::agreements::{Frame, frame};
use crate::app::App;
use crate::error::Outcome;
use crate::ids::MeetingId;
use crate::meetings::actions;
use crate::meetings::kept;
use crate::meetings::model::Meeting;
use crate::meetings::pages::ending::{EndingView, ending};
use crate::meetings::pages::next::{NextView, next};
use crate::meetings::pages::view;
use crate::web::{Answer, Page, show};

/// How many meetings the page looks back.
const LOOKS_BACK: i64 = 50;

#[derive(Template)]
#[template(path = "meetings/pages/meet.html")]
struct MeetPage {
    page: Page,
    group: Frame,
    meeting: Option<NextView>,
    later: Vec<Listed>,
    missed: Vec<Listed>,
    past: Vec<Listed>,
    ending: Option<EndingView>,
    /// How many meetings can't be read any more.
    damaged: usize,
}

struct Listed {
    id: MeetingId,
    when: String,
    harvest: String,
    /// Whether it is the group's last one.
    last: bool,
}

/// The next meeting, and what was kept from those before.
pub async fn meet(State(app): State<App>, member: Member, page: Page) -> Answer {
    let (group, found, ahead, past, ending, damaged) = app
        .db
        .read(move |tx| {
            let past = kept::list_closed(tx, &member, LOOKS_BACK)?;
            let (next, ahead) = (next(tx, &member)?, actions::ahead(tx, &member)?);
            let group = frame(tx, &member)?;
            let ending = ending(tx, &member, &group)?;
            let damaged = kept::count_damaged(tx, &member, LOOKS_BACK)?;
            Outcome::Ok((group, next, ahead, past, ending, damaged))
        })
        .await?;
    let list = |all: &[Meeting]| -> Vec<Listed> {
        let listed = |one: &Meeting| Listed {
            id: one.id,
            when: view::when(&page, &group, one.starts_at),
            harvest: one.words.harvest.clone(),
            last: one.words.last,
        };
        all.iter().map(listed).collect()
    };
    // While one is open, the next is one of those to come.
    let waiting = ahead.open.is_some().then_some(ahead.next).flatten();
    let later: Vec<Meeting> = waiting.into_iter().chain(ahead.later).collect();
    let (later, missed, past) = (list(&later), list(&ahead.missed), list(&past));
    let meeting = found.map(|found| NextView::of(&page, &group, &found));
    let ending = ending.map(|ending| EndingView::of(&page, &group, &ending));
    show(&MeetPage { page, group, meeting, later, missed, past, ending, damaged })
}
