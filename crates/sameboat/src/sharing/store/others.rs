//! Rows of worries, and of what a member hid from themselves.

use seal::Sealed;
use storekit::{Error, Tx, params, sql};

use crate::access::GroupScope;
use crate::ids::{MemberId, WorryId};

/// A worry's row.
pub struct WorryRow {
    pub id: WorryId,
    pub day: i64,
    pub words: Sealed,
}

pub fn add_worry(tx: &mut Tx<'_>, scope: GroupScope, row: WorryRow) -> Result<(), Error> {
    tx.exec(
        sql!("INSERT INTO worry (group_id, id, day, words) VALUES ($1, $2, $3, $4)"),
        params![&scope, &row.id, row.day, row.words.into_bytes()],
    )
    .map(|_| ())
}

pub fn list_worries(tx: &mut Tx<'_>, scope: GroupScope) -> Result<Vec<WorryRow>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT id, day, words
             FROM worry
             WHERE group_id = $1
             ORDER BY day, id"
        ),
        params![&scope],
    )?;
    rows.into_iter()
        .map(|row| {
            Ok(WorryRow {
                id: row.get::<[u8; 16]>("id")?.into(),
                day: row.get("day")?,
                words: Sealed::from_bytes(row.get("words")?),
            })
        })
        .collect()
}

pub fn remove_worry(tx: &mut Tx<'_>, scope: GroupScope, id: WorryId) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM worry WHERE group_id = $1 AND id = $2"), params![&scope, &id])
        .map(|_| ())
}

pub fn find_hidden(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    member: MemberId,
) -> Result<Option<Sealed>, Error> {
    let row = tx.opt(
        sql!("SELECT words FROM hidden WHERE group_id = $1 AND member_id = $2"),
        params![&scope, &member],
    )?;
    row.map(|row| Ok(Sealed::from_bytes(row.get("words")?))).transpose()
}

pub fn save_hidden(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    member: MemberId,
    words: Sealed,
) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO hidden (group_id, member_id, words)
             VALUES ($1, $2, $3)
             ON CONFLICT (group_id, member_id) DO UPDATE SET words = excluded.words"
        ),
        params![&scope, &member, words.into_bytes()],
    )
    .map(|_| ())
}

pub fn remove_hidden(tx: &mut Tx<'_>, scope: GroupScope, member: MemberId) -> Result<(), Error> {
    tx.exec(
        sql!("DELETE FROM hidden WHERE group_id = $1 AND member_id = $2"),
        params![&scope, &member],
    )
    .map(|_| ())
}
