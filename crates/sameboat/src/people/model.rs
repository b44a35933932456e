//! What a device, a passphrase and a name may be.

use seal::{Passphrase, SignInName, judge};
use serde::{Deserialize, Serialize};

use crate::clock::{DAY, HOUR, MINUTE};
use crate::error::FieldIssue;

/// What somebody said of the device they sign in on (P5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Device {
    /// Only they use it: 30 days without use, 180 at most.
    Own,
    /// Others may use it: ends with the browser, after 1 hour without use, 12 at most.
    Shared,
}

impl Device {
    /// How long a sign-in holds without being used (microseconds).
    pub fn idle(self) -> i64 {
        match self {
            Device::Own => 30 * DAY,
            Device::Shared => HOUR,
        }
    }

    /// How long a sign-in holds at most (microseconds).
    pub fn limit(self) -> i64 {
        match self {
            Device::Own => 180 * DAY,
            Device::Shared => 12 * HOUR,
        }
    }

    /// How long before it ends for want of use a page that is open says so (microseconds).
    pub fn idle_warning(self) -> i64 {
        match self {
            Device::Own => DAY,
            Device::Shared => 5 * MINUTE,
        }
    }

    /// How long before it ends in any case a page says so (microseconds).
    pub fn limit_warning(self) -> i64 {
        match self {
            Device::Own => DAY,
            Device::Shared => 15 * MINUTE,
        }
    }

    /// Whether the cookies stay when the browser is closed.
    pub fn outlives_browser(self) -> bool {
        match self {
            Device::Own => true,
            Device::Shared => false,
        }
    }

    /// From a ticked box.
    pub fn from_tick(own: bool) -> Device {
        if own { Device::Own } else { Device::Shared }
    }
}

/// What is kept for the person alone, under their person key.
#[derive(Serialize, Deserialize)]
pub struct AboutMe {
    /// The sign-in name, so that recovery can show it.
    pub name: String,
}

/// What is kept about a sign-in, under the person key.
#[derive(Serialize, Deserialize)]
pub struct AboutSignIn {
    /// When it began (microseconds UTC).
    pub begun: i64,
}

/// The word of a new sign-in name.
///
/// # Errors
/// The sentence to show beside the field `word`.
pub fn name_word(typed: &str) -> Result<String, FieldIssue> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(FieldIssue { field: "word", key: "join-word-none" });
    }
    match SignInName::make(typed, 0) {
        Ok(name) => Ok(name.word().to_owned()),
        Err(_) => Err(FieldIssue { field: "word", key: "join-word-issue" }),
    }
}

/// A new passphrase that is long and strange enough. `known` are words that others could guess of
/// this person: the sign-in name's word, the names of their groups.
///
/// # Errors
/// The sentence to show beside the field `passphrase`.
pub fn new_passphrase(typed: &str, known: &[&str]) -> Result<Passphrase, FieldIssue> {
    let issue = |key| FieldIssue { field: "passphrase", key };
    let passphrase = Passphrase::parse(typed).map_err(|_| issue("passphrase-length"))?;
    let strength = judge(&passphrase, known);
    if strength.is_enough() {
        Ok(passphrase)
    } else if strength.characters < 15 {
        Err(issue("passphrase-short"))
    } else {
        Err(issue("passphrase-weak"))
    }
}
