use std::path::PathBuf;

use axum::http::StatusCode;
use storekit::testing::TestDb;
use storekit::{Engine, Value};

use crate::world::{Person, World, bytes};

async fn leave(ana: &mut Person) {
    let old = ana.passphrase.clone();
    ana.open("/me/leave").await;
    ana.fill([("old", &old)]).tick("sure").press("Leave for good").await;
}

#[tokio::test]
async fn leaving_takes_every_row_about_ana_and_none_about_ben() {
    let world = World::new().await;
    world.person("ben").await;
    let before = world.db().dump().await;
    let mut ana = world.person("ana").await;
    ana.sign_in_on(&mut world.browser()).await;
    ana.open("/notebook/new?kind=page").await;
    ana.fill([("words", "a page")]).press("Keep it").await;
    ana.open("/notebook/new?kind=trouble").await;
    let once = ana.once();
    ana.post("/notebook/draft", &[("once", &once), ("kind", "trouble"), ("words", "a draft")])
        .await;
    ana.open("/start/purpose").await;
    ana.fill([("who", "people like me")]).press("Back").await;
    let mut there = ana.browser.clone();
    leave(&mut ana).await;
    assert!(ana.page.notice().starts_with("You are gone from here"));
    there.open("/me").await;
    assert_eq!(there.page.path, "/sign-in");
    let list = tempfile::tempdir().expect("a folder");
    let gone =
        sameboat::gone::deliver(&world.app.db, &list.path().join("gone"), world.app.now()).await;
    gone.expect("the gone list takes her id");
    for (then, now) in before.iter().zip(world.db().dump().await) {
        // Used keys of forms lead to nobody, and go by their day; nor does a number of lines.
        if !["used_once", "gone_list"].contains(&&*now.name) {
            assert_eq!(*then, now, "something is left in {}", now.name);
        }
    }
    let back = ana.sign_in_on(&mut world.browser()).await.page.status;
    assert_eq!(back, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn leaving_asks_for_the_passphrase_and_for_a_yes() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    let old = ana.passphrase.clone();
    ana.open("/me/leave").await;
    ana.fill([("old", &old)]).press("Leave for good").await;
    assert_eq!(ana.page.issues(), ["Tick this if you are sure."]);
    ana.fill([("old", "not it, sorry")]).tick("sure").press("Leave for good").await;
    assert_eq!(ana.page.issues(), ["That is not your passphrase. Nothing was changed."]);
    ana.open("/me").await;
    assert!(ana.page.says(&ana.name));
}

/// What was deleted is gone from the files, not only from the tables (P3). On PostgreSQL that is
/// for vacuum and the operator.
#[tokio::test]
async fn what_was_sealed_for_ana_is_gone_from_the_files() {
    if TestDb::chosen() != Engine::Sqlite {
        return;
    }
    let world = World::new().await;
    world.person("ben").await;
    let mut ana = world.person("ana").await;
    let sealed = sealed_for(&world, &ana).await;
    assert!(sealed.len() >= 6, "a person has wraps, words, a ring and a public key");
    let sealed = bytes::piece_of(&sealed);
    let there = |files: Vec<(PathBuf, Vec<u8>)>| {
        let found = files.into_iter().find(|(_, all)| sealed.is_match(all));
        found.map(|(file, _)| file)
    };
    assert!(there(bytes::files(world.data())).is_some(), "they were there");
    leave(&mut ana).await;
    world.db().checkpoint().await.expect("nobody reads meanwhile");
    let left = there(bytes::files(world.data()));
    assert_eq!(left, None, "a file still holds a sealed value");
}

/// Every long value of the rows that are ana's: those with the id that her joining brought.
async fn sealed_for(world: &World, ana: &Person) -> Vec<Vec<u8>> {
    let dump = world.db().dump().await;
    let blobs = |row: &Vec<Value>| -> Vec<Vec<u8>> {
        let blobs = row.iter().filter_map(|value| match value {
            Value::Blob(blob) if blob.len() >= 32 => Some(blob.clone()),
            _ => None,
        });
        blobs.collect()
    };
    let people = dump.iter().find(|table| table.name == "person").expect("people");
    let at = people.columns.iter().position(|name| name == "id").expect("an id");
    let tag = name_tag(world, ana);
    let hers = people.rows.iter().find(|row| row.contains(&Value::Blob(tag.clone())));
    let id = hers.expect("ana's row")[at].clone();
    dump.iter()
        .flat_map(|table| &table.rows)
        .filter(|row| row.contains(&id))
        .flat_map(blobs)
        .collect()
}

fn name_tag(world: &World, ana: &Person) -> Vec<u8> {
    let name = seal::SignInName::parse(&ana.name).expect("a name");
    seal::name_tag(&world.app.keys, &name).to_vec()
}

/// Every cookie that the program gives to a browser.
const COOKIES: [&str; 6] = ["__Host-s", "__Host-i", "__Host-v", "__Host-b", "__Host-j", "__Host-l"];

#[tokio::test]
async fn no_cookie_outlives_any_of_the_three_exits() {
    let world = World::new().await;
    let start = world.start_link().await;
    let mut group = world.group("ana", "The lamps").await;
    let home = group.address("");
    let link = crate::joining::link(&mut group.founder, &home).await;
    for exit in ["sign out", "leave fast", "leave for good"] {
        let mut ben = world.person("ben").await;
        ben.open(&start).await;
        ben.open(&link).await;
        ben.cookies.forge("__Host-l", "en");
        ben.cookies.forge("__Host-v", "AAAAAAAAAAAAAAAAAAAAAA");
        for name in COOKIES {
            assert!(ben.cookies.value(name).is_some(), "{name} is there before");
        }
        ben.open("/me").await;
        match exit {
            "sign out" => _ = ben.press("Sign out").await,
            "leave fast" => _ = ben.post("/leave", &[]).await,
            _ => leave(&mut ben).await,
        }
        for name in COOKIES {
            let left = ben.cookies.value(name).map(str::to_owned);
            // The page that follows begins a visit of its own.
            let left = left.filter(|value| name != "__Host-v" || value.starts_with("AAAA"));
            assert_eq!(left, None, "{name} is left after “{exit}”");
        }
        ben.open("/joining").await;
        assert_eq!(ben.page.status, StatusCode::NOT_FOUND, "a group's card after “{exit}”");
    }
}
