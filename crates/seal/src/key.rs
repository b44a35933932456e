use core::fmt;

use crate::derive::derive;
use crate::labels;
use crate::secret::Secret;
use crate::value::{self, SealingKey};
use crate::{Chance, Id, OpenError, Opened, Place, Sealed};

/// Which kind of key a sealed value belongs to: the second byte of its header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// [`PersonKey`]
    Person,
    /// [`OwnKey`]
    Own,
    /// [`GroupKey`]
    Group,
    /// [`EnvelopeKey`]
    Envelope,
    /// [`InstanceKey`](crate::InstanceKey)
    Instance,
    /// [`LinkSecret`]
    Link,
    /// The [`PersonKey`] again, for the [`Keyring`](crate::Keyring) alone.
    Keyring,
}

impl KeyKind {
    pub(crate) fn to_byte(self) -> u8 {
        match self {
            Self::Person => 1,
            Self::Own => 2,
            Self::Group => 3,
            Self::Envelope => 4,
            Self::Instance => 5,
            Self::Link => 6,
            Self::Keyring => 7,
        }
    }

    pub(crate) fn from_byte(byte: u8) -> Option<Self> {
        Some(match byte {
            1 => Self::Person,
            2 => Self::Own,
            3 => Self::Group,
            4 => Self::Envelope,
            5 => Self::Instance,
            6 => Self::Link,
            7 => Self::Keyring,
            _ => return None,
        })
    }
}

/// The secret and the key for sealing that comes from it, derived once, since a page
/// opens many values under the same key.
#[derive(Clone)]
pub(crate) struct Core {
    pub secret: Secret,
    pub sealing: SealingKey,
}

impl Core {
    pub fn new(secret: Secret, kind: KeyKind, number: u32, label: &str) -> Self {
        let sealing = SealingKey { kind, number, secret: derive(secret.bytes(), label) };
        Self { secret, sealing }
    }
}

/// What these keys can do. The group's key, which has a number, gets its makers below.
macro_rules! key {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        pub struct $name(Core);

        impl $name {
            /// Seals bytes for one place. The result is padded, so that its size says
            /// little.
            pub fn seal(&self, place: &Place<'_>, words: &[u8], chance: &mut Chance<'_>) -> Sealed {
                value::seal(&self.0.sealing, place, words, chance)
            }

            /// Opens what was sealed for this place with this key.
            ///
            /// # Errors
            /// [`OpenError`] when the value is damaged, moved, or another key's.
            pub fn open(&self, place: &Place<'_>, sealed: &Sealed) -> Result<Opened, OpenError> {
                value::open(&self.0.sealing, place, sealed)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("[key]")
            }
        }
    };
}

macro_rules! key_without_number {
    ($(#[$doc:meta])* $name:ident, $kind:expr, $label:expr) => {
        key!($(#[$doc])* $name);

        impl $name {
            /// A new key.
            pub fn random(chance: &mut Chance<'_>) -> Self {
                Self::from_secret(Secret::random(chance))
            }

            /// The key that these bytes are.
            pub fn from_bytes(bytes: [u8; 32]) -> Self {
                Self::from_secret(Secret::from_bytes(bytes))
            }

            /// The bytes, for wrapping or handing over and nothing else.
            pub fn expose(&self) -> &[u8; 32] {
                self.0.secret.bytes()
            }

            pub(crate) fn from_secret(secret: Secret) -> Self {
                Self(Core::new(secret, $kind, 0, $label))
            }
        }
    };
}

key_without_number! {
    /// A person's own root: opens the keyring and drafts; their X25519 pair
    /// comes from it. Clone, because one request may need it beside the keyring.
    #[derive(Clone)]
    PersonKey, KeyKind::Person, labels::SEAL_PERSON
}
key_without_number! {
    /// Seals what only its writer may read. Clone, because it is taken out of the
    /// keyring while that is kept for saving.
    #[derive(Clone)]
    OwnKey, KeyKind::Own, labels::SEAL_OWN
}
key_without_number! {
    /// Seals one thing that is meant for fewer than the group.
    EnvelopeKey, KeyKind::Envelope, labels::SEAL_ENVELOPE
}
key_without_number! {
    /// The secret in an invitation link: opens a copy of the papers a guest may read
    /// before joining. It never opens a group's key.
    LinkSecret, KeyKind::Link, labels::SEAL_LINK
}
key! {
    /// A group's key in one epoch; a higher epoch is newer. Clone, because the right
    /// to read carries it through a request.
    #[derive(Clone)]
    GroupKey
}

impl GroupKey {
    /// A new key.
    pub fn random(epoch: u32, chance: &mut Chance<'_>) -> Self {
        Self::from_secret(epoch, Secret::random(chance))
    }

    /// The key that these bytes are.
    pub fn from_bytes(epoch: u32, bytes: [u8; 32]) -> Self {
        Self::from_secret(epoch, Secret::from_bytes(bytes))
    }

    /// The key's number; it stands in the header of all that it seals.
    pub fn epoch(&self) -> u32 {
        self.0.sealing.number
    }

    pub(crate) fn from_secret(epoch: u32, secret: Secret) -> Self {
        Self(Core::new(secret, KeyKind::Group, epoch, labels::SEAL_GROUP))
    }

    /// The bytes, for granting and nothing else.
    pub fn expose(&self) -> &[u8; 32] {
        self.0.secret.bytes()
    }

    pub(crate) fn sealing(&self) -> &SealingKey {
        &self.0.sealing
    }
}

impl LinkSecret {
    /// The id of the row that belongs to this link. It does not lead back to the
    /// secret.
    pub fn row_id(&self) -> Id {
        crate::wrap::row_id(self.expose(), labels::ROW_LINK)
    }
}
