//! Rows of those who came in and may read earlier words.

use seal::Sealed;
use storekit::{Error, Row, Tx, params, sql};

use crate::access::GroupScope;
use crate::ids::MemberId;

pub fn list(tx: &mut Tx<'_>, scope: GroupScope) -> Result<Vec<(MemberId, Sealed)>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT member_id, words
             FROM newcomer
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

pub fn save(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    member: MemberId,
    words: Sealed,
) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO newcomer (group_id, member_id, words)
             VALUES ($1, $2, $3)
             ON CONFLICT (group_id, member_id)
             DO UPDATE SET words = excluded.words"
        ),
        params![&scope, &member, words.into_bytes()],
    )
    .map(|_| ())
}

pub fn remove(tx: &mut Tx<'_>, scope: GroupScope, member: MemberId) -> Result<(), Error> {
    tx.exec(
        sql!("DELETE FROM newcomer WHERE group_id = $1 AND member_id = $2"),
        params![&scope, &member],
    )
    .map(|_| ())
}
