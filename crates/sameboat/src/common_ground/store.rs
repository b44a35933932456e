//! One row a group: its common cause. Themes lie with what bears no name.

use seal::Sealed;
use storekit::{Error, Tx, params, sql};

use crate::access::GroupScope;

pub fn find(tx: &mut Tx<'_>, scope: GroupScope) -> Result<Option<Sealed>, Error> {
    let row = tx.opt(sql!("SELECT words FROM cause WHERE group_id = $1"), params![&scope])?;
    row.map(|row| row.get("words").map(Sealed::from_bytes)).transpose()
}

pub fn save(tx: &mut Tx<'_>, scope: GroupScope, words: Sealed) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO cause (group_id, words)
             VALUES ($1, $2)
             ON CONFLICT (group_id)
             DO UPDATE SET words = excluded.words"
        ),
        params![&scope, words.into_bytes()],
    )
    .map(drop)
}
