//! What `restore` reads from outside: the gone list, and the lines of a backup.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sameboat::backup::{Cell, Line};
use sameboat::gone::parse;
use storekit::Value;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    if let Ok(list) = parse(text) {
        let lines = text.lines().count() as u64;
        assert_eq!(list.last - list.first + 1, lines, "each line is counted");
        assert!(list.entries.len() < text.lines().count(), "one says where it ends");
        // Cut off within a line, it is no list.
        let mut short = text.trim_end_matches('\n').to_owned();
        short.pop();
        assert!(parse(&short).is_err());
    }
    if let Ok(line) = serde_json::from_str::<Line>(text) {
        let again = serde_json::to_string(&line).expect("a line is written");
        let read: Line = serde_json::from_str(&again).expect("and read");
        assert_eq!(serde_json::to_string(&read).expect("a line"), again);
        if let Line::Row(cells) = line {
            for cell in cells {
                let Ok(value) = Value::try_from(cell) else {
                    return;
                };
                let _ = Cell::from(value);
            }
        }
    }
});
