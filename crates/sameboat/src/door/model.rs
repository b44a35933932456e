//! Letters, lists and how names are compared: pure.

use serde::{Deserialize, Serialize};

use crate::agreements::{Newcomers, Papers, Stance};
use crate::error::FieldIssue;
use crate::groups::{MemberName, plain_line, written_alike};
use crate::ids::MemberId;

/// Days after which a link may end.
pub const UNTIL_DAYS: [i64; 5] = [1, 3, 7, 14, 30];
/// Days for which a link back holds.
pub const BACK_DAYS: i64 = 7;
/// How many links one form makes at most.
pub const LINKS_AT_ONCE: usize = 10;
/// How many links a group may have out at once.
pub const LINKS_OUT: usize = 60;
/// Days that somebody stands at the door.
pub const AT_DOOR_DAYS: i64 = 7;
/// Days from its beginning in which a closed group still gathers its people.
pub const GATHERING_DAYS: i64 = 28;

/// What a link opens: the papers of one version, as they were when it was made, without the place.
#[derive(Clone, Serialize, Deserialize)]
pub struct Copy {
    /// The version's number.
    pub version: i64,
    /// What it says.
    pub papers: Papers,
    /// Whether somebody in the group works with groups, when the link was made.
    #[serde(default)]
    pub worker: bool,
}

impl Copy {
    /// A copy of these papers. Whoever holds a link is not told where the group meets.
    pub fn of(version: i64, mut papers: Papers, worker: bool) -> Copy {
        papers.shape.place.clear();
        Copy { version, papers, worker }
    }
}

/// What a group knows of a link.
#[derive(Clone, Serialize, Deserialize)]
pub struct About {
    /// The member who made it, as hexadecimal digits.
    pub by: String,
    /// What they noted beside it.
    pub label: String,
    /// Whether it was taken back after somebody knocked with it: kept until they are in or go, so
    /// that it stays known by whose link they came, and shown on no list.
    #[serde(default)]
    pub taken: bool,
}

/// What somebody writes who stands at the door.
#[derive(Clone, Serialize, Deserialize)]
pub struct Letter {
    /// The name they want in this group.
    pub name: MemberName,
    /// How to reach them safely.
    pub reach: String,
    /// What would make it hard to come.
    pub hard: String,
    /// Whom they must not meet; shown to nobody.
    pub must_not_meet: MustNotMeet,
    /// The version that they read.
    pub version: i64,
    /// What they say to it.
    pub stance: Stance,
    /// The public half of the secret that they made for this group.
    pub public: [u8; 32],
    /// Whether it was stopped by the list of somebody who has left since: it stays so, or all would
    /// know by its being shown whose list it was.
    #[serde(default)]
    pub stopped: bool,
    /// Spaces.
    #[serde(default)]
    pub fill: String,
}

impl Letter {
    /// The same letter, filled up, so that its size does not tell who named somebody.
    pub fn filled(mut self) -> Letter {
        self.fill.clear();
        self.fill = spaces(&self);
        self
    }
}

/// Bytes that letters and lists are filled up to: twenty names of sixty letters in any script, and
/// room for the rest.
const FILLED: usize = 8 * 1024;

fn spaces(words: &impl Serialize) -> String {
    let length = serde_json::to_vec(words).map_or(0, |bytes| bytes.len());
    " ".repeat(FILLED.saturating_sub(length))
}

/// Whom somebody must not meet.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MustNotMeet {
    /// Names, as they were typed.
    pub names: Vec<String>,
    /// Whether they want to know when somebody was stopped because of this list.
    pub tell: bool,
}

/// The longest text of an answer (characters), how many names a list takes, and how long a name.
const ANSWER: usize = 500;
const NAMES: usize = 20;
const NAME: usize = 60;

impl MustNotMeet {
    /// Reads one name a line.
    ///
    /// # Errors
    /// The sentence to show beside the field `must-not-meet`.
    pub fn parse(typed: &str, tell: bool) -> Result<MustNotMeet, FieldIssue> {
        let issue = |key| FieldIssue { field: "must-not-meet", key };
        let names = typed.lines().map(plain_line).filter(|name| !name.is_empty());
        let names: Vec<String> = names.collect();
        if names.len() > NAMES {
            return Err(issue("must-not-meet-many"));
        }
        if names.iter().any(|name| name.chars().count() > NAME) {
            return Err(issue("must-not-meet-long"));
        }
        Ok(MustNotMeet { names, tell })
    }

    /// Whether this name is on the list, written alike.
    pub fn has(&self, name: &MemberName) -> bool {
        self.names.iter().any(|listed| written_alike(listed, name.as_str()))
    }
}

/// An answer of several lines, normalised.
///
/// # Errors
/// The sentence to show beside the field.
pub fn answer(field: &'static str, typed: &str) -> Result<String, FieldIssue> {
    let lines: Vec<String> = typed.lines().map(plain_line).collect();
    let text = lines.join("\n").trim().to_owned();
    if text.chars().count() > ANSWER {
        return Err(FieldIssue { field, key: "joining-long" });
    }
    Ok(text)
}

/// What a member's row holds, always written to one length.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct OwnList {
    /// The list.
    pub list: MustNotMeet,
    /// Who was stopped because of it.
    pub stops: Vec<Stopped>,
    /// All lists of a group are saved together and have one number; a row with an earlier one was put
    /// back.
    #[serde(default)]
    pub edition: u64,
    /// Whether the row was missing, or an old one, and its owner has not written it anew.
    #[serde(default)]
    pub lost: bool,
    /// Spaces.
    #[serde(default)]
    pub fill: String,
}

/// Somebody was stopped.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stopped {
    /// Who, as hexadecimal digits. It leads to nobody once they are gone from the door.
    pub guest: String,
    /// Whether the owner of the list has read it.
    pub seen: bool,
}

/// Stops that are remembered.
const STOPS: usize = 20;

impl OwnList {
    /// Remembers a stop; false if it was known.
    pub fn stop(&mut self, guest: MemberId) -> bool {
        let guest = guest.to_string();
        if self.stops.iter().any(|stopped| stopped.guest == guest) {
            return false;
        }
        if self.stops.len() >= STOPS {
            self.stops.remove(0);
        }
        self.stops.push(Stopped { guest, seen: false });
        true
    }

    /// Remembers somebody of whom the owner of the list is told nothing.
    pub fn know(&mut self, guest: MemberId) {
        if self.stop(guest)
            && let Some(last) = self.stops.last_mut()
        {
            last.seen = true;
        }
    }

    /// The same list, filled up, so that its size tells nothing.
    pub fn filled(mut self) -> OwnList {
        self.fill.clear();
        self.fill = spaces(&self);
        self
    }
}

/// Whether a group that agreed on these papers has room for one more.
///
/// # Errors
/// The key of the sentence that says why not.
pub fn has_room(papers: &Papers, people: usize, age_days: i64) -> Result<(), &'static str> {
    let shape = &papers.shape;
    match shape.newcomers {
        Newcomers::Closed if age_days > GATHERING_DAYS => Err("door-closed"),
        Newcomers::Closed | Newcomers::Open if people >= usize::from(shape.most) => {
            Err("door-full")
        }
        Newcomers::Closed | Newcomers::Open => Ok(()),
    }
}
