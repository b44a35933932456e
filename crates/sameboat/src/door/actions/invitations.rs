//! Links for newcomers.

use seal::{LinkSecret, Place};
use storekit::Tx;
use zeroize::Zeroizing;

use crate::access::{GroupScope, Member};
use crate::clock::{self, DAY, HOUR};
use crate::door::model::{About, BACK_DAYS, Copy, LINKS_OUT};
use crate::door::store::{self, InvitationRow, LinkId};
use crate::error::{Fault, Outcome, Refusal};
use crate::groups;
use crate::ids::MemberId;
use crate::{agreements, random};

const COPY_LABEL: &str = "door.copy";
const ABOUT_LABEL: &str = "door.invitation";

/// What links somebody wants.
#[derive(Clone)]
pub struct Made {
    /// Days until they end.
    pub days: i64,
    /// How many.
    pub count: usize,
    /// What to note beside them, for the group.
    pub label: String,
}

/// A link as the group's list shows it. Whether it was used is shown to nobody: a link that was
/// used while nobody appears at the door would tell that somebody was stopped.
pub struct Invitation {
    /// Its row, as hexadecimal digits.
    pub id: String,
    /// The name of who made it; empty when they went.
    pub by: String,
    /// What they noted.
    pub label: String,
    /// The day on which it was made.
    pub made_day: i64,
    /// When it ends (microseconds UTC, a full hour).
    pub until_at: i64,
}

/// What a link opens.
pub struct Opened {
    /// The group that it leads to.
    pub scope: GroupScope,
    /// The link's row.
    pub link: LinkId,
    /// Card and agreement.
    pub copy: Copy,
}

impl Opened {
    /// What a form is marked with that was shown for this link. It opens nothing.
    pub fn name(&self) -> String {
        hex(&self.link)
    }
}

/// Makes links, each for one person.
///
/// # Errors
/// [`Refusal::NotAllowed`] when the group takes nobody in, or very many links are out.
pub fn invite(tx: &mut Tx<'_>, member: &Member, wish: &Made) -> Outcome<Vec<LinkSecret>> {
    super::may_come_in(tx, member)?;
    make(tx, member, wish)
}

/// A link for somebody who was here and lost everything: however full the group is, since the seat
/// that they had goes.
pub fn invite_back(tx: &mut Tx<'_>, member: &Member) -> Outcome<LinkSecret> {
    let wish = Made { days: BACK_DAYS, count: 1, label: String::new() };
    let made = make(tx, member, &wish)?.pop();
    made.ok_or_else(|| Fault::because("no link was made").into())
}

fn make(tx: &mut Tx<'_>, member: &Member, wish: &Made) -> Outcome<Vec<LinkSecret>> {
    let scope = member.scope();
    if store::list_invitations(tx, scope)?.len() + wish.count > LINKS_OUT {
        return Err(Refusal::NotAllowed("invite-many").into());
    }
    let version = agreements::holding(tx, member)?;
    let members = groups::list_members(tx, member)?;
    let worker = members.iter().any(|named| named.state.has_key() && named.is_worker());
    let copy = Copy::of(version.number, version.papers, worker);
    let bytes = Zeroizing::new(serde_json::to_vec(&copy).map_err(Fault::new)?);
    let about = About { by: member.id().to_string(), label: wish.label.clone(), taken: false };
    let now = tx.now();
    // To the full hour, so that it is no clock on whoever made it.
    let until_at = ((now + wish.days * DAY) / HOUR + 1) * HOUR;
    let mut secrets = Vec::new();
    for _ in 0..wish.count {
        let secret = random::within(tx, LinkSecret::random);
        let id = secret.row_id();
        let copy = random::within(tx, |c| secret.seal(&copy_place(&scope, &id), &bytes, c));
        let words = groups::seal_words_of(tx, member, ABOUT_LABEL, &id, None, &about)?;
        let row = InvitationRow {
            id,
            made_day: clock::day(now),
            until_at,
            used: false,
            version: version.number,
            copy,
            words,
        };
        store::add_invitation(tx, scope, row)?;
        secrets.push(secret);
    }
    Ok(secrets)
}

/// What a link opens, if it still does. Looking spends nothing. Unknown, used and over are alike.
pub fn find_copy(tx: &mut Tx<'_>, secret: &LinkSecret) -> Outcome<Option<Opened>> {
    let Some((group, row)) = store::find_link(tx, &secret.row_id())? else { return Ok(None) };
    if row.used || row.until_at <= tx.now() {
        return Ok(None);
    }
    let scope = GroupScope::of_link(secret, group);
    let opened = secret.open(&copy_place(&scope, &row.id), &row.copy)?;
    let copy: Copy = serde_json::from_slice(opened.bytes()).map_err(Fault::new)?;
    if copy.version != row.version {
        return Err(Fault::because("a link whose row names another version").into());
    }
    Ok(Some(Opened { scope, link: row.id, copy }))
}

