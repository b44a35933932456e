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

/// At the top `cargo run` means the program: README's first command says no more than that.
#[test]
fn cargo_knows_which_program_is_meant() {
    let folder = crate_folder();
    let all = files(&folder.join("../.."), &["toml"]);
    let text = |path: &str| {
        let found = all.iter().find(|file| file.path == path);
        found.unwrap_or_else(|| panic!("{path} is gone")).text.as_str()
    };
    assert!(text("Cargo.toml").contains("\ndefault-members = [\"crates/sameboat\"]\n"));
    assert!(!text("crates/sameboat/Cargo.toml").contains("[[bin]]"), "one program, src/main.rs");
    assert!(!folder.join("src/bin").exists(), "one program, src/main.rs");
}

/// The one crate with a file in which `unsafe` may stand, and that file. It is never shipped.
const UNSAFE: (&str, &str) = ("powercut", "powercut/src/vfs.rs");

#[test]
fn unsafe_code_is_forbidden_in_every_crate_but_one_that_is_never_shipped() {
    let crates = crate_folder().join("..");
    for file in files(&crates, &["toml"]) {
        if !file.path.ends_with("Cargo.toml") || file.path.contains("/fuzz/") {
            continue;
        }
        if file.path.starts_with(UNSAFE.0) {
            assert!(
                file.text.contains("publish = false")
                    && file.text.contains("unsafe_code = \"deny\"")
            );
            continue;
        }
        let inherits = file.text.contains("[lints]\nworkspace = true");
        assert!(inherits, "{} does not take the workspace's lints", file.path);
        let shipped = file.text.split("[dev-dependencies]").next().unwrap_or_default();
        let used = shipped.contains(UNSAFE.0) && !file.text.contains("publish = false");
        assert!(!used, "{} ships {}", file.path, UNSAFE.0);
    }
    let lint = ["unsafe", "code, reason"].join("_");
    let may = |file: &&super::source::File| file.text.contains(&lint);
    let all = files(&crates, &["rs"]);
    let open: Vec<&str> = all.iter().filter(may).map(|file| &*file.path).collect();
    assert_eq!(open, [UNSAFE.1]);
}
