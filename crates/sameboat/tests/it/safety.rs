//! Help now, and words that are not lost.

use axum::http::{StatusCode, header};

use crate::world::World;

/// Days from the tests' first day to a day on which the numbers' checks are new.
const CHECKS_ARE_NEW: i64 = 330;

#[tokio::test]
async fn the_numbers_are_one_tap_away_for_somebody_who_is_not_signed_in() {
    let world = World::new().await;
    world.pass_days(CHECKS_ARE_NEW);
    let mut ana = world.browser();
    ana.open("/").await;
    ana.follow("I need help now").await;
    assert!(ana.page.says("call the emergency number of the country you are in"));
    assert_eq!(ana.page.texts("option").len(), 1 + 249, "every country can be chosen");
    ana.follow("United Kingdom").await;
    assert_eq!(ana.page.texts(".crisis .number"), ["Call 999", "Call 112"]);
    let first = ana.page.texts("h2, .number").into_iter().take(2).collect::<Vec<_>>();
    assert_eq!(first, ["In danger right now: United Kingdom", "Call 999"]);
    assert!(ana.page.has("a[href='tel:116123']"));
    assert!(ana.page.has("a[href='sms:85258?body=SHOUT']"));
    assert!(ana.page.says("Compared on Sunday 22 November 2026 with a saved page"));
    assert!(!ana.page.says("Nobody has checked this number yet."));
    assert!(!ana.page.says("Nobody has checked their numbers yet"));
    ana.open("/help-now?country=IN").await;
    assert!(ana.page.has("a[href='tel:112']"));
    assert!(ana.page.says("Nobody has checked their numbers yet, so we do not show them."));
    assert!(!ana.page.has("a[href='tel:14416']"), "nothing is published before it was checked");
    assert!(!ana.page.says("more than 180 days"));
}

#[tokio::test]
async fn a_check_of_long_ago_is_said_to_be_one() {
    let world = World::new().await;
    world.pass_days(CHECKS_ARE_NEW + 180);
    let mut ana = world.browser();
    ana.open("/help-now?country=GB").await;
    assert!(ana.page.says("Nobody has looked at this number for more than 180 days."));
}

#[tokio::test]
async fn hours_languages_and_names_are_said_in_words() {
    let world = World::new().await;
    let mut ana = world.browser();
    ana.open("/help-now?country=DE").await;
    assert!(ana.page.says("Monday to Saturday, 14:00 to 20:00."));
    assert!(ana.page.says("Monday, Wednesday and Thursday, 10:00 to 12:00."));
    assert!(ana.page.says("Hours are the country's own time."));
    assert!(ana.page.says("For women."));
    assert!(ana.page.texts("h3 bdi[lang=de]").contains(&"TelefonSeelsorge".to_owned()));
    ana.open("/help-now?country=GB").await;
    assert!(ana.page.says("They speak English and Welsh."));
}

#[tokio::test]
async fn every_service_is_said_without_a_hole() {
    let world = World::new().await;
    let mut ana = world.browser();
    let codes: Vec<String> = {
        ana.open("/help-now").await;
        let html = ana.page.html();
        let links = scraper::Selector::parse("a[href*='country=']").unwrap();
        html.select(&links).filter_map(|a| a.value().attr("href")).map(str::to_owned).collect()
    };
    assert_eq!(codes.len(), 10);
    for address in codes {
        ana.open(&address).await;
        assert!(
            !ana.page.body.contains("[language-") && !ana.page.body.contains("[help-"),
            "{address}"
        );
    }
}

#[tokio::test]
async fn where_we_hold_no_numbers_we_say_so() {
    let world = World::new().await;
    let mut ana = world.browser();
    ana.open("/help-now?country=BR").await;
    assert!(ana.page.says("We hold no numbers for this country. Add those you trust."));
    assert!(!ana.page.has(".number"));
}

#[tokio::test]
async fn no_country_is_ever_guessed() {
    let world = World::new().await;
    let mut ana = world.browser();
    ana.always.insert(header::ACCEPT_LANGUAGE, "de-DE".parse().unwrap());
    ana.open("/help-now?country=GB").await;
    for address in ["/help-now", "/help-now?country=", "/help-now?country=Mars"] {
        ana.open(address).await;
        assert!(ana.page.says("Which country are you in?"), "{address}");
        assert!(!ana.page.has(".number") && !ana.page.has("option[selected]"), "{address}");
    }
}

#[tokio::test]
async fn who_worries_about_somebody_is_told_what_to_say() {
    let world = World::new().await;
    let mut ana = world.browser();
    ana.open("/help-now?country=IE").await;
    ana.follow("If you are worried about somebody").await;
    assert!(ana.page.says("you are not responsible alone"));
    assert!(ana.page.says("“Are you thinking of killing yourself?”"));
    assert!(ana.page.says("Don't promise to keep it secret."));
    assert!(ana.page.has("a[href='tel:999']"), "the emergency numbers of the chosen country");
}

#[tokio::test]
async fn words_that_come_after_the_sign_in_ended_are_given_back() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    let words = "\nShe called at four.\nI <b>shouted</b>.";
    ana.open("/notebook/new?kind=page").await;
    ana.fill([("words", words)]);
    world.pass_hours(2);
    ana.press("Keep it").await;
    assert_eq!(ana.page.status, StatusCode::UNAUTHORIZED);
    assert!(ana.page.says("Your words are still here"));
    assert!(
        ana.page
            .body
            .contains(&format!("readonly>\n{}", words.replace('<', "&#60;").replace('>', "&#62;")))
    );
    assert_eq!(world.rows("used_once").await, 1, "only joining took a form");
}

#[tokio::test]
async fn a_passphrase_is_never_given_back() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    ana.open("/me/passphrase?own=1").await;
    let new = "teapot glacier whispering";
    ana.fill([("old", "an old teapot in the rain"), ("passphrase", new)]);
    world.pass_hours(2);
    ana.press("Change it").await;
    assert_eq!(ana.page.status, StatusCode::UNAUTHORIZED);
    assert!(!ana.page.body.contains("teapot"));
    assert!(!ana.page.says("Your words are still here"));
}
