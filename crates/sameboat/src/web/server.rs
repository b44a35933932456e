//! The server: hyper with limits on headers, slow clients, readers who read nothing, and
//! connections; and a graceful stop.

mod patience;

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower::ServiceExt;

use crate::web::limits::{HEAD, Peer};
use crate::web::server::patience::Patience;

/// Connections at once; each costs a buffer, and a live page keeps one open.
const CONNECTIONS: usize = 10_000;
/// How long a client may take to send its headers.
const SLOW: Duration = Duration::from_secs(10);
/// How long it waits before it takes the next client, after one could not be taken.
const PAUSE: Duration = Duration::from_millis(50);
/// How long open requests may take to finish after a stop was asked for.
const FINISH: Duration = Duration::from_secs(10);

/// Serves until `stop` is done, then finishes what is open.
pub async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let permit = places.clone().acquire_owned().await.expect("never closed");
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        // Out of file handles, or a client gone already: the next one may fare better.
        let Ok((stream, peer)) = accepted else {
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        let connection = connection(stream, peer, router.clone());
        let watched = graceful.watch(connection);
        crate::tasks::detached(async move {
            // Errors here are clients that went away.
            let _ = watched.await;
            drop(permit);
        });
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(FINISH) => {}
    }
}

fn connection(
    stream: tokio::net::TcpStream,
    peer: SocketAddr,
    router: Router,
) -> hyper::server::conn::http1::Connection<
    TokioIo<Patience<tokio::net::TcpStream>>,
    impl hyper::service::Service<
        Request<Incoming>,
        Response = axum::response::Response,
        Error = std::convert::Infallible,
        Future: Send,
    >,
> {
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(Peer(peer.ip()));
        router.clone().oneshot(request)
    });
    hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(SLOW)
        .max_buf_size(HEAD)
        .serve_connection(TokioIo::new(Patience::new(stream)), service)
}
