//! Measurements of Sameboat. `bench/` has a command for each; `bench/README.md` says what they mean.

mod asker;
mod drive;
mod durable;
mod guess;
mod make;
mod page;
mod process;
mod serve;

use std::path::Path;

use anyhow::bail;
use sameboat::config::{Settings, Starting};
use sameboat::error::Stop;
use serde::{Deserialize, Serialize};

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
        starting: Starting::Anyone,
        backup_key: None,
        gone_list: None,
        test_languages: false,
    }
}

fn said(stop: Stop) -> anyhow::Error {
    anyhow::anyhow!("{stop:?}")
}
