//! The group says itself where it is.

use axum::http::StatusCode;

use crate::world::World;

#[tokio::test]
async fn a_member_names_the_stage_and_a_newcomer_sees_who_said_it() {
    let world = World::new().await;
    let mut group = world.group("ana", "The lamps").await;
    let address = group.address("/journey");
    let home = group.address("");
    group.founder.open(&home).await;
    assert!(!group.founder.page.says("What usually happens now"));
    group.founder.open(&address).await;
    group.founder.fill([("stage", "beginning")]).press("This is where we are").await;
    assert_eq!(group.founder.page.notice(), "Thank you. Everybody can see it now.");
    assert_eq!(group.founder.page.texts(".journey .now"), ["Beginning"]);

    let mut ben = group.let_in(&world, "ben").await;
    ben.open(&group.address("")).await;
    assert!(ben.page.says("Everybody is careful."));
    ben.open(&address).await;
    assert!(ben.page.says("Said by"));
    ben.open("/me").await;
    assert!(!ben.page.says("You named where the group is"));
    group.founder.open("/me").await;
    assert!(group.founder.page.says("You named where the group is"));
}

#[tokio::test]
async fn no_choice_is_a_kind_word() {
    let world = World::new().await;
    let mut group = world.group("ana", "The lamps").await;
    let address = group.address("/journey");
    group.founder.open(&address).await;
    group.founder.press("This is where we are").await;
    assert_eq!(group.founder.page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(group.founder.page.says("Choose one of the four."));
    assert_eq!(world.rows("stage").await, 0);
}
