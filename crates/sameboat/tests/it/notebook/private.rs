use axum::http::StatusCode;
use storekit::{Engine, Error, sql};

use super::{keep, leaves, only_type};
use crate::world::{World, bytes};

#[tokio::test]
async fn the_page_of_another_person_is_not_there() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    let mut ben = world.person("ben").await;
    keep(&mut ana, "page", "nobody's business").await;
    let address = leaves(&ana).remove(0);
    for below in ["", "/write", "/remove"] {
        ben.open(&format!("{address}{below}")).await;
        assert_eq!(ben.page.status, StatusCode::NOT_FOUND, "{below}");
        assert!(!ben.page.body.contains("business"));
    }
    ben.open("/notebook/new?kind=page").await;
    let once = ben.once();
    let change = [("once", once.as_str()), ("seen", "0"), ("words", "mine now")];
    ben.post(&address, &change).await;
    assert_eq!(ben.page.status, StatusCode::NOT_FOUND);
    ben.post(&format!("{address}/remove"), &change).await;
    assert_eq!(ben.page.status, StatusCode::NOT_FOUND);
    ana.open(&address).await;
    assert_eq!(ana.page.words(), ["nobody's business"]);
    ben.open("/notebook/nothing").await;
    assert_eq!(ben.page.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_is_not_signed_in_is_shown_the_way_in() {
    let world = World::new().await;
    let mut nobody = world.browser();
    nobody.open("/notebook/new").await;
    assert_eq!(nobody.page.path, "/sign-in");
}

#[tokio::test]
async fn a_page_whose_bytes_were_moved_does_not_open_and_the_rest_does() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    keep(&mut ana, "page", "the first").await;
    keep(&mut ana, "page", "the second").await;
    keep(&mut ana, "page", "the third").await;
    let moved = world.db().write(|tx| {
        tx.exec(
            sql!(
                "UPDATE notebook_page
                 SET words = (SELECT n.words FROM notebook_page n WHERE n.number = 1)
                 WHERE number = 2"
            ),
            &[],
        )
    });
    assert_eq!(moved.await, Ok::<_, Error>(1));
    ana.open("/notebook").await;
    assert_eq!(ana.page.words(), ["the third", "the first"]);
    assert!(ana.page.says("This page does not open."));
    let addresses = leaves(&ana);
    ana.open(&addresses[1]).await;
    assert_eq!(ana.page.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(ana.page.heading(), "This can't be read any more");
    assert!(ana.page.words().is_empty());
    ana.open(&format!("{}/remove", addresses[1])).await;
    ana.press("Delete it").await;
    assert_eq!(world.rows("notebook_page").await, 2, "even so it can be deleted");
}

/// P3
#[tokio::test]
async fn the_sealed_bytes_of_what_was_deleted_are_in_no_file() {
    let world = World::new().await;
    // What PostgreSQL leaves until vacuum is said in docs/threats.md.
    if world.db().engine() != Engine::Sqlite {
        return;
    }
    let mut ana = world.person("ana").await;
    keep(&mut ana, "page", "to be deleted").await;
    let address = leaves(&ana).remove(0);
    ana.open(&format!("{address}/write")).await;
    only_type(&mut ana, "typed and never kept").await;
    let (page, draft) = (sealed(&world, "notebook_page").await, sealed(&world, "draft").await);
    assert!(on_disk(&world, &page) && on_disk(&world, &draft), "they were there");
    ana.open(&format!("{address}/write")).await;
    ana.fill([("words", "changed before")]).press("Keep it").await;
    let changed = sealed(&world, "notebook_page").await;
    world.db().checkpoint().await.expect("nobody is looking");
    assert!(!on_disk(&world, &page), "a change leaves no earlier version");
    assert!(!on_disk(&world, &draft));
    ana.open(&format!("{address}/remove")).await;
    ana.press("Delete it").await;
    world.db().checkpoint().await.expect("nobody is looking");
    assert!(!on_disk(&world, &changed));
}

async fn sealed(world: &World, table: &str) -> Vec<u8> {
    let tables = world.db().dump().await;
    let found = tables.iter().find(|found| found.name == table).expect("there is such a table");
    let words = found.columns.iter().position(|name| name == "words").expect("words");
    match &found.rows[0][words] {
        storekit::Value::Blob(bytes) => bytes.clone(),
        _ => panic!("sealed words are bytes"),
    }
}

fn on_disk(world: &World, sealed: &[u8]) -> bool {
    // The middle: header and tag aside, no other value has these bytes.
    let middle = &sealed[30..sealed.len() - 16];
    bytes::files(world.data()).iter().any(|(_, all)| bytes::holds(all, middle))
}

#[tokio::test]
async fn a_sign_in_that_ended_keeps_nothing_more() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    ana.open("/notebook/new?kind=page").await;
    let mut tab = ana.browser.clone();
    ana.press("Sign out").await;
    tab.fill([("words", "too late, I know")]).press("Keep it").await;
    assert_eq!(tab.page.status, StatusCode::UNAUTHORIZED);
    assert!(tab.page.says("too late, I know"), "the words come back");
    assert_eq!(world.rows("notebook_page").await, 0);
}
