use askama::Template;
use axum::extract::{Path, State};

use crate::access::Member;
use crate::agreements::Frame;
use crate::app::App;
use crate::ids::MeetingId;
use crate::meetings::pages::id;
use crate::meetings::pages::look::find;
use crate::meetings::pages::view::{self, LineView};
use crate::web::{Answer, Page, show};

#[derive(Template)]
#[template(path = "meetings/pages/script.html")]
struct ScriptPage {
    page: Page,
    group: Frame,
    id: MeetingId,
    lines: Vec<LineView>,
}

impl ScriptPage {
    /// The roles beside whoever leads, and what each does.
    fn others(&self) -> [(&'static str, &'static str); 3] {
        [
            ("role-opener", "script-role-opener"),
            ("role-timekeeper", "script-role-timekeeper"),
            ("role-notekeeper", "script-role-notekeeper"),
        ]
    }
}

/// What somebody who opens or leads can say, step by step, and what a facilitator can do.
pub async fn script(
    State(app): State<App>,
    member: Member,
    page: Page,
    Path((_, word)): Path<(String, String)>,
) -> Answer {
    let (group, meeting) = find(&app, member, id(&word)?).await?;
    let lines = view::lines(&page, &meeting);
    show(&ScriptPage { page, group, id: meeting.id, lines })
}
