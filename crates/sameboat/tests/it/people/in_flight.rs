//! What a passphrase or a code opened is asked again when it is acted on: stretching takes its
//! time, and others come between.

use axum::http::StatusCode;
use storekit::{params, sql};
use tokio::task::JoinSet;

use crate::renewal::renew;
use crate::world::{Browser, Page, Person, Sending, World};

/// Requests that are all sent at once.
#[derive(Default)]
struct Flights(JoinSet<(Browser, Page)>);

impl Flights {
    fn send(&mut self, mut browser: Browser, sending: &Sending) {
        let request = browser.form(sending);
        self.0.spawn(async move {
            let page = browser.answer(request).await;
            (browser, page)
        });
    }

    /// Tries at names that nobody has, from the address of this browser: what is sent after them
    /// from there waits in line behind them, while other addresses get their turn.
    async fn crowd(&mut self, browser: &Browser) {
        for number in 0..5 {
            let mut other = browser.clone();
            let (passphrase, name) =
                ("not the one at all".to_owned(), format!("nobody-100{number}"));
            let sending = signing_in(&mut other, &name, &passphrase).await;
            self.send(other, &sending);
        }
    }
}

async fn signing_in(browser: &mut Browser, name: &str, passphrase: &str) -> Sending {
    browser.open("/sign-in").await;
    browser.fill([("name", name), ("passphrase", passphrase)]);
    browser.ready("main", "Sign in")
}

async fn recovering(browser: &mut Browser, code: &str) -> Sending {
    browser.open("/sign-in/recovery").await;
    browser.fill([("code", code)]);
    browser.ready(":root", "Let me back in")
}

async fn is_signed_in(browser: &mut Browser) -> bool {
    browser.open("/me").await.path == "/me"
}

#[tokio::test]
async fn a_sign_in_on_its_way_ends_with_a_change_of_passphrase() {
    let world = World::slow().await;
    let mut ana = world.person("ana").await;
    let old = ana.passphrase.clone();
    ana.open("/me/passphrase").await;
    ana.fill([("old", &old)]);
    let change = ana.ready(":root", "Change it");
    let mut flights = Flights::default();
    for _ in 0..3 {
        let mut phone = world.browser();
        flights.crowd(&phone).await;
        let sending = signing_in(&mut phone, &ana.name, &old).await;
        flights.send(phone, &sending);
    }
    let request = ana.form(&change);
    let changed = ana.answer(request).await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER);
    for (mut phone, _) in flights.0.join_all().await {
        assert!(!is_signed_in(&mut phone).await, "the old passphrase opened after it was changed");
    }
    assert!(is_signed_in(&mut ana).await);
}

#[tokio::test]
async fn of_four_who_send_one_code_at_once_one_comes_in() {
    let world = World::slow().await;
    let ana = world.person("ana").await;
    let mut flights = Flights::default();
    for _ in 0..4 {
        let mut phone = world.browser();
        let sending = recovering(&mut phone, &ana.code).await;
        flights.send(phone, &sending);
    }
    let all = flights.0.join_all().await;
    let back = all.iter().filter(|(_, page)| page.heading() == "You are back").count();
    let refused = all.iter().filter(|(_, page)| page.says("This code opens nothing.")).count();
    assert_eq!((back, refused), (1, 3), "a recovery code works once");
    let mut still = 0;
    for (mut phone, _) in all {
        still += usize::from(is_signed_in(&mut phone).await);
    }
    assert_eq!(still, 1);
}

#[tokio::test]
async fn a_code_on_its_way_opens_nothing_once_its_owner_has_a_new_sheet() {
    let world = World::slow().await;
    let mut ana = world.person("ana").await;
    let old = ana.passphrase.clone();
    ana.open("/me/sheet").await;
    ana.fill([("old", &old)]);
    let sheet = ana.ready(":root", "Make a recovery sheet");
    let mut flights = Flights::default();
    let mut thief = world.browser();
    flights.crowd(&thief).await;
    let stolen = recovering(&mut thief, &ana.code).await;
    flights.send(thief, &stolen);
    let request = ana.form(&sheet);
    let fresh = ana.answer(request).await;
    let all = flights.0.join_all().await;
    let (made, back) = (
        fresh.heading() == "Your new recovery sheet",
        all.iter().any(|(_, page)| page.heading() == "You are back"),
    );
    assert!(made != back, "the old code worked beside the new sheet ({made}, {back})");
    if made {
        let code = fresh.texts("#sheet-code").concat();
        let mut phone = world.browser();
        let sending = recovering(&mut phone, &code).await;
        assert_eq!(phone.send(&sending).await.heading(), "You are back");
    }
}

/// Takes the bytes out of a sealed column.
async fn damage(world: &World, statement: impl Fn() -> storekit::Sql + Send + 'static) {
    let change = move |tx: &mut storekit::Tx<'_>| tx.exec(statement(), params![vec![7_u8; 110]]);
    let damaged = world.app.db.write(change).await;
    assert!(matches!(damaged, Ok::<_, storekit::Error>(1..)), "{damaged:?}");
}

#[tokio::test]
async fn a_sign_in_that_does_not_open_is_shown_with_its_button() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    damage(&world, || sql!("UPDATE sign_in SET words = $1")).await;
    let mut phone = world.browser();
    ana.sign_in_on(&mut phone).await.open("/me").await;
    assert_eq!(phone.page.status, StatusCode::OK, "{}", phone.page.text());
    assert!(phone.page.says("We can't tell when this one began"));
    phone.press("Sign this one out").await;
    assert_eq!(phone.page.notice(), "That device is signed out.");
    assert!(!is_signed_in(&mut ana).await);
}

#[tokio::test]
async fn a_name_that_does_not_open_shuts_neither_the_page_nor_the_way_back() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    damage(&world, || sql!("UPDATE person SET words = $1")).await;
    ana.open("/me").await;
    assert_eq!(ana.page.status, StatusCode::OK, "{}", ana.page.text());
    assert!(ana.page.says("Your sign-in name can't be shown any more"));
    let mut phone = world.browser();
    let sending = recovering(&mut phone, &ana.code).await;
    phone.send(&sending).await;
    assert_eq!(phone.page.heading(), "You are back");
    let (name, passphrase) = (phone.page.texts("#sheet-name").concat(), phone.page.texts("dd bdi"));
    let passphrase = passphrase[1].clone();
    let now = Person { browser: phone, name, passphrase, code: String::new() };
    let mut tablet = world.browser();
    now.sign_in_on(&mut tablet).await;
    assert!(is_signed_in(&mut tablet).await, "the new name opens");
}

#[tokio::test]
async fn new_keys_can_be_made_with_a_sign_in_that_does_not_open() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    damage(&world, || sql!("UPDATE sign_in SET words = $1")).await;
    let mut now = renew(&mut ana).await;
    assert!(is_signed_in(&mut now).await);
}
