//! Entries on their way to the list.

use storekit::{Error, Tx, params, sql};

use crate::gone::model::{Entry, Kind};

pub fn add(tx: &mut Tx<'_>, entry: &Entry) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO gone (scope, id, kind, day)
             VALUES ($1, $2, $3, $4)
             ON CONFLICT (scope, id) DO NOTHING"
        ),
        params![entry.scope, entry.id, entry.kind.word(), entry.day],
    )
    .map(drop)
}

pub fn list(tx: &mut Tx<'_>) -> Result<Vec<Entry>, Error> {
    let rows = tx.all(sql!("SELECT scope, id, kind, day FROM gone LIMIT 500"), params![])?;
    rows.iter()
        .map(|row| {
            let word: String = row.get("kind")?;
            let kind = Kind::from_word(&word).ok_or(Error::NoRow)?;
            let (scope, id) = (row.get("scope")?, row.get("id")?);
            Ok(Entry { kind, scope, id, day: row.get("day")? })
        })
        .collect()
}

pub fn remove(tx: &mut Tx<'_>, entry: &Entry) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM gone WHERE scope = $1 AND id = $2"), params![entry.scope, entry.id])
        .map(drop)
}

pub fn remove_before(tx: &mut Tx<'_>, day: i64) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM gone WHERE day < $1"), params![day]).map(drop)
}

/// The number of the last line that was written into the list.
pub fn lines(tx: &mut Tx<'_>) -> Result<u64, Error> {
    let row = tx.opt(sql!("SELECT lines FROM gone_list WHERE one = 1"), params![])?;
    let lines: Option<i64> = row.map(|row| row.get("lines")).transpose()?;
    Ok(lines.and_then(|lines| u64::try_from(lines).ok()).unwrap_or_default())
}

/// Keeps it; another process may have written more since.
pub fn save_lines(tx: &mut Tx<'_>, lines: u64) -> Result<(), Error> {
    let lines = i64::try_from(lines).unwrap_or(i64::MAX);
    tx.exec(
        sql!(
            "INSERT INTO gone_list (one, lines)
             VALUES (1, $1)
             ON CONFLICT (one) DO UPDATE
             SET lines = CASE WHEN excluded.lines > gone_list.lines
                              THEN excluded.lines ELSE gone_list.lines END"
        ),
        params![lines],
    )
    .map(drop)
}
