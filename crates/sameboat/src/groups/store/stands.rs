//! Rows that say how members stand.

use storekit::{Error, Row, Tx, params, sql};

use crate::access::GroupScope;
use crate::groups::model::State;
use crate::groups::store::state;
use crate::ids::{GroupId, MemberId};

/// How a member stands, since when, and the tag over it.
pub struct StandingRow {
    pub member: MemberId,
    pub state: State,
    pub day: i64,
    pub tag: Vec<u8>,
}

fn read(row: &Row) -> Result<StandingRow, Error> {
    Ok(StandingRow {
        member: row.get::<[u8; 16]>("member_id")?.into(),
        state: state(row)?,
        day: row.get("day")?,
        tag: row.get::<Option<Vec<u8>>>("tag")?.unwrap_or_default(),
    })
}

pub fn find(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    member: MemberId,
) -> Result<Option<StandingRow>, Error> {
    let row = tx.opt(
        sql!(
            "SELECT member_id, state, day, tag
             FROM member
             WHERE group_id = $1 AND member_id = $2"
        ),
        params![&scope, &member],
    )?;
    row.as_ref().map(read).transpose()
}

pub fn list(tx: &mut Tx<'_>, scope: GroupScope) -> Result<Vec<StandingRow>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT member_id, state, day, tag
             FROM member
             WHERE group_id = $1
             ORDER BY number, member_id"
        ),
        params![&scope],
    )?;
    rows.iter().map(read).collect()
}

/// In all groups.
pub fn list_all(tx: &mut Tx<'_>) -> Result<Vec<(GroupId, StandingRow)>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT group_id, member_id, state, day, tag
             FROM member
             ORDER BY group_id, member_id"
        ),
        params![],
    )?;
    rows.iter().map(|row| Ok((row.get::<[u8; 16]>("group_id")?.into(), read(row)?))).collect()
}

pub fn save(tx: &mut Tx<'_>, scope: GroupScope, row: StandingRow) -> Result<(), Error> {
    tx.exec(
        sql!(
            "UPDATE member SET state = $3, day = $4, tag = $5
             WHERE group_id = $1 AND member_id = $2"
        ),
        params![&scope, &row.member, row.state.word(), row.day, row.tag],
    )
    .map(|_| ())
}
