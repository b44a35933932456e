use axum::http::StatusCode;
use storekit::sql;

use super::{Three, page_about, sees_nothing};
use crate::joining::{found, link, with_another};
use crate::world::forger::{As, Forger, blob};
use crate::world::{Person, World};

const REASON: &str = "You told my brother where we meet.";

async fn ask(person: &mut Person, group: &str, name: &str) {
    page_about(person, group, name).await;
    person.fill([("reason", REASON)]).press("Ask them to leave").await;
}

async fn say_yes(person: &mut Person, group: &str, name: &str) {
    person.open(group).await;
    person.follow(name).await;
    person.press("Yes, they should leave").await;
}

#[tokio::test]
async fn all_others_must_say_yes_and_the_reason_is_read_by_one() {
    let Three { world, mut ana, mut bo, mut cy, group } = Three::new().await;
    let spare = link(&mut ana, &group).await;
    ask(&mut ana, &group, "Cy").await;
    assert_eq!(ana.page.notice(), "Kept.");
    cy.open(&group).await;
    assert!(cy.page.says("You are asked to leave this group."));
    cy.follow("Read why").await;
    assert!(cy.page.says(REASON) && cy.page.says("You are still here"));
    bo.open(&group).await;
    assert!(bo.page.says("Somebody is asked to leave:") && !bo.page.says(REASON));
    say_yes(&mut bo, &group, "Cy").await;
    assert_eq!(bo.page.notice(), "They are out of the group now. The group has a new key.");
    sees_nothing(&mut cy, &group).await;
    ana.open(&group).await;
    assert!(ana.page.says("was asked to leave by all others") && !ana.page.says(REASON));
    let mut guest = world.person("guest").await;
    guest.open(&spare).await;
    assert_eq!(guest.page.status, StatusCode::NOT_FOUND, "all open invitations end");
    assert_eq!(world.rows("invitation").await, 0);
}

