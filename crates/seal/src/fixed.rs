use thiserror::Error;

use crate::{Chance, GroupKey, OpenError, Opened, Place, Sealed, value};

/// A sealed row whose size never changes, for things that bear no name: how much is
/// in it can't be seen from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FixedBox {
    row_bytes: usize,
}

/// The content does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{bytes} bytes do not fit into a box for {capacity}")]
pub struct TooLarge {
    /// Bytes that were to go in.
    pub bytes: usize,
    /// Bytes that fit.
    pub capacity: usize,
}

impl FixedBox {
    /// A box that takes exactly `row_bytes` in the database.
    ///
    /// # Panics
    /// In a box smaller than 48 bytes nothing fits; sizes are constants of the program.
    pub const fn new(row_bytes: usize) -> Self {
        assert!(row_bytes >= value::OVERHEAD + 2, "such a box holds nothing");
        Self { row_bytes }
    }

    /// How many bytes of content fit.
    pub const fn capacity(&self) -> usize {
        self.row_bytes - value::OVERHEAD - 1
    }

    /// Seals the content at the box's full size.
    ///
    /// # Errors
    /// [`TooLarge`] when the content does not fit.
    pub fn seal(
        &self,
        key: &GroupKey,
        place: &Place<'_>,
        content: &[u8],
        chance: &mut Chance<'_>,
    ) -> Result<Sealed, TooLarge> {
        let (bytes, capacity) = (content.len(), self.capacity());
        if bytes > capacity {
            return Err(TooLarge { bytes, capacity });
        }
        let padded = self.row_bytes - value::OVERHEAD;
        Ok(value::seal_to(key.sealing(), place, content, padded, chance))
    }

    /// Opens a box of this very size.
    ///
    /// # Errors
    /// [`OpenError::Malformed`] for another size; else as for any sealed value.
    pub fn open(
        &self,
        key: &GroupKey,
        place: &Place<'_>,
        sealed: &Sealed,
    ) -> Result<Opened, OpenError> {
        if sealed.as_bytes().len() != self.row_bytes {
            return Err(OpenError::Malformed);
        }
        key.open(place, sealed)
    }
}
