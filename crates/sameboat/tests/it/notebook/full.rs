//! A notebook has an end, so that nobody fills the disk; and nothing is lost there.

use axum::http::StatusCode;
use storekit::{Error, params, sql};

use super::{keep, leaves};
use crate::world::{Person, World};

const FULL: &str = "Your notebook is full. Your words are still here.";

/// Puts so many pages of so many bytes beside the one that is there.
async fn fill(world: &World, pages: i64, bytes: usize) {
    let add = move |tx: &mut storekit::Tx<'_>| -> Result<(), Error> {
        let owner = tx.one(sql!("SELECT person_id FROM notebook_page"), &[])?;
        let owner: Vec<u8> = owner.get("person_id")?;
        for number in 1000..1000 + pages {
            let (id, words) = (i128::from(number).to_be_bytes().to_vec(), vec![7_u8; bytes]);
            tx.exec(
                sql!(
                    "INSERT INTO notebook_page (person_id, id, number, day, words)
                     VALUES ($1, $2, $3, $4, $5)"
                ),
                params![owner.clone(), id, number, 0_i64, words],
            )?;
        }
        Ok(())
    };
    world.app.db.write(add).await.expect("somebody may write to the database");
}

/// There is no room, the words stay in the form, and a page deleted makes room again.
async fn is_full_until_something_goes(ana: &mut Person) {
    ana.open("/notebook").await;
    let first = leaves(ana).pop().expect("her first page");
    ana.open("/notebook/new?kind=page").await;
    ana.fill([("words", "one too many")]).press("Keep it").await;
    assert_eq!(ana.page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(ana.page.issues()[0].starts_with(FULL), "{:?}", ana.page.issues());
    assert_eq!(ana.page.value("words"), "one too many");
    let mut window = ana.browser.clone();
    window.open(&format!("{first}/remove")).await;
    window.press("Delete it").await;
    ana.press("Keep it").await;
    assert_eq!(ana.page.notice(), "Kept, for you alone.");
}

/// Ana, in a group with Bo.
async fn in_a_group(world: &World) -> Person {
    let mut group = world.group("ana", "The lamps").await;
    group.let_in(world, "bo").await;
    group.founder
}

const SMALL: &str = "Your notebook is full until you are in a group with somebody else.";

#[tokio::test]
async fn a_notebook_is_small_until_its_owner_is_in_a_group_with_somebody_else() {
    let world = World::new().await;
    let mut group = world.group("ana", "The lamps").await;
    keep(&mut group.founder, "page", "the first").await;
    fill(&world, 12, 20 * 1024).await;
    keep(&mut group.founder, "page", &"short ".repeat(100)).await;
    let words = "long ".repeat(3_900);
    group.founder.open("/notebook/new?kind=page").await;
    group.founder.fill([("words", &words)]).press("Keep it").await;
    assert_eq!(group.founder.page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let issue = group.founder.page.issues().concat();
    assert!(issue.starts_with(SMALL), "{issue}");
    assert_eq!(group.founder.page.value("words").trim_end(), words.trim_end());
    let mut there = group.founder.clone();
    group.knock(&world, "bo").await;
    there.press("Keep it").await;
    assert!(there.page.issues().concat().starts_with(SMALL), "a knock is not enough");
    let address = group.address("/door");
    group.founder.open(&address).await;
    group.founder.press_in("article:has(h2)", "Let them in").await;
    there.press("Keep it").await;
    assert_eq!(there.page.notice(), "Kept, for you alone.");
}

#[tokio::test]
async fn a_page_that_grows_counts_too_and_fifty_pages_are_all_for_somebody_alone() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    keep(&mut ana, "page", "the first").await;
    ana.open("/notebook").await;
    let first = leaves(&ana).remove(0);
    fill(&world, 12, 20 * 1024).await;
    ana.open(&format!("{first}/write")).await;
    ana.fill([("words", &"long ".repeat(3_900))]).press("Keep it").await;
    assert!(ana.page.issues().concat().starts_with(SMALL), "{}", ana.page.text());
    let mut bo = World::new().await;
    let mut cy = bo.person("cy").await;
    keep(&mut cy, "page", "the first").await;
    fill(&bo, 48, 1).await;
    keep(&mut cy, "page", "the fiftieth").await;
    cy.open("/notebook/new?kind=page").await;
    cy.fill([("words", "one more")]).press("Keep it").await;
    assert!(cy.page.issues().concat().starts_with(SMALL), "{}", cy.page.text());
    bo.watch();
}

#[tokio::test]
async fn who_left_every_group_keeps_what_they_have_and_goes_on() {
    let world = World::new().await;
    let mut ana = in_a_group(&world).await;
    keep(&mut ana, "page", "the first").await;
    fill(&world, 20, 20 * 1024).await;
    ana.open("/groups").await;
    let group = ana.page.links().into_iter().find(|link| link.starts_with("/g/")).expect("a group");
    ana.open(&format!("{group}/leave")).await;
    ana.fill([("words", "removed")]).press("Leave now").await;
    keep(&mut ana, "page", "after it").await;
}

#[tokio::test]
async fn drafts_are_few_until_their_owner_is_in_a_group_and_none_goes_for_another() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    keep(&mut ana, "page", "the first").await;
    let mut pages = Vec::new();
    for number in 0..12 {
        keep(&mut ana, "page", &format!("page {number}")).await;
        ana.open("/notebook").await;
        pages.push(leaves(&ana).remove(0));
    }
    let words = "typed ".repeat(3_300);
    let mut answers = Vec::new();
    for page in &pages {
        ana.open(&format!("{page}/write")).await;
        let mut sending = ana.fill([("words", &words)]).ready(":root", "Keep it");
        sending.action = "/notebook/draft".to_owned();
        let request = ana.form(&sending);
        answers.push(ana.answer(request).await.status);
    }
    let kept = answers.iter().filter(|status| **status == StatusCode::NO_CONTENT).count();
    assert!((1..pages.len()).contains(&kept), "{answers:?}");
    assert_eq!(answers.last(), Some(&StatusCode::INSUFFICIENT_STORAGE));
    assert_eq!(world.rows("draft").await, kept, "what was kept stays");
}

#[tokio::test]
async fn five_thousand_pages_are_all() {
    let world = World::new().await;
    let mut ana = in_a_group(&world).await;
    keep(&mut ana, "page", "the first").await;
    fill(&world, 4_998, 1).await;
    keep(&mut ana, "page", "the last").await;
    is_full_until_something_goes(&mut ana).await;
}

#[tokio::test]
async fn sixteen_megabytes_are_all() {
    let world = World::new().await;
    let mut ana = in_a_group(&world).await;
    keep(&mut ana, "page", "the first").await;
    fill(&world, 16, 1024 * 1024 - 4).await;
    is_full_until_something_goes(&mut ana).await;
}
