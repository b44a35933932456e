//! Rows about groups, their epochs, members and grants.

use seal::Sealed;
use storekit::{Error, Row, Tx, params, sql};

use crate::access::GroupScope;
use crate::groups::model::State;
use crate::ids::MemberId;

pub mod envelopes;
pub mod new_key;

/// What opens a group for one member.
pub struct Seat {
    /// The epoch that is sealed under now.
    pub epoch: u32,
    /// How the member stands.
    pub state: State,
    /// The keys granted to them.
    pub grants: Vec<Grant>,
    /// Whether envelopes wait to be wrapped.
    pub envelopes: bool,
}

/// A key granted to a member, with the check of its epoch.
pub struct Grant {
    pub epoch: u32,
    pub boxed: bool,
    pub bytes: Vec<u8>,
    pub key_check: [u8; 32],
}

/// An epoch's row.
pub struct EpochRow {
    pub number: u32,
    pub letterbox: [u8; 32],
    pub key_check: [u8; 32],
    pub roster: Vec<u8>,
    pub tag: Vec<u8>,
}

/// A member's row.
pub struct MemberRow {
    /// Their id.
    pub id: MemberId,
    /// How they stand.
    pub state: State,
    /// What the group knows of them.
    pub words: Sealed,
}

pub fn find_seat(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    member: MemberId,
) -> Result<Option<Seat>, Error> {
    let row = tx.opt(
        sql!(
            "SELECT g.epoch, m.state,
                    (SELECT COUNT(*)
                     FROM envelope e
                     WHERE e.group_id = $1 AND e.member_id = $2 AND e.boxed = 1) AS envelopes
             FROM groups g
             JOIN member m ON m.group_id = g.group_id
             WHERE g.group_id = $1 AND m.member_id = $2"
        ),
        params![&scope, &member],
    )?;
    let Some(row) = row else { return Ok(None) };
    let grants = list_grants(tx, scope, member)?;
    let envelopes = row.get::<i64>("envelopes")? > 0;
    Ok(Some(Seat { epoch: number(&row, "epoch")?, state: state(&row)?, grants, envelopes }))
}

fn list_grants(tx: &mut Tx<'_>, scope: GroupScope, member: MemberId) -> Result<Vec<Grant>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT k.epoch, k.boxed, k.bytes, e.key_check
             FROM key_grant k
             JOIN epoch e ON e.group_id = k.group_id AND e.number = k.epoch
             WHERE k.group_id = $1 AND k.member_id = $2
             ORDER BY k.epoch"
        ),
        params![&scope, &member],
    )?;
    let read = |row: Row| {
        Ok(Grant {
            epoch: number(&row, "epoch")?,
            boxed: row.get("boxed")?,
            bytes: row.get("bytes")?,
            key_check: row.get("key_check")?,
        })
    };
    rows.into_iter().map(read).collect()
}

fn number(row: &Row, name: &str) -> Result<u32, Error> {
    let number: i64 = row.get(name)?;
    u32::try_from(number).map_err(|_| Error::Wrong("an epoch that is no epoch".to_owned()))
}

fn state(row: &Row) -> Result<State, Error> {
    let word: String = row.get("state")?;
    State::from_word(&word).ok_or_else(|| Error::Wrong("an unknown state".to_owned()))
}

pub fn add_group(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    day: i64,
    outside: Sealed,
) -> Result<(), Error> {
    tx.exec(
        sql!("INSERT INTO groups (group_id, epoch, begun_day, outside) VALUES ($1, 1, $2, $3)"),
        params![&scope, day, outside.into_bytes()],
    )
    .map(|_| ())
}

pub fn find_outside(tx: &mut Tx<'_>, scope: GroupScope) -> Result<Option<Sealed>, Error> {
    let row = tx.opt(sql!("SELECT outside FROM groups WHERE group_id = $1"), params![&scope])?;
    row.map(|row| Ok(Sealed::from_bytes(row.get("outside")?))).transpose()
}

