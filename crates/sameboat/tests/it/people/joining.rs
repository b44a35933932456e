use axum::http::StatusCode;

use crate::world::World;

#[tokio::test]
async fn ana_joins_with_the_five_words_she_was_given() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    assert_eq!(ana.page.heading(), "You have a sign-in");
    assert_eq!(ana.page.texts(".code").len(), 3, "name, passphrase and code are shown");
    ana.open("/me").await;
    assert_eq!(ana.page.heading(), "Everything about me");
    assert!(ana.page.says(&ana.name));
    assert!(ana.page.says("You joined."));
}

#[tokio::test]
async fn an_offered_word_becomes_the_name() {
    let world = World::new().await;
    let mut ana = world.browser();
    let offered = {
        let page = ana.open("/join").await;
        page.texts("#word label span[lang=en]")
    };
    assert_eq!(offered.len(), 6);
    ana.fill([("word", &offered[3])]).press("Make my sign-in").await;
    assert!(ana.page.texts("#sheet-name").concat().starts_with(&offered[3]));
}

#[tokio::test]
async fn the_sheet_is_shown_only_once() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    for address in ["/join", "/me", "/"] {
        ana.open(address).await;
        assert!(!ana.page.body.contains(&ana.code), "the code stands on {address}");
    }
}

#[tokio::test]
async fn who_wants_no_sheet_gets_none() {
    let world = World::new().await;
    let mut ana = world.browser();
    ana.open("/join").await;
    let passphrase = ana.page.value("passphrase");
    ana.untick("sheet").press("Make my sign-in").await;
    assert!(ana.page.says("You chose to have no recovery code."));
    assert!(!ana.page.has("#sheet-code"));
    ana.open("/me").await;
    assert!(ana.page.says("You have no recovery sheet."));
    ana.follow("Make a recovery sheet").await;
    ana.fill([("old", &passphrase)]).press("Make a recovery sheet").await;
    assert_eq!(ana.page.heading(), "Your new recovery sheet");
    assert!(ana.page.has("#sheet-code"));
}

#[tokio::test]
async fn known_bad_passphrases_are_refused_and_long_ones_are_welcome() {
    let world = World::new().await;
    let mut ana = world.browser();
    let bad = [
        "kitten",
        "fourteen chars",
        "passwordpassword",
        "password12345678",
        "123456789012345",
        "qwertyuiopasdfghjkl",
        "aaaaaaaaaaaaaaaaaaaaaaaa",
        "abcabcabcabcabcabcabc",
        "iloveyouiloveyou",
        "letmeinletmeinletmein",
        "anaanaanaanaanaana",
        "ana-ana-2001-2001",
    ];
    for passphrase in bad {
        ana.open("/join").await;
        ana.fill([("own-word", "ana"), ("own-passphrase", passphrase)])
            .press("Make my sign-in")
            .await;
        assert_eq!(ana.page.status, StatusCode::UNPROCESSABLE_ENTITY, "{passphrase} was taken");
        assert_eq!(ana.page.issues().len(), 1, "{passphrase}");
        assert!(ana.page.has("#own-passphrase[aria-invalid]"));
    }
    assert!(ana.page.has("details[open] #own-passphrase"), "what is to mend is in sight");
    let long = "seven herons and a teapot went rowing, 12 of them; nobody sang! ".repeat(12);
    for good in ["teapot glacier whispering", &long] {
        let mut ben = world.browser();
        ben.open("/join").await;
        ben.fill([("own-word", "ben"), ("own-passphrase", good)]).press("Make my sign-in").await;
        assert_eq!(ben.page.heading(), "You have a sign-in", "{good} was refused");
    }
}

#[tokio::test]
async fn nothing_typed_is_lost_when_something_is_to_mend() {
    let world = World::new().await;
    let mut ana = world.browser();
    ana.open("/join").await;
    ana.fill([("own-word", "two words"), ("own-passphrase", "teapot glacier whispering")])
        .untick("sheet")
        .tick("device")
        .press("Make my sign-in")
        .await;
    assert_eq!(ana.page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(ana.page.issues(), ["Use one word made of letters only, at most 24 of them."]);
    assert_eq!(ana.page.value("own-word"), "two words");
    assert_eq!(ana.page.value("own-passphrase"), "teapot glacier whispering");
    assert!(ana.page.ticked("device") && !ana.page.ticked("sheet"));
    ana.fill([("own-word", "")]).press("Make my sign-in").await;
    assert_eq!(ana.page.issues(), ["Pick one of these words, or write one of your own."]);
    ana.fill([("own-word", "heron")]).press("Make my sign-in").await;
    assert_eq!(ana.page.heading(), "You have a sign-in");
}

#[tokio::test]
async fn both_fields_to_mend_are_named_at_once() {
    let world = World::new().await;
    let mut ana = world.browser();
    ana.open("/join").await;
    ana.fill([("own-word", "r2d2"), ("own-passphrase", "short")]).press("Make my sign-in").await;
    assert_eq!(ana.page.issues().len(), 2);
    let summary = ana.page.texts("[role=alert] a");
    assert_eq!(summary, ana.page.issues(), "the summary on top leads to each of them");
}

#[tokio::test]
async fn nobody_joins_where_nobody_says_who_runs_it() {
    let world = World::with(storekit::testing::TestDb::chosen(), |settings| settings.host = None);
    let world = world.await;
    let mut ana = world.browser();
    ana.open("/join").await;
    assert!(ana.page.says("Nobody can join here yet"));
    assert!(!ana.page.has("form[action='/join']"));
    let once = ana.once();
    ana.post(
        "/join",
        &[("once", &once), ("word", "ana"), ("passphrase", "teapot glacier whispering")],
    )
    .await;
    assert_eq!(ana.page.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn thirty_people_join_from_one_address_within_an_hour_and_the_next_waits() {
    let world = World::new().await;
    let line = world.browser();
    for number in 0..30 {
        let mut guest = line.clone();
        guest.open("/join").await;
        guest.press("Make my sign-in").await;
        assert_eq!(guest.page.heading(), "You have a sign-in", "{number}");
    }
    let mut ana = line.clone();
    ana.open("/join").await;
    let words = "teapot glacier whispering lantern";
    ana.fill([("own-word", "ana"), ("own-passphrase", words)]).press("Make my sign-in").await;
    assert_eq!(ana.page.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(ana.page.issues().concat().starts_with("Many people have joined from where you are"));
    assert_eq!(
        (ana.page.value("own-word"), ana.page.value("own-passphrase")),
        ("ana".to_owned(), words.to_owned())
    );
    assert_eq!(world.rows("person").await, 30);
    world.person("ben").await;
    let mut old = line.clone();
    old.open("/sign-in").await;
    assert_eq!(old.page.status, StatusCode::OK, "whoever has a sign-in comes in");
    world.pass_hours(1);
    ana.press("Make my sign-in").await;
    assert_eq!(ana.page.heading(), "You have a sign-in");
}
