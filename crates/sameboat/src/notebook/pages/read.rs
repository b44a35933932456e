use askama::Template;
use axum::extract::{Path, State};

use crate::access::Person;
use crate::app::App;
use crate::drafts;
use crate::error::Outcome;
use crate::ids::PageId;
use crate::notebook::actions::{self, Target};
use crate::notebook::model::Kind;
use crate::notebook::pages::{heading, page_id};
use crate::web::{Answer, Page, show};

#[derive(Template)]
#[template(path = "notebook/pages/read.html")]
struct ReadPage {
    page: Page,
    id: PageId,
    goal: bool,
    title: &'static str,
    written: String,
    changed: Option<String>,
    words: String,
    draft: Option<String>,
}

pub async fn read(
    State(app): State<App>,
    person: Person,
    page: Page,
    Path(id): Path<String>,
) -> Answer {
    let id = page_id(&id)?;
    let (leaf, draft) = app
        .db
        .read(move |tx| -> Outcome<_> {
            let draft = drafts::find(tx, &person, &Target::Page(id).form())?;
            Ok((actions::get(tx, &person, id)?, draft))
        })
        .await?;
    show(&ReadPage {
        id,
        goal: leaf.kind == Kind::Goal,
        title: heading(leaf.kind),
        written: page.moment(leaf.written),
        changed: (leaf.changed != leaf.written).then(|| page.moment(leaf.changed)),
        words: leaf.text,
        draft: draft.map(|draft| page.day(draft.day)),
        page,
    })
}
