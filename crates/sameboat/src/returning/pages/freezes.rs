use askama::Template;
use axum::extract::{Path, State};

use crate::access::Member;
use crate::agreements::{Frame, frame};
use crate::app::App;
use crate::error::{Outcome, Refusal};
use crate::groups::{Named, State as Standing};
use crate::ids::MemberId;
use crate::returning::actions::freezes::{self, Ice, Said};
use crate::returning::pages::returns::others;
use crate::web::{Answer, Form, Page, go, once_is_enough, show};

#[derive(Template)]
#[template(path = "returning/pages/whom_freeze.html")]
struct WhomPage {
    page: Page,
    group: Frame,
    others: Vec<Named>,
}

/// What freezing is, and for whom.
pub async fn whom(State(app): State<App>, member: Member, page: Page) -> Answer {
    let (group, others) =
        app.db.read(move |tx| Outcome::Ok((frame(tx, &member)?, others(tx, &member)?))).await?;
    show(&WhomPage { page, group, others })
}

#[derive(Template)]
#[template(path = "returning/pages/freeze.html")]
struct FreezePage {
    page: Page,
    group: Frame,
    who: MemberId,
    name: String,
    frozen: bool,
    ice: Option<Ice>,
    /// Why whoever looks cannot say so.
    why_not: Option<&'static str>,
}

impl FreezePage {
    fn list(&self) -> &[MemberId] {
        match &self.ice {
            Some(ice) if ice.is_frozen() => &ice.freezing.thaw,
            Some(ice) => &ice.freezing.yes,
            None => &[],
        }
    }

    /// Who says so, as far as they are here.
    fn names(&self) -> Vec<&str> {
        self.list().iter().filter_map(|id| self.group.name_of(id)).collect()
    }

    fn i_said(&self) -> bool {
        self.list().contains(&self.group.me)
    }

    fn day(&self) -> String {
        let held = self.ice.as_ref().and_then(|ice| ice.freezing.ice.as_ref());
        held.map(|held| self.page.day(held.day)).unwrap_or_default()
    }
}

pub async fn form(
    State(app): State<App>,
    member: Member,
    Path((_, who)): Path<(String, String)>,
    page: Page,
) -> Answer {
    let who: MemberId = who.parse().map_err(|_| Refusal::NotFound)?;
    let (group, all, ice, why_not) = app
        .db
        .read(move |tx| {
            let ice = freezes::list(tx, &member)?.into_iter().find(|ice| ice.who == who);
            let why_not = freezes::why_not(tx, &member, who)?;
            Outcome::Ok((frame(tx, &member)?, others(tx, &member)?, ice, why_not))
        })
        .await?;
    let found = all.into_iter().find(|named| named.id == who).ok_or(Refusal::NotFound)?;
    let frozen = found.state == Standing::Frozen;
    let name = found.about.name.as_str().to_owned();
    show(&FreezePage { page, group, who, name, frozen, ice, why_not })
}

/// Says that somebody should be frozen, or have the key again; or takes that back.
pub async fn say(
    State(app): State<App>,
    member: Member,
    Path((_, who)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let who: MemberId = who.parse().map_err(|_| Refusal::NotFound)?;
    let group = member.group();
    let yes = form.text("say") == "yes";
    let (here, once) = (app.clone(), form.once);
    let done = app
        .db
        .write(move |tx| {
            once.spend(tx)?;
            freezes::say(tx, &here.keys, &member, (who, yes))
        })
        .await;
    let said = once_is_enough(done, || Ok(Said::Kept))?;
    go(match said {
        Said::Kept => format!("/g/{group}?done=freeze-kept"),
        Said::Frozen => format!("/g/{group}?done=frozen"),
        Said::Thawed => format!("/g/{group}?done=thawed"),
    })
}