pub fn save_outside(tx: &mut Tx<'_>, scope: GroupScope, outside: Sealed) -> Result<(), Error> {
    tx.exec(
        sql!("UPDATE groups SET outside = $2 WHERE group_id = $1"),
        params![&scope, outside.into_bytes()],
    )
    .map(|_| ())
}

pub fn get_epoch(tx: &mut Tx<'_>, scope: GroupScope) -> Result<u32, Error> {
    let row = tx.one(sql!("SELECT epoch FROM groups WHERE group_id = $1"), params![&scope])?;
    number(&row, "epoch")
}

/// Moves the group on to the next epoch; false if somebody else did so first.
pub fn move_epoch(tx: &mut Tx<'_>, scope: GroupScope, from: u32) -> Result<bool, Error> {
    let moved = tx.exec(
        sql!("UPDATE groups SET epoch = epoch + 1 WHERE group_id = $1 AND epoch = $2"),
        params![&scope, i64::from(from)],
    )?;
    Ok(moved == 1)
}

pub fn add_epoch(tx: &mut Tx<'_>, scope: GroupScope, day: i64, row: EpochRow) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO epoch (group_id, number, day, letterbox, key_check, roster, tag)
             VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        params![
            &scope,
            i64::from(row.number),
            day,
            &row.letterbox,
            &row.key_check,
            row.roster,
            row.tag
        ],
    )
    .map(|_| ())
}

pub fn get_epoch_row(tx: &mut Tx<'_>, scope: GroupScope, epoch: u32) -> Result<EpochRow, Error> {
    let row = tx.one(
        sql!(
            "SELECT number, letterbox, key_check, roster, tag
             FROM epoch
             WHERE group_id = $1 AND number = $2"
        ),
        params![&scope, i64::from(epoch)],
    )?;
    read_epoch(&row)
}

fn read_epoch(row: &Row) -> Result<EpochRow, Error> {
    Ok(EpochRow {
        number: number(row, "number")?,
        letterbox: row.get("letterbox")?,
        key_check: row.get("key_check")?,
        roster: row.get("roster")?,
        tag: row.get("tag")?,
    })
}

pub fn save_grant(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    member: MemberId,
    epoch: u32,
    boxed: bool,
    bytes: Vec<u8>,
) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO key_grant (group_id, member_id, epoch, boxed, bytes)
             VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (group_id, member_id, epoch)
             DO UPDATE SET boxed = excluded.boxed, bytes = excluded.bytes"
        ),
        params![&scope, &member, i64::from(epoch), boxed, bytes],
    )
    .map(|_| ())
}

/// Who was granted the key of an epoch.
pub fn list_holders(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    epoch: u32,
) -> Result<Vec<MemberId>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT member_id
             FROM key_grant
             WHERE group_id = $1 AND epoch = $2
             ORDER BY member_id"
        ),
        params![&scope, i64::from(epoch)],
    )?;
    rows.into_iter().map(|row| Ok(row.get::<[u8; 16]>("member_id")?.into())).collect()
}

pub fn remove_grants(tx: &mut Tx<'_>, scope: GroupScope, member: MemberId) -> Result<(), Error> {
    tx.exec(
        sql!("DELETE FROM key_grant WHERE group_id = $1 AND member_id = $2"),
        params![&scope, &member],
    )
    .map(|_| ())
}

/// Who was granted the key of now, and how they stand.
pub fn list_granted(tx: &mut Tx<'_>, scope: GroupScope) -> Result<Vec<(MemberId, State)>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT m.member_id, m.state
             FROM groups g
             JOIN key_grant k ON k.group_id = g.group_id AND k.epoch = g.epoch
             JOIN member m ON m.group_id = k.group_id AND m.member_id = k.member_id
             WHERE g.group_id = $1
             ORDER BY m.member_id"
        ),
        params![&scope],
    )?;
    let read = |row: Row| Ok((row.get::<[u8; 16]>("member_id")?.into(), state(&row)?));
    rows.into_iter().map(read).collect()
}

