//! Every kind of person there is, for the tests that must hold for all of them.

use super::{Browser, World};

/// A kind of person. A new one makes the access matrix one column wider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Not signed in.
    Nobody,
    /// Signed in, and in no group.
    SignedIn,
}

impl Who {
    /// All of them.
    pub const ALL: [Who; 2] = [Who::Nobody, Who::SignedIn];

    /// What the access matrix calls them.
    pub fn name(self) -> &'static str {
        match self {
            Who::Nobody => "nobody",
            Who::SignedIn => "signed in",
        }
    }

    /// The browser of a new one, which shows a page with forms.
    pub async fn browser(self, world: &World) -> Browser {
        let mut browser = match self {
            Who::Nobody => world.browser(),
            Who::SignedIn => world.person("stranger").await.browser,
        };
        browser.open("/host").await;
        browser
    }
}

/// An address that goes with a route's pattern. It names things that are not there.
pub fn example(pattern: &str) -> String {
    let filled = pattern.split('/').map(|part| match part {
        "{hash}" => "0000000000000000".to_owned(),
        "{folder}" => "css".to_owned(),
        "{file}" => "style.css".to_owned(),
        part if part.starts_with('{') => "ab".repeat(16),
        part => part.to_owned(),
    });
    filled.collect::<Vec<_>>().join("/")
}
