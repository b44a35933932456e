//! The command line.

mod backup;
mod change_key;
mod check;
mod demo;
mod proxy;
mod seed;
mod turn_keys;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use tokio::net::TcpListener;

use crate::app::App;
use crate::config::{Given, Settings, Starting};
use crate::error::Stop;
use crate::web::{live, server, stack};
use crate::{founding, routes, start, tasks};

/// Where `serve` listens unless it is told: on this machine alone.
const LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);

/// A quiet place for groups of people who help one another.
#[derive(Parser)]
#[command(name = "sameboat", version, about, max_term_width = 90)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Look around in made-up groups, kept in a throwaway folder.
    Demo(demo::Demo),
    /// Serve people. The first start makes the database and the instance key.
    Serve(Serve),
    /// Make a link by which somebody may start one group, and print it.
    StartLink(Serve),
    /// Check settings, database, key and proxy, and say in words what is wrong.
    ///
    /// With --url it also asks that address, as a visitor would. While the program is stopped, it
    /// listens in its place, and so sees what the proxy passes on.
    Check(Serve),
    /// Change the instance key: put a new line into its file, and move the database on to it.
    ///
    /// For when somebody may have copied the key, or when whoever knew it has gone.
    ///
    /// Stop the program first, on all machines; start it with the new file afterwards. Nobody is
    /// signed out and nobody loses anything. The old line stays in the file below the new one:
    /// each person's passphrase moves on to the new key when they next sign in with it, and until
    /// then it needs the old line. `sameboat check` says how many people that are. If this is cut
    /// off, run it again: it goes on where it stopped.
    ///
    /// docs/operate.md, section 4, has the steps, and says what a change helps against.
    ChangeKey(Keyed),
    /// Ask every group to turn its key, after somebody may have copied the database.
    ///
    /// Only a member can turn a group's key: it happens at the next write or sign-in of one, while
    /// the program runs. What is written afterwards is under keys that no copy from before leads
    /// to. Run it again after another copy.
    TurnKeys(Keyed),
    /// Fill an empty database with made-up groups, for measuring.
    Seed(seed::Seed),
    /// Make the key that backups are sealed to: its secret half goes into a file of yours.
    BackupKey(backup::MakeKey),
    /// Write a sealed backup, while people go on.
    Backup(backup::Backup),
    /// Put a backup back into an empty place.
    Restore(backup::Restore),
}

/// Where the database and the settings are.
#[derive(Args)]
struct Place {
    /// Folder of the database (and of settings.toml).
    #[arg(long, default_value = "sameboat-data")]
    data: PathBuf,
    /// PostgreSQL instead of SQLite: postgres://user@host/name.
    #[arg(long)]
    database: Option<String>,
    /// Settings file. Default: settings.toml in the data folder.
    #[arg(long)]
    settings: Option<PathBuf>,
}

/// The same, for what also needs the instance key.
#[derive(Args)]
struct Keyed {
    #[command(flatten)]
    place: Place,
    /// File of the instance key, outside the data folder. Default: the data folder's name + .key.
    #[arg(long)]
    key: Option<PathBuf>,
}

#[derive(Args)]
struct Serve {
    #[command(flatten)]
    keyed: Keyed,
    /// Address to listen on.
    #[arg(long, default_value_t = LISTEN)]
    listen: SocketAddr,
    /// The address that links and QR codes carry, like <https://circle.example>.
    #[arg(long)]
    url: Option<String>,
    /// A proxy in front ends TLS and writes X-Forwarded-For.
    #[arg(long)]
    behind_proxy: bool,
    /// For testers: offer two made-up languages, one longer and one from right to left.
    #[arg(long)]
    test_languages: bool,
}

impl From<Serve> for Given {
    fn from(serve: Serve) -> Given {
        let Serve { keyed, listen, url, behind_proxy, .. } = serve;
        Given { listen, url, behind_proxy, ..keyed.into() }
    }
}

impl From<Keyed> for Given {
    fn from(Keyed { place, key }: Keyed) -> Given {
        Given { key, ..place.into() }
    }
}

