//! Every kind of person there is, for the tests that must hold for all of them.

use super::{Browser, Group, Person, World};

/// A kind of person. A new one makes the access matrix one column wider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Not signed in.
    Nobody,
    /// Signed in, and in no group.
    SignedIn,
    /// Began the group that addresses name.
    Founder,
    /// Began another group.
    OtherGroup,
}

impl Who {
    /// All of them.
    pub const ALL: [Who; 4] = [Who::Nobody, Who::SignedIn, Who::Founder, Who::OtherGroup];

    /// What the access matrix calls them.
    pub fn name(self) -> &'static str {
        match self {
            Who::Nobody => "nobody",
            Who::SignedIn => "signed in",
            Who::Founder => "founder",
            Who::OtherGroup => "of another group",
        }
    }
}

/// A group, and one person of every kind.
pub struct Scene<'w> {
    world: &'w World,
    stranger: Person,
    group: Group,
    other: Group,
}

impl<'w> Scene<'w> {
    /// Everybody comes in.
    pub async fn new(world: &'w World) -> Scene<'w> {
        Scene {
            stranger: world.person("stranger").await,
            group: world.group("founder", "The lamps").await,
            other: world.group("other", "The ropes").await,
            world,
        }
    }

    /// A browser in which somebody of this kind has just come, and which shows a page with forms.
    pub async fn browser(&self, who: Who) -> Browser {
        let mut browser = self.world.browser();
        match who {
            Who::Nobody => {}
            Who::SignedIn => drop(self.stranger.sign_in_on(&mut browser).await),
            Who::Founder => drop(self.group.founder.sign_in_on(&mut browser).await),
            Who::OtherGroup => drop(self.other.founder.sign_in_on(&mut browser).await),
        }
        browser.open("/host").await;
        browser
    }

    /// An address that goes with a route's pattern. Apart from the group, it names things that are
    /// not there.
    pub fn address(&self, pattern: &str) -> String {
        let filled = pattern.split('/').map(|part| match part {
            "{group}" => self.group.id.clone(),
            "{question}" => "purpose".to_owned(),
            "{hash}" => "0000000000000000".to_owned(),
            "{folder}" => "css".to_owned(),
            "{file}" => "style.css".to_owned(),
            part if part.starts_with('{') => "ab".repeat(16),
            part => part.to_owned(),
        });
        filled.collect::<Vec<_>>().join("/")
    }
}
