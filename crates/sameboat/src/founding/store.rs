//! Answers on the way, and the host's leave to begin.

use seal::Sealed;
use storekit::{Error, Row, Tx, params, sql};

use crate::access::Person;
use crate::ids::PersonId;

pub fn find(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<Sealed>, Error> {
    let row = tx.opt(sql!("SELECT words FROM founding WHERE person_id = $1"), params![&person])?;
    row.map(|row| Ok(Sealed::from_bytes(row.get("words")?))).transpose()
}

pub fn save(tx: &mut Tx<'_>, person: &Person, day: i64, words: Sealed) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO founding (person_id, day, words)
             VALUES ($1, $2, $3)
             ON CONFLICT (person_id)
             DO UPDATE SET day = excluded.day, words = excluded.words"
        ),
        params![&person.id(), day, words.into_bytes()],
    )
    .map(|_| ())
}

pub fn find_day(tx: &mut Tx<'_>, person: &Person) -> Result<Option<i64>, Error> {
    let row =
        tx.opt(sql!("SELECT day FROM founding WHERE person_id = $1"), params![&person.id()])?;
    row.map(|row| row.get("day")).transpose()
}

/// The same answers under another key.
pub fn turn(tx: &mut Tx<'_>, person: PersonId, words: Sealed) -> Result<(), Error> {
    tx.exec(
        sql!("UPDATE founding SET words = $2 WHERE person_id = $1"),
        params![&person, words.into_bytes()],
    )
    .map(|_| ())
}

pub fn remove(tx: &mut Tx<'_>, person: &Person) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM founding WHERE person_id = $1"), params![&person.id()]).map(|_| ())
}

/// A host's leave to begin one group.
pub struct LinkRow {
    pub id: [u8; 16],
    pub day: i64,
    pub tag: Vec<u8>,
}

fn link(row: &Row) -> Result<LinkRow, Error> {
    let tag = row.get::<Option<Vec<u8>>>("tag")?.unwrap_or_default();
    Ok(LinkRow { id: row.get("id")?, day: row.get("day")?, tag })
}

pub fn save_link(tx: &mut Tx<'_>, row: LinkRow) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO start_link (id, day, tag)
             VALUES ($1, $2, $3)
             ON CONFLICT (id) DO UPDATE SET tag = excluded.tag"
        ),
        params![&row.id, row.day, row.tag],
    )
    .map(|_| ())
}

pub fn find_link(tx: &mut Tx<'_>, id: &[u8; 16]) -> Result<Option<LinkRow>, Error> {
    let row = tx.opt(sql!("SELECT id, day, tag FROM start_link WHERE id = $1"), params![id])?;
    row.as_ref().map(link).transpose()
}

pub fn list_links(tx: &mut Tx<'_>) -> Result<Vec<LinkRow>, Error> {
    let rows = tx.all(sql!("SELECT id, day, tag FROM start_link ORDER BY id"), params![])?;
    rows.iter().map(link).collect()
}

/// Uses a link up; false if it was used or never there.
pub fn remove_link(tx: &mut Tx<'_>, id: &[u8; 16]) -> Result<bool, Error> {
    Ok(tx.exec(sql!("DELETE FROM start_link WHERE id = $1"), params![id])? == 1)
}

/// Whether nobody was ever given leave to begin, and nothing was begun.
pub fn is_untouched(tx: &mut Tx<'_>) -> Result<bool, Error> {
    let row = tx.one(
        sql!(
            "SELECT (SELECT COUNT(*) FROM start_link) + (SELECT COUNT(*) FROM groups) AS count
             FROM instance"
        ),
        params![],
    )?;
    Ok(row.get::<i64>("count")? == 0)
}
