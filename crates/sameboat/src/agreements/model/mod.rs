//! Papers and what people say to them: pure.

mod deciding;
mod lost;
mod opening;
mod said;

use jiff::civil::{Date, Time, Weekday};
use serde::{Deserialize, Serialize};

pub use self::deciding::{
    ASK_AGAIN_DAYS, Deciding, WAIT_DAYS, ended_by_the_clock, ends_powers, now_holds,
};
pub use self::opening::{Opening, careful, with_rule};
pub use self::said::{Position, Said, Stance};
use crate::ids::MemberId;

macro_rules! choices {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// All of them, in the order in which they are offered.
            pub const ALL: &[$name] = &[$($name::$variant),+];

            /// The word in forms, keys of sentences and sealed values.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }

            /// From the word in a form.
            pub fn from_word(word: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|choice| choice.word() == word)
            }
        }
    )+};
}

choices! {
    /// What a group is mainly for (A15).
    Aim {
        /// Solving the members' problem.
        Solve = "solve",
        /// A springboard for action.
        Act = "act",
        /// Another way of living with the situation.
        Live = "live",
    }
    /// How often a group meets.
    Rhythm {
        /// Every week.
        Weekly = "weekly",
        /// Every second week.
        Fortnightly = "fortnightly",
        /// Every month.
        Monthly = "monthly",
        /// Agreed from meeting to meeting.
        ByAgreement = "by-agreement",
    }
    /// How a group meets.
    Way {
        /// In a room.
        Room = "room",
        /// By phone.
        Phone = "phone",
        /// By video or voice on the internet.
        Online = "online",
        /// By text over some days.
        Text = "text",
    }
    /// Who may come in, and when.
    Newcomers {
        /// At any time.
        Open = "open",
        /// Only the first people.
        Closed = "closed",
    }
    /// What newcomers may read of what was written before they came.
    Earlier {
        /// Nothing but the standing papers.
        Never = "never",
        /// All of it, at once.
        AtOnce = "at-once",
        /// All of it after 72 hours, if nobody objected in private.
        AfterADay = "after-72-hours",
    }
    /// The three rules that stay (C13).
    Floor {
        /// No discrimination.
        Respect = "respect",
        /// What is said here stays here, with stated limits.
        Confidence = "confidence",
        /// Everybody may pass, and leave.
        Pass = "pass",
    }
    /// Clauses that a group may switch on and change.
    Suggestion {
        /// One voice at a time.
        OneVoice = "one-voice",
        /// Advice when asked for.
        AskedAdvice = "asked-advice",
        /// The same chance to speak.
        EqualTime = "equal-time",
        /// No recording.
        NoRecording = "no-recording",
        /// Contact outside only with a yes.
        Outside = "outside",
        /// Roles go round.
        RolesRound = "roles-round",
        /// Who came is kept.
        WhoCame = "who-came",
    }
}

/// When the group ends, or looks again at whether to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum End {
    /// It ends on this day.
    Ends(Date),
    /// It looks again on this day.
    Review(Date),
}

/// What the group is for, and not for.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purpose {
    /// “We are people who …”
    pub who: String,
    /// “… meeting to …”
    pub what_for: String,
    /// Who it is not for.
    pub not_for: String,
    /// What it is mainly for.
    pub aim: Aim,
}

/// How the group meets.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    /// How often.
    pub rhythm: Rhythm,
    /// On which day, if it is always the same: 1 is Monday.
    pub weekday: Option<i8>,
    /// At what time, on the clock of `zone`.
    pub time: Option<Time>,
    /// The IANA name of the time zone.
    pub zone: String,
    /// How long a meeting lasts, in minutes (15 to 480).
    pub minutes: u16,
    /// In what way.
    pub way: Way,
    /// Where, or how to get in: in words.
    pub place: String,
    /// At most how many people (3 to 30).
    pub most: u8,
    /// Who may come in.
    pub newcomers: Newcomers,
    /// Ending or review.
    pub end: End,
}

impl Shape {
    /// The day of the week, if it is always the same.
    pub fn weekday(&self) -> Option<Weekday> {
        Weekday::from_monday_one_offset(self.weekday?).ok()
    }
}

/// A line of the safety card.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SafetyLine {
    /// The service's name.
    pub name: String,
    /// The number as dialled, or what to text to which number.
    pub number: String,
}

