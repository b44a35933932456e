//! Rows of askings, envelopes and departures.

use seal::Sealed;
use storekit::{Error, Row, Tx, params, sql};

use crate::access::GroupScope;
use crate::ids::{GroupId, MemberId};

/// A row about one member.
pub struct AboutRow {
    pub member: MemberId,
    pub day: i64,
    pub words: Sealed,
}

/// An envelope's row.
pub struct FarewellRow {
    pub id: [u8; 16],
    pub boxed: Vec<u8>,
    pub words: Sealed,
}

fn about(row: Row) -> Result<AboutRow, Error> {
    Ok(AboutRow {
        member: row.get::<[u8; 16]>("member_id")?.into(),
        day: row.get("day")?,
        words: Sealed::from_bytes(row.get("words")?),
    })
}

pub fn list_askings(tx: &mut Tx<'_>, scope: GroupScope) -> Result<Vec<AboutRow>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT member_id, day, words
             FROM asking
             WHERE group_id = $1
             ORDER BY day, member_id"
        ),
        params![&scope],
    )?;
    rows.into_iter().map(about).collect()
}

pub fn save_asking(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    member: MemberId,
    day: i64,
    words: Sealed,
) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO asking (group_id, member_id, day, words)
             VALUES ($1, $2, $3, $4)
             ON CONFLICT (group_id, member_id)
             DO UPDATE SET words = excluded.words"
        ),
        params![&scope, &member, day, words.into_bytes()],
    )
    .map(|_| ())
}

pub fn remove_asking(tx: &mut Tx<'_>, scope: GroupScope, member: MemberId) -> Result<(), Error> {
    tx.exec(
        sql!("DELETE FROM asking WHERE group_id = $1 AND member_id = $2"),
        params![&scope, &member],
    )
    .map(|_| ())
}

pub fn find_farewell(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    member: MemberId,
) -> Result<Option<FarewellRow>, Error> {
    let row = tx.opt(
        sql!(
            "SELECT id, box, words
             FROM farewell
             WHERE group_id = $1 AND member_id = $2"
        ),
        params![&scope, &member],
    )?;
    let read = |row: Row| {
        Ok(FarewellRow {
            id: row.get("id")?,
            boxed: row.get("box")?,
            words: Sealed::from_bytes(row.get("words")?),
        })
    };
    row.map(read).transpose()
}

pub fn save_farewell(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    member: MemberId,
    row: FarewellRow,
) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO farewell (group_id, member_id, id, box, words)
             VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (group_id, member_id)
             DO UPDATE SET id = excluded.id, box = excluded.box, words = excluded.words"
        ),
        params![&scope, &member, &row.id, row.boxed, row.words.into_bytes()],
    )
    .map(|_| ())
}

pub fn remove_farewell(tx: &mut Tx<'_>, scope: GroupScope, member: MemberId) -> Result<(), Error> {
    tx.exec(
        sql!("DELETE FROM farewell WHERE group_id = $1 AND member_id = $2"),
        params![&scope, &member],
    )
    .map(|_| ())
}

pub fn add_departure(tx: &mut Tx<'_>, scope: GroupScope, row: AboutRow) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO departure (group_id, member_id, day, words)
             VALUES ($1, $2, $3, $4)
             ON CONFLICT (group_id, member_id)
             DO UPDATE SET day = excluded.day, words = excluded.words"
        ),
        params![&scope, &row.member, row.day, row.words.into_bytes()],
    )
    .map(|_| ())
}

pub fn has_departure(tx: &mut Tx<'_>, scope: GroupScope, member: MemberId) -> Result<bool, Error> {
    let row = tx.opt(
        sql!("SELECT day FROM departure WHERE group_id = $1 AND member_id = $2"),
        params![&scope, &member],
    )?;
    Ok(row.is_some())
}

/// Departures since a day, the newest first.
pub fn list_departures(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    since: i64,
) -> Result<Vec<AboutRow>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT member_id, day, words
             FROM departure
             WHERE group_id = $1 AND day >= $2
             ORDER BY day DESC, member_id"
        ),
        params![&scope, since],
    )?;
    rows.into_iter().map(about).collect()
}

/// A frozen member who left for good, and what becomes of their words.
pub struct PartingRow {
    pub member: MemberId,
    pub words: String,
    pub tag: Vec<u8>,
}

pub fn save_parting(tx: &mut Tx<'_>, scope: GroupScope, row: PartingRow) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO parting (group_id, member_id, words, tag)
             VALUES ($1, $2, $3, $4)
             ON CONFLICT (group_id, member_id)
             DO UPDATE SET words = excluded.words, tag = excluded.tag"
        ),
        params![&scope, &row.member, row.words, row.tag],
    )
    .map(|_| ())
}

fn parting(row: &Row) -> Result<PartingRow, Error> {
    Ok(PartingRow {
        member: row.get::<[u8; 16]>("member_id")?.into(),
        words: row.get("words")?,
        tag: row.get::<Option<Vec<u8>>>("tag")?.unwrap_or_default(),
    })
}

pub fn list_partings(tx: &mut Tx<'_>, scope: GroupScope) -> Result<Vec<PartingRow>, Error> {
    let rows = tx.all(
        sql!("SELECT member_id, words, tag FROM parting WHERE group_id = $1 ORDER BY member_id"),
        params![&scope],
    )?;
    rows.iter().map(parting).collect()
}

/// In all groups.
pub fn list_all_partings(tx: &mut Tx<'_>) -> Result<Vec<(GroupId, PartingRow)>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT group_id, member_id, words, tag
             FROM parting
             ORDER BY group_id, member_id"
        ),
        params![],
    )?;
    rows.iter().map(|row| Ok((row.get::<[u8; 16]>("group_id")?.into(), parting(row)?))).collect()
}

pub fn remove_parting(tx: &mut Tx<'_>, scope: GroupScope, member: MemberId) -> Result<(), Error> {
    tx.exec(
        sql!("DELETE FROM parting WHERE group_id = $1 AND member_id = $2"),
        params![&scope, &member],
    )
    .map(|_| ())
}
