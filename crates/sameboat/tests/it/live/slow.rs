//! Whoever sends slowly, or too much, holds nothing up.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::{Instant, timeout};

use super::world;
use crate::world::World;

/// Longer than a sender may be silent.
const SILENT: Duration = Duration::from_secs(20);

async fn serving(world: &World) -> std::net::SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a place to listen");
    let address = listener.local_addr().expect("an address");
    let serving =
        sameboat::web::server::serve(listener, world.router.clone(), std::future::pending());
    #[expect(clippy::disallowed_methods, reason = "it ends with the test")]
    tokio::spawn(serving);
    address
}

/// Sends this, and then nothing more: what comes back, and after how many seconds.
async fn says(address: std::net::SocketAddr, words: &str) -> (String, u64) {
    let mut line = TcpStream::connect(address).await.expect("a connection");
    line.write_all(words.as_bytes()).await.expect("it can be sent");
    let begun = Instant::now();
    let mut heard = Vec::new();
    let reading = async {
        // Until there is an answer, or the line is closed.
        while !heard.windows(4).any(|end| end == b"\r\n\r\n") {
            if line.read_buf(&mut heard).await.is_ok_and(|more| more > 0) {
                continue;
            }
            break;
        }
    };
    timeout(SILENT, reading).await.expect("it is answered or hung up on");
    (String::from_utf8_lossy(&heard).into_owned(), begun.elapsed().as_secs())
}

#[tokio::test]
async fn whoever_falls_silent_within_headers_or_a_form_is_hung_up_on() {
    let world = world().await;
    let address = serving(&world).await;
    let form = "POST /sign-in HTTP/1.1\r\nhost: circle.example\r\norigin: https://circle.example\r\n\
        sec-fetch-site: same-origin\r\nconnection: close\r\n\
        content-type: application/x-www-form-urlencoded\r\ncontent-length: 900\r\n\r\nname=an";
    let (head, body) = tokio::join!(
        says(address, "GET / HTTP/1.1\r\nhost: circle.example\r\nx-a: "),
        says(address, form),
    );
    assert_eq!(head.0, "");
    assert!((9..13).contains(&head.1), "{}", head.1);
    assert!(body.0.starts_with("HTTP/1.1 408 "), "{}", body.0);
    assert!((9..13).contains(&body.1), "{}", body.1);
}

#[tokio::test]
async fn long_addresses_and_headers_are_refused_at_once() {
    let world = world().await;
    let address = serving(&world).await;
    let (path, head) = ("a".repeat(5_000), "a".repeat(33_000));
    for (asked, status) in [
        (format!("/{path}"), "414"),
        (format!("/ HTTP/1.1\r\nx-a: {head}"), "431"),
        (format!("/ HTTP/1.1\r\nx-a: {}", head.repeat(9)), "431"),
    ] {
        let asked = format!("GET {asked} HTTP/1.1\r\nhost: circle.example\r\n\r\n");
        let (answer, after) = says(address, &asked).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{status}: {answer}");
        assert!(after < 5, "{after}");
    }
}

/// Longer than a reader may stand still.
const UNREAD: Duration = Duration::from_secs(45);

/// How many answers came through in the end to somebody who asks for so many, and reads none of
/// them for this long.
async fn reads_after(address: std::net::SocketAddr, asked: usize, wait: Duration) -> usize {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.set_recv_buffer_size(4 * 1024).expect("a small one");
    let mut line = socket.connect(address).await.expect("a connection");
    let sheet = sameboat::web::assets::address("css/style.css");
    let one = format!("GET {sheet} HTTP/1.1\r\nhost: circle.example\r\n\r\n");
    line.write_all(one.repeat(asked).as_bytes()).await.expect("it can be sent");
    tokio::time::sleep(wait).await;
    let mut heard = Vec::new();
    // Whoever was hung up on hears what was on its way, and then an end or an error.
    while let Ok(Ok(more)) = timeout(Duration::from_secs(5), line.read_buf(&mut heard)).await {
        if more == 0 {
            break;
        }
    }
    heard.windows(12).filter(|part| part == b"HTTP/1.1 200").count()
}

#[tokio::test]
async fn a_reader_that_reads_nothing_is_hung_up_on() {
    let world = world().await;
    let address = serving(&world).await;
    let asked = 600;
    let (patient, stuck) = tokio::join!(
        reads_after(address, asked, Duration::ZERO),
        reads_after(address, asked, UNREAD),
    );
    assert_eq!(patient, asked, "whoever reads gets it all");
    assert!(stuck < asked, "its connection was kept for {UNREAD:?}");
}
