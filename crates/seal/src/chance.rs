use core::convert::Infallible;
use core::fmt;

use rand_core::{TryCryptoRng, TryRng};

/// The randomness that a call may use, handed in by the caller.
///
/// For people the function behind it must ask the operating system; in tests it may
/// be fixed. It fills the whole slice or does not come back.
pub struct Chance<'a>(&'a mut dyn FnMut(&mut [u8]));

impl<'a> Chance<'a> {
    /// Wraps a function that fills a slice with random bytes.
    pub fn new(fill: &'a mut dyn FnMut(&mut [u8])) -> Self {
        Self(fill)
    }

    /// Fills the slice.
    pub fn fill(&mut self, bytes: &mut [u8]) {
        (self.0)(bytes);
    }

    /// `N` random bytes.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }

    /// A number from 0 up to, but not including, `end`, each equally likely:
    /// draws from the uneven rest of the range are thrown away.
    ///
    /// # Panics
    /// When `end` is 0: there is no such number.
    pub fn below(&mut self, end: u32) -> u32 {
        assert!(end > 0, "no number is below 0");
        let even_part = u32::MAX - u32::MAX % end;
        loop {
            let draw = u32::from_le_bytes(self.bytes());
            if draw < even_part {
                return draw % end;
            }
        }
    }
}

impl TryRng for Chance<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(u32::from_le_bytes(self.bytes()))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(u64::from_le_bytes(self.bytes()))
    }

    fn try_fill_bytes(&mut self, dst: &mut [u8]) -> Result<(), Infallible> {
        self.fill(dst);
        Ok(())
    }
}

impl TryCryptoRng for Chance<'_> {}

impl fmt::Debug for Chance<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[chance]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_from_the_uneven_rest_are_thrown_away() {
        const END: u32 = 3 << 30;
        let mut draws = [u32::MAX, END, END - 1].into_iter();
        let mut fill = |bytes: &mut [u8]| {
            bytes.copy_from_slice(&draws.next().expect("three draws do").to_le_bytes());
        };
        assert_eq!(Chance::new(&mut fill).below(END), END - 1);
    }
}
