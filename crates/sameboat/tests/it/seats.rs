//! One person with two seats is no group: freezing, thawing, coming back, and leaving last.

use axum::http::StatusCode;

use crate::agreements::{other_place, place, say as say_to_agreement};
use crate::joining::{knock, let_in, link, seen_at_door, with_another};
use crate::leaving::{Three, leave, page_about, sees_nothing};
use crate::returning::{FREEZE, THAW, come_in, link_back, say, stop, versions_read, write};
use crate::world::{Person, World};

const GARDEN: &str = "The garden behind the school";
const KEPT: &str = "Kept. Everybody sees it.";
const FROZEN: &str = "The place is frozen. The group has a new key.";

async fn is_in(person: &mut Person, group: &str) {
    person.open(group).await;
    assert_eq!(person.page.status, StatusCode::OK, "{}", person.page.text());
}

/// Somebody brings a seat in, and it has been there for as long as anybody asks.
async fn brings(world: &World, by: &mut Person, group: &str, word: &str) -> Person {
    let link = link(by, group).await;
    let mut other = world.person_at_home(word).await;
    knock(&mut other, &link, word, &[]).await;
    let_in(by, group).await;
    world.pass_days(4);
    other
}

/// The same three, a week later, with another who came by Ana on the first evening.
async fn four() -> (Three, Person) {
    let mut three = Three::at_home().await;
    let group = three.group.clone();
    let link = link(&mut three.ana, &group).await;
    let mut di = three.world.person_at_home("di").await;
    knock(&mut di, &link, "Di", &[]).await;
    let_in(&mut three.ana, &group).await;
    three.world.pass_days(7);
    (three, di)
}

#[tokio::test]
async fn one_person_with_several_seats_freezes_nobody() {
    let (Three { world, mut ana, mut bo, mut cy, group }, _di) = four().await;
    let mut second = brings(&world, &mut bo, &group, "second").await;
    let mut third = brings(&world, &mut bo, &group, "third").await;
    let mut fourth = brings(&world, &mut second, &group, "fourth").await;
    for seat in [&mut bo, &mut second, &mut third, &mut fourth] {
        say(seat, &group, "Cy", FREEZE).await;
        assert_eq!(seat.page.notice(), KEPT);
    }
    is_in(&mut cy, &group).await;
    // Somebody who came by another way is the second voice.
    say(&mut ana, &group, "Cy", FREEZE).await;
    assert_eq!(ana.page.notice(), FROZEN);
    sees_nothing(&mut cy, &group).await;
    say(&mut bo, &group, "Cy", THAW).await;
    say(&mut third, &group, "Cy", THAW).await;
    assert_eq!(third.page.notice(), KEPT, "giving the key back needs two voices as well");
}

#[tokio::test]
async fn a_guest_stays_a_guest_of_whoever_made_the_link_even_when_it_is_taken_back_or_over() {
    let (Three { world, mut ana, mut bo, mut cy, group }, _di) = four().await;
    for (word, days) in [("second", 0), ("third", 2)] {
        bo.open(&format!("{group}/invite")).await;
        bo.fill([("days", "1")]).press("Make the link").await;
        let link = bo.page.texts("code.secret").concat();
        let mut seat = world.person_at_home(word).await;
        knock(&mut seat, &link, word, &[]).await;
        if days == 0 {
            bo.open(&format!("{group}/invite")).await;
            bo.press_in("main", "Take it back").await;
            assert!(bo.page.says("There are none."), "{}", bo.page.text());
        }
        world.pass_days(days);
        world.sweep().await;
        assert_eq!(seen_at_door(&mut ana, &group).await, [word]);
        assert!(ana.page.says("invited by Bo"), "{}", ana.page.text());
        let_in(&mut ana, &group).await;
        assert_eq!(world.rows("invitation").await, 0);
        world.pass_days(4);
        say(&mut seat, &group, "Cy", FREEZE).await;
        assert_eq!(seat.page.notice(), KEPT);
    }
    say(&mut bo, &group, "Cy", FREEZE).await;
    assert_eq!(bo.page.notice(), KEPT, "three seats that came by one member are one voice");
    is_in(&mut cy, &group).await;
}

