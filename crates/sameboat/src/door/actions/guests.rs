//! Somebody at the door, as members see them: being shown, being let in.

use seal::{BoxInfo, EpochOrItem, InstanceKey, MemberPublic, Sealed, letter_take};
use storekit::Tx;

use crate::access::{GroupScope, Member};
use crate::agreements::{self, Stance};
use crate::clock;
use crate::door::actions::{invitations, lists};
use crate::door::model::{AT_DOOR_DAYS, Letter, OwnList};
use crate::door::store::{self, DoorRow};
use crate::error::{Fault, Outcome, Refusal};
use crate::groups::{self, About, Named, Role, State};
use crate::ids::MemberId;
use crate::web::Once;
use crate::{leaving, standing};

/// Of a letter in the box, of its tag, and of a letter that was taken in.
const BOX_LABEL: &str = "door.letter";
pub const TAG_LABEL: &str = "door.tag";
const TAKEN_LABEL: &str = "door.taken-letter";

/// What a letter in the box is bound to.
pub fn info<'a>(scope: &'a GroupScope, epoch: u32, id: &'a MemberId) -> BoxInfo<'a> {
    BoxInfo {
        label: BOX_LABEL,
        group: scope.bytes(),
        epoch_or_item: EpochOrItem::Epoch(epoch),
        member: id.bytes(),
    }
}

/// All that a letter's tag covers, in the box and taken in: who can write to the database can't slip
/// in a letter, point one at another link, or put its end off.
pub fn with_facts<T>(scope: &GroupScope, row: &DoorRow, then: impl FnOnce(&[&[u8]]) -> T) -> T {
    then(&[
        scope.bytes(),
        row.id.bytes(),
        &row.invitation,
        &row.day.to_be_bytes(),
        &[u8::from(row.boxed)],
        &row.epoch.to_be_bytes(),
        &row.letter,
    ])
}

/// Everybody at the door with their letters, whoever must not meet whom: for this module alone.
pub fn read(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    member: &Member,
) -> Outcome<Vec<(DoorRow, Letter)>> {
    let since = clock::day(tx.now()) - AT_DOOR_DAYS;
    let rows = store::list_guests(tx, member.scope(), since)?;
    let mut opened = Vec::new();
    for row in rows {
        // Whoever was let in before does not stand here, though their row was put back.
        if groups::is_known(tx, member.scope(), row.id)? {
            continue;
        }
        if let Some(letter) = open(tx, instance, member, &row)? {
            opened.push((row, letter));
        }
    }
    Ok(opened)
}

/// A letter; none where its tag does not hold, or where this member came after it.
fn open(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    member: &Member,
    row: &DoorRow,
) -> Outcome<Option<Letter>> {
    let scope = member.scope();
    if !with_facts(&scope, row, |facts| instance.mac_holds_now(TAG_LABEL, facts, &row.tag)) {
        tracing::error!("a letter at a door was not put there by this program");
        return Ok(None);
    }
    if !row.boxed {
        let words = Sealed::from_bytes(row.letter.clone());
        if !groups::is_current(member, &words) {
            return Ok(None);
        }
        let place = (TAKEN_LABEL, row.id.bytes().as_slice(), None);
        return groups::read_paper(tx, member, place, &words);
    }
    let Some(key) = member.keys().of(row.epoch) else { return Ok(None) };
    let words = letter_take(key, &info(&scope, row.epoch, &row.id), &row.letter)?;
    Ok(Some(serde_json::from_slice(words.bytes()).map_err(Fault::new)?))
}

/// Somebody at the door, as a member sees them.
pub struct Guest {
    /// The id that they will have.
    pub id: MemberId,
    /// The day on which they came.
    pub day: i64,
    /// Their name.
    pub name: String,
    /// How to reach them safely.
    pub reach: String,
    /// What would make it hard to come.
    pub hard: String,
    /// The version that they read, and what they say to it.
    pub version: i64,
    /// See `version`.
    pub stance: Stance,
    /// Names that look like theirs, of others who are or were in the group, or wait too.
    pub alike: Vec<String>,
    /// Whether letters of scripts that don't belong together stand in their name.
    pub mixed: bool,
    /// Whether signs stand in their name that cannot be seen.
    pub hidden: bool,
    /// Who made their link, and what they noted; empty when it is gone.
    pub by: String,
    /// See `by`.
    pub label: String,
}

