//! `sameboat check`.

use crate::cli::{change_key, proxy};
use crate::config::{Given, Settings};
use crate::{people, start};

/// Says what is good, and stops at the first thing that is not.
pub async fn run(given: Given) -> anyhow::Result<()> {
    let published = given.url.is_some();
    let settings = Settings::check(given)?;
    println!("Settings: good. Address: {}", settings.url);
    match &settings.host {
        Some(host) => println!("Host card: {}", host.who),
        None => println!("Host card: missing, so joining is closed (docs/operate.md)."),
    }
    let app = start::open(settings).await?;
    println!("Database and instance key: good, and they belong together.");
    if !app.db.read(people::is_there_anybody).await? {
        println!("The database is empty: nobody has joined yet.");
    }
    change_key::tell_hanging(&app.db, app.keys.numbers().collect()).await?;
    app.db.close().await;
    if published {
        println!("Proxy: {}", proxy::try_it(&app.settings).await?);
    } else {
        println!("Proxy: not tried. Name the address that people use with --url.");
    }
    Ok(())
}
