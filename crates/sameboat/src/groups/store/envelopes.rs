//! Rows of envelopes: the key of one item, for one reader.

use storekit::{Error, Row, Tx, params, sql};

use crate::access::GroupScope;
use crate::ids::MemberId;

/// The key of an item for one of its readers.
pub struct EnvelopeRow {
    pub item: [u8; 16],
    pub boxed: bool,
    pub bytes: Vec<u8>,
}

pub fn save(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    member: MemberId,
    row: EnvelopeRow,
) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO envelope (group_id, item_id, member_id, boxed, bytes)
             VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (group_id, item_id, member_id)
             DO UPDATE SET boxed = excluded.boxed, bytes = excluded.bytes"
        ),
        params![&scope, &row.item, &member, row.boxed, row.bytes],
    )
    .map(|_| ())
}

/// All envelopes of one member.
pub fn list(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    member: MemberId,
) -> Result<Vec<EnvelopeRow>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT item_id, boxed, bytes
             FROM envelope
             WHERE group_id = $1 AND member_id = $2
             ORDER BY item_id"
        ),
        params![&scope, &member],
    )?;
    rows.into_iter().map(read).collect()
}

pub fn find(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    item: &[u8; 16],
    member: MemberId,
) -> Result<Option<EnvelopeRow>, Error> {
    let row = tx.opt(
        sql!(
            "SELECT item_id, boxed, bytes
             FROM envelope
             WHERE group_id = $1 AND item_id = $2 AND member_id = $3"
        ),
        params![&scope, item, &member],
    )?;
    row.map(read).transpose()
}

fn read(row: Row) -> Result<EnvelopeRow, Error> {
    Ok(EnvelopeRow {
        item: row.get("item_id")?,
        boxed: row.get("boxed")?,
        bytes: row.get("bytes")?,
    })
}

pub fn remove(tx: &mut Tx<'_>, scope: GroupScope, item: &[u8; 16]) -> Result<(), Error> {
    tx.exec(
        sql!("DELETE FROM envelope WHERE group_id = $1 AND item_id = $2"),
        params![&scope, item],
    )
    .map(|_| ())
}

pub fn remove_of(tx: &mut Tx<'_>, scope: GroupScope, member: MemberId) -> Result<(), Error> {
    tx.exec(
        sql!("DELETE FROM envelope WHERE group_id = $1 AND member_id = $2"),
        params![&scope, &member],
    )
    .map(|_| ())
}
