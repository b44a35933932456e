//! Keeping and finding drafts.

use seal::{PersonKey, Place, Sealed};
use serde::Serialize;
use serde::de::DeserializeOwned;
use storekit::Tx;

use crate::access::Person;
use crate::clock;
use crate::drafts::model::{Draft, FormName, Inside, Whole, Window};
use crate::drafts::store::{self, DraftRow};
use crate::error::{Fault, Outcome, Refusal};
use crate::ids::{DraftId, PersonId};
use crate::web::Once;
use crate::{groups, people, random, sealed};

const LABEL: &str = "draft.words";
/// Drafts that are kept of one person, and characters of each: twice what any form takes. All are
/// opened to find one, so without an end one person could take all the memory.
const MOST: usize = 100;
const LONGEST: usize = 40_000;
/// Drafts and bytes of all of them together, for somebody who is in no group with anybody else.
const FEW: usize = 20;
const FEW_BYTES: usize = 128 * 1024;

/// What somebody had typed into this form.
pub fn find(tx: &mut Tx<'_>, person: &Person, form: &FormName) -> Outcome<Option<Draft>> {
    let found = find_row(tx, person, form)?;
    Ok(found.map(|(row, inside)| Draft { day: row.day, text: inside.text, by: inside.by }))
}

/// Keeps what somebody has typed into this form so far; nothing typed leaves no draft.
pub fn save(tx: &mut Tx<'_>, person: &Person, form: &FormName, text: &str) -> Outcome<()> {
    save_of(tx, person, form, (text, &Window::default()))
}

/// The same from one of several windows that may show this form.
///
/// # Errors
/// [`Refusal::Conflict`] where another window has written other words since: they must not get lost;
/// [`Refusal::Full`] where there is no room for it.
pub fn save_of(
    tx: &mut Tx<'_>,
    person: &Person,
    form: &FormName,
    (text, window): (&str, &Window),
) -> Outcome<()> {
    let found = find_row(tx, person, form)?;
    let elsewhere = |inside: &Inside| !window.knows(&inside.by) && inside.text != text;
    if window.is_named() && found.as_ref().is_some_and(|(_, inside)| elsewhere(inside)) {
        return Err(Refusal::Conflict("draft-elsewhere").into());
    }
    if text.is_empty() {
        return remove(tx, person, form);
    }
    let own = found.map(|(row, _)| row.id);
    may_grow(tx, person, own, text.len())?;
    let id = match own {
        Some(id) => id,
        None => {
            make_room(tx, person)?;
            DraftId::random(tx)
        }
    };
    let text = text.chars().take(LONGEST).collect();
    let inside = Inside { form: form.clone(), text, by: window.name().to_owned() };
    let bytes = sealed::pack(&inside)?;
    let words = seal(tx, person.key(), &person.id(), &id, &bytes);
    let day = clock::day(tx.now());
    Ok(store::save(tx, person.id(), DraftRow { id, day, words })?)
}

/// The fields of a form that has several, with the day on which they were kept.
pub fn find_fields<T: DeserializeOwned>(
    tx: &mut Tx<'_>,
    person: &Person,
    form: &FormName,
) -> Outcome<Option<(i64, T)>> {
    let Some(draft) = find(tx, person, form)? else { return Ok(None) };
    let Ok(fields) = serde_json::from_str(&draft.text) else {
        // What the parser says is left out: it could quote somebody's words.
        tracing::error!("a draft does not open");
        return Ok(None);
    };
    Ok(Some((draft.day, fields)))
}

/// Keeps them. The form's key stays unspent; what arrives after the form itself is dropped.
///
/// # Errors
/// [`Refusal::TooLarge`] for more than a draft holds: cut short, it would open no more.
pub fn keep_fields<T: Serialize>(
    tx: &mut Tx<'_>,
    person: &Person,
    (form, fields): (&FormName, &T),
    once: Once,
) -> Outcome<()> {
    people::still_here(tx, person)?;
    if once.is_spent(tx)? {
        return Ok(());
    }
    let text = serde_json::to_string(fields).map_err(Fault::new)?;
    if text.chars().count() > LONGEST {
        return Err(Refusal::TooLarge.into());
    }
    save(tx, person, form, &text)
}

