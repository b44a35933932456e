use axum::http::StatusCode;

use super::Three;
use crate::joining::{found, knock, link};
use crate::world::Person;

async fn leave_for_good(person: &mut Person, words: Option<&str>) {
    let old = person.passphrase.clone();
    person.open("/me/leave").await;
    person.fill([("old", &old)]).tick("sure");
    if let Some(words) = words {
        person.fill([("words", words)]);
    }
    person.press("Leave for good").await;
    assert!(person.page.notice().starts_with("You are gone from here"), "{}", person.page.text());
}

#[tokio::test]
async fn leaving_for_good_leaves_every_group_and_door_in_one_go() {
    let Three { world, mut ana, mut bo, group, .. } = Three::new().await;
    // Bo also began a group that nobody else is in, and stands at another door.
    let own = found(&mut bo, "Bo alone").await;
    let mut di = world.person("di").await;
    let other = found(&mut di, "Di").await;
    let there = link(&mut di, &other).await;
    knock(&mut bo, &there, "Bo", &[]).await;
    let (epochs, stances) = (world.rows("epoch").await, world.rows("stance").await);
    leave_for_good(&mut bo, None).await;
    assert_eq!(world.rows("groups").await, 2, "{own} had nobody else in it");
    assert_eq!(world.rows("door").await, 0);
    // One turn in the group of three; the first epoch of the own group went with it.
    assert_eq!(world.rows("epoch").await, epochs);
    assert_eq!(world.rows("stance").await, stances - 2);
    ana.open(&group).await;
    assert!(ana.page.says("Somebody left on Tuesday 6 January 2026."));
    ana.open(&format!("{group}/us")).await;
    assert_eq!(ana.page.texts("main li.person").len(), 2);
    assert!(!ana.page.says("Bo"), "the choice that is made for one takes the name away");
    di.open(&format!("{other}/door")).await;
    assert!(!di.page.says("Bo"));
}

#[tokio::test]
async fn words_may_stay_with_the_name() {
    let Three { world, mut ana, mut bo, group, .. } = Three::new().await;
    let stances = world.rows("stance").await;
    leave_for_good(&mut bo, Some("with-name")).await;
    assert_eq!(world.rows("stance").await, stances);
    ana.open(&group).await;
    assert!(ana.page.says("Bo left on Tuesday 6 January 2026."));
}

#[tokio::test]
async fn a_choice_that_is_none_is_asked_for_again() {
    let Three { world, mut bo, .. } = Three::new().await;
    bo.open("/me/leave").await;
    let once = bo.once();
    bo.post("/me/leave", &[("once", &once), ("words", "burnt"), ("sure", "1")]).await;
    assert_eq!(bo.page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(bo.page.issues(), ["Choose what becomes of your words."]);
    assert_eq!(world.rows("member").await, 3);
}
