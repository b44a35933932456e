//! Coming back after everything was lost, and freezing the seat of a lost phone.

use axum::http::StatusCode;

use crate::agreements::other_place;
use crate::joining::{found, found_with, knock, let_in, sign_in_again, with_another};
use crate::leaving::{Three, sees_nothing};
use crate::world::{Person, World, selector};

const GARDEN: &str = "The garden behind the school";

/// The link that a member makes for somebody who lost everything.
pub async fn link_back(member: &mut Person, group: &str, name: &str) -> String {
    member.open(&format!("{group}/return")).await;
    member.follow(name).await;
    member.tick("met").press("Make the link").await;
    let shown = member.page.texts("code.secret");
    shown.first().unwrap_or_else(|| panic!("no link: {}", member.page.text())).clone()
}

/// Somebody with a new sign-in comes in by such a link, under the name that they had.
pub async fn come_in(world: &World, by: &mut Person, group: &str, name: &str) -> Person {
    let link = link_back(by, group, name).await;
    let mut new = world.person_at_home("again").await;
    knock(&mut new, &link, name, &[]).await;
    let_in(by, group).await;
    new
}

pub async fn write(member: &mut Person, group: &str) {
    member.open(&format!("{group}/must-not-meet")).await;
    member.press("Keep this list").await;
}

pub async fn versions_read(person: &mut Person, group: &str) -> usize {
    person.open(&format!("{group}/agreement/versions")).await;
    person.page.texts("ol li").len()
}

pub async fn stop(person: &mut Person, group: &str, name: &str) {
    person.open(group).await;
    person.follow(name).await;
    person.press("Stop it").await;
    assert_eq!(person.page.notice(), "It is stopped.", "{}", person.page.text());
}

/// Says that a frozen place gets the key again, or that somebody's should be frozen.
pub async fn say(member: &mut Person, group: &str, who: &str, button: &str) {
    member.open(&format!("{group}/freeze")).await;
    // Two places may have one name: the newest stands last.
    let html = member.page.html();
    let links = selector("main li a");
    let mut named =
        html.select(&links).filter(|link| link.text().collect::<String>().trim() == who);
    let address = named.next_back().and_then(|link| link.value().attr("href").map(str::to_owned));
    drop(html);
    let address = address.unwrap_or_else(|| panic!("nobody is called {who}"));
    member.open(&address).await;
    member.press(button).await;
}

pub const FREEZE: &str = "Freeze this place";
pub const THAW: &str = "Give them the key again";

#[tokio::test]
async fn after_72_hours_name_and_group_words_come_back_and_the_old_sign_in_has_nothing() {
    let Three { world, mut ana, mut bo, mut cy, group } = Three::new().await;
    other_place(&mut bo, &group, GARDEN).await;
    let before = versions_read(&mut cy, &group).await;
    let mut new = come_in(&world, &mut ana, &group, "Cy").await;
    assert_eq!(versions_read(&mut new, &group).await, before, "standing papers");
    for person in [&mut ana, &mut bo, &mut cy, &mut new] {
        person.open(&group).await;
        assert!(person.page.text().contains("lost everything"), "{}", person.page.text());
    }
    ana.follow("Cy").await;
    assert!(ana.page.says("On Friday 9 January 2026"), "{}", ana.page.text());
    world.pass_hours(74);
    world.sweep().await;
    // By the clock the keys go at once; the rest waits for a member's write.
    sign_in_again(&world, &mut cy).await;
    sees_nothing(&mut cy, &group).await;
    let epochs = world.rows("epoch").await;
    write(&mut ana, &group).await;
    assert_eq!(world.rows("epoch").await, epochs + 1);
    ana.open(&format!("{group}/us")).await;
    assert_eq!(ana.page.texts("main li.person").len(), 3);
    ana.open(&group).await;
    assert!(ana.page.says("Cy lost everything, and came back with a new sign-in"));
    sees_nothing(&mut cy, &group).await;
    new.open(&group).await;
    assert_eq!(new.page.status, StatusCode::OK);
    assert_eq!(world.rows("coming_back").await, 0);
    new.open("/me").await;
    assert!(new.page.says("Your name there: Cy"));
}

