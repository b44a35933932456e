//! Rows about groups, their epochs, members and grants.

use seal::Sealed;
use storekit::{Error, Row, Tx, params, sql};

use crate::access::GroupScope;
use crate::groups::model::State;
use crate::ids::MemberId;

pub mod envelopes;
pub mod epochs;
pub mod new_key;
pub mod stands;
pub mod turns;

/// What opens a group for one member.
pub struct Seat {
    /// How the member stands.
    pub state: State,
    /// The keys granted to them.
    pub grants: Vec<Grant>,
    /// Whether envelopes wait to be wrapped.
    pub envelopes: bool,
}

/// A key granted to a member.
pub struct Grant {
    pub epoch: u32,
    pub boxed: bool,
    pub bytes: Vec<u8>,
    /// Shows that the program granted it; empty where it did not.
    pub tag: Vec<u8>,
}

/// A grant to be kept.
pub struct NewGrant {
    pub member: MemberId,
    pub epoch: u32,
    pub boxed: bool,
    pub bytes: Vec<u8>,
    pub tag: [u8; 32],
}

/// A member's row.
pub struct MemberRow {
    /// Their id.
    pub id: MemberId,
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
            "SELECT m.state,
                    (SELECT COUNT(*)
                     FROM envelope e
                     WHERE e.group_id = $1 AND e.member_id = $2 AND e.boxed = 1) AS envelopes
             FROM member m
             WHERE m.group_id = $1 AND m.member_id = $2"
        ),
        params![&scope, &member],
    )?;
    let Some(row) = row else { return Ok(None) };
    let grants = list_grants(tx, scope, member)?;
    let envelopes = row.get::<i64>("envelopes")? > 0;
    Ok(Some(Seat { state: state(&row)?, grants, envelopes }))
}

fn list_grants(tx: &mut Tx<'_>, scope: GroupScope, member: MemberId) -> Result<Vec<Grant>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT epoch, boxed, bytes, tag
             FROM key_grant
             WHERE group_id = $1 AND member_id = $2
             ORDER BY epoch"
        ),
        params![&scope, &member],
    )?;
    let read = |row: Row| {
        Ok(Grant {
            epoch: number(&row, "epoch")?,
            boxed: row.get("boxed")?,
            bytes: row.get("bytes")?,
            tag: row.get::<Option<Vec<u8>>>("tag")?.unwrap_or_default(),
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
        sql!("INSERT INTO groups (group_id, begun_day, outside) VALUES ($1, $2, $3)"),
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

pub fn save_grant(tx: &mut Tx<'_>, scope: GroupScope, grant: NewGrant) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO key_grant (group_id, member_id, epoch, boxed, bytes, tag)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (group_id, member_id, epoch)
             DO UPDATE SET boxed = excluded.boxed, bytes = excluded.bytes, tag = excluded.tag"
        ),
        params![
            &scope,
            &grant.member,
            i64::from(grant.epoch),
            grant.boxed,
            grant.bytes,
            &grant.tag
        ],
    )
    .map(|_| ())
}

/// Whose grants of an epoch there are, with their tags.
pub fn list_holders(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    epoch: u32,
) -> Result<Vec<(MemberId, Vec<u8>)>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT member_id, tag
             FROM key_grant
             WHERE group_id = $1 AND epoch = $2
             ORDER BY member_id"
        ),
        params![&scope, i64::from(epoch)],
    )?;
    let read = |row: Row| {
        let tag: Option<Vec<u8>> = row.get("tag")?;
        Ok((row.get::<[u8; 16]>("member_id")?.into(), tag.unwrap_or_default()))
    };
    rows.into_iter().map(read).collect()
}

pub fn remove_grants(tx: &mut Tx<'_>, scope: GroupScope, member: MemberId) -> Result<(), Error> {
    tx.exec(
        sql!("DELETE FROM key_grant WHERE group_id = $1 AND member_id = $2"),
        params![&scope, &member],
    )
    .map(|_| ())
}

/// Who was granted the key of an epoch, and how they stand.
pub fn list_granted(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    epoch: u32,
) -> Result<Vec<(MemberId, State)>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT m.member_id, m.state
             FROM key_grant k
             JOIN member m ON m.group_id = k.group_id AND m.member_id = k.member_id
             WHERE k.group_id = $1 AND k.epoch = $2
             ORDER BY m.member_id"
        ),
        params![&scope, i64::from(epoch)],
    )?;
    let read = |row: Row| Ok((row.get::<[u8; 16]>("member_id")?.into(), state(&row)?));
    rows.into_iter().map(read).collect()
}

pub fn add_member(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    id: MemberId,
    (day, tag): (i64, Vec<u8>),
    words: Sealed,
) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO member (group_id, member_id, number, state, day, words, tag)
             SELECT g.group_id, $2, 1 + (SELECT COUNT(*) FROM member m WHERE m.group_id = $1),
                    'here', $3, $4, $5
             FROM groups g
             WHERE g.group_id = $1"
        ),
        params![&scope, &id, day, words.into_bytes(), tag],
    )
    .map(|_| ())
}

pub fn list_members(tx: &mut Tx<'_>, scope: GroupScope) -> Result<Vec<MemberRow>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT member_id, words
             FROM member
             WHERE group_id = $1
             ORDER BY number, member_id"
        ),
        params![&scope],
    )?;
    let read = |row: Row| {
        Ok(MemberRow {
            id: row.get::<[u8; 16]>("member_id")?.into(),
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