/// Whom this member may let in: everybody at the door but those whom somebody must not meet. Letting
/// in one of them takes nobody else from the page.
pub fn list_guests(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    member: &Member,
) -> Outcome<Vec<Guest>> {
    let letters = allowed(tx, instance, member)?;
    if letters.is_empty() {
        return Ok(Vec::new());
    }
    let members = groups::list_members(tx, member)?;
    let links = invitations::all(tx, member)?;
    let guests = letters.iter().map(|(row, letter)| {
        let link = links.iter().find(|(link, _)| link.id == row.invitation);
        let link = link.map(|(_, about)| about);
        let by = link.and_then(|about| members.iter().find(|n| n.id.to_string() == about.by));
        // Whoever is frozen or gone is still known by their name: their words stand there.
        let known = members.iter().filter(|named| named.about.is_called(&letter.name));
        let others = letters.iter().filter(|(other, _)| other.id != row.id);
        let others = others.map(|(_, letter)| &letter.name);
        let others = others.filter(|name| name.is_alike(&letter.name));
        let alike = known.map(|named| &named.about.name).chain(others);
        Guest {
            id: row.id,
            day: row.day,
            name: letter.name.as_str().to_owned(),
            reach: letter.reach.clone(),
            hard: letter.hard.clone(),
            version: letter.version,
            stance: letter.stance.clone(),
            alike: alike.map(|name| name.as_str().to_owned()).collect(),
            mixed: letter.name.is_mixed(),
            hidden: letter.name.has_hidden(),
            by: by.map(|named| named.about.name.as_str().to_owned()).unwrap_or_default(),
            label: link.map(|about| about.label.clone()).unwrap_or_default(),
        }
    });
    Ok(guests.collect())
}

fn allowed(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    member: &Member,
) -> Outcome<Vec<(DoorRow, Letter)>> {
    let letters = read(tx, instance, member)?;
    if letters.is_empty() {
        return Ok(letters);
    }
    let members = groups::list_members(tx, member)?;
    let mut lists = lists::all(tx, member)?;
    if lists::is_one_lost(&lists) {
        return Ok(Vec::new());
    }
    // Until the next turn notes it in the letters.
    lists.extend(lists::of_gone(tx, member)?);
    let shown: Vec<bool> = letters
        .iter()
        .map(|at| !is_stopped(&at.1, &members, &lists) && !waits_for_another(at, &letters))
        .collect();
    let kept = letters.into_iter().zip(shown).filter(|(_, shown)| *shown);
    Ok(kept.map(|(at, _)| at).collect())
}

/// Whether either side must not meet the other.
fn is_stopped(letter: &Letter, members: &[Named], lists: &[(MemberId, OwnList)]) -> bool {
    let mut here = members.iter().filter(|named| named.state != State::Gone);
    letter.stopped
        || here.any(|named| named.about.names().any(|name| letter.must_not_meet.has(name)))
        || lists.iter().any(|(_, own)| own.list.has(&letter.name))
}

/// Whether they listed somebody else who waits, shown or not. They are not shown for as long as
/// that one is there: else letting one in would take the other from the page in everybody's view.
fn waits_for_another(at: &(DoorRow, Letter), letters: &[(DoorRow, Letter)]) -> bool {
    let (row, letter) = at;
    let mut others = letters.iter().filter(|(other, _)| other.id != row.id);
    others.any(|(_, other)| letter.must_not_meet.has(&other.name))
}

/// Whether somebody was stopped because of this member's list, and they have not read it yet.
/// Worked out while looking, since looking writes nothing.
pub fn unseen_stops(tx: &mut Tx<'_>, instance: &InstanceKey, member: &Member) -> Outcome<bool> {
    let own = lists::my_list(tx, member)?;
    if !own.list.tell {
        return Ok(false);
    }
    if own.stops.iter().any(|stopped| !stopped.seen) {
        return Ok(true);
    }
    let known = |id: MemberId| own.stops.iter().any(|stopped| stopped.guest == id.to_string());
    let letters = read(tx, instance, member)?;
    Ok(letters.iter().any(|(row, letter)| own.list.has(&letter.name) && !known(row.id)))
}

