//! The way back from a backup.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use seal::InstanceKey;
use seal::backup::{BackupFacts, OperatorSecret};
use storekit::{Db, Tx, Value};

use crate::access::GroupScope;
use crate::backup::cells::Line;
use crate::backup::file::{FileHash, Lines};
use crate::backup::tables;
use crate::gone::{Entry, Kind, List, Wrong};
use crate::ids::{GroupId, MemberId, PageId, PersonId};
use crate::{clock, gone, groups, instance_key, migrations, notebook, people, sharing};

/// What is known of who went since the backup.
pub enum Departures {
    /// The gone list.
    List(PathBuf),
    /// Nothing: whoever went comes back. It has to be asked for.
    Unknown,
}

/// What is to be restored.
pub struct Asked {
    /// The backup.
    pub from: PathBuf,
    /// The operator's secret key.
    pub operator: OperatorSecret,
    /// Fingerprints of the instance keys at hand, the newest first.
    pub instance: Vec<[u8; 16]>,
    /// These keys: how whoever went stands is tagged with the one that the backup belongs to.
    pub keys: InstanceKey,
    /// The SHA-256 that was told when the backup was made, if whoever restores has kept it.
    pub sha256: Option<FileHash>,
    /// Who went since.
    pub departures: Departures,
    /// The oldest backup that is taken, in days.
    pub oldest: Option<i64>,
}

/// What was restored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Restored {
    /// How many rows.
    pub rows: u64,
    /// How many entries of the gone list were seen to.
    pub gone: usize,
    /// Until which day it is known who went (days since 1970, UTC), where there was a list.
    pub known_until: Option<i64>,
    /// The SHA-256 of the backup's file.
    pub sha256: FileHash,
    /// When the backup was made (microseconds UTC).
    pub made_at: i64,
    /// Whether it is from before the instance key was changed.
    pub before_change: bool,
}

/// What was found to be whole and fitting, before anything is touched.
pub struct Checked {
    asked: Asked,
    facts: BackupFacts,
    rows: u64,
    sha256: FileHash,
    list: Option<List>,
}

/// Reads the backup to its end and checks that it may be put back.
pub fn check(asked: Asked, now: i64) -> anyhow::Result<Checked> {
    let (mut lines, facts) = Lines::open(&asked.from, &asked.operator)?;
    if !asked.instance.contains(&facts.instance) {
        bail!("the instance key at hand is not the one that this backup belongs to");
    }
    let age = clock::day(now) - clock::day(facts.made_at);
    if let Some(oldest) = asked.oldest.filter(|oldest| age > *oldest) {
        bail!(
            "this backup is {age} days old, and backups live for {oldest} days here: people were \
             told that it is gone. Say --even-if-older to put it back all the same"
        );
    }
    begins_well(&mut lines)?;
    let rows = count(&mut lines)?;
    let sha256 = lines.sha256();
    if asked.sha256.is_some_and(|named| named != sha256) {
        bail!(
            "this is not the backup whose SHA-256 was named: its own is {}. Whoever has the public \
             backup_key can make one that looks right. Nothing was touched",
            hex(&sha256)
        );
    }
    let list = match &asked.departures {
        Departures::Unknown => None,
        Departures::List(path) => Some(read_list(path)?),
    };
    Ok(Checked { asked, facts, rows, sha256, list })
}

fn read_list(path: &Path) -> anyhow::Result<List> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("can't read the gone list {}", path.display()))?;
    gone::parse(&text).map_err(|wrong| match wrong {
        Wrong::Line(line) => {
            anyhow::anyhow!("line {line} of the gone list is none of ours; nothing was touched")
        }
        Wrong::Missing(line) => anyhow::anyhow!(
            "lines of the gone list were cut out before line {line}; nothing was touched"
        ),
        Wrong::End => anyhow::anyhow!(
            "the end of the gone list was cut off, so who went last is not known; nothing was \
             touched"
        ),
    })
}

