//! Everything this crate writes, made from fixed keys and fixed chance, against a
//! committed file. When this fails, what people sealed before would no longer open:
//! write a new version beside the old one instead of changing the file.

use std::fmt::Write;

use seal::backup::{BackupFacts, BackupWriter, OperatorSecret};
use seal::*;

use crate::{instance, to_hex, with_chance};

const PLACE: Place<'static> =
    Place { label: "sharing.words", scope: b"group", row: b"row", writer: Some(b"ana") };
const INFO: BoxInfo<'static> = BoxInfo {
    label: "door.card",
    group: b"group",
    epoch_or_item: EpochOrItem::Epoch(3),
    member: b"ana",
};

struct Golden(String);

impl Golden {
    fn add(&mut self, name: &str, bytes: impl AsRef<[u8]>) {
        writeln!(self.0, "{name} {}", to_hex(bytes.as_ref())).expect("a string takes all");
    }
}

fn keys(golden: &mut Golden, chance: &mut Chance<'_>) {
    let (key, nobody) = ([1; 32], Place { writer: None, ..PLACE });
    golden.add("person", PersonKey::from_bytes(key).seal(&PLACE, b"words", chance).as_bytes());
    golden.add("own", OwnKey::from_bytes(key).seal(&PLACE, b"words", chance).as_bytes());
    golden.add("group", GroupKey::from_bytes(3, key).seal(&PLACE, b"words", chance).as_bytes());
    golden.add("envelope", EnvelopeKey::from_bytes(key).seal(&nobody, b"", chance).as_bytes());
    golden.add("instance", instance(1).seal(&nobody, &[7; 80], chance).as_bytes());
    golden.add("link", LinkSecret::from_bytes(key).seal(&nobody, b"words", chance).as_bytes());
    let fixed = FixedBox::new(128).seal(&GroupKey::from_bytes(3, key), &PLACE, b"words", chance);
    golden.add("fixed", fixed.expect("it fits").as_bytes());
}

fn boxes(golden: &mut Golden, chance: &mut Chance<'_>) {
    let (member, person) = (MemberSecret::from_bytes([2; 32]), PersonKey::from_bytes([1; 32]));
    let group = GroupKey::from_bytes(3, [1; 32]);
    let to = GrantTo { group: b"group", member: b"ana" };
    let reader = EnvelopeTo { group: b"group", item: b"item", member: b"ana" };
    let from = EnvelopeFrom { member: [6; 16], epoch: 3 };
    let good = "the public key is good";
    golden.add("member.public", member.public().as_bytes());
    golden.add("person.public", person.public().as_bytes());
    golden.add("letterbox.public", group.letterbox().as_bytes());
    golden.add("box", hpke_box(&member.public(), &INFO, b"words", chance).expect(good));
    golden.add("person.box", person_box(&person.public(), &INFO, b"words", chance).expect(good));
    golden.add("letter", letter_put(&group.letterbox(), &INFO, b"words", chance).expect(good));
    let whole = Granted::Whole(group.clone());
    golden.add("grant.box", grant_box(&member.public(), &to, 3, &whole, chance).expect(good));
    golden.add("grant.wrap", grant_wrap(&member, &to, &group, chance));
    let roster = Roster::new(vec![([6; 16], member.public())]).expect("one member");
    let part = FreshPart::random(chance);
    golden.add("next", group.next(&part, b"group", 4, &roster).expose());
    let part = Granted::Fresh(part);
    golden.add("grant.part", grant_box(&member.public(), &to, 4, &part, chance).expect(good));
    let (envelope, words) = Envelope::seal(&PLACE, b"words", chance);
    golden.add("envelope.words", words.as_bytes());
    let writer = MemberSecret::from_bytes([4; 32]);
    let to = (&reader, &member.public());
    let boxed = envelope_box((&from, &writer), to, &envelope, chance);
    golden.add("envelope.box", boxed.expect(good));
    let wrapped = envelope_wrap(&member, &reader, (&from.member, &envelope), chance);
    golden.add("envelope.wrap", wrapped);
    let seat = GroupSeat { group: [5; 16], member: [6; 16], secret: member, epoch: 7 };
    let mut keyring = Keyring::new(OwnKey::from_bytes([1; 32]), MarkKey::from_bytes([2; 32]));
    keyring.add(seat).expect("there is room");
    let row = keyring.seal(&person, b"person", chance);
    golden.add("keyring.start", &row.as_bytes()[..224]);
    golden.add("keyring.end", &row.as_bytes()[4064..]);
}

fn wraps(golden: &mut Golden, chance: &mut Chance<'_>) {
    let (person, instance) = (PersonKey::from_bytes([1; 32]), instance(1));
    let passphrase = Passphrase::parse("Abacus-zoom-able-abide-yo-yo").expect("five words");
    let by = PassphraseTry { person: b"person", passphrase: &passphrase, instance: &instance };
    let cost = Argon2Cost::new(19, 2).expect("an allowed cost");
    golden.add("passphrase", PassphraseWrap::wrap(&person, &by, cost, chance).to_bytes());
    let code = RecoveryCode::random(chance);
    golden.add("recovery.print", code.print().as_bytes());
    golden.add("recovery.row", code.row_id());
    golden.add("recovery", code.wrap(b"person", &person, chance));
    let cookie = SignInSecret::from_bytes([8; 32]);
    golden.add("sign-in.row", cookie.row_id());
    golden.add("sign-in", cookie.wrap(b"person", &person, chance));
    golden.add("link.row", LinkSecret::from_bytes([1; 32]).row_id());
}

