use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;

use crate::access::Member;
use crate::agreements::{Frame, frame};
use crate::app::App;
use crate::clock;
use crate::error::{FieldIssue, Outcome};
use crate::journey::actions;
use crate::journey::model::{Named, Stage};
use crate::web::{Answer, Form, Page, go, once_is_enough, show, show_with};

#[derive(Template)]
#[template(path = "journey/journey.html")]
struct JourneyPage {
    page: Page,
    group: Frame,
    stage: Option<Named>,
}

async fn page_of(app: &App, member: Member, page: Page) -> Outcome<JourneyPage> {
    let (group, stage) = app
        .db
        .read(move |tx| Outcome::Ok((frame(tx, &member)?, actions::find(tx, &member)?)))
        .await?;
    Ok(JourneyPage { page, group, stage })
}

/// The four stages, and what usually happens in each.
pub async fn journey(State(app): State<App>, member: Member, page: Page) -> Answer {
    show(&page_of(&app, member, page).await?)
}

/// A member says where the group is.
pub async fn name(State(app): State<App>, member: Member, page: Page, form: Form) -> Answer {
    let group = member.group();
    let Some(stage) = Stage::from_word(form.text("stage")) else {
        let issue = FieldIssue { field: "stage", key: "journey-choose" };
        let again = page_of(&app, member, page.with_issues(vec![issue])).await?;
        return show_with(StatusCode::UNPROCESSABLE_ENTITY, &again);
    };
    let once = form.once;
    let done = app.db.write(move |tx| actions::name(tx, &member, stage, once)).await;
    once_is_enough(done, || Ok(()))?;
    go(format!("/g/{group}?done=journey-named"))
}

impl JourneyPage {
    fn day_of(&self, named: &Named) -> i64 {
        clock::day(named.at)
    }

    fn is_now(&self, stage: &Stage) -> bool {
        self.stage.is_some_and(|named| named.stage == *stage)
    }
}
