//! Rows of meetings.

use seal::Sealed;
use storekit::{Error, Row, Tx, params, sql};

use crate::access::GroupScope;
use crate::ids::MeetingId;
use crate::meetings::model::Stage;

/// A meeting's row.
pub struct MeetingRow {
    pub id: MeetingId,
    pub stage: Stage,
    pub starts_at: i64,
    pub version: i64,
    pub words: Sealed,
    pub coming: Option<Sealed>,
    pub running: Option<Sealed>,
}

fn read(row: Row) -> Result<MeetingRow, Error> {
    let word: String = row.get("state")?;
    let sealed = |bytes: Option<Vec<u8>>| bytes.map(Sealed::from_bytes);
    Ok(MeetingRow {
        id: row.get::<[u8; 16]>("id")?.into(),
        stage: Stage::from_word(&word)
            .ok_or_else(|| Error::Wrong("an unknown state".to_owned()))?,
        starts_at: row.get("starts_at")?,
        version: row.get("version")?,
        words: Sealed::from_bytes(row.get("words")?),
        coming: sealed(row.get("coming")?),
        running: sealed(row.get("running")?),
    })
}

pub fn add(tx: &mut Tx<'_>, scope: GroupScope, row: MeetingRow) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO meeting (group_id, id, state, starts_at, version, words, coming, running)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        params![
            &scope,
            &row.id,
            row.stage.word(),
            row.starts_at,
            row.version,
            row.words.into_bytes(),
            row.coming.map(Sealed::into_bytes),
            row.running.map(Sealed::into_bytes)
        ],
    )
    .map(|_| ())
}

pub fn find(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    id: MeetingId,
) -> Result<Option<MeetingRow>, Error> {
    let row = tx.opt(
        sql!(
            "SELECT id, state, starts_at, version, words, coming, running
             FROM meeting
             WHERE group_id = $1 AND id = $2"
        ),
        params![&scope, &id],
    )?;
    row.map(read).transpose()
}

/// Meetings that are planned or open, the earliest first.
pub fn list_ahead(tx: &mut Tx<'_>, scope: GroupScope) -> Result<Vec<MeetingRow>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT id, state, starts_at, version, words, coming, running
             FROM meeting
             WHERE group_id = $1 AND state <> 'closed'
             ORDER BY starts_at, id"
        ),
        params![&scope],
    )?;
    rows.into_iter().map(read).collect()
}

/// Meetings that are over, the latest first.
pub fn list_closed(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    most: i64,
) -> Result<Vec<MeetingRow>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT id, state, starts_at, version, words, coming, running
             FROM meeting
             WHERE group_id = $1 AND state = 'closed'
             ORDER BY starts_at DESC, id
             LIMIT $2"
        ),
        params![&scope, most],
    )?;
    rows.into_iter().map(read).collect()
}

pub fn any_closed(tx: &mut Tx<'_>, scope: GroupScope) -> Result<bool, Error> {
    let row = tx.opt(
        sql!("SELECT id FROM meeting WHERE group_id = $1 AND state = 'closed' LIMIT 1"),
        params![&scope],
    )?;
    Ok(row.is_some())
}

/// When the earliest meeting began that is over (microseconds UTC).
pub fn first_closed(tx: &mut Tx<'_>, scope: GroupScope) -> Result<Option<i64>, Error> {
    let row = tx.opt(
        sql!(
            "SELECT starts_at
             FROM meeting
             WHERE group_id = $1 AND state = 'closed'
             ORDER BY starts_at
             LIMIT 1"
        ),
        params![&scope],
    )?;
    row.map(|row| row.get("starts_at")).transpose()
}

/// Replaces a row whose version is still `before`; false if somebody was faster.
pub fn save(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    row: MeetingRow,
    before: i64,
) -> Result<bool, Error> {
    let saved = tx.exec(
        sql!(
            "UPDATE meeting
             SET state = $3, starts_at = $4, version = $5, words = $6, coming = $7, running = $8
             WHERE group_id = $1 AND id = $2 AND version = $9"
        ),
        params![
            &scope,
            &row.id,
            row.stage.word(),
            row.starts_at,
            row.version,
            row.words.into_bytes(),
            row.coming.map(Sealed::into_bytes),
            row.running.map(Sealed::into_bytes),
            before
        ],
    )?;
    Ok(saved == 1)
}

pub fn remove(tx: &mut Tx<'_>, scope: GroupScope, id: MeetingId) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM meeting WHERE group_id = $1 AND id = $2"), params![&scope, &id])
        .map(|_| ())
}
