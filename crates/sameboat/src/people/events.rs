//! What happened to my sign-ins, by day: boxed to the person's public half, so that a failed try
//! is told to its owner and to nobody else.

use seal::{BoxInfo, EpochOrItem, PersonKey, PersonPublic, person_box, person_unbox};
use storekit::Tx;

use crate::access::Person;
use crate::clock;
use crate::error::{Fault, Outcome};
use crate::ids::PersonId;
use crate::people::store;
use crate::random;

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
pub fn record(tx: &mut Tx<'_>, person: PersonId, event: Event) -> Outcome<()> {
    let day = clock::day(tx.now());
    let (last, today) = store::last_events(tx, person, day, MOST_A_DAY)?;
    if today >= MOST_A_DAY {
        return Ok(());
    }
    let public = store::find_public_key(tx, person)?;
    let public = public.ok_or_else(|| Fault::because("a line for somebody who is not there"))?;
    add(tx, (person, public), (last + 1, day), event)
}

/// Writes that somebody tried a wrong passphrase. Where nobody has the name that was typed, and
/// past the day's share, the line goes to somebody who is made up, and is gone with them in this
/// same transaction: whoever measures an answer must not learn whether a line was kept (P9).
pub fn record_try(tx: &mut Tx<'_>, person: Option<PersonId>) -> Outcome<()> {
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
    add(tx, to, (last + 1, day), Event::WrongPassphrase)?;
    Ok(store::remove_person(tx, nobody)?)
}

fn add(
    tx: &mut Tx<'_>,
    (person, public): (PersonId, [u8; 32]),
    (number, day): (i64, i64),
    event: Event,
) -> Outcome<()> {
    let public = PersonPublic::from_bytes(public);
    let item = number.to_be_bytes();
    let info = info(&person, &item);
    let boxed = random::within(tx, |c| person_box(&public, &info, event.word().as_bytes(), c));
    Ok(store::add_event(tx, person, number, day, boxed.map_err(Fault::new)?)?)
}

/// The lines of the last days, newest first.
pub fn list(tx: &mut Tx<'_>, person: &Person) -> Outcome<Vec<Line>> {
    let id = person.id();
    let rows = store::list_events(tx, person)?;
    rows.into_iter()
        .map(|row| {
            let item = row.number.to_be_bytes();
            let Ok(opened) = person_unbox(person.key(), &info(&id, &item), &row.boxed) else {
                return Ok(Line { day: row.day, event: None });
            };
            let event = Event::from_word(opened.text()?);
            let event = event.ok_or_else(|| Fault::because("an unknown sign-in event"))?;
            Ok(Line { day: row.day, event: Some(event) })
        })
        .collect()
}

/// Boxes the lines anew, to the public half of a new key; past the newest [`MOST_TURNED`], and
/// where a line does not open, they go.
pub fn turn(tx: &mut Tx<'_>, person: &Person, new: &PersonKey) -> Outcome<()> {
    let id = person.id();
    for (at, row) in store::list_events(tx, person)?.into_iter().enumerate() {
        let item = row.number.to_be_bytes();
        let info = info(&id, &item);
        match person_unbox(person.key(), &info, &row.boxed) {
            Ok(opened) if at < MOST_TURNED => {
                let public = new.public();
                let boxed = random::within(tx, |c| person_box(&public, &info, opened.bytes(), c));
                store::save_event(tx, person, row.number, boxed.map_err(Fault::new)?)?;
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
