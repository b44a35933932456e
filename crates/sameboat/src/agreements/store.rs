//! Versions of a group's papers, and stances to them.

use seal::Sealed;
use storekit::{Error, Row, Tx, params, sql};

use crate::access::GroupScope;
use crate::agreements::model::VersionState;
use crate::ids::MemberId;

/// A version's row. How it stands is sealed in its words; the columns repeat it.
pub struct PaperRow {
    pub number: i64,
    pub state: VersionState,
    pub day: i64,
    pub words: Sealed,
}

/// A stance's row.
pub struct StanceRow {
    pub member: MemberId,
    pub words: Sealed,
}

/// Adds a version, or keeps how it stands from now on.
pub fn save_paper(tx: &mut Tx<'_>, scope: GroupScope, row: PaperRow) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO paper (group_id, number, state, day, words)
             VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (group_id, number)
             DO UPDATE SET state = excluded.state, day = excluded.day, words = excluded.words"
        ),
        params![&scope, row.number, row.state.word(), row.day, row.words.into_bytes()],
    )
    .map(|_| ())
}

/// Whether a meeting of the group is open.
pub fn is_together(tx: &mut Tx<'_>, scope: GroupScope) -> Result<bool, Error> {
    let row = tx.opt(
        sql!("SELECT id FROM meeting WHERE group_id = $1 AND state = 'open' LIMIT 1"),
        params![&scope],
    )?;
    Ok(row.is_some())
}

/// All versions, the newest first.
pub fn list_papers(tx: &mut Tx<'_>, scope: GroupScope) -> Result<Vec<PaperRow>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT number, state, day, words
             FROM paper
             WHERE group_id = $1
             ORDER BY number DESC"
        ),
        params![&scope],
    )?;
    rows.into_iter().map(paper).collect()
}

fn paper(row: Row) -> Result<PaperRow, Error> {
    let word: String = row.get("state")?;
    let state = VersionState::from_word(&word);
    Ok(PaperRow {
        number: row.get("number")?,
        state: state.ok_or_else(|| Error::Wrong("an unknown state".to_owned()))?,
        day: row.get("day")?,
        words: Sealed::from_bytes(row.get("words")?),
    })
}

pub fn save_stance(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    number: i64,
    member: MemberId,
    day: i64,
    words: Sealed,
) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO stance (group_id, number, member_id, day, words)
             VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (group_id, number, member_id)
             DO UPDATE SET day = excluded.day, words = excluded.words"
        ),
        params![&scope, number, &member, day, words.into_bytes()],
    )
    .map(|_| ())
}

pub fn save_stance_words(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    number: i64,
    member: MemberId,
    words: Sealed,
) -> Result<(), Error> {
    tx.exec(
        sql!(
            "UPDATE stance SET words = $4
             WHERE group_id = $1 AND number = $2 AND member_id = $3"
        ),
        params![&scope, number, &member, words.into_bytes()],
    )
    .map(|_| ())
}

pub fn list_stances(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    number: i64,
) -> Result<Vec<StanceRow>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT member_id, words
             FROM stance
             WHERE group_id = $1 AND number = $2
             ORDER BY day, member_id"
        ),
        params![&scope, number],
    )?;
    let read = |row: Row| {
        Ok(StanceRow {
            member: row.get::<[u8; 16]>("member_id")?.into(),
            words: Sealed::from_bytes(row.get("words")?),
        })
    };
    rows.into_iter().map(read).collect()
}

pub fn remove_stances_of(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    member: MemberId,
) -> Result<(), Error> {
    tx.exec(
        sql!("DELETE FROM stance WHERE group_id = $1 AND member_id = $2"),
        params![&scope, &member],
    )
    .map(|_| ())
}
