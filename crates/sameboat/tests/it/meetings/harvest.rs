//! What a group keeps from a meeting, while it is written.

use axum::http::StatusCode;

use super::{Evening, evening};
use crate::world::{Browser, World};

/// Sends what a page sends by itself while somebody types.
async fn only_type(who: &mut Browser, at: &str, words: &str) {
    let once = who.once();
    let fields = [("once", &*once), ("harvest", words)];
    let kept = who.post(&format!("{at}/harvest/draft"), &fields).await.status;
    assert_eq!(kept, StatusCode::NO_CONTENT);
}

/// Ana and ben sit together, and ben has typed something.
async fn half_a_sentence(world: &World) -> (Evening, String) {
    let mut evening = evening(world, &["ben"]).await;
    evening.together().await;
    let at = evening.at.clone();
    let ben = &mut evening.others[0];
    ben.open(&format!("{at}/harvest")).await;
    only_type(ben, &at, "half a sentence").await;
    (evening, at)
}

#[tokio::test]
async fn where_nothing_was_kept_yet_nothing_stands_beside_a_mistake() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben"]).await;
    evening.together().await;
    let ana = &mut evening.group.founder;
    for (page, button) in [("harvest", "Keep it"), ("close", "Close the meeting")] {
        ana.open(&format!("{}/{page}", evening.at)).await;
        assert!(ana.page.says("This group is not watched round the clock."));
        ana.fill([("harvest", &"x".repeat(4001))]).press(button).await;
        assert!(ana.page.says("Make it shorter"), "{page}");
        assert!(!ana.page.says("What stands there now"), "{page}");
    }
}

#[tokio::test]
async fn nobody_writes_over_somebody_elses_harvest_unseen() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben"]).await;
    evening.together().await;
    let harvest = format!("{}/harvest", evening.at);
    let ben = &mut evening.others[0];
    ben.open(&harvest).await;
    evening.group.founder.open(&harvest).await;
    evening.group.founder.fill([("harvest", "From Ana")]).press("Keep it").await;
    let ben = &mut evening.others[0];
    ben.fill([("harvest", "From ben")]).press("Keep it").await;
    assert_eq!(ben.page.status, 422);
    assert_eq!(ben.page.value("harvest"), "From ben");
    assert!(ben.page.words().contains(&"From Ana".to_owned()));
    ben.fill([("harvest", "From Ana and ben")]).press("Keep it").await;
    assert_eq!(ben.page.notice(), "Kept.");
}

#[tokio::test]
async fn what_was_typed_stands_in_both_forms_again_and_goes_when_it_is_kept() {
    let world = World::new().await;
    let (mut evening, at) = half_a_sentence(&world).await;
    let ben = &mut evening.others[0];
    for form in ["harvest", "close"] {
        ben.open(&format!("{at}/{form}")).await;
        assert_eq!(ben.page.value("harvest"), "half a sentence", "{form}");
        assert!(ben.page.says("This is what you had typed on Tuesday 6 January 2026."), "{form}");
    }
    evening.group.founder.open(&format!("{at}/harvest")).await;
    assert_eq!(evening.group.founder.page.value("harvest"), "", "it is ben's alone");
    let ben = &mut evening.others[0];
    ben.open(&format!("{at}/harvest")).await;
    ben.fill([("harvest", "a whole sentence")]).press("Keep it").await;
    assert_eq!(world.rows("draft").await, 0);
    for words in ["a whole sentence, and more", "a whole sentence "] {
        ben.open(&format!("{at}/harvest")).await;
        only_type(ben, &at, words).await;
    }
    assert_eq!(world.rows("draft").await, 0, "what is kept is no draft");
}

#[tokio::test]
async fn a_draft_stands_beside_what_somebody_else_kept_meanwhile() {
    let world = World::new().await;
    let (mut evening, at) = half_a_sentence(&world).await;
    let ana = &mut evening.group.founder;
    ana.open(&format!("{at}/close")).await;
    ana.fill([("harvest", "From Ana")]).untick("next").press("Close the meeting").await;
    let ben = &mut evening.others[0];
    ben.open(&format!("{at}/harvest")).await;
    assert_eq!(ben.page.value("harvest"), "half a sentence");
    assert_eq!(ben.page.words(), ["From Ana"]);
    ben.fill([("harvest", "From Ana and ben")]).press("Keep it").await;
    assert_eq!(ben.page.notice(), "Kept.");
    assert_eq!(world.rows("draft").await, 0);
}

#[tokio::test]
async fn words_from_a_form_of_closing_are_kept_where_another_closed_it_first() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben"]).await;
    evening.together().await;
    let close = format!("{}/close", evening.at);
    let [first, second, third] = std::array::from_fn(|_| evening.group.founder.browser.clone());
    let mut windows = [first, second, third];
    for window in &mut windows {
        window.open(&close).await;
    }
    let [first, second, third] = &mut windows;
    first.untick("next").press("Close the meeting").await;
    assert_eq!(first.page.notice(), "The meeting is closed. Thank you, all of you.");
    second.fill([("harvest", "We ask the bus company")]).press("Close the meeting").await;
    assert!(second.page.notice().starts_with("The meeting was closed already."));
    assert!(second.page.words().contains(&"We ask the bus company".to_owned()));
    assert_eq!(world.rows("meeting").await, 1, "the next one is as the first had set it");
    third.fill([("harvest", "We ask the council")]).press("Close the meeting").await;
    assert_eq!(third.page.status, 422);
    assert_eq!(third.page.value("harvest"), "We ask the council");
    assert!(third.page.words().contains(&"We ask the bus company".to_owned()));
    third.fill([("harvest", "We ask both")]).press("Keep it").await;
    assert_eq!(third.page.notice(), "Kept.");
}

#[tokio::test]
async fn a_draft_is_for_a_meeting_of_ones_own_group() {
    let world = World::new().await;
    let (evening, at) = half_a_sentence(&world).await;
    let mut stranger = world.group("zoe", "The other lamps").await;
    let elsewhere =
        stranger.address(&format!("/meetings/{}", at.rsplit_once('/').expect("an id").1));
    stranger.founder.open("/notebook/new?kind=page").await;
    let once = stranger.founder.once();
    for at in [&at, &elsewhere] {
        let fields = [("once", &*once), ("harvest", "words")];
        stranger.founder.post(&format!("{at}/harvest/draft"), &fields).await;
        assert_eq!(stranger.founder.page.status, 404, "{at}");
    }
    assert_eq!(world.rows("draft").await, 1, "ben's alone");
    drop(evening);
}
