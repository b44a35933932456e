//! An instance begins: its key, and the host's leave to begin groups.

use axum::http::StatusCode;
use sameboat::config::{Settings, Starting};
use sameboat::{founding, start};
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

#[tokio::test]
async fn only_the_first_start_makes_a_link_by_itself() {
    let (_folder, _db, settings) = fresh().await;
    let app = start::open(settings).await.expect("it starts");
    assert!(app.db.write(founding::first_link).await.is_ok_and(|link| link.is_some()));
    assert!(app.db.write(founding::first_link).await.is_ok_and(|link| link.is_none()));
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
