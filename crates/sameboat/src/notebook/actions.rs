//! What people do with their notebooks.

use seal::{OwnKey, Place, Sealed};
use storekit::Tx;

use crate::access::Person;
use crate::clock;
use crate::drafts::{self, Draft, FormName, Window};
use crate::error::{FieldIssue, Outcome, Refusal};
use crate::ids::{PageId, PersonId};
use crate::notebook::model::{Entry, Kind, Leaf, Text, clean};
use crate::notebook::store::{self, PageRow};
use crate::web::Once;
use crate::{gone, groups, people, random, sealed};

const LABEL: &str = "notebook.page";
/// Pages that one notebook holds, and bytes of all its sealed pages together: several a day for ten
/// years. The notebook is opened whole, so without an end one person could take all the memory.
const MOST_PAGES: i64 = 5_000;
const MOST_BYTES: i64 = 16 * 1024 * 1024;
/// The same for somebody who is in no group with anybody else. Whoever makes sign-ins for nothing
/// but filling the disk gets no further.
const FEW_PAGES: i64 = 50;
const FEW_BYTES: i64 = 256 * 1024;

/// Which form somebody is writing in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A new page.
    New(Kind),
    /// A page that is there.
    Page(PageId),
}

impl Target {
    /// The name under which its draft is kept.
    pub fn form(self) -> FormName {
        match self {
            Target::New(kind) => FormName::new("notebook.new", kind.word()),
            Target::Page(id) => FormName::new("notebook.page", id),
        }
    }
}

/// A new page.
pub struct New {
    /// What it is taken for.
    pub kind: Kind,
    /// The words.
    pub text: Text,
    /// The form they were typed into.
    pub window: Window,
}

/// Other words for a page.
pub struct Change {
    /// Which page.
    pub page: PageId,
    /// The words.
    pub text: Text,
    /// When the page that the form showed was last changed (microseconds UTC).
    pub seen: i64,
    /// The form they were typed into.
    pub window: Window,
}

/// What was typed so far.
pub struct Typed {
    /// Into which form.
    pub target: Target,
    /// The words.
    pub text: String,
    /// In which window.
    pub window: Window,
}

/// How many pages of each kind are kept; the person alone reads this.
#[derive(Debug, Default)]
pub struct Kept {
    /// Pages, and what does not open.
    pub pages: usize,
    /// Troubles.
    pub troubles: usize,
    /// Goals, earlier ones included.
    pub goals: usize,
}

/// Keeps a new page.
pub fn add(tx: &mut Tx<'_>, person: &Person, new: &New, once: Once) -> Outcome<PageId> {
    people::still_here(tx, person)?;
    let newest = store::find_newest(tx, person)?;
    if once.is_spent(tx)? {
        return came_twice(person, newest, &new.text);
    }
    once.spend(tx)?;
    has_room(tx, person, (1, new.text.as_str().len()))?;
    let now = tx.now();
    let id = PageId::random(tx);
    let text = new.text.as_str().to_owned();
    let leaf = Leaf { kind: new.kind, text, written: now, changed: now };
    let words = seal_leaf(tx, person, &id, &leaf)?;
    let number = newest.map_or(0, |row| row.number) + 1;
    store::add(tx, person, PageRow { id, number, day: clock::day(now), words })?;
    drafts::remove_of(tx, person, &Target::New(new.kind).form(), &new.window)?;
    Ok(id)
}

/// Whether so many more pages and bytes fit into the notebook.
///
/// # Errors
/// The sentence beside the field `words` when it is full.
fn has_room(tx: &mut Tx<'_>, person: &Person, more: (i64, usize)) -> Outcome<()> {
    let (pages, bytes) = store::weigh(tx, person)?;
    if pages >= MOST_PAGES || bytes >= MOST_BYTES {
        return Err(FieldIssue::only("words", "notebook-full"));
    }
    let (new, new_bytes) = (more.0, i64::try_from(more.1).unwrap_or(i64::MAX));
    // Who has more than that already was in a group once, and goes on when it has ended.
    let few = pages <= FEW_PAGES && bytes <= FEW_BYTES;
    let still_few = pages + new <= FEW_PAGES && bytes.saturating_add(new_bytes) <= FEW_BYTES;
    if few && !still_few && !groups::is_with_others(tx, person)? {
        return Err(FieldIssue::only("words", "notebook-small"));
    }
    Ok(())
}

