//! Values that were made by the rules, and then changed, cut or made longer: none opens, and none
//! brings the reader down. The first byte says which value, the next two how long it is to be, and
//! then each three which byte is changed, and by what.
#![no_main]

use libfuzzer_sys::fuzz_target;
use seal::backup::{BackupFacts, BackupReader, BackupWriter, OperatorSecret};
use seal::*;

const GROUP: Id = [1; 16];
const MEMBER: Id = [2; 16];
const PERSON: Id = [3; 16];
const ITEM: Id = [4; 16];

fn chance<T>(make: impl FnOnce(&mut Chance<'_>) -> T) -> T {
    let mut next = 0_u8;
    let mut fill = |bytes: &mut [u8]| {
        for byte in bytes {
            next = next.wrapping_mul(5).wrapping_add(113);
            *byte = next;
        }
    };
    make(&mut Chance::new(&mut fill))
}

/// The value as it is changed; none if it is as it was.
fn changed(value: &[u8], how: &[u8]) -> Option<Vec<u8>> {
    let (length, changes) = how.split_first_chunk::<2>()?;
    let length = usize::from(u16::from_be_bytes(*length)) % (value.len() + 64);
    let mut now = value.to_vec();
    now.resize(length, 0);
    for change in changes.chunks_exact(3) {
        let at = usize::from(u16::from_be_bytes([change[0], change[1]]));
        if !now.is_empty() {
            let at = at % now.len();
            now[at] ^= change[2];
        }
    }
    (now != value).then_some(now)
}

fuzz_target!(|data: &[u8]| {
    let Some((which, how)) = data.split_first() else {
        return;
    };
    let member = MemberSecret::from_bytes([5; 32]);
    let to = GrantTo {
        group: &GROUP,
        member: &MEMBER,
    };
    let key = GroupKey::from_bytes(1, [6; 32]);
    let place = Place {
        label: "fuzz",
        scope: &GROUP,
        row: &ITEM,
        writer: Some(&MEMBER),
    };
    match which % 7 {
        0 => {
            let words = chance(|c| key.seal(&place, b"words", c));
            if let Some(now) = changed(words.as_bytes(), how) {
                assert!(key.open(&place, &Sealed::from_bytes(now)).is_err());
            }
        }
        1 => {
            let whole = Granted::Whole(key.clone());
            let boxed = chance(|c| grant_box(&member.public(), &to, 1, &whole, c)).expect("a key");
            if let Some(now) = changed(&boxed, how) {
                assert!(grant_unbox(&member, &to, 1, &now).is_err());
            }
        }
        2 => {
            let wrapped = chance(|c| grant_wrap(&member, &to, &key, c));
            if let Some(now) = changed(&wrapped, how) {
                assert!(grant_unwrap(&member, &to, 1, &now).is_err());
            }
        }
        3 => {
            let (sender, to) = (
                MemberSecret::from_bytes([7; 32]),
                EnvelopeTo {
                    group: &GROUP,
                    item: &ITEM,
                    member: &MEMBER,
                },
            );
            let from = EnvelopeFrom {
                member: PERSON,
                epoch: 1,
            };
            let (envelope, _) = chance(|c| Envelope::seal(&place, b"words", c));
            let by = (&from, &sender);
            let boxed = chance(|c| envelope_box(by, (&to, &member.public()), &envelope, c));
            if let Some(now) = changed(&boxed.expect("a key"), how) {
                let by = (&from, &sender.public());
                assert!(envelope_unbox(&member, &to, by, &now).is_err());
            }
        }
        4 => {
            let to = EnvelopeTo {
                group: &GROUP,
                item: &ITEM,
                member: &MEMBER,
            };
            let (envelope, _) = chance(|c| Envelope::seal(&place, b"words", c));
            let wrapped = chance(|c| envelope_wrap(&member, &to, (&PERSON, &envelope), c));
            if let Some(now) = changed(&wrapped, how) {
                assert!(envelope_unwrap(&member, &to, &now).is_err());
            }
        }
        5 => {
            let person = PersonKey::from_bytes([8; 32]);
            let ring = chance(|c| Keyring::new(OwnKey::random(c), MarkKey::random(c)));
            let sealed = chance(|c| ring.seal(&person, &PERSON, c));
            if let Some(now) = changed(sealed.as_bytes(), how) {
                assert!(Keyring::open(&person, &PERSON, &Sealed::from_bytes(now)).is_err());
            }
        }
        _ => backup(how),
    }
});

/// A backup that was changed ends with an error, and what it gave until then is a part of what was
/// put in.
fn backup(how: &[u8]) {
    let operator = chance(OperatorSecret::random);
    let text = vec![b'a'; 3 * 64 * 1024 + 17];
    let facts = BackupFacts {
        instance: [9; 16],
        made_at: 0,
    };
    let begun = chance(|c| BackupWriter::begin(&operator.public(), &facts, c));
    let (mut writer, mut file) = begun.expect("a key");
    file.extend(writer.push(&text).expect("it is written"));
    file.extend(writer.finish().expect("it is written"));
    let Some(now) = changed(&file, how) else {
        return;
    };
    let Some((header, rest)) = now.split_first_chunk() else {
        return;
    };
    let Ok((mut reader, read)) = BackupReader::begin(&operator, header) else {
        return;
    };
    assert!(read == facts);
    let read = reader.push(rest);
    if let Ok(read) = &read {
        assert!(text.starts_with(read));
    }
    assert!(read.is_err() || reader.finish().is_err());
}
