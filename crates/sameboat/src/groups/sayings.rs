//! Short nameless things about many others: *me too* about a share, *mine too* about a theme.
//!
//! They lie in batches of [`nameless`]. Each mark is made for the one thing that it is about, so
//! that nobody can tell that two come from the same person; and they lie in the order of marks,
//! which is chance, never in that of coming.

use serde::{Deserialize, Serialize};
use storekit::Tx;

use crate::access::Member;
use crate::error::{Outcome, Refusal};
use crate::groups::nameless::{self, Batch, Item};

/// What members have in common. The row is there from a group's first day: one that appears would
/// tell that somebody said the first thing.
pub const THEMES: &str = "themes";

/// Sizes of a row, in bytes: about fifty, then four times as many.
const SIZES: [usize; 4] = [4 * 1024, 16 * 1024, 64 * 1024, 256 * 1024];

/// One of them.
#[derive(Clone, Serialize, Deserialize)]
struct Saying {
    /// The field that [`nameless::ABOUT`] names.
    about: String,
    #[serde(rename = "t", default, skip_serializing_if = "String::is_empty")]
    text: String,
}

/// All of a batch.
pub struct Sayings {
    batch: String,
    items: Vec<Item<Saying>>,
}

impl Sayings {
    /// What they are about, each once, in alphabetical order.
    pub fn things(&self) -> Vec<&str> {
        let mut all: Vec<&str> = self.items.iter().map(|item| item.words.about.as_str()).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    fn about<'a>(&'a self, about: &'a str) -> impl Iterator<Item = &'a Item<Saying>> {
        self.items.iter().filter(move |item| item.words.about == about)
    }

    /// How many people said something about this.
    pub fn count(&self, about: &str) -> usize {
        self.about(about).count()
    }

    /// In which words, in the order of marks.
    pub fn texts<'a>(&'a self, about: &'a str) -> impl Iterator<Item = &'a str> {
        self.about(about).map(|item| item.words.text.as_str())
    }

    /// Whether this member said something about it.
    pub fn is_mine(&self, member: &Member, about: &str) -> bool {
        let mine = nameless::mark_about(member, &self.batch, about);
        self.about(about).any(|item| item.mark == mine)
    }

    fn without(&mut self, member: &Member, about: &str) {
        let mine = nameless::mark_about(member, &self.batch, about);
        self.items.retain(|item| item.words.about != about || item.mark != mine);
    }
}

/// All of a batch; none if nobody ever said anything.
pub fn find(tx: &mut Tx<'_>, member: &Member, batch: &str) -> Outcome<Sayings> {
    let items = nameless::items(tx, member, &sized(batch, SIZES[0]))?;
    Ok(Sayings { batch: batch.to_owned(), items })
}

/// Says something. Said twice, it stands once.
///
/// # Errors
/// [`Refusal::Conflict`] when there is no room for more.
pub fn add(tx: &mut Tx<'_>, member: &Member, batch: &str, said: (&str, &str)) -> Outcome<()> {
    add_all(tx, member, batch, &[said])
}

/// Says several things, each with what it is about first. The row is saved once: a save for each
/// would leave copies behind (PostgreSQL's tuples and log) that differ by what one person said.
///
/// # Errors
/// [`Refusal::Conflict`] when there is no room for more.
pub fn add_all(
    tx: &mut Tx<'_>,
    member: &Member,
    batch: &str,
    said: &[(&str, &str)],
) -> Outcome<()> {
    let mut all = find(tx, member, batch)?;
    for (about, text) in said {
        all.without(member, about);
        let mark = nameless::mark_about(member, batch, about);
        let words = Saying { about: (*about).to_owned(), text: (*text).to_owned() };
        all.items.push(Item { mark, words });
    }
    save(tx, member, all)
}

/// Takes back what this member said about it, if they said something.
pub fn take_back(tx: &mut Tx<'_>, member: &Member, batch: &str, about: &str) -> Outcome<()> {
    let mut all = find(tx, member, batch)?;
    all.without(member, about);
    save(tx, member, all)
}

/// Drops all that was said about something that is gone.
pub fn forget(tx: &mut Tx<'_>, member: &Member, batch: &str, about: &str) -> Outcome<()> {
    let mut all = find(tx, member, batch)?;
    all.items.retain(|item| item.words.about != about);
    save(tx, member, all)
}

/// Makes sure that a batch has its row before anybody says anything in it.
pub fn ready(tx: &mut Tx<'_>, member: &Member, batch: &str) -> Outcome<()> {
    if nameless::is_there(tx, member, batch)? {
        return Ok(());
    }
    save(tx, member, Sayings { batch: batch.to_owned(), items: Vec::new() })
}

fn save(tx: &mut Tx<'_>, member: &Member, mut all: Sayings) -> Outcome<()> {
    all.items.sort_by(|a, b| a.mark.cmp(&b.mark));
    for size in SIZES {
        let batch = sized(&all.batch, size);
        if nameless::fits(&batch, &all.items)? {
            return nameless::save(tx, member, &batch, &all.items);
        }
    }
    Err(Refusal::Conflict("nameless-full").into())
}

fn sized(name: &str, row_bytes: usize) -> Batch {
    Batch { name: name.to_owned(), row_bytes }
}
