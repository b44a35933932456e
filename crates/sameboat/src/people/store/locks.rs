//! What a passphrase or a code opens, and how it is found.

use storekit::{Error, Row, Tx, Value, params, sql};

use crate::access::Person;
use crate::ids::PersonId;

/// What a passphrase or a code is tried against.
#[derive(Clone)]
pub struct Lock {
    pub person: PersonId,
    pub wrap: Vec<u8>,
}

/// Somebody's lock, and whether they have a recovery sheet.
pub struct LockRow {
    pub lock: Lock,
    pub sheet: bool,
}

/// Those whose name has one of these tags, with the tag that it is.
pub fn find_by_names(tx: &mut Tx<'_>, tags: &[[u8; 32]]) -> Result<Vec<([u8; 32], Lock)>, Error> {
    let sql = sql!(
        "SELECT name_tag, id AS person_id, passphrase AS wrap
         FROM person
         WHERE name_tag IN ($LIST)
         ORDER BY id"
    );
    let values: Vec<Value> = tags.iter().map(Value::from).collect();
    let rows = tx.all(sql.with_list(values.len(), 1)?, &values)?;
    rows.into_iter().map(|row| Ok((row.get("name_tag")?, lock(row)?))).collect()
}

pub fn find_by_code(tx: &mut Tx<'_>, id: &[u8; 16]) -> Result<Option<Lock>, Error> {
    let row = tx.opt(sql!("SELECT person_id, wrap FROM recovery WHERE id = $1"), params![id])?;
    row.map(lock).transpose()
}

pub fn get_lock(tx: &mut Tx<'_>, person: &Person) -> Result<Lock, Error> {
    let row = tx.one(
        sql!("SELECT id AS person_id, passphrase AS wrap FROM person WHERE id = $1"),
        params![&person.id()],
    )?;
    lock(row)
}

fn lock(row: Row) -> Result<Lock, Error> {
    Ok(Lock { person: row.get::<[u8; 16]>("person_id")?.into(), wrap: row.get("wrap")? })
}

/// The next so many, in the order of their ids.
pub fn list_locks(tx: &mut Tx<'_>, after: PersonId, count: i64) -> Result<Vec<LockRow>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT p.id AS person_id, p.passphrase AS wrap,
                    (SELECT COUNT(*) FROM recovery r WHERE r.person_id = p.id) AS sheets
             FROM person p
             WHERE p.id > $1
             ORDER BY p.id
             LIMIT $2"
        ),
        params![&after, count],
    )?;
    let read = |row: Row| {
        let sheet = row.get::<i64>("sheets")? > 0;
        Ok(LockRow { lock: lock(row)?, sheet })
    };
    rows.into_iter().map(read).collect()
}

/// The wrap that stands in somebody's row now.
pub fn find_wrap(tx: &mut Tx<'_>, id: PersonId) -> Result<Option<Vec<u8>>, Error> {
    let row = tx.opt(sql!("SELECT passphrase FROM person WHERE id = $1"), params![&id])?;
    row.map(|row| row.get("passphrase")).transpose()
}

/// Uses a code up; false if it is not there any more.
pub fn remove_code(tx: &mut Tx<'_>, person: PersonId, id: &[u8; 16]) -> Result<bool, Error> {
    let gone = tx.exec(
        sql!("DELETE FROM recovery WHERE person_id = $1 AND id = $2"),
        params![&person, id],
    )?;
    Ok(gone == 1)
}

pub fn save_name_tag(tx: &mut Tx<'_>, id: PersonId, tag: &[u8; 32]) -> Result<(), Error> {
    tx.exec(sql!("UPDATE person SET name_tag = $2 WHERE id = $1"), params![&id, tag]).map(drop)
}

pub fn save_passphrase(tx: &mut Tx<'_>, id: PersonId, wrap: Vec<u8>) -> Result<(), Error> {
    tx.exec(sql!("UPDATE person SET passphrase = $2 WHERE id = $1"), params![&id, wrap]).map(|_| ())
}

pub fn save_lock(
    tx: &mut Tx<'_>,
    id: PersonId,
    wrap: Vec<u8>,
    tag: &[u8; 32],
) -> Result<(), Error> {
    tx.exec(
        sql!("UPDATE person SET passphrase = $2, name_tag = $3 WHERE id = $1"),
        params![&id, wrap, tag],
    )
    .map(drop)
}

/// The same where the lock is still the one that was tried; false if it is not.
pub fn swap_lock(
    tx: &mut Tx<'_>,
    before: &Lock,
    wrap: Vec<u8>,
    tag: &[u8; 32],
) -> Result<bool, Error> {
    let swapped = tx.exec(
        sql!(
            "UPDATE person SET passphrase = $2, name_tag = $3
             WHERE id = $1 AND passphrase = $4"
        ),
        params![&before.person, wrap, tag, &before.wrap[..]],
    )?;
    Ok(swapped == 1)
}
