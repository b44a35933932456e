//! A browser in which somebody signed in before has a place of its own.

use axum::http::{HeaderMap, HeaderValue, header};
use sameboat::app::App;
use sameboat::web::{cookies, known};
use seal::{SignInName, name_tags};

use crate::renewal::renew;
use crate::world::{Browser, Person, World};

fn kept(browser: &Browser) -> Option<String> {
    browser.cookies.value(cookies::KNOWN).map(str::to_owned)
}

/// Whether this cookie gives a place before signing in with this name.
fn is_for(app: &App, cookie: &str, name: &str) -> bool {
    let mut headers = HeaderMap::new();
    let line = format!("{}={cookie}", cookies::KNOWN);
    headers.insert(header::COOKIE, HeaderValue::try_from(line).expect("a cookie"));
    let tags = name_tags(&app.keys, &SignInName::parse(name).expect("a name"));
    known::find(app, &headers).is_some_and(|known| known.is_for(app, &tags))
}

async fn sign_in_at_home(person: &Person, browser: &mut Browser) {
    browser.open("/sign-in").await;
    browser.fill([("name", &person.name), ("passphrase", &person.passphrase)]).tick("device");
    browser.press_in("main", "Sign in").await;
}

#[tokio::test]
async fn a_device_of_ones_own_is_known_for_its_name_alone() {
    let mut world = World::new().await;
    let ana = world.person_at_home("ana").await;
    let ben = world.person("ben").await;
    let cookie = kept(&ana).expect("joining at home is remembered");
    assert!(is_for(&world.app, &cookie, &ana.name));
    assert!(!is_for(&world.app, &cookie, &ben.name));
    let mut forged = cookie.clone().into_bytes();
    for at in [0, 40, 100] {
        forged[at] = if forged[at] == b'A' { b'B' } else { b'A' };
        let text = String::from_utf8(forged.clone()).expect("base64");
        assert!(!is_for(&world.app, &text, &ana.name), "a byte was changed");
        forged = cookie.clone().into_bytes();
    }
    world.change_key().await;
    assert!(is_for(&world.app, &cookie, &ana.name), "a change of key keeps the place");
}

#[tokio::test]
async fn a_device_that_others_use_keeps_no_sign_of_who_was_there() {
    let world = World::new().await;
    let ana = world.person("ana").await;
    assert!(kept(&ana).is_none());
    let mut phone = world.browser();
    ana.sign_in_on(&mut phone).await;
    assert!(kept(&phone).is_none());
}

#[tokio::test]
async fn signing_out_and_leaving_fast_take_it_away_and_an_end_elsewhere_does_not() {
    let world = World::new().await;
    let ana = world.person("ana").await;
    for button in ["Sign out", "Leave this page fast"] {
        let mut phone = world.browser();
        sign_in_at_home(&ana, &mut phone).await;
        assert!(kept(&phone).is_some());
        phone.open("/me").await;
        phone.press(button).await;
        assert!(kept(&phone).is_none(), "“{button}” leaves it there");
    }
    let mut phone = world.browser();
    sign_in_at_home(&ana, &mut phone).await;
    let mut other = world.person("ana").await;
    let mut ana = ana;
    renew(&mut ana).await;
    phone.open("/me").await;
    assert_eq!(phone.page.path, "/sign-in");
    let cookie = kept(&phone).expect("this browser is still known");
    assert!(is_for(&world.app, &cookie, &ana.name));
    other.open("/me").await;
    assert!(!is_for(&world.app, &cookie, &other.name));
}
