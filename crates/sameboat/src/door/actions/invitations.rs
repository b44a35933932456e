//! Links for newcomers.

use seal::{InstanceKey, LinkSecret, Place, Sealed};
use storekit::Tx;
use zeroize::Zeroizing;

use crate::access::{GroupScope, Member};
use crate::clock::{self, DAY, HOUR};
use crate::door::model::{About, BACK_DAYS, Copy, LINKS_OUT};
use crate::door::store::{self, InvitationRow, LinkId};
use crate::error::{Fault, Outcome, Refusal};
use crate::groups;
use crate::ids::MemberId;
use crate::sealed::Filled;
use crate::web::Once;
use crate::{agreements, random};

const COPY_LABEL: &str = "door.copy";
const ABOUT_LABEL: &str = "door.invitation";
const LINK_LABEL: &str = "door.link-tag";
/// Bytes that what a group knows of a link is filled up to, so that a note shows in no size.
const FILLED: &[usize] = &[1024];

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
        let words = seal_about(tx, member, &id, &about)?;
        let mut row = InvitationRow {
            id,
            made_day: clock::day(now),
            until_at,
            used: false,
            version: version.number,
            copy,
            words,
            tag: Vec::new(),
        };
        tag(member.person().instance(), &scope, &mut row);
        store::add_invitation(tx, scope, row)?;
        secrets.push(secret);
    }
    Ok(secrets)
}

/// All that a link's tag covers: its whole row. What the group knows of it is sealed under the
/// epoch of now and anew with every turn, so a row from before a turn holds no more after it.
fn with_facts<T>(scope: &GroupScope, row: &InvitationRow, then: impl FnOnce(&[&[u8]]) -> T) -> T {
    then(&[
        scope.bytes(),
        &row.id,
        &row.made_day.to_be_bytes(),
        &row.until_at.to_be_bytes(),
        &[u8::from(row.used)],
        &row.version.to_be_bytes(),
        row.copy.as_bytes(),
        row.words.as_bytes(),
    ])
}

/// Tags a link's row as it stands.
pub fn tag(instance: &InstanceKey, scope: &GroupScope, row: &mut InvitationRow) {
    row.tag = with_facts(scope, row, |facts| instance.mac(LINK_LABEL, facts)).to_vec();
}

/// Whether this program wrote a link's row as it stands.
pub fn holds(instance: &InstanceKey, scope: &GroupScope, row: &InvitationRow) -> bool {
    with_facts(scope, row, |facts| instance.mac_holds_now(LINK_LABEL, facts, &row.tag))
}

/// What a link opens, if it still does. Looking spends nothing. Unknown, used and over are alike,
/// and so are rows that were changed by hand or put back.
pub fn find_copy(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    secret: &LinkSecret,
) -> Outcome<Option<Opened>> {
    let Some((scope, row)) = find_open(tx, instance, secret)? else { return Ok(None) };
    let opened = secret.open(&copy_place(&scope, &row.id), &row.copy)?;
    let copy: Copy = serde_json::from_slice(opened.bytes()).map_err(Fault::new)?;
    Ok(Some(Opened { scope, link: row.id, copy }))
}

fn find_open(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    secret: &LinkSecret,
) -> Outcome<Option<(GroupScope, InvitationRow)>> {
    let Some((group, row)) = store::find_link(tx, &secret.row_id())? else { return Ok(None) };
    let scope = GroupScope::of_link(secret, group);
    let (now, _) = groups::letterbox(tx, instance, scope)?;
    let open = !row.used
        && row.until_at > tx.now()
        && row.words.key_number() == Some(now)
        && holds(instance, &scope, &row)
        && !Once::is_used_up(tx, &row.id)?;
    Ok(open.then_some((scope, row)))
}

/// Uses a link up. False when it opens nothing any more.
pub fn use_up(tx: &mut Tx<'_>, instance: &InstanceKey, secret: &LinkSecret) -> Outcome<bool> {
    let Some((scope, mut row)) = find_open(tx, instance, secret)? else { return Ok(false) };
    row.used = true;
    tag(instance, &scope, &mut row);
    store::save_invitation(tx, scope, &row)?;
    // Beside the row: an older one that is put back opens nothing.
    Once::use_up_row(tx, &row.id)
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
    let mut all = Vec::new();
    for row in rows.into_iter().filter(|row| groups::is_current(member, &row.words)) {
        all.extend(about(tx, member, &row)?.map(|about| (row, about)));
    }
    Ok(all)
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
    Ok(all(tx, member)?.iter().filter(|(_, about)| about.by == me).count())
}

fn about(tx: &mut Tx<'_>, member: &Member, row: &InvitationRow) -> Outcome<Option<About>> {
    let place = (ABOUT_LABEL, row.id.as_slice(), None);
    let filled: Option<Filled<About>> = groups::read_paper(tx, member, place, &row.words)?;
    Ok(filled.map(|filled| filled.words))
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
    let scope = member.scope();
    if Once::use_up_row(tx, &row.id)?
        && holds(member.person().instance(), &scope, &row)
        && !row.used
    {
        store::remove_invitation(tx, scope, &row.id)?;
        return Ok(());
    }
    save(tx, member, InvitationRow { used: true, ..row }, &About { taken: true, ..about })
}

fn save(tx: &mut Tx<'_>, member: &Member, mut row: InvitationRow, about: &About) -> Outcome<()> {
    row.words = seal_about(tx, member, &row.id, about)?;
    tag(member.person().instance(), &member.scope(), &mut row);
    Ok(store::save_invitation(tx, member.scope(), &row)?)
}

fn seal_about(tx: &mut Tx<'_>, member: &Member, link: &LinkId, about: &About) -> Outcome<Sealed> {
    groups::seal_words_of(tx, member, ABOUT_LABEL, link, None, &Filled::new(about, FILLED))
}

/// Ends every link of the group: somebody was asked to go.
pub fn end_all(tx: &mut Tx<'_>, scope: GroupScope) -> Outcome<()> {
    Ok(store::remove_invitations(tx, scope)?)
}

/// Ends the links that one member made: they left. Of damaged ones nobody knows who made them.
pub fn end_made_by(tx: &mut Tx<'_>, member: &Member, maker: MemberId) -> Outcome<()> {
    let maker = maker.to_string();
    for row in store::list_invitations(tx, member.scope())? {
        if !groups::is_current(member, &row.words) {
            continue;
        }
        if about(tx, member, &row)?.is_none_or(|about| about.by == maker) {
            store::remove_invitation(tx, member.scope(), &row.id)?;
        }
    }
    Ok(())
}

/// After a turn.
pub fn reseal(tx: &mut Tx<'_>, after: &Member) -> Outcome<()> {
    for row in store::list_invitations(tx, after.scope())? {
        // A tag that does not hold is not made to hold.
        if holds(after.person().instance(), &after.scope(), &row) {
            match about(tx, after, &row)? {
                Some(about) => save(tx, after, row, &about)?,
                None => drop(store::remove_invitation(tx, after.scope(), &row.id)?),
            }
        }
    }
    Ok(())
}
