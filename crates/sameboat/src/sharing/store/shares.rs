//! Rows of shares.

use seal::Sealed;
use storekit::{Error, Row, Tx, params, sql};

use crate::access::GroupScope;
use crate::ids::{MemberId, ShareId};
use crate::sharing::model::Audience;

/// One share's row. For whom it is stands among its words: `audience` and `newcomers` are columns to
/// find rows by, and are read by nothing else.
pub struct ShareRow {
    pub id: ShareId,
    pub number: i64,
    pub day: i64,
    pub writer: MemberId,
    pub words: Sealed,
}

fn read(row: Row) -> Result<ShareRow, Error> {
    Ok(ShareRow {
        id: row.get::<[u8; 16]>("id")?.into(),
        number: row.get("number")?,
        day: row.get("day")?,
        writer: row.get::<[u8; 16]>("member_id")?.into(),
        words: Sealed::from_bytes(row.get("words")?),
    })
}

pub fn add(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    row: ShareRow,
    (audience, newcomers): (Audience, bool),
) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO share
                 (group_id, id, number, day, member_id, audience, newcomers, words)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        params![
            &scope,
            &row.id,
            row.number,
            row.day,
            &row.writer,
            audience.word(),
            newcomers,
            row.words.into_bytes()
        ],
    )
    .map(|_| ())
}

pub fn newest_number(tx: &mut Tx<'_>, scope: GroupScope) -> Result<i64, Error> {
    let row = tx.one(
        sql!("SELECT COALESCE(MAX(number), 0) AS number FROM share WHERE group_id = $1"),
        params![&scope],
    )?;
    row.get("number")
}

pub fn find(tx: &mut Tx<'_>, scope: GroupScope, id: ShareId) -> Result<Option<ShareRow>, Error> {
    let row = tx.opt(
        sql!(
            "SELECT id, number, day, member_id, words
             FROM share
             WHERE group_id = $1 AND id = $2"
        ),
        params![&scope, &id],
    )?;
    row.map(read).transpose()
}

/// At most so many shares below a number, the newest first.
pub fn list(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    below: i64,
    most: i64,
) -> Result<Vec<ShareRow>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT id, number, day, member_id, words
             FROM share
             WHERE group_id = $1 AND number < $2
             ORDER BY number DESC, id
             LIMIT $3"
        ),
        params![&scope, below, most],
    )?;
    rows.into_iter().map(read).collect()
}

/// All shares of one member, the newest first.
pub fn list_of(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    writer: MemberId,
) -> Result<Vec<ShareRow>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT id, number, day, member_id, words
             FROM share
             WHERE group_id = $1 AND member_id = $2
             ORDER BY number DESC, id"
        ),
        params![&scope, &writer],
    )?;
    rows.into_iter().map(read).collect()
}

/// What was shared with fewer than the group, stands open to this member by an envelope, is not
/// theirs and was not answered by them; the newest first.
pub fn list_unanswered(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    member: MemberId,
) -> Result<Vec<ShareRow>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT s.id, s.number, s.day, s.member_id, s.words
             FROM share s
             JOIN envelope e
               ON e.group_id = s.group_id AND e.item_id = s.id AND e.member_id = $2
             WHERE s.group_id = $1 AND s.audience <> 'group' AND s.member_id <> $2
               AND NOT EXISTS (SELECT 1
                               FROM answer a
                               WHERE a.group_id = s.group_id AND a.share_id = s.id
                                 AND a.member_id = $2)
             ORDER BY s.number DESC, s.id"
        ),
        params![&scope, &member],
    )?;
    rows.into_iter().map(read).collect()
}

/// The shares that people who come later may read.
pub fn list_open(tx: &mut Tx<'_>, scope: GroupScope) -> Result<Vec<ShareRow>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT id, number, day, member_id, words
             FROM share
             WHERE group_id = $1 AND newcomers = 1
             ORDER BY number, id"
        ),
        params![&scope],
    )?;
    rows.into_iter().map(read).collect()
}

pub fn save_words(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    id: ShareId,
    words: Sealed,
) -> Result<(), Error> {
    tx.exec(
        sql!("UPDATE share SET words = $3 WHERE group_id = $1 AND id = $2"),
        params![&scope, &id, words.into_bytes()],
    )
    .map(|_| ())
}

/// Takes a share or an answer away by its id alone, with the answers to it.
pub fn take_out(tx: &mut Tx<'_>, scope: GroupScope, id: &[u8; 16]) -> Result<(), Error> {
    tx.exec(
        sql!("DELETE FROM answer WHERE group_id = $1 AND (share_id = $2 OR id = $2)"),
        params![&scope, id],
    )?;
    tx.exec(sql!("DELETE FROM share WHERE group_id = $1 AND id = $2"), params![&scope, id])
        .map(|_| ())
}

pub fn remove(tx: &mut Tx<'_>, scope: GroupScope, id: ShareId) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM share WHERE group_id = $1 AND id = $2"), params![&scope, &id])
        .map(|_| ())
}
