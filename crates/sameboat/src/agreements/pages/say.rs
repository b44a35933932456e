use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;

use crate::access::Member;
use crate::agreements::frame::{Frame, frame};
use crate::agreements::model::{ASK_AGAIN_DAYS, Stance, Version, VersionState, WAIT_DAYS};
use crate::agreements::positions::{self, Item};
use crate::agreements::{actions, kept};
use crate::app::App;
use crate::error::{FieldIssue, Outcome, Refusal};
use crate::groups::State as Standing;
use crate::ids::MemberId;
use crate::standing;
use crate::web::{Answer, Form, Page, go, once_is_enough, show, show_with};

#[derive(Template)]
#[template(path = "agreements/pages/say.html")]
struct SayPage {
    page: Page,
    group: Frame,
    version: Version,
    items: Vec<Item>,
    stances: Vec<(MemberId, Stance)>,
}

/// How many said yes, told only where the number points at nobody.
pub struct Heard {
    /// How many said yes; none where “some of us” must do.
    pub yes: Option<usize>,
}

/// From how many on a count points at nobody; the rest must be as many.
const COUNTED: usize = 3;

impl Heard {
    /// From who said yes and who is here and not on a break.
    pub fn of(yes: usize, here: usize) -> Heard {
        let rest = here.saturating_sub(yes);
        Heard { yes: (yes >= COUNTED && rest >= COUNTED).then_some(yes) }
    }
}

impl SayPage {
    /// Who objected to an item, and why.
    fn objections(&self, name: &str) -> Vec<(&str, &str)> {
        let mut found = Vec::new();
        for (id, stance) in &self.stances {
            let (said, why) = stance.of(name);
            if let ("object", Some(who)) = (said, self.group.name_of_any(*id)) {
                found.push((who, why));
            }
        }
        found
    }

    fn heard(&self) -> String {
        let here = |id: &MemberId| {
            let mut all = self.group.members.iter();
            all.any(|m| m.id == *id && m.state == Standing::Here)
        };
        let yes = self.stances.iter().filter(|(id, stance)| here(id) && stance.lets_pass());
        let all = self.group.members.iter().filter(|m| m.state == Standing::Here);
        let until = self.page.day(self.version.day + WAIT_DAYS);
        match Heard::of(yes.count(), all.count()).yes {
            Some(yes) => self.page.t2("say-heard", "count", yes, "day", until),
            None => self.page.t1("say-heard-some", "day", until),
        }
    }

    /// Whether a newcomer is asked about what holds already.
    fn holds_already(&self) -> bool {
        self.version.state == VersionState::Holds
    }

    fn is_mine(&self) -> bool {
        self.version.state == VersionState::Proposed && self.version.by == self.group.me
    }
}

type Found = (Frame, Version, Vec<(MemberId, Stance)>);

fn find(tx: &mut storekit::Tx<'_>, member: &Member) -> Outcome<Option<Found>> {
    let group = frame(tx, member)?;
    let Some(version) = actions::asked_about(tx, member)? else { return Ok(None) };
    let mut stances = kept::list_stances(tx, member, &version)?;
    // Who went is not waited for, and no longer stops anything; who is frozen does.
    stances.retain(|(id, _)| group.name_of_any(*id).is_some());
    Ok(Some((group, version, stances)))
}

pub async fn say_form(State(app): State<App>, member: Member, page: Page) -> Answer {
    let group = member.group();
    let found = app.db.read(move |tx| find(tx, &member)).await?;
    let Some((frame, version, stances)) = found else {
        return go(format!("/g/{group}/agreement"));
    };
    let mine = stances.iter().find(|(id, _)| *id == frame.me).map(|(_, stance)| stance);
    let items = positions::items(&page, &version.papers, mine);
    show(&SayPage { page, group: frame, version, items, stances })
}

pub async fn say(State(app): State<App>, member: Member, page: Page, form: Form) -> Answer {
    let group = member.group();
    let who = member.clone();
    let found = app.db.read(move |tx| find(tx, &who)).await?;
    let (frame, version, stances) = found.ok_or(Refusal::Conflict("agreement-moved-on"))?;
    if form.text("number") != version.number.to_string() {
        return Err(Refusal::Conflict("agreement-moved-on").into());
    }
    let (items, stance) = positions::read(&page, &version.papers, |field| form.text(field));
    let Some(stance) = stance else {
        let page = page.with_issues(vec![FieldIssue { field: "items", key: "say-mend" }]);
        let again = SayPage { page, group: frame, version, items, stances };
        return show_with(StatusCode::UNPROCESSABLE_ENTITY, &again);
    };
    let (here, once, number) = (app.clone(), form.once, version.number);
    let said = app
        .db
        .write(move |tx| {
            once.spend(tx)?;
            actions::say(tx, &here.keys, &member, number, &stance)?;
            standing::settle(tx, &here.keys, &member)
        })
        .await;
    once_is_enough(said, || Ok(()))?;
    go(format!("/g/{group}/agreement?done=said"))
}

/// Takes one's own proposal back.
pub async fn withdraw(State(app): State<App>, member: Member, form: Form) -> Answer {
    let group = member.group();
    let number = form.text("number").parse().map_err(|_| Refusal::NotFound)?;
    let once = form.once;
    let done = app
        .db
        .write(move |tx| {
            once.spend(tx)?;
            actions::withdraw(tx, &member, number)
        })
        .await;
    once_is_enough(done, || Ok(()))?;
    go(format!("/g/{group}/agreement?done=withdrawn"))
}

/// Whether to ask somebody again who did not answer: from day 11 on, until nobody waits any more.
pub fn is_asked_again(age_days: i64) -> bool {
    (ASK_AGAIN_DAYS..WAIT_DAYS).contains(&age_days)
}
