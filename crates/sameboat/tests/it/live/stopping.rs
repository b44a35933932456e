//! A graceful stop does not wait for pages that listen.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use sameboat::web::server;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::{Live, PATIENCE, change, world};
use crate::world::Browser;

/// The request of this browser as it goes over the line.
async fn ask(browser: &Browser, line: &mut TcpStream, address: &str) {
    let request = browser.request(Method::GET, address).body(Body::empty()).expect("an address");
    let mut text = format!("GET {address} HTTP/1.1\r\nhost: circle.example\r\n");
    for (name, value) in request.headers() {
        text += &format!("{name}: {}\r\n", value.to_str().expect("plain text"));
    }
    line.write_all((text + "\r\n").as_bytes()).await.expect("it can be sent");
}

async fn read_until(line: &mut TcpStream, words: &str) -> String {
    let mut heard = Vec::new();
    let reading = async {
        while !String::from_utf8_lossy(&heard).contains(words) {
            let more = line.read_buf(&mut heard).await.expect("it can be read");
            assert_ne!(more, 0, "it ended before {words}: {}", String::from_utf8_lossy(&heard));
        }
    };
    tokio::time::timeout(PATIENCE, reading).await.expect("it comes");
    String::from_utf8_lossy(&heard).into_owned()
}

#[tokio::test]
async fn live_pages_end_first_and_the_program_stops_at_once() {
    let world = world().await;
    let group = world.group("ana", "The lamps").await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a place to listen");
    let address = listener.local_addr().expect("an address");
    let (stop, stopped) = oneshot::channel::<()>();
    let (router, app) = (world.router.clone(), world.app.clone());
    #[expect(clippy::disallowed_methods, reason = "the test waits for it")]
    let serving = tokio::spawn(server::serve(listener, router, async move {
        stopped.await.ok();
        app.live.stop();
    }));
    let mut line = TcpStream::connect(address).await.expect("a connection");
    ask(&group.founder.browser, &mut line, &group.address("/live")).await;
    let head = read_until(&mut line, ": here").await;
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    let begun = Instant::now();
    change(&world.app, &group, 7).await;
    read_until(&mut line, "\"version\":7").await;
    assert!(begun.elapsed().as_millis() < 250, "{:?}", begun.elapsed());
    let begun = Instant::now();
    stop.send(()).expect("it still runs");
    // The end of a body in chunks.
    read_until(&mut line, "0\r\n\r\n").await;
    tokio::time::timeout(PATIENCE, serving).await.expect("it stops").expect("without a panic");
    assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
}

#[tokio::test]
async fn while_it_stops_it_is_not_ready_and_takes_no_new_pages() {
    let world = world().await;
    let group = world.group("ana", "The lamps").await;
    let mut live = Live::open(&world, &group.founder.browser, &group).await;
    let mut probe = world.browser();
    probe.open("/ready").await;
    assert_eq!(probe.page.status, StatusCode::OK);
    world.app.live.stop();
    assert_eq!(live.next().await, None);
    probe.open("/ready").await;
    assert_eq!(probe.page.status, StatusCode::SERVICE_UNAVAILABLE);
    probe.open("/health").await;
    assert_eq!(probe.page.status, StatusCode::OK);
    let refused = Live::ask(&world.router, &group.founder.browser, &group).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
}
