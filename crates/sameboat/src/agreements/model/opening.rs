//! What newcomers may read of words, by what was agreed when these were written.

use serde::{Deserialize, Serialize};

use super::{Earlier, Version, VersionState};

/// From an epoch on, newcomers may read so much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// The first epoch of which it is true.
    pub epoch: u32,
    /// How much.
    pub earlier: Earlier,
}

/// What was agreed so far, and a rule that holds from the next epoch on, if it is another one.
/// What is written in the epoch `now` was written under the rule before.
pub fn with_rule(mut openings: Vec<Opening>, earlier: Earlier, now: u32) -> Vec<Opening> {
    // What was to hold from the next epoch on has opened and closed nothing yet.
    openings.retain(|opening| opening.epoch <= now);
    match openings.last() {
        None => openings.push(Opening { epoch: 1, earlier }),
        Some(last) if last.earlier == earlier => {}
        Some(_) => openings.push(Opening { epoch: now + 1, earlier }),
    }
    openings
}

/// The newest of these versions that was ever in force, as one that opens nothing earlier: for a group
/// whose row of the version in force was taken away. What was only proposed has no openings, also
/// where an old copy of its row was put back and counts as one that has passed.
pub fn careful(all: &[Version]) -> Option<Version> {
    let was = |version: &&Version| {
        version.state != VersionState::Proposed && !version.openings.is_empty()
    };
    let mut version = all.iter().find(was)?.clone();
    version.state = VersionState::Holds;
    version.papers.earlier = Earlier::Never;
    version.openings = vec![Opening { epoch: 1, earlier: Earlier::Never }];
    Some(version)
}

impl Earlier {
    fn width(self) -> u8 {
        match self {
            Earlier::Never => 0,
            Earlier::AfterADay => 1,
            Earlier::AtOnce => 2,
        }
    }

    /// Whether it opens more, or sooner.
    pub fn is_wider_than(self, other: Earlier) -> bool {
        self.width() > other.width()
    }
}

impl Version {
    /// What newcomers may read of words of an epoch; nothing where it is not known.
    pub fn opening_of(&self, epoch: u32) -> Earlier {
        let held = self.openings.iter().rev().find(|opening| opening.epoch <= epoch);
        held.map_or(Earlier::Never, |opening| opening.earlier)
    }

    /// Whether its rule about newcomers waits for the key to turn: until then words would come to
    /// lie among those of the rule before.
    pub fn waits_for_turn(&self, now: u32) -> bool {
        self.openings.last().is_some_and(|last| last.epoch > now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opening(epoch: u32, earlier: Earlier) -> Opening {
        Opening { epoch, earlier }
    }

    #[test]
    fn a_rule_counts_from_the_next_epoch_on() {
        let first = with_rule(Vec::new(), Earlier::Never, 1);
        assert_eq!(first, [opening(1, Earlier::Never)]);
        assert_eq!(with_rule(first.clone(), Earlier::Never, 4), first, "nothing changed");
        let wider = with_rule(first.clone(), Earlier::AtOnce, 4);
        assert_eq!(wider, [opening(1, Earlier::Never), opening(5, Earlier::AtOnce)]);
        assert_eq!(with_rule(wider, Earlier::Never, 4), first, "it was taken back before a turn");
    }

    #[test]
    fn at_once_is_wider_than_after_a_while_and_that_than_never() {
        let all = [Earlier::Never, Earlier::AfterADay, Earlier::AtOnce];
        for (a, one) in all.iter().enumerate() {
            for (b, other) in all.iter().enumerate() {
                assert_eq!(one.is_wider_than(*other), a > b);
            }
        }
    }
}
