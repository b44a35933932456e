//! Rows of those who are on the way back, and of those who are frozen.

use seal::Sealed;
use storekit::{Error, Row, Tx, params, sql};

use crate::access::GroupScope;
use crate::ids::{GroupId, MemberId};

/// The row of somebody on the way back.
pub struct ReturnRow {
    pub old: MemberId,
    pub link: [u8; 16],
    pub new: Option<MemberId>,
    pub until_at: Option<i64>,
    pub words: Sealed,
    pub tag: Vec<u8>,
}

pub fn list_returns(tx: &mut Tx<'_>, scope: GroupScope) -> Result<Vec<ReturnRow>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT member_id, link_id, new_id, until_at, words, tag
             FROM coming_back
             WHERE group_id = $1
             ORDER BY member_id"
        ),
        params![&scope],
    )?;
    rows.iter().map(read).collect()
}

fn read(row: &Row) -> Result<ReturnRow, Error> {
    Ok(ReturnRow {
        old: row.get::<[u8; 16]>("member_id")?.into(),
        link: row.get("link_id")?,
        new: row.get::<Option<[u8; 16]>>("new_id")?.map(MemberId::from),
        until_at: row.get("until_at")?,
        words: Sealed::from_bytes(row.get("words")?),
        tag: row.get::<Option<Vec<u8>>>("tag")?.unwrap_or_default(),
    })
}

pub fn save_return(tx: &mut Tx<'_>, scope: GroupScope, row: ReturnRow) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO coming_back (group_id, member_id, link_id, new_id, until_at, words, tag)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (group_id, member_id)
             DO UPDATE SET link_id = excluded.link_id, new_id = excluded.new_id,
                           until_at = excluded.until_at, words = excluded.words,
                           tag = excluded.tag"
        ),
        params![
            &scope,
            &row.old,
            &row.link,
            row.new.map(|id| id.bytes().to_vec()),
            row.until_at,
            row.words.into_bytes(),
            row.tag
        ],
    )
    .map(|_| ())
}

pub fn remove_return(tx: &mut Tx<'_>, scope: GroupScope, old: MemberId) -> Result<(), Error> {
    tx.exec(
        sql!("DELETE FROM coming_back WHERE group_id = $1 AND member_id = $2"),
        params![&scope, &old],
    )
    .map(|_| ())
}

/// In all groups: seats whose 72 hours are over.
pub fn list_over(tx: &mut Tx<'_>, now: i64) -> Result<Vec<(GroupId, ReturnRow)>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT group_id, member_id, link_id, new_id, until_at, words, tag
             FROM coming_back
             WHERE until_at <= $1
             ORDER BY group_id, member_id"
        ),
        params![now],
    )?;
    rows.iter().map(|row| Ok((row.get::<[u8; 16]>("group_id")?.into(), read(row)?))).collect()
}

/// In all groups: everybody on the way back.
pub fn list_all_returns(tx: &mut Tx<'_>) -> Result<Vec<(GroupId, ReturnRow)>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT group_id, member_id, link_id, new_id, until_at, words, tag
             FROM coming_back
             ORDER BY group_id, member_id"
        ),
        params![],
    )?;
    rows.iter().map(|row| Ok((row.get::<[u8; 16]>("group_id")?.into(), read(row)?))).collect()
}

pub fn list_freezings(
    tx: &mut Tx<'_>,
    scope: GroupScope,
) -> Result<Vec<(MemberId, Sealed)>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT member_id, words
             FROM freezing
             WHERE group_id = $1
             ORDER BY member_id"
        ),
        params![&scope],
    )?;
    let read = |row: Row| {
        Ok((row.get::<[u8; 16]>("member_id")?.into(), Sealed::from_bytes(row.get("words")?)))
    };
    rows.into_iter().map(read).collect()
}

pub fn save_freezing(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    member: MemberId,
    words: Sealed,
) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO freezing (group_id, member_id, words)
             VALUES ($1, $2, $3)
             ON CONFLICT (group_id, member_id)
             DO UPDATE SET words = excluded.words"
        ),
        params![&scope, &member, words.into_bytes()],
    )
    .map(|_| ())
}

pub fn remove_freezing(tx: &mut Tx<'_>, scope: GroupScope, member: MemberId) -> Result<(), Error> {
    tx.exec(
        sql!("DELETE FROM freezing WHERE group_id = $1 AND member_id = $2"),
        params![&scope, &member],
    )
    .map(|_| ())
}
