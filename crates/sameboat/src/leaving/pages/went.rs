use askama::Template;
use axum::extract::{Path, State};
use seal::GroupSeat;
use storekit::Tx;

use crate::access::Person;
use crate::app::App;
use crate::clock;
use crate::error::{Outcome, Refusal};
use crate::groups::{self, State as Standing};
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
    /// Whether they are not gone: still in the group, or frozen.
    asked: bool,
    /// Whether the group opens for them.
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

fn is_frozen(tx: &mut Tx<'_>, person: &Person, seat: &GroupSeat) -> Outcome<bool> {
    Ok(groups::state_of(tx, person.instance(), seat)? == Some(Standing::Frozen))
}

/// Why somebody was asked to leave: they read it here, while they are in the group and after.
pub async fn went(
    State(app): State<App>,
    person: Person,
    Path(group): Path<String>,
    page: Page,
) -> Answer {
    let (group, seat) = seat(&person, &group)?;
    let keys = app.clone();
    let (farewell, asked, inside) = app
        .db
        .read(move |tx| {
            let inside = groups::member(tx, &person, &seat)?.is_some();
            let asked = inside || is_frozen(tx, &person, &seat)?;
            Outcome::Ok((asking::farewell(tx, &keys.keys, &seat)?, asked, inside))
        })
        .await?;
    let farewell = farewell.ok_or(Refusal::NotFound)?;
    show(&WentPage { page, group, farewell, asked, inside })
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
            // Somebody at the door has a seat too, and nothing to put away. Who is frozen may be
            // given the key again, by the seat that would go.
            let inside = groups::member(tx, &person, &seat)?.is_some();
            if inside || is_frozen(tx, &person, &seat)? || !asking::has_farewell(tx, &seat)? {
                return Err(Refusal::NotFound.into());
            }
            asking::put_away(tx, &seat)?;
            people::remove_seat(tx, &person, group)
        })
        .await?;
    go("/groups?done=put-away")
}
