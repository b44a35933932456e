//! Bytes that lie on a disk.

use std::fs;
use std::path::{Path, PathBuf};

/// Every file under a folder, with what it holds.
pub fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder that can be read") {
        let path = entry.expect("an entry that can be read").path();
        if path.is_dir() {
            all.extend(files(&path));
        } else if let Ok(bytes) = fs::read(&path) {
            all.push((path, bytes));
        }
    }
    all
}

/// Whether these bytes stand somewhere in those.
pub fn holds(all: &[u8], some: &[u8]) -> bool {
    let mut rest = all;
    while let Some(at) = rest.iter().position(|byte| *byte == some[0]) {
        if rest[at..].starts_with(some) {
            return true;
        }
        rest = &rest[at + 1..];
    }
    false
}
