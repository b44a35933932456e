//! How long a sign-in holds (P5).

use std::time::Duration;

use storekit::{Value, sql};

use crate::world::{Browser, World};

const MINUTE: Duration = Duration::from_secs(60);

async fn is_in(browser: &mut Browser) -> bool {
    browser.open("/me").await.path == "/me"
}

#[tokio::test]
async fn on_a_shared_device_an_hour_without_a_page_is_the_end() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    world.pass(59 * MINUTE);
    assert!(is_in(&mut ana).await);
    world.pass(59 * MINUTE);
    assert!(is_in(&mut ana).await, "a page renews the hour");
    world.pass(60 * MINUTE);
    assert!(!is_in(&mut ana).await);
}

#[tokio::test]
async fn a_page_that_loads_itself_anew_is_no_use() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    world.pass(59 * MINUTE);
    ana.open("/me?fresh=1").await;
    world.pass(MINUTE);
    assert!(!is_in(&mut ana).await, "nobody touched it for an hour");
}

#[tokio::test]
async fn on_a_shared_device_twelve_hours_are_the_most() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    // The limit falls on the hour, so it may come up to an hour earlier.
    for _ in 0..13 {
        world.pass(50 * MINUTE);
        assert!(is_in(&mut ana).await);
    }
    world.pass(50 * MINUTE);
    is_in(&mut ana).await;
    world.pass(20 * MINUTE);
    assert!(!is_in(&mut ana).await, "twelve hours have passed");
}

#[tokio::test]
async fn whoever_writes_to_the_database_makes_no_cookie_last_longer() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    let mut own = world.person_at_home("bo").await;
    world.put(sql!("UPDATE sign_in SET limit_at = limit_at + $1"), vec![Value::Int(1)]).await;
    assert!(!is_in(&mut ana).await);
    world.put(sql!("UPDATE sign_in SET limit_at = limit_at - $1"), vec![Value::Int(1)]).await;
    assert!(is_in(&mut own).await, "the row is as it was");
    world.put(sql!("UPDATE sign_in SET own_device = 1 - own_device"), vec![]).await;
    assert!(!is_in(&mut own).await);
}

#[tokio::test]
async fn on_a_shared_device_closing_the_browser_is_the_end() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    ana.close();
    assert!(!is_in(&mut ana).await);
}

#[tokio::test]
async fn on_ones_own_device_thirty_days_without_a_page_are_the_end() {
    let world = World::new().await;
    let mut ana = world.person_at_home("ana").await;
    ana.close();
    world.pass_days(29);
    assert!(is_in(&mut ana).await);
    world.pass_days(29);
    assert!(is_in(&mut ana).await, "a page renews the thirty days");
    world.pass_days(30);
    assert!(!is_in(&mut ana).await);
}

#[tokio::test]
async fn on_ones_own_device_a_hundred_and_eighty_days_are_the_most() {
    let world = World::new().await;
    let mut ana = world.person_at_home("ana").await;
    for _ in 0..8 {
        world.pass_days(20);
        assert!(is_in(&mut ana).await);
    }
    world.pass_days(20);
    assert!(!is_in(&mut ana).await);
}

/// Browsers drop a cookie at its age; whoever stole one keeps it, so the server must look too.
#[tokio::test]
async fn a_stolen_pair_of_cookies_does_not_outlive_its_limits() {
    let world = World::new().await;
    for (name, hours) in [("ana", 1), ("ben", 12)] {
        let mut thief = world.person(name).await;
        let line = thief.cookies.line(world.app.now()).expect("cookies");
        for _ in 0..hours {
            world.pass(59 * MINUTE);
            if hours > 1 {
                is_in(&mut thief).await;
            }
        }
        world.pass(15 * MINUTE);
        let mut forged = world.browser();
        forged.always("cookie", &line);
        assert!(!is_in(&mut forged).await, "{name}'s cookie is too old");
    }
}

#[tokio::test]
async fn the_time_of_last_use_cannot_be_made_up() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    let ben = world.person("ben").await;
    world.pass(59 * MINUTE);
    // Somebody else's is authentic, but not for this sign-in.
    let other = ben.cookies.value("__Host-i").expect("a cookie").to_owned();
    ana.cookies.forge("__Host-i", &other);
    assert!(!is_in(&mut ana).await);
    ana.cookies.forge("__Host-i", &"A".repeat(54));
    assert!(!is_in(&mut ana).await);
}

#[tokio::test]
async fn a_page_writes_nothing_about_when_it_was_read() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    let before = world.db().dump().await;
    world.pass(30 * MINUTE);
    assert!(is_in(&mut ana).await);
    assert_eq!(world.db().dump().await, before);
}

#[tokio::test]
async fn rows_past_their_limit_are_swept_out() {
    let world = World::new().await;
    world.person("ana").await;
    world.person_at_home("ben").await;
    world.sweep().await;
    assert_eq!(world.rows("sign_in").await, 2);
    world.pass_hours(12);
    world.sweep().await;
    assert_eq!(world.rows("sign_in").await, 1, "the shared device's is gone");
    assert_eq!(world.rows("sign_in_event").await, 2);
    world.pass_days(180);
    world.sweep().await;
    assert_eq!(world.rows("sign_in").await, 0);
    assert_eq!(world.rows("sign_in_event").await, 0, "lines are kept for 90 days");
    world.pass_days(30);
    world.sweep().await;
    assert_eq!(world.rows("used_once").await, 0);
    assert_eq!(world.rows("person").await, 2, "people stay");
}
