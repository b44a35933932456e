//! Keys that were used up.

use storekit::{Error, Tx, params, sql};

/// Remembers a key's number; false if it was there already.
pub fn add(tx: &mut Tx<'_>, nonce: &[u8; 16], day: i64) -> Result<bool, Error> {
    let stored = tx.exec(
        sql!(
            "INSERT INTO used_once (id, day)
             VALUES ($1, $2)
             ON CONFLICT (id) DO NOTHING"
        ),
        params![nonce, day],
    )?;
    Ok(stored == 1)
}

/// Whether a key's number is remembered.
pub fn is_there(tx: &mut Tx<'_>, nonce: &[u8; 16]) -> Result<bool, Error> {
    let row = tx.opt(sql!("SELECT day FROM used_once WHERE id = $1"), params![nonce])?;
    Ok(row.is_some())
}

/// Forgets keys used before this day.
pub fn remove_before(tx: &mut Tx<'_>, day: i64) -> Result<u64, Error> {
    tx.exec(sql!("DELETE FROM used_once WHERE day < $1"), params![day])
}
