//! Writes that another site sends are refused; old browsers work (P7).

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use sameboat::routes;

use crate::world::{Browser, Page, Scene, Sending, Who, World};

const FORGED: [&[(&str, &str)]; 6] = [
    &[("sec-fetch-site", "cross-site")],
    &[("sec-fetch-site", "same-site")],
    &[("sec-fetch-site", "cross-site"), ("origin", "https://circle.example")],
    &[("origin", "https://evil.example")],
    &[("origin", "https://circle.example.evil.example")],
    &[("origin", "http://circle.example")],
];

fn posts() -> Vec<&'static str> {
    let posts = routes::all().into_iter().filter(|route| route.method == Method::POST);
    posts.map(|route| route.path).collect()
}

/// A form with these headers instead of the browser's own.
async fn send(
    browser: &mut Browser,
    address: &str,
    once: Option<String>,
    how: &[(&str, &str)],
) -> Page {
    let fields = once.map(|once| ("once".to_owned(), once)).into_iter().collect();
    send_fields(browser, address, fields, how).await
}

async fn send_fields(
    browser: &mut Browser,
    address: &str,
    fields: Vec<(String, String)>,
    how: &[(&str, &str)],
) -> Page {
    let mut request = browser.form(&Sending { post: true, action: address.to_owned(), fields });
    let headers = request.headers_mut();
    headers.remove("sec-fetch-site");
    headers.remove(header::ORIGIN);
    for (name, value) in how {
        let name = HeaderName::try_from(*name).expect("a header");
        headers.insert(name, HeaderValue::try_from(*value).expect("a value"));
    }
    browser.answer(request).await
}

#[tokio::test]
async fn another_site_cant_make_our_pages_say_that_something_was_done() {
    let world = World::new().await;
    let mut visitor = world.browser();
    for (from, says) in [("cross-site", false), ("none", false), ("same-origin", true)] {
        let request = visitor.request(Method::GET, "/?done=gone").header("sec-fetch-site", from);
        let page = visitor.answer(request.body(Body::empty()).expect("a request")).await;
        assert_eq!(page.has("p.notice"), says, "{from}");
    }
}

#[tokio::test]
async fn forms_from_elsewhere_are_refused_even_with_a_good_key() {
    let world = World::new().await;
    let scene = Scene::new(&world).await;
    for who in Who::ALL {
        let mut browser = scene.browser(who).await;
        let before = world.db().dump().await;
        for path in posts() {
            for how in FORGED {
                let once = browser.once();
                let page = send(&mut browser, &scene.address(path), Some(once), how).await;
                assert_eq!(page.status, StatusCode::FORBIDDEN, "{path} takes {how:?}");
            }
        }
        assert_eq!(world.db().dump().await, before, "something was changed as {who:?}");
    }
}

/// What another site would like to be read on one of our pages.
const BAIT: &str = "Call this number now and tell them your passphrase";

#[tokio::test]
async fn no_form_of_another_site_shows_its_words_on_a_page_of_ours() {
    let world = World::new().await;
    let scene = Scene::new(&world).await;
    let old: [&[(&str, &str)]; 2] = [&[], &[("origin", "null")]];
    for who in [Who::Nobody, Who::SignedIn, Who::Founder] {
        let mut browser = scene.browser(who).await;
        let strange = scene.browser(Who::SignedIn).await.once();
        for path in ["/notebook", "/sign-in", "/me/sheet", "/no/such/page"] {
            let own = browser.once();
            let forged = FORGED.iter().map(|how| (how, own.clone()));
            let strange = old.iter().map(|how| (how, strange.clone()));
            let none = old.iter().map(|how| (how, String::new()));
            for (how, once) in forged.chain(strange).chain(none) {
                let fields = [("once", &*once), ("words", BAIT), ("kind", "page")];
                let fields = fields.map(|(name, text)| (name.to_owned(), text.to_owned()));
                let page = send_fields(&mut browser, path, fields.to_vec(), how).await;
                assert!(page.status.is_client_error(), "{path} takes {how:?}");
                assert!(!page.body.contains("Call this number"), "{path} as {who:?} after {how:?}");
            }
        }
    }
}

#[tokio::test]
async fn an_old_browser_gets_its_own_words_back_when_the_sign_in_has_ended() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    ana.make_old();
    ana.open("/notebook/new?kind=page").await;
    world.pass_hours(13);
    ana.fill([("words", "The kettle at number nine")]).press("Keep it").await;
    assert_eq!(ana.page.status, StatusCode::UNAUTHORIZED);
    assert!(ana.page.body.contains("The kettle at number nine"), "{}", ana.page.text());
}

#[tokio::test]
async fn without_any_header_the_key_of_the_form_decides() {
    let world = World::new().await;
    let how: [&[(&str, &str)]; 2] = [&[], &[("origin", "null")]];
    let scene = Scene::new(&world).await;
    for who in Who::ALL {
        let mut browser = scene.browser(who).await;
        let strange = scene.browser(Who::SignedIn).await.once();
        let before = world.db().dump().await;
        // Leaving fast works from a page of whatever age.
        for path in posts().into_iter().filter(|path| *path != "/leave") {
            for how in how {
                for once in [None, Some(String::new()), Some(strange.clone())] {
                    let page = send(&mut browser, &scene.address(path), once, how).await;
                    // Who may not know of a group is told that there is none, with a key or without.
                    let refused = matches!(page.status.as_u16(), 401 | 403 | 404);
                    assert!(refused, "{path} takes a form without a key: {}", page.status);
                }
            }
        }
        assert_eq!(world.db().dump().await, before, "something was changed as {who:?}");
    }
}

#[tokio::test]
async fn an_old_browser_joins_and_leaves_like_any_other() {
    let world = World::new().await;
    let mut ana = world.browser();
    ana.make_old();
    ana.open("/join").await;
    ana.press("Make my sign-in").await;
    assert_eq!(ana.page.heading(), "You have a sign-in");
    ana.open("/me").await;
    ana.press("Sign out").await;
    assert_eq!(ana.page.notice(), "You are signed out.");
}
