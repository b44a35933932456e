//! Answers: heard, thanks, words, and *me too*.

use seal::InstanceKey;
use storekit::Tx;

use super::offers::{is_yes_to, settled};
use super::shares::{batch, find_row};
use crate::access::Member;
use crate::clock;
use crate::drafts::{self, FormName};
use crate::error::{FieldIssue, Outcome, Refusal};
use crate::gone;
use crate::groups::envelopes::{self, Opened, Spot};
use crate::groups::{self, Reading, sayings};
use crate::ids::{AnswerId, MemberId, ShareId};
use crate::sharing::actions::readers::{ANSWER_LABEL, seal_beside};
use crate::sharing::model::{Audience, Kind, Offer, Reply, Said, Text};
use crate::sharing::store::answers::{self as store, AnswerRow};
use crate::sharing::store::shares::ShareRow;

/// A new answer.
pub struct NewAnswer {
    /// To which share.
    pub share: ShareId,
    /// What kind.
    pub kind: Kind,
    /// The words, if it has some.
    pub text: Option<Text>,
}

/// An answer, opened.
pub struct Answer {
    /// Its id.
    pub id: AnswerId,
    /// To which share.
    pub share: ShareId,
    /// The day (UTC).
    pub day: i64,
    /// Whose it is.
    pub writer: MemberId,
    /// What kind.
    pub kind: Kind,
    /// The words; empty where the kind says it all.
    pub text: String,
    /// What it offers, or says to an offer.
    pub offer: Option<Offer>,
}

/// The answers to a share that this member may read.
#[derive(Default)]
pub struct Answers {
    /// In words, in the order of coming.
    pub words: Vec<Answer>,
    /// *Heard* and *thanks*: all of them for the share's writer, for others their own.
    pub signs: Vec<Answer>,
    /// How many can't be read any more, because their rows are damaged.
    pub damaged: usize,
}

/// The form that somebody answers in.
pub fn answer_form(share: ShareId) -> FormName {
    FormName::new("sharing.answer", share)
}

/// Answers a share. *Heard* and *thanks* go to its writer alone and stand once for each member;
/// words are for everybody who may read the share.
pub fn answer(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    member: &Member,
    new: &NewAnswer,
) -> Outcome<()> {
    let (share, said) = find_row(tx, member, new.share)?.ok_or(Refusal::NotFound)?;
    let all = store::list(tx, member.scope(), new.share)?;
    match new.kind {
        Kind::Heard | Kind::Thanks => {
            let twice = all.iter().any(|row| row.writer == member.id() && row.kind == new.kind);
            if twice {
                return Ok(());
            }
            if share.writer == member.id() {
                return Err(Refusal::NotFound.into());
            }
        }
        Kind::Words => drafts::remove(tx, member.person(), &answer_form(new.share))?,
    }
    let text = match (&new.text, new.kind) {
        (Some(text), Kind::Words) => text.as_str().to_owned(),
        (None, Kind::Words) => return Err(FieldIssue::only("words", "share-words-empty")),
        (_, Kind::Heard | Kind::Thanks) => String::new(),
    };
    add(tx, instance, member, ((&share, &said), new.kind, (text, None)))
}

/// Keeps an answer behind those that are there.
pub fn add(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    member: &Member,
    (beside, kind, (text, offer)): ((&ShareRow, &Said), Kind, (String, Option<Offer>)),
) -> Outcome<()> {
    let (scope, (share, _)) = (member.scope(), beside);
    let all = store::list(tx, scope, share.id)?;
    let number = all.last().map_or(0, |row| row.number) + 1;
    let id = AnswerId::random(tx);
    let day = clock::day(tx.now());
    let reply = Reply { share: share.id, kind, text, at: tx.now(), offer };
    let spot = spot(id, member.id());
    let only_for = match (kind, offer) {
        (Kind::Words, Some(Offer::Says { by, .. })) => Some(by),
        (Kind::Words, _) => None,
        (Kind::Heard | Kind::Thanks, _) => Some(share.writer),
    };
    let words = match only_for {
        None => seal_beside(tx, instance, member, (beside, &spot, |_| reply))?,
        Some(reader) => envelopes::put(tx, instance, (member, &[reader]), (&spot, &reply))?,
    };
    let row = AnswerRow { share: share.id, id, number, day, writer: member.id(), kind, words };
    Ok(store::add(tx, scope, row)?)
}

fn spot(id: AnswerId, writer: MemberId) -> Spot {
    Spot { label: ANSWER_LABEL, row: *id.bytes(), writer }
}

/// Takes an answer of one's own back; of an offer, also a yes to it. A no stays: else it would count
/// for nothing, because the same could be offered again and again.
pub fn take_answer_back(
    tx: &mut Tx<'_>,
    member: &Member,
    share: ShareId,
    id: AnswerId,
) -> Outcome<()> {
    let all = store::list(tx, member.scope(), share)?;
    let own = all.iter().find(|row| row.id == id && row.writer == member.id());
    remove(tx, member, own.ok_or(Refusal::NotFound)?)?;
    let opened = answers_of(tx, member, share)?.words;
    let yes = opened.iter().filter(|answer| is_yes_to(answer, id));
    let yes: Vec<AnswerId> = yes.map(|answer| answer.id).collect();
    all.iter().filter(|row| yes.contains(&row.id)).try_for_each(|row| remove(tx, member, row))
}

