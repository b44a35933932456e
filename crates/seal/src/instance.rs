use core::cmp::Reverse;
use core::fmt;

use subtle::ConstantTimeEq;

use crate::key::{Core, KeyKind};
use crate::secret::Secret;
use crate::{Chance, Id, OpenError, Opened, Place, Sealed, fingerprint, labels, value};

/// The key of the running program, kept outside the database, together with those it had
/// before, as far as its file still holds them. Each has a number, so that it can be
/// changed: the newest seals and makes tags, and a value opens with the one it names.
pub struct InstanceKey {
    newest: Core,
    /// The newest of them first.
    older: Vec<Core>,
}

impl InstanceKey {
    /// A new key, with none before it.
    pub fn random(number: u32, chance: &mut Chance<'_>) -> Self {
        Self::from_secret(number, Secret::random(chance))
    }

    /// The key that these bytes are, with none before it.
    pub fn from_bytes(number: u32, bytes: [u8; 32]) -> Self {
        Self::from_secret(number, Secret::from_bytes(bytes))
    }

    pub(crate) fn from_secret(number: u32, secret: Secret) -> Self {
        Self { newest: made(number, secret), older: Vec::new() }
    }

    /// Several keys as one, whatever their order; `None` when there is none, or when two
    /// have the same number.
    pub(crate) fn from_secrets(secrets: Vec<(u32, Secret)>) -> Option<Self> {
        let mut all: Vec<Core> =
            secrets.into_iter().map(|(number, secret)| made(number, secret)).collect();
        all.sort_by_key(|core| Reverse(core.sealing.number));
        let twice = |pair: &[Core]| pair[0].sealing.number == pair[1].sealing.number;
        if all.is_empty() || all.windows(2).any(twice) {
            return None;
        }
        let older = all.split_off(1);
        Some(Self { newest: all.pop()?, older })
    }

    /// A new key with the next number, and these before it.
    ///
    /// # Panics
    /// After 2^32 changes.
    pub fn renewed(&self, chance: &mut Chance<'_>) -> Self {
        let number = self.number().checked_add(1).expect("nobody changes a key so often");
        Self { newest: made(number, Secret::random(chance)), older: self.all().cloned().collect() }
    }

    /// The newest key's number; it stands in the header of all that is sealed.
    pub fn number(&self) -> u32 {
        self.newest.sealing.number
    }

    /// The numbers of all that are held, the newest first.
    pub fn numbers(&self) -> impl Iterator<Item = u32> {
        self.all().map(|core| core.sealing.number)
    }

    /// The fingerprints of all that are held, the newest first.
    pub fn fingerprints(&self) -> impl Iterator<Item = Id> {
        self.all().map(|core| fingerprint(&alone(core)))
    }

    /// The key with this fingerprint, without the others, if it is held.
    pub fn with_fingerprint(&self, print: &Id) -> Option<Self> {
        self.all().map(alone).find(|key| fingerprint(key).ct_eq(print).into())
    }

    /// The oldest that is held, without the others: for a tag that must stay the same as
    /// long as it can.
    pub fn oldest(&self) -> Self {
        alone(self.older.last().unwrap_or(&self.newest))
    }

    /// Seals bytes for one place with the newest key. The result is padded, so that its
    /// size says little.
    pub fn seal(&self, place: &Place<'_>, words: &[u8], chance: &mut Chance<'_>) -> Sealed {
        value::seal(&self.newest.sealing, place, words, chance)
    }

    /// Opens what was sealed for this place with one of these keys.
    ///
    /// # Errors
    /// [`OpenError`] when the value is damaged, moved, or another key's.
    pub fn open(&self, place: &Place<'_>, sealed: &Sealed) -> Result<Opened, OpenError> {
        let named = sealed.key_number().and_then(|number| self.of(number));
        value::open(&named.unwrap_or(&self.newest).sealing, place, sealed)
    }

    pub(crate) fn secret(&self) -> &Secret {
        &self.newest.secret
    }

    /// The secret of the key with this number.
    pub(crate) fn secret_of(&self, number: u32) -> Option<&Secret> {
        self.of(number).map(|core| &core.secret)
    }

    /// The secrets of all that are held with their numbers, the newest first.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = (u32, &Secret)> {
        self.all().map(|core| (core.sealing.number, &core.secret))
    }

    fn all(&self) -> impl Iterator<Item = &Core> {
        core::iter::once(&self.newest).chain(&self.older)
    }

    fn of(&self, number: u32) -> Option<&Core> {
        self.all().find(|core| core.sealing.number == number)
    }
}

impl fmt::Debug for InstanceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[key]")
    }
}

fn made(number: u32, secret: Secret) -> Core {
    Core::new(secret, KeyKind::Instance, number, labels::SEAL_INSTANCE)
}

fn alone(core: &Core) -> InstanceKey {
    InstanceKey { newest: core.clone(), older: Vec::new() }
}
