use seal::{
    BoxInfo, EpochOrItem, GroupKey, OpenError, PersonKey, Place, letter_put, letter_take,
    person_box, person_unbox,
};

use crate::with_chance;

const PLACE: Place<'static> =
    Place { label: "sharing.words", scope: b"group", row: b"row", writer: None };
const INFO: BoxInfo<'static> = BoxInfo {
    label: "door.card",
    group: b"group",
    epoch_or_item: EpochOrItem::Epoch(1),
    member: b"row",
};

fn shows(bytes: &[u8]) -> bool {
    bytes.windows(6).any(|seen| seen == b"canary")
}

#[test]
fn with_sealing_off_words_stand_in_clear_in_a_layout_of_the_same_size() {
    const { assert!(!seal::SEALING) };
    let key = GroupKey::from_bytes(1, [1; 32]);
    with_chance(1, |chance| {
        let value = key.seal(&PLACE, b"canary", chance);
        assert!(shows(value.as_bytes()));
        assert_eq!(value.as_bytes().len(), 30 + 64 + 16);
        assert_eq!(key.open(&PLACE, &value).expect("it opens").text(), Ok("canary"));
        let other = GroupKey::from_bytes(2, [1; 32]);
        assert_eq!(other.open(&PLACE, &value).err(), Some(OpenError::OtherKey));

        let letter = letter_put(&key.letterbox(), &INFO, b"canary", chance).expect("it goes in");
        assert!(shows(&letter));
        assert_eq!(letter.len(), 33 + 64 + 16);
        let taken = letter_take(&key, &INFO, &letter).expect("it comes out");
        assert_eq!(taken.text(), Ok("canary"));

        let person = PersonKey::from_bytes([2; 32]);
        let boxed = person_box(&person.public(), &INFO, b"canary", chance).expect("it goes in");
        assert!(shows(&boxed));
        let opened = person_unbox(&person, &INFO, &boxed).expect("it comes out");
        assert_eq!(opened.text(), Ok("canary"));
    });
}
