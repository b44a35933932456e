//! Sharing something, mending it, taking it back; and reading what others shared.

use std::collections::BTreeMap;

use seal::InstanceKey;
use storekit::Tx;

use super::{hiding, readers};
use crate::access::{GroupScope, Member};
use crate::clock;
use crate::drafts::{self, FormName};
use crate::error::{FieldIssue, Outcome, Refusal};
use crate::groups::envelopes::{self, Opened};
use crate::groups::{self, Named, Reading, sayings};
use crate::ids::{GroupId, MemberId, ShareId};
use crate::sharing::actions::answers::answer_form;
use crate::sharing::actions::readers::{Door, seal_beside, share_spot};
use crate::sharing::model::{Audience, Said, Text, Together, Wants, together};
use crate::sharing::store::answers;
use crate::sharing::store::shares::{self as store, ShareRow};
use crate::web::Once;
use crate::{gone, meetings};

/// Shares that stand on one page; also how many share one row for *me too*.
const AT_ONCE: usize = 20;
/// Rows that are looked through at once for those that this member may read.
const LOOKED_AT: i64 = 60;

/// A new share.
pub struct New {
    /// The words.
    pub text: Text,
    /// Which answer is wanted.
    pub wants: Wants,
    /// To whom.
    pub door: Door,
    /// Whether it is the line with which somebody leaves a meeting.
    pub leaving: bool,
}

/// Other words for a share.
pub struct Mend {
    /// Which one.
    pub id: ShareId,
    /// The words.
    pub text: Text,
    /// Which answer is wanted.
    pub wants: Wants,
}

/// A share that this member may read, opened.
pub struct Share {
    /// Its id.
    pub id: ShareId,
    /// Its place in the group: higher is newer.
    pub number: i64,
    /// The day (UTC).
    pub day: i64,
    /// Whose words they are.
    pub writer: MemberId,
    /// For whom.
    pub audience: Audience,
    /// Whether people who come later may read it.
    pub newcomers: bool,
    /// What was said.
    pub said: Said,
    /// How many have been there, as far as it may be told.
    pub same: Together,
    /// Whether this member said *me too*.
    pub me_too: bool,
    /// How many answers in words there are.
    pub answers: usize,
}

/// One page of what was shared.
pub struct Page {
    /// The newest first.
    pub shares: Vec<Share>,
    /// The number below which the earlier ones stand, if there are any.
    pub earlier: Option<i64>,
    /// How many between them can't be read any more, because their rows are damaged.
    pub damaged: usize,
}

/// The batch in which *me too* about a share lies.
pub fn batch(number: i64) -> String {
    format!("me-too.{}", number / AT_ONCE as i64)
}

/// The form that somebody writes a new share in, or the line with which they leave a meeting: words
/// for the one are not for the other.
pub fn new_form(group: GroupId, leaving: bool) -> FormName {
    FormName::new(if leaving { "sharing.leaving" } else { "sharing.new" }, group)
}

/// Which form of this room a draft belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// A new share.
    New,
    /// The line with which somebody leaves a meeting.
    Leaving,
    /// An answer to a share.
    Answer(ShareId),
}

/// Keeps what was typed so far, of a new share or of an answer to one that this member may read.
/// The form's key stays unspent.
pub fn keep_draft(
    tx: &mut Tx<'_>,
    member: &Member,
    (typed, text): (Typed, &str),
    once: Once,
) -> Outcome<()> {
    if once.is_spent(tx)? {
        return Ok(());
    }
    let form = match typed {
        Typed::Answer(id) => answer_form(get(tx, member, id)?.id),
        Typed::New => new_form(member.group(), false),
        Typed::Leaving => new_form(member.group(), true),
    };
    drafts::save(tx, member.person(), &form, text)
}

