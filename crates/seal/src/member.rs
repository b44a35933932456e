//! X25519 pairs (RFC 7748). A public half may be shown; a secret half never leaves
//! its keyring.

use core::fmt;

use crate::derive::derive;
use crate::secret::Secret;
use crate::{Chance, GroupKey, PersonKey, boxes, labels};

macro_rules! public {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq)]
        pub struct $name(pub(crate) [u8; 32]);

        impl $name {
            /// The public half that these bytes are.
            pub fn from_bytes(bytes: [u8; 32]) -> Self {
                Self(bytes)
            }

            /// The bytes to store.
            pub fn as_bytes(&self) -> &[u8; 32] {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("[public key]")
            }
        }
    };
}
pub(crate) use public;

public! {
    /// The public half of a member's pair in one group. Box nothing to one that does
    /// not stand in a [`CheckedRoster`](crate::CheckedRoster).
    MemberPublic
}
public! {
    /// The public half of a person's pair.
    PersonPublic
}
public! {
    /// The public half of a group's letter-box in one epoch.
    LetterboxPublic
}

/// A member's secret, made at random for one group alone, so that two groups can't
/// find out that a member of each is the same person. Clone, because it is taken out
/// of the keyring while that is kept for saving.
#[derive(Clone)]
pub struct MemberSecret(Secret);

impl MemberSecret {
    /// A new secret.
    pub fn random(chance: &mut Chance<'_>) -> Self {
        Self(Secret::random(chance))
    }

    /// The secret that these bytes are.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Secret::from_bytes(bytes))
    }

    /// The bytes, for the keyring and nothing else.
    pub fn expose(&self) -> &[u8; 32] {
        self.0.bytes()
    }

    /// The half that others box to.
    pub fn public(&self) -> MemberPublic {
        MemberPublic(boxes::public_of(&self.0))
    }

    pub(crate) fn secret(&self) -> &Secret {
        &self.0
    }

    pub(crate) fn wrap_key(&self) -> Secret {
        derive(self.0.bytes(), labels::WRAP_MEMBER)
    }
}

impl fmt::Debug for MemberSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[key]")
    }
}

impl PersonKey {
    /// The half to which anyone can box what this person is to read.
    pub fn public(&self) -> PersonPublic {
        PersonPublic(boxes::public_of(&self.pair_secret()))
    }

    pub(crate) fn pair_secret(&self) -> Secret {
        derive(self.expose(), labels::PERSON_PAIR)
    }
}

impl GroupKey {
    /// The public half of this epoch's letter-box.
    pub fn letterbox(&self) -> LetterboxPublic {
        LetterboxPublic(boxes::public_of(&self.letterbox_secret()))
    }

    pub(crate) fn letterbox_secret(&self) -> Secret {
        derive(self.expose(), labels::LETTERBOX_PAIR)
    }
}
