//! Rows about invitations, the door, and lists.

use seal::Sealed;
use storekit::{Error, Row, Tx, params, sql};

use crate::access::GroupScope;
use crate::ids::{GroupId, MemberId};

/// The id of a link's row.
pub type LinkId = [u8; 16];

/// A link's row.
pub struct InvitationRow {
    pub id: LinkId,
    pub made_day: i64,
    pub until_at: i64,
    pub used: bool,
    pub version: i64,
    pub copy: Sealed,
    pub words: Sealed,
    pub tag: Vec<u8>,
}

/// The row of somebody at the door.
pub struct DoorRow {
    pub id: MemberId,
    pub invitation: LinkId,
    pub day: i64,
    pub boxed: bool,
    pub epoch: u32,
    pub letter: Vec<u8>,
    pub tag: Vec<u8>,
}

pub fn add_invitation(tx: &mut Tx<'_>, scope: GroupScope, row: InvitationRow) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO invitation
                (group_id, id, made_day, until_at, used, version, copy, words, tag)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        params![
            &scope,
            &row.id,
            row.made_day,
            row.until_at,
            row.used,
            row.version,
            row.copy.into_bytes(),
            row.words.into_bytes(),
            row.tag
        ],
    )
    .map(|_| ())
}

/// The link's group and row. The one statement that can't name the group: it finds it.
pub fn find_link(tx: &mut Tx<'_>, id: &LinkId) -> Result<Option<(GroupId, InvitationRow)>, Error> {
    let row = tx.opt(
        sql!(
            "SELECT group_id, id, made_day, until_at, used, version, copy, words, tag
             FROM invitation
             WHERE id = $1"
        ),
        params![id],
    )?;
    row.map(|row| Ok((row.get::<[u8; 16]>("group_id")?.into(), invitation(row)?))).transpose()
}

pub fn list_invitations(tx: &mut Tx<'_>, scope: GroupScope) -> Result<Vec<InvitationRow>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT id, made_day, until_at, used, version, copy, words, tag
             FROM invitation
             WHERE group_id = $1
             ORDER BY made_day DESC, until_at, id"
        ),
        params![&scope],
    )?;
    rows.into_iter().map(invitation).collect()
}

fn invitation(row: Row) -> Result<InvitationRow, Error> {
    Ok(InvitationRow {
        id: row.get("id")?,
        made_day: row.get("made_day")?,
        until_at: row.get("until_at")?,
        used: row.get("used")?,
        version: row.get("version")?,
        copy: Sealed::from_bytes(row.get("copy")?),
        words: Sealed::from_bytes(row.get("words")?),
        tag: row.get::<Option<Vec<u8>>>("tag")?.unwrap_or_default(),
    })
}

/// What changes of a link: whether it was used, what the group knows of it, and the tag over both.
pub fn save_invitation(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    row: &InvitationRow,
) -> Result<(), Error> {
    tx.exec(
        sql!(
            "UPDATE invitation SET used = $3, words = $4, tag = $5
             WHERE group_id = $1 AND id = $2"
        ),
        params![&scope, &row.id, row.used, row.words.as_bytes(), &row.tag],
    )
    .map(|_| ())
}

/// In all groups: links that are kept.
pub fn list_all_invitations(tx: &mut Tx<'_>) -> Result<Vec<(GroupId, InvitationRow)>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT group_id, id, made_day, until_at, used, version, copy, words, tag
             FROM invitation
             ORDER BY group_id, id"
        ),
        params![],
    )?;
    let read = |row: Row| Ok((row.get::<[u8; 16]>("group_id")?.into(), invitation(row)?));
    rows.into_iter().map(read).collect()
}

pub fn remove_invitation(tx: &mut Tx<'_>, scope: GroupScope, id: &LinkId) -> Result<bool, Error> {
    let gone = tx.exec(
        sql!("DELETE FROM invitation WHERE group_id = $1 AND id = $2"),
        params![&scope, id],
    )?;
    Ok(gone == 1)
}

pub fn remove_invitations(tx: &mut Tx<'_>, scope: GroupScope) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM invitation WHERE group_id = $1"), params![&scope]).map(|_| ())
}

/// In all groups: links that are over, but for those whose guest still stands at a door.
pub fn remove_over(tx: &mut Tx<'_>, now: i64) -> Result<(), Error> {
    tx.exec(
        sql!(
            "DELETE FROM invitation
             WHERE until_at <= $1
               AND (SELECT COUNT(*)
                    FROM door d
                    WHERE d.group_id = invitation.group_id
                      AND d.invitation_id = invitation.id) = 0"
        ),
        params![now],
    )
    .map(|_| ())
}

