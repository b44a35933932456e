//! Before a sign-in ends, its pages say so (P5). What the script does with it is asked in
//! `browser/tests/ending.mjs`.

use std::time::Duration;

use axum::http::header;

use crate::notebook::only_type;
use crate::world::{Browser, World};

const MINUTE: Duration = Duration::from_secs(60);

/// What a page says of the end that nothing puts off, where it is to be seen.
fn warned(browser: &Browser) -> String {
    browser.page.texts("[data-ending-limit]:not([hidden])").concat()
}

/// Uses a sign-in until so long before it ends.
async fn until_before_the_end(
    world: &World,
    browser: &mut Browser,
    before: Duration,
    use_: Duration,
) {
    let left = |browser: &Browser| {
        let seconds = browser.page.attribute("[data-ending]", "data-limit").expect("an end");
        Duration::from_secs(seconds.parse().expect("seconds"))
    };
    browser.open("/host").await;
    while left(browser) > before + use_ {
        world.pass(use_);
        browser.open("/host").await;
    }
    world.pass(left(browser) - before);
}

#[tokio::test]
async fn a_page_drawn_in_the_last_quarter_of_an_hour_says_when_the_sign_in_ends() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    until_before_the_end(&world, &mut ana, 15 * MINUTE + MINUTE, 50 * MINUTE).await;
    ana.open("/notebook").await;
    assert_eq!(warned(&ana), "", "it is said when it is soon");
    world.pass(MINUTE);
    ana.open("/notebook").await;
    assert!(warned(&ana).contains("signed out in less than 15 minutes"), "{}", warned(&ana));
    // The clock of a test began at 18:30; twelve hours end on the hour.
    assert!(warned(&ana).contains("Wednesday 7 January 2026, 06:00 UTC"), "{}", warned(&ana));
    world.pass(15 * MINUTE);
    ana.open("/notebook").await;
    assert_eq!(ana.page.path, "/sign-in", "it ends when it was said to end");
    assert!(!ana.page.has("[data-ending]"), "nobody is signed in");
}

#[tokio::test]
async fn on_ones_own_device_it_is_said_a_day_before() {
    let world = World::new().await;
    let mut ana = world.person_at_home("ana").await;
    let day = 24 * 60 * MINUTE;
    until_before_the_end(&world, &mut ana, day + 60 * MINUTE, 20 * day).await;
    ana.open("/notebook").await;
    assert_eq!(warned(&ana), "");
    world.pass(60 * MINUTE);
    ana.open("/notebook").await;
    assert!(warned(&ana).contains("signed out within a day"), "{}", warned(&ana));
}

#[tokio::test]
async fn who_is_warned_signs_in_anew_and_finds_what_was_typed() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    until_before_the_end(&world, &mut ana, 10 * MINUTE, 50 * MINUTE).await;
    ana.open("/notebook/new?kind=page").await;
    only_type(&mut ana, "half a thought").await;
    ana.open("/notebook/new").await;
    ana.follow("Sign in again").await;
    assert_eq!(ana.page.path, "/sign-in");
    let (name, passphrase) = (ana.name.clone(), ana.passphrase.clone());
    ana.fill([("name", &name), ("passphrase", &passphrase)]).press_in("main", "Sign in").await;
    assert_eq!(ana.page.path, "/notebook/new", "back where they were");
    assert_eq!(warned(&ana), "");
    assert_eq!(world.rows("sign_in").await, 1, "the one before has ended");
    world.pass(30 * MINUTE);
    ana.open("/notebook/new?kind=page").await;
    assert_eq!(ana.page.value("words"), "half a thought");
}

#[tokio::test]
async fn from_the_answer_to_a_form_it_leads_back_to_a_page() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    until_before_the_end(&world, &mut ana, 10 * MINUTE, 50 * MINUTE).await;
    ana.post("/me/sign-ins/end", &[("sign-in", "00000000000000000000000000000000")]).await;
    assert_eq!(ana.page.status, 403, "a form that is not of today");
    ana.follow("Sign in again").await;
    let (name, passphrase) = (ana.name.clone(), ana.passphrase.clone());
    ana.fill([("name", &name), ("passphrase", &passphrase)]).press_in("main", "Sign in").await;
    assert_eq!(ana.page.status, 200, "{} can't be looked at", ana.page.path);
}

#[tokio::test]
async fn who_says_that_they_stay_has_another_hour() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    ana.open("/notebook").await;
    world.pass(58 * MINUTE);
    ana.press("Stay signed in").await;
    assert_eq!(ana.page.path, "/notebook", "on the page where they were");
    assert_eq!(ana.page.notice(), "You stay signed in.");
    let mut on_the_page = ana.browser.clone();
    world.pass(59 * MINUTE);
    assert_eq!(on_the_page.open("/me").await.path, "/me");
    world.pass(60 * MINUTE);
    ana.press("Stay signed in").await;
    assert_eq!(ana.page.status, 401, "afterwards it is too late");
}

#[tokio::test]
async fn asking_how_long_is_left_is_no_use_of_a_sign_in() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    ana.open("/notebook").await;
    for minutes in [20, 20, 19] {
        world.pass(minutes * MINUTE);
        ana.open("/sign-in/left").await;
        assert_eq!(ana.page.status, 200);
        assert!(!ana.page.headers.contains_key(header::SET_COOKIE), "a cookie is renewed");
    }
    assert_eq!(ana.page.body, "{\"idle\":60,\"limit\":37860}");
    world.pass(MINUTE);
    ana.open("/sign-in/left").await;
    assert_eq!(ana.page.path, "/sign-in", "nobody has used it for an hour");
}
