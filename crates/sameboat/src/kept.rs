//! What the rooms keep under a person's keys, and of a person in a group: it turns when the keys
//! are made new, and the page about me shows it. Each room that keeps some says so here.

use seal::{GroupSeat, InstanceKey, MemberSecret};
use storekit::Tx;

use crate::access::{GroupScope, Member, Person};
use crate::drafts::Whole;
use crate::error::Outcome;
use crate::groups::{self, Named, State, envelopes, nameless};
use crate::ids::DraftId;
use crate::people::KeyChange;
use crate::{
    agreements, common_ground, door, drafts, founding, journey, leaving, meetings, newcomers,
    notebook, returning, sharing,
};

/// What is kept of one person beside their sign-in.
pub struct Kept {
    /// How many pages their notebook has.
    pub notebook: notebook::Kept,
    /// What they typed and have not sent.
    pub drafts: Vec<Unsent>,
    /// The day of their last answer about a group they prepare (days since 1970, UTC).
    pub founding: Option<i64>,
    /// What is kept of them in each of their groups.
    pub groups: Vec<InGroup>,
}

/// A draft, for its owner to read.
pub struct Unsent {
    /// Its id.
    pub id: DraftId,
    /// When it was last saved (days since 1970, UTC).
    pub day: i64,
    /// The words; none when it was damaged.
    pub words: Option<String>,
}

impl Unsent {
    fn of(whole: Whole) -> Unsent {
        let words = whole.inside.map(|(form, text)| {
            let fields = founding::draft_in_words(&form, &text);
            fields.or_else(|| door::draft_in_words(&form, &text)).unwrap_or(text)
        });
        Unsent { id: whole.id, day: whole.day, words }
    }
}

/// What is kept of one person in one group.
pub struct InGroup {
    /// The group's outside name; empty when the group is no more.
    pub outside: String,
    /// Whether they are in it, or stand elsewhere: at the door, frozen, gone.
    pub standing: Standing,
    /// Their name and since when, where they can read it.
    pub me: Option<Named>,
    /// Table by table.
    pub lines: Vec<Line>,
}

/// How somebody stands to a group on their ring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// In it.
    Inside,
    /// At its door, or was: their letter lies there for seven days.
    AtDoor,
    /// Frozen.
    Frozen,
    /// Gone from it.
    Gone,
}

impl Standing {
    /// The key of the sentence about it.
    pub fn key(self) -> &'static str {
        match self {
            Standing::Inside => "me-group-inside",
            Standing::AtDoor => "me-group-door",
            Standing::Frozen => "me-group-frozen",
            Standing::Gone => "me-group-gone",
        }
    }
}

/// One table of a group that holds something of somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// The key of the sentence about it, which takes `count`: `me-in-` and the table's name.
    pub key: &'static str,
    /// How much it holds.
    pub count: usize,
}

impl Line {
    /// The table's name.
    pub fn table(&self) -> String {
        self.key.trim_start_matches("me-in-").replace('-', "_")
    }
}

/// What is kept, for its owner to read.
pub fn about(tx: &mut Tx<'_>, instance: &InstanceKey, person: &Person) -> Outcome<Kept> {
    let groups = person.seats().iter().map(|seat| in_group(tx, instance, person, seat));
    let groups = groups.collect::<Outcome<Vec<InGroup>>>()?;
    Ok(Kept {
        notebook: notebook::count(tx, person)?,
        drafts: drafts::list(tx, person)?.into_iter().map(Unsent::of).collect(),
        founding: founding::kept_day(tx, person)?,
        groups,
    })
}

fn in_group(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    person: &Person,
    seat: &GroupSeat,
) -> Outcome<InGroup> {
    let scope = GroupScope::of_seat(seat);
    let outside = groups::outside_name(tx, instance, scope)?.unwrap_or_default();
    let standing = match groups::state_of(tx, instance, seat)? {
        None => Standing::AtDoor,
        Some(State::Here | State::Break) => Standing::Inside,
        Some(State::Frozen) => Standing::Frozen,
        Some(State::Gone) => Standing::Gone,
    };
    let Some(member) = groups::member(tx, person, seat)? else {
        let mut lines = outside_lines(tx, seat)?;
        // What the group keeps of somebody who is gone or frozen they can no longer read.
        lines.push(line("me-in-member", usize::from(groups::knows(tx, seat)?)));
        return Ok(InGroup { outside, standing, me: None, lines: held(lines) });
    };
    let all = groups::list_members(tx, &member)?;
    let me = all.into_iter().find(|named| named.id == member.id());
    let lines = held(inside_lines(tx, &member, seat)?);
    Ok(InGroup { outside, standing, me, lines })
}

