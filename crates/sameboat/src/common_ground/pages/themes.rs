use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;

use crate::access::Member;
use crate::agreements::{Frame, frame};
use crate::app::App;
use crate::common_ground::actions::{self, Ground, Held};
use crate::common_ground::model::{Kind, Own, Spread, Theme, Words};
use crate::common_ground::pages::CauseView;
use crate::error::{FieldIssue, Outcome, Refusal, Stop};
use crate::groups;
use crate::sharing::Together;
use crate::web::{Answer, Form, Page, go, show, show_with};

/// A theme as it is read.
pub struct ThemeView {
    /// A trouble, or a goal.
    kind: Kind,
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

impl ThemeView {
    fn of(page: &Page, held: Held) -> ThemeView {
        ThemeView {
            kind: held.theme.kind,
            name: held.theme.name(),
            ours: ours(page, &held.theme),
            own: held.text,
            many: match held.same {
                Together::Few => None,
                Together::Some => Some(page.t("ground-some")),
                Together::Count(count) => Some(page.t1("ground-count", "count", count)),
            },
            mine: held.mine,
        }
    }

    fn is_goal(&self) -> bool {
        self.kind == Kind::Goal
    }

    /// The field in which somebody else holds it, too.
    fn field(&self) -> &'static str {
        if self.own.is_empty() { "theme" } else { self.kind.field() }
    }

    fn value(&self) -> &str {
        if self.own.is_empty() { &self.name } else { &self.own }
    }
}

fn ours(page: &Page, theme: &Theme) -> String {
    match (theme.kind, &theme.words) {
        (Kind::Trouble, Words::Ours(word)) => page.t(format!("theme-{word}")),
        (Kind::Goal, Words::Ours(word)) => page.t(format!("goal-{word}")),
        (Kind::Trouble | Kind::Goal, Words::Own(_)) => String::new(),
    }
}

/// What members have in common, in the language of a page.
pub struct GroundView {
    /// Troubles of three and more.
    pub shared: Vec<ThemeView>,
    /// Goals of three and more.
    pub goals: Vec<ThemeView>,
    /// The sentence on whether our goals are alike, where that may be told.
    pub spread: Option<String>,
    /// What whoever looks holds, and the group does not see.
    alone: Vec<ThemeView>,
}

impl GroundView {
    /// In the language of a page.
    pub fn of(page: &Page, ground: Ground) -> GroundView {
        let all = ground.held.into_iter().map(|held| ThemeView::of(page, held));
        let (seen, alone): (Vec<_>, Vec<_>) = all.partition(|view| view.many.is_some());
        let (goals, shared) = seen.into_iter().partition(ThemeView::is_goal);
        let spread = match ground.spread {
            Spread::Alike => Some(page.t("ground-goals-alike")),
            Spread::Varied => Some(page.t("ground-goals-varied")),
            Spread::Unsaid => None,
        };
        GroundView { shared, goals, spread, alone }
    }
}

/// What stands in the form.
#[derive(Default)]
struct Typed {
    ticked: Vec<String>,
    own: String,
    own_goal: String,
}

impl Typed {
    fn of(form: &Form) -> Typed {
        Typed {
            ticked: form.all("theme").map(str::to_owned).collect(),
            own: form.text("own").to_owned(),
            own_goal: form.text("own-goal").to_owned(),
        }
    }
}

/// A theme of ours to tick.
struct Choice {
    name: String,
    ours: String,
    ticked: bool,
}

#[derive(Template)]
#[template(path = "common_ground/pages/common_ground.html")]
struct GroundPage {
    page: Page,
    group: Frame,
    cause: CauseView,
    ground: GroundView,
    troubles: Vec<Choice>,
    goals: Vec<Choice>,
    typed: Typed,
}

async fn page_of(app: &App, member: Member, page: Page, typed: Typed) -> Outcome<GroundPage> {
    let (group, names, cause, ground) = app
        .db
        .read(move |tx| {
            let names = groups::list_members(tx, &member)?;
            let (cause, ground) = (actions::cause(tx, &member)?, actions::find(tx, &member)?);
            Outcome::Ok((frame(tx, &member)?, names, cause, ground))
        })
        .await?;
    let cause = CauseView::of(&page, &names, cause);
    let [troubles, goals] = Kind::ALL.map(|kind| choices(&page, (&ground.held, kind), &typed));
    let ground = GroundView::of(&page, ground);
    Ok(GroundPage { page, group, cause, ground, troubles, goals, typed })
}

fn choices(page: &Page, (held, kind): (&[Held], Kind), typed: &Typed) -> Vec<Choice> {
    let choice = |theme: Theme| {
        let name = theme.name();
        Choice { ticked: typed.ticked.contains(&name), ours: ours(page, &theme), name }
    };
    actions::offered(held, kind).into_iter().map(choice).collect()
}

/// What we have in common, and what else there is to recognise oneself in.
pub async fn common_ground(State(app): State<App>, member: Member, page: Page) -> Answer {
    show(&page_of(&app, member, page, Typed::default()).await?)
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
            let page = page.with_issues(issues);
            let again = page_of(&app, member, page, Typed::of(&form)).await?;
            show_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(stop) => Err(stop),
    }
}

async fn try_hold(app: &App, member: Member, form: &Form) -> Outcome<()> {
    let themes = form.all("theme").filter_map(Theme::from_name);
    let themes: Vec<Theme> = themes.filter(Theme::is_ours).collect();
    let own = own(form)?;
    if themes.is_empty() && own.is_empty() {
        return Err(FieldIssue::only("own", "ground-own-empty"));
    }
    app.db.write(move |tx| actions::hold(tx, &member, &themes, &own)).await
}

/// What was typed in own words. What is wrong with it is said for both fields at once.
fn own(form: &Form) -> Outcome<Vec<Own>> {
    let (mut all, mut issues) = (Vec::new(), Vec::new());
    for kind in Kind::ALL {
        let typed = form.text(kind.field()).trim();
        if typed.is_empty() {
            continue;
        }
        match Own::parse(kind, typed) {
            Ok(own) => all.push(own),
            Err(issue) => issues.push(issue),
        }
    }
    if issues.is_empty() { Ok(all) } else { Err(Refusal::Fields(issues).into()) }
}
