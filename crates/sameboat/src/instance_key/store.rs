//! The one row about the instance key.

use storekit::{Error, Tx, params, sql};

use crate::instance_key::{FORMAT, Known};

pub fn find(tx: &mut Tx<'_>) -> Result<Option<Known>, Error> {
    let row =
        tx.opt(sql!("SELECT key_number, fingerprint FROM instance WHERE one = 1"), params![])?;
    row.map(|row| {
        let number = u32::try_from(row.get::<i64>("key_number")?);
        let number = number.map_err(|_| Error::Wrong("a key number that is none".to_owned()))?;
        Ok(Known { number, fingerprint: row.get("fingerprint")? })
    })
    .transpose()
}

pub fn add(tx: &mut Tx<'_>, first: Known) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO instance (one, key_number, fingerprint, format)
             VALUES (1, $1, $2, $3)
             ON CONFLICT (one) DO NOTHING"
        ),
        params![i64::from(first.number), &first.fingerprint, FORMAT],
    )
    .map(drop)
}

pub fn save(tx: &mut Tx<'_>, before: &Known, now: Known) -> Result<bool, Error> {
    let saved = tx.exec(
        sql!(
            "UPDATE instance SET key_number = $1, fingerprint = $2
             WHERE one = 1 AND fingerprint = $3"
        ),
        params![i64::from(now.number), &now.fingerprint, &before.fingerprint],
    )?;
    Ok(saved == 1)
}

pub fn find_format(tx: &mut Tx<'_>) -> Result<Option<i64>, Error> {
    let row = tx.opt(sql!("SELECT format FROM instance WHERE one = 1"), params![])?;
    row.map(|row| row.get("format")).transpose()
}

pub fn save_format(tx: &mut Tx<'_>, format: i64) -> Result<(), Error> {
    tx.exec(sql!("UPDATE instance SET format = $1 WHERE one = 1"), params![format]).map(drop)
}

/// Whether nobody joined and no group began.
pub fn is_empty(tx: &mut Tx<'_>) -> Result<bool, Error> {
    let row = tx.one(
        sql!("SELECT (SELECT COUNT(*) FROM person) + (SELECT COUNT(*) FROM groups) AS rows"),
        params![],
    )?;
    Ok(row.get::<i64>("rows")? == 0)
}
