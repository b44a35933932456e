use askama::Template;
use axum::extract::{Path, State};
use seal::GroupSeat;

use crate::access::Person;
use crate::app::App;
use crate::clock;
use crate::error::{Outcome, Refusal};
use crate::groups;
use crate::ids::GroupId;
use crate::leaving::asking;
use crate::leaving::model::Farewell;
use crate::people;
use crate::web::{Answer, Form, Page, go, show};

#[derive(Template)]
#[template(path = "leaving/pages/went.html")]
struct WentPage {
    page: Page,
    group: GroupId,
    farewell: Farewell,
    inside: bool,
}

impl WentPage {
    fn why(&self) -> String {
        self.page.t1("went-why", "day", self.page.day(clock::day(self.farewell.at)))
    }
}

fn seat(person: &Person, group: &str) -> Outcome<(GroupId, GroupSeat)> {
    let group: GroupId = group.parse().map_err(|_| Refusal::NotFound)?;
    let found = person.seats().iter().find(|seat| seat.group == *group.bytes());
    Ok((group, found.ok_or(Refusal::NotFound)?.clone()))
}

/// Why somebody was asked to leave: they read it here, while they are in the group and after.
pub async fn went(
    State(app): State<App>,
    person: Person,
    Path(group): Path<String>,
    page: Page,
) -> Answer {
    let (group, seat) = seat(&person, &group)?;
    let (farewell, inside) = app
        .db
        .read(move |tx| {
            let inside = groups::member(tx, &person, &seat)?.is_some();
            Outcome::Ok((asking::farewell(tx, &seat)?, inside))
        })
        .await?;
    let farewell = farewell.ok_or(Refusal::NotFound)?;
    show(&WentPage { page, group, farewell, inside })
}

/// Read, and put away for good: the envelope goes, and the seat with it.
pub async fn put_away(
    State(app): State<App>,
    person: Person,
    Path(group): Path<String>,
    _form: Form,
) -> Answer {
    let (group, seat) = seat(&person, &group)?;
    app.db
        .write(move |tx| {
            // Somebody at the door has a seat too, and nothing to put away.
            let inside = groups::member(tx, &person, &seat)?.is_some();
            if inside || !asking::has_farewell(tx, &seat)? {
                return Err(Refusal::NotFound.into());
            }
            asking::put_away(tx, &seat)?;
            people::remove_seat(tx, &person, group)
        })
        .await?;
    go("/groups?done=put-away")
}