#[tokio::test]
async fn what_the_old_seat_could_read_the_new_one_reads() {
    let world = World::new().await;
    let mut ana = world.person_at_home("ana").await;
    let group = found(&mut ana, "Ana").await;
    let bo = with_another(&world, &mut ana, &group, "bo", "Bo").await;
    other_place(&mut ana, &group, GARDEN).await;
    let mut new = come_in(&world, &mut ana, &group, "Bo").await;
    assert_eq!(versions_read(&mut new, &group).await, 1);
    world.pass_hours(74);
    write(&mut ana, &group).await;
    assert_eq!(versions_read(&mut new, &group).await, 2);
    let mut old = bo;
    sign_in_again(&world, &mut old).await;
    sees_nothing(&mut old, &group).await;
}

#[tokio::test]
async fn the_old_sign_in_stops_it_with_one_tap_and_the_group_speaks() {
    let Three { world, mut ana, mut bo, mut cy, group } = Three::new().await;
    let mut new = come_in(&world, &mut ana, &group, "Cy").await;
    cy.open(&group).await;
    assert!(cy.page.says("It is said that you lost everything"));
    stop(&mut cy, &group, "Cy").await;
    sees_nothing(&mut cy, &group).await;
    sees_nothing(&mut new, &group).await;
    cy.open("/groups").await;
    assert!(cy.page.says("Your place in this group is frozen"));
    ana.open(&format!("{group}/us")).await;
    assert!(ana.page.says("Frozen until you have spoken with them"));
    world.pass_hours(100);
    sign_in_again(&world, &mut bo).await;
    write(&mut bo, &group).await;
    sign_in_again(&world, &mut cy).await;
    sees_nothing(&mut cy, &group).await;
    // The old one is the first of the two in the order of coming.
    first_frozen(&mut ana, &group).await;
    assert!(ana.page.says("You made the link for one of the two. So here the others decide."));
    first_frozen(&mut bo, &group).await;
    bo.press(THAW).await;
    assert_eq!(bo.page.notice(), "They have the key again.");
    cy.open(&group).await;
    assert_eq!(cy.page.status, StatusCode::OK);
    sees_nothing(&mut new, &group).await;
    assert_eq!(world.rows("coming_back").await, 0);
    assert_eq!(world.rows("freezing").await, 0);
}

/// The page about whoever came first of those who are frozen.
async fn first_frozen(member: &mut Person, group: &str) {
    member.open(&format!("{group}/us")).await;
    let address = member.page.attribute("h3 + p a[href*='/freeze/']", "href");
    member.open(&address.expect("somebody is frozen")).await;
}

#[tokio::test]
async fn the_group_can_find_that_it_was_them() {
    let Three { world, mut ana, mut bo, mut cy, group } = Three::new().await;
    let mut new = come_in(&world, &mut ana, &group, "Cy").await;
    stop(&mut cy, &group, "Cy").await;
    say(&mut bo, &group, "Cy", THAW).await;
    assert_eq!(bo.page.notice(), "They have the key again.");
    new.open(&group).await;
    assert_eq!(new.page.status, StatusCode::OK);
    sees_nothing(&mut cy, &group).await;
    assert_eq!(world.rows("freezing").await, 0);
    cy.open("/groups").await;
    assert!(!cy.page.says("is frozen"));
}

#[tokio::test]
async fn in_a_group_of_four_a_second_member_must_say_the_same() {
    let Three { world, mut ana, mut bo, mut cy, group } = Three::new().await;
    let mut di = with_another(&world, &mut ana, &group, "di", "Di").await;
    let mut new = come_in(&world, &mut ana, &group, "Cy").await;
    bo.open(&group).await;
    bo.follow("Cy").await;
    let address = bo.page.path.clone();
    assert!(bo.page.says("a second one of you must say that it is them"));
    for person in [&mut ana, &mut cy, &mut new] {
        person.open(&address).await;
        assert!(!person.page.says("Yes, it is them"));
        let once = person.once();
        let fields = [("once", once.as_str()), ("say", "same")];
        person.post(&format!("{address}/say"), &fields).await;
        assert_eq!(person.page.status, StatusCode::FORBIDDEN);
    }
    bo.press("Yes, it is them").await;
    assert_eq!(bo.page.notice(), "Kept. Everybody sees it.");
    bo.open(&address).await;
    // Bo came by a link of Ana, who made this one too: that is one voice.
    assert!(bo.page.says("says the same.") && bo.page.says("Before the 72 hours begin"));
    di.open(&address).await;
    di.press("Yes, it is them").await;
    bo.open(&address).await;
    assert!(bo.page.says("says the same.") && bo.page.says("On Friday 9 January 2026"));
}

