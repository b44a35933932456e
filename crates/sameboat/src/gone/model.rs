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

impl Entry {
    /// `2026-11-22 member <32 hex digits> <32 hex digits>` and a line end.
    pub fn line(&self) -> String {
        let (scope, id) = (hex(&self.scope), hex(&self.id));
        format!("{} {} {scope} {id}\n", clock::date_of_day(self.day), self.kind.word())
    }
}

/// Reads a list.
///
/// # Errors
/// The number of the first line (from 1) that is none of ours.
pub fn parse(text: &str) -> Result<Vec<Entry>, usize> {
    text.lines().enumerate().map(|(at, line)| entry(line).ok_or(at + 1)).collect()
}

fn entry(line: &str) -> Option<Entry> {
    let mut words = line.split(' ');
    let day = clock::day_of_date(words.next()?.parse().ok()?);
    let kind = Kind::from_word(words.next()?)?;
    let (scope, id) = (unhex(words.next()?)?, unhex(words.next()?)?);
    words.next().is_none().then_some(Entry { kind, scope, id, day })
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

    #[test]
    fn a_list_is_read_as_it_was_written() {
        let entry = Entry { kind: Kind::Member, scope: [1; 16], id: [0xfe; 16], day: 20_000 };
        let two = format!("{}{}", entry.line(), entry.line());
        assert_eq!(parse(&two), Ok(vec![entry.clone(), entry]));
    }

    #[test]
    fn a_line_of_somebody_else_is_named() {
        let good = Entry { kind: Kind::Page, scope: [7; 16], id: [8; 16], day: 1 }.line();
        for bad in ["", "2026-01-01 person 00 00", "x", "2026-01-01 ghost 0 0"] {
            assert_eq!(parse(&format!("{good}{bad}\n{good}")), Err(2), "{bad}");
        }
    }
}
