//! A disk for tests of SQLite that forgets what was not synced.
//!
//! [`Disk`] watches the files of one folder; SQLite opens them through the layer named [`VFS`].

mod chance;
mod disk;
mod platter;
mod vfs;

pub use disk::{Disk, Refuse};
pub use platter::Loss;

/// The name by which SQLite knows this layer, once there is a [`Disk`].
pub const VFS: &str = "powercut";
