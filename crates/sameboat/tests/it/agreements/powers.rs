//! When the extra powers of whoever began the group end.

use axum::http::StatusCode;

use super::{other_place, place, say};
use crate::joining::{found, knock, let_in, link, with_another, world};
use crate::leaving::{leave, page_about};
use crate::world::{Person, World};

const GARDEN: &str = "The garden behind the school";
const OBJECTS: [(&str, &str); 2] = [("c-one-voice", "object"), ("why-one-voice", "We sing")];

/// A group of Ana, who began it, and Bo, who objects to a line.
async fn with_objection() -> (World, Person, Person, String) {
    let world = world().await;
    let mut ana = world.person("ana").await;
    let group = found(&mut ana, "Ana").await;
    let link = link(&mut ana, &group).await;
    let mut bo = world.person("bo").await;
    knock(&mut bo, &link, "Bo", &OBJECTS).await;
    let_in(&mut ana, &group).await;
    (world, ana, bo, group)
}

#[tokio::test]
async fn an_objection_is_seen_without_looking_for_it() {
    let (_world, mut ana, mut bo, group) = with_objection().await;
    for page in [group.clone(), format!("{group}/agreement")] {
        ana.open(&page).await;
        assert!(ana.page.says("Somebody objects to a line of the agreement"), "{page}");
        ana.follow("Read why").await;
        assert!(ana.page.says("Bo objects:") && ana.page.says("We sing"), "{page}");
    }
    say(&mut bo, &group, "accept", &[]).await;
    for page in [group.clone(), format!("{group}/agreement")] {
        ana.open(&page).await;
        assert!(!ana.page.says("Somebody objects"), "{page}");
    }
}

#[tokio::test]
async fn three_who_say_yes_end_them_even_while_somebody_else_objects() {
    let (world, mut ana, mut bo, group) = with_objection().await;
    let mut cy = with_another(&world, &mut ana, &group, "cy", "Cy").await;
    ana.open(&format!("{group}/us")).await;
    assert!(ana.page.says("and ask somebody to leave alone"), "two of them said yes");
    with_another(&world, &mut ana, &group, "di", "Di").await;
    ana.open(&group).await;
    assert!(ana.page.says("the extra powers of whoever began the group ended"));
    assert!(!ana.page.says("You began this group"));
    ana.open(&format!("{group}/us")).await;
    assert!(!ana.page.says("alone") && ana.page.says("needs everybody's word"));
    ana.open(&format!("{group}/agreement")).await;
    assert!(ana.page.says("This is still a draft") && !ana.page.says("In force since"));
    page_about(&mut ana, &group, "Bo").await;
    assert!(!ana.page.says("you decide this alone"));
    ana.fill([("reason", "Too much singing.")]).press("Ask them to leave").await;
    bo.open(&group).await;
    assert_eq!(bo.page.status, StatusCode::OK, "nobody was put out by one alone");
    other_place(&mut cy, &group, GARDEN).await;
    assert_eq!(cy.page.notice(), "Proposed. Everybody is asked on Today.");
    assert!(!place(&mut ana, &group).await.contains(GARDEN), "the draft holds meanwhile");
    ana.open(&format!("{group}/agreement/say")).await;
    assert!(ana.page.says("Proposed on") && !ana.page.has("form[action$=withdraw]"));
}

#[tokio::test]
async fn they_do_not_come_back_and_the_draft_holds_when_the_objection_goes() {
    let (world, mut ana, mut bo, group) = with_objection().await;
    let mut cy = with_another(&world, &mut ana, &group, "cy", "Cy").await;
    let mut di = with_another(&world, &mut ana, &group, "di", "Di").await;
    leave(&mut di, &group, "removed").await;
    ana.open(&format!("{group}/change/place")).await;
    assert!(ana.page.has("button.big") && ana.page.says("Propose this"));
    other_place(&mut cy, &group, GARDEN).await;
    cy.open(&format!("{group}/agreement/say")).await;
    cy.press("Take my proposal back").await;
    say(&mut cy, &group, "stand-aside", &[]).await;
    ana.open(&format!("{group}/agreement")).await;
    assert!(ana.page.says("This is still a draft"), "a proposal that is taken back leaves it");
    with_another(&world, &mut ana, &group, "ed", "Ed").await;
    say(&mut bo, &group, "accept", &[]).await;
    ana.open(&format!("{group}/agreement")).await;
    assert!(ana.page.says("In force since"), "{}", ana.page.text());
}

#[tokio::test]
async fn a_draft_without_whoever_began_it_is_everybodys() {
    let (world, mut ana, mut bo, group) = with_objection().await;
    with_another(&world, &mut ana, &group, "cy", "Cy").await;
    leave(&mut ana, &group, "removed").await;
    bo.open(&format!("{group}/us")).await;
    assert!(bo.page.says("Whoever began the group has left."));
    bo.open(&format!("{group}/agreement")).await;
    assert!(bo.page.says("each of you can change the draft at once"));
    other_place(&mut bo, &group, GARDEN).await;
    assert_eq!(bo.page.notice(), "Changed. Everybody sees it on Today.");
}

#[tokio::test]
async fn whoever_objects_to_their_own_draft_keeps_no_powers_by_it() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    let group = found(&mut ana, "Ana").await;
    say(&mut ana, &group, "accept", &[("one-voice", "We sing")]).await;
    for (word, name) in [("bo", "Bo"), ("cy", "Cy")] {
        with_another(&world, &mut ana, &group, word, name).await;
    }
    ana.open(&format!("{group}/us")).await;
    assert!(ana.page.says("and ask somebody to leave alone"), "two others said yes");
    let mut di = with_another(&world, &mut ana, &group, "di", "Di").await;
    ana.open(&format!("{group}/us")).await;
    assert!(
        !ana.page.says("alone") && ana.page.says("needs everybody's word"),
        "{}",
        ana.page.text()
    );
    page_about(&mut ana, &group, "Di").await;
    assert!(!ana.page.says("you decide this alone"));
    other_place(&mut di, &group, GARDEN).await;
    assert_eq!(di.page.notice(), "Proposed. Everybody is asked on Today.");
}

#[tokio::test]
async fn on_the_28th_day_they_end_whatever_anybody_said_or_changed() {
    let (world, mut ana, mut bo, group) = with_objection().await;
    world.pass_days(20);
    ana.back(&world).await;
    other_place(&mut ana, &group, GARDEN).await;
    assert_eq!(ana.page.notice(), "Changed. Everybody sees it on Today.", "a new draft");
    world.pass_days(7);
    ana.back(&world).await;
    ana.open(&format!("{group}/us")).await;
    assert!(ana.page.says("and ask somebody to leave alone"), "the 27th day");
    world.pass_days(1);
    ana.back(&world).await;
    ana.open(&format!("{group}/us")).await;
    assert!(
        !ana.page.says("alone") && ana.page.says("needs everybody's word"),
        "{}",
        ana.page.text()
    );
    ana.open(&group).await;
    assert!(ana.page.says("the extra powers of whoever began the group ended"));
    page_about(&mut ana, &group, "Bo").await;
    assert!(!ana.page.says("you decide this alone"));
    bo.back(&world).await;
    other_place(&mut bo, &group, "The hall").await;
    assert_eq!(bo.page.notice(), "Proposed. Everybody is asked on Today.");
}