#[tokio::test]
async fn who_came_lately_is_no_second_voice_and_whoever_came_on_the_first_evening_is() {
    let (Three { world, mut bo, mut cy, mut ana, group }, mut di) = four().await;
    let mut fay = with_another(&world, &mut cy, &group, "fay", "Fay").await;
    say(&mut bo, &group, "Ana", FREEZE).await;
    assert_eq!(bo.page.notice(), KEPT);
    say(&mut fay, &group, "Ana", FREEZE).await;
    assert_eq!(fay.page.notice(), KEPT);
    is_in(&mut ana, &group).await;
    fay.open(&format!("{group}/freeze")).await;
    assert!(fay.page.says("if both have been here for three days or since the first evening"));
    say(&mut di, &group, "Ana", FREEZE).await;
    assert_eq!(di.page.notice(), FROZEN);
    sees_nothing(&mut ana, &group).await;
}

#[tokio::test]
async fn half_of_the_group_keeps_the_key_and_the_last_one_who_leaves_gives_it_back() {
    let (Three { world, mut ana, mut bo, mut cy, group }, mut di) = four().await;
    other_place(&mut ana, &group, GARDEN).await;
    let before = versions_read(&mut ana, &group).await;
    for who in ["Di", "Ana"] {
        say(&mut bo, &group, who, FREEZE).await;
        say(&mut cy, &group, who, FREEZE).await;
        assert_eq!(cy.page.notice(), FROZEN);
    }
    bo.open(&format!("{group}/freeze")).await;
    bo.follow("Cy").await;
    assert!(bo.page.says("at least half of you must have the key") && !bo.page.says(FREEZE));
    let (address, once) = (bo.page.path.clone(), bo.once());
    bo.post(&address, &[("once", &once), ("say", "yes")]).await;
    assert_eq!(bo.page.status, StatusCode::FORBIDDEN);
    is_in(&mut cy, &group).await;
    leave(&mut bo, &group, "with-name").await;
    cy.open(&format!("{group}/leave")).await;
    assert!(cy.page.says("those places get the key again, and the group goes on"));
    leave(&mut cy, &group, "removed").await;
    assert_eq!(world.rows("groups").await, 1);
    assert_eq!(world.rows("freezing").await, 0);
    is_in(&mut di, &group).await;
    assert_eq!(versions_read(&mut ana, &group).await, before, "what they could read, they can");
    write(&mut ana, &group).await;
    assert_eq!(ana.page.status, StatusCode::OK);
}

#[tokio::test]
async fn who_left_for_good_while_they_were_frozen_is_not_brought_back_by_the_last_one() {
    let Three { world, mut ana, mut bo, mut cy, group } = Three::at_home().await;
    say(&mut ana, &group, "Cy", FREEZE).await;
    say(&mut bo, &group, "Cy", FREEZE).await;
    let old = cy.passphrase.clone();
    cy.open("/me/leave").await;
    cy.fill([("old", &old), ("words", "with-name")]).tick("sure").press("Leave for good").await;
    leave(&mut bo, &group, "with-name").await;
    ana.open(&format!("{group}/leave")).await;
    assert!(ana.page.says("If you leave, the group ends"));
    leave(&mut ana, &group, "with-name").await;
    assert_eq!(world.rows("groups").await, 0);
}

#[tokio::test]
async fn freezing_whoever_objects_puts_nothing_in_force() {
    let Three { world, mut ana, mut bo, mut cy, group } = Three::at_home().await;
    other_place(&mut bo, &group, GARDEN).await;
    say_to_agreement(&mut ana, &group, "accept", &[]).await;
    let no = [("papers", "I can't get up the steps there.")];
    say_to_agreement(&mut cy, &group, "accept", &no).await;
    say(&mut ana, &group, "Cy", FREEZE).await;
    say(&mut bo, &group, "Cy", FREEZE).await;
    assert_eq!(bo.page.notice(), FROZEN);
    world.pass_days(20);
    write(&mut ana, &group).await;
    assert!(!place(&mut ana, &group).await.contains(GARDEN), "the objection still stands");
    ana.open(&format!("{group}/agreement/say")).await;
    assert!(ana.page.says("Cy objects:"), "and is shown: {}", ana.page.text());
    // It counts until they are gone: the group can part from somebody who is frozen.
    ask_out(&mut ana, &mut bo, &group).await;
    assert!(place(&mut ana, &group).await.contains(GARDEN));
}

#[tokio::test]
async fn who_is_frozen_before_they_answered_is_waited_for_like_anybody() {
    let Three { world, mut ana, mut bo, group, .. } = Three::at_home().await;
    other_place(&mut bo, &group, GARDEN).await;
    say(&mut ana, &group, "Cy", FREEZE).await;
    say(&mut bo, &group, "Cy", FREEZE).await;
    say_to_agreement(&mut ana, &group, "accept", &[]).await;
    assert!(!place(&mut ana, &group).await.contains(GARDEN));
    world.pass_days(14);
    write(&mut ana, &group).await;
    assert!(place(&mut ana, &group).await.contains(GARDEN), "until the fourteenth day");
}

