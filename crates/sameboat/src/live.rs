//! What live pages are told, in one process or many: that something changed, and where to look.
//!
//! Always true: ids and numbers only. Words, names and keys go nowhere from here; the page that is
//! told fetches, and what it may see is decided then.

use std::fmt::Write;

use storekit::{Error, Tx};

use crate::access::GroupScope;
use crate::ids::{GroupId, MemberId, SignInId};

/// The channel on which it is told.
pub const CHANNEL: &str = "live";

/// A piece of a group's pages that looks different from now on.
#[derive(Clone, Copy)]
pub struct Change {
    /// The group.
    pub scope: GroupScope,
    /// The id of the element, the same on all pages that show it.
    pub piece: &'static str,
    /// What it shows, as its `data-of` says.
    pub id: [u8; 16],
    /// Grows with every change. A page that shows this one or a later one does nothing.
    pub version: i64,
}

/// Tells all pages of the group that show it, once this transaction is kept.
pub fn changed(tx: &mut Tx<'_>, change: &Change) -> Result<(), Error> {
    let Change { scope, piece, id, version } = change;
    let text = format!("changed {} {} {version} {piece}", scope.group(), hex(id));
    tx.tell(CHANNEL, &text)
}

/// Somebody went or was frozen: live pages of the group that may hear nothing more end now.
pub fn somebody_went(tx: &mut Tx<'_>, scope: GroupScope) -> Result<(), Error> {
    tx.tell(CHANNEL, &format!("check {}", scope.group()))
}

/// A sign-in ended: its live pages end with it.
pub fn signed_out(tx: &mut Tx<'_>, sign_in: SignInId) -> Result<(), Error> {
    tx.tell(CHANNEL, &format!("out {sign_in}"))
}

/// Who was heard of here just now, for the other processes: texts short enough to be told.
pub fn here(seats: &[(GroupId, MemberId)]) -> Vec<String> {
    let texts = seats.chunks(100).map(|seats| {
        let mut text = "here".to_owned();
        for (group, member) in seats {
            // Writing to a String cannot fail.
            let _ = write!(text, " {group}{member}");
        }
        text
    });
    texts.collect()
}

/// Something that was told.
#[derive(Debug, PartialEq, Eq)]
pub enum Told {
    /// A piece of this group's pages changed: the line for the pages.
    Changed(GroupId, String),
    /// Who may still hear what changes in this group is to be looked up.
    Check(GroupId),
    /// This sign-in ended.
    Out(SignInId),
    /// These members were heard of elsewhere.
    Here(Vec<(GroupId, MemberId)>),
}

impl Told {
    /// Reads what was told; what somebody else put there is nothing.
    pub fn read(text: &str) -> Option<Told> {
        let (kind, rest) = text.split_once(' ')?;
        match kind {
            "changed" => read_change(rest),
            "check" => rest.parse().ok().map(Told::Check),
            "out" => rest.parse().ok().map(Told::Out),
            "here" => rest.split(' ').map(read_seat).collect::<Option<_>>().map(Told::Here),
            _ => None,
        }
    }
}

fn read_change(rest: &str) -> Option<Told> {
    let mut parts = rest.split(' ');
    let group: GroupId = parts.next()?.parse().ok()?;
    let id = parts.next().filter(|id| id.len() == 32 && is_plain(id))?;
    let version: i64 = parts.next()?.parse().ok()?;
    let piece = parts.next().filter(|piece| is_plain(piece))?;
    let line = format!(r#"data: {{"id":"{id}","version":{version},"piece":"{piece}"}}"#);
    parts.next().is_none().then_some(Told::Changed(group, line))
}

fn is_plain(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

fn read_seat(pair: &str) -> Option<(GroupId, MemberId)> {
    let (group, member) = pair.split_at_checked(32)?;
    Some((group.parse().ok()?, member.parse().ok()?))
}

fn hex(id: &[u8; 16]) -> String {
    GroupId::from(*id).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_told_is_read_back() {
        let seats: Vec<_> =
            (0..150).map(|n| (GroupId::from([1; 16]), MemberId::from([n; 16]))).collect();
        let texts = here(&seats);
        assert!(texts.iter().all(|text| text.len() < 7_000));
        let read = texts.iter().flat_map(|text| match Told::read(text) {
            Some(Told::Here(seats)) => seats,
            other => panic!("{other:?}"),
        });
        assert!(read.eq(seats));
        let (a, b) = ("ab".repeat(16), "cd".repeat(16));
        let line = format!(r#"data: {{"id":"{b}","version":7,"piece":"the-circle"}}"#);
        let changed = Told::read(&format!("changed {a} {b} 7 the-circle"));
        assert_eq!(changed, Some(Told::Changed(GroupId::from([0xab; 16]), line)));
        assert_eq!(Told::read(&format!("out {a}")), Some(Told::Out(SignInId::from([0xab; 16]))));
    }

    #[test]
    fn what_others_put_there_is_nothing() {
        let a = "ab".repeat(16);
        for text in [
            "",
            "changed",
            "out",
            "out x",
            "here ",
            "here é",
            &format!("changed {a} {a} 7 x\"y"),
            &format!("changed {a} {a} 7 x\ny"),
            &format!("changed {a} {a} seven x"),
            &format!("changed {a} {a} 7 x more"),
            &format!("here {a}{a} {a}"),
            &format!("gone {a}"),
        ] {
            assert_eq!(Told::read(text), None, "{text}");
        }
    }
}
