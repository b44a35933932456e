//! Names: nobody is taken for somebody else.

use axum::http::StatusCode;

use super::{Three, leave};
use crate::joining::{knock, link, seen_at_door, with_another};
use crate::returning::{FREEZE, say};
use crate::world::Person;

async fn call(person: &mut Person, group: &str, name: &str) -> StatusCode {
    person.open(&format!("{group}/me")).await;
    person.fill([("name", name)]).press("Use this name").await;
    person.page.status
}

#[tokio::test]
async fn the_name_of_somebody_frozen_or_gone_is_taken_by_nobody() {
    let Three { mut ana, mut bo, group, world, .. } = Three::new().await;
    let mut di = with_another(&world, &mut ana, &group, "di", "Di").await;
    say(&mut bo, &group, "Cy", FREEZE).await;
    say(&mut di, &group, "Cy", FREEZE).await;
    assert!(di.page.notice().starts_with("The place is frozen."), "{}", di.page.text());
    assert_eq!(call(&mut bo, &group, "CY").await, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bo.page.says("Somebody who is or was here has a name that looks the same."));
    leave(&mut bo, &group, "with-name").await;
    assert_eq!(call(&mut ana, &group, "Bo").await, StatusCode::UNPROCESSABLE_ENTITY);
    let link = link(&mut ana, &group).await;
    let mut guest = world.person("guest").await;
    knock(&mut guest, &link, "B-o", &[]).await;
    assert_eq!(seen_at_door(&mut ana, &group).await, ["B-o"]);
    assert!(ana.page.says("looks like that of somebody who is or was here, or waits too: Bo"));
}

#[tokio::test]
async fn a_large_i_is_a_small_l_to_whoever_reads_it() {
    let Three { mut ana, mut bo, group, world: _world, .. } = Three::new().await;
    assert_eq!(call(&mut bo, &group, "Ali").await, StatusCode::OK);
    assert_eq!(call(&mut ana, &group, "AIi").await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(call(&mut bo, &group, "ALI").await, StatusCode::OK, "one's own, written otherwise");
}

#[tokio::test]
async fn everybody_who_knew_the_name_before_is_told_the_new_one() {
    let Three { world, mut ana, mut bo, group, .. } = Three::at_home().await;
    call(&mut bo, &group, "Bee").await;
    world.pass_days(1);
    let mut di = with_another(&world, &mut ana, &group, "di", "Di").await;
    for person in [&mut ana, &mut bo] {
        person.open(&group).await;
        assert!(person.page.says("Bo is now called Bee"), "{}", person.page.text());
    }
    di.open(&group).await;
    assert!(!di.page.says("is now called"), "who came since never knew the other one");
    assert_eq!(call(&mut ana, &group, "Bo").await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(call(&mut bo, &group, "Bel").await, StatusCode::OK);
    assert_eq!(call(&mut bo, &group, "Ben").await, StatusCode::OK);
    assert_eq!(call(&mut bo, &group, "Bob").await, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bo.page.says("You took three other names in the last two weeks."));
    assert_eq!(call(&mut bo, &group, "Bo").await, StatusCode::OK, "a name of their own");
    world.pass_days(14);
    ana.open(&group).await;
    assert!(!ana.page.says("is now called"));
}