/// Keeps words that were written elsewhere and not shared, as a page.
///
/// # Errors
/// A field to mend, as for any page.
pub fn keep(tx: &mut Tx<'_>, person: &Person, words: &str, once: Once) -> Outcome<()> {
    let text = Text::parse(words).map_err(|issue| Refusal::Fields(vec![issue]))?;
    add(tx, person, &New { kind: Kind::Page, text, window: Window::default() }, once).map(|_| ())
}

/// The words of a page, for its owner to share.
pub fn text_of(tx: &mut Tx<'_>, person: &Person, id: PageId) -> Outcome<String> {
    get(tx, person, id).map(|leaf| leaf.text)
}

/// Whether a page is there and says just this.
pub fn is_on(tx: &mut Tx<'_>, person: &Person, id: PageId, words: &str) -> Outcome<bool> {
    match store::find(tx, person, id)? {
        Some(row) => Ok(open_leaf(person, &row)?.text == clean(words)),
        None => Ok(false),
    }
}

/// The same form once more: the same words are kept already, other words must not get lost.
fn came_twice(person: &Person, newest: Option<PageRow>, text: &Text) -> Outcome<PageId> {
    if let Some(row) = newest
        && open_leaf(person, &row)?.text == text.as_str()
    {
        return Ok(row.id);
    }
    Err(FieldIssue::only("words", "notebook-twice"))
}

/// Keeps other words on a page; the earlier ones are gone.
pub fn change(tx: &mut Tx<'_>, person: &Person, change: &Change, once: Once) -> Outcome<()> {
    people::still_here(tx, person)?;
    let id = change.page;
    let leaf = get(tx, person, id)?;
    let same = leaf.text == change.text.as_str();
    if once.is_spent(tx)? {
        return if same { Ok(()) } else { Err(FieldIssue::only("words", "notebook-twice")) };
    }
    if leaf.changed != change.seen && !same {
        return Err(FieldIssue::only("words", "notebook-changed-elsewhere"));
    }
    once.spend(tx)?;
    if change.text.as_str().len() > leaf.text.len() {
        let more = change.text.as_str().len() - leaf.text.len();
        has_room(tx, person, (0, more))?;
    }
    let leaf = Leaf { text: change.text.as_str().to_owned(), changed: tx.now(), ..leaf };
    let words = seal_leaf(tx, person, &id, &leaf)?;
    store::save(tx, person.id(), id, words)?;
    drafts::remove_of(tx, person, &Target::Page(id).form(), &change.window)
}

/// Takes a page away, with the draft that hangs on it.
pub fn remove(tx: &mut Tx<'_>, person: &Person, id: PageId, once: Once) -> Outcome<()> {
    once.spend(tx)?;
    store::find(tx, person, id)?.ok_or(Refusal::NotFound)?;
    store::remove(tx, person.id(), id)?;
    gone::note(tx, gone::Kind::Page, person.id().bytes(), id.bytes())?;
    drafts::remove(tx, person, &Target::Page(id).form())
}

/// A page that was torn out does not come back with a backup.
pub fn take_out(tx: &mut Tx<'_>, person: PersonId, id: PageId) -> Outcome<()> {
    Ok(store::remove(tx, person, id)?)
}

