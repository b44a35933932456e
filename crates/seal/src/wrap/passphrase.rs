#[cfg(feature = "testing")]
use std::sync::atomic::{AtomicU64, Ordering};

use argon2::{Algorithm, Argon2, Params, Version};
use thiserror::Error;

use crate::derive::derive;
use crate::parts::Reader;
use crate::secret::Secret;
use crate::{
    Argon2Cost, Chance, CostRefused, InstanceKey, OpenError, Passphrase, PersonKey, labels,
};

use super::{WRAPPED, about, open_key, seal_key};

const VERSION: u8 = 1;
const SALT: usize = 16;

/// A person key that a passphrase opens, together with the instance key: Argon2id v1.3
/// (RFC 9106), 16 random bytes of salt, and a key derived from the instance key as its
/// secret input. Who has only the database can't try passphrases at all.
///
/// `version (1) | instance key's number (4) | MiB (2) | passes (1) | salt (16) | wrapped key`
pub struct PassphraseWrap {
    instance: u32,
    cost: Argon2Cost,
    salt: [u8; SALT],
    wrapped: Vec<u8>,
}

/// Why a passphrase did not open a person key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum WrapError {
    /// The bytes are no wrap.
    #[error("the wrap is not of a known format")]
    Malformed,
    /// Its cost is refused.
    #[error(transparent)]
    Cost(#[from] CostRefused),
    /// It was made under the instance key of this number, which is not held.
    #[error("the wrap belongs to instance key {0}")]
    OtherInstanceKey(u32),
    /// The passphrase is wrong, or the row was changed or moved.
    #[error("the passphrase does not open this")]
    Refused,
}

/// One try at a passphrase.
#[derive(Clone, Copy, Debug)]
pub struct PassphraseTry<'a> {
    /// The id of the person who tries.
    pub person: &'a [u8],
    /// What they typed.
    pub passphrase: &'a Passphrase,
    /// The running program's key, with those it had before.
    pub instance: &'a InstanceKey,
}

impl PassphraseWrap {
    /// Wraps a person key for tries like this one, under the newest instance key. Takes as long as `cost` says.
    pub fn wrap(
        key: &PersonKey,
        by: &PassphraseTry<'_>,
        cost: Argon2Cost,
        chance: &mut Chance<'_>,
    ) -> Self {
        let mut made = Self {
            instance: by.instance.number(),
            cost,
            salt: chance.bytes(),
            wrapped: Vec::new(),
        };
        let stretched = stretch(by, by.instance.secret(), cost, &made.salt);
        let about = about(labels::WRAP_PASSPHRASE, &made.head(), by.person);
        made.wrapped = seal_key(&stretched, &about, key.expose(), chance);
        made
    }

    /// Opens the person key, under the instance key that the wrap names. Takes as long as
    /// the cost says.
    ///
    /// # Errors
    /// [`WrapError::OtherInstanceKey`] at once; [`WrapError::Refused`] after the work.
    pub fn unwrap(&self, by: &PassphraseTry<'_>) -> Result<PersonKey, WrapError> {
        let secret = by.instance.secret_of(self.instance);
        let secret = secret.ok_or(WrapError::OtherInstanceKey(self.instance))?;
        let stretched = stretch(by, secret, self.cost, &self.salt);
        let about = about(labels::WRAP_PASSPHRASE, &self.head(), by.person);
        match open_key(&stretched, &about, &self.wrapped) {
            Ok(key) => Ok(PersonKey::from_secret(key)),
            Err(OpenError::Malformed) => Err(WrapError::Malformed),
            Err(OpenError::OtherKey | OpenError::Refused | OpenError::NotText) => {
                Err(WrapError::Refused)
            }
        }
    }

    /// Does the work of [`unwrap`](Self::unwrap) for nothing, where there is no such
    /// name, so that the time taken does not say so.
    pub fn unwrap_nobody(by: &PassphraseTry<'_>, cost: Argon2Cost) {
        core::hint::black_box(stretch(by, by.instance.secret(), cost, &[0; SALT]));
    }

    /// The number of the instance key it was made under. An older one than the newest is
    /// reason to wrap anew.
    pub fn instance_number(&self) -> u32 {
        self.instance
    }

    /// What a try costs. A lower one than today's default is reason to wrap anew.
    pub fn cost(&self) -> Argon2Cost {
        self.cost
    }

    /// The bytes to store.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = self.head();
        out.extend(&self.wrapped);
        out
    }

    /// Reads stored bytes.
    ///
    /// # Errors
    /// [`WrapError::Malformed`] or [`WrapError::Cost`].
    pub fn parse(bytes: &[u8]) -> Result<Self, WrapError> {
        let (instance, mib, passes, salt, wrapped) = read(bytes).ok_or(WrapError::Malformed)?;
        Ok(Self { instance, cost: Argon2Cost::new(mib, passes)?, salt, wrapped: wrapped.to_vec() })
    }

    fn head(&self) -> Vec<u8> {
        let mut out = vec![VERSION];
        out.extend(self.instance.to_be_bytes());
        out.extend(self.cost.mib().to_be_bytes());
        out.push(self.cost.passes());
        out.extend(self.salt);
        out
    }
}

#[expect(clippy::type_complexity, reason = "five fields, read and named at once")]
fn read(bytes: &[u8]) -> Option<(u32, u16, u8, [u8; SALT], &[u8])> {
    let mut reader = Reader(bytes);
    if reader.u8()? != VERSION {
        return None;
    }
    let fields =
        (reader.u32()?, reader.u16()?, reader.u8()?, reader.array()?, reader.take(WRAPPED)?);
    reader.end()?;
    Some(fields)
}

#[cfg(feature = "testing")]
static STRETCHED: AtomicU64 = AtomicU64::new(0);

/// How often this process has run Argon2: with the feature `testing`.
#[cfg(feature = "testing")]
pub fn argon2_runs() -> u64 {
    STRETCHED.load(Ordering::SeqCst)
}

fn stretch(
    by: &PassphraseTry<'_>,
    instance: &Secret,
    cost: Argon2Cost,
    salt: &[u8; SALT],
) -> Secret {
    let pepper = derive(instance.bytes(), labels::ARGON2_SECRET);
    let kib = u32::from(cost.mib()) * 1024;
    let params = Params::new(kib, u32::from(cost.passes()), 1, Some(32))
        .expect("every cost that can be made lies in Argon2's ranges");
    #[cfg(feature = "testing")]
    STRETCHED.fetch_add(1, Ordering::SeqCst);
    let mut stretched = Secret::zero();
    Argon2::new_with_secret(pepper.bytes(), Algorithm::Argon2id, Version::V0x13, params)
        .expect("32 bytes of secret are allowed")
        .hash_password_into(by.passphrase.as_str().as_bytes(), salt, stretched.bytes_mut())
        .expect("passphrase, salt and output have allowed lengths");
    derive(stretched.bytes(), labels::WRAP_PASSPHRASE)
}
