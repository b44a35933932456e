//! The way to a group: what is understood, refused and asked again.

use axum::http::StatusCode;
use sameboat::config::Starting;
use storekit::testing::TestDb;

use crate::joining::{answer_all, found, link, with_another, world};
use crate::world::{Person, Sending, World};

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
    answer_all(&mut ana, "Ana", &[]).await;
    type_in(&mut ana, "names", &[("inside", "The night w"), ("outside", "")]).await;
    ana.open("/start/card").await;
    assert_eq!(ana.page.path, "/start/names", "the card would leave it out");
    assert_eq!(ana.page.value("inside"), "The night w");
    assert!(
        ana.page.says("This is what you had typed on Tuesday 6 January 2026. It was not sent.")
    );
    assert!(ana.page.issues().is_empty(), "half a word is not found wanting");
    ana.open("/me").await;
    assert!(ana.page.words().contains(&"The night w".to_owned()));
    ana.open("/start/names").await;
    ana.press("Throw this draft away").await;
    assert_eq!(ana.page.value("inside"), "The night watch");
    type_in(&mut ana, "names", &[("inside", "The owls"), ("outside", "Tuesdays")]).await;
    ana.open("/start/names").await;
    ana.press("Go on").await;
    assert_eq!(world.rows("draft").await, 0, "it goes where the words are kept");
    ana.open("/start/names").await;
    assert_eq!(ana.page.value("inside"), "The owls");
    for question in ["card", "nothing"] {
        let once = ana.once();
        let address = format!("/start/{question}/draft");
        assert_eq!(ana.post(&address, &[("once", &once)]).await.status, StatusCode::NOT_FOUND);
    }
    let mut bo = world.person("bo").await;
    bo.open("/start/names").await;
    assert_eq!(bo.page.value("inside"), "", "it is its writer's alone");
}

/// What the page of a question sends by itself.
async fn type_in(who: &mut Person, question: &str, fields: &[(&str, &str)]) {
    let once = who.once();
    let fields = [&[("once", once.as_str())], fields].concat();
    let kept = who.post(&format!("/start/{question}/draft"), &fields).await;
    assert_eq!(kept.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn a_country_without_numbers_says_that_there_are_none() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    const NONE: &str = "We hold no numbers for this country. Add those you trust.";
    for (country, none) in [("JP", true), ("GB", false)] {
        ana.open("/start/safety").await;
        ana.fill([("country", country)]).press(SHOW).await;
        assert_eq!(ana.page.says(NONE), none, "{country}");
    }
}

#[tokio::test]
async fn what_is_only_typed_about_the_safety_card_does_not_go_around_the_tick() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    answer_all(&mut ana, "Ana", &[]).await;
    ana.open("/start/safety").await;
    let (lines, of) = (ana.page.value("lines"), ana.page.value("lines-of"));
    let fields =
        [("country", "IE"), ("lines", lines.as_str()), ("lines-of", &of), ("confirmed", "1")];
    type_in(&mut ana, "safety", &fields).await;
    ana.open("/start/safety").await;
    ana.press("Go on").await;
    assert_eq!(ana.page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(ana.page.issues()[0].starts_with("You chose another country"));
}

#[tokio::test]
async fn what_was_on_the_way_ends_with_the_beginning_and_too_much_is_not_cut_short() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    answer_all(&mut ana, "Ana", &[]).await;
    type_in(&mut ana, "place", &[("way", "room"), ("place", "Behind the")]).await;
    ana.open("/start/place").await;
    let long = "y".repeat(45_000);
    let once = ana.once();
    let fields = [("once", once.as_str()), ("way", "room"), ("place", &long)];
    assert_eq!(ana.post("/start/place/draft", &fields).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    ana.open("/start/place").await;
    assert_eq!(ana.page.value("place"), "Behind the", "what was kept opens");
    assert_eq!(world.rows("draft").await, 1);
    ana.open("/start").await;
    ana.follow("Go on where I was").await;
    assert_eq!(ana.page.path, "/start/place");
    ana.press("Throw this draft away").await;
    ana.open("/start/place").await;
    let late = ana.ready("main", "Go on");
    ana.open("/start/card").await;
    let begin = ana.ready("main", "Begin this group");
    // Another window types meanwhile.
    ana.send(&Sending { action: "/start/place/draft".to_owned(), ..late }).await;
    assert_eq!(world.rows("draft").await, 1);
    ana.send(&begin).await;
    assert!(ana.page.path.starts_with("/g/"), "{}", ana.page.text());
    assert_eq!(world.rows("draft").await, 0);
}
