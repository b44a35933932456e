//! The program as it serves people, where somebody says who runs it: else nobody may join.

use std::path::Path;

use sameboat::config::HostCard;
use sameboat::web::{server, stack};
use sameboat::{routes, start};
use tokio::net::TcpListener;

use crate::settings;

pub async fn run(folder: &Path) -> anyhow::Result<()> {
    let host = HostCard {
        who: "A measurement".to_owned(),
        reach: "Nobody".to_owned(),
        country: "NZ".to_owned(),
        backup_days: 1,
        complain: "Nobody".to_owned(),
    };
    let mut settings = settings(folder);
    settings.host = Some(host);
    let app = start::open(settings).await?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?);
    // Whoever started it ends it.
    server::serve(listener, stack::router(app, routes::all()), std::future::pending()).await;
    Ok(())
}
