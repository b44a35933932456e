//! All that a person key opens, in one row of one size, so that the database does not
//! show in how many groups somebody is, or in which.

use core::fmt;

use sha2::{Digest, Sha256};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::derive::derive;
use crate::key::KeyKind;
use crate::parts::{Reader, join};
use crate::value::{self, SealingKey};
use crate::{
    Chance, Id, MarkKey, MemberSecret, OpenError, OwnKey, PersonKey, Place, Sealed, labels,
};

const VERSION: u8 = 2;
const HEAD: usize = 1 + 32 + 32 + 16 + 16 + 2;
/// Group id, member id, secret, highest epoch seen.
const SEAT: usize = 16 + 16 + 32 + 4;
/// The sizes of the sealed row, in bytes: room for 58, 118 and 238 groups.
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
    /// The highest epoch that this person has seen the group in; 0 before any. A group that
    /// stands at a lower one was put back.
    pub epoch: u32,
}

impl fmt::Debug for GroupSeat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[seat]")
    }
}

/// A person's own key, their mark key, which ways in are good, and their seats in groups.
pub struct Keyring {
    own: OwnKey,
    mark: MarkKey,
    passphrase: Option<Print>,
    recovery: Option<Print>,
    seats: Vec<GroupSeat>,
}

/// There is no room for another group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a keyring holds at most {} groups", Keyring::MOST_GROUPS)]
pub struct KeyringFull;

impl Keyring {
    /// How many groups fit.
    pub const MOST_GROUPS: usize = seats_in(ROW_SIZES[2]);

    /// A new person's keyring, with no groups and no way in yet.
    pub fn new(own: OwnKey, mark: MarkKey) -> Self {
        Self { own, mark, passphrase: None, recovery: None, seats: Vec::new() }
    }

    /// The key that this person's marks are made with. It stays when the own key is replaced:
    /// exchanged marks would show which were theirs.
    pub fn mark(&self) -> &MarkKey {
        &self.mark
    }

    /// The print of the passphrase's wrap that is good now.
    pub fn passphrase_print(&self) -> Option<&Print> {
        self.passphrase.as_ref()
    }

    /// From now on only this wrap of the passphrase is good.
    pub fn set_passphrase_print(&mut self, print: Option<Print>) {
        self.passphrase = print;
    }

    /// The print of the recovery code's wrap that is good now; `None` where there is no sheet.
    pub fn recovery_print(&self) -> Option<&Print> {
        self.recovery.as_ref()
    }

    /// From now on only this wrap of a recovery code is good.
    pub fn set_recovery_print(&mut self, print: Option<Print>) {
        self.recovery = print;
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

    /// Seals the keyring into a row of 4,096 bytes; past 58 groups of 8,192, past 118
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
        out.extend(self.mark.expose());
        out.extend(self.passphrase.map_or([0; 16], |print| print.0));
        out.extend(self.recovery.map_or([0; 16], |print| print.0));
        out.extend(count.to_be_bytes());
        for seat in &self.seats {
            out.extend(seat.group);
            out.extend(seat.member);
            out.extend(seat.secret.expose());
            out.extend(seat.epoch.to_be_bytes());
        }
        out
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader(bytes);
        if reader.u8()? != VERSION {
            return None;
        }
        let own = OwnKey::from_bytes(reader.array()?);
        let mut keyring = Self::new(own, MarkKey::from_bytes(reader.array()?));
        keyring.passphrase = print(reader.array()?);
        keyring.recovery = print(reader.array()?);
        for _ in 0..reader.u16()? {
            let seat = GroupSeat {
                group: reader.array()?,
                member: reader.array()?,
                secret: MemberSecret::from_bytes(reader.array()?),
                epoch: reader.u32()?,
            };
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

/// All zeros stand for none.
fn print(bytes: Id) -> Option<Print> {
    (bytes != Id::default()).then_some(Print(bytes))
}

/// Shows which stored bytes are meant without holding them: the first 16 bytes of SHA-256
/// (FIPS 180-4) over `sameboat/1`, the label and the bytes, each with its length before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Print(Id);

impl Print {
    /// The print of a stored wrap.
    pub fn of(wrap: &[u8]) -> Self {
        let parts = [labels::FORMAT.as_bytes(), labels::PRINT_WRAP.as_bytes(), wrap];
        let hash = Sha256::digest(join(&parts));
        Self(hash[..16].try_into().expect("SHA-256 gives 32 bytes"))
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
    fn fifty_eight_groups_fit_into_four_kibibytes() {
        assert_eq!(ROW_SIZES.map(seats_in), [58, 118, 238]);
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
            bytes.extend([7; 96]);
            bytes.extend(count.to_be_bytes());
            bytes.extend(rest);
            let _ = Keyring::parse(&bytes);
        }
    }
}
