//! Small files.

use super::source::{crate_folder, files};

const MOST_LINES: usize = 400;
const ENDINGS: [&str; 8] = ["rs", "html", "css", "js", "mjs", "ftl", "sql", "toml"];
/// Data, not code: lists that are read line by line.
const LISTS: [&str; 1] = ["crates/sameboat/data/"];

#[test]
fn no_file_has_more_than_four_hundred_lines() {
    let folder = crate_folder().join("../..");
    for file in files(&folder, &ENDINGS) {
        if LISTS.iter().any(|list| file.path.starts_with(list)) {
            continue;
        }
        let lines = file.text.lines().count();
        assert!(lines <= MOST_LINES, "{} has {lines} lines: make it a folder", file.path);
    }
}

#[test]
fn unsafe_code_is_forbidden_in_every_crate() {
    let folder = crate_folder().join("../..");
    for file in files(&folder.join("crates"), &["toml"]) {
        if file.path.ends_with("Cargo.toml") && !file.path.contains("/fuzz/") {
            let inherits = file.text.contains("[lints]\nworkspace = true");
            assert!(inherits, "{} does not take the workspace's lints", file.path);
        }
    }
}
