use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;

use crate::access::Member;
use crate::agreements::{Frame, frame};
use crate::app::App;
use crate::common_ground::actions::{self, Held};
use crate::common_ground::model::{Own, Theme};
use crate::error::{Outcome, Refusal, Stop};
use crate::sharing::Together;
use crate::web::{Answer, Form, Page, go, show, show_with};

/// A theme as it is read.
pub struct ThemeView {
    /// Its name in forms.
    pub name: String,
    /// Our words, in the reader's language; empty for words of members.
    pub ours: String,
    /// Words of members.
    pub own: String,
    /// “5 of us”, where that may be told.
    pub many: Option<String>,
    /// Whether whoever looks holds it.
    pub mine: bool,
}

/// Themes in the language of a page.
pub fn views(page: &Page, held: Vec<Held>) -> Vec<ThemeView> {
    let view = |held: Held| ThemeView {
        name: held.theme.name(),
        ours: match &held.theme {
            Theme::Starter(word) => page.t(format!("theme-{word}")),
            Theme::Own(_) => String::new(),
        },
        own: held.text,
        many: match held.same {
            Together::Few => None,
            Together::Some => Some(page.t("ground-some")),
            Together::Count(count) => Some(page.t1("ground-count", "count", count)),
        },
        mine: held.mine,
    };
    held.into_iter().map(view).collect()
}

#[derive(Template)]
#[template(path = "common_ground/common_ground.html")]
struct GroundPage {
    page: Page,
    group: Frame,
    shared: Vec<ThemeView>,
    alone: Vec<ThemeView>,
    offered: Vec<&'static str>,
    own: String,
}

async fn page_of(app: &App, member: Member, page: Page, own: String) -> Outcome<GroundPage> {
    let (group, held) = app
        .db
        .read(move |tx| Outcome::Ok((frame(tx, &member)?, actions::themes(tx, &member)?)))
        .await?;
    let offered = actions::offered(&held);
    let (shared, alone) = views(&page, held).into_iter().partition(|view| view.many.is_some());
    Ok(GroundPage { page, group, shared, alone, offered, own })
}

/// What we have in common, and what else there is to recognise oneself in.
pub async fn common_ground(State(app): State<App>, member: Member, page: Page) -> Answer {
    show(&page_of(&app, member, page, String::new()).await?)
}

/// Holds themes, or lets one go. The form's key is verified and not spent: a spent key would tell
/// who was here at this moment.
pub async fn hold(State(app): State<App>, member: Member, page: Page, form: Form) -> Answer {
    let group = member.group();
    if form.has("let-go") {
        let theme = Theme::from_name(form.text("let-go")).ok_or(Refusal::NotFound)?;
        app.db.write(move |tx| actions::let_go(tx, &member, &theme)).await?;
        return go(format!("/g/{group}/common-ground?done=ground-let-go"));
    }
    match try_hold(&app, member.clone(), &form).await {
        Ok(()) => go(format!("/g/{group}/common-ground?done=ground-held")),
        Err(Stop::Refused(Refusal::Fields(issues))) => {
            let own = form.text("own").to_owned();
            let again = page_of(&app, member, page.with_issues(issues), own).await?;
            show_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(stop) => Err(stop),
    }
}

async fn try_hold(app: &App, member: Member, form: &Form) -> Outcome<()> {
    let themes: Vec<Theme> = form.all("theme").filter_map(Theme::from_name).collect();
    let typed = form.text("own").trim();
    let own = if typed.is_empty() && !themes.is_empty() { None } else { Some(Own::parse(typed)) };
    let own = own.transpose().map_err(|issue| Refusal::Fields(vec![issue]))?;
    app.db.write(move |tx| actions::hold(tx, &member, (&themes, own.as_ref()))).await
}
