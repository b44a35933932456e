//! What stands around every page of a group: its names, its purpose, who is in it.

use std::borrow::Borrow;

use storekit::Tx;

use crate::access::Member;
use crate::agreements::model::{Papers, Version, VersionState};
use crate::agreements::{actions, store};
use crate::error::Outcome;
use crate::groups::{self, Named, State};
use crate::ids::{GroupId, MemberId};

/// The frame of a group's pages. Templates hold it in a field named `group`.
pub struct Frame {
    /// For addresses.
    pub id: GroupId,
    /// Who looks.
    pub me: MemberId,
    /// The version in force.
    pub version: Version,
    /// Everybody who is in the group, in the order of coming.
    pub members: Vec<Named>,
    /// Those whose place is frozen.
    pub frozen: Vec<Named>,
    /// Whether a meeting is open: pages say then that somebody is there, or whoever leads it from a
    /// page like this would count as gone.
    pub together: bool,
}

/// Reads the frame.
pub fn frame(tx: &mut Tx<'_>, member: &Member) -> Outcome<Frame> {
    let version = actions::holding(tx, member)?;
    let all = groups::list_members(tx, member)?.into_iter();
    let (members, others): (Vec<_>, Vec<_>) = all.partition(|named| named.state.has_key());
    let frozen = others.into_iter().filter(|named| named.state == State::Frozen).collect();
    let together = store::is_together(tx, member.scope())?;
    Ok(Frame { id: member.group(), me: member.id(), version, members, frozen, together })
}

impl Frame {
    /// What the group agreed on.
    pub fn papers(&self) -> &Papers {
        &self.version.papers
    }

    /// The address of the group's first page.
    pub fn home(&self) -> String {
        format!("/g/{}", self.id)
    }

    /// What `aria-current` says of a tab, if the address that is shown belongs to it.
    pub fn current(&self, tab: &str, path: &str) -> Option<&'static str> {
        let first = path.strip_prefix(&self.home())?.split('/').nth(1)?;
        let belongs = match first {
            "talk" | "share" | "common-ground" => "talk",
            "meet" | "meetings" => "meet",
            _ => "us",
        };
        if belongs != tab {
            return None;
        }
        Some(if first == tab { "page" } else { "true" })
    }

    /// Whether nothing was ratified yet, so that the draft is the working agreement.
    pub fn is_working(&self) -> bool {
        self.version.state == VersionState::Working
    }

    /// Whether whoever looks began the group and still has a founder's extra powers.
    pub fn founder_is_me(&self) -> bool {
        self.version.is_founders()
            && self.members.iter().any(|m| m.id == self.me && m.about.founder)
    }

    /// Whether whoever began the group is still here.
    fn has_founder(&self) -> bool {
        self.members.iter().chain(&self.frozen).any(|m| m.about.founder)
    }

    /// The key of the sentence about who may do what.
    pub fn powers_key(&self) -> &'static str {
        match (self.version.is_founders(), self.has_founder()) {
            (true, true) => "us-powers-founder",
            (true, false) => "us-powers-draft",
            (false, _) => "us-powers-all",
        }
    }

    /// The key of the sentence about a draft: whose it is to change, and when it holds.
    pub fn draft_key(&self) -> &'static str {
        match (self.version.is_founders(), self.has_founder()) {
            (true, true) => "agreement-working",
            (true, false) => "agreement-working-all",
            (false, _) => "agreement-ended",
        }
    }

    /// The name of a member, if they are still here.
    pub fn name_of(&self, id: impl Borrow<MemberId>) -> Option<&str> {
        let found = self.members.iter().find(|named| named.id == *id.borrow());
        found.map(|named| named.about.name.as_str())
    }

    /// The name of a member who is not gone: here, or frozen.
    pub fn name_of_any(&self, id: MemberId) -> Option<&str> {
        let mut all = self.members.iter().chain(&self.frozen);
        all.find(|named| named.id == id).map(|named| named.about.name.as_str())
    }
}