/// What serves nobody listens nowhere, and its address stands in no link.
impl From<Place> for Given {
    fn from(Place { data, database, settings }: Place) -> Given {
        let (url, behind_proxy, key) = (None, false, None);
        Given { data, listen: LISTEN, url, database, behind_proxy, key, settings }
    }
}

/// Runs what the command line asks for.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    let outcome = runtime.block_on(async {
        match cli.command {
            Command::Demo(asked) => demo::run(asked).await,
            Command::Serve(given) => serve(given).await,
            Command::StartLink(given) => start_link(given.into()).await,
            Command::Check(given) => check::run(given.into()).await,
            Command::ChangeKey(given) => change_key::run(given.into()).await,
            Command::TurnKeys(given) => turn_keys::run(given.into()).await,
            Command::Seed(asked) => seed::run(asked).await,
            Command::BackupKey(asked) => backup::make_key(&asked),
            Command::Backup(asked) => backup::backup(asked).await,
            Command::Restore(asked) => backup::restore(asked).await,
        }
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("sameboat: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(given: Serve) -> anyhow::Result<()> {
    logs();
    let test_languages = given.test_languages;
    let settings = Settings { test_languages, ..Settings::check(given.into())? };
    let app = start::open(settings).await?;
    let listener = TcpListener::bind(app.settings.listen).await?;
    println!("Open {}", app.settings.url);
    if app.settings.host.is_none() {
        println!(
            "Joining is closed until {} says who runs this. See docs/operate.md, “Who runs this”.",
            app.settings.data.join("settings.toml").display()
        );
    }
    if app.settings.starting == Starting::WithLink {
        let here = app.clone();
        let first = app.db.write(move |tx| founding::first_link(tx, &here.keys)).await;
        if let Some(link) = first.map_err(said)? {
            println!("To start the first group, open {}", link_address(&app, &link));
            println!(
                "It works for one group. Make more with `start-link` and the options given here."
            );
        }
    }
    tasks::housekeeping(app.clone());
    tasks::telling_gone(app.clone());
    live::start(&app).await;
    let router = stack::router(app.clone(), routes::all());
    server::serve(listener, router, stop(app.clone())).await;
    tasks::tell_gone(&app).await;
    app.db.close().await;
    Ok(())
}

async fn start_link(given: Given) -> anyhow::Result<()> {
    let app = start::open(Settings::check(given)?).await?;
    let here = app.clone();
    let link = app.db.write(move |tx| founding::new_link(tx, &here.keys)).await.map_err(said)?;
    println!("{}", link_address(&app, &link));
    app.db.close().await;
    Ok(())
}

fn link_address(app: &App, link: &seal::LinkSecret) -> String {
    format!("{}/start-link/{}", app.settings.url, crate::web::cookies::encode(link.expose()))
}

/// What went wrong, for whoever typed a command.
pub fn said(stop: Stop) -> anyhow::Error {
    match stop {
        Stop::Failed(fault) => anyhow::anyhow!(fault.chain()),
        Stop::Refused(refusal) => anyhow::anyhow!("refused: {refusal:?}"),
    }
}

/// One line of JSON an answer on standard error; what goes in is decided where it is written.
fn logs() {
    log_to(std::io::stderr);
}

/// The same, written elsewhere: tests look at what a running instance would log.
///
/// # Panics
/// When log lines go somewhere already.
pub fn log_to<W>(writer: impl Fn() -> W + Send + Sync + 'static)
where
    W: std::io::Write + 'static,
{
    tracing_subscriber::fmt()
        .json()
        .with_writer(writer)
        .with_max_level(tracing::Level::INFO)
        .init();
}

/// Ctrl-C, or the stop signal of systemd and containers.
/// When it was asked for, live pages, which would never end by themselves, have been ended, and a
/// proxy has had time to see that this process is not ready any more.
async fn stop(app: App) {
    stop_asked().await;
    app.live.stop();
    tokio::time::sleep(app.settings.stopping).await;
}

async fn stop_asked() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate()).expect("signals can be heard");
        tokio::select! {
            _ = interrupt => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    let _ = interrupt.await;
}
