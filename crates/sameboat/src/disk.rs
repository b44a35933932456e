//! How much room is left where the database lies. While there is little, strangers can't use it up:
//! nobody joins, and long pages and drafts are not taken; whatever else members do goes on.

use std::path::Path;

use crate::config::Settings;

/// Room on a disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Blocks that this account may still use.
    pub free: u64,
    /// All blocks.
    pub all: u64,
}

impl Room {
    /// How much is free, in whole percent.
    pub fn percent(self) -> u64 {
        (u128::from(self.free) * 100 / u128::from(self.all.max(1))) as u64
    }
}

/// Whether so little is free that strangers must not use it up. Where nothing is known of it: no.
pub fn is_low(settings: &Settings) -> bool {
    let room = settings.disk.as_deref().and_then(|folder| room(folder).ok());
    room.is_some_and(|room| room.percent() < u64::from(settings.keep_free))
}

/// The room on the disk on which a folder lies.
///
/// # Errors
/// When the folder is not there.
#[cfg(unix)]
pub fn room(folder: &Path) -> std::io::Result<Room> {
    let disk = rustix::fs::statvfs(folder)?;
    Ok(Room { free: disk.f_bavail, all: disk.f_blocks })
}

/// Elsewhere nothing is known.
#[cfg(not(unix))]
pub fn room(_folder: &Path) -> std::io::Result<Room> {
    Err(std::io::ErrorKind::Unsupported.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_are_whole_and_no_disk_is_no_trouble() {
        assert_eq!(Room { free: 99, all: 1_000 }.percent(), 9);
        assert_eq!(Room { free: u64::MAX, all: u64::MAX }.percent(), 100);
        assert_eq!(Room { free: 0, all: 0 }.percent(), 0);
        assert!(room(Path::new("/")).is_ok_and(|room| room.free <= room.all && room.all > 0));
        assert!(room(Path::new("/no/such/folder")).is_err());
    }
}
