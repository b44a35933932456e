use askama::Template;
use axum::extract::State;

use crate::access::Person;
use crate::app::App;
use crate::clock;
use crate::error::Outcome;
use crate::ids::SignInId;
use crate::kept::{self, InGroup, Kept};
use crate::people;
use crate::web::{Answer, Page, show};

#[derive(Template)]
#[template(path = "me/me.html")]
struct Everything {
    page: Page,
    name: String,
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

    fn since(&self, group: &InGroup) -> String {
        let since = group.me.as_ref().map(|me| clock::day(me.about.since));
        since.map(|day| self.page.day(day)).unwrap_or_default()
    }
}

struct SignIn {
    id: SignInId,
    here: bool,
    own: bool,
    begun: String,
    until: String,
}

pub async fn everything(State(app): State<App>, person: Person, page: Page) -> Answer {
    let (here, app_here) = (person.sign_in(), app.clone());
    let (found, kept, behind) = app
        .db
        .read_long(move |tx| -> Outcome<_> {
            let found = people::everything(tx, &person)?;
            let behind = people::is_behind(tx, &app_here.keys, &person)?;
            Ok((found, kept::about(tx, &app_here.keys, &person)?, behind))
        })
        .await?;
    let sign_ins = found.sign_ins.into_iter().map(|open| SignIn {
        id: open.id,
        here: open.id == here,
        own: open.device == people::Device::Own,
        begun: page.moment(open.begun),
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
