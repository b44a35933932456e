//! Lines of the gone list.

use crate::clock;

/// What went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A person took their sign-in and all that hangs on it away.
    Person,
    /// A group ended.
    Group,
    /// A member left, or was asked to.
    Member,
    /// A page of a notebook was torn out.
    Page,
    /// A share was taken back, with its answers.
    Share,
    /// An answer was taken back.
    Answer,
}

impl Kind {
    const ALL: [Kind; 6] =
        [Kind::Person, Kind::Group, Kind::Member, Kind::Page, Kind::Share, Kind::Answer];

    /// The word in the row and in the list.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Person => "person",
            Kind::Group => "group",
            Kind::Member => "member",
            Kind::Page => "page",
            Kind::Share => "share",
            Kind::Answer => "answer",
        }
    }

    /// From the word.
    pub fn from_word(word: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// One thing that went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What.
    pub kind: Kind,
    /// The id of the group or person it belonged to; its own for these.
    pub scope: [u8; 16],
    /// Its id.
    pub id: [u8; 16],
    /// When (days since 1970, UTC).
    pub day: i64,
}

/// One line of the list. Lines are numbered, so that one that is missing is noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// Something went.
    Gone(Entry),
    /// The end, as it was on this day (days since 1970, UTC): whatever went until then stands above.
    End(i64),
}

impl Line {
    /// `17 2026-11-22 member <32 hex digits> <32 hex digits>` or `18 2026-11-22 end`, and a line end.
    pub fn text(&self, number: u64) -> String {
        match self {
            Line::End(day) => format!("{number} {} end\n", clock::date_of_day(*day)),
            Line::Gone(entry) => {
                let (scope, id) = (hex(&entry.scope), hex(&entry.id));
                let (day, kind) = (clock::date_of_day(entry.day), entry.kind.word());
                format!("{number} {day} {kind} {scope} {id}\n")
            }
        }
    }

    /// A line and its number; none when it is none of ours.
    pub fn read(line: &str) -> Option<(u64, Line)> {
        let mut words = line.split(' ');
        let number = words.next()?.parse().ok().filter(|number| *number > 0)?;
        let day = clock::day_of_date(words.next()?.parse().ok()?);
        let line = match words.next()? {
            "end" => Line::End(day),
            kind => {
                let kind = Kind::from_word(kind)?;
                let (scope, id) = (unhex(words.next()?)?, unhex(words.next()?)?);
                Line::Gone(Entry { kind, scope, id, day })
            }
        };
        words.next().is_none().then_some((number, line))
    }
}

/// A whole list.
#[derive(Debug, PartialEq, Eq)]
pub struct List {
    /// The number of its first line: those before it were cut off because they are old.
    pub first: u64,
    /// The number of its last line.
    pub last: u64,
    /// Until which day it is known who went (days since 1970, UTC).
    pub until: i64,
    /// Who and what went.
    pub entries: Vec<Entry>,
}

/// What is wrong with a list.
#[derive(Debug, PartialEq, Eq)]
pub enum Wrong {
    /// The line with this place in the file (from 1) is none of ours.
    Line(usize),
    /// Lines are missing before the one with this place.
    Missing(usize),
    /// Its end is missing.
    End,
}

/// Reads a list.
///
/// # Errors
/// What is wrong with it.
pub fn parse(text: &str) -> Result<List, Wrong> {
    let whole = text.strip_suffix('\n').ok_or(Wrong::End)?;
    let mut list: Option<List> = None;
    let mut ended = false;
    for (at, line) in whole.split('\n').enumerate() {
        let (number, line) = Line::read(line).ok_or(Wrong::Line(at + 1))?;
        let new = || List { first: number, last: number - 1, until: 0, entries: Vec::new() };
        let list = list.get_or_insert_with(new);
        if Some(number) != list.last.checked_add(1) {
            return Err(Wrong::Missing(at + 1));
        }
        list.last = number;
        ended = matches!(line, Line::End(_));
        match line {
            Line::End(day) => list.until = day,
            Line::Gone(entry) => list.entries.push(entry),
        }
    }
    list.filter(|_| ended).ok_or(Wrong::End)
}

fn hex(bytes: &[u8; 16]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<[u8; 16]> {
    u128::from_str_radix(text, 16).ok().filter(|_| text.len() == 32).map(u128::to_be_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> Vec<String> {
        let gone =
            Line::Gone(Entry { kind: Kind::Member, scope: [1; 16], id: [0xfe; 16], day: 20_000 });
        let lines = [Line::End(19_999), gone.clone(), gone, Line::End(20_001)];
        lines.iter().zip(7..).map(|(line, number)| line.text(number)).collect()
    }

    #[test]
    fn a_list_is_read_as_it_was_written() {
        let read = parse(&list().concat()).expect("a whole list");
        assert_eq!((read.first, read.last, read.until, read.entries.len()), (7, 10, 20_001, 2));
        assert_eq!(read.entries[0].id, [0xfe; 16]);
    }

    #[test]
    fn a_list_without_its_end_or_its_middle_is_noticed() {
        let lines = list();
        for (kept, wrong) in [
            (&lines[..3], Wrong::End),
            (&lines[..2], Wrong::End),
            (&lines[..0], Wrong::End),
            (&[lines[0].clone(), lines[3].clone()][..], Wrong::Missing(2)),
            (&[lines[1].clone(), lines[0].clone()][..], Wrong::Missing(2)),
        ] {
            assert_eq!(parse(&kept.concat()), Err(wrong), "{kept:?}");
        }
        let whole = lines.concat();
        assert_eq!(parse(&whole[..whole.len() - 1]), Err(Wrong::End));
        assert!(parse(&lines[1..].concat()).is_ok(), "old lines may go at the top");
    }

    #[test]
    fn a_line_of_somebody_else_is_named() {
        let (good, end) = (list().swap_remove(1), list().swap_remove(3));
        for bad in ["", "9 2026-01-01 person 00 00", "x", "9 2026-01-01 ghost 0 0", "9 2026-01-01"]
        {
            assert_eq!(parse(&format!("{good}{bad}\n{end}")), Err(Wrong::Line(2)), "{bad}");
        }
    }
}
