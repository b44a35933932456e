//! Rows of notebooks.

use seal::Sealed;
use storekit::{Error, Row, Tx, params, sql};

use crate::access::Person;
use crate::ids::{PageId, PersonId};

/// One page's row.
pub struct PageRow {
    pub id: PageId,
    pub number: i64,
    pub day: i64,
    pub words: Sealed,
}

/// All pages of one person, newest first.
pub fn list(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<PageRow>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT id, number, day, words
             FROM notebook_page
             WHERE person_id = $1
             ORDER BY number DESC, id"
        ),
        params![&person],
    )?;
    rows.into_iter().map(read).collect()
}

pub fn find(tx: &mut Tx<'_>, person: &Person, id: PageId) -> Result<Option<PageRow>, Error> {
    let row = tx.opt(
        sql!(
            "SELECT id, number, day, words
             FROM notebook_page
             WHERE person_id = $1 AND id = $2"
        ),
        params![&person.id(), &id],
    )?;
    row.map(read).transpose()
}

pub fn find_newest(tx: &mut Tx<'_>, person: &Person) -> Result<Option<PageRow>, Error> {
    let row = tx.opt(
        sql!(
            "SELECT id, number, day, words
             FROM notebook_page
             WHERE person_id = $1
             ORDER BY number DESC, id
             LIMIT 1"
        ),
        params![&person.id()],
    )?;
    row.map(read).transpose()
}

/// How many pages there are, and how many bytes their sealed words have together.
pub fn weigh(tx: &mut Tx<'_>, person: &Person) -> Result<(i64, i64), Error> {
    let row = tx.one(
        sql!(
            "SELECT COUNT(*) AS pages, CAST(COALESCE(SUM(LENGTH(words)), 0) AS INTEGER) AS bytes
             FROM notebook_page
             WHERE person_id = $1"
        ),
        params![&person.id()],
    )?;
    Ok((row.get("pages")?, row.get("bytes")?))
}

fn read(row: Row) -> Result<PageRow, Error> {
    Ok(PageRow {
        id: row.get::<[u8; 16]>("id")?.into(),
        number: row.get("number")?,
        day: row.get("day")?,
        words: Sealed::from_bytes(row.get("words")?),
    })
}

pub fn add(tx: &mut Tx<'_>, person: &Person, new: PageRow) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO notebook_page (person_id, id, number, day, words)
             VALUES ($1, $2, $3, $4, $5)"
        ),
        params![&person.id(), &new.id, new.number, new.day, new.words.into_bytes()],
    )
    .map(|_| ())
}

pub fn save(tx: &mut Tx<'_>, person: PersonId, id: PageId, words: Sealed) -> Result<(), Error> {
    tx.exec(
        sql!("UPDATE notebook_page SET words = $3 WHERE person_id = $1 AND id = $2"),
        params![&person, &id, words.into_bytes()],
    )
    .map(|_| ())
}

pub fn remove(tx: &mut Tx<'_>, person: PersonId, id: PageId) -> Result<(), Error> {
    tx.exec(
        sql!("DELETE FROM notebook_page WHERE person_id = $1 AND id = $2"),
        params![&person, &id],
    )
    .map(|_| ())
}
