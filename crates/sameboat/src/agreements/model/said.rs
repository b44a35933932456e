//! What counts of what people said to a version.

use serde::{Deserialize, Serialize};

use super::Version;
use crate::ids::MemberId;

/// What somebody says to one clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Position {
    /// Yes.
    Accept,
    /// Not my choice, but I won't be in the way.
    StandAside,
    /// No, and why.
    Object(String),
}

/// What one member says to one version. Clauses not named are accepted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stance {
    /// Clause name → what they say to it.
    pub positions: std::collections::BTreeMap<String, Position>,
}

impl Stance {
    /// Whether nothing in it stands in the way.
    pub fn lets_pass(&self) -> bool {
        !self.positions.values().any(|position| matches!(position, Position::Object(_)))
    }
}

/// What somebody said, in a word. It lies in the version's own row, so that it counts though the row
/// with the reasons is missing, or an older one was put in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Who.
    pub who: MemberId,
    /// Whether nothing in it stands in the way.
    pub passes: bool,
    /// Which row with reasons it goes with.
    pub mark: u64,
}

impl Version {
    /// Puts somebody's word in place of the one that they gave before.
    pub fn hear(&mut self, said: Said) {
        self.said.retain(|before| before.who != said.who);
        self.said.push(said);
        if !self.spoke.contains(&said.who) {
            self.spoke.push(said.who);
        }
    }

    /// Whether this member said something to it.
    pub fn heard(&self, who: MemberId) -> bool {
        self.said.iter().any(|said| said.who == who)
    }

    /// What counts when it is decided, without the reasons.
    pub fn counted(&self) -> Vec<(MemberId, Stance)> {
        self.said.iter().map(|said| (said.who, said.in_short())).collect()
    }
}

impl Said {
    fn in_short(&self) -> Stance {
        let mut stance = Stance::default();
        if !self.passes {
            stance.positions.insert(String::new(), Position::Object(String::new()));
        }
        stance
    }
}
