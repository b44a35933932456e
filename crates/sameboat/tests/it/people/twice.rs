//! A repeated submit makes one thing (P18).

use std::net::IpAddr;

use axum::http::StatusCode;
use tokio::task::JoinSet;

use crate::world::{World, ask};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_same_joining_sent_a_hundred_times_makes_one_person() {
    let world = World::new().await;
    let mut ana = world.browser();
    ana.open("/join").await;
    let joining = ana.fill([("own-word", "ana")]).ready(":root", "Make my sign-in");
    let mut all = JoinSet::new();
    for number in 0..100 {
        // A line of people may wait from one address; a phone on the move has several.
        let mut phone = ana.clone();
        phone.address = IpAddr::from([203, 0, 113, number % 10]);
        let (router, request) = (world.router.clone(), phone.form(&joining));
        all.spawn(async move { ask(&router, request).await });
    }
    let answers = all.join_all().await;
    let made = answers.iter().filter(|page| page.status == StatusCode::OK);
    assert_eq!(made.count(), 1, "one answer brings the sheet");
    let rest = answers.iter().filter(|page| page.status == StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(rest.count(), 99);
    let people = world.rows("person").await;
    assert_eq!((people, world.rows("sign_in").await, world.rows("recovery").await), (1, 1, 1));
}

#[tokio::test]
async fn a_form_that_comes_again_after_its_answer_says_so() {
    let world = World::new().await;
    let mut ana = world.browser();
    ana.open("/join").await;
    let joining = ana.fill([("own-word", "ana")]).ready(":root", "Make my sign-in");
    let mut tab = ana.clone();
    ana.send(&joining).await;
    assert_eq!(ana.page.heading(), "You have a sign-in");
    tab.send(&joining).await;
    assert_eq!(tab.page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(tab.page.says("The form came twice, and was done once."));
    assert_eq!(world.rows("person").await, 1);
}

#[tokio::test]
async fn whoever_loads_the_sheet_once_more_is_told_that_the_sign_in_is_there() {
    let world = World::new().await;
    let mut ana = world.browser();
    ana.open("/join").await;
    let joining = ana.fill([("own-word", "ana")]).ready(":root", "Make my sign-in");
    ana.send(&joining).await;
    ana.send(&joining).await;
    assert_eq!(ana.page.status, StatusCode::FORBIDDEN);
    assert_eq!(ana.page.heading(), "You are signed in");
    assert!(ana.page.says("the page with the words is shown only once"));
    assert_eq!(world.rows("person").await, 1);
}

#[tokio::test]
async fn the_form_of_another_sign_in_is_refused() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    let mut ben = world.person("ben").await;
    ben.open("/me").await;
    let once = ben.once();
    ana.post("/me/sheet", &[("once", &once)]).await;
    assert_eq!(ana.page.status, StatusCode::FORBIDDEN);
    assert_eq!(ana.page.heading(), "This form is too old");
}
