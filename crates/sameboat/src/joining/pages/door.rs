use askama::Template;
use axum::extract::{Path, State};

use crate::access::Member;
use crate::agreements::{ClauseView, Frame, Position, frame, list};
use crate::app::App;
use crate::door::{self, Guest};
use crate::error::{Outcome, Refusal};
use crate::ids::{GroupId, MemberId};
use crate::web::{Answer, Form, Page, go, once_is_enough, show};

#[derive(Template)]
#[template(path = "joining/pages/door.html")]
struct DoorPage {
    page: Page,
    group: Frame,
    guests: Vec<Shown>,
    full: Option<&'static str>,
}

/// Somebody at the door, with what they say to the clauses in words.
struct Shown {
    guest: Guest,
    since: String,
    said: Vec<Said>,
}

struct Said {
    clause: ClauseView,
    /// Empty: they stand aside.
    why: String,
}

pub async fn door(State(app): State<App>, member: Member, page: Page) -> Answer {
    let here = app.clone();
    let (group, guests, versions, full) = app
        .db
        .read(move |tx| {
            let full = match door::may_come_in(tx, &member) {
                Ok(()) => None,
                Err(crate::error::Stop::Refused(Refusal::NotAllowed(why))) => Some(why),
                Err(stop) => return Err(stop),
            };
            let lost = door::is_list_lost(tx, &member)?;
            let full = full.or(lost.then_some("door-list-lost"));
            let guests = door::list_guests(tx, &here.keys, &member)?;
            Outcome::Ok((frame(tx, &member)?, guests, list(tx, &member)?, full))
        })
        .await?;
    let shown = guests.into_iter().map(|guest| {
        let version = versions.iter().find(|version| version.number == guest.version);
        let clauses = version.map(|v| v.papers.all_clauses()).unwrap_or_default();
        let said = clauses.iter().filter_map(|clause| {
            let why = match guest.stance.positions.get(&clause.name())? {
                Position::Accept => return None,
                Position::StandAside => String::new(),
                Position::Object(why) => why.clone(),
            };
            Some(Said { clause: ClauseView::of(&page, clause), why })
        });
        Shown { since: page.day(guest.day), said: said.collect(), guest }
    });
    let guests = shown.collect();
    show(&DoorPage { page, group, guests, full })
}

pub async fn let_in(
    State(app): State<App>,
    member: Member,
    Path((_, guest)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let guest: MemberId = guest.parse().map_err(|_| Refusal::NotFound)?;
    come(&app, member, vec![guest], &form).await
}

/// Those expected tonight, in one go.
pub async fn let_several_in(State(app): State<App>, member: Member, form: Form) -> Answer {
    let guests: Result<Vec<MemberId>, _> = form.all("who").map(str::parse).collect();
    let guests = guests.map_err(|_| Refusal::NotFound)?;
    if guests.is_empty() {
        return go(format!("/g/{}/door", member.group()));
    }
    come(&app, member, guests, &form).await
}

async fn come(app: &App, member: Member, guests: Vec<MemberId>, form: &Form) -> Answer {
    let group: GroupId = member.group();
    let (here, once) = (app.clone(), form.once);
    let came = app.db.write(move |tx| door::let_in(tx, &here.keys, &member, &guests, once)).await;
    once_is_enough(came, || Ok(()))?;
    go(format!("/g/{group}/us?done=let-in"))
}
