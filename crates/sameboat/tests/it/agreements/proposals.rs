use axum::http::StatusCode;

use super::{other_place, place, say};
use crate::joining::{found, with_another};
use crate::leaving::{Three, leave};
use crate::world::World;

const GARDEN: &str = "The garden behind the school";

#[tokio::test]
async fn a_proposal_holds_when_everybody_has_accepted_or_stood_aside() {
    let Three { mut ana, mut bo, mut cy, group, world: _world, .. } = Three::new().await;
    other_place(&mut bo, &group, GARDEN).await;
    assert_eq!(bo.page.notice(), "Proposed. Everybody is asked on Today.");
    ana.open(&group).await;
    assert!(ana.page.says("A change was proposed on Tuesday 6 January 2026."));
    say(&mut ana, &group, "accept", &[]).await;
    assert!(!place(&mut ana, &group).await.contains(GARDEN), "until then the old one holds");
    say(&mut cy, &group, "stand-aside", &[]).await;
    assert!(place(&mut ana, &group).await.contains(GARDEN));
    ana.open(&format!("{group}/agreement/versions")).await;
    assert!(ana.page.says("no longer in force") && ana.page.says("in force"));
}

#[tokio::test]
async fn an_objection_stops_a_proposal_until_it_is_taken_back() {
    let Three { world, mut ana, mut bo, mut cy, group } = Three::new().await;
    other_place(&mut bo, &group, GARDEN).await;
    say(&mut ana, &group, "accept", &[("papers", "I can't get up the steps there.")]).await;
    say(&mut cy, &group, "accept", &[]).await;
    cy.open(&format!("{group}/agreement/say")).await;
    assert!(cy.page.says("Ana objects:") && cy.page.says("I can't get up the steps there."));
    world.pass_days(20);
    ana.sign_in_on(&mut world.browser()).await;
    let mut again = world.browser();
    ana.browser = ana.sign_in_on(&mut again).await.clone();
    ana.open(&format!("{group}/must-not-meet")).await;
    ana.press("Keep this list").await;
    assert!(!place(&mut ana, &group).await.contains(GARDEN), "an objection does not grow old");
    say(&mut ana, &group, "accept", &[]).await;
    assert!(place(&mut ana, &group).await.contains(GARDEN));
}

#[tokio::test]
async fn who_does_not_answer_is_asked_again_on_day_eleven_and_not_waited_for_from_day_fourteen() {
    let mut three = Three::new().await;
    let group = three.group.clone();
    other_place(&mut three.ana, &group, GARDEN).await;
    say(&mut three.bo, &group, "accept", &[]).await;
    three.world.pass_days(11);
    let mut phone = three.world.browser();
    three.cy.browser = three.cy.sign_in_on(&mut phone).await.clone();
    three.cy.open(&group).await;
    assert!(three.cy.page.says("We ask you once more. From Tuesday 20 January 2026 on"));
    three.world.pass_days(3);
    let mut phone = three.world.browser();
    three.bo.browser = three.bo.sign_in_on(&mut phone).await.clone();
    three.bo.open(&format!("{group}/must-not-meet")).await;
    three.bo.press("Keep this list").await;
    assert!(place(&mut three.bo, &group).await.contains(GARDEN), "put in force by a write");
}

