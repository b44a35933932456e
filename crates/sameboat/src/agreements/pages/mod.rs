pub mod say;
pub mod versions;

use askama::Template;
use axum::extract::State;

use crate::access::Member;
use crate::agreements::actions;
use crate::agreements::frame::{Frame, frame};
use crate::agreements::model::Version;
use crate::agreements::paper::{CardView, ClauseView};
use crate::app::App;
use crate::error::Outcome;
use crate::groups::Named;
use crate::web::{Answer, Page, show};

#[derive(Template)]
#[template(path = "agreements/agreement.html")]
struct AgreementPage {
    page: Page,
    group: Frame,
    clauses: Vec<ClauseView>,
    earlier: String,
    proposed: Option<Version>,
    /// Whether somebody objects to what waits for everybody's word.
    objected: bool,
}

pub async fn agreement(State(app): State<App>, member: Member, page: Page) -> Answer {
    let (group, proposed, objected) = app
        .db
        .read(move |tx| {
            let objected = actions::is_objected(tx, &member)?;
            Outcome::Ok((frame(tx, &member)?, actions::proposed(tx, &member)?, objected))
        })
        .await?;
    let all = group.papers().all_clauses();
    let clauses = all.iter().map(|clause| ClauseView::of(&page, clause)).collect();
    let earlier = page.t(format!("earlier-{}", group.papers().earlier.word()));
    show(&AgreementPage { page, group, clauses, earlier, proposed, objected })
}

#[derive(Template)]
#[template(path = "agreements/empty.html")]
struct EmptyPage {
    page: Page,
    group: Frame,
    clauses: Vec<ClauseView>,
    earlier: String,
}

/// A sheet for those without a phone: the clauses, with room to write.
pub async fn empty(State(app): State<App>, member: Member, page: Page) -> Answer {
    let group = app.db.read(move |tx| frame(tx, &member)).await?;
    let all = group.papers().all_clauses();
    let clauses = all.iter().map(|clause| ClauseView::of(&page, clause)).collect();
    let earlier = page.t(format!("earlier-{}", group.papers().earlier.word()));
    show(&EmptyPage { page, group, clauses, earlier })
}

#[derive(Template)]
#[template(path = "agreements/card.html")]
struct CardPage {
    page: Page,
    group: Frame,
    card: CardView,
}

pub async fn card(State(app): State<App>, member: Member, page: Page) -> Answer {
    let group = app.db.read(move |tx| frame(tx, &member)).await?;
    let worker = group.members.iter().any(Named::is_worker);
    let card = CardView { worker, ..CardView::of(&page, group.papers()) };
    show(&CardPage { page, group, card })
}