pub fn add_guest(tx: &mut Tx<'_>, scope: GroupScope, row: DoorRow) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO door (group_id, id, invitation_id, day, boxed, epoch, letter, tag)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        params![
            &scope,
            &row.id,
            &row.invitation,
            row.day,
            row.boxed,
            i64::from(row.epoch),
            row.letter,
            row.tag
        ],
    )
    .map(|_| ())
}

/// Who came since this day, the first first.
pub fn list_guests(tx: &mut Tx<'_>, scope: GroupScope, since: i64) -> Result<Vec<DoorRow>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT id, invitation_id, day, boxed, epoch, letter, tag
             FROM door
             WHERE group_id = $1 AND day >= $2
             ORDER BY day, id"
        ),
        params![&scope, since],
    )?;
    rows.iter().map(guest).collect()
}

fn guest(row: &Row) -> Result<DoorRow, Error> {
    Ok(DoorRow {
        id: row.get::<[u8; 16]>("id")?.into(),
        invitation: row.get("invitation_id")?,
        day: row.get("day")?,
        boxed: row.get("boxed")?,
        epoch: row.get("epoch")?,
        letter: row.get("letter")?,
        tag: row.get("tag")?,
    })
}

/// In all groups: everybody at a door.
pub fn list_all_guests(tx: &mut Tx<'_>) -> Result<Vec<(GroupId, DoorRow)>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT group_id, id, invitation_id, day, boxed, epoch, letter, tag
             FROM door
             ORDER BY group_id, id"
        ),
        params![],
    )?;
    rows.iter().map(|row| Ok((row.get::<[u8; 16]>("group_id")?.into(), guest(row)?))).collect()
}

pub fn save_tag(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    id: MemberId,
    tag: [u8; 32],
) -> Result<(), Error> {
    tx.exec(
        sql!("UPDATE door SET tag = $3 WHERE group_id = $1 AND id = $2"),
        params![&scope, &id, &tag],
    )
    .map(drop)
}

/// The day on which somebody came to the door, if they stand there.
pub fn find_day(tx: &mut Tx<'_>, scope: GroupScope, id: MemberId) -> Result<Option<i64>, Error> {
    let row =
        tx.opt(sql!("SELECT day FROM door WHERE group_id = $1 AND id = $2"), params![&scope, &id])?;
    row.map(|row| row.get("day")).transpose()
}

/// A letter that a member took out of the box and sealed for the group.
pub fn save_letter(tx: &mut Tx<'_>, scope: GroupScope, row: &DoorRow) -> Result<(), Error> {
    tx.exec(
        sql!(
            "UPDATE door SET boxed = $3, epoch = $4, letter = $5, tag = $6
             WHERE group_id = $1 AND id = $2"
        ),
        params![&scope, &row.id, row.boxed, i64::from(row.epoch), &row.letter, &row.tag],
    )
    .map(|_| ())
}

/// False when nobody stood there any more.
pub fn remove_guest(tx: &mut Tx<'_>, scope: GroupScope, id: MemberId) -> Result<bool, Error> {
    let gone =
        tx.exec(sql!("DELETE FROM door WHERE group_id = $1 AND id = $2"), params![&scope, &id])?;
    Ok(gone == 1)
}

/// In all groups: who came before this day and was not let in.
pub fn remove_old_guests(tx: &mut Tx<'_>, before: i64) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM door WHERE day < $1"), params![before]).map(|_| ())
}

pub fn list_lists(tx: &mut Tx<'_>, scope: GroupScope) -> Result<Vec<(MemberId, Sealed)>, Error> {
    let rows = tx.all(
        sql!(
            "SELECT member_id, words
             FROM must_not_meet
             WHERE group_id = $1
             ORDER BY member_id"
        ),
        params![&scope],
    )?;
    let read = |row: Row| {
        Ok((row.get::<[u8; 16]>("member_id")?.into(), Sealed::from_bytes(row.get("words")?)))
    };
    rows.into_iter().map(read).collect()
}

pub fn save_list(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    member: MemberId,
    words: Sealed,
) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO must_not_meet (group_id, member_id, words)
             VALUES ($1, $2, $3)
             ON CONFLICT (group_id, member_id)
             DO UPDATE SET words = excluded.words"
        ),
        params![&scope, &member, words.into_bytes()],
    )
    .map(|_| ())
}

pub fn remove_list(tx: &mut Tx<'_>, scope: GroupScope, member: MemberId) -> Result<(), Error> {
    tx.exec(
        sql!("DELETE FROM must_not_meet WHERE group_id = $1 AND member_id = $2"),
        params![&scope, &member],
    )
    .map(|_| ())
}
