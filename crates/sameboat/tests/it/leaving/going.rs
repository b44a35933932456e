use axum::http::StatusCode;

use super::{Three, leave, sees_nothing};
use crate::joining::{found, knock, link};
use crate::world::World;

#[tokio::test]
async fn who_leaves_with_their_name_is_remembered_and_sees_nothing() {
    let Three { mut ana, mut bo, group, world: _world, .. } = Three::new().await;
    leave(&mut ana, &group, "with-name").await;
    sees_nothing(&mut ana, &group).await;
    ana.open("/groups").await;
    assert!(ana.page.says("You are in no group."));
    bo.open(&group).await;
    assert!(bo.page.says("Ana left on Tuesday 6 January 2026."));
    bo.open(&format!("{group}/us")).await;
    assert_eq!(bo.page.texts("main li.person").len(), 2);
    assert!(bo.page.says("Who was here") && bo.page.says("Ana"));
}

#[tokio::test]
async fn who_leaves_without_their_name_is_somebody() {
    let Three { world, mut ana, mut bo, group, .. } = Three::new().await;
    let stances = world.rows("stance").await;
    leave(&mut bo, &group, "without-name").await;
    assert_eq!(world.rows("stance").await, stances, "what they said stays");
    ana.open(&group).await;
    assert!(ana.page.says("Somebody left on Tuesday 6 January 2026."));
    ana.open(&format!("{group}/us")).await;
    assert!(!ana.page.says("Bo"));
}

#[tokio::test]
async fn who_takes_their_words_away_leaves_nothing_said() {
    let Three { world, mut ana, mut bo, group, .. } = Three::new().await;
    let stances = world.rows("stance").await;
    leave(&mut bo, &group, "removed").await;
    assert_eq!(world.rows("stance").await, stances - 1);
    assert_eq!(world.rows("must_not_meet").await, 2, "their list goes");
    ana.open(&format!("{group}/us")).await;
    assert!(!ana.page.says("Bo") && ana.page.says("Cy"));
}

#[tokio::test]
async fn the_choice_is_asked_for() {
    let Three { mut bo, group, world: _world, .. } = Three::new().await;
    bo.open(&format!("{group}/leave")).await;
    bo.press("Leave now").await;
    assert_eq!(bo.page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(bo.page.issues(), ["Choose what becomes of your words."]);
    bo.open(&group).await;
    assert_eq!(bo.page.status, StatusCode::OK);
}

#[tokio::test]
async fn the_key_turns_when_somebody_leaves_and_their_links_end() {
    let mut three = Three::new().await;
    let group = three.group.clone();
    let of_bo = link(&mut three.bo, &group).await;
    let of_ana = link(&mut three.ana, &group).await;
    let epochs = three.world.rows("epoch").await;
    leave(&mut three.bo, &group, "with-name").await;
    assert_eq!(three.world.rows("epoch").await, epochs + 1);
    let mut guest = three.world.person("guest").await;
    guest.open(&of_bo).await;
    assert_eq!(guest.page.status, StatusCode::NOT_FOUND, "a link of somebody who left");
    guest.open(&of_ana).await;
    assert_eq!(guest.page.status, StatusCode::OK);
}

#[tokio::test]
async fn the_last_one_ends_the_group_and_everything_in_it() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    let group = found(&mut ana, "Ana").await;
    let link = link(&mut ana, &group).await;
    let mut rosa = world.person("rosa").await;
    knock(&mut rosa, &link, "Rosa", &[]).await;
    ana.open(&format!("{group}/leave")).await;
    assert!(ana.page.says("You are the last one here."));
    leave(&mut ana, &group, "with-name").await;
    for table in ["groups", "epoch", "member", "key_grant", "paper", "stance", "door"] {
        assert_eq!(world.rows(table).await, 0, "{table}");
    }
    rosa.open("/joining/waiting").await;
    assert!(rosa.page.says("This group can't place you now."));
}

#[tokio::test]
async fn a_new_name_is_used_at_once_and_not_one_that_looks_like_another() {
    let Three { mut ana, mut bo, group, world: _world, .. } = Three::new().await;
    bo.open(&format!("{group}/me")).await;
    bo.fill([("name", "Аna")]).press("Use this name").await;
    assert_eq!(bo.page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(bo.page.value("name"), "Аna", "what was typed stays");
    bo.fill([("name", "Bodhi")]).press("Use this name").await;
    assert_eq!(bo.page.notice(), "The group calls you by your new name now.");
    ana.open(&format!("{group}/us")).await;
    assert!(ana.page.says("Bodhi"));
}

#[tokio::test]
async fn a_break_begins_and_ends_without_a_reason() {
    let Three { mut ana, mut bo, group, world: _world, .. } = Three::new().await;
    bo.open(&format!("{group}/me")).await;
    bo.press("Go on a break").await;
    assert_eq!(bo.page.notice(), "You are on a break.");
    ana.open(&format!("{group}/us")).await;
    assert!(ana.page.says("on a break"));
    bo.press("I am back").await;
    assert_eq!(bo.page.notice(), "Welcome back.");
    ana.open(&format!("{group}/us")).await;
    assert!(!ana.page.says("on a break"));
}

#[tokio::test]
async fn leaving_twice_with_one_form_is_leaving_once() {
    let Three { world, mut bo, group, .. } = Three::new().await;
    bo.open(&format!("{group}/leave")).await;
    bo.fill([("words", "removed")]);
    let sending = bo.ready("main", "Leave now");
    bo.send(&sending).await;
    let members = world.rows("member").await;
    bo.send(&sending).await;
    assert_eq!(bo.page.status, StatusCode::NOT_FOUND, "there is nothing to leave any more");
    assert_eq!(world.rows("member").await, members);
}
