//! Everything that reads bytes or text which anybody could have written.
#![no_main]

use libfuzzer_sys::fuzz_target;
use seal::backup::{BackupReader, OperatorPublic, OperatorSecret};
use seal::*;

fuzz_target!(|data: &[u8]| {
    let key = [1; 32];
    let place = Place {
        label: "fuzz",
        scope: b"group",
        row: b"row",
        writer: None,
    };
    let info = BoxInfo {
        label: "fuzz",
        group: b"group",
        epoch_or_item: EpochOrItem::Epoch(1),
        member: b"member",
    };
    let to = GrantTo {
        group: b"group",
        member: b"member",
    };

    let sealed = Sealed::from_bytes(data.to_vec());
    let _ = (sealed.key_kind(), sealed.key_number());
    let group = GroupKey::from_bytes(1, key);
    assert!(group.open(&place, &sealed).is_err());
    let person = PersonKey::from_bytes(key);
    assert!(Keyring::open(&person, b"person", &sealed).is_err());
    let member = MemberSecret::from_bytes(key);
    assert!(hpke_unbox(&member, &info, data).is_err());
    assert!(letter_take(&group, &info, data).is_err());
    assert!(grant_unwrap(&member, &to, 1, data).is_err());
    assert!(grant_unbox(&member, &to, 1, data).is_err());
    let envelope = EnvelopeTo {
        group: b"group",
        item: b"item",
        member: b"member",
    };
    let sender = MemberSecret::from_bytes([2; 32]).public();
    let from = EnvelopeFrom {
        member: [3; 16],
        epoch: envelope_epoch(data).unwrap_or_default(),
    };
    assert!(envelope_unbox(&member, &envelope, (&from, &sender), data).is_err());
    assert!(envelope_unwrap(&member, &envelope, data).is_err());
    assert!(
        SignInSecret::from_bytes(key)
            .unwrap(b"person", data)
            .is_err()
    );

    if let Ok(roster) = Roster::parse(data) {
        assert_eq!(roster.encode(), data);
    }
    if let Ok(wrap) = PassphraseWrap::parse(data) {
        assert_eq!(wrap.to_bytes(), data);
    }

    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let _ = InstanceKey::from_file(text);
    let _ = OperatorPublic::from_file(text);
    if let Ok(operator) = OperatorSecret::from_file(text)
        && let Some(header) = data.first_chunk()
    {
        let _ = BackupReader::begin(&operator, header);
    }
    if let Ok(code) = RecoveryCode::parse(text) {
        assert!(RecoveryCode::parse(&code.print()).is_ok());
    }
    if let Ok(name) = SignInName::parse(text) {
        let again = SignInName::parse(name.as_str()).expect("a name is a name");
        assert!(again == name);
    }
    if let Ok(phrase) = Passphrase::parse(text) {
        let again = Passphrase::parse(phrase.as_str()).expect("a passphrase is a passphrase");
        assert_eq!(again.as_str(), phrase.as_str());
    }
});
