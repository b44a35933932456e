//! From a page of the notebook to a group: nothing is sent here.

use askama::Template;
use axum::extract::{Path, State};

use crate::access::Person;
use crate::app::App;
use crate::error::{Outcome, Refusal};
use crate::groups;
use crate::ids::{GroupId, PageId};
use crate::notebook;
use crate::web::{Answer, Page, go, show};

#[derive(Template)]
#[template(path = "sharing/pages/notebook.html")]
struct WherePage {
    page: Page,
    id: PageId,
    groups: Vec<(GroupId, String)>,
}

/// Which group, if there are several.
pub async fn where_to(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
    page: Page,
) -> Answer {
    let id: PageId = id.parse().map_err(|_| Refusal::NotFound)?;
    let here = app.clone();
    let groups = app
        .db
        .read(move |tx| {
            notebook::text_of(tx, &person, id)?;
            let mut all = Vec::new();
            for seat in person.seats() {
                let Some(member) = groups::member(tx, &person, seat)? else { continue };
                let outside = groups::outside_name(tx, &here.keys, member.scope())?;
                all.extend(outside.map(|outside| (member.group(), outside)));
            }
            Outcome::Ok(all)
        })
        .await?;
    if let [(group, _)] = groups.as_slice() {
        return go(format!("/g/{group}/share/new?page={id}"));
    }
    show(&WherePage { page, id, groups })
}
