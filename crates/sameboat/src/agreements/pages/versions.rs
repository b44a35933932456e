use askama::Template;
use axum::extract::{Path, State};

use crate::access::Member;
use crate::agreements::difference::{Difference, differences};
use crate::agreements::frame::{Frame, frame};
use crate::agreements::kept;
use crate::agreements::model::Version;
use crate::app::App;
use crate::error::{Outcome, Refusal};
use crate::web::{Answer, Page, show};

#[derive(Template)]
#[template(path = "agreements/pages/versions.html")]
struct VersionsPage {
    page: Page,
    group: Frame,
    versions: Vec<Version>,
}

/// Every version that this member may read, the newest first.
pub async fn versions(State(app): State<App>, member: Member, page: Page) -> Answer {
    let (group, versions) =
        app.db.read(move |tx| Outcome::Ok((frame(tx, &member)?, kept::list(tx, &member)?))).await?;
    show(&VersionsPage { page, group, versions })
}

#[derive(Template)]
#[template(path = "agreements/pages/version.html")]
struct VersionPage {
    page: Page,
    group: Frame,
    version: Version,
    before: Option<Version>,
    changed: Vec<Difference>,
}

/// One version, and what it changes.
pub async fn version(
    State(app): State<App>,
    member: Member,
    Path((_, number)): Path<(String, String)>,
    page: Page,
) -> Answer {
    let number: i64 = number.parse().map_err(|_| Refusal::NotFound)?;
    let (group, all) =
        app.db.read(move |tx| Outcome::Ok((frame(tx, &member)?, kept::list(tx, &member)?))).await?;
    let version = all.iter().find(|version| version.number == number).cloned();
    let version = version.ok_or(Refusal::NotFound)?;
    let before = compared_with(&all, &version).cloned();
    let changed = before.as_ref();
    let changed = changed.map(|old| differences(&page, &old.papers, &version.papers));
    show(&VersionPage { page, group, version, before, changed: changed.unwrap_or_default() })
}

/// A proposal is held against the version that is in force, any other against the one before it.
fn compared_with<'v>(all: &'v [Version], version: &Version) -> Option<&'v Version> {
    let holds = all.iter().find(|other| other.in_force());
    if version.waits() && !version.in_force() {
        return holds;
    }
    all.iter().find(|other| other.number < version.number)
}