/// Bytes as people compare them.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn begins_well(lines: &mut Lines) -> anyhow::Result<()> {
    let Some(Line::Begin { program, migrations }) = lines.next()? else {
        bail!("the backup does not begin as one");
    };
    if migrations != migrations::names() {
        bail!(
            "this backup was made by version {program}, whose tables differ. Restore it with that \
             version, then start the newer one, which brings the tables up to date"
        );
    }
    Ok(())
}

fn count(lines: &mut Lines) -> anyhow::Result<u64> {
    let mut found = 0;
    loop {
        match lines.next()? {
            Some(Line::Row(_)) => found += 1,
            Some(Line::Table { name, .. }) if tables().contains(&&*name) => {}
            Some(Line::End { rows }) if rows == found && lines.next()?.is_none() => {
                return Ok(found);
            }
            _ => bail!("the backup is not whole; nothing was touched"),
        }
    }
}

/// Fills an empty database whose tables were just made: all rows, and then whoever went goes, in
/// one transaction.
pub async fn restore(db: &Db, checked: Checked) -> anyhow::Result<Restored> {
    let told = Restored {
        rows: checked.rows,
        gone: checked.list.as_ref().map_or(0, |list| list.entries.len()),
        known_until: checked.list.as_ref().map(|list| list.until),
        sha256: checked.sha256,
        made_at: checked.facts.made_at,
        before_change: checked.asked.instance.first() != Some(&checked.facts.instance),
    };
    let key = checked.asked.keys.with_fingerprint(&checked.facts.instance);
    let key = key.context("the instance key at hand is not the one that this backup belongs to")?;
    db.write(move |tx| {
        fill(tx, &checked)?;
        let Some(list) = &checked.list else { return Ok(()) };
        reaches(list, gone::lines(tx)?)?;
        list.entries.iter().try_for_each(|entry| take_out(tx, &key, entry))
    })
    .await?;
    Ok(told)
}

/// Whether a list has all lines since the backup, in which it had so many.
fn reaches(list: &List, lines: u64) -> anyhow::Result<()> {
    if list.last < lines {
        bail!(
            "the gone list ends with line {}, and had {lines} when this backup was made: its end was \
             cut off. Nothing was touched",
            list.last
        );
    }
    if list.first > lines + 1 {
        bail!(
            "the gone list begins with line {}, and had {lines} when this backup was made: what was \
             written between is cut off. Nothing was touched",
            list.first
        );
    }
    Ok(())
}

fn fill(tx: &mut Tx<'_>, checked: &Checked) -> anyhow::Result<()> {
    let asked = &checked.asked;
    if instance_key::known(tx)?.is_some() {
        bail!("there is somebody's database already; nothing was touched");
    }
    let (mut lines, _) = Lines::open(&asked.from, &asked.operator)?;
    let (mut table, mut columns) = (String::new(), Vec::new());
    while let Some(line) = lines.next()? {
        match line {
            Line::Table { name, columns: names } => (table, columns) = (name, names),
            Line::Row(cells) => {
                let values: Result<Vec<Value>, _> =
                    cells.into_iter().map(Value::try_from).collect();
                tx.copy_in(&table, &columns, &values?)?;
            }
            Line::Begin { .. } | Line::End { .. } => {}
        }
    }
    if lines.sha256() != checked.sha256 {
        bail!("the backup is another one than it was a moment ago; nothing was touched");
    }
    Ok(())
}

/// Whoever or whatever went does not come back.
fn take_out(tx: &mut Tx<'_>, key: &InstanceKey, entry: &Entry) -> anyhow::Result<()> {
    let group = || GroupScope::of_gone_list(GroupId::from(entry.scope));
    let done = match entry.kind {
        Kind::Person => people::take_out(tx, PersonId::from(entry.id)),
        Kind::Page => notebook::take_out(tx, PersonId::from(entry.scope), PageId::from(entry.id)),
        Kind::Group => groups::take_out(tx, group()),
        Kind::Member => groups::take_out_member(tx, key, group(), MemberId::from(entry.id)),
        Kind::Share | Kind::Answer => sharing::take_out(tx, group(), &entry.id),
    };
    done.map_err(crate::cli::said)
}
