//! The list's file: lines are added at its end and are never changed.

use std::fs::{File, OpenOptions};
use std::io::{Error, ErrorKind, Read, Result, Seek, SeekFrom, Write};
use std::path::Path;

use crate::gone::model::Line;

/// More than a line is long.
const TAIL: u64 = 512;

/// Adds lines, waits for the disk, and gives the number of the last one. `known` is the number that
/// the last line had before, as far as the database knows.
///
/// # Errors
/// A file that is shorter than it was, or that is none of ours, stays as it is.
pub fn append(list: &Path, lines: &[Line], known: u64) -> Result<u64> {
    let (mut file, last) = open(list, known)?;
    let numbers = last.map_or(known, |(number, _)| number).saturating_add(1)..;
    let text: String = lines.iter().zip(numbers.clone()).map(|(line, at)| line.text(at)).collect();
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    Ok(numbers.start + lines.len() as u64 - 1)
}

/// The same for the end of a day, unless the list ends with it already.
pub fn end_with(list: &Path, day: i64, known: u64) -> Result<Option<u64>> {
    let last = open(list, known)?.1;
    if last.is_some_and(|(_, line)| line == Line::End(day)) {
        return Ok(None);
    }
    append(list, &[Line::End(day)], known).map(Some)
}

/// Opens it, for this process alone, at its end.
fn open(list: &Path, known: u64) -> Result<(File, Option<(u64, Line)>)> {
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(list)?;
    // Other processes on the same database write into the same list.
    file.lock()?;
    let last = last_line(&mut file)?;
    match &last {
        Some((number, _)) if *number < known => {
            let why = format!("it ends with line {number}, and had {known}: it was cut off");
            Err(Error::new(ErrorKind::InvalidData, why))
        }
        Some(_) | None => Ok((file, last)),
    }
}

/// The last line; none in a new file. What a power cut left of a line is taken away: what it told of
/// still waits in the database.
fn last_line(file: &mut File) -> Result<Option<(u64, Line)>> {
    let length = file.metadata()?.len();
    let from = length.saturating_sub(TAIL);
    file.seek(SeekFrom::Start(from))?;
    let mut tail = Vec::new();
    Read::take(&mut *file, TAIL).read_to_end(&mut tail)?;
    let whole = tail.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    if whole < tail.len() {
        file.set_len(from + whole as u64)?;
    }
    let text = String::from_utf8_lossy(&tail[..whole]);
    let Some(line) = text.lines().next_back() else { return Ok(None) };
    let none_of_ours = || Error::new(ErrorKind::InvalidData, "its last line is none of ours");
    Line::read(line).map(Some).ok_or_else(none_of_ours)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gone::model::parse;

    fn read(list: &Path) -> (u64, u64, i64) {
        let read = parse(&std::fs::read_to_string(list).expect("a list")).expect("a whole list");
        (read.first, read.last, read.until)
    }

    #[test]
    fn lines_are_numbered_on_and_what_a_power_cut_left_goes() {
        let folder = tempfile::tempdir().expect("a folder");
        let list = folder.path().join("gone");
        assert_eq!(append(&list, &[Line::End(5)], 0).expect("written"), 1);
        assert_eq!(end_with(&list, 5, 1).expect("written"), None);
        assert_eq!(end_with(&list, 6, 1).expect("written"), Some(2));
        let mut file = OpenOptions::new().append(true).open(&list).expect("a list");
        file.write_all(b"3 2026-01-01 per").expect("written");
        assert_eq!(append(&list, &[Line::End(6), Line::End(7)], 2).expect("written"), 4);
        assert_eq!(read(&list), (1, 4, 7));
    }

    #[test]
    fn a_list_that_is_shorter_than_it_was_is_left_alone_and_a_new_one_goes_on_counting() {
        let folder = tempfile::tempdir().expect("a folder");
        let list = folder.path().join("gone");
        append(&list, &[Line::End(5)], 0).expect("written");
        let why = append(&list, &[Line::End(6)], 9).expect_err("it was cut");
        assert!(why.to_string().contains("it ends with line 1, and had 9"), "{why}");
        assert_eq!(read(&list), (1, 1, 5));
        std::fs::remove_file(&list).expect("it was there");
        assert_eq!(append(&list, &[Line::End(6)], 9).expect("written"), 10);
        assert_eq!(read(&list), (10, 10, 6));
        std::fs::write(&list, "shopping\n").expect("written");
        assert!(append(&list, &[Line::End(6)], 0).is_err());
    }
}
