//! Rows that a change of the instance key goes through.

use storekit::{Error, Row, Tx, params, sql};

use crate::access::GroupScope;
use crate::groups::store::epochs::{EpochRow, read};
use crate::groups::store::number;
use crate::ids::{GroupId, MemberId};

/// All groups.
pub fn list_groups(tx: &mut Tx<'_>) -> Result<Vec<GroupId>, Error> {
    let rows = tx.all(sql!("SELECT group_id FROM groups ORDER BY group_id"), params![])?;
    rows.into_iter().map(|row| Ok(row.get::<[u8; 16]>("group_id")?.into())).collect()
}

pub fn list_epochs(tx: &mut Tx<'_>, scope: GroupScope) -> Result<Vec<EpochRow>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT number, letterbox, key_check, roster, before, tag
             FROM epoch
             WHERE group_id = $1
             ORDER BY number"
        ),
        params![&scope],
    )?;
    rows.iter().map(read).collect()
}

pub fn save_tag(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    number: u32,
    (before, tag): (Option<Vec<u8>>, &[u8]),
) -> Result<(), Error> {
    tx.exec(
        sql!("UPDATE epoch SET before = $3, tag = $4 WHERE group_id = $1 AND number = $2"),
        params![&scope, i64::from(number), before, tag.to_vec()],
    )
    .map(drop)
}

/// All grants: whose, of which epoch, and their tags.
pub fn list_grants(
    tx: &mut Tx<'_>,
    scope: GroupScope,
) -> Result<Vec<(MemberId, u32, Vec<u8>)>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT member_id, epoch, tag
             FROM key_grant
             WHERE group_id = $1
             ORDER BY member_id, epoch"
        ),
        params![&scope],
    )?;
    let grant = |row: Row| {
        let tag: Option<Vec<u8>> = row.get("tag")?;
        let who = row.get::<[u8; 16]>("member_id")?.into();
        Ok((who, number(&row, "epoch")?, tag.unwrap_or_default()))
    };
    rows.into_iter().map(grant).collect()
}

pub fn save_grant_tag(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    (who, epoch): (MemberId, u32),
    tag: [u8; 32],
) -> Result<(), Error> {
    tx.exec(
        sql!(
            "UPDATE key_grant SET tag = $4
             WHERE group_id = $1 AND member_id = $2 AND epoch = $3"
        ),
        params![&scope, &who, i64::from(epoch), &tag],
    )
    .map(drop)
}
