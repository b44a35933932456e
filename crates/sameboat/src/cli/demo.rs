//! `sameboat demo`.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use anyhow::{Context, bail};
use clap::Args;
use serde::Serialize;
use tokio::net::TcpListener;

use crate::config::{Given, HostCard, Settings, Starting};
use crate::demo::{self as example, Behind, Guest, build};
use crate::web::{cookies, live, server, stack};
use crate::{clock, people, routes, start};

#[derive(Args)]
pub struct Demo {
    /// Print one line of JSON: the address, and a sign-in link for each example person.
    #[arg(long)]
    json: bool,
    /// Address to listen on; port 0 takes any that is free.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Folder for the made-up groups. Default: a new one that is deleted at the end.
    #[arg(long)]
    data: Option<PathBuf>,
    /// PostgreSQL instead of SQLite: the address of an empty database, which stays filled.
    #[arg(long)]
    database: Option<String>,
    /// Offer two made-up languages, for testers.
    #[arg(long)]
    test_languages: bool,
}

#[derive(Serialize)]
struct Told<'a> {
    url: &'a str,
    people: Vec<Person<'a>>,
}

#[derive(Serialize)]
struct Person<'a> {
    name: &'a str,
    group: &'a str,
    role: &'a str,
    sign_in: String,
}

pub async fn run(demo: Demo) -> anyhow::Result<()> {
    let throwaway = demo.data.is_none();
    let data = demo.data.clone().unwrap_or_else(fresh_folder);
    let outcome = serve(&demo, &data).await;
    if throwaway {
        // A folder that stays behind holds only made-up words.
        let _ = std::fs::remove_dir_all(&data);
        let _ = std::fs::remove_file(data.with_extension("key"));
    }
    outcome
}

/// A folder of a name that nobody else has.
fn fresh_folder() -> PathBuf {
    let mut bytes = [0; 8];
    crate::random::system()(&mut bytes);
    let name: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
    std::env::temp_dir().join(format!("sameboat-demo-{name}"))
}

async fn serve(demo: &Demo, data: &Path) -> anyhow::Result<()> {
    let listener = TcpListener::bind(demo.listen).await.context("can't listen there")?;
    let mut settings = Settings::check(Given {
        data: data.to_path_buf(),
        listen: listener.local_addr()?,
        url: None,
        database: demo.database.clone(),
        behind_proxy: false,
        key: Some(data.with_extension("key")),
        settings: None,
    })?;
    settings.host = Some(made_up_host());
    settings.starting = Starting::Anyone;
    settings.test_languages = demo.test_languages;
    let behind = Behind::new(AtomicI64::new(0));
    let app = start::open_at(settings, clock_behind(behind.clone())).await?;
    if app.db.read(people::is_there_anybody).await? {
        bail!("there are people in this database; the demo begins with an empty one");
    }
    let guests = build(&app, &behind).await.map_err(super::said)?;
    tell(demo, &app.settings.url, &guests)?;
    let mut all = routes::all();
    all.extend(example::routes());
    crate::tasks::housekeeping(app.clone());
    live::start(&app).await;
    let router = stack::router(app.clone(), all);
    server::serve(listener, router, super::stop(app.clone())).await;
    app.db.close().await;
    Ok(())
}

fn clock_behind(behind: Behind) -> storekit::Clock {
    let system = clock::system();
    Arc::new(move || system() - behind.load(Ordering::SeqCst))
}

fn made_up_host() -> HostCard {
    HostCard {
        who: "You, on this machine, to look around".to_owned(),
        reach: "Nobody: this is made up".to_owned(),
        country: "GB".to_owned(),
        backup_days: 0,
        complain: "Nowhere: nothing here is real".to_owned(),
    }
}

fn tell(demo: &Demo, url: &str, guests: &[Guest]) -> anyhow::Result<()> {
    let people = guests.iter().map(|guest| Person {
        name: &guest.name,
        group: &guest.group,
        role: &guest.role,
        sign_in: format!("{url}/demo/{}", cookies::encode(guest.secret.expose())),
    });
    let told = Told { url, people: people.collect() };
    if demo.json {
        println!("{}", serde_json::to_string(&told)?);
        return Ok(());
    }
    println!("Sameboat, with made-up groups, at {url}\n\nSign in as");
    for person in &told.people {
        println!("  {} ({}, {})\n    {}", person.name, person.role, person.group, person.sign_in);
    }
    match (&demo.data, &demo.database) {
        (None, None) => println!("\nCtrl-C ends it and deletes it all."),
        _ => println!("\nCtrl-C ends it. What it made stays where you said."),
    }
    Ok(())
}
