use askama::Template;
use axum::extract::State;

use crate::access::Person;
use crate::app::App;
use crate::clock;
use crate::drafts;
use crate::error::{Outcome, Refusal};
use crate::ids::{DraftId, SignInId};
use crate::kept::{self, InGroup, Kept, Unsent};
use crate::people;
use crate::web::{Answer, Form, Page, go, once_is_enough, show};

#[derive(Template)]
#[template(path = "me/me.html")]
struct Everything {
    page: Page,
    name: Option<String>,
    joined: String,
    sheet: bool,
    behind: bool,
    sign_ins: Vec<SignIn>,
    lines: Vec<(String, &'static str)>,
    kept: Kept,
}

impl Everything {
    fn kept_days(&self) -> i64 {
        people::KEPT_DAYS
    }

    fn day_of(&self, draft: &Unsent) -> String {
        self.page.day(draft.day)
    }

    fn since(&self, group: &InGroup) -> String {
        let me = group.me.as_ref().filter(|me| !me.about.lost);
        let since = me.map(|me| clock::day(me.about.since));
        since.map(|day| self.page.day(day)).unwrap_or_default()
    }
}

struct SignIn {
    id: SignInId,
    here: bool,
    own: bool,
    begun: Option<String>,
    until: String,
}

pub async fn everything(State(app): State<App>, person: Person, page: Page) -> Answer {
    let (here, app_here) = (person.sign_in(), app.clone());
    let (found, kept, behind) = app
        .db
        .read_long(move |tx| -> Outcome<_> {
            let found = people::everything(tx, &app_here.keys, &person)?;
            let behind = people::is_behind(tx, &app_here.keys, &person)?;
            Ok((found, kept::about(tx, &app_here.keys, &person)?, behind))
        })
        .await?;
    let sign_ins = found.sign_ins.into_iter().map(|open| SignIn {
        id: open.id,
        here: open.id == here,
        own: open.device == people::Device::Own,
        begun: open.begun.map(|begun| page.moment(begun)),
        until: page.moment(open.limit_at),
    });
    let sign_ins = sign_ins.collect();
    let lines = found.lines.iter().map(|line| (page.day(line.day), line.key())).collect();
    show(&Everything {
        joined: page.day(found.joined_day),
        page,
        name: found.name,
        sheet: found.sheet,
        behind,
        sign_ins,
        lines,
        kept,
    })
}

/// Throws a draft away; the form that it belongs to may be gone.
pub async fn throw_away(State(app): State<App>, person: Person, form: Form) -> Answer {
    let id: DraftId = form.text("draft").parse().map_err(|_| Refusal::NotFound)?;
    let once = form.once;
    let done = app
        .db
        .write(move |tx| {
            once.spend(tx)?;
            drafts::throw_away(tx, &person, id)
        })
        .await;
    once_is_enough(done, || Ok(()))?;
    go("/me?done=draft-gone#draft")
}
