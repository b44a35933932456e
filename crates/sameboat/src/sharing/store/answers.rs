//! Rows of answers.

use seal::Sealed;
use storekit::{Error, Row, Tx, params, sql};

use crate::access::GroupScope;
use crate::ids::{AnswerId, MemberId, ShareId};
use crate::sharing::model::Kind;

/// One answer's row.
pub struct AnswerRow {
    pub share: ShareId,
    pub id: AnswerId,
    pub number: i64,
    pub day: i64,
    pub writer: MemberId,
    pub kind: Kind,
    pub words: Sealed,
}

fn read(row: Row) -> Result<AnswerRow, Error> {
    let word: String = row.get("kind")?;
    let kind = Kind::from_word(&word);
    Ok(AnswerRow {
        share: row.get::<[u8; 16]>("share_id")?.into(),
        id: row.get::<[u8; 16]>("id")?.into(),
        number: row.get("number")?,
        day: row.get("day")?,
        writer: row.get::<[u8; 16]>("member_id")?.into(),
        kind: kind.ok_or_else(|| Error::Wrong("an unknown kind of answer".to_owned()))?,
        words: Sealed::from_bytes(row.get("words")?),
    })
}

pub fn add(tx: &mut Tx<'_>, scope: GroupScope, row: AnswerRow) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO answer (group_id, share_id, id, number, day, member_id, kind, words)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        params![
            &scope,
            &row.share,
            &row.id,
            row.number,
            row.day,
            &row.writer,
            row.kind.word(),
            row.words.into_bytes()
        ],
    )
    .map(|_| ())
}

/// All answers to a share, in the order of coming.
pub fn list(tx: &mut Tx<'_>, scope: GroupScope, share: ShareId) -> Result<Vec<AnswerRow>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT share_id, id, number, day, member_id, kind, words
             FROM answer
             WHERE group_id = $1 AND share_id = $2
             ORDER BY number, id"
        ),
        params![&scope, &share],
    )?;
    rows.into_iter().map(read).collect()
}

/// All answers of one member, the newest first.
pub fn list_of(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    writer: MemberId,
) -> Result<Vec<AnswerRow>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT share_id, id, number, day, member_id, kind, words
             FROM answer
             WHERE group_id = $1 AND member_id = $2
             ORDER BY day DESC, number DESC, id"
        ),
        params![&scope, &writer],
    )?;
    rows.into_iter().map(read).collect()
}

/// Answers in words since a day to the shares of one member, their own among them, in the order of
/// coming.
pub fn list_to(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    writer: MemberId,
    since: i64,
) -> Result<Vec<AnswerRow>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT a.share_id, a.id, a.number, a.day, a.member_id, a.kind, a.words
             FROM share s
             JOIN answer a ON a.group_id = s.group_id AND a.share_id = s.id
             WHERE s.group_id = $1 AND s.member_id = $2 AND a.kind = 'words' AND a.day >= $3
             ORDER BY a.day, a.number, a.id"
        ),
        params![&scope, &writer, since],
    )?;
    rows.into_iter().map(read).collect()
}

/// How many answers in words each share between two numbers has from others than its writer.
pub fn count_words(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    (from, to): (i64, i64),
) -> Result<Vec<(ShareId, usize)>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT a.share_id, COUNT(*) AS many
             FROM share s
             JOIN answer a ON a.group_id = s.group_id AND a.share_id = s.id
             WHERE s.group_id = $1 AND s.number >= $2 AND s.number <= $3 AND a.kind = 'words'
               AND a.member_id <> s.member_id
             GROUP BY a.share_id
             ORDER BY a.share_id"
        ),
        params![&scope, from, to],
    )?;
    rows.into_iter()
        .map(|row| Ok((row.get::<[u8; 16]>("share_id")?.into(), row.get("many")?)))
        .collect()
}

pub fn save_words(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    (share, id): (ShareId, AnswerId),
    words: Sealed,
) -> Result<(), Error> {
    tx.exec(
        sql!(
            "UPDATE answer SET words = $4
             WHERE group_id = $1 AND share_id = $2 AND id = $3"
        ),
        params![&scope, &share, &id, words.into_bytes()],
    )
    .map(|_| ())
}

pub fn remove(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    share: ShareId,
    id: AnswerId,
) -> Result<(), Error> {
    tx.exec(
        sql!("DELETE FROM answer WHERE group_id = $1 AND share_id = $2 AND id = $3"),
        params![&scope, &share, &id],
    )
    .map(|_| ())
}
