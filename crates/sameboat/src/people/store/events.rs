//! Rows about what happened to somebody's sign-ins.

use storekit::{Error, Row, Tx, params, sql};

use crate::access::Person;
use crate::ids::PersonId;

/// One line about what happened to somebody's sign-ins.
pub struct EventRow {
    pub number: i64,
    pub day: i64,
    pub boxed: Vec<u8>,
}

pub fn add_event(
    tx: &mut Tx<'_>,
    person: PersonId,
    number: i64,
    day: i64,
    boxed: Vec<u8>,
) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO sign_in_event (person_id, number, day, box)
             VALUES ($1, $2, $3, $4)"
        ),
        params![&person, number, day, boxed],
    )
    .map(|_| ())
}

pub fn remove_event(tx: &mut Tx<'_>, person: PersonId, number: i64) -> Result<(), Error> {
    tx.exec(
        sql!("DELETE FROM sign_in_event WHERE person_id = $1 AND number = $2"),
        params![&person, number],
    )
    .map(|_| ())
}

pub fn save_event(
    tx: &mut Tx<'_>,
    person: PersonId,
    number: i64,
    boxed: Vec<u8>,
) -> Result<(), Error> {
    tx.exec(
        sql!("UPDATE sign_in_event SET box = $3 WHERE person_id = $1 AND number = $2"),
        params![&person, number, boxed],
    )
    .map(|_| ())
}

/// The number of the last line, and how many there are of this day, counted up to `most`: a long
/// list takes no longer than a short one.
pub fn last_events(
    tx: &mut Tx<'_>,
    person: PersonId,
    day: i64,
    most: i64,
) -> Result<(i64, i64), Error> {
    let rows = tx.all(
        sql!(
            "SELECT number, day
             FROM sign_in_event
             WHERE person_id = $1
             ORDER BY number DESC
             LIMIT $2"
        ),
        params![&person, most],
    )?;
    let (mut last, mut today) = (0, 0);
    for row in rows {
        last = last.max(row.get::<i64>("number")?);
        today += i64::from(row.get::<i64>("day")? == day);
    }
    Ok((last, today))
}

pub fn list_events(tx: &mut Tx<'_>, person: &Person) -> Result<Vec<EventRow>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT number, day, box
             FROM sign_in_event
             WHERE person_id = $1
             ORDER BY number DESC"
        ),
        params![&person.id()],
    )?;
    rows.iter().map(event).collect()
}

fn event(row: &Row) -> Result<EventRow, Error> {
    Ok(EventRow { number: row.get("number")?, day: row.get("day")?, boxed: row.get("box")? })
}

/// The next so many lines of anybody, in the order of their ids and numbers.
pub fn list_all_events(
    tx: &mut Tx<'_>,
    (person, number): (PersonId, i64),
    count: i64,
) -> Result<Vec<(PersonId, EventRow)>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT person_id, number, day, box
             FROM sign_in_event
             WHERE person_id > $1 OR (person_id = $1 AND number > $2)
             ORDER BY person_id, number
             LIMIT $3"
        ),
        params![&person, number, count],
    )?;
    let read = |row: &Row| Ok((row.get::<[u8; 16]>("person_id")?.into(), event(row)?));
    rows.iter().map(read).collect()
}

pub fn remove_old_events(tx: &mut Tx<'_>, before: i64) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM sign_in_event WHERE day < $1"), params![before]).map(|_| ())
}
