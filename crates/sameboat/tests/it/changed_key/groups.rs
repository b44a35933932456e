use axum::http::StatusCode;
use sameboat::groups::Redone;
use seal::{EpochFacts, InstanceKey, LetterboxPublic, Roster, roster_holds, roster_tag};
use storekit::{Value, params, sql};

use crate::joining::{answer_all, seen_at_door};
use crate::meetings::evening;
use crate::promises::canary::planting::plant;
use crate::world::World;

/// One row of the table of epochs.
struct Epoch {
    group: [u8; 16],
    number: u32,
    roster: Roster,
    letterbox: LetterboxPublic,
    key_check: [u8; 32],
    before: Option<Vec<u8>>,
    tag: Vec<u8>,
}

impl Epoch {
    fn facts(&self) -> EpochFacts<'_> {
        EpochFacts {
            group: &self.group,
            epoch: self.number,
            roster: &self.roster,
            letterbox: &self.letterbox,
            key_check: &self.key_check,
            before: self.before.as_deref().unwrap_or_default(),
        }
    }
}

async fn epochs(world: &World) -> Vec<Epoch> {
    let read = |tx: &mut storekit::Tx<'_>| {
        let text =
            sql!("SELECT group_id, number, roster, letterbox, key_check, before, tag FROM epoch");
        let rows = tx.all(text, &[])?;
        let epoch = |row: &storekit::Row| {
            let number: i64 = row.get("number")?;
            let roster: Vec<u8> = row.get("roster")?;
            Ok::<_, storekit::Error>(Epoch {
                group: row.get("group_id")?,
                number: u32::try_from(number).expect("an epoch"),
                roster: Roster::parse(&roster).expect("a roster"),
                letterbox: LetterboxPublic::from_bytes(row.get("letterbox")?),
                key_check: row.get("key_check")?,
                before: row.get("before")?,
                tag: row.get("tag")?,
            })
        };
        rows.iter().map(epoch).collect::<Result<Vec<_>, _>>()
    };
    world.app.db.read(read).await.expect("epochs")
}

fn copy(keys: &InstanceKey) -> InstanceKey {
    InstanceKey::from_file(&keys.to_file()).expect("a key reads back")
}

#[tokio::test]
async fn a_group_goes_on_under_the_new_key_alone() {
    let mut world = World::new().await;
    let mut group = world.group("ana", "The lamps").await;
    let mut ben = group.let_in(&world, "ben").await;
    let mut cleo = group.knock(&world, "cleo").await;
    let changed = world.change_key().await;
    assert_eq!(changed.groups, Redone { names: 1, rosters: 2, broken: 0 });
    assert_eq!((changed.letters.rows, changed.letters.broken), (1, 0));
    for person in [&mut group.founder, &mut ben, &mut cleo] {
        world.bring(person);
        person.open("/me").await;
        assert_eq!(person.page.status, StatusCode::OK);
    }
    world.forget_old_key().await;
    for person in [&mut group.founder, &mut ben, &mut cleo] {
        world.bring(person);
    }
    let home = group.address("");
    for person in [&mut group.founder, &mut ben] {
        person.open(&home).await;
        assert_eq!(person.page.status, StatusCode::OK);
        person.open("/me").await;
        assert!(person.page.says("Tuesday evenings"), "the outside name");
    }
    for epoch in epochs(&world).await {
        assert!(roster_holds(&world.app.keys, &epoch.facts(), &epoch.tag), "{}", epoch.number);
    }
    let door = group.address("/door");
    group.founder.open(&door).await;
    group.founder.press_in("article:has(h2)", "Let them in").await;
    cleo.open(&group.address("")).await;
    assert_eq!(cleo.page.status, StatusCode::OK);
    group.let_in(&world, "dora").await.open(&group.address("")).await;
    assert_eq!(epochs(&world).await.len(), 4);
}

/// Somebody has a copy of the old key and can write to the database.
#[tokio::test]
async fn a_roster_that_the_old_key_signs_gives_nobody_a_key() {
    let mut world = World::new().await;
    let mut group = world.group("ana", "The lamps").await;
    group.knock(&world, "ben").await;
    let stolen = copy(&world.app.keys);
    world.change_key().await;
    world.bring(&mut group.founder);
    let forged = roster_tag(&stolen, &epochs(&world).await[0].facts());
    let write =
        world.app.db.write(move |tx| tx.exec(sql!("UPDATE epoch SET tag = $1"), params![&forged]));
    assert_eq!(write.await, Ok::<_, storekit::Error>(1));
    let door = group.address("/door");
    group.founder.open(&door).await;
    assert_eq!(group.founder.page.status, StatusCode::CONFLICT);
    assert_eq!(world.rows("key_grant").await, 1);
}