const REASON: &str = "You told my brother where we meet.";

async fn ask_out(ana: &mut Person, bo: &mut Person, group: &str) {
    page_about(ana, group, "Cy").await;
    ana.fill([("reason", REASON)]).press("Ask them to leave").await;
    assert_eq!(ana.page.notice(), "Kept.");
    page_about(bo, group, "Cy").await;
    bo.press("Yes, they should leave").await;
    assert!(bo.page.notice().starts_with("They are out"), "{}", bo.page.text());
}

#[tokio::test]
async fn who_is_frozen_can_be_asked_to_leave_and_reads_why() {
    let Three { world, mut ana, mut bo, mut cy, group } = Three::at_home().await;
    say(&mut ana, &group, "Cy", FREEZE).await;
    say(&mut bo, &group, "Cy", FREEZE).await;
    page_about(&mut ana, &group, "Cy").await;
    ana.fill([("reason", REASON)]).press("Ask them to leave").await;
    cy.open("/groups").await;
    assert!(cy.page.says("Your place in this group is frozen"));
    cy.follow("Somebody in a group wrote to you why you were asked to leave").await;
    assert_eq!(cy.page.heading(), "You are asked to leave");
    assert!(cy.page.says(REASON));
    let address = cy.page.path.clone();
    cy.open("/me").await;
    let once = cy.once();
    cy.post(&address, &[("once", &once)]).await;
    assert_eq!(cy.page.status, StatusCode::NOT_FOUND, "the seat stays on their ring");
    page_about(&mut bo, &group, "Cy").await;
    bo.press("Yes, they should leave").await;
    assert_eq!(world.rows("freezing").await, 0);
    cy.open(&address).await;
    assert_eq!(cy.page.heading(), "You are no longer in this group");
    assert!(cy.page.says(REASON));
    ana.open(&group).await;
    assert!(ana.page.says("Cy was asked to leave by all others"));
}

#[tokio::test]
async fn nobody_is_frozen_by_a_link_that_one_person_made_used_and_stopped() {
    let Three { world, mut bo, mut cy, group, .. } = Three::at_home().await;
    let mut new = come_in(&world, &mut bo, &group, "Cy").await;
    bo.open(&group).await;
    bo.follow("Cy").await;
    assert!(bo.page.says("If you made the link"));
    stop(&mut bo, &group, "Cy").await;
    is_in(&mut cy, &group).await;
    sees_nothing(&mut new, &group).await;
    // Nor by whoever came in with it.
    let mut new = come_in(&world, &mut bo, &group, "Cy").await;
    new.open(&group).await;
    new.follow("Cy").await;
    new.press("Stop it").await;
    assert_eq!(new.page.notice(), "It is stopped.");
    is_in(&mut cy, &group).await;
    sees_nothing(&mut new, &group).await;
    assert_eq!(world.rows("freezing").await, 0);
    assert_eq!(world.rows("coming_back").await, 0);
}

#[tokio::test]
async fn a_second_seat_of_whoever_made_the_link_is_no_second_word() {
    let (Three { world, mut bo, mut cy, group, .. }, mut di) = four().await;
    let mut second = brings(&world, &mut bo, &group, "second").await;
    let mut new = come_in(&world, &mut bo, &group, "Cy").await;
    second.open(&group).await;
    second.follow("Cy").await;
    second.press("Yes, it is them").await;
    bo.open(&group).await;
    bo.follow("Cy").await;
    assert!(bo.page.says("Before the 72 hours begin"), "{}", bo.page.text());
    assert!(bo.page.says("The old one stays as it is."));
    // Before they run one tap of anybody ends it, and freezes nobody.
    stop(&mut di, &group, "Cy").await;
    is_in(&mut cy, &group).await;
    sees_nothing(&mut new, &group).await;
}

#[tokio::test]
async fn who_came_lately_makes_no_link_to_come_back_by() {
    let (Three { world, mut cy, group, .. }, _di) = four().await;
    let mut fay = with_another(&world, &mut cy, &group, "fay", "Fay").await;
    fay.open(&format!("{group}/return")).await;
    fay.follow("Cy").await;
    assert!(fay.page.says("you must have been here for three days"));
    let address = fay.page.path.clone();
    fay.open("/me").await;
    let once = fay.once();
    fay.post(&address, &[("once", &once), ("met", "1")]).await;
    assert_eq!(fay.page.status, StatusCode::FORBIDDEN);
    link_back(&mut cy, &group, "Di").await;
}
