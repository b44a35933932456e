//! The only shared state: settings, database, keys, words.

use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use seal::{Argon2Cost, InstanceKey};
use storekit::Db;

use crate::config::Settings;
use crate::disk;
use crate::web::joins::Joins;
use crate::web::limits::Limits;
use crate::web::live::{Hub, Presence};
use crate::web::queue::Queue;
use crate::web::tries::Tries;
use crate::words::{Lang, Words};

/// The running application. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

/// What [`App`] holds.
pub struct Inner {
    /// What the instance was told.
    pub settings: Settings,
    /// The database.
    pub db: Db,
    /// The instance key.
    pub keys: Arc<InstanceKey>,
    /// Counts requests.
    pub limits: Limits,
    /// Who joined lately.
    pub joins: Joins,
    /// Passphrases are stretched here, a few at a time.
    pub costly: Queue,
    /// Wrong tries at sign-in names.
    pub tries: Tries,
    /// The live connections.
    pub live: Arc<Hub>,
    /// Which members were just heard of.
    pub presence: Presence,
    /// What a try at a passphrase costs.
    pub cost: Argon2Cost,
    words: Vec<Words>,
    clock: storekit::Clock,
    chance: storekit::Chance,
}

/// What an [`App`] is made of.
pub struct Parts {
    /// What the instance was told.
    pub settings: Settings,
    /// The opened, migrated database.
    pub db: Db,
    /// The instance key.
    pub keys: InstanceKey,
    /// What time it is.
    pub clock: storekit::Clock,
    /// Where chance comes from.
    pub chance: storekit::Chance,
    /// What a try at a passphrase costs.
    pub cost: Argon2Cost,
    /// The unit by which wrong tries slow down: a second, and nothing in tests.
    pub pace: Duration,
}

impl App {
    /// Puts the application together.
    pub fn new(parts: Parts) -> App {
        App(Arc::new(Inner {
            settings: parts.settings,
            db: parts.db,
            keys: Arc::new(parts.keys),
            limits: Limits::new(),
            joins: Joins::default(),
            costly: Queue::new(),
            tries: Tries::new(parts.pace),
            live: Arc::default(),
            presence: Presence::default(),
            cost: parts.cost,
            words: Words::load(),
            clock: parts.clock,
            chance: parts.chance,
        }))
    }

    /// The words of a language.
    pub fn words(&self, lang: Lang) -> Words {
        let found = self.words.iter().find(|words| words.lang() == lang);
        found.expect("every language is loaded at start").clone()
    }

    /// Whether there is so little room that strangers must not use it up.
    pub fn is_disk_low(&self) -> bool {
        disk::is_low(&self.settings)
    }

    /// The moment, outside a transaction (microseconds UTC).
    pub fn now(&self) -> i64 {
        (self.clock)()
    }

    /// Fills with random bytes, outside a transaction.
    pub fn fill(&self, bytes: &mut [u8]) {
        (self.chance)(bytes);
    }

    /// Random bytes, outside a transaction.
    pub fn chance<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.chance)(&mut bytes);
        bytes
    }
}

impl Deref for App {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}
