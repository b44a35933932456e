//! Rows about people and their sign-ins.

mod events;
mod locks;

use std::collections::BTreeSet;

use seal::Sealed;
use storekit::{Error, Row, Sql, Tx, Value, params, sql};

use crate::access::Person;
use crate::ids::{PersonId, SignInId};
use crate::people::model::Device;

pub use events::{
    EventRow, add_event, last_events, list_all_events, list_events, remove_event,
    remove_old_events, save_event,
};
pub use locks::{
    Lock, find_by_code, find_by_names, find_wrap, get_lock, list_locks, remove_code, save_lock,
    save_name_tag, save_passphrase, swap_lock,
};

/// Whether an invitation into some group was not used yet and is not over.
pub fn is_invitation_open(tx: &mut Tx<'_>, id: &[u8; 16], now: i64) -> Result<bool, Error> {
    let row = tx.opt(
        sql!(
            "SELECT group_id
             FROM invitation
             WHERE id = $1 AND used = 0 AND until_at > $2"
        ),
        params![id, now],
    )?;
    Ok(row.is_some())
}

/// Whether a leave to begin a group was not used yet.
pub fn is_start_link_open(tx: &mut Tx<'_>, id: &[u8; 16]) -> Result<bool, Error> {
    Ok(tx.opt(sql!("SELECT id FROM start_link WHERE id = $1"), params![id])?.is_some())
}

/// A sign-in's row, with the keyring of its person.
pub struct FoundSignIn {
    /// Whose it is.
    pub person: PersonId,
    /// What they said of the device.
    pub device: Device,
    /// When it ends at the latest (microseconds UTC).
    pub limit_at: i64,
    /// The person key, wrapped by the cookie.
    pub wrap: Vec<u8>,
    /// The keyring, sealed.
    pub keyring: Sealed,
}

/// A new person's row.
pub struct NewPerson {
    pub id: PersonId,
    pub name_tag: [u8; 32],
    pub public_key: [u8; 32],
    pub passphrase: Vec<u8>,
    pub keyring: Sealed,
    pub words: Sealed,
    pub day: i64,
}

/// A new sign-in's row.
pub struct NewSignIn {
    pub id: SignInId,
    pub person: PersonId,
    pub wrap: Vec<u8>,
    pub device: Device,
    pub limit_at: i64,
    pub words: Sealed,
}

/// One line of the list of sign-ins.
pub struct SignInRow {
    pub id: SignInId,
    pub device: Device,
    pub limit_at: i64,
    pub words: Sealed,
}

/// The row about somebody, as they read it.
pub struct PersonRow {
    pub words: Sealed,
    pub joined_day: i64,
}

pub fn is_there_anybody(tx: &mut Tx<'_>) -> Result<bool, Error> {
    Ok(tx.opt(sql!("SELECT id FROM person LIMIT 1"), params![])?.is_some())
}

pub fn find_sign_in(tx: &mut Tx<'_>, id: SignInId) -> Result<Option<FoundSignIn>, Error> {
    let row = tx.opt(
        sql!(
            "SELECT s.person_id, s.own_device, s.limit_at, s.wrap, p.keyring
             FROM sign_in s
             JOIN person p ON p.id = s.person_id
             WHERE s.id = $1"
        ),
        params![&id],
    )?;
    row.map(|row| {
        Ok(FoundSignIn {
            person: row.get::<[u8; 16]>("person_id")?.into(),
            device: device(&row)?,
            limit_at: row.get("limit_at")?,
            wrap: row.get("wrap")?,
            keyring: Sealed::from_bytes(row.get("keyring")?),
        })
    })
    .transpose()
}

/// Of these sign-ins, those that have not ended.
pub fn standing(tx: &mut Tx<'_>, ids: BTreeSet<SignInId>) -> Result<BTreeSet<SignInId>, Error> {
    let ids: Vec<Value> = ids.iter().map(Value::from).collect();
    let mut standing = BTreeSet::new();
    for ids in ids.chunks(Sql::LONGEST_LIST) {
        let sql = sql!("SELECT id FROM sign_in WHERE id IN ($LIST) ORDER BY id");
        for row in tx.all(sql.with_list(ids.len(), 1)?, ids)? {
            standing.insert(row.get::<[u8; 16]>("id")?.into());
        }
    }
    Ok(standing)
}

fn device(row: &Row) -> Result<Device, Error> {
    Ok(Device::from_tick(row.get("own_device")?))
}

pub fn add_person(tx: &mut Tx<'_>, new: NewPerson) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO person (id, name_tag, public_key, passphrase, keyring, words, joined_day)
             VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        params![
            &new.id,
            &new.name_tag,
            &new.public_key,
            new.passphrase,
            new.keyring.into_bytes(),
            new.words.into_bytes(),
            new.day
        ],
    )
    .map(|_| ())
}

/// Somebody who is made up, for as long as a transaction lasts.
pub fn add_nobody(
    tx: &mut Tx<'_>,
    id: PersonId,
    public_key: [u8; 32],
    day: i64,
) -> Result<(), Error> {
    let mut name_tag = [0; 32];
    tx.fill(&mut name_tag);
    let nothing = || Sealed::from_bytes(Vec::new());
    let (passphrase, keyring, words) = (Vec::new(), nothing(), nothing());
    add_person(tx, NewPerson { id, name_tag, public_key, passphrase, keyring, words, day })
}

pub fn add_sign_in(tx: &mut Tx<'_>, new: NewSignIn) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO sign_in (id, person_id, wrap, own_device, limit_at, words)
             VALUES ($1, $2, $3, $4, $5, $6)"
        ),
        params![
            &new.id,
            &new.person,
            new.wrap,
            new.device == Device::Own,
            new.limit_at,
            new.words.into_bytes()
        ],
    )
    .map(|_| ())
}

