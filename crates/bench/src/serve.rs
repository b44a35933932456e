//! The program as it serves people, with one more address by which something changes.

use std::path::Path;

use axum::extract::{Path as Named, State};
use axum::response::IntoResponse;
use sameboat::access::{Access, GroupScope};
use sameboat::app::App;
use sameboat::error::Refusal;
use sameboat::live::{self, Change};
use sameboat::web::{Answer, get, server, stack};
use sameboat::{routes, start, web};
use seal::LinkSecret;
use tokio::net::TcpListener;

use crate::settings;

pub async fn run(folder: &Path) -> anyhow::Result<()> {
    let app = start::open(settings(folder)).await?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?);
    web::live::start(&app).await;
    let mut all = routes::all();
    all.push(get("/bench/change/{group}/{version}", Access::Anyone, change));
    let router = stack::router(app, all);
    // Whoever started it ends it.
    server::serve(listener, router, std::future::pending()).await;
    Ok(())
}

/// A piece of a group's pages changes, in a write that is kept as any other.
async fn change(State(app): State<App>, Named((group, version)): Named<(String, i64)>) -> Answer {
    let group = group.parse().map_err(|_| Refusal::NotFound)?;
    let scope = GroupScope::of_link(&LinkSecret::from_bytes([0; 32]), group);
    let change = Change { scope, piece: "circle", id: *group.bytes(), version };
    app.db.write(move |tx| live::changed(tx, &change)).await?;
    Ok("changed".into_response())
}
