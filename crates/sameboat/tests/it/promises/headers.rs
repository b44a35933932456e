//! Security headers on every answer, errors included (P6). Cookies: `world/jar.rs` looks at each.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use sameboat::access::Access;
use sameboat::error::{Fault, Refusal, Stop};
use sameboat::routes;
use sameboat::web::{Answer, Route, get, post, stack};

use crate::world::{Browser, Page, Scene, Sending, Who, World};

const ALWAYS: [(&str, &str); 7] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("strict-transport-security", "max-age=63072000; includeSubDomains"),
    ("cache-control", "no-store"),
];

const POLICY: [&str; 5] = [
    "default-src 'none'",
    "script-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
];

fn look(page: &Page) {
    let says = |name: &str| page.headers.get(name).map(|value| value.to_str().expect("plain text"));
    for (name, value) in ALWAYS {
        assert_eq!(says(name), Some(value), "{name} at {} {}", page.status, page.path);
    }
    let policy = says("content-security-policy").unwrap_or_default();
    let parts: Vec<&str> = policy.split(';').map(str::trim).collect();
    for part in POLICY {
        assert!(parts.contains(&part), "{part} at {} {}", page.status, page.path);
    }
    assert!(!policy.contains("unsafe"), "{policy}");
    assert!(says("permissions-policy").is_some());
    assert!(says("server").is_none() && says("x-powered-by").is_none());
}

async fn ask(browser: &mut Browser, method: Method, address: &str) -> Page {
    let request = if method == Method::POST {
        let fields = vec![("once".to_owned(), browser.once())];
        browser.form(&Sending { post: true, action: address.to_owned(), fields })
    } else {
        browser.request(method, address).body(Body::empty()).expect("an address")
    };
    browser.answer(request).await
}

#[tokio::test]
async fn every_route_answers_everybody_with_them() {
    let world = World::new().await;
    let scene = Scene::new(&world).await;
    for who in Who::ALL {
        for route in routes::all() {
            let mut browser = scene.browser(who).await;
            look(&ask(&mut browser, route.method, &scene.address(route.path)).await);
        }
    }
}

#[tokio::test]
async fn trouble_of_every_kind_answers_with_them_and_with_a_page() {
    let mut world = World::new().await;
    world.router = stack::router(world.app.clone(), with_trouble());
    let mut ana = world.person("ana").await;
    let mut seen = Vec::new();
    for (method, address) in [
        (Method::GET, "/nowhere"),
        (Method::POST, "/nowhere"),
        (Method::POST, "/me"),
        (Method::DELETE, "/me"),
        (Method::GET, "/assets/0/css/style.css"),
        (Method::GET, "/test/fault"),
        (Method::GET, "/test/panic"),
        (Method::GET, "/test/full"),
        (Method::GET, "/test/away"),
        (Method::GET, "/test/busy"),
        (Method::GET, "/test/conflict"),
        (Method::POST, "/test/not-allowed"),
    ] {
        ana.open("/host").await;
        let page = ask(&mut ana, method, address).await;
        look(&page);
        assert!(!page.heading().is_empty(), "{} {address} has no page", page.status);
        seen.push(page.status.as_u16());
    }
    assert_eq!(seen, [404, 404, 405, 405, 404, 500, 500, 507, 503, 429, 409, 403]);
    for browser in [&mut world.browser(), &mut ana.browser] {
        look(too_large(browser).await);
        assert_eq!(browser.page.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(browser.page.heading(), "That is too much for one page");
    }
    let mut ben = world.browser();
    ben.open("/join").await;
    look(ben.fill([("own-passphrase", "short")]).press("Make my sign-in").await);
    assert_eq!(ben.page.status, StatusCode::UNPROCESSABLE_ENTITY);
    look(ben.post("/me/sheet", &[]).await);
    assert_eq!(ben.page.status, StatusCode::UNAUTHORIZED);
    look(ben.post("/join", &[]).await);
    assert_eq!(ben.page.status, StatusCode::FORBIDDEN);
}

async fn too_large(browser: &mut Browser) -> &Page {
    browser.open("/join").await;
    let much = "x".repeat(sameboat::web::limits::BODY);
    browser.post("/join", &[("own-word", &much)]).await
}

fn with_trouble() -> Vec<Route> {
    async fn fault() -> Answer {
        Err(Fault::because("a test").into())
    }
    async fn panic() -> Answer {
        panic!("a test")
    }
    async fn full() -> Answer {
        Err(storekit::Error::Full.into())
    }
    async fn away() -> Answer {
        Err(storekit::Error::Closed.into())
    }
    async fn busy() -> Answer {
        Err(Refusal::Busy("trouble-busy").into())
    }
    async fn conflict() -> Answer {
        Err(Refusal::Conflict("trouble-repeated").into())
    }
    async fn not_allowed() -> Answer {
        Err(Stop::from(Refusal::NotAllowed("join-closed")))
    }
    let mut all = routes::all();
    all.extend([
        get("/test/fault", Access::Anyone, fault),
        get("/test/panic", Access::Anyone, panic),
        get("/test/full", Access::Anyone, full),
        get("/test/away", Access::Anyone, away),
        get("/test/busy", Access::Anyone, busy),
        get("/test/conflict", Access::Anyone, conflict),
        post("/test/not-allowed", Access::Anyone, not_allowed),
    ]);
    all
}

/// Assets are the one thing that may be kept: they are the same for everybody.
#[tokio::test]
async fn only_assets_may_be_kept_by_a_browser() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    ana.open("/").await;
    let sheet = ana.page.attribute("link[rel=stylesheet]", "href").expect("a sheet");
    ana.open(&sheet).await;
    assert_eq!(ana.page.status, StatusCode::OK);
    assert_eq!(ana.page.headers["cache-control"], "public, max-age=31536000, immutable");
    assert_eq!(ana.page.headers["x-content-type-options"], "nosniff");
    let policy = ana.page.headers["content-security-policy"].to_str().expect("plain text");
    let parts: Vec<&str> = policy.split("; ").collect();
    assert_eq!(parts, POLICY, "of what pages are made of");
    assert!(!ana.page.headers.contains_key("set-cookie"), "what is for everybody is for nobody");
}
