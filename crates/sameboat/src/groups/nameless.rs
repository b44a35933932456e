//! Things that bear no name: objections, themes, pulses.
//!
//! All items of a batch lie in one row of one size, which is sealed anew with every save by any
//! member, so that its change tells little. No item has a row, an id, a day or a used one-time key
//! of its own: **whoever saves one verifies the form's key and does not spend it**. What shows that
//! three items come from three people is a mark, which nobody but the writer can make. Whoever goes
//! leaves theirs: if they went along, all could see whose they were.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use seal::{FixedBox, Place, Sealed};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use storekit::Tx;

use crate::access::Member;
use crate::error::{Fault, Outcome};
use crate::groups::store::{self, NamelessRow};
use crate::groups::{keys, reading};
use crate::{random, sealed};

const LABEL: &str = "groups.nameless";
/// The field of an item's words that says what it is about, where a batch is about several things.
pub const ABOUT: &str = "about";
/// Bytes of a row that begins anew because it was damaged, until its room saves it.
const ANEW: usize = 4 * 1024;

/// A batch: what it is called, and how large its row is. The name stands in clear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Its name, say `newcomers`; never anything that somebody wrote.
    pub name: String,
    /// The size of its row, always the same. About 50 bytes of it are not for items.
    pub row_bytes: usize,
}

/// Shows that items come from the same person, or from different ones, and names nobody.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Mark(String);

impl Mark {
    /// Of what a room keeps in the row beside what people said.
    pub fn of_nobody() -> Mark {
        Mark(String::new())
    }
}

/// One item. A person may have several in a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item<T> {
    /// Whose it is.
    #[serde(rename = "m")]
    pub mark: Mark,
    /// What it says.
    #[serde(rename = "w")]
    pub words: T,
}

/// This member's own mark in a batch.
pub fn mark(member: &Member, batch: &Batch) -> Mark {
    mark_by(member, &batch.name)
}

/// The group is part of it: in two groups the same person has two marks.
fn mark_by(member: &Member, batch: &str) -> Mark {
    let both = [member.scope().bytes().as_slice(), batch.as_bytes()].concat();
    let mark = seal::mark(member.person().mark_key(), &both);
    Mark(mark.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// This member's own mark about one thing of a batch: who says something about two things does not
/// show that it was the same person.
pub fn mark_about(member: &Member, batch: &str, about: &str) -> Mark {
    // Sixteen bytes tell any number of people apart, and a row has to hold many.
    let scope = member.scope();
    let all = [scope.bytes().as_slice(), batch.as_bytes(), &[0], about.as_bytes()].concat();
    Mark(STANDARD_NO_PAD.encode(&seal::mark(member.person().mark_key(), &all)[..16]))
}

/// The mark that this person would have on an item.
fn mark_on(member: &Member, batch: &str, item: &Any) -> Mark {
    match item.words.get(ABOUT).and_then(serde_json::Value::as_str) {
        Some(about) => mark_about(member, batch, about),
        None => mark_by(member, batch),
    }
}

/// All items of a batch; none while nobody has put anything in. One whose row is damaged begins
/// anew.
pub fn items<T: DeserializeOwned>(
    tx: &mut Tx<'_>,
    member: &Member,
    batch: &Batch,
) -> Outcome<Vec<Item<T>>> {
    match store::find_nameless(tx, member.scope(), &batch.name)? {
        Some(row) => Ok(open(tx, member, &row)?.unwrap_or_default()),
        None => Ok(Vec::new()),
    }
}

/// Keeps the items of a batch in place of those that were there. Where all of them were taken out
/// the row stays, so that its going tells nothing: see [`end`].
///
/// # Errors
/// A fault when they do not fit: whoever adds an item looks at [`fits`] first.
pub fn save<T: Serialize>(
    tx: &mut Tx<'_>,
    member: &Member,
    batch: &Batch,
    items: &[Item<T>],
) -> Outcome<()> {
    write(tx, member, batch, items)
}

/// Whether these items have room in the row.
pub fn fits<T: Serialize>(batch: &Batch, items: &[Item<T>]) -> Outcome<bool> {
    Ok(sealed::pack(&items)?.len() <= FixedBox::new(batch.row_bytes).capacity())
}

/// Takes a batch away, with all that is in it.
pub fn end(tx: &mut Tx<'_>, member: &Member, batch: &Batch) -> Outcome<()> {
    Ok(store::remove_nameless(tx, member.scope(), &batch.name)?)
}

/// Whether a batch has its row.
pub fn is_there(tx: &mut Tx<'_>, member: &Member, name: &str) -> Outcome<bool> {
    Ok(store::is_nameless_there(tx, member.scope(), name)?)
}

/// Whether the group keeps anything nameless.
pub fn is_kept(tx: &mut Tx<'_>, member: &Member) -> Outcome<bool> {
    Ok(!store::list_nameless(tx, member.scope())?.is_empty())
}

/// Seals every batch anew: with every save by a member, and under the new key after a turn.
pub fn refresh(tx: &mut Tx<'_>, member: &Member) -> Outcome<()> {
    for row in store::list_nameless(tx, member.scope())? {
        let items: Option<Vec<Any>> = open(tx, member, &row)?;
        let row_bytes = items.as_ref().map_or(ANEW, |_| row.words.as_bytes().len());
        let batch = Batch { name: row.batch, row_bytes };
        write(tx, member, &batch, &items.unwrap_or_default())?;
    }
    Ok(())
}

/// What lies in a row; none where it is damaged.
fn open<T: DeserializeOwned>(
    tx: &mut Tx<'_>,
    member: &Member,
    row: &NamelessRow,
) -> Outcome<Option<Vec<Item<T>>>> {
    let place = (LABEL, row.batch.as_bytes(), None);
    reading::read_paper(tx, member, place, &row.words)
}

/// Whether this member put anything in, in any batch.
pub fn is_mine_kept(tx: &mut Tx<'_>, member: &Member) -> Outcome<bool> {
    for row in store::list_nameless(tx, member.scope())? {
        let found: Vec<Any> = open(tx, member, &row)?.unwrap_or_default();
        if found.iter().any(|item| item.mark == mark_on(member, &row.batch, item)) {
            return Ok(true);
        }
    }
    Ok(false)
}

type Any = Item<serde_json::Value>;

fn write<T: Serialize>(
    tx: &mut Tx<'_>,
    member: &Member,
    batch: &Batch,
    items: &[Item<T>],
) -> Outcome<()> {
    let bytes = sealed::pack(&items)?;
    let scope = member.scope();
    let row = batch.name.as_bytes();
    let place = Place { label: LABEL, scope: scope.bytes(), row, writer: None };
    let key = keys::key_of_now(tx, member)?;
    let space = FixedBox::new(batch.row_bytes);
    let words: Result<Sealed, _> = random::within(tx, |c| space.seal(&key, &place, &bytes, c));
    let words = words.map_err(Fault::new)?;
    Ok(store::save_nameless(tx, scope, NamelessRow { batch: batch.name.clone(), words })?)
}
