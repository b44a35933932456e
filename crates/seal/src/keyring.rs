//! All that a person key opens, in one row of one size, so that the database does not
//! show in how many groups somebody is, or in which.

use core::fmt;

use thiserror::Error;
use zeroize::Zeroizing;

use crate::derive::derive;
use crate::key::KeyKind;
use crate::parts::Reader;
use crate::value::{self, SealingKey};
use crate::{Chance, Id, MemberSecret, OpenError, OwnKey, PersonKey, Place, Sealed, labels};

const VERSION: u8 = 1;
const HEAD: usize = 1 + 32 + 2;
/// Group id, member id, secret, and two bytes for later.
const SEAT: usize = 16 + 16 + 32 + 2;
/// The sizes of the sealed row, in bytes: room for 60, 122 and 247 groups.
const ROW_SIZES: [usize; 3] = [4096, 8192, 16384];

/// Who the person is in one group. No other row says it.
#[derive(Clone)]
pub struct GroupSeat {
    /// The group's id.
    pub group: Id,
    /// The person's member id there.
    pub member: Id,
    /// The secret made for that group alone.
    pub secret: MemberSecret,
}

impl fmt::Debug for GroupSeat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[seat]")
    }
}

/// A person's own key and their seats in groups.
pub struct Keyring {
    own: OwnKey,
    seats: Vec<GroupSeat>,
}

/// There is no room for another group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a keyring holds at most {} groups", Keyring::MOST_GROUPS)]
pub struct KeyringFull;

impl Keyring {
    /// How many groups fit.
    pub const MOST_GROUPS: usize = seats_in(ROW_SIZES[2]);

    /// A new person's keyring, with no groups.
    pub fn new(own: OwnKey) -> Self {
        Self { own, seats: Vec::new() }
    }

    /// The own key.
    pub fn own(&self) -> &OwnKey {
        &self.own
    }

    /// Puts a new own key in, after somebody knew the passphrase.
    pub fn replace_own(&mut self, own: OwnKey) {
        self.own = own;
    }

    /// The seats, in the order they were added.
    pub fn seats(&self) -> &[GroupSeat] {
        &self.seats
    }

    /// The seat in one group.
    pub fn find(&self, group: &Id) -> Option<&GroupSeat> {
        self.seats.iter().find(|seat| seat.group == *group)
    }

    /// Adds a seat, or replaces the one in the same group.
    ///
    /// # Errors
    /// [`KeyringFull`].
    pub fn add(&mut self, seat: GroupSeat) -> Result<(), KeyringFull> {
        if let Some(old) = self.seats.iter_mut().find(|old| old.group == seat.group) {
            *old = seat;
        } else if self.seats.len() < Self::MOST_GROUPS {
            self.seats.push(seat);
        } else {
            return Err(KeyringFull);
        }
        Ok(())
    }

    /// Takes the seat in a group out; `None` when there was none.
    pub fn remove(&mut self, group: &Id) -> Option<GroupSeat> {
        let found = self.seats.iter().position(|seat| seat.group == *group)?;
        Some(self.seats.remove(found))
    }

    /// Seals the keyring into a row of 4,096 bytes; past 60 groups of 8,192, past 122
    /// of 16,384.
    pub fn seal(&self, key: &PersonKey, person: &[u8], chance: &mut Chance<'_>) -> Sealed {
        let content = self.encode();
        let row = ROW_SIZES
            .into_iter()
            .find(|&row| self.seats.len() <= seats_in(row))
            .expect("`add` and `open` let no more in than the largest row holds");
        let padded = row - value::OVERHEAD;
        value::seal_to(&sealing(key), &place(person), &content, padded, chance)
    }

    /// Opens a person's keyring.
    ///
    /// # Errors
    /// [`OpenError`] when the row is damaged, moved or another person's.
    pub fn open(key: &PersonKey, person: &[u8], sealed: &Sealed) -> Result<Self, OpenError> {
        let opened = value::open(&sealing(key), &place(person), sealed)?;
        Self::parse(opened.bytes()).ok_or(OpenError::Malformed)
    }

    fn encode(&self) -> Zeroizing<Vec<u8>> {
        let count = u16::try_from(self.seats.len()).expect("`add` and `open` let no more in");
        let mut out = Zeroizing::new(Vec::with_capacity(HEAD + self.seats.len() * SEAT));
        out.push(VERSION);
        out.extend(self.own.expose());
        out.extend(count.to_be_bytes());
        for seat in &self.seats {
            out.extend(seat.group);
            out.extend(seat.member);
            out.extend(seat.secret.expose());
            out.extend([0, 0]);
        }
        out
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader(bytes);
        if reader.u8()? != VERSION {
            return None;
        }
        let mut keyring = Self::new(OwnKey::from_bytes(reader.array()?));
        for _ in 0..reader.u16()? {
            let seat = GroupSeat {
                group: reader.array()?,
                member: reader.array()?,
                secret: MemberSecret::from_bytes(reader.array()?),
            };
            reader.u16()?;
            keyring.add(seat).ok()?;
        }
        reader.end()?;
        Some(keyring)
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[keyring]")
    }
}

const fn seats_in(row: usize) -> usize {
    (row - value::OVERHEAD - 1 - HEAD) / SEAT
}

fn sealing(key: &PersonKey) -> SealingKey {
    SealingKey {
        kind: KeyKind::Keyring,
        number: 0,
        secret: derive(key.expose(), labels::SEAL_KEYRING),
    }
}

fn place(person: &[u8]) -> Place<'_> {
    Place { label: "keyring", scope: person, row: person, writer: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sixty_groups_fit_into_four_kibibytes() {
        assert_eq!(ROW_SIZES.map(seats_in), [60, 122, 247]);
    }

    proptest! {
        #[test]
        fn parsing_takes_any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = Keyring::parse(&bytes);
        }

        #[test]
        fn parsing_takes_a_right_head_with_any_rest(
            count in any::<u16>(),
            rest in proptest::collection::vec(any::<u8>(), 0..400),
        ) {
            let mut bytes = vec![VERSION];
            bytes.extend([7; 32]);
            bytes.extend(count.to_be_bytes());
            bytes.extend(rest);
            let _ = Keyring::parse(&bytes);
        }
    }
}
