//! An instance begins: its key, and the host's leave to begin groups.

use axum::http::StatusCode;
use sameboat::config::{Settings, Starting};
use sameboat::key_change::{self, Changed};
use sameboat::{founding, start};
use seal::{Chance, InstanceKey};
use storekit::Target;
use storekit::testing::{Start, TestDb};
use tempfile::TempDir;

use crate::world::{GroupAnswers, World, settings_in};

/// Settings of an instance that has never run, in a folder and a database of its own.
async fn fresh() -> (TempDir, TestDb, Settings) {
    let folder = tempfile::tempdir().expect("a test needs a folder");
    let db = TestDb::start(TestDb::chosen(), Start::with(&[])).await;
    let mut settings = settings_in(folder.path().join("data"), folder.path());
    if let Target::Postgres(url) = db.target() {
        settings.database = Some(url.clone());
    }
    (folder, db, settings)
}

/// What starting with these settings says against it.
async fn refusal(settings: &Settings) -> String {
    match start::open(settings.clone()).await {
        Ok(_) => panic!("it started"),
        Err(error) => format!("{error:#}"),
    }
}

#[tokio::test]
async fn the_key_that_is_made_at_the_first_start_opens_the_second() {
    let (_folder, _db, settings) = fresh().await;
    for _ in 0..2 {
        let app = start::open(settings.clone()).await.expect("it starts");
        app.db.close().await;
    }
}

#[tokio::test]
async fn another_key_and_a_missing_one_are_refused() {
    let (folder, _db, settings) = fresh().await;
    start::open(settings.clone()).await.expect("it starts").db.close().await;
    let (_other_folder, _other_db, other) = fresh().await;
    start::open(other.clone()).await.expect("it starts").db.close().await;

    let strange = Settings { key_file: other.key_file, ..settings.clone() };
    assert!(refusal(&strange).await.contains("not the one that this database was made with"));
    std::fs::write(&settings.key_file, "no key").expect("a file can be written");
    assert!(refusal(&settings).await.contains("damaged"));
    let gone = Settings { key_file: folder.path().join("nowhere.key"), ..settings };
    assert!(refusal(&gone).await.contains("missing"));
    assert!(!gone.key_file.exists(), "no new key is made for a database that has one");
}

/// Settings of an instance that ran, and the lines of its key file.
async fn once_run() -> (TempDir, TestDb, Settings, String) {
    let (folder, db, settings) = fresh().await;
    start::open(settings.clone()).await.expect("it starts").db.close().await;
    let lines = lines(&settings);
    (folder, db, settings, lines)
}

fn lines(settings: &Settings) -> String {
    std::fs::read_to_string(&settings.key_file).expect("there is a key file")
}

async fn change_key(settings: &Settings) -> anyhow::Result<Changed> {
    let db = start::database(settings.target()).await.expect("a database");
    let changed = key_change::change(&db, &settings.key_file).await;
    db.close().await;
    changed
}

#[tokio::test]
async fn after_a_change_of_the_key_the_old_line_alone_does_not_start() {
    let (_folder, _db, settings, old) = once_run().await;
    let changed = change_key(&settings).await.expect("it can be changed");
    assert_eq!((changed.made, changed.numbers), (true, vec![2, 1]));
    let both = lines(&settings);
    let (new, below) = both.split_once('\n').expect("two lines");
    assert_eq!(below, old);
    for good in [&*both, new] {
        std::fs::write(&settings.key_file, good).expect("a file can be written");
        start::open(settings.clone()).await.expect("it starts").db.close().await;
    }
    std::fs::write(&settings.key_file, &old).expect("a file can be written");
    let refused = refusal(&settings).await;
    assert!(refused.contains("not the one that this database was made with"), "{refused}");
    assert!(refused.contains("belongs to key 2; the newest in the file is 1"), "{refused}");
}