pub fn add_member(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    id: MemberId,
    day: i64,
    words: Sealed,
) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO member (group_id, member_id, number, state, day, words)
             SELECT g.group_id, $2, 1 + (SELECT COUNT(*) FROM member m WHERE m.group_id = $1),
                    'here', $3, $4
             FROM groups g
             WHERE g.group_id = $1"
        ),
        params![&scope, &id, day, words.into_bytes()],
    )
    .map(|_| ())
}

pub fn list_members(tx: &mut Tx<'_>, scope: GroupScope) -> Result<Vec<MemberRow>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT member_id, state, words
             FROM member
             WHERE group_id = $1
             ORDER BY number, member_id"
        ),
        params![&scope],
    )?;
    let read = |row: Row| {
        Ok(MemberRow {
            id: row.get::<[u8; 16]>("member_id")?.into(),
            state: state(&row)?,
            words: Sealed::from_bytes(row.get("words")?),
        })
    };
    rows.into_iter().map(read).collect()
}

pub fn save_member_words(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    id: MemberId,
    words: Sealed,
) -> Result<(), Error> {
    tx.exec(
        sql!("UPDATE member SET words = $3 WHERE group_id = $1 AND member_id = $2"),
        params![&scope, &id, words.into_bytes()],
    )
    .map(|_| ())
}

pub fn save_member_state(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    id: MemberId,
    state: State,
    day: i64,
) -> Result<(), Error> {
    tx.exec(
        sql!(
            "UPDATE member SET state = $3, day = $4
             WHERE group_id = $1 AND member_id = $2"
        ),
        params![&scope, &id, state.word(), day],
    )
    .map(|_| ())
}

/// Takes a group away, with everything that hangs on it.
pub fn remove_group(tx: &mut Tx<'_>, scope: GroupScope) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM groups WHERE group_id = $1"), params![&scope]).map(|_| ())
}

/// A batch of nameless things.
pub struct NamelessRow {
    pub batch: String,
    pub words: Sealed,
}

fn nameless(row: Row) -> Result<NamelessRow, Error> {
    Ok(NamelessRow { batch: row.get("batch")?, words: Sealed::from_bytes(row.get("words")?) })
}

pub fn list_nameless(tx: &mut Tx<'_>, scope: GroupScope) -> Result<Vec<NamelessRow>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT batch, words
             FROM nameless
             WHERE group_id = $1
             ORDER BY batch"
        ),
        params![&scope],
    )?;
    rows.into_iter().map(nameless).collect()
}

pub fn find_nameless(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    batch: &str,
) -> Result<Option<NamelessRow>, Error> {
    let row = tx.opt(
        sql!("SELECT batch, words FROM nameless WHERE group_id = $1 AND batch = $2"),
        params![&scope, batch],
    )?;
    row.map(nameless).transpose()
}

pub fn is_nameless_there(tx: &mut Tx<'_>, scope: GroupScope, batch: &str) -> Result<bool, Error> {
    let row = tx.opt(
        sql!("SELECT batch FROM nameless WHERE group_id = $1 AND batch = $2"),
        params![&scope, batch],
    )?;
    Ok(row.is_some())
}

pub fn save_nameless(tx: &mut Tx<'_>, scope: GroupScope, row: NamelessRow) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO nameless (group_id, batch, words)
             VALUES ($1, $2, $3)
             ON CONFLICT (group_id, batch)
             DO UPDATE SET words = excluded.words"
        ),
        params![&scope, row.batch, row.words.into_bytes()],
    )
    .map(|_| ())
}

pub fn remove_nameless(tx: &mut Tx<'_>, scope: GroupScope, batch: &str) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM nameless WHERE group_id = $1 AND batch = $2"), params![&scope, batch])
        .map(|_| ())
}
