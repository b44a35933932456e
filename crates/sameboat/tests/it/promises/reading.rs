//! Looking changes nothing (P7), and every page that a link leads to is there.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::Method;
use sameboat::routes;

use crate::world::{Browser, Page, Scene, Who, World};

/// Every page that somebody can come to by links, from the front page and from every route.
pub async fn crawl(scene: &Scene<'_>, browser: &mut Browser) -> Vec<Page> {
    let gets = routes::all().into_iter().filter(|route| route.method == Method::GET);
    walk(browser, gets.map(|route| scene.address(route.path)).collect()).await
}

/// Every page that somebody can come to by links from these.
pub async fn walk(browser: &mut Browser, from: Vec<String>) -> Vec<Page> {
    let mut next = from;
    let mut known: BTreeSet<String> = next.iter().cloned().collect();
    let mut pages = Vec::new();
    while let Some(address) = next.pop() {
        let page = browser.open(&address).await.clone();
        for link in page.links() {
            let address = link.split('#').next().unwrap_or_default().to_owned();
            if address.starts_with('/') && known.insert(address.clone()) {
                next.push(address);
            }
        }
        pages.push(page);
    }
    pages
}

#[tokio::test]
async fn looking_at_everything_changes_nothing() {
    let world = World::new().await;
    let scene = Scene::new(&world).await;
    for who in Who::ALL {
        let mut browser = scene.browser(who).await;
        let before = world.db().dump().await;
        let pages = crawl(&scene, &mut browser).await;
        assert!(pages.len() > 10, "{who:?} saw {} pages", pages.len());
        assert!(pages.iter().all(|page| !page.status.is_server_error()));
        for route in routes::all().into_iter().filter(|route| route.method == Method::GET) {
            let head = browser.request(Method::HEAD, &scene.address_to_look(route.path));
            browser.answer(head.body(Body::empty()).expect("an address")).await;
        }
        assert_eq!(world.db().dump().await, before, "{who:?} only looked");
    }
}
