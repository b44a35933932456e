use std::time::Duration;

use axum::http::StatusCode;
use tokio::task::JoinSet;

use super::{keep, leaves};
use crate::world::{World, ask};

#[tokio::test]
async fn an_empty_notebook_says_what_can_be_lost_and_counts_nothing() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    ana.open("/notebook").await;
    assert_eq!(ana.page.heading(), "My notebook");
    assert!(ana.page.says("nobody can open these pages again"));
    assert!(!ana.page.text().chars().any(|c| c.is_ascii_digit()), "no counts, no streaks");
}

#[tokio::test]
async fn ana_keeps_a_page_and_reads_it_again() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    keep(&mut ana, "page", "Mum laughed at the radio.\n\nأنا هنا").await;
    assert_eq!(ana.page.words(), ["Mum laughed at the radio. أنا هنا"]);
    ana.follow("Tuesday 6 January 2026").await;
    assert_eq!(ana.page.heading(), "A page for myself");
    assert_eq!(ana.page.words(), ["Mum laughed at the radio. أنا هنا"]);
    assert!(ana.page.says("Written on Tuesday 6 January 2026, 18:30 UTC."));
    assert!(!ana.page.says("Changed on"));
}

#[tokio::test]
async fn the_goal_lies_on_top_then_troubles_then_pages_newest_first() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    for (kind, words) in [
        ("goal", "an early goal"),
        ("page", "first page"),
        ("trouble", "first trouble"),
        ("page", "second page"),
        ("goal", "one night a week"),
        ("trouble", "second trouble"),
    ] {
        keep(&mut ana, kind, words).await;
    }
    let order = [
        "one night a week",
        "second trouble",
        "first trouble",
        "second page",
        "first page",
        "an early goal",
    ];
    assert_eq!(ana.page.words(), order);
    assert!(ana.page.says("An earlier goal"));
}

#[tokio::test]
async fn a_page_is_changed_and_its_earlier_words_are_gone() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    keep(&mut ana, "trouble", "I am angry with Mum.").await;
    ana.follow("Tuesday 6 January 2026").await;
    world.pass(Duration::from_secs(30 * 60));
    ana.follow("Write on").await;
    assert_eq!(ana.page.value("words"), "I am angry with Mum.");
    ana.fill([("words", "I am tired.")]).press("Keep it").await;
    assert_eq!(ana.page.notice(), "Kept, for you alone.");
    assert_eq!(ana.page.words(), ["I am tired."]);
    assert!(ana.page.says("Changed on Tuesday 6 January 2026, 19:00 UTC."));
    assert_eq!(world.rows("notebook_page").await, 1);
}

#[tokio::test]
async fn words_from_two_devices_do_not_wipe_each_other_out() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    keep(&mut ana, "page", "as it was").await;
    ana.follow("Tuesday 6 January 2026").await;
    let mut tab = ana.browser.clone();
    ana.follow("Write on").await;
    tab.follow("Write on").await;
    world.pass(Duration::from_secs(60));
    ana.fill([("words", "from the phone")]).press("Keep it").await;
    tab.fill([("words", "from the tablet")]).press("Keep it").await;
    assert_eq!(tab.page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(tab.page.says("This page was changed on another device"));
    assert_eq!(tab.page.value("words"), "from the tablet", "nothing typed is lost");
    assert_eq!(tab.page.words(), ["from the phone"], "both are shown");
    tab.press("Keep it").await;
    assert_eq!(tab.page.words(), ["from the tablet"]);
}

#[tokio::test]
async fn twenty_thousand_characters_fit_and_more_are_not_lost() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    let much = "é".repeat(20_000);
    keep(&mut ana, "page", &much).await;
    let more = "字".repeat(20_001);
    ana.open("/notebook/new?kind=trouble").await;
    ana.fill([("words", &more)]).press("Keep it").await;
    assert_eq!(ana.page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(ana.page.issues().concat().starts_with("This is longer than 20,000 characters."));
    assert_eq!(ana.page.value("words"), more);
    assert_eq!(ana.page.heading(), "A trouble of mine");
    ana.fill([("words", " \n ")]).press("Keep it").await;
    assert_eq!(ana.page.issues(), ["Write something first, even one word."]);
    assert_eq!(world.rows("notebook_page").await, 1);
}

#[tokio::test]
async fn a_page_is_deleted_after_asking() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    keep(&mut ana, "page", "better not").await;
    ana.follow("Tuesday 6 January 2026").await;
    ana.follow("Delete this page").await;
    assert_eq!(ana.page.heading(), "Delete this page?");
    assert_eq!(world.rows("notebook_page").await, 1, "asking deletes nothing");
    let deleting = ana.ready(":root", "Delete it");
    ana.send(&deleting).await;
    assert_eq!(ana.page.notice(), "That page is deleted.");
    assert_eq!(world.rows("notebook_page").await, 0);
    ana.send(&deleting).await;
    assert_eq!(ana.page.notice(), "That page is deleted.", "a second press harms nothing");
}

#[tokio::test]
async fn a_long_notebook_comes_a_section_at_a_time() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    for number in 1..=32 {
        keep(&mut ana, "page", &format!("page {number}")).await;
    }
    assert_eq!(leaves(&ana).len(), 30);
    ana.follow("Earlier pages").await;
    assert_eq!(ana.page.words(), ["page 2", "page 1"]);
    ana.follow("Back to the newest pages").await;
    assert_eq!(ana.page.words()[0], "page 32");
}

/// P18
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_same_page_sent_a_hundred_times_is_kept_once() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    ana.open("/notebook/new?kind=page").await;
    let keeping = ana.fill([("words", "only once")]).ready(":root", "Keep it");
    let mut all = JoinSet::new();
    for _ in 0..100 {
        let (router, request) = (world.router.clone(), ana.form(&keeping));
        all.spawn(async move { ask(&router, request).await });
    }
    let answers = all.join_all().await;
    assert!(answers.iter().all(|page| page.status == StatusCode::SEE_OTHER));
    assert_eq!(world.rows("notebook_page").await, 1);
}

#[tokio::test]
async fn a_form_that_was_kept_takes_other_words_only_when_asked_again() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    ana.open("/notebook/new?kind=page").await;
    let mut before = ana.browser.clone();
    ana.fill([("words", "first thought")]).press("Keep it").await;
    before.fill([("words", "second thought")]).press("Keep it").await;
    assert!(before.page.says("This form was kept once already."));
    assert_eq!(before.page.value("words"), "second thought");
    before.press("Keep it").await;
    assert_eq!(before.page.words(), ["second thought", "first thought"]);
}