fn copy_place<'a>(scope: &'a GroupScope, id: &'a LinkId) -> Place<'a> {
    Place { label: COPY_LABEL, scope: scope.bytes(), row: id, writer: None }
}

/// The links that are not over, the newest first.
pub fn list_invitations(tx: &mut Tx<'_>, member: &Member) -> Outcome<Vec<Invitation>> {
    let members = groups::list_members(tx, member)?;
    let now = tx.now();
    let out =
        all(tx, member)?.into_iter().filter(|(row, about)| row.until_at > now && !about.taken);
    let shown = out.map(|(row, about)| {
        let by = members.iter().find(|named| named.id.to_string() == about.by);
        Invitation {
            id: hex(&row.id),
            by: by.map(|named| named.about.name.as_str().to_owned()).unwrap_or_default(),
            label: about.label,
            made_day: row.made_day,
            until_at: row.until_at,
        }
    });
    Ok(shown.collect())
}

/// All links that are kept, with what the group knows of them.
pub fn all(tx: &mut Tx<'_>, member: &Member) -> Outcome<Vec<(InvitationRow, About)>> {
    let rows = store::list_invitations(tx, member.scope())?;
    rows.into_iter()
        .filter(|row| groups::may_open(member, &row.words))
        .map(|row| {
            let about = about(member, &row)?;
            Ok((row, about))
        })
        .collect()
}

/// Who made a link, if it is kept.
pub fn maker(tx: &mut Tx<'_>, member: &Member, link: &LinkId) -> Outcome<Option<MemberId>> {
    let found = all(tx, member)?.into_iter().find(|(row, _)| row.id == *link);
    let by = found.map(|(_, about)| about.by.parse());
    by.transpose().map_err(|_| Fault::because("a link made by no member").into())
}

/// How many links this member made that are kept.
pub fn count_made(tx: &mut Tx<'_>, member: &Member) -> Outcome<usize> {
    let me = member.id().to_string();
    let mut count = 0;
    for row in store::list_invitations(tx, member.scope())? {
        count += usize::from(groups::may_open(member, &row.words) && about(member, &row)?.by == me);
    }
    Ok(count)
}

fn about(member: &Member, row: &InvitationRow) -> Outcome<About> {
    groups::open_words(member, ABOUT_LABEL, &row.id, None, &row.words)
}

/// A row's id in an address or a form.
pub fn hex(id: &LinkId) -> String {
    id.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Takes a link back: it opens nothing from now on. One that is gone already is fine.
pub fn take_back(tx: &mut Tx<'_>, member: &Member, id: &str) -> Outcome<()> {
    let found = all(tx, member)?.into_iter().find(|(row, _)| hex(&row.id) == id);
    found.map_or(Ok(()), |(row, about)| end(tx, member, row, about))
}

/// Ends one link.
pub fn end_link(tx: &mut Tx<'_>, member: &Member, id: &LinkId) -> Outcome<()> {
    let found = all(tx, member)?.into_iter().find(|(row, _)| row.id == *id);
    found.map_or(Ok(()), |(row, about)| end(tx, member, row, about))
}

/// A link that was used opens nothing anyway. Its row stays while its guest may stand at the door:
/// else somebody could knock by their own link, take it back, and come in as nobody's guest.
fn end(tx: &mut Tx<'_>, member: &Member, row: InvitationRow, about: About) -> Outcome<()> {
    if !row.used {
        store::remove_invitation(tx, member.scope(), &row.id)?;
        return Ok(());
    }
    let about = About { taken: true, ..about };
    let words = groups::seal_words_of(tx, member, ABOUT_LABEL, &row.id, None, &about)?;
    Ok(store::save_invitation_words(tx, member.scope(), &row.id, words)?)
}

/// Ends every link of the group: somebody was asked to go.
pub fn end_all(tx: &mut Tx<'_>, scope: GroupScope) -> Outcome<()> {
    Ok(store::remove_invitations(tx, scope)?)
}

/// Ends the links that one member made: they left.
pub fn end_made_by(tx: &mut Tx<'_>, member: &Member, maker: MemberId) -> Outcome<()> {
    for row in store::list_invitations(tx, member.scope())? {
        if groups::may_open(member, &row.words) && about(member, &row)?.by == maker.to_string() {
            store::remove_invitation(tx, member.scope(), &row.id)?;
        }
    }
    Ok(())
}

/// After a turn.
pub fn reseal(tx: &mut Tx<'_>, after: &Member) -> Outcome<()> {
    for row in store::list_invitations(tx, after.scope())? {
        let about = about(after, &row)?;
        let words = groups::seal_words_of(tx, after, ABOUT_LABEL, &row.id, None, &about)?;
        store::save_invitation_words(tx, after.scope(), &row.id, words)?;
    }
    Ok(())
}
