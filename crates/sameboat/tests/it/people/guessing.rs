//! Guessing a passphrase, and guessing who is here (P8, P9).

use axum::http::StatusCode;
use regex::Regex;
use sameboat::web::cookies;
use seal::argon2_runs;
use storekit::testing::{Place, statements_run};

use crate::world::{Browser, Person, World, alone};

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

/// What a wrong try shows, and what it took to answer it.
#[derive(Debug, PartialEq)]
struct Wrong {
    status: StatusCode,
    body: String,
    headers: Vec<String>,
    statements: Vec<Place>,
    argon2: u64,
}

async fn wrong_try(world: &World, name: &str) -> Wrong {
    let mut stranger = world.browser();
    stranger.open("/sign-in").await;
    let (ran, stretched) = (statements_run().len(), argon2_runs());
    guess(&mut stranger, name, "not the one at all").await;
    Wrong {
        status: stranger.page.status,
        body: without_tokens(&stranger.page.body, name),
        headers: stranger.page.headers.keys().map(ToString::to_string).collect(),
        statements: statements_run().split_off(ran),
        argon2: argon2_runs() - stretched,
    }
}

fn without_tokens(body: &str, name: &str) -> String {
    let once = Regex::new(r#"name="once" value="[^"]+""#).expect("a pattern");
    once.replace_all(body, "").replace(name, "")
}

/// Beside the same page it takes the same work: a clock must not tell what the page does not. How
/// long 200 tries take on a real disk is measured by `bench/guess`.
#[tokio::test]
async fn a_name_that_nobody_has_looks_and_costs_like_a_wrong_passphrase() {
    if !alone("people::guessing::a_name_that_nobody_has_looks_and_costs_like_a_wrong_passphrase") {
        return;
    }
    let mut world = World::new().await;
    let ana = world.person("ana").await;
    let nobody = format!("heron-{}", &ana.name[ana.name.len() - 4..]);
    let first = wrong_try(&world, &ana.name).await;
    assert_eq!(first.argon2, 1);
    assert!(first.statements.len() > 5, "statements are noted: {:?}", first.statements);
    for name in [&nobody, &ana.name, &nobody] {
        assert_eq!(wrong_try(&world, name).await, first, "{name}");
    }
    let mut guesser = world.browser();
    guesser.open("/sign-in").await;
    for number in 0..50 {
        guess(&mut guesser, &ana.name, &format!("guess number {number}")).await;
    }
    let full = wrong_try(&world, &ana.name).await;
    assert_eq!(full, first, "a name whose owner was told enough for today is told apart");

    world.change_key().await;
    let ben = world.person("ben").await;
    let first = wrong_try(&world, &nobody).await;
    for name in [&ana.name, &ben.name, &nobody] {
        assert_eq!(wrong_try(&world, name).await, first, "after a change of key: {name}");
    }
}

#[tokio::test]
async fn a_try_at_a_name_that_nobody_has_leaves_nothing_but_its_form() {
    let world = World::new().await;
    let ana = world.person("ana").await;
    let nobody = format!("heron-{}", &ana.name[ana.name.len() - 4..]);
    let before = world.db().dump().await;
    wrong_try(&world, &nobody).await;
    let after = world.db().dump().await;
    for (before, after) in before.iter().zip(&after) {
        let more = usize::from(after.name == "used_once");
        assert_eq!(after.rows.len(), before.rows.len() + more, "{}", after.name);
        assert!(more == 1 || after == before, "{} was changed", after.name);
    }
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

/// How many lines about wrong tries Ana reads.
async fn told(ana: &mut Person) -> u64 {
    ana.open("/me").await;
    let lines = ana.page.texts("#sign_in_event li");
    lines.iter().filter(|line| line.contains("wrong passphrase")).count() as u64
}

#[tokio::test]
async fn with_a_form_that_was_sent_before_nothing_is_tried_that_its_owner_is_not_told_of() {
    if !alone(
        "people::guessing::with_a_form_that_was_sent_before_nothing_is_tried_that_its_owner_is_not_told_of",
    ) {
        return;
    }
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    let runs = argon2_runs();
    let mut guesser = world.browser();
    guesser.open("/sign-in").await;
    let once = guesser.once();
    for number in 0..5 {
        let words = format!("guess number {number}");
        let fields = [("once", &*once), ("name", &*ana.name), ("passphrase", &*words)];
        guesser.post("/sign-in", &fields).await;
        assert_eq!(guesser.page.status, StatusCode::UNPROCESSABLE_ENTITY, "try {number}");
    }
    assert_eq!(told(&mut ana).await, argon2_runs() - runs, "each try is told");
    assert!(told(&mut ana).await >= 1);
    assert!(guesser.page.says("This form was sent before"), "{}", guesser.page.text());
    assert_eq!(guesser.page.value("name"), ana.name, "what was typed is still there");

    let runs = argon2_runs();
    let before = told(&mut ana).await;
    ana.open("/me/sheet").await;
    let once = ana.once();
    for number in 0..5 {
        let words = format!("guess number {number}");
        ana.post("/me/sheet", &[("once", &once), ("old", &words)]).await;
        assert_eq!(ana.page.status, StatusCode::UNPROCESSABLE_ENTITY, "try {number}");
    }
    assert!(ana.page.says("This form was sent before"), "{}", ana.page.text());
    assert_eq!(told(&mut ana).await - before, argon2_runs() - runs, "each try is told");
}

#[tokio::test]
async fn the_right_passphrase_signs_nobody_in_with_a_form_that_was_sent_before() {
    let world = World::new().await;
    let ana = world.person("ana").await;
    let mut phone = world.browser();
    phone.open("/sign-in").await;
    let once = phone.once();
    for words in ["not the one at all", &*ana.passphrase] {
        let fields = [("once", &*once), ("name", &*ana.name), ("passphrase", words)];
        phone.post("/sign-in", &fields).await;
    }
    assert!(phone.cookies.value(cookies::SIGN_IN).is_none(), "signed in by a spent form");
    assert!(phone.page.says("This form was sent before"), "{}", phone.page.text());
    phone.fill([("passphrase", &ana.passphrase)]).press_in("main", "Sign in").await;
    assert!(phone.cookies.value(cookies::SIGN_IN).is_some(), "the page has a form of its own");
}

#[tokio::test]
async fn signing_in_twice_with_one_form_is_signing_in_once() {
    let world = World::new().await;
    let ana = world.person("ana").await;
    let mut phone = world.browser();
    phone.open("/sign-in").await;
    phone.fill([("name", &ana.name), ("passphrase", &ana.passphrase)]);
    let sending = phone.ready("main", "Sign in");
    let mut tab = phone.clone();
    phone.send(&sending).await;
    tab.send(&sending).await;
    assert_eq!(world.rows("sign_in").await, 2, "hers, and the phone's");
}
