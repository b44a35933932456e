//! The program as it serves people, on a disk whose power goes after so many operations. It ends
//! then, and another folder holds what the machine finds when the power is back.

use std::future::pending;
use std::path::Path;
use std::time::Duration;

use powercut::{Disk, Loss};
use sameboat::config::{Given, Settings};
use sameboat::routes;
use sameboat::web::{server, stack};
use storekit::Options;
use tokio::net::TcpListener;
use tokio::time::sleep;

use crate::open;

/// The options that `serve` gets.
pub fn given(data: &str, listen: &str, url: &str) -> anyhow::Result<Given> {
    Ok(Given {
        data: data.into(),
        listen: listen.parse()?,
        url: Some(url.to_owned()),
        database: None,
        behind_proxy: true,
        key: None,
        settings: None,
    })
}

pub async fn run(next: &Path, operations: u64, seed: u64, given: Given) -> anyhow::Result<()> {
    let settings = Settings::check(given)?;
    let disk = Disk::new(&settings.data)?;
    let vfs = Some(powercut::VFS.to_owned());
    let app = open(settings, Options { vfs, ..Options::default() }).await?;
    let listener = TcpListener::bind(app.settings.listen).await?;
    let loss = if seed.is_multiple_of(2) { Loss::Everything } else { Loss::ByChance(seed) };
    disk.cut_after(operations, loss);
    let router = stack::router(app, routes::all());
    tokio::select! {
        () = server::serve(listener, router, pending()) => {}
        () = dark(&disk) => {}
    }
    disk.salvage(next)?;
    // Nothing is closed and nothing tidied: the machine is off.
    std::process::exit(0);
}

async fn dark(disk: &Disk) {
    while !disk.is_dark() {
        sleep(Duration::from_millis(1)).await;
    }
}
