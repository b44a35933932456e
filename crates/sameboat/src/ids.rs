//! Random names for rows: 16 bytes of chance (UUIDv4), 32 hex digits in an address.
//!
//! Never a UUIDv7 or a counter: an id on which a person or their words hang must not be a clock.

use std::fmt;
use std::str::FromStr;

use storekit::{Tx, Value};

/// A text that is not an id: wrong length or not hexadecimal.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not an id")]
pub struct NotAnId;

fn parse(text: &str) -> Result<[u8; 16], NotAnId> {
    if text.len() != 32 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(NotAnId);
    }
    let mut bytes = [0u8; 16];
    for (i, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * i..2 * i + 2], 16).map_err(|_| NotAnId)?;
    }
    Ok(bytes)
}

fn from_chance(tx: &mut Tx<'_>) -> [u8; 16] {
    let mut bytes = [0u8; 16];
    tx.fill(&mut bytes);
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    bytes
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name([u8; 16]);

        impl $name {
            /// A new id, drawn from the transaction's chance.
            pub fn random(tx: &mut Tx<'_>) -> Self {
                Self(from_chance(tx))
            }

            /// The 16 bytes, as stored.
            pub fn bytes(&self) -> &[u8; 16] {
                &self.0
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = String::deserialize(from)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }

        impl From<[u8; 16]> for $name {
            fn from(bytes: [u8; 16]) -> Self {
                Self(bytes)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                parse(text).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|b| write!(f, "{b:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "(…)"))
            }
        }

        impl From<&$name> for Value {
            fn from(id: &$name) -> Value {
                Value::Blob(id.0.to_vec())
            }
        }
    )+};
}

ids! {
    /// Somebody with a sign-in.
    PersonId;
    /// One device that is signed in.
    SignInId;
    /// A page of somebody's notebook.
    PageId;
    /// Words on their way, saved while somebody types.
    DraftId;
    /// A group.
    GroupId;
    /// One person in one group. No row says which person.
    MemberId;
    /// Something that a member shared.
    ShareId;
    /// An answer to a share.
    AnswerId;
    /// What somebody told the facilitator.
    WorryId;
    /// An envelope to one member.
    EnvelopeId;
    /// A meeting of a group.
    MeetingId;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_from_its_address() {
        let id = PageId::from([0xab; 16]);
        assert_eq!(id.to_string().parse::<PageId>(), Ok(id));
    }

    #[test]
    fn other_texts_are_no_ids() {
        for text in ["", "abc", &"g".repeat(32), &"é".repeat(16), &"a".repeat(33)] {
            assert_eq!(text.parse::<PageId>(), Err(NotAnId));
        }
    }
}