pub fn save_recovery(
    tx: &mut Tx<'_>,
    person: PersonId,
    id: &[u8; 16],
    wrap: Vec<u8>,
) -> Result<(), Error> {
    remove_recovery(tx, person)?;
    tx.exec(
        sql!("INSERT INTO recovery (id, person_id, wrap) VALUES ($1, $2, $3)"),
        params![id, &person, wrap],
    )
    .map(|_| ())
}

pub fn remove_recovery(tx: &mut Tx<'_>, person: PersonId) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM recovery WHERE person_id = $1"), params![&person]).map(|_| ())
}

pub fn has_recovery(tx: &mut Tx<'_>, person: &Person) -> Result<bool, Error> {
    let row =
        tx.opt(sql!("SELECT id FROM recovery WHERE person_id = $1"), params![&person.id()])?;
    Ok(row.is_some())
}

pub fn get_person(tx: &mut Tx<'_>, id: PersonId) -> Result<PersonRow, Error> {
    let row = tx.one(sql!("SELECT words, joined_day FROM person WHERE id = $1"), params![&id])?;
    Ok(PersonRow {
        words: Sealed::from_bytes(row.get("words")?),
        joined_day: row.get("joined_day")?,
    })
}

pub fn find_public_key(tx: &mut Tx<'_>, id: PersonId) -> Result<Option<[u8; 32]>, Error> {
    let row = tx.opt(sql!("SELECT public_key FROM person WHERE id = $1"), params![&id])?;
    row.map(|row| row.get("public_key")).transpose()
}

pub fn find_keyring(tx: &mut Tx<'_>, id: PersonId) -> Result<Option<Sealed>, Error> {
    let row = tx.opt(sql!("SELECT keyring FROM person WHERE id = $1"), params![&id])?;
    row.map(|row| Ok(Sealed::from_bytes(row.get("keyring")?))).transpose()
}

pub fn get_keyring(tx: &mut Tx<'_>, id: PersonId) -> Result<Sealed, Error> {
    find_keyring(tx, id)?.ok_or(Error::NoRow)
}

pub fn save_keyring(tx: &mut Tx<'_>, id: PersonId, ring: Sealed) -> Result<(), Error> {
    tx.exec(sql!("UPDATE person SET keyring = $2 WHERE id = $1"), params![&id, ring.into_bytes()])
        .map(|_| ())
}

pub fn save_words(tx: &mut Tx<'_>, id: PersonId, words: Sealed) -> Result<(), Error> {
    tx.exec(sql!("UPDATE person SET words = $2 WHERE id = $1"), params![&id, words.into_bytes()])
        .map(|_| ())
}

/// All of somebody's keys at once.
pub struct NewKeys {
    pub public_key: [u8; 32],
    pub passphrase: Vec<u8>,
    pub keyring: Sealed,
    pub words: Sealed,
}

pub fn save_keys(tx: &mut Tx<'_>, id: PersonId, new: NewKeys) -> Result<(), Error> {
    tx.exec(
        sql!(
            "UPDATE person SET public_key = $2, passphrase = $3, keyring = $4, words = $5
             WHERE id = $1"
        ),
        params![
            &id,
            &new.public_key,
            new.passphrase,
            new.keyring.into_bytes(),
            new.words.into_bytes()
        ],
    )
    .map(|_| ())
}

pub fn is_signed_in(tx: &mut Tx<'_>, person: &Person) -> Result<bool, Error> {
    let row = tx.opt(
        sql!("SELECT id FROM sign_in WHERE person_id = $1 AND id = $2"),
        params![&person.id(), &person.sign_in()],
    )?;
    Ok(row.is_some())
}

pub fn list_sign_ins(tx: &mut Tx<'_>, person: &Person) -> Result<Vec<SignInRow>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT id, own_device, limit_at, words
             FROM sign_in
             WHERE person_id = $1
             ORDER BY limit_at DESC, id"
        ),
        params![&person.id()],
    )?;
    let read = |row: Row| {
        Ok(SignInRow {
            id: row.get::<[u8; 16]>("id")?.into(),
            device: device(&row)?,
            limit_at: row.get("limit_at")?,
            words: Sealed::from_bytes(row.get("words")?),
        })
    };
    rows.into_iter().map(read).collect()
}

pub fn remove_sign_in(tx: &mut Tx<'_>, id: SignInId) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM sign_in WHERE id = $1"), params![&id]).map(|_| ())
}

pub fn remove_own_sign_in(tx: &mut Tx<'_>, person: &Person, id: SignInId) -> Result<bool, Error> {
    let gone = tx.exec(
        sql!("DELETE FROM sign_in WHERE person_id = $1 AND id = $2"),
        params![&person.id(), &id],
    )?;
    Ok(gone == 1)
}

/// Ends them all, and says which there were.
pub fn remove_all_sign_ins(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<SignInId>, Error> {
    let rows =
        tx.all(sql!("DELETE FROM sign_in WHERE person_id = $1 RETURNING id"), params![&person])?;
    rows.into_iter().map(|row| Ok(row.get::<[u8; 16]>("id")?.into())).collect()
}

pub fn remove_ended_sign_ins(tx: &mut Tx<'_>, now: i64) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM sign_in WHERE limit_at <= $1"), params![now]).map(|_| ())
}

pub fn remove_person(tx: &mut Tx<'_>, id: PersonId) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM person WHERE id = $1"), params![&id]).map(|_| ())
}
