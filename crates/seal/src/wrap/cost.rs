use thiserror::Error;

/// What one try at a passphrase costs: Argon2id's memory and passes, on one lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Argon2Cost {
    mib: u16,
    passes: u8,
}

/// The cost lies outside 19 to 256 MiB or 1 to 10 passes. Less would make guessing
/// cheap, more would let whoever writes a row stop the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("an Argon2 cost outside 19 to 256 MiB and 1 to 10 passes is refused")]
pub struct CostRefused;

impl Argon2Cost {
    /// Memory in MiB (19 to 256) and passes (1 to 10).
    ///
    /// # Errors
    /// [`CostRefused`] outside these ranges.
    pub fn new(mib: u16, passes: u8) -> Result<Self, CostRefused> {
        let cost = Self { mib, passes };
        let allowed = (19..=256).contains(&mib) && (1..=10).contains(&passes);
        if allowed || cost.is_for_tests() { Ok(cost) } else { Err(CostRefused) }
    }

    /// 1 MiB and one pass, about a millisecond. Such wraps open only in a build with
    /// the feature `testing`.
    #[cfg(feature = "testing")]
    pub fn for_tests() -> Self {
        Self { mib: 1, passes: 1 }
    }

    fn is_for_tests(self) -> bool {
        cfg!(feature = "testing") && self == Self { mib: 1, passes: 1 }
    }

    /// Memory in MiB.
    pub fn mib(self) -> u16 {
        self.mib
    }

    /// Passes over the memory.
    pub fn passes(self) -> u8 {
        self.passes
    }
}

/// 64 MiB and 3 passes: about 0.15 s on one core.
impl Default for Argon2Cost {
    fn default() -> Self {
        Self { mib: 64, passes: 3 }
    }
}