/// What a member's rows are, room by room.
fn inside_lines(tx: &mut Tx<'_>, member: &Member, seat: &GroupSeat) -> Outcome<Vec<Line>> {
    let (scope, me) = (member.scope(), member.id());
    let epochs = groups::held_epochs(tx, member.person().instance(), scope, me)?.len();
    let mut lines = vec![
        line("me-in-member", 1),
        line("me-in-epoch", epochs),
        line("me-in-key-grant", epochs),
        line("me-in-paper", agreements::list(tx, member)?.iter().filter(|v| v.by == me).count()),
        line("me-in-stance", agreements::count_stances(tx, member)?),
        line("me-in-invitation", door::count_made(tx, member)?),
        line("me-in-must-not-meet", usize::from(door::has_list(tx, member)?)),
        line("me-in-newcomer", usize::from(newcomers::is_kept(tx, member)?)),
        line("me-in-asking", leaving::count_askings(tx, member)?),
    ];
    let words = sharing::mine(tx, member)?;
    lines.push(line("me-in-share", words.shares.len()));
    lines.push(line("me-in-answer", words.answers.len()));
    lines.push(line("me-in-worry", words.told.len()));
    lines.push(line("me-in-hidden", words.hidden.len()));
    lines.push(line("me-in-envelope", envelopes::count(tx, member)?));
    lines.push(line("me-in-meeting", meetings::count_mine(tx, member)?));
    let named = journey::find(tx, member)?.is_some_and(|named| named.by == me);
    lines.push(line("me-in-stage", usize::from(named)));
    let wrote = common_ground::cause(tx, member)?.is_some_and(|cause| cause.by == me);
    lines.push(line("me-in-cause", usize::from(wrote)));
    let (returns, freezings) = returning::count_mine(tx, member)?;
    lines.push(line("me-in-coming-back", returns));
    lines.push(line("me-in-freezing", freezings));
    lines.push(line("me-in-nameless", usize::from(nameless::is_mine_kept(tx, member)?)));
    lines.extend(outside_lines(tx, seat)?);
    Ok(lines)
}

/// What lies there for somebody who has no key to the group.
fn outside_lines(tx: &mut Tx<'_>, seat: &GroupSeat) -> Outcome<Vec<Line>> {
    Ok(vec![
        line("me-in-door", usize::from(door::has_letter(tx, seat)?)),
        line("me-in-farewell", usize::from(leaving::has_farewell(tx, seat)?)),
        line("me-in-departure", usize::from(leaving::has_departure(tx, seat)?)),
    ])
}

fn line(key: &'static str, count: usize) -> Line {
    Line { key, count }
}

fn held(lines: Vec<Line>) -> Vec<Line> {
    lines.into_iter().filter(|line| line.count > 0).collect()
}

/// Seals what is kept with a sign-in anew, in the transaction that changes the keys.
pub fn turn(tx: &mut Tx<'_>, change: &KeyChange) -> Outcome<()> {
    notebook::reseal(tx, change.person, &change.old_own, &change.new_own)?;
    drafts::reseal(tx, change.person, &change.old, &change.new)?;
    founding::reseal(tx, change.person, &change.old, &change.new)
}

/// A member whose secret was made new, after their group's key turned to it.
pub struct SeatChange<'a> {
    /// The member, with the keys of now and the old secret.
    pub member: &'a Member,
    /// The new secret.
    pub secret: &'a MemberSecret,
    /// The person's keys before and after.
    pub keys: &'a KeyChange,
}

/// What hangs on a member's keys inside a group: envelopes to them, what they hid. Their
/// marks stay: exchanged ones would show whoever compares two copies whose they are.
pub fn turn_in_group(tx: &mut Tx<'_>, change: &SeatChange<'_>) -> Outcome<()> {
    let SeatChange { member, secret, keys } = change;
    envelopes::rewrap(tx, member, secret)?;
    sharing::reseal_hidden(tx, member, &keys.old_own, &keys.new_own)
}

/// What is boxed to a member's secret, whether they are in the group or gone from it.
pub fn turn_seat(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    seats: (&GroupSeat, &GroupSeat),
) -> Outcome<()> {
    leaving::turn_seat(tx, instance, seats)
}
