//! The way to a group: what is understood, refused and asked again.

use axum::http::StatusCode;
use sameboat::config::Starting;
use storekit::testing::TestDb;

use crate::joining::{found, link, with_another, world};
use crate::world::World;

const SISTER: &str = "My sister: 0161 496 0000";
const SHOW: &str = "Show the numbers we hold";

#[tokio::test]
async fn another_country_takes_its_numbers_along_and_asks_again() {
    let world = world().await;
    let mut ben = world.person("ben").await;
    ben.open("/start/safety").await;
    ben.fill([("country", "GB")]).press(SHOW).await;
    let british = ben.page.value("lines");
    let mut ana = world.person("ana").await;
    ana.open("/start/safety").await;
    ana.fill([("country", "IE"), ("lines", SISTER)]).press(SHOW).await;
    let irish = ana.page.value("lines");
    assert!(
        irish.starts_with(SISTER) && irish.lines().count() > 1,
        "what was typed stays: {irish}"
    );
    assert_ne!(irish, format!("{SISTER}\n{british}"));
    ana.fill([("country", "GB")]).tick("confirmed").press("Go on").await;
    assert_eq!(ana.page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(ana.page.issues()[0].starts_with("You chose another country"));
    assert_eq!(ana.page.value("lines"), format!("{SISTER}\n{british}"));
    assert!(!ana.page.ticked("confirmed"));
    ana.tick("confirmed").press("Go on").await;
    assert_eq!(ana.page.path, "/start/you");
    ana.open("/start/safety").await;
    ana.fill([("country", "IE")]).tick("confirmed").press("Back").await;
    ana.open("/start/safety").await;
    assert_eq!((ana.page.value("lines"), ana.page.ticked("confirmed")), (irish, false));
    ana.fill([("lines", SISTER)]).press(SHOW).await;
    assert!(ana.page.value("lines").lines().count() > 1, "it shows them as often as asked");
}

#[tokio::test]
async fn a_change_of_the_country_is_asked_again_too() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    let group = found(&mut ana, "Ana").await;
    ana.open(&format!("{group}/change/safety")).await;
    ana.fill([("country", "IE")]).tick("confirmed").press("Change it").await;
    assert_eq!(ana.page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(ana.page.issues()[0].starts_with("You chose another country"));
    assert!(ana.page.value("lines").starts_with("Help: 111\n"), "what people wrote stays");
    ana.tick("confirmed").press("Change it").await;
    assert_eq!(ana.page.notice(), "Changed. Everybody sees it on Today.");
    ana.open(&format!("{group}/change/safety")).await;
    ana.fill([("country", "GB")]).press(SHOW).await;
    ana.tick("confirmed").press("Change it").await;
    assert_eq!(ana.page.notice(), "Changed. Everybody sees it on Today.", "once is enough");
}

#[tokio::test]
async fn times_are_understood_or_refused_beside_the_field() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    for (typed, status) in [("6:30 sharp", 422), ("6:30pm", 200)] {
        ana.open("/start/rhythm").await;
        ana.fill([("time", typed), ("zone", "Europe/London")]).press("Go on").await;
        assert_eq!(ana.page.status, status, "{typed}: {:?}", ana.page.issues());
    }
    let group = found(&mut ana, "Ana").await;
    ana.open(&format!("{group}/change/rhythm")).await;
    ana.fill([("time", "6:30pm")]).press("Change it").await;
    ana.open(&format!("{group}/card")).await;
    assert!(ana.page.says("18:30 (Europe/London)"), "{}", ana.page.text());
}

#[tokio::test]
async fn a_purpose_that_is_typed_whole_is_not_said_twice() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    ana.open("/start/purpose").await;
    let whole = "We are people who lost somebody, meeting to remember.";
    ana.fill([("who", whole), ("what-for", "meeting to remember.")]).press("Go on").await;
    ana.open("/start/purpose").await;
    let halves = (ana.page.value("who"), ana.page.value("what-for"));
    assert_eq!(halves, ("lost somebody".to_owned(), "remember.".to_owned()));
}

#[tokio::test]
async fn the_front_page_says_when_only_a_link_begins_a_group() {
    for (starting, said) in [(Starting::WithLink, true), (Starting::Anyone, false)] {
        let world = World::with(TestDb::chosen(), |it| it.starting = starting).await;
        let mut guest = world.browser();
        guest.open("/").await;
        assert_eq!(guest.page.says("only those can start a group who have a link for it"), said);
    }
}

#[tokio::test]
async fn a_card_promises_only_what_is_so() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    let group = found(&mut ana, "Ana").await;
    let link = link(&mut ana, &group).await;
    let mut guest = world.browser();
    guest.open(&link).await;
    assert!(guest.page.says("This program costs nothing."));
    assert!(guest.page.says("To answer you need a sign-in, which is kept here."));
    assert!(guest.page.says("The group learns nothing about you until you send your answers."));
    ana.open(&link).await;
    assert!(!ana.page.says("To answer you need a sign-in"));
    guest.open("/j/nothing").await;
    assert!(guest.page.says("more than three hours ago, open the link once more"));
}

#[tokio::test]
async fn before_somebody_is_asked_to_leave_only_the_rule_that_counts_is_told() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    let group = found(&mut ana, "Ana").await;
    ana.open(&format!("{group}/ask-to-leave")).await;
    assert!(ana.page.says("Nobody else is here.") && !ana.page.says("when all others say yes"));
    let mut bo = with_another(&world, &mut ana, &group, "bo", "Bo").await;
    ana.open(&format!("{group}/ask-to-leave")).await;
    assert!(ana.page.says("so you decide this alone"));
    assert!(!ana.page.says("when all others say yes") && !ana.page.says("so that they can answer"));
    bo.open(&format!("{group}/ask-to-leave")).await;
    assert!(bo.page.says("when all others say yes") && !bo.page.says("decide this alone"));
}

#[tokio::test]
async fn what_was_typed_in_the_walk_and_not_sent_is_there_again() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    ana.open("/start/purpose").await;
    ana.fill([("who", "care for a parent"), ("what-for", "sleep again")]).press("Go on").await;
    ana.open("/start/names").await;
    let once = ana.once();
    let typed = [("once", once.as_str()), ("inside", "The night w"), ("outside", "")];
    assert_eq!(ana.post("/start/names/draft", &typed).await.status, StatusCode::NO_CONTENT);
    ana.open("/start/names").await;
    assert_eq!(ana.page.value("inside"), "The night w");
    assert!(ana.page.issues().is_empty(), "half a word is not found wanting");
    ana.open("/start/purpose").await;
    assert_eq!(ana.page.value("who"), "care for a parent", "the other answers stay");
    for question in ["card", "nothing"] {
        let address = format!("/start/{question}/draft");
        assert_eq!(ana.post(&address, &typed).await.status, StatusCode::NOT_FOUND);
    }
    let mut bo = world.person("bo").await;
    bo.open("/start/names").await;
    assert_eq!(bo.page.value("inside"), "", "it is its writer's alone");
}