#[tokio::test]
async fn a_change_of_the_key_that_was_cut_off_goes_on_with_the_line_that_is_there() {
    let (_folder, _db, settings, old) = once_run().await;
    let key = InstanceKey::from_file(&old).expect("a key");
    let mut fill = |bytes: &mut [u8]| bytes.fill(7);
    let both = key.renewed(&mut Chance::new(&mut fill)).to_file();
    std::fs::write(&settings.key_file, &*both).expect("a file can be written");
    let refused = refusal(&settings).await;
    assert!(refused.contains("sameboat change-key"), "{refused}");
    let changed = change_key(&settings).await.expect("it goes on");
    assert_eq!((changed.made, changed.numbers), (false, vec![2, 1]));
    assert_eq!(lines(&settings), *both, "no third line");
    start::open(settings.clone()).await.expect("it starts").db.close().await;
}

#[tokio::test]
async fn two_changes_of_the_key_at_once_lose_no_line() {
    let (folder, _db, settings, old) = once_run().await;
    let beside = folder.path().join("instance.key.new");
    std::fs::write(&beside, "").expect("a file can be written");
    let refused = change_key(&settings).await.expect_err("somebody else is at it");
    assert!(format!("{refused:#}").contains("instance.key.new is there"), "{refused:#}");
    assert_eq!(lines(&settings), old);
    std::fs::remove_file(&beside).expect("it is there");
    change_key(&settings).await.expect("it can be changed");
    assert!(!beside.exists());
}

#[tokio::test]
async fn no_key_is_changed_that_the_database_does_not_belong_to() {
    let (_folder, _db, settings, _) = once_run().await;
    let strange = InstanceKey::from_bytes(4, [9; 32]).to_file();
    std::fs::write(&settings.key_file, &*strange).expect("a file can be written");
    let refused = change_key(&settings).await.expect_err("it is another key");
    assert!(format!("{refused:#}").contains("which has number 1"), "{refused:#}");
    assert_eq!(lines(&settings), *strange);
}

/// Also where the host made it, as anybody's folder.
#[cfg(unix)]
#[tokio::test]
async fn the_data_folder_is_for_this_account_alone() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, _db, settings) = fresh().await;
    std::fs::create_dir(&settings.data).expect("a folder can be made");
    let open = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(&settings.data, open).expect("it is ours");
    start::open(settings.clone()).await.expect("it starts").db.close().await;
    let now = std::fs::metadata(&settings.data).expect("a folder").permissions();
    assert_eq!(now.mode() & 0o777, 0o700);
}

#[cfg(unix)]
#[tokio::test]
async fn a_changed_key_file_keeps_its_rights() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, _db, settings, _) = once_run().await;
    let rights = std::fs::Permissions::from_mode(0o440);
    std::fs::set_permissions(&settings.key_file, rights).expect("it is ours");
    change_key(&settings).await.expect("it can be changed");
    let now = std::fs::metadata(&settings.key_file).expect("a file").permissions();
    assert_eq!(now.mode() & 0o777, 0o440);
}

async fn first_link(app: &sameboat::app::App) -> Option<seal::LinkSecret> {
    let here = app.clone();
    let made = app.db.write(move |tx| founding::first_link(tx, &here.keys)).await;
    made.expect("it can be asked")
}

#[tokio::test]
async fn only_the_first_start_makes_a_link_by_itself() {
    let (_folder, _db, settings) = fresh().await;
    let app = start::open(settings).await.expect("it starts");
    assert!(first_link(&app).await.is_some());
    assert!(first_link(&app).await.is_none());
}

#[tokio::test]
async fn a_link_of_the_host_begins_one_group() {
    let world = World::with(TestDb::chosen(), |it| it.starting = Starting::WithLink).await;
    let mut ana = world.person("ana").await;
    ana.open("/start").await;
    assert!(ana.page.says("gives out links for starting groups"));
    let link = world.start_link().await;
    let mut ben = world.person("ben").await;
    for person in [&mut ana, &mut ben] {
        person.open(&link).await;
        assert_ne!(person.page.path, link, "the secret leaves the address bar");
        person.open("/start").await;
        assert!(!person.page.says("gives out links for starting groups"), "looking spends nothing");
    }
    ana.begin_group(&GroupAnswers::default()).await;
    ben.open("/start").await;
    assert!(ben.page.says("gives out links for starting groups"), "the link works once");
    let once = ben.once();
    ben.post("/start/card", &[("once", &once)]).await;
    assert_eq!(ben.page.status, StatusCode::FORBIDDEN);
    assert_eq!(world.rows("groups").await, 1);
}
