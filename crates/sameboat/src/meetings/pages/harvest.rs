use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use storekit::Tx;

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

/// The field for what the group keeps, as it stands in two forms.
pub struct Field {
    /// The words in it.
    pub words: String,
    /// How often what is kept was written.
    pub turn: u32,
    /// What is kept, where the field holds something else.
    pub kept: Option<String>,
    /// The day of the words, when they are a draft.
    pub draft: Option<String>,
}

impl Field {
    /// With the draft of this member, if there is one.
    pub async fn find(app: &App, page: &Page, member: Member, meeting: &Meeting) -> Outcome<Field> {
        let about = meeting.clone();
        let draft = app.db.read(move |tx| actions::harvest_draft(tx, &member, &about)).await?;
        let day = draft.as_ref().map(|draft| page.day(draft.day));
        let words = draft.map_or_else(|| meeting.words.harvest.clone(), |draft| draft.text);
        Ok(Field { draft: day, ..Field::with(words, meeting) })
    }

    /// With what somebody typed and what could not be kept.
    pub fn typed(form: &Form, meeting: &Meeting) -> Field {
        Field::with(form.text("harvest").to_owned(), meeting)
    }

    fn with(words: String, meeting: &Meeting) -> Field {
        let kept = &meeting.words.harvest;
        let kept = (!kept.is_empty() && *kept != words).then(|| kept.clone());
        Field { words, turn: meeting.words.harvest_turn, kept, draft: None }
    }
}

#[derive(Template)]
#[template(path = "meetings/pages/harvest.html")]
struct HarvestPage {
    page: Page,
    group: Frame,
    id: MeetingId,
    harvest: Field,
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

/// What the group keeps from a meeting, to write down.
pub async fn form(
    State(app): State<App>,
    member: Member,
    page: Page,
    Path((_, word)): Path<(String, String)>,
) -> Answer {
    let (group, meeting) = find(&app, member.clone(), id(&word)?).await?;
    if meeting.stage == Stage::Planned {
        return Err(Refusal::NotFound.into());
    }
    let harvest = Field::find(&app, &page, member, &meeting).await?;
    show(&HarvestPage { page, group, id: meeting.id, harvest })
}

pub async fn keep(
    State(app): State<App>,
    member: Member,
    page: Page,
    Path((_, word)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let (there, group) = (id(&word)?, member.group());
    match try_keep(&app, member.clone(), there, &form).await {
        Ok(()) => go(format!("/g/{group}/meetings/{there}?done=harvest-kept")),
        Err(Stop::Refused(Refusal::Fields(issues))) => {
            again(page.with_issues(issues), find(&app, member, there).await?, &form)
        }
        Err(stop) => Err(stop),
    }
}

/// The form once more, with what was typed.
pub fn again(page: Page, (group, meeting): (Frame, Meeting), form: &Form) -> Answer {
    let (id, harvest) = (meeting.id, Field::typed(form, &meeting));
    show_with(StatusCode::UNPROCESSABLE_ENTITY, &HarvestPage { page, group, id, harvest })
}

/// What the page sends by itself every few seconds, from either form.
pub async fn keep_draft(
    State(app): State<App>,
    member: Member,
    Path((_, word)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let (there, text) = (id(&word)?, model::tidy(form.text("harvest")));
    let keep = move |tx: &mut Tx<'_>, member: &Member| {
        actions::keep_harvest_draft(tx, member, there, &text)
    };
    write(&app, member, keep).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn try_keep(app: &App, member: Member, there: MeetingId, form: &Form) -> Outcome<()> {
    let harvest = read(form)?;
    write(app, member, move |tx, member| actions::write_harvest(tx, member, there, &harvest)).await
}

/// The words, and how often they were written when the form was shown.
pub fn read(form: &Form) -> Result<(String, u32), Refusal> {
    let text = model::harvest(form.text("harvest"));
    let text = text.map_err(|issue| Refusal::Fields(vec![issue]))?;
    // A form without the number never saw what stands there.
    Ok((text, form.text("turn").parse().unwrap_or(u32::MAX)))
}
