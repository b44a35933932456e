use axum::http::StatusCode;

use super::{keep, only_type};
use crate::world::World;

#[tokio::test]
async fn what_was_typed_stands_in_the_form_again_on_any_device() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    ana.open("/notebook/new?kind=trouble").await;
    only_type(&mut ana, "I keep thinking").await;
    only_type(&mut ana, "I keep thinking of the stairs").await;
    assert_eq!(world.rows("draft").await, 1, "one draft for each form");
    assert_eq!(world.rows("notebook_page").await, 0);
    world.pass_days(1);
    let mut tablet = world.browser();
    ana.sign_in_on(&mut tablet).await;
    assert!(tablet.page.says("On Tuesday 6 January 2026 you typed something"));
    tablet.follow("A trouble of mine").await;
    assert_eq!(tablet.page.value("words"), "I keep thinking of the stairs");
    assert!(tablet.page.says("This is what you had typed on Tuesday 6 January 2026."));
    tablet.open("/notebook/new?kind=page").await;
    assert_eq!(tablet.page.value("words"), "", "another form has its own draft");
}

#[tokio::test]
async fn keeping_the_page_takes_its_draft_away_and_a_late_one_does_not_come_back() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    ana.open("/notebook/new?kind=page").await;
    let mut still_open = ana.browser.clone();
    only_type(&mut ana, "half a thought").await;
    ana.fill([("words", "a whole thought")]).press("Keep it").await;
    assert_eq!(world.rows("draft").await, 0);
    only_type(&mut still_open, "half a thought").await;
    assert_eq!(world.rows("draft").await, 0, "its form was kept already");
}

#[tokio::test]
async fn a_draft_of_a_kept_page_is_offered_beside_what_is_kept() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    keep(&mut ana, "page", "as it was").await;
    ana.follow("Tuesday 6 January 2026").await;
    ana.follow("Write on").await;
    only_type(&mut ana, "as it could be").await;
    ana.open("/notebook").await;
    ana.follow("Tuesday 6 January 2026").await;
    assert_eq!(ana.page.words(), ["as it was"]);
    ana.follow("Go on with it").await;
    assert_eq!(ana.page.value("words"), "as it could be");
    assert_eq!(ana.page.words(), ["as it was"]);
    ana.press("Keep it").await;
    assert_eq!(ana.page.words(), ["as it could be"]);
    assert_eq!(world.rows("draft").await, 0);
}

#[tokio::test]
async fn a_draft_is_thrown_away_and_the_page_stays() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    keep(&mut ana, "page", "as it was").await;
    ana.follow("Tuesday 6 January 2026").await;
    let address = ana.page.path.clone();
    ana.follow("Write on").await;
    only_type(&mut ana, "rubbish").await;
    ana.open(&format!("{address}/write")).await;
    let throwing = ana.ready(":root", "Throw this draft away");
    ana.send(&throwing).await;
    assert_eq!(ana.page.words(), ["as it was"]);
    assert_eq!(world.rows("draft").await, 0);
}

#[tokio::test]
async fn emptying_the_field_leaves_no_draft() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    ana.open("/notebook/new?kind=page").await;
    only_type(&mut ana, "no").await;
    only_type(&mut ana, "").await;
    assert_eq!(world.rows("draft").await, 0);
}

#[tokio::test]
async fn leaving_fast_keeps_the_draft() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    ana.open("/notebook/new?kind=page").await;
    only_type(&mut ana, "somebody comes").await;
    let once = ana.once();
    ana.post("/leave", &[("once", &once)]).await;
    assert_eq!(world.rows("sign_in").await, 0);
    let mut later = world.browser();
    ana.sign_in_on(&mut later).await.open("/notebook/new?kind=page").await;
    assert_eq!(later.page.value("words"), "somebody comes");
}

#[tokio::test]
async fn a_draft_wants_a_form_of_ours_and_a_page_of_ones_own() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    let mut ben = world.person("ben").await;
    keep(&mut ana, "page", "mine").await;
    ana.follow("Tuesday 6 January 2026").await;
    let id = ana.page.path.trim_start_matches("/notebook/").to_owned();
    ben.open("/notebook/new?kind=page").await;
    let once = ben.once();
    ben.post("/notebook/draft", &[("once", &once), ("page", &id), ("words", "no")]).await;
    assert_eq!(ben.page.status, StatusCode::NOT_FOUND);
    ben.post("/notebook/draft", &[("once", "made up"), ("kind", "page"), ("words", "no")]).await;
    assert_eq!(ben.page.status, StatusCode::FORBIDDEN);
    assert_eq!(world.rows("draft").await, 0);
}

#[tokio::test]
async fn the_page_about_me_says_how_many_drafts_there_are() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    keep(&mut ana, "goal", "one night").await;
    ana.open("/notebook/new?kind=page").await;
    only_type(&mut ana, "half").await;
    ana.open("/me").await;
    assert!(ana.page.texts("section#draft").concat().contains("One draft."));
    let notebook = ana.page.texts("section#notebook_page").concat();
    assert!(notebook.contains("No pages.") && notebook.contains("One goal."), "{notebook}");
}

#[tokio::test]
async fn two_windows_do_not_wipe_out_one_anothers_words() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    ana.open("/notebook/new?kind=page").await;
    let mut other = ana.browser.clone();
    other.open("/notebook/new?kind=page").await;
    only_type(&mut ana, "begun in the first window").await;
    let mut sending = other.fill([("words", "in the second")]).ready(":root", "Keep it");
    sending.action = "/notebook/draft".to_owned();
    let request = other.form(&sending);
    assert_eq!(other.answer(request).await.status, StatusCode::CONFLICT, "the page says so");
    // Keeping the words of one leaves the draft of the other.
    other.fill([("words", "in the second")]).press("Keep it").await;
    assert_eq!(other.page.words(), ["in the second"]);
    assert_eq!(world.rows("draft").await, 1);
    // Whoever opens the form anew goes on with the draft, in whatever window.
    other.open("/notebook/new?kind=page").await;
    assert_eq!(other.page.value("words"), "begun in the first window");
    only_type(&mut other, "begun in the first window, ended here").await;
    other.press("Keep it").await;
    assert_eq!(world.rows("draft").await, 0);
}
