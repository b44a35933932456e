//! Everything that was logged, as the program logs it.

use std::io::{self, Write};
use std::sync::{Mutex, Once};

static LINES: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// Begins to keep log lines, for all tests of this process.
pub fn listen() {
    static BEGUN: Once = Once::new();
    BEGUN.call_once(|| sameboat::cli::log_to(|| Keep));
}

/// What was logged so far by this process: look for marks that only your test makes.
pub fn lines() -> String {
    let kept = LINES.lock().expect("nothing panics while it is held");
    String::from_utf8_lossy(&kept).into_owned()
}

struct Keep;

impl Write for Keep {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LINES.lock().expect("nothing panics while it is held").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
