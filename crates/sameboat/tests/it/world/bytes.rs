//! Bytes that lie on a disk.

use std::fs;
use std::path::{Path, PathBuf};

use regex::bytes::Regex;

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

/// Finds any of these.
pub fn any_of(some: &[Vec<u8>]) -> Regex {
    let literal =
        |bytes: &Vec<u8>| -> String { bytes.iter().map(|byte| format!(r"\x{byte:02x}")).collect() };
    let all: Vec<String> = some.iter().map(literal).collect();
    Regex::new(&format!("(?-u:{})", all.join("|"))).expect("bytes are a pattern")
}

/// Finds a piece of any of these sealed values. A long one lies in several pages of a database, so
/// whoever looks for the whole of it finds nothing.
pub fn piece_of(values: &[Vec<u8>]) -> Regex {
    const PIECE: usize = 32;
    // Format, kind and number of the key are alike in all values.
    let pieces = values.iter().flat_map(|value| value[6.min(value.len())..].chunks_exact(PIECE));
    any_of(&pieces.map(<[u8]>::to_vec).collect::<Vec<_>>())
}