fn tags(golden: &mut Golden) {
    let (group, instance) = (GroupKey::from_bytes(3, [1; 32]), instance(1));
    let public = MemberSecret::from_bytes([2; 32]).public();
    let roster = Roster::new(vec![([6; 16], public)]).expect("one member");
    let facts = EpochFacts {
        group: b"group",
        epoch: 3,
        roster: &roster,
        letterbox: &group.letterbox(),
        key_check: &key_check(&group),
        before: &[4; 32],
    };
    golden.add("roster", roster.encode());
    golden.add("key-check", key_check(&group));
    golden.add("roster.tag", roster_tag(&instance, &facts));
    golden.add("mark", mark(&MarkKey::from_bytes([1; 32]), b"batch"));
    golden.add("mac", instance.mac("form", &[b"a", b"b"]));
    let name = SignInName::make("heron", 4821).expect("a good name");
    golden.add("name", name_tag(&instance, &name));
    golden.add("slip", slip_code(&instance, &[b"Ana", b"Tuesday"]));
    golden.add("fingerprint", fingerprint(&instance));
    golden.add("instance.file", instance.to_file().as_bytes());
}

fn backup(golden: &mut Golden, chance: &mut Chance<'_>) {
    let operator = OperatorSecret::random(chance);
    let facts = BackupFacts { instance: [4; 16], made_at: 1_795_000_000_000_000 };
    golden.add("backup.secret", operator.to_file().as_bytes());
    golden.add("backup.public", operator.public().to_file());
    let begun = BackupWriter::begin(&operator.public(), &facts, chance);
    let (mut writer, header) = begun.expect("the public key is good");
    let first = writer.push(&[9; 65540]).expect("it is short");
    golden.add("backup.header", header);
    golden.add("backup.chunk", &first[..64]);
    golden.add("backup.last", writer.finish().expect("it is short"));
}

#[test]
fn the_format_has_not_drifted() {
    let mut golden = Golden(String::new());
    with_chance(2026, |chance| {
        keys(&mut golden, chance);
        boxes(&mut golden, chance);
        wraps(&mut golden, chance);
        tags(&mut golden);
        backup(&mut golden, chance);
    });
    let committed = include_str!("format-1.txt");
    let differing: Vec<_> = golden
        .0
        .lines()
        .zip(committed.lines().chain(std::iter::repeat("")))
        .filter(|(now, then)| now != then)
        .map(|(now, _)| now)
        .collect();
    assert!(differing.is_empty(), "these differ now:\n{}", differing.join("\n"));
    assert_eq!(golden.0.lines().count(), committed.lines().count());
}

#[test]
fn what_the_committed_file_holds_still_opens() {
    let bytes = |name: &str| {
        let line = include_str!("format-1.txt").lines().find_map(|line| line.strip_prefix(name));
        crate::hex(line.expect("the name stands in the file"))
    };
    let group = GroupKey::from_bytes(3, [1; 32]);
    let member = MemberSecret::from_bytes([2; 32]);
    let person = PersonKey::from_bytes([1; 32]);
    let to = GrantTo { group: b"group", member: b"ana" };
    let opened = group.open(&PLACE, &Sealed::from_bytes(bytes("group ")));
    assert_eq!(opened.expect("it opens").text(), Ok("words"));
    let opened = hpke_unbox(&member, &INFO, &bytes("box "));
    assert_eq!(opened.expect("it opens").text(), Ok("words"));
    let opened = letter_take(&group, &INFO, &bytes("letter "));
    assert_eq!(opened.expect("it opens").text(), Ok("words"));
    let opened = grant_unwrap(&member, &to, 3, &bytes("grant.wrap "));
    assert_eq!(opened.expect("it opens").expose(), group.expose());
    let reader = EnvelopeTo { group: b"group", item: b"item", member: b"ana" };
    let from = EnvelopeFrom { member: [6; 16], epoch: 3 };
    let writer = MemberSecret::from_bytes([4; 32]).public();
    let boxed = envelope_unbox(&member, &reader, (&from, &writer), &bytes("envelope.box "));
    let (sender, wrapped) =
        envelope_unwrap(&member, &reader, &bytes("envelope.wrap ")).expect("it opens");
    assert_eq!(sender, from.member);
    for envelope in [boxed.expect("it opens"), wrapped] {
        let opened = envelope.open(&PLACE, &Sealed::from_bytes(bytes("envelope.words ")));
        assert_eq!(opened.expect("it opens").text(), Ok("words"));
    }
    let wrap = PassphraseWrap::parse(&bytes("passphrase ")).expect("it has the form");
    let passphrase = Passphrase::parse("abacus zoom able abide yoyo").expect("five words");
    let instance = instance(1);
    let by = PassphraseTry { person: b"person", passphrase: &passphrase, instance: &instance };
    assert_eq!(wrap.unwrap(&by).expect("it opens").expose(), person.expose());
}
