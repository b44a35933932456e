//! `sameboat change-key`, and what `check` says of keys.

use storekit::{Db, Target};

use crate::cli::said;
use crate::config::{Given, Settings};
use crate::key_change::{self, Changed};
use crate::people::{self, Hanging};
use crate::start;

pub async fn run(given: Given) -> anyhow::Result<()> {
    let settings = Settings::check(given)?;
    let target = settings.target();
    if let Target::Sqlite(file) = &target
        && !file.exists()
    {
        anyhow::bail!("there is no database in {}", settings.data.display());
    }
    let db = start::database(target).await?;
    let changed = key_change::change(&db, &settings.key_file).await?;
    tell(&settings, &changed);
    tell_hanging(&db, changed.numbers).await?;
    db.close().await;
    Ok(())
}

fn tell(settings: &Settings, changed: &Changed) {
    let file = settings.key_file.display();
    if changed.made {
        println!("A new line stands first in {file}. Keep copies of it as you do of the old one.");
    } else {
        println!("{file} had a newer line already. The change goes on with that.");
    }
    println!(
        "The database belongs to the new key. Made anew: outside names of groups: {}, rosters: \
         {}, letters at doors: {}, other rows with a tag: {}.",
        changed.groups.names, changed.groups.rosters, changed.letters.rows, changed.others.rows
    );
    let broken = changed.groups.broken + changed.letters.broken + changed.others.broken;
    if broken > 0 {
        println!(
            "{broken} did not hold under the old key and were left as they are. Somebody may have \
             changed the database: docs/operate.md, section 4."
        );
    }
    println!("Start the program again, everywhere with this file.");
}

/// Says which lines of the key file somebody still needs.
pub async fn tell_hanging(db: &Db, held: Vec<u32>) -> anyhow::Result<()> {
    let hanging = db.read_long(people::hanging).await.map_err(said)?;
    let newest = held.first().copied().unwrap_or_default();
    println!("Instance key: number {newest}.");
    for (number, people) in hanging.iter().filter(|(number, _)| **number != newest) {
        println!("{}", behind(*number, people, held.contains(number)));
    }
    for number in held.iter().skip(1).filter(|number| !hanging.contains_key(number)) {
        println!(
            "Key {number}: nobody's passphrase needs its line any more. It may go from the file; \
             keep a copy as long as backups from that time live."
        );
    }
    Ok(())
}

fn behind(number: u32, hanging: &Hanging, held: bool) -> String {
    let Hanging { people, without_sheet } = hanging;
    if held {
        format!(
            "Key {number}: people whose passphrase still needs its line: {people}. Of them without \
             a recovery sheet: {without_sheet}. Each moves on at their next sign-in."
        )
    } else {
        format!(
            "Key {number}: its line is not in the file. People who can't use their passphrase: \
             {people}. Of them without a recovery sheet: {without_sheet}. Put the line back, below \
             the newest one, and they can."
        )
    }
}
