use core::fmt;

use thiserror::Error;
use zeroize::Zeroizing;

use crate::derive::derive;
use crate::{Chance, Id, OpenError, PersonKey, labels, symbols};

use super::{about, open_key, row_id, seal_key};

const SYMBOLS: usize = 26;

/// A recovery code: 130 random bits as 26 characters, and one more to notice a slip of
/// the pen. It works without the instance key, so that it is also the way back if that
/// is lost; 130 bits need no stretching.
///
/// The check character is a sum over GF(32) in which each place has its own weight: it
/// notices any one wrong character and any two that changed places.
pub struct RecoveryCode(Zeroizing<[u8; SYMBOLS]>);

/// Why something typed is no recovery code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RecoveryError {
    /// Not 27 characters, or some that no code has.
    #[error("a recovery code has 27 letters and digits")]
    Length,
    /// A character is wrong, or two changed places.
    #[error("a character of the recovery code is wrong")]
    Check,
}

impl RecoveryCode {
    /// A new code.
    pub fn random(chance: &mut Chance<'_>) -> Self {
        let mut symbols = Zeroizing::new([0; SYMBOLS]);
        chance.fill(symbols.as_mut_slice());
        for symbol in symbols.iter_mut() {
            *symbol &= 31;
        }
        Self(symbols)
    }

    /// Reads a typed code: any case, spaces and hyphens anywhere, likeness forgiven (O for 0).
    ///
    /// # Errors
    /// [`RecoveryError`].
    pub fn parse(typed: &str) -> Result<Self, RecoveryError> {
        let read = symbols::read(typed, SYMBOLS + 1).ok_or(RecoveryError::Length)?;
        let mut symbols = Zeroizing::new([0; SYMBOLS]);
        symbols.copy_from_slice(&read[..SYMBOLS]);
        if read[SYMBOLS] != check(&symbols) {
            return Err(RecoveryError::Check);
        }
        Ok(Self(symbols))
    }

    /// The code for the recovery sheet: nine groups of three.
    pub fn print(&self) -> Zeroizing<String> {
        let mut all = Zeroizing::new(self.0.to_vec());
        all.push(check(&self.0));
        Zeroizing::new(symbols::print(&all, 3))
    }

    /// The id of the row that belongs to this code. It does not lead back to the code.
    pub fn row_id(&self) -> Id {
        row_id(self.0.as_slice(), labels::ROW_RECOVERY)
    }

    /// Wraps a person key, bound to the person's id.
    pub fn wrap(&self, person: &[u8], key: &PersonKey, chance: &mut Chance<'_>) -> Vec<u8> {
        let under = derive(self.0.as_slice(), labels::WRAP_RECOVERY);
        let about = about(labels::WRAP_RECOVERY, &[], person);
        seal_key(&under, &about, key.expose(), chance)
    }

    /// Opens what [`wrap`](Self::wrap) made for this person.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn unwrap(&self, person: &[u8], wrapped: &[u8]) -> Result<PersonKey, OpenError> {
        let under = derive(self.0.as_slice(), labels::WRAP_RECOVERY);
        let about = about(labels::WRAP_RECOVERY, &[], person);
        open_key(&under, &about, wrapped).map(PersonKey::from_secret)
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[recovery code]")
    }
}

/// Σ a^(26−i)·symbol(i), a a generator of GF(32) with x^5 = x^2 + 1, by Horner's rule.
fn check(symbols: &[u8; SYMBOLS]) -> u8 {
    symbols.iter().fold(0, |sum, symbol| times_a(sum ^ symbol))
}

fn times_a(value: u8) -> u8 {
    let doubled = value << 1;
    if doubled & 32 == 0 { doubled } else { doubled ^ 0b10_0101 }
}
