//! Somebody is worried about what another wrote, and tells the facilitator.

use seal::InstanceKey;
use storekit::Tx;

use super::shares;
use crate::access::Member;
use crate::clock;
use crate::error::{Outcome, Refusal};
use crate::groups::Reading;
use crate::groups::envelopes::{self, Opened, Spot};
use crate::ids::{MemberId, ShareId, WorryId};
use crate::meetings;
use crate::sharing::actions::readers::readers;
use crate::sharing::model::{Alarm, Text};
use crate::sharing::store::others::{self as store, WorryRow};
use crate::sharing::store::shares as share_store;

const LABEL: &str = "sharing.worry";

/// A worry that this member told or was told.
pub struct Worry {
    /// Its id.
    pub id: WorryId,
    /// The day (UTC).
    pub day: i64,
    /// What was told.
    pub told: Alarm,
    /// The words that it is about.
    pub about: About,
}

/// How the words that a worry is about stand to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// They can be read.
    There,
    /// They are for others.
    Closed,
    /// They were taken back.
    Gone,
}

/// Whom somebody can tell of their worry.
pub enum Ear {
    /// Whoever is the facilitator.
    Facilitator {
        /// Who that is.
        who: MemberId,
        /// Whether the words that are meant are open to them.
        reads: bool,
    },
    /// Nobody but oneself is the facilitator.
    Oneself,
    /// The facilitator wrote the words that are meant.
    ItsWriter,
    /// Nobody is the facilitator.
    Nobody,
}

/// Whom this member can tell of a share just now. Words that were taken back can be told of too:
/// somebody read them a moment ago.
///
/// # Errors
/// [`Refusal::NotFound`] for words that are for others.
pub fn ear(tx: &mut Tx<'_>, member: &Member, share: ShareId) -> Outcome<Ear> {
    let found = shares::find_row(tx, member, share)?;
    if found.is_none() && about(tx, member, share)? == About::Closed {
        return Err(Refusal::NotFound.into());
    }
    Ok(match meetings::on_duty(tx, member)? {
        None => Ear::Nobody,
        Some(who) if who == member.id() => Ear::Oneself,
        Some(who) if found.as_ref().is_some_and(|(row, _)| row.writer == who) => Ear::ItsWriter,
        Some(who) => {
            let readers =
                found.map(|(row, said)| readers(tx, member, (&row, &said))).transpose()?;
            Ear::Facilitator { who, reads: readers.is_some_and(|all| all.contains(&who)) }
        }
    })
}

/// A worry, on its way to the one whom the page named.
pub struct NewWorry {
    /// About which share.
    pub share: ShareId,
    /// To whom.
    pub to: Option<MemberId>,
    /// In which words, if some.
    pub text: Option<Text>,
}

/// Tells the facilitator on duty that a share is worrying.
///
/// # Errors
/// [`Refusal::Conflict`] when that is not the one whom the page named.
pub fn tell(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    member: &Member,
    new: &NewWorry,
) -> Outcome<()> {
    let to = match ear(tx, member, new.share)? {
        Ear::Facilitator { who, .. } if new.to == Some(who) => who,
        _ => return Err(Refusal::Conflict("worried-changed").into()),
    };
    let id = WorryId::random(tx);
    let text = new.text.as_ref().map(|text| text.as_str().to_owned()).unwrap_or_default();
    let told = Alarm { by: member.id(), to, share: new.share, text, at: tx.now() };
    let spot = Spot { label: LABEL, row: *id.bytes(), writer: member.id() };
    let words = envelopes::put(tx, instance, (member, &[to]), (&spot, &told))?;
    let day = clock::day(tx.now());
    Ok(store::add_worry(tx, member.scope(), WorryRow { id, day, words })?)
}

/// The worries that this member told or was told.
pub struct Worries {
    /// Those that can be read.
    pub all: Vec<Worry>,
    /// Whether one can't be read any more, because its row is damaged.
    pub damaged: bool,
}

/// Reads them.
pub fn worries(tx: &mut Tx<'_>, member: &Member) -> Outcome<Worries> {
    let opened = envelopes::open_all(tx, member)?;
    let mut found = Worries { all: Vec::new(), damaged: false };
    for row in store::list_worries(tx, member.scope())? {
        match read(&opened, &row)? {
            Reading::Words(told) => {
                let about = about(tx, member, told.share)?;
                found.all.push(Worry { id: row.id, day: clock::day(told.at), told, about });
            }
            Reading::Damaged => found.damaged = true,
            Reading::Closed => (),
        }
    }
    Ok(found)
}

fn about(tx: &mut Tx<'_>, member: &Member, share: ShareId) -> Outcome<About> {
    if shares::find_row(tx, member, share)?.is_some() {
        return Ok(About::There);
    }
    let row = share_store::find(tx, member.scope(), share)?;
    Ok(if row.is_some() { About::Closed } else { About::Gone })
}

/// No column says who told it, for that is the facilitator's alone to know: the envelope says it, and
/// the words must say the same.
fn read(opened: &Opened, row: &WorryRow) -> Outcome<Reading<Alarm>> {
    let place = (LABEL, row.id.bytes());
    let found = envelopes::read_from_anybody::<Alarm>(opened, place, &row.words)?;
    Ok(match found {
        Reading::Words((by, told)) if told.by == by => Reading::Words(told),
        Reading::Words(_) | Reading::Closed => Reading::Closed,
        Reading::Damaged => Reading::Damaged,
    })
}

/// The facilitator has seen to it, or whoever told it takes it back: it is gone.
pub fn seen_to(tx: &mut Tx<'_>, member: &Member, id: WorryId) -> Outcome<()> {
    let mine = worries(tx, member)?.all.into_iter().find(|worry| worry.id == id);
    mine.ok_or(Refusal::NotFound)?;
    remove(tx, member, id)
}

fn remove(tx: &mut Tx<'_>, member: &Member, id: WorryId) -> Outcome<()> {
    envelopes::remove(tx, member, id.bytes())?;
    Ok(store::remove_worry(tx, member.scope(), id)?)
}

/// Takes away what a member told who goes and takes their words along.
pub fn remove_told_by(tx: &mut Tx<'_>, after: &Member, opened: &Opened) -> Outcome<()> {
    for row in store::list_worries(tx, after.scope())? {
        let told = read(opened, &row)?.words();
        if told.is_some_and(|told| told.by == after.id()) {
            remove(tx, after, row.id)?;
        }
    }
    Ok(())
}
