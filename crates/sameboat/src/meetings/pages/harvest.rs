use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;

use crate::access::Member;
use crate::agreements::{Earlier, Frame};
use crate::app::App;
use crate::error::{Outcome, Refusal, Stop};
use crate::ids::MeetingId;
use crate::meetings::actions;
use crate::meetings::model::{self, Meeting, Stage};
use crate::meetings::pages::look::find;
use crate::meetings::pages::{id, write};
use crate::web::{Answer, Form, Page, go, show, show_with};

#[derive(Template)]
#[template(path = "meetings/pages/harvest.html")]
struct HarvestPage {
    page: Page,
    group: Frame,
    id: MeetingId,
    harvest: String,
    /// How often it was written.
    turn: u32,
    /// What is kept, where the field holds something else.
    kept: Option<String>,
}

impl HarvestPage {
    fn harvest_hint(&self) -> &'static str {
        hint(self.group.papers().earlier)
    }
}

/// The key of what is said beside the words: who reads them.
pub fn hint(earlier: Earlier) -> &'static str {
    match earlier {
        Earlier::Never => "meet-harvest-hint",
        Earlier::AtOnce => "meet-harvest-hint-at-once",
        Earlier::AfterADay => "meet-harvest-hint-after",
    }
}

fn page_of(page: Page, (group, meeting): (Frame, Meeting)) -> Result<HarvestPage, Refusal> {
    if meeting.stage == Stage::Planned {
        return Err(Refusal::NotFound);
    }
    let (harvest, turn) = (meeting.words.harvest, meeting.words.harvest_turn);
    Ok(HarvestPage { page, group, id: meeting.id, harvest, turn, kept: None })
}

/// What the group keeps from a meeting, to write down.
pub async fn form(
    State(app): State<App>,
    member: Member,
    page: Page,
    Path((_, word)): Path<(String, String)>,
) -> Answer {
    show(&page_of(page, find(&app, member, id(&word)?).await?)?)
}

pub async fn keep(
    State(app): State<App>,
    member: Member,
    page: Page,
    Path((_, word)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let (there, group) = (id(&word)?, member.group());
    let issues = match try_keep(&app, member.clone(), there, &form).await {
        Ok(()) => return go(format!("/g/{group}/meetings/{there}?done=harvest-kept")),
        Err(Stop::Refused(Refusal::Fields(issues))) => issues,
        Err(stop) => return Err(stop),
    };
    let mut again = page_of(page.with_issues(issues), find(&app, member, there).await?)?;
    let typed = form.text("harvest").to_owned();
    again.kept = elsewhere(&again.harvest, &typed);
    again.harvest = typed;
    show_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
}

async fn try_keep(app: &App, member: Member, there: MeetingId, form: &Form) -> Outcome<()> {
    let harvest = read(form)?;
    write(app, member, move |tx, member| actions::write_harvest(tx, member, there, &harvest)).await
}

/// What is kept, to stand beside the field, if it is something else than what was typed.
pub fn elsewhere(kept: &str, typed: &str) -> Option<String> {
    (!kept.is_empty() && kept != typed).then(|| kept.to_owned())
}

/// The words, and how often they were written when the form was shown.
pub fn read(form: &Form) -> Result<(String, u32), Refusal> {
    let text = model::harvest(form.text("harvest"));
    let text = text.map_err(|issue| Refusal::Fields(vec![issue]))?;
    // A form without the number never saw what stands there.
    Ok((text, form.text("turn").parse().unwrap_or(u32::MAX)))
}
