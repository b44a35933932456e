//! Rows about a group's epochs.

use storekit::{Error, Row, Tx, params, sql};

use crate::access::GroupScope;
use crate::groups::store::number;

/// An epoch's row, as it stands there: nothing in it is believed before its tag holds.
pub struct EpochRow {
    pub number: u32,
    pub letterbox: Vec<u8>,
    pub key_check: Vec<u8>,
    pub roster: Vec<u8>,
    /// The tag of the epoch before; none in the first.
    pub before: Option<Vec<u8>>,
    pub tag: Vec<u8>,
}

pub fn add(tx: &mut Tx<'_>, scope: GroupScope, day: i64, row: EpochRow) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO epoch
                 (group_id, number, day, letterbox, key_check, roster, before, tag)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        params![
            &scope,
            i64::from(row.number),
            day,
            row.letterbox,
            row.key_check,
            row.roster,
            row.before,
            row.tag
        ],
    )
    .map(|_| ())
}

pub fn find(tx: &mut Tx<'_>, scope: GroupScope, number: u32) -> Result<Option<EpochRow>, Error> {
    let row = tx.opt(
        sql!(
            "SELECT number, letterbox, key_check, roster, before, tag
             FROM epoch
             WHERE group_id = $1 AND number = $2"
        ),
        params![&scope, i64::from(number)],
    )?;
    row.as_ref().map(read).transpose()
}

/// The highest row below a number.
pub fn find_below(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    below: u32,
) -> Result<Option<EpochRow>, Error> {
    let row = tx.opt(
        sql!(
            "SELECT number, letterbox, key_check, roster, before, tag
             FROM epoch
             WHERE group_id = $1 AND number < $2
             ORDER BY number DESC
             LIMIT 1"
        ),
        params![&scope, i64::from(below)],
    )?;
    row.as_ref().map(read).transpose()
}

/// The number and the tag of the highest row, whatever it is worth.
pub fn find_top(tx: &mut Tx<'_>, scope: GroupScope) -> Result<Option<(u32, Vec<u8>)>, Error> {
    let row = tx.opt(
        sql!(
            "SELECT number, tag
             FROM epoch
             WHERE group_id = $1
             ORDER BY number DESC
             LIMIT 1"
        ),
        params![&scope],
    )?;
    row.map(|row| Ok((number(&row, "number")?, row.get("tag")?))).transpose()
}

/// Takes away the rows above a number, and what was granted of them.
pub fn remove_above(tx: &mut Tx<'_>, scope: GroupScope, number: u32) -> Result<(), Error> {
    tx.exec(
        sql!("DELETE FROM epoch WHERE group_id = $1 AND number > $2"),
        params![&scope, i64::from(number)],
    )?;
    tx.exec(
        sql!("DELETE FROM key_grant WHERE group_id = $1 AND epoch > $2"),
        params![&scope, i64::from(number)],
    )
    .map(|_| ())
}

pub fn read(row: &Row) -> Result<EpochRow, Error> {
    Ok(EpochRow {
        number: number(row, "number")?,
        letterbox: row.get("letterbox")?,
        key_check: row.get("key_check")?,
        roster: row.get("roster")?,
        before: row.get("before")?,
        tag: row.get("tag")?,
    })
}