/// Who would read a new share, apart from its writer.
///
/// # Errors
/// A field to mend when the one who was chosen is not here, or nobody else is the facilitator.
pub fn people(tx: &mut Tx<'_>, member: &Member, door: &Door) -> Outcome<Vec<Named>> {
    let here = readers::here(tx, member)?;
    let mut others = here.into_iter().filter(|named| named.id != member.id());
    match door.audience {
        Audience::Group => Ok(others.collect()),
        Audience::One => {
            let one = others.find(|named| Some(named.id) == door.to);
            let one = one.ok_or_else(|| FieldIssue::only("to", "share-to-gone"))?;
            Ok(vec![one])
        }
        Audience::Facilitator => {
            let duty = meetings::on_duty(tx, member)?;
            let one = others.find(|named| Some(named.id) == duty && duty == door.to);
            let one = one.ok_or_else(|| FieldIssue::only("audience", "share-nobody-on-duty"))?;
            Ok(vec![one])
        }
    }
}

/// Shares something with whom it is for, and with nobody else.
pub fn add(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    member: &Member,
    new: &New,
) -> Outcome<ShareId> {
    let scope = member.scope();
    let id = ShareId::random(tx);
    let number = store::newest_number(tx, scope)? + 1;
    let day = clock::day(tx.now());
    let Door { audience, to, .. } = new.door;
    let newcomers = new.door.newcomers && audience == Audience::Group;
    let (text, wants, at) = (new.text.as_str().to_owned(), new.wants, tx.now());
    let (mended, turn, readers) = (None, 0, vec![]);
    let mut said = Said { text, wants, audience, to, newcomers, readers, at, mended, turn };
    let spot = share_spot(id, member.id());
    let words = match audience {
        Audience::Group => groups::seal_words(tx, member, spot.label, &spot.row, &said)?,
        Audience::One | Audience::Facilitator => {
            said.readers = people(tx, member, &new.door)?.iter().map(|named| named.id).collect();
            said.readers.push(member.id());
            envelopes::put(tx, instance, (member, &said.readers), (&spot, &said))?
        }
    };
    let row = ShareRow { id, number, day, writer: member.id(), words };
    store::add(tx, scope, row, (audience, newcomers))?;
    sayings::ready(tx, member, &batch(number))?;
    drafts::remove(tx, member.person(), &new_form(member.group(), new.leaving))?;
    Ok(id)
}

/// Makes sure that nobody has answered a share of this member yet.
///
/// # Errors
/// A field to mend when somebody has.
pub fn may_mend(tx: &mut Tx<'_>, member: &Member, id: ShareId) -> Outcome<()> {
    let answers = answers::list(tx, member.scope(), id)?;
    if answers.iter().any(|answer| answer.writer != member.id()) {
        return Err(FieldIssue::only("words", "share-answered"));
    }
    Ok(())
}

/// Other words, as long as nobody has answered. Who could read it still can, and nobody else; what
/// others said *me too* to is gone, and so are these.
///
/// # Errors
/// A field to mend when somebody has answered.
pub fn mend(tx: &mut Tx<'_>, instance: &InstanceKey, member: &Member, mend: &Mend) -> Outcome<()> {
    let (row, said) = own(tx, member, mend.id)?;
    may_mend(tx, member, mend.id)?;
    let text = mend.text.as_str().to_owned();
    let (mended, turn, wants) = (Some(tx.now()), said.turn + 1, mend.wants);
    let spot = share_spot(row.id, member.id());
    let anew = |readers| Said { text, wants, mended, turn, readers, ..said.clone() };
    let words = seal_beside(tx, instance, member, ((&row, &said), &spot, anew))?;
    store::save_words(tx, member.scope(), row.id, words)?;
    sayings::forget(tx, member, &batch(row.number), &row.id.to_string())
}

