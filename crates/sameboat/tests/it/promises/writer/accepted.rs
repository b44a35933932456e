//! What is known and accepted, each with its reason (`docs/threats.md`).

use super::tamper::{Kind, Tampering};

const NO_GONE_LIST: &str = "no row stands there until the settings name a gone list";

/// Columns in which nothing can be changed.
pub const UNTOUCHED: &[(&str, &str)] = &[
    ("instance.one", "its constraint takes one value alone"),
    ("person.id", "other rows refer to it, and two persons with one name are refused"),
    ("gone_list.one", NO_GONE_LIST),
    ("gone_list.lines", NO_GONE_LIST),
    ("gone_list.*", NO_GONE_LIST),
];

const ALL: &[Kind] = &[
    Kind::Bit,
    Kind::Other,
    Kind::Borrowed,
    Kind::Swapped,
    Kind::Deleted,
    Kind::Doubled,
    Kind::PutBack,
    Kind::RowPutBack,
];

/// Something that may be seen after a change.
struct Accepted {
    table: &'static str,
    kinds: &'static [Kind],
    /// What is seen begins so and ends so.
    seen: (&'static str, &'static str),
    /// Why.
    _because: &'static str,
}

const ACCEPTED: &[Accepted] = &[
    Accepted {
        table: "person",
        kinds: &[Kind::PutBack],
        seen: ("", "“walnut thursdays”"),
        _because: "somebody with an old keyring is told the name for outsiders, as anybody is who \
                   was asked to leave",
    },
    Accepted {
        table: "person",
        kinds: &[Kind::PutBack],
        seen: ("", "“walnut thursdays” there now"),
        _because: "the same, on the page where it did not stand",
    },
    Accepted {
        table: "paper",
        kinds: &[Kind::PutBack, Kind::RowPutBack],
        seen: ("is told: Written on DAY", "no longer in force"),
        _because: "what lies under an earlier key is shown as a version that has passed",
    },
    Accepted {
        table: "member",
        kinds: &[Kind::RowPutBack],
        seen: ("is told: Finnian", ""),
        _because: "of those who went, one is not named: a row that is away hides words",
    },
    Accepted {
        table: "hidden",
        kinds: ALL,
        seen: ("finds “", "there now"),
        _because: "what somebody hid is there again: they may read it",
    },
    Accepted {
        table: "meeting",
        kinds: ALL,
        seen: ("finds “turnstile kiosk”", "there now"),
        _because: "where one meeting is away, the one after it is the next",
    },
    Accepted {
        table: "meeting",
        kinds: ALL,
        seen: ("finds “copper beech cellar”", "there now"),
        _because: "a meeting whose circle is away is shown as one to come, with its place",
    },
    Accepted {
        table: "share",
        kinds: ALL,
        seen: ("finds “harmonium at dawn”", "there now"),
        _because: "an order that stands in clear decides which words are the latest on Today",
    },
];

/// Whether this is known and accepted.
pub fn is(tampering: &Tampering, wrong: &str) -> bool {
    ACCEPTED.iter().any(|one| {
        let (begins, ends) = one.seen;
        let seen = wrong.starts_with(begins) && wrong.ends_with(ends);
        tampering.table == one.table && one.kinds.contains(&tampering.kind) && seen
    })
}
