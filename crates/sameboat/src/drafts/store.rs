//! Rows of drafts.

use seal::Sealed;
use storekit::{Error, Row, Tx, params, sql};

use crate::ids::{DraftId, PersonId};

/// One draft's row.
pub struct DraftRow {
    pub id: DraftId,
    pub day: i64,
    pub words: Sealed,
}

pub fn list(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<DraftRow>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT id, day, words
             FROM draft
             WHERE person_id = $1
             ORDER BY id"
        ),
        params![&person],
    )?;
    let read = |row: Row| {
        Ok(DraftRow {
            id: row.get::<[u8; 16]>("id")?.into(),
            day: row.get("day")?,
            words: Sealed::from_bytes(row.get("words")?),
        })
    };
    rows.into_iter().map(read).collect()
}

pub fn save(tx: &mut Tx<'_>, person: PersonId, row: DraftRow) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO draft (person_id, id, day, words)
             VALUES ($1, $2, $3, $4)
             ON CONFLICT (person_id, id) DO UPDATE SET day = excluded.day, words = excluded.words"
        ),
        params![&person, &row.id, row.day, row.words.into_bytes()],
    )
    .map(|_| ())
}

pub fn remove(tx: &mut Tx<'_>, person: PersonId, id: DraftId) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM draft WHERE person_id = $1 AND id = $2"), params![&person, &id])
        .map(|_| ())
}
