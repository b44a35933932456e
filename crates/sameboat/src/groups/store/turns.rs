//! Groups whose key is to turn because the host asked.

use storekit::{Error, Tx, params, sql};

use crate::access::GroupScope;

/// Asks it of every group, for the epoch that it is in; gives how many there are.
pub fn ask(tx: &mut Tx<'_>) -> Result<u64, Error> {
    tx.exec(
        sql!(
            "UPDATE groups
             SET turn_after =
                 (SELECT MAX(number) FROM epoch WHERE epoch.group_id = groups.group_id)"
        ),
        params![],
    )
}

/// How many groups are asked and have not turned since.
pub fn count_waiting(tx: &mut Tx<'_>) -> Result<i64, Error> {
    let count = sql!(
        "SELECT COUNT(*) AS count FROM groups
         WHERE turn_after >=
             (SELECT MAX(number) FROM epoch WHERE epoch.group_id = groups.group_id)"
    );
    tx.one(count, params![])?.get("count")
}

/// The last epoch that this group is to leave behind, if it was asked.
pub fn find(tx: &mut Tx<'_>, scope: GroupScope) -> Result<Option<i64>, Error> {
    let row = tx.opt(sql!("SELECT turn_after FROM groups WHERE group_id = $1"), params![&scope])?;
    Ok(row.map(|row| row.get("turn_after")).transpose()?.flatten())
}
