//! A backup, and the way back from it (P3, P21).

mod genuine;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sameboat::app::{App, Parts};
use sameboat::backup::{self, Asked, Departures, Restored};
use sameboat::{key_change, migrations, people, routes, tasks, web};
use seal::InstanceKey;
use seal::backup::{OperatorPublic, OperatorSecret};
use storekit::Value;
use storekit::testing::{Start, TestDb};
use tempfile::TempDir;

use crate::joining::link;
use crate::notebook::{keep, leaves, only_type};
use crate::sharing::share;
use crate::world::{Browser, Group, World};

const WORDS: &str = "The kettle at number nine";
/// What must never come back: what lets somebody in, keys of forms, what was typed and not sent,
/// and what waits for the gone list.
const NEVER: [&str; 6] = ["sign_in", "invitation", "start_link", "used_once", "draft", "gone"];

/// An operator's desk: the pair of keys, a place for backups, and the gone list.
struct Desk {
    folder: TempDir,
    public: OperatorPublic,
}

impl Desk {
    async fn new(world: &World) -> Desk {
        let folder = tempfile::tempdir().expect("a folder");
        let chance = storekit::testing::counted_chance(77);
        let line = backup::make_key(&folder.path().join("secret"), &chance).expect("a pair");
        let public = OperatorPublic::from_file(&line).expect("a public key");
        assert_eq!(world.app.settings.gone_list, None);
        Desk { folder, public }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    async fn back_up(&self, world: &World) -> PathBuf {
        let to = self.file("sealed");
        backup::make(&world.app.db, self.public, &to).await.expect("a backup");
        to
    }

    fn asked(&self, world: &World, from: &Path) -> Asked {
        let secret = std::fs::read_to_string(self.file("secret")).expect("the secret half");
        Asked {
            from: from.to_owned(),
            operator: OperatorSecret::from_file(&secret).expect("the secret half"),
            instance: world.app.keys.fingerprints().collect(),
            keys: InstanceKey::from_file(&world.app.keys.to_file()).expect("a key reads back"),
            sha256: None,
            departures: Departures::Unknown,
            oldest: None,
        }
    }
}

async fn empty() -> TestDb {
    TestDb::start(TestDb::chosen(), Start::with(migrations::ALL)).await
}

async fn put_back(to: &TestDb, asked: Asked, world: &World) -> Result<Restored, String> {
    let checked = backup::check(asked, world.app.now()).map_err(|error| format!("{error:#}"))?;
    backup::restore(to, checked).await.map_err(|error| format!("{error:#}"))
}

/// Chance of the next instance: alike, the forms of two would bear one key, and the second would
/// count as sent before.
static NEXT: AtomicU64 = AtomicU64::new(9);

/// The same instance on another database.
fn on(db: &TestDb, world: &World) -> Browser {
    let keys = InstanceKey::from_file(&world.app.keys.to_file()).expect("the key");
    let app = App::new(Parts {
        settings: world.app.settings.clone(),
        db: (**db).clone(),
        keys,
        clock: world.clock.clock(),
        chance: storekit::testing::counted_chance(NEXT.fetch_add(1, Ordering::Relaxed)),
        cost: world.app.cost,
        pace: std::time::Duration::ZERO,
    });
    let router = web::stack::router(app, routes::all());
    Browser::new(router, world.clock.clock(), [198, 51, 100, 250].into())
}

fn asks_to_sign_in(browser: &Browser) -> bool {
    browser.page.attribute("main form[action='/sign-in']", "method").is_some()
}

async fn lively(world: &World) -> Group {
    let mut group = world.group("ana", "The lamps").await;
    keep(&mut group.founder, "page", WORDS).await;
    group
}

#[tokio::test]
async fn a_restored_database_is_the_one_that_was_copied_but_for_what_lets_somebody_in() {
    let world = World::new().await;
    let mut group = lively(&world).await;
    let home = group.address("");
    link(&mut group.founder, &home).await;
    world.start_link().await;
    group.founder.open("/notebook/new?kind=page").await;
    only_type(&mut group.founder, "typed and never kept").await;
    let desk = Desk::new(&world).await;
    let sealed = desk.back_up(&world).await;
    let to = empty().await;
    let told = put_back(&to, desk.asked(&world, &sealed), &world).await.expect("restored");
    let (before, after) = (world.db().dump().await, to.dump().await);
    let mut left_out = BTreeMap::new();
    let mut rows = 0;
    for (old, new) in before.iter().zip(&after).filter(|(old, _)| old.name != "migration") {
        if NEVER.contains(&&*old.name) {
            assert_eq!(new.rows.len(), 0, "{} came back", new.name);
            left_out.insert(&*old.name, old.rows.len());
        } else {
            assert_eq!(old, new);
            rows += old.rows.len() as u64;
        }
    }
    assert_eq!(told.rows, rows);
    left_out.remove("gone");
    assert_eq!(left_out.len(), NEVER.len() - 1);
    assert!(left_out.values().all(|there| *there > 0), "they were there: {left_out:?}");

    let mut browser = on(&to, &world);
    group.founder.sign_in_on(&mut browser).await;
    browser.open("/notebook").await;
    assert!(browser.page.says(WORDS));
    browser.open(&group.address("")).await;
    assert_eq!(browser.page.status, 200);
}

#[tokio::test]
async fn an_empty_database_says_that_nobody_is_there() {
    let db = empty().await;
    assert_eq!(db.read(people::is_there_anybody).await, Ok(false));
    let world = World::new().await;
    world.person("ana").await;
    assert_eq!(world.app.db.read(people::is_there_anybody).await, Ok(true));
}

#[tokio::test]
async fn every_table_is_kept_or_left_out_on_purpose() {
    let db = empty().await;
    let there: BTreeSet<String> = db.dump().await.into_iter().map(|table| table.name).collect();
    let known: BTreeSet<String> =
        migrations::tables().into_iter().chain(["migration"]).map(str::to_owned).collect();
    assert_eq!(there, known);
}

#[tokio::test]
async fn an_old_cookie_opens_nothing_after_a_restore() {
    let world = World::new().await;
    let group = lively(&world).await;
    let desk = Desk::new(&world).await;
    let sealed = desk.back_up(&world).await;
    let to = empty().await;
    put_back(&to, desk.asked(&world, &sealed), &world).await.expect("restored");
    let mut old = on(&to, &world);
    old.cookies = group.founder.cookies.clone();
    old.open("/notebook").await;
    assert!(asks_to_sign_in(&old));
}

#[tokio::test]
async fn who_went_and_what_was_deleted_does_not_come_back() {
    let world = World::new().await;
    let mut group = lively(&world).await;
    let mut ben = group.let_in(&world, "ben").await;
    let mut cleo = world.person("cleo").await;
    let desk = Desk::new(&world).await;

    let home = group.address("");
    let share = share(&mut group.founder, &home, "The kettle boiled dry").await;
    let sealed_later = desk.file("later");
    backup::make(&world.app.db, desk.public, &sealed_later).await.expect("a later backup");
    group.founder.open(&format!("{share}/take-back")).await;
    group.founder.press_in("main", "Take it back").await;
    assert_eq!(world.rows("share").await, 0);

    ben.open(&group.address("/leave")).await;
    let words = ben.page.attribute("input[name=words]", "value").expect("a choice");
    ben.fill([("words", &words)]).press("Leave now").await;
    group.founder.open("/notebook").await;
    let page = leaves(&group.founder).remove(0);
    group.founder.open(&page).await;
    group.founder.follow("Delete this page").await;
    group.founder.press_in("main", "Delete it").await;
    cleo.open("/me/leave").await;
    let passphrase = cleo.passphrase.clone();
    cleo.fill([("old", &passphrase)]).tick("sure").press("Leave for good").await;
    let list = desk.file("gone");
    sameboat::gone::deliver(&world.app.db, &list, world.app.now()).await.expect("written");
    assert_eq!(world.rows("gone").await, 0);

    let to = empty().await;
    let asked = Asked { departures: Departures::List(list), ..desk.asked(&world, &sealed_later) };
    let told = put_back(&to, asked, &world).await.expect("restored");
    assert!(told.gone >= 4, "{} lines", told.gone);
    let shares = to.dump().await.into_iter().find(|table| table.name == "share");
    assert_eq!(shares.expect("shares").rows.len(), 0);
    let mut browser = on(&to, &world);
    ben.sign_in_on(&mut browser).await;
    browser.open(&group.address("")).await;
    assert_eq!(browser.page.status, 404);
    let mut browser = on(&to, &world);
    group.founder.sign_in_on(&mut browser).await;
    browser.open("/notebook").await;
    assert!(!browser.page.says(WORDS));
    // The founder's sign-in was a write of theirs: the key has turned away from Ben.
    let epoch = to.dump().await.into_iter().find(|table| table.name == "epoch").expect("epochs");
    assert_eq!(epoch.rows.len(), 3);
    let mut browser = on(&to, &world);
    cleo.sign_in_on(&mut browser).await;
    browser.open("/notebook").await;
    assert!(asks_to_sign_in(&browser));
}

#[tokio::test]
async fn a_place_that_nobody_left_has_a_list_to_restore_with() {
    let world = World::new().await;
    lively(&world).await;
    let desk = Desk::new(&world).await;
    let sealed = desk.back_up(&world).await;
    let list = desk.file("gone");
    sameboat::gone::end_day(&world.app.db, &list, world.app.now())
        .await
        .expect("there is room for a list");
    let to = empty().await;
    let asked = Asked { departures: Departures::List(list), ..desk.asked(&world, &sealed) };
    assert_eq!(put_back(&to, asked, &world).await.expect("restored").gone, 0);
}

#[tokio::test]
async fn nothing_is_touched_by_what_does_not_fit() {
    let world = World::new().await;
    lively(&world).await;
    let desk = Desk::new(&world).await;
    let sealed = desk.back_up(&world).await;
    let whole = std::fs::read(&sealed).expect("a file");
    let to = empty().await;
    let before = to.dump().await;

    for (name, bytes, says) in [
        ("cut", &whole[..whole.len() - 1], "damaged or cut off"),
        ("half", &whole[..whole.len() / 2], "damaged or cut off"),
        ("letter", b"Dear reader, this is no backup.".as_slice(), "no backup"),
    ] {
        let file = desk.file(name);
        std::fs::write(&file, bytes).expect("written");
        let refused = put_back(&to, desk.asked(&world, &file), &world).await;
        assert!(refused.as_ref().is_err_and(|why| why.contains(says)), "{name}: {refused:?}");
    }
    let strange = Asked { instance: vec![[7; 16]], ..desk.asked(&world, &sealed) };
    let refused = put_back(&to, strange, &world).await;
    assert!(refused.is_err_and(|why| why.contains("not the one that this backup belongs to")));
    let list = desk.file("list");
    std::fs::write(&list, "shopping\n").expect("written");
    let wrong = Asked { departures: Departures::List(list), ..desk.asked(&world, &sealed) };
    assert!(put_back(&to, wrong, &world).await.is_err_and(|why| why.contains("line 1")));
    world.pass_days(15);
    let old = Asked { oldest: Some(14), ..desk.asked(&world, &sealed) };
    assert!(put_back(&to, old, &world).await.is_err_and(|why| why.contains("15 days old")));
    assert_eq!(to.dump().await, before);

    put_back(&to, desk.asked(&world, &sealed), &world).await.expect("restored");
    let twice = put_back(&to, desk.asked(&world, &sealed), &world).await;
    assert!(twice.is_err_and(|why| why.contains("somebody's database already")));
}

#[tokio::test]
async fn a_backup_from_before_a_change_of_the_key_comes_back_and_moves_on() {
    let mut world = World::new().await;
    let group = lively(&world).await;
    let desk = Desk::new(&world).await;
    let sealed = desk.back_up(&world).await;
    world.change_key().await;
    let to = empty().await;
    let newest = world.app.keys.fingerprints().take(1).collect();
    let alone = Asked { instance: newest, ..desk.asked(&world, &sealed) };
    let refused = put_back(&to, alone, &world).await;
    assert!(refused.is_err_and(|why| why.contains("not the one that this backup belongs to")));

    let told = put_back(&to, desk.asked(&world, &sealed), &world).await.expect("restored");
    assert!(told.before_change);
    let moved = key_change::change(&to, &world.app.settings.key_file).await.expect("it moves on");
    assert_eq!((moved.made, moved.numbers, moved.groups.rosters), (false, vec![2, 1], 1));
    let mut browser = on(&to, &world);
    group.founder.sign_in_on(&mut browser).await;
    browser.open("/notebook").await;
    assert!(browser.page.says(WORDS));
    browser.open(&group.address("")).await;
    assert_eq!(browser.page.status, 200);
}

#[tokio::test]
async fn a_backup_shows_nothing_without_its_key() {
    let world = World::new().await;
    lively(&world).await;
    let desk = Desk::new(&world).await;
    let sealed = desk.back_up(&world).await;
    let bytes = std::fs::read(&sealed).expect("a file");
    let person = world.db().dump().await.into_iter().find(|table| table.name == "person");
    // As the lines of a backup have it: the first column of a person, in base64.
    let person = person.expect("people");
    let Value::Blob(id) = &person.rows[0][0] else { panic!("an id is bytes") };
    let told = STANDARD.encode(id);
    let shown = |all: &[u8]| bytes.windows(all.len()).any(|part| part == all);
    assert!(!shown(told.as_bytes()) && !shown(id), "clear columns are sealed too");
    assert!(!shown(b"row") && !shown(b"sign_in_event"), "a line of it shows");
    let again = backup::make(&world.app.db, desk.public, &sealed).await;
    assert!(again.is_err(), "nothing is written over");
    assert_eq!(std::fs::read(&sealed).expect("a file"), bytes);
}

#[tokio::test]
async fn without_a_list_nothing_about_departures_is_kept() {
    let world = World::new().await;
    let mut cleo = world.person("cleo").await;
    cleo.open("/me/leave").await;
    let passphrase = cleo.passphrase.clone();
    cleo.fill([("old", &passphrase)]).tick("sure").press("Leave for good").await;
    assert_eq!(world.rows("gone").await, 1);
    tasks::tell_gone(&world.app).await;
    world.pass_days(3);
    world.sweep().await;
    assert_eq!(world.rows("gone").await, 0);
}
