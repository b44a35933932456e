//! Whoever shares an address, or a proxy, with a flood still gets in.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use sameboat::web::cookies;
use storekit::testing::TestDb;

use crate::world::{Browser, World, ask};

/// More than one address may send at once.
const FLOOD: usize = 1500;

async fn behind_proxy() -> World {
    World::with(TestDb::chosen(), |settings| settings.behind_proxy = true).await
}

async fn asks(world: &World, browser: &Browser, forwarded: &str) -> StatusCode {
    let request = browser.request(Method::GET, "/health").header("x-forwarded-for", forwarded);
    ask(&world.router, request.body(Body::empty()).expect("a request")).await.status
}

#[tokio::test]
async fn a_flood_by_one_visitor_of_a_proxy_shuts_out_no_other() {
    for (flood, other) in [
        ("::ffff:198.51.100.7", "::ffff:203.0.113.9"),
        ("64:ff9b::198.51.100.7", "64:ff9b::203.0.113.9"),
        ("198.51.100.7:5678", "203.0.113.9:5678"),
        ("[2001:db8:1::9]:443", "[2001:db8:2::9]:443"),
        ("[2001:db8:1::9]", "2001:db8:2::9"),
    ] {
        let world = behind_proxy().await;
        let browser = world.browser();
        let mut refused = 0;
        for _ in 0..FLOOD {
            refused += usize::from(asks(&world, &browser, flood).await != StatusCode::OK);
        }
        assert!(refused > 100, "{flood} is one visitor: {refused} of {FLOOD} were refused");
        assert_eq!(asks(&world, &browser, other).await, StatusCode::OK, "{other} beside {flood}");
    }
}

#[tokio::test]
async fn one_visitor_is_one_however_their_address_is_written() {
    let world = behind_proxy().await;
    let browser = world.browser();
    for _ in 0..FLOOD {
        asks(&world, &browser, "198.51.100.7").await;
    }
    for same in ["::ffff:198.51.100.7", "64:ff9b::c633:6407", "198.51.100.7:99"] {
        // Somebody else would be let through each time; time brings this one a few back.
        let mut refused = 0;
        for _ in 0..40 {
            refused += usize::from(asks(&world, &browser, same).await != StatusCode::OK);
        }
        assert!(refused > 0, "{same} is another visitor");
    }
}

#[tokio::test]
async fn whoever_was_signed_in_gets_through_beside_a_flood_from_their_address() {
    let world = World::new().await;
    let mut ana = world.person_at_home("ana").await;
    let mut flood = world.browser();
    flood.address = ana.address;
    let mut refused = 0;
    for _ in 0..FLOOD {
        refused += usize::from(flood.open("/health").await.status != StatusCode::OK);
    }
    assert!(refused > 100, "{refused} of {FLOOD} were refused");
    ana.open("/me").await;
    assert_eq!(ana.page.status, StatusCode::OK, "{}", ana.page.text());
    // Her sign-in ended elsewhere. What her browser kept is enough to come back.
    world.app.db.write(|tx| tx.exec(storekit::sql!("DELETE FROM sign_in"), &[])).await.unwrap_or(0);
    let person = ana.clone();
    person.sign_in_on(&mut ana).await;
    assert_eq!(ana.page.status, StatusCode::OK, "{}", ana.page.text());
    assert!(ana.cookies.value(cookies::SIGN_IN).is_some());
}
