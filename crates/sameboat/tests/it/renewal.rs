//! Somebody knew my passphrase: new keys for everything, and nothing lost.

use axum::http::StatusCode;

use crate::notebook::{keep, only_type};
use crate::world::{Person, World};

pub async fn renew(ana: &mut Person) -> Person {
    ana.open("/me").await;
    ana.follow("Somebody knew my passphrase").await;
    let passphrase = ana.page.value("passphrase");
    let old = ana.passphrase.clone();
    ana.fill([("old", &old)]).press("Make my keys new").await;
    assert_eq!(ana.page.heading(), "Your keys are new", "{}", ana.page.text());
    let code = ana.page.texts("#sheet-code").concat();
    Person { browser: ana.browser.clone(), name: ana.name.clone(), passphrase, code }
}

#[tokio::test]
async fn new_keys_open_all_that_the_old_ones_did() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    keep(&mut ana, "page", "as ever").await;
    keep(&mut ana, "goal", "one night a week").await;
    ana.open("/notebook/new?kind=trouble").await;
    only_type(&mut ana, "half a thought").await;
    ana.open("/start/purpose").await;
    ana.fill([("who", "who look after somebody"), ("what-for", "to rest")]).press("Go on").await;
    let before = world.db().dump().await;
    let mut now = renew(&mut ana).await;
    let after = world.db().dump().await;
    for table in ["notebook_page", "draft", "founding", "recovery", "sign_in"] {
        let rows = |all: &[storekit::testing::Table]| {
            all.iter().find(|found| found.name == table).map(|found| found.rows.len())
        };
        assert_eq!(rows(&before), rows(&after), "{table}");
    }
    now.open("/notebook").await;
    assert_eq!(now.page.words(), ["one night a week", "as ever"]);
    now.open("/notebook/new?kind=trouble").await;
    assert_eq!(now.page.value("words"), "half a thought");
    now.open("/start/purpose").await;
    assert_eq!(now.page.value("who"), "who look after somebody");
    now.open("/me").await;
    assert!(now.page.says("Your answers so far"));
    assert!(now.page.says("You joined."), "the lines about sign-ins stay");
    assert!(now.page.says("You made all your keys new"));
    let mut tablet = world.browser();
    now.sign_in_on(&mut tablet).await.open("/notebook").await;
    assert_eq!(tablet.page.words(), ["one night a week", "as ever"]);
}

#[tokio::test]
async fn what_the_other_held_opens_nothing_any_more() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    let mut intruder = world.browser();
    ana.sign_in_on(&mut intruder).await;
    keep(&mut ana, "page", "not for you").await;
    renew(&mut ana).await;
    intruder.open("/notebook").await;
    assert_eq!(intruder.page.path, "/sign-in", "their sign-in has ended");
    ana.sign_in_on(&mut intruder).await;
    assert_eq!(intruder.page.status, StatusCode::UNPROCESSABLE_ENTITY, "the passphrase is void");
    let code = ana.code.clone();
    intruder.open("/sign-in/recovery").await;
    intruder.fill([("code", &code)]).press("Let me back in").await;
    assert!(intruder.page.says("This code opens nothing."));
}

#[tokio::test]
async fn the_new_sheet_is_the_way_back() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    keep(&mut ana, "page", "still here").await;
    let now = renew(&mut ana).await;
    let mut phone = world.browser();
    phone.open("/sign-in/recovery").await;
    phone.fill([("code", &now.code)]).press("Let me back in").await;
    assert_eq!(phone.page.heading(), "You are back");
    phone.open("/notebook").await;
    assert_eq!(phone.page.words(), ["still here"]);
}

#[tokio::test]
async fn without_the_passphrase_nothing_changes_and_nothing_typed_is_lost() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    let before = world.db().dump().await;
    ana.open("/me/renew").await;
    let offered = ana.page.value("passphrase");
    ana.fill([("old", "not my passphrase at all")]).press("Make my keys new").await;
    assert_eq!(ana.page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(ana.page.issues(), ["That is not your passphrase. Nothing was changed."]);
    assert_eq!(ana.page.value("passphrase"), offered);
    assert_eq!(world.db().dump().await, before);
}

#[tokio::test]
async fn words_on_their_way_during_the_change_are_not_sealed_for_nobody() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    ana.open("/notebook/new?kind=page").await;
    let mut late = ana.browser.clone();
    renew(&mut ana).await;
    late.fill([("words", "sent a moment too late")]).press("Keep it").await;
    assert_eq!(late.page.status, StatusCode::UNAUTHORIZED);
    assert!(late.page.says("sent a moment too late"));
    assert_eq!(world.rows("notebook_page").await, 0);
}

#[tokio::test]
async fn a_page_that_somebody_damaged_does_not_hold_the_change_up() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    keep(&mut ana, "page", "whole").await;
    keep(&mut ana, "page", "damaged").await;
    let damage = world.db().write(|tx| {
        let text = storekit::sql!("UPDATE notebook_page SET words = $1 WHERE number = 2");
        tx.exec(text, storekit::params![vec![1_u8; 110]])
    });
    assert_eq!(damage.await, Ok::<_, storekit::Error>(1));
    let mut now = renew(&mut ana).await;
    now.open("/notebook").await;
    assert_eq!(now.page.words(), ["whole"]);
}