/// Keeps what was typed so far. The form's key stays unspent; what arrives after the form itself
/// is dropped, or kept words would come back as a draft.
pub fn keep_draft(tx: &mut Tx<'_>, person: &Person, typed: &Typed, once: Once) -> Outcome<()> {
    people::still_here(tx, person)?;
    if once.is_spent(tx)? {
        return Ok(());
    }
    if let Target::Page(id) = typed.target {
        store::find(tx, person, id)?.ok_or(Refusal::NotFound)?;
    }
    drafts::save_of(tx, person, &typed.target.form(), (&typed.text, &typed.window))
}

/// Throws away what was typed and not kept.
pub fn remove_draft(tx: &mut Tx<'_>, person: &Person, target: Target, once: Once) -> Outcome<()> {
    once.spend(tx)?;
    drafts::remove(tx, person, &target.form())
}

/// One page, opened.
pub fn get(tx: &mut Tx<'_>, person: &Person, id: PageId) -> Outcome<Leaf> {
    let row = store::find(tx, person, id)?.ok_or(Refusal::NotFound)?;
    open_leaf(person, &row)
}

/// The day on which a page was first kept (days since 1970, UTC).
pub fn day_of(tx: &mut Tx<'_>, person: &Person, id: PageId) -> Outcome<i64> {
    Ok(store::find(tx, person, id)?.ok_or(Refusal::NotFound)?.day)
}

/// All pages, newest first. One that somebody damaged must not close the whole notebook.
pub fn list(tx: &mut Tx<'_>, person: &Person) -> Outcome<Vec<Entry>> {
    let rows = store::list(tx, person.id())?;
    let entry = |row: PageRow| {
        let leaf = open_leaf(person, &row);
        if leaf.is_err() {
            tracing::error!("a page of a notebook does not open");
        }
        Entry { id: row.id, number: row.number, day: row.day, leaf: leaf.ok() }
    };
    Ok(rows.into_iter().map(entry).collect())
}

/// How much is kept of this person, for the page that shows them all that is kept.
pub fn count(tx: &mut Tx<'_>, person: &Person) -> Outcome<Kept> {
    let mut kept = Kept::default();
    for entry in list(tx, person)? {
        match entry.leaf.map(|leaf| leaf.kind) {
            Some(Kind::Trouble) => kept.troubles += 1,
            Some(Kind::Goal) => kept.goals += 1,
            Some(Kind::Page) | None => kept.pages += 1,
        }
    }
    Ok(kept)
}

/// Seals a person's whole notebook anew, under their new own key. A page that does not open was
/// changed by somebody else: it must not hold up the change of keys.
pub fn reseal(tx: &mut Tx<'_>, person: PersonId, old: &OwnKey, new: &OwnKey) -> Outcome<()> {
    for row in store::list(tx, person)? {
        let Ok(opened) = old.open(&place(&person, &row.id), &row.words) else { continue };
        let place = place(&person, &row.id);
        let words = random::within(tx, |c| new.seal(&place, opened.bytes(), c));
        store::save(tx, person, row.id, words)?;
    }
    Ok(())
}

fn open_leaf(person: &Person, row: &PageRow) -> Outcome<Leaf> {
    let opened = person.own_key().open(&place(&person.id(), &row.id), &row.words)?;
    sealed::unpack(&opened)
}

fn seal_leaf(tx: &mut Tx<'_>, person: &Person, id: &PageId, leaf: &Leaf) -> Outcome<Sealed> {
    let bytes = sealed::pack(leaf)?;
    let (key, whose) = (person.own_key(), person.id());
    Ok(random::within(tx, |c| key.seal(&place(&whose, id), &bytes, c)))
}

fn place<'a>(person: &'a PersonId, id: &'a PageId) -> Place<'a> {
    Place { label: LABEL, scope: person.bytes(), row: id.bytes(), writer: None }
}

/// What was typed into the form for a new page of this kind and not kept.
pub fn find_draft(tx: &mut Tx<'_>, person: &Person, kind: Kind) -> Outcome<Option<Draft>> {
    drafts::find(tx, person, &Target::New(kind).form())
}