/// Lets people in, one after the other, each with a turn of the key, all in this transaction.
///
/// # Errors
/// [`Refusal::Conflict`] when one of them is not at the door (any more), and
/// [`Refusal::NotAllowed`] when the group takes nobody in, or whoever opens is asked to leave: then
/// nobody is.
pub fn let_in(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    by: &Member,
    ids: &[MemberId],
    once: Once,
) -> Outcome<()> {
    once.spend(tx)?;
    let mut member = groups::afresh(tx, by)?;
    leaving::not_while_asked(tx, &member)?;
    super::note_stops(tx, instance, &member)?;
    take_in(tx, instance, &member)?;
    for id in ids {
        member = let_one(tx, instance, &member, *id)?;
    }
    groups::settle(tx, &member)?;
    agreements::settle(tx, instance, &member).map(drop)
}

/// Seals the letters in the box for the group, so that whoever comes in next can read them too.
fn take_in(tx: &mut Tx<'_>, instance: &InstanceKey, member: &Member) -> Outcome<()> {
    for (row, letter) in read(tx, instance, member)?.into_iter().filter(|(row, _)| row.boxed) {
        save(tx, member, row, &letter)?;
    }
    Ok(())
}

fn save(tx: &mut Tx<'_>, member: &Member, row: DoorRow, letter: &Letter) -> Outcome<()> {
    let words = groups::seal_words_of(tx, member, TAKEN_LABEL, row.id.bytes(), None, letter)?;
    let epoch = words.key_number().ok_or_else(|| Fault::because("sealing gave no value"))?;
    let (scope, instance) = (member.scope(), member.person().instance());
    let mut row = DoorRow { boxed: false, epoch, letter: words.into_bytes(), ..row };
    row.tag = with_facts(&scope, &row, |facts| instance.mac(TAG_LABEL, facts)).to_vec();
    Ok(store::save_letter(tx, scope, &row)?)
}

/// After a turn. Where somebody went, all letters are taken out of the box, so that no row tells
/// whether their list had stopped somebody.
pub fn reseal(tx: &mut Tx<'_>, after: &Member) -> Outcome<()> {
    let since = clock::day(tx.now()) - AT_DOOR_DAYS;
    let instance = after.person().instance();
    let gone = lists::of_gone(tx, after)?;
    for row in store::list_guests(tx, after.scope(), since)? {
        if row.boxed && gone.is_empty() {
            continue;
        }
        if let Some(mut letter) = open(tx, instance, after, &row)? {
            letter.stopped |= gone.iter().any(|(_, own)| own.list.has(&letter.name));
            save(tx, after, row, &letter.filled())?;
        }
    }
    Ok(())
}

fn let_one(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    member: &Member,
    id: MemberId,
) -> Outcome<Member> {
    // Asked again here: a list may have changed since the page was shown.
    let letters = allowed(tx, instance, member)?;
    let found = letters.into_iter().find(|(row, _)| row.id == id);
    let (row, letter) = found.ok_or(Refusal::Conflict("door-gone"))?;
    let scope = member.scope();
    if !standing::is_back(tx, member, &row.invitation)? {
        super::may_come_in(tx, member)?;
    }
    if !store::remove_guest(tx, scope, id)? {
        return Err(Refusal::Conflict("door-gone").into());
    }
    // Where the link's row went with its maker, whoever opens answers for them.
    let maker = invitations::maker(tx, member, &row.invitation)?.unwrap_or(member.id());
    store::remove_invitation(tx, scope, &row.invitation)?;
    let members = groups::list_members(tx, member)?;
    let of_maker = members.iter().find(|named| named.id == maker).map(|named| &named.about);
    let about = About::new(letter.name, Role::Member, tx.now()).by_link_of(maker, of_maker);
    let public = MemberPublic::from_bytes(letter.public);
    let after = groups::come_in(tx, instance, member, id, public, &about)?;
    super::reseal_all(tx, &after)?;
    agreements::bind(tx, &after, letter.version, id, &letter.stance)?;
    lists::add(tx, &after, id, letter.must_not_meet)?;
    standing::came(tx, instance, &after, (id, &row.invitation))?;
    Ok(after)
}