/// Takes away an answer of somebody who goes, and whatever was said to it, as far as it opens for
/// this member.
pub fn remove_with_replies(tx: &mut Tx<'_>, after: &Member, row: &AnswerRow) -> Outcome<()> {
    let opened = answers_of(tx, after, row.share)?.words;
    remove(tx, after, row)?;
    let to_it = opened.iter().filter(|answer| settled(answer) == Some(row.id));
    let to_it: Vec<AnswerId> = to_it.map(|answer| answer.id).collect();
    let all = store::list(tx, after.scope(), row.share)?;
    all.iter().filter(|row| to_it.contains(&row.id)).try_for_each(|row| remove(tx, after, row))
}

/// Takes away an answer's row and its envelopes.
pub fn remove(tx: &mut Tx<'_>, member: &Member, row: &AnswerRow) -> Outcome<()> {
    envelopes::remove(tx, member, row.id.bytes())?;
    gone::note(tx, gone::Kind::Answer, member.scope().bytes(), row.id.bytes())?;
    Ok(store::remove(tx, member.scope(), row.share, row.id)?)
}

/// The answers to a share that this member may read.
pub fn answers_of(tx: &mut Tx<'_>, member: &Member, share: ShareId) -> Outcome<Answers> {
    let mut answers = Answers::default();
    for row in store::list(tx, member.scope(), share)? {
        let opened = envelopes::find(tx, member, row.id.bytes())?;
        match read(member, &opened, &row)? {
            Reading::Words(answer) if answer.kind == Kind::Words => answers.words.push(answer),
            Reading::Words(answer) => answers.signs.push(answer),
            Reading::Damaged => answers.damaged += 1,
            Reading::Closed => (),
        }
    }
    Ok(answers)
}

/// An answer, if it is for this member, and stands beneath the share that it was given to.
pub fn read(member: &Member, opened: &Opened, row: &AnswerRow) -> Outcome<Reading<Answer>> {
    let spot = spot(row.id, row.writer);
    let AnswerRow { id, writer, .. } = *row;
    Ok(match envelopes::read(member, opened, &spot, &row.words)? {
        Reading::Words(Reply { share, kind, text, at, offer }) if share == row.share => {
            Reading::Words(Answer { id, share, day: clock::day(at), writer, kind, text, offer })
        }
        Reading::Words(_) | Reading::Closed => Reading::Closed,
        Reading::Damaged => Reading::Damaged,
    })
}

/// Whether this member has said *heard* to a share.
pub fn heard(answers: &Answers, member: MemberId, kind: Kind) -> Option<AnswerId> {
    let found = answers.signs.iter().find(|sign| sign.writer == member && sign.kind == kind);
    found.map(|sign| sign.id)
}

/// Says *me too*. Nothing is kept of it but a mark among others.
pub fn say_me_too(tx: &mut Tx<'_>, member: &Member, share: ShareId) -> Outcome<()> {
    let row = of_others(tx, member, share)?;
    sayings::add(tx, member, &batch(row.number), (&share.to_string(), ""))
}

/// Takes a *me too* back.
pub fn take_me_too_back(tx: &mut Tx<'_>, member: &Member, share: ShareId) -> Outcome<()> {
    let row = of_others(tx, member, share)?;
    sayings::take_back(tx, member, &batch(row.number), &share.to_string())
}

/// A share that somebody else said to the group: among two, *me too* would bear a name.
fn of_others(tx: &mut Tx<'_>, member: &Member, share: ShareId) -> Outcome<ShareRow> {
    let (row, said) = find_row(tx, member, share)?.ok_or(Refusal::NotFound)?;
    let fits = row.writer != member.id() && said.audience == Audience::Group;
    if fits { Ok(row) } else { Err(Refusal::NotFound.into()) }
}

/// Seals the answers to a share that newcomers may read under the new key.
pub fn reseal(tx: &mut Tx<'_>, after: &Member, share: &ShareRow) -> Outcome<()> {
    let scope = after.scope();
    for row in store::list(tx, scope, share.id)? {
        if row.kind != Kind::Words {
            continue;
        }
        let Some(answer) = open_reply(after, &row)? else { continue };
        let id = *row.id.bytes();
        let writer = Some(row.writer.bytes().as_slice());
        let words = groups::seal_words_of(tx, after, ANSWER_LABEL, &id, writer, &answer)?;
        store::save_words(tx, scope, (row.share, row.id), words)?;
    }
    Ok(())
}

fn open_reply(after: &Member, row: &AnswerRow) -> Outcome<Option<Reply>> {
    let reply: Reading<Reply> =
        envelopes::read_of_group(after, &spot(row.id, row.writer), &row.words)?;
    Ok(reply.words().filter(|reply| reply.share == row.share))
}