#[tokio::test]
async fn a_proposal_can_be_taken_back_by_whoever_made_it() {
    let Three { mut ana, mut bo, group, world: _world, .. } = Three::new().await;
    other_place(&mut bo, &group, GARDEN).await;
    ana.open(&format!("{group}/change")).await;
    assert!(ana.page.says("First the group speaks about the proposal by Bo"));
    bo.open(&format!("{group}/agreement/say")).await;
    let number = bo.page.value("number");
    bo.press("Take my proposal back").await;
    assert!(bo.page.notice().starts_with("Your proposal is taken back."));
    ana.open(&format!("{group}/agreement")).await;
    assert!(!ana.page.says("A change was proposed"));
    ana.open("/me").await;
    let once = ana.once();
    let fields = [("once", once.as_str()), ("number", &number)];
    ana.post(&format!("{group}/agreement/withdraw"), &fields).await;
    assert_eq!(ana.page.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn when_the_only_one_who_was_waited_for_goes_the_proposal_holds() {
    let Three { mut ana, mut bo, mut cy, group, world: _world, .. } = Three::new().await;
    other_place(&mut bo, &group, GARDEN).await;
    say(&mut ana, &group, "accept", &[]).await;
    leave(&mut cy, &group, "removed").await;
    assert!(place(&mut ana, &group).await.contains(GARDEN));
}

#[tokio::test]
async fn a_change_that_counts_is_told_to_everybody_for_two_weeks() {
    let Three { mut ana, mut bo, mut cy, group, world } = Three::new().await;
    const SAID: &str = "We agreed on a change. It counts since Tuesday 6 January 2026.";
    other_place(&mut bo, &group, GARDEN).await;
    say(&mut ana, &group, "accept", &[]).await;
    ana.open(&group).await;
    assert!(!ana.page.says(SAID), "not before it counts");
    say(&mut cy, &group, "accept", &[]).await;
    for one in [&mut ana, &mut bo, &mut cy] {
        one.open(&group).await;
        assert!(one.page.says(SAID));
    }
    world.pass_days(15);
    let mut phone = world.browser();
    ana.browser = ana.sign_in_on(&mut phone).await.clone();
    ana.open(&group).await;
    assert!(!ana.page.says(SAID), "and then no more");
}

#[tokio::test]
async fn numbers_that_nobody_looked_at_for_long_say_so() {
    let Three { mut ana, group, world, .. } = Three::new().await;
    const SAID: &str = "Somebody last looked at these numbers on Tuesday 6 January 2026, long ago.";
    for (days, says) in [(180, false), (1, true)] {
        world.pass_days(days);
        let mut phone = world.browser();
        ana.browser = ana.sign_in_on(&mut phone).await.clone();
        for address in [group.clone(), format!("{group}/card")] {
            ana.open(&address).await;
            assert_eq!(ana.page.says(SAID), says, "{address} after {days} more");
        }
    }
}

#[tokio::test]
async fn the_draft_is_the_founders_to_change_and_everybody_is_asked_anew() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    let group = found(&mut ana, "Ana").await;
    let mut bo = with_another(&world, &mut ana, &group, "bo", "Bo").await;
    bo.open(&format!("{group}/change/place")).await;
    assert_eq!(bo.page.path, format!("{group}/change"), "the draft is not theirs to change");
    other_place(&mut ana, &group, GARDEN).await;
    assert_eq!(ana.page.notice(), "Changed. Everybody sees it on Today.");
    bo.open(&group).await;
    assert!(bo.page.says("The draft was changed on Tuesday 6 January 2026 by Ana"));
    assert!(bo.page.says("The draft waits for your word."));
    say(&mut bo, &group, "accept", &[("one-voice", "We sing together.")]).await;
    ana.open(&format!("{group}/agreement/say")).await;
    assert!(ana.page.says("Bo objects:") && ana.page.says("We sing together."));
    bo.open(&format!("{group}/agreement/say")).await;
    assert_eq!(bo.page.value("why-one-voice"), "We sing together.");
}

#[tokio::test]
async fn what_was_typed_about_a_change_and_not_sent_is_there_again() {
    let Three { world, mut ana, mut bo, group, .. } = Three::new().await;
    let address = format!("{group}/change/place");
    bo.open(&address).await;
    let once = bo.once();
    let typed = [("once", once.as_str()), ("way", "room"), ("place", "Behind the")];
    assert_eq!(bo.post(&format!("{address}/draft"), &typed).await.status, 204);
    assert_eq!(world.rows("draft").await, 1);
    ana.open(&address).await;
    assert_ne!(ana.page.value("place"), "Behind the", "a draft is its writer's alone");
    bo.open(&address).await;
    assert_eq!(bo.page.value("place"), "Behind the");
    assert!(bo.page.says("This is what you had typed on Tuesday 6 January 2026."));
    bo.press("Throw this draft away").await;
    assert_ne!(bo.page.value("place"), "Behind the");
    assert_eq!(world.rows("draft").await, 0);
    bo.open(&address).await;
    let once = bo.once();
    let typed = [("once", once.as_str()), ("way", "room"), ("place", GARDEN)];
    bo.post(&format!("{address}/draft"), &typed).await;
    bo.post(&address, &[typed.as_slice(), &[("do", "on")]].concat()).await;
    assert_eq!(bo.page.notice(), "Proposed. Everybody is asked on Today.");
    bo.post(&format!("{address}/draft"), &typed).await;
    assert_eq!(world.rows("draft").await, 0, "what comes after the form is dropped");
}

#[tokio::test]
async fn the_rules_that_stay_take_no_objection_and_nothing_typed_is_lost() {
    let Three { mut ana, mut bo, group, world: _world, .. } = Three::new().await;
    other_place(&mut bo, &group, GARDEN).await;
    say(&mut ana, &group, "accept", &[("floor-pass", "no"), ("one-voice", "We sing.")]).await;
    assert_eq!(ana.page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(ana.page.says("This one always stays."));
    assert_eq!(ana.page.value("why-one-voice"), "We sing.");
}

#[tokio::test]
async fn a_version_that_is_no_number_is_not_there() {
    let Three { mut ana, group, world: _world, .. } = Three::new().await;
    for number in ["x", "1x", "-1", "99", "99999999999999999999"] {
        ana.open(&format!("{group}/agreement/versions/{number}")).await;
        assert_eq!(ana.page.status, StatusCode::NOT_FOUND, "{number}");
    }
}