/// Makes sure that a share says what somebody read before they put their name under it.
///
/// # Errors
/// [`Refusal::Conflict`] when it was mended since.
pub fn must_be_as_read(
    tx: &mut Tx<'_>,
    member: &Member,
    id: ShareId,
    turn: Option<u32>,
) -> Outcome<()> {
    let (_, said) = find_row(tx, member, id)?.ok_or(Refusal::NotFound)?;
    if turn == Some(said.turn) {
        Ok(())
    } else {
        Err(Refusal::Conflict("share-other-words").into())
    }
}

/// Takes away a share's row, its answers and all envelopes.
pub fn remove(tx: &mut Tx<'_>, member: &Member, row: &ShareRow) -> Outcome<()> {
    for answer in answers::list(tx, member.scope(), row.id)? {
        envelopes::remove(tx, member, answer.id.bytes())?;
        answers::remove(tx, member.scope(), row.id, answer.id)?;
    }
    envelopes::remove(tx, member, row.id.bytes())?;
    gone::note(tx, gone::Kind::Share, member.scope().bytes(), row.id.bytes())?;
    Ok(store::remove(tx, member.scope(), row.id)?)
}

/// A share or an answer that was taken back does not come back with a backup.
pub fn take_out(tx: &mut Tx<'_>, scope: GroupScope, id: &[u8; 16]) -> Outcome<()> {
    Ok(store::take_out(tx, scope, id)?)
}

/// A share of one's own, also one that can't be read any more.
pub fn own_row(tx: &mut Tx<'_>, member: &Member, id: ShareId) -> Outcome<ShareRow> {
    let row = store::find(tx, member.scope(), id)?.filter(|row| row.writer == member.id());
    let row = row.ok_or(Refusal::NotFound)?;
    let opened = envelopes::find(tx, member, id.bytes())?;
    match read(member, &opened, &row)? {
        Reading::Words(_) | Reading::Damaged => Ok(row),
        Reading::Closed => Err(Refusal::NotFound.into()),
    }
}

/// A share of one's own.
fn own(tx: &mut Tx<'_>, member: &Member, id: ShareId) -> Outcome<(ShareRow, Said)> {
    let found = find_row(tx, member, id)?;
    Ok(found.filter(|(row, _)| row.writer == member.id()).ok_or(Refusal::NotFound)?)
}

/// A share's row and its words, if this member may read it.
pub fn find_row(
    tx: &mut Tx<'_>,
    member: &Member,
    id: ShareId,
) -> Outcome<Option<(ShareRow, Said)>> {
    let Some(row) = store::find(tx, member.scope(), id)? else { return Ok(None) };
    let opened = envelopes::find(tx, member, id.bytes())?;
    Ok(read(member, &opened, &row)?.words().map(|said| (row, said)))
}

/// A share, if it is there and for this member.
pub fn find(tx: &mut Tx<'_>, member: &Member, id: ShareId) -> Outcome<Option<Share>> {
    let Some((row, said)) = find_row(tx, member, id)? else { return Ok(None) };
    let mut seen = Seen::default();
    shown(tx, member, (row, said), &mut seen).map(Some)
}

/// A share.
///
/// # Errors
/// [`Refusal::NotFound`] when it is not there, or not for this member.
pub fn get(tx: &mut Tx<'_>, member: &Member, id: ShareId) -> Outcome<Share> {
    Ok(find(tx, member, id)?.ok_or(Refusal::NotFound)?)
}

/// What was shared below a number, newest first: what this member may read and has not hidden.
pub fn list(tx: &mut Tx<'_>, member: &Member, below: i64) -> Outcome<Page> {
    let (mut rows, damaged) = readable(tx, member, below)?;
    let more = rows.len() > AT_ONCE;
    rows.truncate(AT_ONCE);
    let earlier = rows.last().filter(|_| more).map(|(row, _)| row.number);
    let mut seen = Seen::counted(tx, member, &rows)?;
    let shares = rows.into_iter().map(|row| shown(tx, member, row, &mut seen));
    Ok(Page { shares: shares.collect::<Outcome<_>>()?, earlier, damaged })
}

