//! Guessing a passphrase, and guessing who is here (P8, P9).

use axum::http::StatusCode;
use regex::Regex;
use seal::argon2_runs;
use storekit::testing::{Place, statements_run};

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
