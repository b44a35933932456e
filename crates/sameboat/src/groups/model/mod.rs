//! Names and states of members.

mod alike;
mod beginning;
mod visible;

use serde::{Deserialize, Serialize};
use unicode_security::MixedScript;

use crate::error::FieldIssue;
use crate::ids::{EnvelopeId, MemberId};

pub use alike::written_alike;
pub use beginning::Beginning;
pub use visible::{plain_line, says_something};

/// The longest name, in characters.
const LONGEST: usize = 40;

/// A good name: visible, normalised, without tricks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberName(String);

impl MemberName {
    /// Reads a name as somebody typed it: any script, normalised, single spaces. Invisible and
    /// direction-changing characters are taken out; a letter, digit or picture must be left.
    ///
    /// # Errors
    /// The sentence to show beside the field `name`.
    pub fn parse(typed: &str) -> Result<MemberName, FieldIssue> {
        let name = plain_line(typed);
        let issue = |key| FieldIssue { field: "name", key };
        match name.chars().count() {
            _ if !says_something(&name) => Err(issue("name-empty")),
            n if n > LONGEST => Err(issue("name-long")),
            _ => Ok(MemberName(name)),
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Up to two letters that stand for the name in a small circle.
    pub fn initials(&self) -> String {
        let words = self.0.split_whitespace();
        words.filter_map(|w| w.chars().next()).take(2).flat_map(char::to_uppercase).collect()
    }

    /// Whether another name is the same, or written alike.
    pub fn is_alike(&self, other: &MemberName) -> bool {
        written_alike(&self.0, &other.0)
    }

    /// Whether signs stand in it that cannot be seen.
    pub fn has_hidden(&self) -> bool {
        visible::has_hidden(&self.0)
    }

    /// Whether letters of scripts that don't belong together stand in one name.
    pub fn is_mixed(&self) -> bool {
        !self.0.as_str().is_single_script()
    }
}

/// How somebody stands in their group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Here.
    Here,
    /// On a break.
    Break,
    /// Gone: left, or was asked to leave.
    Gone,
    /// Frozen until the group has spoken with them.
    Frozen,
}

impl State {
    /// The word in the row.
    pub fn word(self) -> &'static str {
        match self {
            State::Here => "here",
            State::Break => "break",
            State::Gone => "gone",
            State::Frozen => "frozen",
        }
    }

    /// From the word in the row.
    pub fn from_word(word: &str) -> Option<State> {
        [State::Here, State::Break, State::Gone, State::Frozen]
            .into_iter()
            .find(|state| state.word() == word)
    }

    /// Whether this member has the group's key.
    pub fn has_key(self) -> bool {
        match self {
            State::Here | State::Break => true,
            State::Gone | State::Frozen => false,
        }
    }
}

/// The mark that every name carries (A7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// In the same boat.
    Member,
    /// Works with groups, and says so to all.
    Worker,
}

/// What a group knows of one of its members, under the group's key.
#[derive(Clone, Serialize, Deserialize)]
pub struct About {
    /// The name in this group.
    pub name: MemberName,
    /// Member or worker.
    pub role: Role,
    /// Whether they began the group. It gives no power once the agreement is ratified.
    pub founder: bool,
    /// When they came in (microseconds UTC).
    pub since: i64,
    /// The member by whose link they came.
    #[serde(default)]
    pub by: Option<MemberId>,
    /// Whoever stands at the beginning of the links by which they came, after whoever began the
    /// group; none for those whom the latter invited: each begins a branch of their own.
    #[serde(default)]
    pub branch: Option<MemberId>,
    /// Names that they had lately in this group.
    #[serde(default)]
    pub formerly: Vec<Formerly>,
    /// Whether all of it was lost with a damaged row. They can take a name again; but as nobody
    /// knows any more by whose link they came, they have no voice about anybody's place.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub lost: bool,
}

/// A name that somebody had before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Formerly {
    /// The name.
    pub name: MemberName,
    /// The day on which they took another one (UTC).
    pub day: i64,
}

/// Days for which everybody is told that somebody took another name.
const TOLD_DAYS: i64 = 14;
/// How many names somebody may leave behind in those days, so that each is told.
const MOST_NAMES: usize = 3;

impl About {
    /// Somebody of whom nothing else is known.
    pub fn new(name: MemberName, role: Role, since: i64) -> About {
        let formerly = Vec::new();
        About { name, role, founder: false, since, by: None, branch: None, formerly, lost: false }
    }

    /// Somebody of whom nothing is known any more.
    pub fn lost() -> About {
        About { lost: true, ..About::new(MemberName("?".to_owned()), Role::Member, 0) }
    }

    /// The same, who comes by a link of this member.
    pub fn by_link_of(self, maker: MemberId, about: Option<&About>) -> About {
        let branch = match about {
            Some(about) if about.founder => None,
            Some(about) => Some(about.branch_of(maker)),
            None => Some(maker),
        };
        About { by: Some(maker), branch, ..self }
    }

