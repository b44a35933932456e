//! Rows that a change of the instance key goes through.

use storekit::{Error, Tx, params, sql};

use crate::access::GroupScope;
use crate::groups::store::{EpochRow, read_epoch};
use crate::ids::GroupId;

/// All groups.
pub fn list_groups(tx: &mut Tx<'_>) -> Result<Vec<GroupId>, Error> {
    let rows = tx.all(sql!("SELECT group_id FROM groups ORDER BY group_id"), params![])?;
    rows.into_iter().map(|row| Ok(row.get::<[u8; 16]>("group_id")?.into())).collect()
}

pub fn list_epochs(tx: &mut Tx<'_>, scope: GroupScope) -> Result<Vec<EpochRow>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT number, letterbox, key_check, roster, tag
             FROM epoch
             WHERE group_id = $1
             ORDER BY number"
        ),
        params![&scope],
    )?;
    rows.iter().map(read_epoch).collect()
}

pub fn save_tag(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    number: u32,
    tag: [u8; 32],
) -> Result<(), Error> {
    tx.exec(
        sql!("UPDATE epoch SET tag = $3 WHERE group_id = $1 AND number = $2"),
        params![&scope, i64::from(number), &tag],
    )
    .map(drop)
}