#[tokio::test]
async fn a_link_that_is_stopped_before_anybody_came_opens_nothing() {
    let Three { world, mut ana, mut bo, mut cy, group } = Three::new().await;
    let link = link_back(&mut ana, &group, "Cy").await;
    ana.open(&format!("{group}/return")).await;
    ana.follow("Cy").await;
    assert!(ana.page.says("The link is out."));
    stop(&mut bo, &group, "Cy").await;
    let mut guest = world.person("guest").await;
    guest.open(&link).await;
    assert_eq!(guest.page.status, StatusCode::NOT_FOUND);
    cy.open(&group).await;
    assert_eq!(cy.page.status, StatusCode::OK, "nobody is frozen");
    assert_eq!(world.rows("coming_back").await, 0);
}

#[tokio::test]
async fn a_link_needs_a_meeting_and_is_not_for_oneself() {
    let Three { mut ana, group, world: _world, .. } = Three::new().await;
    ana.open(&format!("{group}/return")).await;
    ana.follow("Cy").await;
    ana.press("Make the link").await;
    assert_eq!(ana.page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(ana.page.issues(), ["Tick this if it is so. If not, speak with them first."]);
    for who in ["x", &"ab".repeat(16)] {
        ana.open(&format!("{group}/return/{who}")).await;
        assert_eq!(ana.page.status, StatusCode::NOT_FOUND);
        ana.open(&format!("{group}/freeze/{who}")).await;
        assert_eq!(ana.page.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_full_group_has_room_for_whoever_comes_back() {
    let world = World::new().await;
    let mut ana = world.person_at_home("ana").await;
    let group = found_with(&mut ana, "Ana", &[("most", "3")]).await;
    with_another(&world, &mut ana, &group, "bo", "Bo").await;
    with_another(&world, &mut ana, &group, "cy", "Cy").await;
    let mut new = come_in(&world, &mut ana, &group, "Cy").await;
    new.open(&group).await;
    assert_eq!(new.page.status, StatusCode::OK);
}

#[tokio::test]
async fn two_members_freeze_a_place_at_once_and_two_undo_it() {
    let Three { world, mut ana, mut bo, mut cy, group } = Three::new().await;
    other_place(&mut cy, &group, GARDEN).await;
    say(&mut ana, &group, "Cy", FREEZE).await;
    assert_eq!(ana.page.notice(), "Kept. Everybody sees it.");
    cy.open(&group).await;
    assert!(cy.page.says("Somebody says that a place should be frozen: Cy"));
    say(&mut ana, &group, "Cy", "Take it back").await;
    assert_eq!(world.rows("freezing").await, 0);
    say(&mut ana, &group, "Cy", FREEZE).await;
    let epochs = world.rows("epoch").await;
    say(&mut bo, &group, "Cy", FREEZE).await;
    assert_eq!(bo.page.notice(), "The place is frozen. The group has a new key.");
    assert_eq!(world.rows("epoch").await, epochs + 1);
    sees_nothing(&mut cy, &group).await;
    // Turns and newcomers meanwhile do not forget who is frozen.
    let mut di = with_another(&world, &mut ana, &group, "di", "Di").await;
    di.open(&format!("{group}/us")).await;
    assert!(di.page.says("Frozen until you have spoken with them"));
    assert_eq!(di.page.texts("h3 + p a"), ["Cy"]);
    say(&mut di, &group, "Cy", THAW).await;
    say(&mut bo, &group, "Cy", THAW).await;
    assert_eq!(versions_read(&mut cy, &group).await, 2, "what they could read, they can");
    cy.open(&format!("{group}/us")).await;
    assert!(cy.page.says("Di"));
}

#[tokio::test]
async fn somebody_frozen_can_still_leave_for_good() {
    let Three { world, mut ana, mut bo, mut cy, group } = Three::new().await;
    say(&mut ana, &group, "Cy", FREEZE).await;
    say(&mut bo, &group, "Cy", FREEZE).await;
    cy.open("/me").await;
    assert!(cy.page.says("is frozen until the group has spoken with you"));
    let old = cy.passphrase.clone();
    cy.open("/me/leave").await;
    cy.fill([("old", &old)]).tick("sure").press("Leave for good").await;
    assert!(cy.page.notice().starts_with("You are gone from here"));
    ana.open(&format!("{group}/us")).await;
    assert!(!ana.page.says("Cy"));
    assert_eq!(world.rows("person").await, 2);
    // The place and the sign-in: neither comes back with a backup.
    assert_eq!(world.rows("gone").await, 2);
}
