//! What happened to my sign-ins, by day: boxed to the person's public half, so that a failed try
//! is told to its owner and to nobody else. Anybody can make such a box; so each has a tag of the
//! instance key before it, and no other is read.

mod new_key;

use seal::{BoxInfo, EpochOrItem, InstanceKey, PersonKey, PersonPublic, person_box, person_unbox};
use storekit::Tx;

use crate::access::Person;
use crate::clock;
use crate::error::{Fault, Outcome};
use crate::ids::PersonId;
use crate::people::store;
use crate::{instance_key, random};

pub use new_key::redo;

/// Days that these lines are kept.
pub const KEPT_DAYS: i64 = 90;
/// Lines after which a day's wrong tries are left out: guessing must not fill the disk.
const MOST_WRONG: i64 = 40;
/// Lines that a day may bring in all. Whoever guesses must not keep out the line that says that
/// they got in.
const MOST_A_DAY: i64 = 120;
/// Lines that a change of keys takes along: a guesser's thousands must not hold up everybody else.
pub const MOST_TURNED: usize = 200;
const LABEL: &str = "people.sign-in-event";
const TAG_LABEL: &str = "people.sign-in-event-tag";
const TAG: usize = 32;

macro_rules! events {
    ($($(#[$doc:meta])* $name:ident = $word:literal),+ $(,)?) => {
        /// Something that happened to a sign-in.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Event { $($(#[$doc])* $name),+ }

        impl Event {
            /// The fixed word that is kept.
            fn word(self) -> &'static str {
                match self { $(Event::$name => $word),+ }
            }

            fn from_word(word: &str) -> Option<Event> {
                match word { $($word => Some(Event::$name),)+ _ => None }
            }

            fn key(self) -> &'static str {
                match self { $(Event::$name => concat!("event-", $word)),+ }
            }
        }
    };
}

events! {
    Joined = "joined",
    SignedIn = "signed-in",
    WrongPassphrase = "wrong-passphrase",
    OldLock = "old-lock",
    Recovered = "recovered",
    NewPassphrase = "new-passphrase",
    NewSheet = "new-sheet",
    Ended = "ended",
    Renewed = "renewed",
}

/// A line as its owner reads it.
pub struct Line {
    pub day: i64,
    /// Nothing where somebody else changed the line, so that it does not open.
    pub event: Option<Event>,
}

impl Line {
    /// The key of the sentence about it.
    pub fn key(&self) -> &'static str {
        self.event.map_or("event-closed", Event::key)
    }
}

/// Writes a line; past the day's share it is left out.
pub fn record(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    person: PersonId,
    event: Event,
) -> Outcome<()> {
    let day = clock::day(tx.now());
    let (last, today) = store::last_events(tx, person, day, MOST_A_DAY)?;
    if today >= MOST_A_DAY {
        return Ok(());
    }
    let public = store::find_public_key(tx, person)?;
    let public = public.ok_or_else(|| Fault::because("a line for somebody who is not there"))?;
    add(tx, instance, (person, public), (last + 1, day, event))
}

/// Writes that somebody tried something that did not open. Where nobody has the name that was
/// typed, and past the day's share, the line goes to somebody who is made up, and is gone with them
/// in this same transaction: whoever measures an answer must not learn whether a line was kept (P9).
pub fn record_try(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    person: Option<PersonId>,
    event: Event,
) -> Outcome<()> {
    let day = clock::day(tx.now());
    let nobody = PersonId::random(tx);
    let public = random::within(tx, PersonKey::random).public();
    store::add_nobody(tx, nobody, *public.as_bytes(), day)?;
    let asked = person.unwrap_or(nobody);
    let (last, today) = store::last_events(tx, asked, day, MOST_WRONG)?;
    let kept_by = if today < MOST_WRONG { asked } else { nobody };
    let found = store::find_public_key(tx, kept_by)?;
    // Whoever has left since the name was looked up is nobody by now.
    let to = found.map_or((nobody, *public.as_bytes()), |public| (kept_by, public));
    add(tx, instance, to, (last + 1, day, event))?;
    Ok(store::remove_person(tx, nobody)?)
}

