//! Lists: what they take, and how large they are.

use super::model::{MustNotMeet, OwnList};
use crate::groups::MemberName;
use crate::ids::MemberId;

#[test]
fn a_list_is_one_name_a_line() {
    let list = MustNotMeet::parse(" Ana \n\n Bo\u{200b} ", true).expect("a good list");
    assert_eq!(list.names, ["Ana", "Bo"]);
    assert!(list.has(&MemberName::parse("ANA").expect("a name")));
    assert!(MustNotMeet::parse(&"x\n".repeat(21), false).is_err());
    assert!(MustNotMeet::parse(&"x".repeat(61), false).is_err());
}

#[test]
fn every_list_has_one_size() {
    let size = |list: OwnList| serde_json::to_vec(&list.filled()).expect("a list").len();
    let names = vec!["\u{1f642}".repeat(60); 20];
    let mut long = OwnList { list: MustNotMeet { names, tell: true }, ..OwnList::default() };
    for n in 0..20 {
        assert!(long.stop(MemberId::from([n; 16])));
        assert!(!long.stop(MemberId::from([n; 16])), "told once");
    }
    assert_eq!(size(OwnList::default()), size(long));
}
