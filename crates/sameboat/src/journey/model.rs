//! The stages of a group's life.

use serde::{Deserialize, Serialize};

use crate::ids::MemberId;

/// A stage (practice 2.9: pre-group, beginning, middle, ending).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Before the first meeting.
    Planning,
    /// The first meetings.
    Beginning,
    /// The long middle.
    Working,
    /// Looking back, and parting.
    Ending,
}

impl Stage {
    /// In their order.
    pub const ALL: [Stage; 4] = [Stage::Planning, Stage::Beginning, Stage::Working, Stage::Ending];

    /// The word in the form and in the keys of sentences.
    pub fn word(self) -> &'static str {
        match self {
            Stage::Planning => "planning",
            Stage::Beginning => "beginning",
            Stage::Working => "working",
            Stage::Ending => "ending",
        }
    }

    /// From the word in the form.
    pub fn from_word(word: &str) -> Option<Stage> {
        Stage::ALL.into_iter().find(|stage| stage.word() == word)
    }

    /// The key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Stage::Planning => "stage-planning",
            Stage::Beginning => "stage-beginning",
            Stage::Working => "stage-working",
            Stage::Ending => "stage-ending",
        }
    }

    /// The key of what usually happens now.
    pub fn usual_key(self) -> &'static str {
        match self {
            Stage::Planning => "stage-planning-usual",
            Stage::Beginning => "stage-beginning-usual",
            Stage::Working => "stage-working-usual",
            Stage::Ending => "stage-ending-usual",
        }
    }
}

/// The stage that the group named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Which.
    pub stage: Stage,
    /// Who said so.
    pub by: MemberId,
    /// When (microseconds UTC).
    pub at: i64,
}

impl Named {
    /// How a stage stands to the one that was named, in the strip: a class of its style sheet.
    pub fn class_of(named: Option<&Named>, stage: &Stage) -> &'static str {
        match named.map(|named| stage.cmp(&named.stage)) {
            Some(std::cmp::Ordering::Less) => "done",
            Some(std::cmp::Ordering::Equal) => "now",
            Some(std::cmp::Ordering::Greater) | None => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stage_is_found_by_its_word() {
        for stage in Stage::ALL {
            assert_eq!(Stage::from_word(stage.word()), Some(stage));
        }
        assert_eq!(Stage::from_word("storming"), None);
    }

    #[test]
    fn the_strip_has_one_now_and_what_lies_before_it_is_done() {
        let named = Named { stage: Stage::Working, by: MemberId::from([1; 16]), at: 0 };
        let classes = Stage::ALL.map(|stage| Named::class_of(Some(&named), &stage));
        assert_eq!(classes, ["done", "done", "now", ""]);
        assert_eq!(Stage::ALL.map(|stage| Named::class_of(None, &stage)), [""; 4]);
    }
}
