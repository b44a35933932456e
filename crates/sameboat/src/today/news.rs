//! What waits for me and what happened lately, about the papers and about who is here.

use storekit::Tx;

use crate::access::Member;
use crate::agreements::{self, Unanswered, Version, VersionState, WAIT_DAYS};
use crate::clock;
use crate::error::Outcome;
use crate::groups::{self, Named, State};
use crate::ids::MemberId;
use crate::newcomers::{self, Waiting};
use crate::returning::{self, Back, Ice};
use crate::{journey, leaving};

/// Days for which Today tells of something that happened.
const SHOWN_DAYS: i64 = 14;

/// What Today tells.
pub struct News {
    /// A version that waits, if this member said nothing to it yet.
    pub waiting: Option<Version>,
    /// Whether somebody objects to the version that waits.
    pub objected: bool,
    /// What a newcomer read at the door, where another version is in force.
    pub unanswered: Option<Unanswered>,
    /// Newcomers who wait for earlier words.
    pub newcomers: Vec<Waiting>,
    /// Who lost everything and is on the way back.
    pub returns: Vec<Back>,
    /// Whose place is frozen, or is to be.
    pub ices: Vec<Ice>,
    /// Whether to ask them once more (day 11 to 13).
    pub again: bool,
    /// A working draft that was changed lately.
    pub changed: Option<Version>,
    /// A change that came into force lately.
    pub in_force: Option<Version>,
    /// The day on which the founder's powers ended, if that was lately.
    pub powers_ended: Option<i64>,
    /// Whether this member is asked to leave.
    pub asked: bool,
    /// Who is asked to leave; the one who is asked does not see it here.
    pub askings: Vec<(MemberId, String)>,
    /// The stage that the group named.
    pub stage: Option<journey::Named>,
    /// Who went lately.
    pub departures: Vec<Went>,
    /// Who took another name lately, for those who knew the one before.
    pub renamed: Vec<Renamed>,
    /// Everybody who is or was here, as far as their names stand.
    names: Vec<Named>,
}

/// Somebody took another name.
pub struct Renamed {
    /// What they were called.
    pub was: String,
    /// What they are called now.
    pub is: String,
}

/// Somebody went.
pub struct Went {
    /// Their name, if it still stands.
    pub name: Option<String>,
    /// The key of the sentence.
    pub key: &'static str,
    /// On which day (UTC).
    pub day: i64,
}

/// Reads it.
pub fn find(tx: &mut Tx<'_>, member: &Member) -> Outcome<News> {
    let today = clock::day(tx.now());
    let me = member.id();
    let holding = agreements::holding(tx, member)?;
    let objected = agreements::is_objected(tx, member)?;
    let waiting = match agreements::waiting(tx, member)? {
        Some(version) => {
            let said = agreements::stance_of(tx, member, &version, me)?;
            said.is_none().then_some(version)
        }
        None => None,
    };
    let again = waiting.as_ref().is_some_and(|v| agreements::is_asked_again(today - v.day));
    let names = groups::list_members(tx, member)?;
    let name = |who: MemberId| {
        let found = names.iter().find(|named| named.id == who);
        found.map(|named| named.about.name.as_str().to_owned())
    };
    let askings = leaving::open_askings(tx, member)?;
    let others = askings.iter().map(|open| open.who).filter(|who| *who != me);
    let went = leaving::departures(tx, member)?;
    let went =
        went.iter().map(|went| Went { name: name(went.who), key: went.how.key(), day: went.day });
    let fresh = |day: i64| today - day < SHOWN_DAYS;
    let ratified = holding.state == VersionState::Holds && holding.draft;
    let ended = holding.ended.or(ratified.then_some(holding.day));
    let agreed = holding.state == VersionState::Holds && !holding.draft && holding.number > 1;
    let rewritten = holding.state == VersionState::Working && holding.number > 1;
    Ok(News {
        unanswered: agreements::unanswered(tx, member)?,
        newcomers: newcomers::waiting(tx, member)?,
        returns: returning::list_returns(tx, member)?,
        ices: returning::list_frozen(tx, member)?,
        waiting,
        objected,
        again,
        powers_ended: ended.filter(|day| fresh(*day)),
        in_force: (agreed && since(&names, me, today) <= holding.day && fresh(holding.day))
            .then(|| holding.clone()),
        changed: (rewritten && fresh(holding.made)).then_some(holding),
        asked: askings.iter().any(|open| open.who == me),
        askings: others.filter_map(|who| Some((who, name(who)?))).collect(),
        stage: journey::find(tx, member)?,
        departures: went.collect(),
        renamed: renamed(&names, me, today),
        names,
    })
}

/// The day on which this member came in.
fn since(names: &[Named], me: MemberId, today: i64) -> i64 {
    let mine = names.iter().find(|named| named.id == me);
    mine.map_or(today, |named| clock::day(named.about.since))
}

/// Who came in later than a name was left behind is not told it.
fn renamed(names: &[Named], me: MemberId, today: i64) -> Vec<Renamed> {
    let since = since(names, me, today);
    let mut found = Vec::new();
    for named in names.iter().filter(|named| named.state != State::Gone) {
        let was = named.about.formerly.iter();
        for was in was.filter(|was| today - was.day < SHOWN_DAYS && since <= was.day) {
            let is = named.about.name.as_str().to_owned();
            found.push(Renamed { was: was.name.as_str().to_owned(), is });
        }
    }
    found
}

impl News {
    /// The name of somebody who is or was here, as far as it stands.
    pub fn name(&self, who: &MemberId) -> Option<&str> {
        let found = self.names.iter().find(|named| named.id == *who);
        found.map(|named| named.about.name.as_str())
    }

    /// Until when a version waits (a day, UTC).
    pub fn until(&self, version: &Version) -> i64 {
        version.day + WAIT_DAYS
    }

    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_none()
            && !self.objected
            && self.unanswered.is_none()
            && self.newcomers.is_empty()
            && self.returns.is_empty()
            && self.ices.is_empty()
            && self.changed.is_none()
            && self.in_force.is_none()
            && self.powers_ended.is_none()
            && !self.asked
            && self.askings.is_empty()
            && self.departures.is_empty()
            && self.renamed.is_empty()
    }
}
