//! Roles for a meeting to come: taken, offered and accepted, never given.

use rounds::Role;
use serde::{Deserialize, Serialize};

use crate::ids::MemberId;

/// All roles, in the order in which pages show them.
pub const ROLES: [Role; 4] = Role::ALL;

/// The word in forms and keys of sentences.
pub fn role_word(role: Role) -> &'static str {
    match role {
        Role::Facilitator => "facilitator",
        Role::Opener => "opener",
        Role::TimeKeeper => "timekeeper",
        Role::NoteKeeper => "notekeeper",
    }
}

/// From the word in a form.
pub fn role_of(word: &str) -> Option<Role> {
    ROLES.into_iter().find(|role| role_word(*role) == word)
}

/// Who holds a role, and who was asked to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Post {
    held: Option<MemberId>,
    offered: Option<MemberId>,
}

/// The roles of a meeting to come.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roles([Post; 4]);

/// What somebody asks for about a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoleAsk {
    /// To take it: it is free, or was offered to them.
    Take,
    /// To lay it down, or not to take what was offered.
    Leave,
    /// That somebody else takes it: it is free, or theirs.
    Offer(MemberId),
}

impl Roles {
    /// The roles of a group's first evening: whoever began the group opens it and leads.
    pub fn of_first(founder: Option<MemberId>) -> Roles {
        let mut roles = Roles::default();
        for role in [Role::Facilitator, Role::Opener] {
            roles.post(role).held = founder;
        }
        roles
    }

    fn post(&mut self, role: Role) -> &mut Post {
        &mut self.0[place(role)]
    }

    /// Who holds a role.
    pub fn held(&self, role: Role) -> Option<MemberId> {
        self.0[place(role)].held
    }

    /// Who was asked to take it and has not answered.
    pub fn offered(&self, role: Role) -> Option<MemberId> {
        self.0[place(role)].offered
    }

    /// Does what was asked for; false when somebody else holds it by now.
    pub fn ask(&mut self, role: Role, by: MemberId, ask: RoleAsk) -> bool {
        let post = self.post(role);
        let mine_or_free = post.held.is_none_or(|held| held == by);
        match ask {
            RoleAsk::Take if mine_or_free || post.offered == Some(by) => {
                *post = Post { held: Some(by), offered: None };
                true
            }
            RoleAsk::Offer(to) if mine_or_free && to != by => {
                post.offered = Some(to);
                true
            }
            RoleAsk::Offer(_) => post.held == Some(by),
            RoleAsk::Take => false,
            RoleAsk::Leave => {
                post.held = post.held.filter(|held| *held != by);
                post.offered = post.offered.filter(|asked| *asked != by);
                true
            }
        }
    }

    /// Somebody went: no role is theirs, and none waits for their word.
    pub fn forget(&mut self, who: MemberId) {
        for role in ROLES {
            self.ask(role, who, RoleAsk::Leave);
        }
    }

    /// Everybody who holds one.
    pub fn holders(&self) -> impl Iterator<Item = (Role, MemberId)> {
        ROLES.into_iter().filter_map(|role| Some((role, self.held(role)?)))
    }
}

fn place(role: Role) -> usize {
    match role {
        Role::Facilitator => 0,
        Role::Opener => 1,
        Role::TimeKeeper => 2,
        Role::NoteKeeper => 3,
    }
}
