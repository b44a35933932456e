use seal::{GroupSeat, Id, Keyring, MarkKey, MemberSecret, OwnKey, PersonKey, Print};

use crate::with_chance;

fn id(number: usize) -> Id {
    let mut id = Id::default();
    id[..8].copy_from_slice(&u64::try_from(number).expect("small").to_be_bytes());
    id
}

fn seat(number: usize) -> GroupSeat {
    GroupSeat {
        group: id(number),
        member: id(number + 1000),
        secret: MemberSecret::from_bytes([7; 32]),
        epoch: u32::try_from(number).expect("small"),
    }
}

fn keyring(groups: usize) -> Keyring {
    let mut keyring = Keyring::new(OwnKey::from_bytes([3; 32]), MarkKey::from_bytes([5; 32]));
    for number in 0..groups {
        keyring.add(seat(number)).expect("there is room");
    }
    keyring
}

#[test]
fn the_row_has_one_size_for_up_to_58_groups_and_then_two_more() {
    let key = PersonKey::from_bytes([1; 32]);
    with_chance(1, |chance| {
        for (groups, size) in [
            (0, 4096),
            (1, 4096),
            (58, 4096),
            (59, 8192),
            (118, 8192),
            (119, 16384),
            (Keyring::MOST_GROUPS, 16384),
        ] {
            let row = keyring(groups).seal(&key, b"person", chance);
            assert_eq!(row.as_bytes().len(), size, "{groups} groups");
            let opened = Keyring::open(&key, b"person", &row).expect("it opens");
            assert_eq!(opened.seats().len(), groups);
            assert_eq!(opened.own().expose(), &[3; 32]);
            for number in 0..groups {
                let found = opened.find(&id(number)).expect("the seat is there");
                assert_eq!(found.member, id(number + 1000));
                assert_eq!(found.secret.expose(), &[7; 32]);
                assert_eq!(found.epoch, u32::try_from(number).expect("small"));
            }
        }
    });
    let mut full = keyring(Keyring::MOST_GROUPS);
    assert!(full.add(seat(999)).is_err());
}

#[test]
fn a_seat_is_found_replaced_and_taken_out() {
    let mut keyring = keyring(3);
    let new = GroupSeat { secret: MemberSecret::from_bytes([8; 32]), ..seat(1) };
    keyring.add(new).expect("it replaces the old one");
    assert_eq!(keyring.seats().len(), 3);
    assert_eq!(keyring.find(&id(1)).expect("still there").secret.expose(), &[8; 32]);
    assert!(keyring.remove(&id(1)).is_some());
    assert!(keyring.remove(&id(1)).is_none());
    assert!(keyring.find(&id(1)).is_none());
    keyring.replace_own(OwnKey::from_bytes([4; 32]));
    assert_eq!(keyring.own().expose(), &[4; 32]);
}

#[test]
fn only_its_person_opens_it() {
    let key = PersonKey::from_bytes([1; 32]);
    let row = with_chance(1, |chance| keyring(1).seal(&key, b"person", chance));
    assert!(Keyring::open(&key, b"somebody", &row).is_err());
    assert!(Keyring::open(&PersonKey::from_bytes([2; 32]), b"person", &row).is_err());
    // The person key's own sealing key is another one.
    let place = seal::Place { label: "keyring", scope: b"person", row: b"person", writer: None };
    assert!(key.open(&place, &row).is_err());
}

#[test]
fn it_does_not_show_what_it_holds() {
    assert_eq!(format!("{:?} {:?}", keyring(1), seat(1)), "[keyring] [seat]");
}

#[test]
fn it_remembers_which_ways_in_are_good_and_makes_the_same_marks() {
    let key = PersonKey::from_bytes([1; 32]);
    let mut ring = keyring(1);
    let before = seal::mark(ring.mark(), b"week 5");
    ring.set_passphrase_print(Some(Print::of(b"a wrap")));
    ring.replace_own(OwnKey::from_bytes([9; 32]));
    let row = with_chance(1, |chance| ring.seal(&key, b"person", chance));
    let opened = Keyring::open(&key, b"person", &row).expect("it opens");
    assert_eq!(opened.passphrase_print(), Some(&Print::of(b"a wrap")));
    assert_ne!(opened.passphrase_print(), Some(&Print::of(b"an older wrap")));
    assert_eq!(opened.recovery_print(), None);
    assert_eq!(seal::mark(opened.mark(), b"week 5"), before);
}
