//! Guessing a passphrase, and guessing who is here (P8, P9).

use std::time::{Duration, Instant};

use axum::http::StatusCode;
use regex::Regex;
use storekit::testing::statements_run;

use crate::world::{Browser, World, alone};

async fn guess(browser: &mut Browser, name: &str, passphrase: &str) {
    browser.fill([("name", name), ("passphrase", passphrase)]);
    browser.press_in("main", "Sign in").await;
}

#[tokio::test]
async fn after_a_thousand_guesses_the_owner_gets_in() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    for _ in 0..4 {
        let mut guesser = world.browser();
        guesser.open("/sign-in").await;
        for number in 0..250 {
            guess(&mut guesser, &ana.name, &format!("guess number {number}")).await;
            assert_eq!(guesser.page.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
    }
    let mut phone = world.browser();
    ana.sign_in_on(&mut phone).await.open("/me").await;
    assert!(phone.page.says(&ana.name));
    ana.open("/me").await;
    let lines = ana.page.texts("#sign_in_event li");
    let wrong = lines.iter().filter(|line| line.contains("wrong passphrase")).count();
    assert!((1..=40).contains(&wrong), "{wrong} lines: guessing must not fill the disk");
    assert!(
        lines.iter().any(|line| line.contains("You signed in")),
        "a guesser's lines must not keep out the one that says who got in"
    );
}

#[tokio::test]
async fn a_name_that_nobody_has_looks_like_a_wrong_passphrase() {
    if !alone("people::guessing::a_name_that_nobody_has_looks_like_a_wrong_passphrase") {
        return;
    }
    let mut world = World::new().await;
    let ana = world.person("ana").await;
    let nobody = format!("heron-{}", &ana.name[ana.name.len() - 4..]);
    all_look_the_same(&world, &[&ana.name, &nobody, &ana.name, &nobody]).await;

    world.change_key().await;
    let ben = world.person("ben").await;
    all_look_the_same(&world, &[&ana.name, &nobody, &ben.name, &ana.name, &nobody]).await;
}

async fn all_look_the_same(world: &World, names: &[&str]) {
    let mut seen = Vec::new();
    for name in names {
        let mut stranger = world.browser();
        stranger.open("/sign-in").await;
        let before = statements_run();
        guess(&mut stranger, name, "not the one at all").await;
        let count = statements_run() - before;
        let headers: Vec<String> = stranger.page.headers.keys().map(ToString::to_string).collect();
        seen.push((
            stranger.page.status,
            without_tokens(&stranger.page.body, name),
            count,
            headers,
        ));
    }
    assert!(seen[0].2 > 0, "statements are counted");
    for other in &seen[1..] {
        assert_eq!(*other, seen[0]);
    }
}

fn without_tokens(body: &str, name: &str) -> String {
    let once = Regex::new(r#"name="once" value="[^"]+""#).expect("a pattern");
    once.replace_all(body, "").replace(name, "")
}

/// The stretching is the costly part; whoever measures an answer must not learn whether it was done.
#[tokio::test]
async fn a_name_that_nobody_has_costs_as_much_time() {
    let world = World::costly().await;
    let ana = world.person("ana").await;
    let nobody = format!("heron-{}", &ana.name[ana.name.len() - 4..]);
    let (mut known, mut unknown) = (Duration::MAX, Duration::MAX);
    // On a busy machine some tries take longer than they should; none takes shorter.
    for _ in 0..30 {
        for (name, shortest) in [(&ana.name, &mut known), (&nobody, &mut unknown)] {
            let mut stranger = world.browser();
            stranger.open("/sign-in").await;
            #[expect(clippy::disallowed_methods, reason = "this test measures time")]
            let begun = Instant::now();
            guess(&mut stranger, name, "not the one at all").await;
            #[expect(clippy::disallowed_methods, reason = "this test measures time")]
            let took = begun.elapsed();
            *shortest = took.min(*shortest);
        }
        let ratio = unknown.as_secs_f64() / known.as_secs_f64();
        if (0.7..1.4).contains(&ratio) {
            return;
        }
    }
    panic!("a known name took {known:?}, an unknown one {unknown:?}");
}

#[tokio::test]
async fn text_that_is_no_name_at_all_looks_the_same_too() {
    let world = World::new().await;
    let mut stranger = world.browser();
    for name in ["", "nobody", "a\u{1b}[31m-1234", "ana\r\n-1234", &"x".repeat(5000)] {
        stranger.open("/sign-in").await;
        guess(&mut stranger, name, "not the one at all").await;
        assert_eq!(stranger.page.status, StatusCode::UNPROCESSABLE_ENTITY, "{name:?}");
        assert!(stranger.page.says("That name and passphrase don't go together."));
    }
}
