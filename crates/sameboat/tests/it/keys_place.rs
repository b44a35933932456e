//! Where the instance key may lie, and who may read it.

use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

/// What `check` says in this folder, of a key at this place; and whether it was content.
fn check(folder: &Path, data: &str, key: &str) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sameboat"));
    command.current_dir(folder).args(["check", "--data", data, "--key", key]);
    let output = command.output().expect("it runs");
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(said).expect("text"))
}

fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a test needs a folder");
    std::fs::create_dir(folder.path().join("data")).expect("a folder");
    folder
}

const IN_DATA: &str = "The instance key must not lie in the data folder";

#[test]
fn a_key_in_the_data_folder_is_refused_however_its_place_is_written() {
    let folder = folder();
    let at = folder.path();
    let whole = at.join("data").display().to_string();
    symlink("data", at.join("other-name")).expect("a link");
    symlink("data/behind.key", at.join("link.key")).expect("a link");
    for (data, key) in [
        ("data", "data/the.key"),
        ("data", "./data/the.key"),
        ("./data", "data/the.key"),
        ("data", "data/../data/the.key"),
        ("data", "nowhere/../data/the.key"),
        (&whole, "data/the.key"),
        ("data", &format!("{whole}/the.key")),
        ("data", "other-name/the.key"),
        ("other-name", "data/the.key"),
        ("data", "data/deeper/the.key"),
        ("data", "link.key"),
    ] {
        let (good, said) = check(at, data, key);
        assert!(!good && said.contains(IN_DATA), "{key} in {data}: {said}");
    }
    let left = std::fs::read_dir(at.join("data")).expect("a folder").count();
    assert_eq!(left, 0, "nothing was made there");
    std::fs::write(at.join("data/behind.key"), "no key").expect("a file");
    let (good, said) = check(at, "data", "link.key");
    assert!(!good && said.contains(IN_DATA), "{said}");
    let (good, said) = check(at, "data", "./data.key");
    assert!(good, "{said}");
}

#[test]
fn a_key_that_others_may_read_is_refused_with_the_command_that_mends_it() {
    let folder = folder();
    let at = folder.path();
    assert!(check(at, "data", "the.key").0);
    let key = at.join("the.key");
    let mode = |mode| std::fs::set_permissions(&key, std::fs::Permissions::from_mode(mode));
    for open in [0o644, 0o604, 0o444, 0o660, 0o622] {
        mode(open).expect("its mode can be changed");
        let (good, said) = check(at, "data", "the.key");
        assert!(!good && said.contains("chmod 600 the.key"), "{open:o}: {said}");
    }
    for closed in [0o600, 0o400] {
        mode(closed).expect("its mode can be changed");
        let (good, said) = check(at, "data", "the.key");
        assert!(good, "{closed:o}: {said}");
    }
}
