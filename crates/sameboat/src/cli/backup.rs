//! `sameboat backup-key`, `backup` and `restore`.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use seal::backup::{OperatorPublic, OperatorSecret};
use storekit::{Db, Target};

use crate::backup::{self as copy, Asked, Checked, Departures, FileHash, Restored};
use crate::cli::{Keyed, Place};
use crate::config::Settings;
use crate::{clock, migrations, random, start};

#[derive(Args)]
pub struct MakeKey {
    /// New file for the secret half. Keep it away from this machine.
    #[arg(long)]
    secret: PathBuf,
}

#[derive(Args)]
pub struct Backup {
    #[command(flatten)]
    place: Place,
    /// New file for the backup.
    #[arg(long)]
    to: PathBuf,
}

#[derive(Args)]
pub struct Restore {
    #[command(flatten)]
    keyed: Keyed,
    /// The backup.
    #[arg(long)]
    from: PathBuf,
    /// File of the secret half of the backup key.
    #[arg(long)]
    secret: PathBuf,
    /// The SHA-256 that `backup` printed when it made this backup: 64 hex digits.
    #[arg(long, value_parser = sha256)]
    sha256: Option<FileHash>,
    /// Put it back although nobody knows who went since: they all come back.
    #[arg(long)]
    without_gone_list: bool,
    /// Put it back although it is older than backups live here.
    #[arg(long)]
    even_if_older: bool,
}

pub fn make_key(asked: &MakeKey) -> anyhow::Result<()> {
    let public = copy::make_key(&asked.secret, &random::system())?;
    println!("Write this into settings.toml, above [host]:\n\nbackup_key = \"{public}\"\n");
    println!(
        "Then take {} away from this machine. Who has it and a backup reads the backup's clear \
         columns; without it no backup opens, ever. Keep two copies.",
        asked.secret.display()
    );
    Ok(())
}

pub async fn backup(asked: Backup) -> anyhow::Result<()> {
    let settings = Settings::check(asked.place.into())?;
    let Some(line) = &settings.backup_key else {
        bail!("the settings name no backup_key. Make one: sameboat backup-key --secret FILE");
    };
    let operator = OperatorPublic::from_file(line).context("backup_key in the settings")?;
    let target = settings.target();
    if let Target::Sqlite(file) = &target
        && !file.exists()
    {
        bail!("there is no database in {}", settings.data.display());
    }
    let db = start::database(target).await?;
    let made = copy::make(&db, operator, &asked.to).await;
    db.close().await;
    let made = made?;
    println!("{} rows, sealed, in {}", made.rows, asked.to.display());
    println!("SHA-256: {}", copy::hex(&made.sha256));
    if settings.gone_list.is_none() {
        println!(
            "The settings name no gone_list: whoever goes from now on would come back with this \
             backup. See docs/operate.md, “Backups”."
        );
    }
    Ok(())
}

pub async fn restore(asked: Restore) -> anyhow::Result<()> {
    let settings = Settings::check(asked.keyed.into())?;
    let departures = match (&settings.gone_list, asked.without_gone_list) {
        (_, true) => Departures::Unknown,
        (Some(list), false) => Departures::List(list.clone()),
        (None, false) => bail!(
            "the settings name no gone_list, so everybody who left since the backup would come \
             back. If that has to be: --without-gone-list. Nothing was touched"
        ),
    };
    let secret = std::fs::read_to_string(&asked.secret)
        .with_context(|| format!("can't read {}", asked.secret.display()))?;
    let operator = OperatorSecret::from_file(&secret).context("the secret half is damaged")?;
    let days = settings.host.as_ref().map(|host| i64::from(host.backup_days));
    let keys = start::present_key(&settings.key_file)?;
    let checked = copy::check(
        Asked {
            from: asked.from,
            operator,
            instance: keys.fingerprints().collect(),
            keys,
            sha256: asked.sha256,
            departures,
            oldest: days.filter(|_| !asked.even_if_older),
        },
        clock::system()(),
    )?;
    if asked.sha256.is_none() {
        println!(
            "No --sha256 was named, so nobody knows who made this backup: whoever has the public \
             backup_key can make one that restore takes."
        );
    }
    tell(&put_back(&settings, checked).await?, asked.sha256.is_some());
    Ok(())
}

/// Fills a new database; SQLite's gets its name only when it is whole.
async fn put_back(settings: &Settings, checked: Checked) -> anyhow::Result<Restored> {
    let Target::Sqlite(file) = settings.target() else {
        let db = start::database(settings.target()).await?;
        if db.read(|tx| tx.migrations()).await.is_ok() {
            bail!("this database has tables already. Name an empty one; nothing was touched");
        }
        return fill(&db, checked).await;
    };
    if file.exists() {
        bail!("{} is there already. Move it away first; nothing was touched", file.display());
    }
    start::data_folder(&settings.data)?;
    let unfinished = file.with_extension("restoring");
    remove(&unfinished)?;
    let db = start::database(Target::Sqlite(unfinished.clone())).await?;
    let restored = fill(&db, checked).await?;
    std::fs::rename(&unfinished, &file).context("can't give the database its name")?;
    Ok(restored)
}

/// What an earlier try left behind.
fn remove(unfinished: &Path) -> anyhow::Result<()> {
    for ending in ["restoring", "restoring-wal", "restoring-shm"] {
        let file = unfinished.with_extension(ending);
        if file.exists() {
            std::fs::remove_file(&file)
                .with_context(|| format!("can't remove {}", file.display()))?;
        }
    }
    Ok(())
}

async fn fill(db: &Db, checked: Checked) -> anyhow::Result<Restored> {
    db.migrate(migrations::ALL).await.context("can't make the tables")?;
    let restored = copy::restore(db, checked).await?;
    db.close().await;
    Ok(restored)
}

/// 64 hex digits.
fn sha256(typed: &str) -> Result<FileHash, &'static str> {
    let digit = |at: usize| u8::from_str_radix(typed.get(at..at + 2)?, 16).ok();
    let bytes: Option<Vec<u8>> = (0..typed.len()).step_by(2).map(digit).collect();
    bytes.and_then(|bytes| bytes.try_into().ok()).ok_or("a SHA-256 has 64 hex digits")
}

fn tell(restored: &Restored, is_named: bool) {
    let day = clock::date_of_day(clock::day(restored.made_at));
    println!("{} rows of a backup of {day} are back.", restored.rows);
    let sha256 = copy::hex(&restored.sha256);
    if is_named {
        println!("Its SHA-256 is the one that was named: {sha256}");
    } else {
        println!(
            "Its SHA-256 is {sha256}. Compare it with the one that backup printed when it was made, \
             before you let anybody in."
        );
    }
    if let Some(until) = restored.known_until {
        let until = clock::date_of_day(until);
        println!("{} lines of the gone list were seen to.", restored.gone);
        println!("It ends on {until}: who went after that day is not known.");
    } else {
        println!("Who went since {day}, and what was deleted, is not known: it came back.");
    }
    println!("Everybody signs in anew. Links that were given out have ended.");
    if restored.before_change {
        println!(
            "It is from before the instance key was changed. Before you start the program, say \
             sameboat change-key with the same options: it moves everything to the new key."
        );
    }
}
