//! Strangers do not fill the disk: who may join, and what is taken while little room is left.

use axum::http::StatusCode;
use sameboat::config::{Joining, Starting};
use storekit::testing::TestDb;

use crate::joining::link;
use crate::notebook::keep;
use crate::world::World;

/// A place in which nobody makes a sign-in, or begins a group, without a link.
async fn with_links() -> World {
    let both = |settings: &mut sameboat::config::Settings| {
        settings.joining = Joining::WithLink;
        settings.starting = Starting::WithLink;
    };
    World::with(TestDb::chosen(), both).await
}

const LINK: &str = "Here you need a link to make a sign-in.";

#[tokio::test]
async fn where_joining_takes_a_link_every_page_says_so_and_nobody_joins_without() {
    let world = with_links().await;
    let mut ana = world.browser();
    ana.open("/").await;
    assert!(ana.page.says("You need a link to come in here for the first time"));
    assert!(!ana.page.links().iter().any(|link| link == "/begin"));
    ana.open("/host").await;
    assert!(ana.page.says("Only people with a link can make a sign-in"));
    for page in ["/begin?to=/groups", "/join"] {
        ana.open(page).await;
        assert!(ana.page.says(LINK), "{page}: {}", ana.page.text());
        assert!(!ana.page.has("form[action='/join'], a[href^='/join']"), "{page}");
    }
    ana.open("/sign-in").await;
    let once = ana.once();
    for link in [None, Some("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")] {
        if let Some(link) = link {
            ana.cookies.forge("__Host-j", link);
            ana.cookies.forge("__Host-b", link);
        }
        let fields =
            [("once", &*once), ("word", "ana"), ("own-passphrase", "mellow tin heron cloud seven")];
        ana.post("/join", &fields).await;
        assert_eq!(ana.page.status, StatusCode::FORBIDDEN, "{}", ana.page.text());
        assert!(ana.page.says(LINK));
    }
    assert_eq!(world.rows("person").await, 0);
}

#[tokio::test]
async fn a_start_link_and_an_invitation_let_somebody_join_as_long_as_they_open() {
    let world = with_links().await;
    let start = world.start_link().await;
    let mut ana = world.browser();
    ana.open(&start).await;
    assert!(!ana.page.says(LINK));
    let mut ana = world.person_in(ana, "ana").await;
    let id = ana.begin_group(&crate::world::GroupAnswers::default()).await;
    let mut late = world.browser();
    late.open(&start).await;
    assert!(late.page.says(LINK), "a link that was used up");

    let group = format!("/g/{id}");
    let invitation = link(&mut ana, &group).await;
    let (mut bo, mut cy) = (world.browser(), world.browser());
    bo.open(&invitation).await;
    bo.open("/join?to=/joining/answers").await;
    assert!(!bo.page.says(LINK), "{}", bo.page.text());
    cy.open(&invitation).await;
    cy.open("/join").await;
    let typed = cy.fill([("own-word", "cy")]).ready(":root", "Make my sign-in");
    let mut bo = world.person_in(bo, "bo").await;
    bo.open("/joining/answers").await;
    bo.fill([("name", "Bo")]).accept_all().press("Knock at the door").await;
    assert_eq!(bo.page.path, "/joining/waiting");
    cy.send(&typed).await;
    assert_eq!(cy.page.status, StatusCode::FORBIDDEN, "somebody used the link meanwhile");
    let mut fay = world.browser();
    let ended = link(&mut ana, &group).await;
    fay.open(&ended).await;
    world.pass_days(60);
    fay.open(&ended).await;
    fay.open("/join").await;
    assert!(fay.page.says(LINK), "an invitation that is over");
}

#[tokio::test]
async fn while_little_room_is_left_nobody_joins_and_nothing_long_is_kept_or_lost() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    keep(&mut ana, "page", "the first").await;
    let disk = world.app.settings.key_file.parent().expect("a folder").to_path_buf();
    // More than there can be, so that it is low on any machine.
    let low = world.another_with(|settings| {
        settings.disk = Some(disk);
        settings.keep_free = 101;
    });
    ana.set_router(low.await);
    let long = "Nobody asks how I am. ".repeat(100);
    ana.open("/notebook/new?kind=page").await;
    ana.fill([("words", &long)]).press("Keep it").await;
    assert_eq!(ana.page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let issue = ana.page.issues().concat();
    assert!(issue.starts_with("There is little room left on this machine"), "{issue}");
    assert_eq!(ana.page.value("words").trim_end(), long.trim_end());
    let draft = |words: &str| {
        let mut browser = ana.browser.clone();
        let mut sending = browser.fill([("words", words)]).ready(":root", "Keep it");
        sending.action = "/notebook/draft".to_owned();
        (browser.form(&sending), browser)
    };
    for (words, status) in
        [(&*long.repeat(3), StatusCode::INSUFFICIENT_STORAGE), ("short", StatusCode::NO_CONTENT)]
    {
        let (request, mut browser) = draft(words);
        assert_eq!(browser.answer(request).await.status, status);
    }
    ana.fill([("words", "a short page")]).press("Keep it").await;
    assert_eq!(ana.page.notice(), "Kept, for you alone.", "members go on");

    let mut bo = ana.browser.clone();
    bo.open("/me").await;
    bo.press("Sign out").await;
    bo.open("/join").await;
    let words = "teapot glacier whispering lantern";
    bo.fill([("own-word", "bo"), ("own-passphrase", words)]).press("Make my sign-in").await;
    assert_eq!(bo.page.status, StatusCode::INSUFFICIENT_STORAGE);
    assert!(bo.page.issues().concat().starts_with("There is little room left on this machine"));
    assert_eq!(bo.page.value("own-passphrase"), words);
    assert_eq!(world.rows("person").await, 1);
    bo.set_router(world.router.clone());
    bo.press("Make my sign-in").await;
    assert_eq!(bo.page.heading(), "You have a sign-in");
}