#[tokio::test]
async fn what_somebody_changed_by_hand_before_is_not_signed_by_the_change() {
    let mut world = World::new().await;
    let mut group = world.group("ana", "The lamps").await;
    group.knock(&world, "ben").await;
    let at = group.address("");
    assert_eq!(seen_at_door(&mut group.founder, &at).await, ["ben"]);
    let write = world.app.db.write(|tx| {
        tx.exec(sql!("UPDATE epoch SET letterbox = $1"), params![vec![9_u8; 32]])?;
        tx.exec(sql!("UPDATE door SET invitation_id = $1"), params![vec![9_u8; 16]])
    });
    assert_eq!(write.await, Ok::<_, storekit::Error>(1));
    let before = epochs(&world).await.remove(0).tag;
    let changed = world.change_key().await;
    assert_eq!(changed.groups, Redone { names: 1, rosters: 0, broken: 1 });
    assert_eq!((changed.letters.rows, changed.letters.broken), (0, 1));
    let after = epochs(&world).await.remove(0);
    assert_eq!(after.tag, before);
    assert!(!roster_holds(&world.app.keys, &after.facts(), &after.tag));
    world.bring(&mut group.founder);
    group.founder.open(&at).await;
    assert_eq!(group.founder.page.status, StatusCode::CONFLICT);
}

/// How many values in the database say that they are sealed with the instance key of a number.
async fn sealed_under(world: &World, number: u8) -> usize {
    let dump = world.db().dump().await;
    let values = dump.iter().flat_map(|table| &table.rows).flatten();
    // version (1) | key kind (1) | key number (4)
    let head = [1, 5, 0, 0, 0, number];
    let sealed = |value: &&Value| matches!(value, Value::Blob(bytes) if bytes.starts_with(&head));
    values.filter(sealed).count()
}

#[tokio::test]
async fn after_a_change_nothing_is_sealed_with_the_old_key() {
    let mut world = World::new().await;
    plant(&world).await;
    let before = sealed_under(&world, 1).await;
    assert!(before > 0, "something stands under the instance key");
    let changed = world.change_key().await;
    assert_eq!((changed.groups.broken, changed.letters.broken + changed.others.broken), (0, 0));
    assert_eq!((sealed_under(&world, 1).await, sealed_under(&world, 2).await), (0, before));
    for epoch in epochs(&world).await {
        assert!(roster_holds(&world.app.keys, &epoch.facts(), &epoch.tag), "{}", epoch.number);
    }
}

#[tokio::test]
async fn a_process_that_was_left_running_begins_nothing_and_is_not_ready() {
    let mut world = World::new().await;
    let mut ana = world.person("ana").await;
    answer_all(&mut ana, "Ana", &[]).await;
    assert_eq!(ana.page.path, "/start/card");
    let mut probe = world.browser();
    assert_eq!(probe.open("/ready").await.status, StatusCode::OK);
    world.change_key().await;
    assert_eq!(probe.open("/ready").await.status, StatusCode::SERVICE_UNAVAILABLE);
    ana.press("Begin this group").await;
    assert_eq!(ana.page.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(world.rows("groups").await, 0);
    world.bring(&mut ana);
    ana.open("/start/card").await;
    ana.press("Begin this group").await;
    assert_eq!(world.rows("groups").await, 1);
}

#[tokio::test]
async fn a_calendar_entry_stays_the_same_entry() {
    let mut world = World::new().await;
    let mut evening = evening(&world, &[]).await;
    let mut uids = Vec::new();
    for _ in 0..2 {
        let founder = &mut evening.group.founder;
        founder.open(&format!("{}/calendar", evening.at)).await;
        founder.fill([("title", "Yoga")]).press("Give me the file").await;
        let uid = founder.page.body.lines().find(|line| line.starts_with("UID:"));
        uids.push(uid.expect("a name").to_owned());
        world.change_key().await;
        world.bring(&mut evening.group.founder);
    }
    assert_eq!(uids[0], uids[1]);
}
