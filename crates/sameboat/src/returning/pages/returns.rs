use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;

use crate::access::Member;
use crate::agreements::{Frame, frame};
use crate::app::App;
use crate::error::{FieldIssue, Outcome, Refusal};
use crate::groups::{self, Named, State as Standing};
use crate::ids::MemberId;
use crate::returning::actions::returns::{self, Back};
use crate::web::{Answer, Form, Page, cookies, go, once_is_enough, show, show_with};

#[derive(Template)]
#[template(path = "returning/pages/whom_back.html")]
struct WhomPage {
    page: Page,
    group: Frame,
    others: Vec<Named>,
}

/// What a way back is, and for whom.
pub async fn whom(State(app): State<App>, member: Member, page: Page) -> Answer {
    let (group, others) =
        app.db.read(move |tx| Outcome::Ok((frame(tx, &member)?, others(tx, &member)?))).await?;
    show(&WhomPage { page, group, others })
}

/// Everybody but oneself who is here or frozen.
pub fn others(tx: &mut storekit::Tx<'_>, member: &Member) -> Outcome<Vec<Named>> {
    let all = groups::list_members(tx, member)?;
    let others = all.into_iter().filter(|n| n.id != member.id() && n.state != Standing::Gone);
    Ok(others.collect())
}

#[derive(Template)]
#[template(path = "returning/pages/back.html")]
struct BackPage {
    page: Page,
    group: Frame,
    who: MemberId,
    name: String,
    back: Option<Back>,
    /// Why whoever looks cannot make a link.
    why_not: Option<&'static str>,
}

impl BackPage {
    fn until(&self) -> Option<String> {
        let until = self.back.as_ref()?.until_at?;
        Some(self.page.moment(until))
    }

    fn by(&self) -> Option<&str> {
        self.group.name_of(self.back.as_ref()?.back.by)
    }

    /// Who says the same, as far as they are here.
    fn same(&self) -> Vec<&str> {
        let said = self.back.iter().flat_map(|back| &back.back.same);
        said.filter_map(|id| self.group.name_of(id)).collect()
    }

    fn is_in(&self) -> bool {
        self.back.as_ref().is_some_and(|back| back.new.is_some())
    }

    fn is_stopped(&self) -> bool {
        self.back.as_ref().is_some_and(|back| back.back.stopped.is_some())
    }

    fn may_say_same(&self) -> bool {
        let me = self.group.me;
        self.back.as_ref().is_some_and(|b| b.back.takes(me, b.old) && b.new != Some(me))
    }
}

async fn page_of(app: &App, member: Member, who: &str, page: Page) -> Outcome<BackPage> {
    let who: MemberId = who.parse().map_err(|_| Refusal::NotFound)?;
    let (group, all, back, why_not) = app
        .db
        .read(move |tx| {
            let back = returns::list(tx, &member)?.into_iter().find(|back| back.old == who);
            let why_not = returns::why_not(tx, &member)?;
            let all = groups::list_members(tx, &member)?;
            Outcome::Ok((frame(tx, &member)?, all, back, why_not))
        })
        .await?;
    let found = all.into_iter().find(|named| named.id == who && named.state != Standing::Gone);
    // The old sign-in looks at what is said about it, and can stop it.
    let found = found.filter(|named| named.id != group.me || back.is_some());
    let name = found.ok_or(Refusal::NotFound)?.about.name.as_str().to_owned();
    Ok(BackPage { page, group, who, name, back, why_not })
}

pub async fn form(
    State(app): State<App>,
    member: Member,
    Path((_, who)): Path<(String, String)>,
    page: Page,
) -> Answer {
    show(&page_of(&app, member, &who, page).await?)
}

#[derive(Template)]
#[template(path = "returning/pages/made.html")]
struct MadePage {
    page: Page,
    group: Frame,
    name: String,
    who: MemberId,
    address: String,
}

/// Makes the link and shows it, this once.
pub async fn make(
    State(app): State<App>,
    member: Member,
    Path((_, word)): Path<(String, String)>,
    page: Page,
    form: Form,
) -> Answer {
    let BackPage { page, group, who, name, why_not, .. } =
        page_of(&app, member.clone(), &word, page).await?;
    if !form.has("met") {
        let page = page.with_issues(vec![FieldIssue { field: "met", key: "return-met-issue" }]);
        let again = BackPage { page, group, who, name, back: None, why_not };
        return show_with(StatusCode::UNPROCESSABLE_ENTITY, &again);
    }
    let once = form.once;
    let secret = app.db.write(move |tx| returns::make(tx, &member, who, once)).await?;
    let address = format!("{}/j/{}", app.settings.url, cookies::encode(secret.expose()));
    show(&MadePage { page, group, name, who, address })
}

/// Says that it is them, or stops it.
pub async fn say(
    State(app): State<App>,
    member: Member,
    Path((_, who)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let who: MemberId = who.parse().map_err(|_| Refusal::NotFound)?;
    let group = member.group();
    let stop = match form.text("say") {
        "stop" => true,
        "same" => false,
        _ => return Err(Refusal::NotFound.into()),
    };
    let (here, once) = (app.clone(), form.once);
    let done = app
        .db
        .write(move |tx| {
            once.spend(tx)?;
            if stop {
                return returns::stop(tx, &here.keys, &member, who);
            }
            returns::say_same(tx, &member, who)?;
            Outcome::Ok(true)
        })
        .await;
    let inside = once_is_enough(done, || Ok(true))?;
    go(match (stop, inside) {
        (true, false) => "/groups?done=return-stopped".to_owned(),
        (true, true) => format!("/g/{group}?done=return-stopped"),
        (false, _) => format!("/g/{group}?done=return-said"),
    })
}
