//! Keeping answers, and beginning the group.

use jiff::civil::Date;
use seal::{InstanceKey, LinkSecret, PersonKey, Place, Sealed};
use storekit::Tx;

use crate::access::{Member, Person};
use crate::agreements::{self, End};
use crate::app::App;
use crate::clock;
use crate::config::Starting;
use crate::error::{Outcome, Refusal, Stop};
use crate::founding::model::Answers;
use crate::founding::store::{self, LinkRow};
use crate::founding::typed;
use crate::groups::{self, About};
use crate::ids::{GroupId, PersonId};
use crate::instance_key::{Change, Retagged};
use crate::meetings::{self, Item, Plan};
use crate::web::Once;
use crate::{door, people, random, sealed};

const LABEL: &str = "founding.answers";
const LINK_LABEL: &str = "founding.start-link";

/// What was answered so far.
pub fn answers(tx: &mut Tx<'_>, person: &Person) -> Outcome<Answers> {
    let Some(kept) = store::find(tx, person.id())? else { return Ok(Answers::default()) };
    let id = person.id();
    let opened = person.key().open(&place(id.bytes()), &kept).map_err(Stop::from);
    let answers = opened.and_then(|opened| sealed::unpack(&opened)).map(Some);
    Ok(groups::unless_damaged(LABEL, answers)?.words().unwrap_or_default())
}

/// Keeps the answers.
pub fn save(tx: &mut Tx<'_>, person: &Person, answers: &Answers) -> Outcome<()> {
    people::still_here(tx, person)?;
    let bytes = sealed::pack(answers)?;
    let id = person.id();
    let words: Sealed = random::within(tx, |c| person.key().seal(&place(id.bytes()), &bytes, c));
    let day = clock::day(tx.now());
    Ok(store::save(tx, person, day, words)?)
}

/// The day on which answers were last kept (days since 1970, UTC), if there are any.
pub fn kept_day(tx: &mut Tx<'_>, person: &Person) -> Outcome<Option<i64>> {
    Ok(store::find_day(tx, person)?)
}

/// Seals the answers anew, under the person's new key. Answers that do not open were changed by
/// somebody else: they must not hold up the change of keys.
pub fn reseal(tx: &mut Tx<'_>, person: PersonId, old: &PersonKey, new: &PersonKey) -> Outcome<()> {
    let Some(kept) = store::find(tx, person)? else { return Ok(()) };
    let Ok(opened) = old.open(&place(person.bytes()), &kept) else { return Ok(()) };
    let words = random::within(tx, |c| new.seal(&place(person.bytes()), opened.bytes(), c));
    Ok(store::turn(tx, person, words)?)
}

fn place(person: &[u8; 16]) -> Place<'_> {
    Place { label: LABEL, scope: person, row: person, writer: None }
}

/// The host's leave, as the browser of whoever followed a start link brings it.
pub type Leave = Option<[u8; 32]>;

/// Whether this person may begin a group.
pub fn may_begin(tx: &mut Tx<'_>, app: &App, leave: Leave) -> Outcome<bool> {
    match (app.settings.starting, leave) {
        (Starting::Anyone, _) => Ok(true),
        (Starting::WithLink, None) => Ok(false),
        (Starting::WithLink, Some(secret)) => {
            has_leave(tx, &app.keys, &LinkSecret::from_bytes(secret).row_id())
        }
    }
}

/// Begins the group that the answers describe; uses the host's leave up. `last` is the order of its
/// last meeting, if it is to end.
///
/// # Errors
/// [`Refusal::NotAllowed`] without leave, [`Refusal::Conflict`] while an answer is missing.
pub fn begin(
    tx: &mut Tx<'_>,
    app: &App,
    person: &Person,
    (leave, last): (Leave, &[Item]),
    once: Once,
) -> Outcome<GroupId> {
    once.spend(tx)?;
    if app.settings.starting == Starting::WithLink {
        let secret = leave.ok_or(Refusal::NotAllowed("start-no-leave"))?;
        let id = LinkSecret::from_bytes(secret).row_id();
        if !has_leave(tx, &app.keys, &id)? || !store::remove_link(tx, &id)? {
            return Err(Refusal::NotAllowed("start-no-leave").into());
        }
    }
    let answers = answers(tx, person)?;
    let member = found(tx, app, person, &answers)?;
    set_last(tx, &member, last)?;
    store::remove(tx, person)?;
    typed::forget_walk(tx, person)?;
    Ok(member.group())
}

/// A group that ends has its last meeting from the first day on, where it always meets at the same
/// time; else its pages ask for one.
fn set_last(tx: &mut Tx<'_>, member: &Member, order: &[Item]) -> Outcome<()> {
    let shape = agreements::holding(tx, member)?.papers.shape;
    let (End::Ends(day), Some(time)) = (shape.end, shape.time) else { return Ok(()) };
    let Some(starts_at) = clock::instant(day.to_datetime(time), &shape.zone) else { return Ok(()) };
    meetings::add_last(tx, member, &Plan { starts_at, place: shape.place }, order).map(drop)
}

/// Begins the group that these answers describe.
pub fn found(tx: &mut Tx<'_>, app: &App, person: &Person, answers: &Answers) -> Outcome<Member> {
    let today = today(tx);
    let described = answers.papers(today, tx.now());
    let (papers, name, role) = described.ok_or(Refusal::Conflict("start-open"))?;
    let about = About { founder: true, ..About::new(name, role, tx.now()) };
    let (member, seat) = groups::found(tx, &app.keys, person, &about, &papers.outside)?;
    people::add_seat(tx, person, seat)?;
    agreements::begin(tx, &member, &papers)?;
    door::begin(tx, &member)?;
    Ok(member)
}

/// The date of now (UTC): far enough from any zone's for a day weeks ahead.
pub fn today(tx: &Tx<'_>) -> Date {
    clock::date_of_day(clock::day(tx.now()))
}

/// A new leave to begin one group, for the host to hand on.
pub fn new_link(tx: &mut Tx<'_>, instance: &InstanceKey) -> Outcome<LinkSecret> {
    let secret = random::within(tx, LinkSecret::random);
    let (id, day) = (secret.row_id(), clock::day(tx.now()));
    let tag = instance.mac(LINK_LABEL, &[&id]).to_vec();
    store::save_link(tx, LinkRow { id, day, tag })?;
    Ok(secret)
}

/// Whether the host gave this leave: nobody gives it who can only write to the database.
fn has_leave(tx: &mut Tx<'_>, instance: &InstanceKey, id: &[u8; 16]) -> Outcome<bool> {
    let row = store::find_link(tx, id)?;
    Ok(row.is_some_and(|row| instance.mac_holds_now(LINK_LABEL, &[&row.id], &row.tag)))
}

/// The instance key is changed: links are tagged anew.
pub fn redo_links(tx: &mut Tx<'_>, change: &Change) -> Outcome<Retagged> {
    let mut done = Retagged::default();
    for row in store::list_links(tx)? {
        let whole = change.before.mac_holds_now(LINK_LABEL, &[&row.id], &row.tag);
        if whole {
            let tag = change.now.mac(LINK_LABEL, &[&row.id]).to_vec();
            store::save_link(tx, LinkRow { tag, ..row })?;
        }
        done.count(whole);
    }
    Ok(done)
}

/// The first leave of a new instance, which `serve` prints.
pub fn first_link(tx: &mut Tx<'_>, instance: &InstanceKey) -> Outcome<Option<LinkSecret>> {
    if store::is_untouched(tx)? { new_link(tx, instance).map(Some) } else { Ok(None) }
}
