//! The program as it serves people, with one more address that answers bytes that lie ready.

use std::path::Path;

use axum::extract::Path as Named;
use axum::http::header;
use axum::response::IntoResponse;
use sameboat::access::Access;
use sameboat::web::{Answer, get, server, stack};
use sameboat::{routes, start};
use tokio::net::TcpListener;

use crate::settings;

pub async fn run(folder: &Path) -> anyhow::Result<()> {
    let app = start::open(settings(folder)).await?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?);
    let mut all = routes::all();
    all.push(get("/bench/static/{bytes}", Access::Anyone, ready));
    let router = stack::router(app, all);
    // Whoever started it ends it.
    server::serve(listener, router, std::future::pending()).await;
    Ok(())
}

/// As long as a page, and of the letters that pages are made of.
static READY: [u8; 1 << 20] = [b'a'; 1 << 20];

async fn ready(Named(bytes): Named<usize>) -> Answer {
    let body = &READY[..bytes.min(READY.len())];
    Ok(([(header::CONTENT_TYPE, "text/html; charset=utf-8")], body).into_response())
}