fn add(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    (person, public): (PersonId, [u8; 32]),
    (number, day, event): (i64, i64, Event),
) -> Outcome<()> {
    instance_key::must_be_now(tx, instance)?;
    let public = PersonPublic::from_bytes(public);
    let boxed = put(tx, &public, (person, number), event.word().as_bytes())?;
    let bytes = tagged(instance, (person, number, day), &boxed);
    Ok(store::add_event(tx, person, number, day, bytes)?)
}

fn put(
    tx: &mut Tx<'_>,
    public: &PersonPublic,
    (person, number): (PersonId, i64),
    word: &[u8],
) -> Outcome<Vec<u8>> {
    let item = number.to_be_bytes();
    let info = info(&person, &item);
    let boxed = random::within(tx, |c| person_box(public, &info, word, c));
    Ok(boxed.map_err(Fault::new)?)
}

/// A box with its tag before it.
fn tagged(instance: &InstanceKey, line: (PersonId, i64, i64), boxed: &[u8]) -> Vec<u8> {
    let mut bytes = with_facts(line, boxed, |facts| instance.mac(TAG_LABEL, facts)).to_vec();
    bytes.extend(boxed);
    bytes
}

/// The box of a line that this program wrote.
fn checked<'a>(
    instance: &InstanceKey,
    line: (PersonId, i64, i64),
    bytes: &'a [u8],
) -> Option<&'a [u8]> {
    let (tag, boxed) = bytes.split_at_checked(TAG)?;
    let holds = with_facts(line, boxed, |facts| instance.mac_holds_now(TAG_LABEL, facts, tag));
    holds.then_some(boxed)
}

fn with_facts<T>(
    (person, number, day): (PersonId, i64, i64),
    boxed: &[u8],
    work: impl FnOnce(&[&[u8]]) -> T,
) -> T {
    work(&[person.bytes(), &number.to_be_bytes(), &day.to_be_bytes(), boxed])
}

/// The lines of the last days, newest first. What nobody wrote here, or somebody changed, is shown
/// as such.
pub fn list(tx: &mut Tx<'_>, instance: &InstanceKey, person: &Person) -> Outcome<Vec<Line>> {
    let id = person.id();
    let rows = store::list_events(tx, person)?.into_iter();
    let read = |row: &store::EventRow| {
        let boxed = checked(instance, (id, row.number, row.day), &row.boxed)?;
        let item = row.number.to_be_bytes();
        let opened = person_unbox(person.key(), &info(&id, &item), boxed).ok()?;
        Event::from_word(opened.text().ok()?)
    };
    Ok(rows.map(|row| Line { day: row.day, event: read(&row) }).collect())
}

/// Boxes the lines anew, to the public half of a new key; past the newest [`MOST_TURNED`], and
/// where a line does not open or was not written here, they go.
pub fn turn(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    person: &Person,
    new: &PersonKey,
) -> Outcome<()> {
    let (id, public) = (person.id(), new.public());
    for (at, row) in store::list_events(tx, person)?.into_iter().enumerate() {
        let item = row.number.to_be_bytes();
        let line = (id, row.number, row.day);
        let opened = checked(instance, line, &row.boxed)
            .and_then(|boxed| person_unbox(person.key(), &info(&id, &item), boxed).ok());
        match opened {
            Some(opened) if at < MOST_TURNED => {
                let boxed = put(tx, &public, (id, row.number), opened.bytes())?;
                store::save_event(tx, id, row.number, tagged(instance, line, &boxed))?;
            }
            _ => store::remove_event(tx, id, row.number)?,
        }
    }
    Ok(())
}

fn info<'a>(person: &'a PersonId, item: &'a [u8]) -> BoxInfo<'a> {
    BoxInfo {
        label: LABEL,
        group: person.bytes(),
        epoch_or_item: EpochOrItem::Item(item),
        member: person.bytes(),
    }
}