    /// The branch of links that the member of this id belongs to.
    pub fn branch_of(&self, id: MemberId) -> MemberId {
        self.branch.unwrap_or(id)
    }

    /// Takes another name, or goes back to one. False when they took several others lately.
    pub fn take_name(&mut self, name: MemberName, today: i64) -> bool {
        self.forget_names(today);
        if self.name == name {
            return true;
        }
        let is_back = self.formerly.iter().any(|was| was.name == name);
        if self.formerly.len() >= MOST_NAMES && !is_back {
            return false;
        }
        let was = std::mem::replace(&mut self.name, name);
        self.formerly.push(Formerly { name: was, day: today });
        // Who takes an earlier name again left it behind no more.
        self.formerly.retain(|was| was.name != self.name);
        true
    }

    /// Names from long ago are told to nobody any more.
    pub fn forget_names(&mut self, today: i64) {
        self.formerly.retain(|was| today - was.day < TOLD_DAYS);
    }

    /// What they are called, and were until lately.
    pub fn names(&self) -> impl Iterator<Item = &MemberName> {
        std::iter::once(&self.name).chain(self.formerly.iter().map(|was| &was.name))
    }

    /// Whether they are called so, or were until lately, or written alike.
    pub fn is_called(&self, name: &MemberName) -> bool {
        self.names().any(|own| own.is_alike(name))
    }
}

/// A few words locked for two members. Nothing on it says for whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enclosed {
    /// What its keys are bound to.
    pub item: EnvelopeId,
    /// For whom they are, beside their writer.
    pub to: MemberId,
    /// The words, sealed.
    #[serde(with = "text")]
    pub words: Vec<u8>,
    /// Their key, for whoever wrote them.
    #[serde(with = "text")]
    pub writers: Vec<u8>,
    /// The same, for the other.
    #[serde(with = "text")]
    pub others: Vec<u8>,
}

/// Bytes as text: as numbers they would take up three times the room.
mod text {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use serde::{Deserialize, Deserializer, Serializer, de};

    pub fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&URL_SAFE_NO_PAD.encode(bytes))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(from)?;
        URL_SAFE_NO_PAD.decode(text).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(typed: &str) -> String {
        MemberName::parse(typed).expect("a good name").as_str().to_owned()
    }

    #[test]
    fn names_of_any_script_are_welcome() {
        for good in ["Amara", "Żółć", "محمد", "सीता", "美咲", "O’Brien", "Jean-Luc Ó"]
        {
            assert_eq!(name(good), good);
        }
    }

    #[test]
    fn tricks_are_taken_out() {
        assert_eq!(name("  Ro\u{200b}sa \u{202e} M. "), "Rosa M.");
        for nothing in ["\u{2060}\u{3164} ", "\u{200d}", "\u{fe0f}", "\u{17b4}", "\u{301}"] {
            assert!(MemberName::parse(nothing).is_err(), "{nothing:?}");
        }
        assert!(MemberName::parse(&"a".repeat(41)).is_err());
    }

    #[test]
    fn names_that_look_alike_are_alike() {
        let latin = MemberName::parse("Rosa").expect("a name");
        let cyrillic = MemberName::parse("Rоsa").expect("a name");
        assert_ne!(latin, cyrillic);
        assert!(latin.is_alike(&cyrillic));
        assert!(cyrillic.is_mixed() && !latin.is_mixed());
    }

    #[test]
    fn initials_stand_for_names() {
        assert_eq!(MemberName::parse("anna maria lee").expect("a name").initials(), "AM");
    }

    #[test]
    fn names_that_somebody_left_behind_are_told_for_two_weeks_and_are_not_many() {
        let name = |typed| MemberName::parse(typed).expect("a good name");
        let mut about = About::new(name("Bea"), Role::Member, 0);
        assert!(about.take_name(name("Bea"), 100) && about.formerly.is_empty());
        for typed in ["Bee", "Bel", "Ben"] {
            assert!(about.take_name(name(typed), 100));
        }
        assert!(!about.take_name(name("Bob"), 113), "each is told for its days");
        assert!(about.is_called(&name("bea")) && !about.is_called(&name("Bob")));
        assert!(about.take_name(name("Bob"), 114) && !about.is_called(&name("Bea")));
    }

    #[test]
    fn who_comes_by_links_of_others_than_the_founder_belongs_to_their_branch() {
        let id = |n| MemberId::from([n; 16]);
        let new = || About::new(MemberName::parse("Bo").expect("a name"), Role::Member, 0);
        let founder = About { founder: true, ..new() };
        let bo = new().by_link_of(id(1), Some(&founder));
        let cy = new().by_link_of(id(2), Some(&bo));
        let di = new().by_link_of(id(3), Some(&cy));
        assert_eq!([bo.branch_of(id(2)), cy.branch_of(id(3)), di.branch_of(id(4))], [id(2); 3]);
        assert_eq!(new().by_link_of(id(5), None).branch_of(id(6)), id(5));
    }
}
