//! Measurements of Sameboat. `bench/` has a command for each; `bench/README.md` says what they mean.

mod asker;
mod drive;
mod durable;
mod guess;
mod make;
mod page;
mod power;
mod process;
mod serve;

use std::path::Path;
use std::time::Duration;

use anyhow::bail;
use sameboat::app::{App, Parts};
use sameboat::config::{Joining, Settings, Starting};
use sameboat::error::Stop;
use sameboat::{clock, random, start};
use seal::Argon2Cost;
use serde::{Deserialize, Serialize};
use storekit::{Db, Options};

/// Groups, and members in each: 2,004 connections, one a member and group.
const GROUPS: usize = 167;
const MEMBERS: usize = 12;
/// Groups that one sign-in listens to: as many as it may.
const EACH: usize = 6;

/// A group, and for each member the cookies of a sign-in.
#[derive(Serialize, Deserialize)]
struct Made {
    id: String,
    cookies: Vec<String>,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["live-make", folder] => make::run(Path::new(folder)).await,
        ["live-serve", folder] => serve::run(Path::new(folder)).await,
        ["live", folder] => drive::run(Path::new(folder)).await,
        ["page-serve", folder] => page::serve(Path::new(folder)).await,
        ["page", folder] => page::drive(Path::new(folder)),
        ["durable", folder] => durable::run(Path::new(folder)).await,
        ["guess-serve", folder] => guess::serve(Path::new(folder)).await,
        ["guess", folder] => guess::drive(Path::new(folder)),
        [
            "power",
            next,
            operations,
            seed,
            "--data",
            data,
            "--listen",
            listen,
            "--url",
            url,
            "--behind-proxy",
        ] => {
            let given = power::given(data, listen, url)?;
            power::run(Path::new(next), operations.parse()?, seed.parse()?, given).await
        }
        _ => bail!("say: bench live|page|durable|guess FOLDER; the scripts in bench/ know how"),
    }
}

fn settings(folder: &Path) -> Settings {
    Settings {
        data: folder.join("data"),
        listen: ([127, 0, 0, 1], 0).into(),
        url: "https://circle.example".to_owned(),
        database: None,
        // So that the connections may say that they come from many addresses.
        behind_proxy: true,
        key_file: folder.join("instance.key"),
        leave_to: "https://weather.example/".to_owned(),
        host: None,
        joining: Joining::Anyone,
        starting: Starting::Anyone,
        disk: None,
        keep_free: 0,
        stopping: std::time::Duration::ZERO,
        backup_key: None,
        gone_list: None,
        test_languages: false,
    }
}

/// Opens what `serve` has opened before, with these switches.
async fn open(settings: Settings, options: Options) -> anyhow::Result<App> {
    let (clock, chance) = (clock::system(), random::system());
    let opened = storekit::Settings {
        target: settings.target(),
        clock: clock.clone(),
        chance: chance.clone(),
        pool: 4,
    };
    let db = Db::open_with(opened, options).await?;
    let keys = start::present_key(&settings.key_file)?;
    let (cost, pace) = (Argon2Cost::default(), Duration::ZERO);
    Ok(App::new(Parts { settings, db, keys, clock, chance, cost, pace }))
}

fn said(stop: Stop) -> anyhow::Error {
    anyhow::anyhow!("{stop:?}")
}
