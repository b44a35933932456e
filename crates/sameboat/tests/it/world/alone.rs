use std::process::Command;

/// Whether this test may go on: it has a process to itself. If not, it is run in one, and must
/// pass there. (nextest gives every test its own; plain `cargo test` shares one.)
#[expect(clippy::disallowed_methods, reason = "runners of tests speak through the environment")]
pub fn alone(test: &str) -> bool {
    const MARK: &str = "SAMEBOAT_TEST_ALONE";
    if std::env::var_os("NEXTEST").is_some() || std::env::var_os(MARK).is_some() {
        return true;
    }
    let program = std::env::current_exe().expect("this test is a program");
    let done = Command::new(program).args(["--exact", test]).env(MARK, "1").output();
    let done = done.expect("a program can be run");
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success() && said.contains("1 passed"), "{said}");
    false
}