impl SafetyLine {
    /// The address of a link that calls this number (RFC 3966), where nothing but a number stands.
    pub fn call(&self) -> Option<String> {
        let is_number = |c: char| c.is_ascii_digit() || " +-()/.".contains(c);
        let digits = self.number.chars().filter(char::is_ascii_digit).count();
        let dialled = (2..=15).contains(&digits) && self.number.chars().all(is_number);
        let keys = self.number.chars().filter(|c| c.is_ascii_digit() || *c == '+');
        dialled.then(|| format!("tel:{}", keys.collect::<String>()))
    }
}

/// Whom to call, confirmed by a person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SafetyCard {
    /// The country that was chosen (ISO 3166, two letters).
    pub country: String,
    /// Services and numbers.
    pub lines: Vec<SafetyLine>,
    /// When a person confirmed the numbers (microseconds UTC).
    pub confirmed: i64,
}

/// One line of an agreement.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Clause {
    /// One of the three that stay.
    Floor(Floor),
    /// One that we suggest, in our words.
    Suggested(Suggestion),
    /// One in the group's own words, with a number that stays the same through versions.
    Own {
        /// Its number.
        number: u32,
        /// Its words.
        text: String,
    },
}

impl Clause {
    /// A name that stays the same through versions: for forms and stances.
    pub fn name(&self) -> String {
        match self {
            Clause::Floor(floor) => format!("floor-{}", floor.word()),
            Clause::Suggested(suggestion) => suggestion.word().to_owned(),
            Clause::Own { number, .. } => format!("own-{number}"),
        }
    }
}

/// Everything a group agreed on, whole.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Papers {
    /// The name inside.
    pub inside: String,
    /// The name outside: tab, calendar, notices.
    pub outside: String,
    /// What for.
    pub purpose: Purpose,
    /// How.
    pub shape: Shape,
    /// Whom to call.
    pub safety: SafetyCard,
    /// What newcomers may read.
    pub earlier: Earlier,
    /// The clauses but the floor, in order.
    pub clauses: Vec<Clause>,
}

impl Papers {
    /// All clauses; the floor rules first, whatever was stored.
    pub fn all_clauses(&self) -> Vec<Clause> {
        let floor = Floor::ALL.iter().map(|floor| Clause::Floor(*floor));
        let rest = self.clauses.iter().filter(|clause| !matches!(clause, Clause::Floor(_)));
        floor.chain(rest.cloned()).collect()
    }

    /// Whether the group keeps a note of who came.
    pub fn keeps_who_came(&self) -> bool {
        self.clauses.contains(&Clause::Suggested(Suggestion::WhoCame))
    }
}

choices! {
    /// How a version stands.
    VersionState {
        /// The founders' draft, in force until something is ratified.
        Working = "working",
        /// Proposed; the one before holds meanwhile.
        Proposed = "proposed",
        /// In force, by everybody's word.
        Holds = "holds",
        /// Replaced, withdrawn or fallen.
        Passed = "passed",
    }
}

/// One version of the papers.
#[derive(Clone)]
pub struct Version {
    /// Its number, from 1.
    pub number: i64,
    /// How it stands.
    pub state: VersionState,
    /// The day (UTC) since which it stands so.
    pub day: i64,
    /// The day (UTC) on which it was written.
    pub made: i64,
    /// Who wrote it.
    pub by: MemberId,
    /// Whether it began as a draft, before anything was ratified.
    pub draft: bool,
    /// The day (UTC) on which the first draft was written.
    pub begun: i64,
    /// The day (UTC) on which, as a draft, it stopped being whoever began the group's to change.
    pub ended: Option<i64>,
    /// What it says.
    pub papers: Papers,
    /// What newcomers may read of each epoch's words, while it is in force.
    pub openings: Vec<Opening>,
    /// What everybody said to it, in a word.
    pub said: Vec<Said>,
    /// Everybody who ever said something to it, or to a version before it.
    pub spoke: Vec<MemberId>,
}

impl Version {
    /// Whether it waits for everybody's word.
    pub fn waits(&self) -> bool {
        match self.state {
            VersionState::Working | VersionState::Proposed => true,
            VersionState::Holds | VersionState::Passed => false,
        }
    }

    /// The key of the sentence about how it stands.
    pub fn state_key(&self) -> String {
        format!("version-{}", self.state.word())
    }

    /// Whether it is the draft, and whoever began the group still has extra powers.
    pub fn is_founders(&self) -> bool {
        self.state == VersionState::Working && self.ended.is_none()
    }

    /// Whether it is in force.
    pub fn in_force(&self) -> bool {
        match self.state {
            VersionState::Working | VersionState::Holds => true,
            VersionState::Proposed | VersionState::Passed => false,
        }
    }
}