/// Whether a draft may become so long. Who has more than a few already was in a group once, and goes
/// on when it has ended.
///
/// # Errors
/// [`Refusal::Full`] for somebody who is in no group: what was kept before does not go for it.
fn may_grow(tx: &mut Tx<'_>, person: &Person, own: Option<DraftId>, bytes: usize) -> Outcome<()> {
    let rows = store::list(tx, person.id())?;
    let others = rows.iter().filter(|row| Some(row.id) != own);
    let (count, held) =
        others.fold((0, 0), |(count, held), row| (count + 1, held + row.words.as_bytes().len()));
    let few = count <= FEW && held <= FEW_BYTES;
    let still_few = count < FEW && held + bytes <= FEW_BYTES;
    if few && !still_few && !groups::is_with_others(tx, person)? {
        return Err(Refusal::Full("draft-full").into());
    }
    Ok(())
}

/// The oldest drafts go when there are too many.
fn make_room(tx: &mut Tx<'_>, person: &Person) -> Outcome<()> {
    let mut rows = store::list(tx, person.id())?;
    rows.sort_by_key(|row| row.day);
    let over = (rows.len() + 1).saturating_sub(MOST);
    for row in rows.into_iter().take(over) {
        store::remove(tx, person.id(), row.id)?;
    }
    Ok(())
}

/// Throws away what was typed into this form.
pub fn remove(tx: &mut Tx<'_>, person: &Person, form: &FormName) -> Outcome<()> {
    if let Some((row, _)) = find_row(tx, person, form)? {
        store::remove(tx, person.id(), row.id)?;
    }
    Ok(())
}

/// The same, unless another window wrote it.
pub fn remove_of(
    tx: &mut Tx<'_>,
    person: &Person,
    form: &FormName,
    window: &Window,
) -> Outcome<()> {
    match find_row(tx, person, form)? {
        Some((row, inside)) if window.knows(&inside.by) => {
            Ok(store::remove(tx, person.id(), row.id)?)
        }
        _ => Ok(()),
    }
}

/// All drafts of this person, in the order in which they are kept.
pub fn list(tx: &mut Tx<'_>, person: &Person) -> Outcome<Vec<Whole>> {
    let rows = store::list(tx, person.id())?.into_iter();
    let whole = |row: DraftRow| {
        let inside = open(person, &row)?.map(|inside| (inside.form, inside.text));
        Ok(Whole { id: row.id, day: row.day, inside })
    };
    rows.map(whole).collect()
}

/// Throws one away, whatever form it belongs to: that form may be gone.
pub fn throw_away(tx: &mut Tx<'_>, person: &Person, id: DraftId) -> Outcome<()> {
    Ok(store::remove(tx, person.id(), id)?)
}

/// Seals a person's drafts anew, under their new key. A draft that does not open was changed by
/// somebody else and opens no more afterwards either: it must not hold up the change of keys.
pub fn reseal(tx: &mut Tx<'_>, id: PersonId, old: &PersonKey, new: &PersonKey) -> Outcome<()> {
    for row in store::list(tx, id)? {
        let Ok(opened) = old.open(&place(&id, &row.id), &row.words) else { continue };
        let words = seal(tx, new, &id, &row.id, opened.bytes());
        store::save(tx, id, DraftRow { words, ..row })?;
    }
    Ok(())
}

/// Which form a draft belongs to is sealed too, so all of a person's few drafts are opened. One
/// that somebody damaged must not keep its owner from writing: it counts as thrown away.
fn find_row(
    tx: &mut Tx<'_>,
    person: &Person,
    form: &FormName,
) -> Outcome<Option<(DraftRow, Inside)>> {
    for row in store::list(tx, person.id())? {
        match open(person, &row)? {
            Some(inside) if inside.form == *form => return Ok(Some((row, inside))),
            _ => continue,
        }
    }
    Ok(None)
}

fn open(person: &Person, row: &DraftRow) -> Outcome<Option<Inside>> {
    let Ok(opened) = person.key().open(&place(&person.id(), &row.id), &row.words) else {
        tracing::error!("a draft does not open");
        return Ok(None);
    };
    Ok(sealed::unpack(&opened).ok())
}

fn seal(tx: &mut Tx<'_>, key: &PersonKey, person: &PersonId, id: &DraftId, bytes: &[u8]) -> Sealed {
    random::within(tx, |c| key.seal(&place(person, id), bytes, c))
}

fn place<'a>(person: &'a PersonId, id: &'a DraftId) -> Place<'a> {
    Place { label: LABEL, scope: person.bytes(), row: id.bytes(), writer: None }
}