/// One more than a page holds, if there are so many; and how many between them are damaged.
fn readable(
    tx: &mut Tx<'_>,
    member: &Member,
    below: i64,
) -> Outcome<(Vec<(ShareRow, Said)>, usize)> {
    let opened = envelopes::open_all(tx, member)?;
    let hidden = hiding::hidden(tx, member)?;
    let (mut found, mut damaged, mut below) = (Vec::new(), 0, below);
    loop {
        let rows = store::list(tx, member.scope(), below, LOOKED_AT)?;
        let Some(last) = rows.last() else { return Ok((found, damaged)) };
        below = last.number;
        for row in rows.into_iter().filter(|row| !hidden.contains(&row.id)) {
            match read(member, &opened, &row)? {
                Reading::Words(said) => found.push((row, said)),
                Reading::Damaged => damaged += 1,
                Reading::Closed => (),
            }
            if found.len() > AT_ONCE {
                return Ok((found, damaged));
            }
        }
    }
}

/// A share's words, if they are for this member.
pub fn read(member: &Member, opened: &Opened, row: &ShareRow) -> Outcome<Reading<Said>> {
    let spot = share_spot(row.id, row.writer);
    envelopes::read(member, opened, &spot, &row.words)
}

/// What many shares need once.
#[derive(Default)]
struct Seen {
    batches: BTreeMap<String, sayings::Sayings>,
    answers: BTreeMap<ShareId, usize>,
}

impl Seen {
    fn counted(tx: &mut Tx<'_>, member: &Member, rows: &[(ShareRow, Said)]) -> Outcome<Seen> {
        let numbers = rows.iter().map(|(row, _)| row.number);
        let (Some(from), Some(to)) = (numbers.clone().min(), numbers.max()) else {
            return Ok(Seen::default());
        };
        let answers = answers::count_words(tx, member.scope(), (from, to))?;
        Ok(Seen { answers: answers.into_iter().collect(), ..Seen::default() })
    }
}

fn shown(
    tx: &mut Tx<'_>,
    member: &Member,
    (row, said): (ShareRow, Said),
    seen: &mut Seen,
) -> Outcome<Share> {
    let (batch, about) = (batch(row.number), row.id.to_string());
    if !seen.batches.contains_key(&batch) {
        seen.batches.insert(batch.clone(), sayings::find(tx, member, &batch)?);
    }
    let said_same = &seen.batches[&batch];
    let me_too = said_same.is_mine(member, &about);
    // The writer has been there too.
    let holders = said_same.count(&about) + 1;
    let same = match together(holders, usize::MAX) {
        Together::Few => Together::Few,
        Together::Some | Together::Count(_) => {
            together(holders, readers::readers(tx, member, (&row, &said))?.len())
        }
    };
    let ShareRow { id, number, writer, .. } = row;
    let (day, audience, newcomers) = (clock::day(said.at), said.audience, said.newcomers);
    let answers = seen.answers.get(&id).copied().unwrap_or(0);
    Ok(Share { id, number, day, writer, audience, newcomers, said, same, me_too, answers })
}

/// What is for this member alone and they have not answered or hidden, the newest first, however
/// much was shared since.
pub fn to_me(tx: &mut Tx<'_>, member: &Member) -> Outcome<Vec<Share>> {
    let me = member.id();
    let rows = store::list_unanswered(tx, member.scope(), me)?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let (opened, hidden) = (envelopes::open_all(tx, member)?, hiding::hidden(tx, member)?);
    let (mut waiting, mut seen) = (Vec::new(), Seen::default());
    for row in rows.into_iter().filter(|row| !hidden.contains(&row.id)) {
        let said = read(member, &opened, &row)?.words().filter(|said| said.to == Some(me));
        if let Some(said) = said {
            waiting.push(shown(tx, member, (row, said), &mut seen)?);
        }
    }
    Ok(waiting)
}
