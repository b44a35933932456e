//! `sameboat backup-key`, `backup` and `restore`.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use seal::backup::{OperatorPublic, OperatorSecret};
use storekit::{Db, Target};

use crate::backup::{self as copy, Asked, Checked, Departures, Restored};
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
    println!("{} rows, sealed, in {}", made?.rows, asked.to.display());
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
    let known = matches!(departures, Departures::List(_));
    let secret = std::fs::read_to_string(&asked.secret)
        .with_context(|| format!("can't read {}", asked.secret.display()))?;
    let operator = OperatorSecret::from_file(&secret).context("the secret half is damaged")?;
    let days = settings.host.as_ref().map(|host| i64::from(host.backup_days));
    let checked = copy::check(
        Asked {
            from: asked.from,
            operator,
            instance: start::present_key(&settings.key_file)?.fingerprints().collect(),
            departures,
            oldest: days.filter(|_| !asked.even_if_older),
        },
        clock::system()(),
    )?;
    tell(&put_back(&settings, checked).await?, known);
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

fn tell(restored: &Restored, known: bool) {
    let day = clock::date_of_day(clock::day(restored.made_at));
    println!("{} rows of a backup of {day} are back.", restored.rows);
    if known {
        println!("{} lines of the gone list were seen to.", restored.gone);
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