#[tokio::test]
async fn who_was_asked_to_leave_reads_why_and_puts_it_away() {
    let Three { world, mut ana, mut bo, mut cy, group } = Three::new().await;
    ask(&mut ana, &group, "Cy").await;
    say_yes(&mut bo, &group, "Cy").await;
    cy.open("/groups").await;
    cy.follow("Somebody in a group wrote to you why you were asked to leave").await;
    assert!(cy.page.says(REASON) && cy.page.says("You are no longer in this group"));
    let address = cy.page.path.clone();
    let away = cy.ready("main", "Put it away for good");
    cy.send(&away).await;
    assert_eq!(cy.page.notice(), "It is deleted.");
    cy.send(&away).await;
    assert_eq!(cy.page.status, StatusCode::NOT_FOUND, "there is nothing left to put away");
    assert_eq!(world.rows("farewell").await, 0);
    cy.open(&address).await;
    assert_eq!(cy.page.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_yes_can_be_taken_back_and_whoever_began_it_can_end_it() {
    let mut three = Three::new().await;
    let group = three.group.clone();
    let mut di = with_another(&three.world, &mut three.ana, &group, "di", "Di").await;
    ask(&mut three.ana, &group, "Cy").await;
    say_yes(&mut three.bo, &group, "Cy").await;
    assert_eq!(three.bo.page.notice(), "Kept.");
    page_about(&mut three.bo, &group, "Cy").await;
    assert!(three.bo.page.says("You said yes."));
    three.bo.press("Take it back").await;
    say_yes(&mut di, &group, "Cy").await;
    three.cy.open(&group).await;
    assert_eq!(three.cy.page.status, StatusCode::OK, "one of the others did not say yes");
    page_about(&mut three.ana, &group, "Cy").await;
    assert!(three.ana.page.says("If you take it back, it ends."));
    three.ana.press("Take it back").await;
    assert_eq!(three.world.rows("asking").await, 0);
    assert_eq!(three.world.rows("farewell").await, 0);
    three.cy.open(&group).await;
    assert!(!three.cy.page.says("You are asked to leave"));
}

#[tokio::test]
async fn after_two_weeks_an_asking_falls_and_its_reason_is_deleted() {
    let Three { world, mut ana, cy, group, .. } = Three::new().await;
    ask(&mut ana, &group, "Cy").await;
    world.pass_days(13);
    ana.open(&group).await;
    assert!(ana.page.says("Somebody is asked to leave:"));
    world.pass_days(1);
    ana.open(&group).await;
    assert!(!ana.page.says("Somebody is asked to leave:"));
    // Nothing that needs a key happens by the clock: the next write does it.
    assert_eq!(world.rows("farewell").await, 1);
    ana.open(&format!("{group}/must-not-meet")).await;
    ana.press("Keep this list").await;
    assert_eq!(world.rows("farewell").await, 0);
    assert_eq!(world.rows("asking").await, 0);
    let mut phone = world.browser();
    cy.sign_in_on(&mut phone).await.open(&group).await;
    assert_eq!(phone.page.status, StatusCode::OK);
}

#[tokio::test]
async fn when_somebody_goes_what_they_asked_falls_and_their_yes_counts_no_more() {
    let mut three = Three::new().await;
    let group = three.group.clone();
    let mut di = with_another(&three.world, &mut three.ana, &group, "di", "Di").await;
    ask(&mut three.bo, &group, "Cy").await;
    ask(&mut three.ana, &group, "Di").await;
    say_yes(&mut three.bo, &group, "Di").await;
    super::leave(&mut three.bo, &group, "removed").await;
    assert_eq!(three.world.rows("asking").await, 1, "what Bo began has ended");
    page_about(&mut three.cy, &group, "Di").await;
    three.cy.press("Yes, they should leave").await;
    di.open(&group).await;
    assert_eq!(di.page.status, StatusCode::NOT_FOUND, "of those who stay, all said yes");
}

#[tokio::test]
async fn two_others_are_needed_and_a_reason() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    let group = found(&mut ana, "Ana").await;
    let mut bo = with_another(&world, &mut ana, &group, "bo", "Bo").await;
    page_about(&mut bo, &group, "Ana").await;
    assert!(bo.page.says("At least two others must decide this"));
    page_about(&mut ana, &group, "Bo").await;
    ana.press("Ask them to leave").await;
    assert_eq!(ana.page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(ana.page.says("Write the reason."));
}

#[tokio::test]
async fn while_nothing_is_ratified_the_founder_decides_alone_and_all_see_it() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    let group = found(&mut ana, "Ana").await;
    let mut bo = with_another(&world, &mut ana, &group, "bo", "Bo").await;
    page_about(&mut ana, &group, "Bo").await;
    assert!(ana.page.says("so you decide this alone"));
    ana.fill([("reason", REASON)]).press("Ask them to leave").await;
    assert_eq!(ana.page.notice(), "They are out of the group now. The group has a new key.");
    sees_nothing(&mut bo, &group).await;
    assert!(ana.page.says("Bo was asked to leave by whoever began the group"));
    bo.open("/groups").await;
    bo.follow("Somebody in a group wrote to you why you were asked to leave").await;
    assert!(bo.page.says(REASON));
}

#[tokio::test]
async fn somebody_at_the_door_has_nothing_to_put_away_and_keeps_their_place() {
    let world = World::new().await;
    let mut group = world.group("ana", "The lamps").await;
    let mut rosa = group.knock(&world, "rosa").await;
    rosa.open("/me").await;
    let once = rosa.once();
    let address = format!("/went/{}", group.id);
    rosa.post(&address, &[("once", &once)]).await;
    assert_eq!(rosa.page.status, StatusCode::NOT_FOUND);
    let door = group.address("/door");
    group.founder.open(&door).await;
    group.founder.press("Let them in").await;
    rosa.open(&group.address("")).await;
    assert_eq!(rosa.page.status, StatusCode::OK, "the seat on their ring is still there");
}

#[tokio::test]
async fn a_letter_about_going_that_nobody_wrote_is_shown_to_nobody() {
    let Three { world, mut ana, mut bo, mut cy, group } = Three::new().await;
    let forger = Forger::of(&world).await;
    let who = forger.members[2];
    forge(&world, &forger, who).await;
    let letter = group.replace("/g/", "/went/");
    for page in ["/groups", &group, &letter] {
        cy.open(page).await;
        assert!(
            !cy.page.says(LIE) && cy.page.status != StatusCode::INTERNAL_SERVER_ERROR,
            "{page}"
        );
    }
    ask(&mut ana, &group, "Cy").await;
    say_yes(&mut bo, &group, "Cy").await;
    forge(&world, &forger, who).await;
    cy.open("/groups").await;
    assert!(!cy.page.says("wrote to you why"), "what nobody wrote is not announced");
    cy.open(&letter).await;
    assert!(!cy.page.says(LIE) && cy.page.status == StatusCode::NOT_FOUND);
}

const LIE: &str = "Nobody could stand you.";

/// Somebody with the database puts a letter of their own there.
async fn forge(world: &World, forger: &Forger, who: [u8; 16]) {
    let place =
        As { label: "leaving.farewell", row: [7; 16], writer: forger.members[0], named: false };
    let words = serde_json::json!({ "outside": "Tuesdays", "reason": LIE, "at": 1 });
    let (words, boxes) = forger.seal(&place, &words, &[who]);
    let row = [&forger.group[..], &who, &place.row, &boxes[0], &words].map(blob).to_vec();
    let sql = sql!(
        "INSERT INTO farewell (group_id, member_id, id, box, words) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (group_id, member_id)
         DO UPDATE SET id = excluded.id, box = excluded.box, words = excluded.words"
    );
    world.put(sql, row).await;
}
