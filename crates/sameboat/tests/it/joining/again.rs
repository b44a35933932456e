//! Knocking where one has a seat already: it is the only one that its holder has.

use axum::http::StatusCode;

use super::{knock, link, seen_at_door};
use crate::leaving::{Three, page_about};
use crate::returning::{FREEZE, THAW, say};
use crate::world::Person;

#[tokio::test]
async fn two_links_and_two_knocks_at_once_make_one_seat() {
    let Three { world, mut ana, group, .. } = Three::new().await;
    let (one, two) = (link(&mut ana, &group).await, link(&mut ana, &group).await);
    let mut rosa = world.person("rosa").await;
    let mut other = rosa.clone();
    for (browser, link) in [(&mut rosa, &one), (&mut other, &two)] {
        browser.open(link).await;
        browser.open("/joining/answers").await;
        browser.fill([("name", "Rosa")]).accept_all();
    }
    let sending =
        [rosa.ready("main", "Knock at the door"), other.ready("main", "Knock at the door")];
    let (first, second) = (rosa.form(&sending[0]), other.form(&sending[1]));
    let (first, second) = tokio::join!(rosa.browser.answer(first), other.browser.answer(second));
    let mut statuses = [first.status, second.status];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::SEE_OTHER, StatusCode::CONFLICT]);
    assert_eq!(seen_at_door(&mut ana, &group).await, ["Rosa"]);
    ana.press("Let them in").await;
    rosa.open(&group).await;
    assert_eq!(rosa.page.status, StatusCode::OK, "and Rosa holds it");
}

/// Follows a link and asks for the form: nobody fills it in for nothing.
async fn answer(who: &mut Person, link: &str) {
    who.open(link).await;
    who.open("/joining/answers").await;
}

#[tokio::test]
async fn who_is_in_the_group_is_told_so_before_they_answer() {
    let Three { mut ana, group, world: _world, .. } = Three::new().await;
    let link = link(&mut ana, &group).await;
    answer(&mut ana, &link).await;
    assert_eq!(ana.page.status, StatusCode::CONFLICT);
    assert!(ana.page.says("You are in this group already"));
}

#[tokio::test]
async fn who_is_frozen_keeps_their_seat_and_the_link() {
    let Three { mut ana, mut bo, mut cy, group, world } = Three::new().await;
    let link = link(&mut ana, &group).await;
    say(&mut ana, &group, "Cy", FREEZE).await;
    say(&mut bo, &group, "Cy", FREEZE).await;
    answer(&mut cy, &link).await;
    assert_eq!(cy.page.status, StatusCode::CONFLICT);
    assert!(cy.page.says("You have a place in this group, and it is frozen."));
    say(&mut ana, &group, "Cy", THAW).await;
    say(&mut bo, &group, "Cy", THAW).await;
    cy.open(&group).await;
    assert_eq!(cy.page.status, StatusCode::OK);
    let mut guest = world.person("guest").await;
    guest.open(&link).await;
    assert_eq!(guest.page.status, StatusCode::OK, "the link was not used up");
}

#[tokio::test]
async fn who_was_asked_to_leave_reads_why_before_they_knock_again() {
    let Three { mut ana, mut bo, mut cy, group, world: _world } = Three::new().await;
    page_about(&mut ana, &group, "Cy").await;
    ana.fill([("reason", "You shouted.")]).press("Ask them to leave").await;
    page_about(&mut bo, &group, "Cy").await;
    bo.press("Yes, they should leave").await;
    let link = link(&mut ana, &group).await;
    answer(&mut cy, &link).await;
    assert_eq!(cy.page.status, StatusCode::CONFLICT);
    assert!(cy.page.says("Somebody in this group wrote to you."));
    cy.open("/groups").await;
    cy.follow("Somebody in a group wrote to you why you were asked to leave").await;
    assert!(cy.page.says("You shouted."), "it still opens");
    cy.press("Put it away for good").await;
    knock(&mut cy, &link, "Cy", &[]).await;
    assert_eq!(cy.page.path, "/joining/waiting");
}
