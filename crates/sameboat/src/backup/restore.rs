//! The way back from a backup.

use std::path::PathBuf;

use anyhow::{Context, bail};
use seal::backup::{BackupFacts, OperatorSecret};
use storekit::{Db, Tx, Value};

use crate::access::GroupScope;
use crate::backup::cells::Line;
use crate::backup::file::Lines;
use crate::backup::tables;
use crate::gone::{Entry, Kind};
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
    gone: Vec<Entry>,
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
    let gone = match &asked.departures {
        Departures::Unknown => Vec::new(),
        Departures::List(path) => {
            let text = std::fs::read_to_string(path)
                .with_context(|| format!("can't read the gone list {}", path.display()))?;
            gone::parse(&text).map_err(|line| {
                anyhow::anyhow!("line {line} of the gone list is none of ours; nothing was touched")
            })?
        }
    };
    Ok(Checked { asked, facts, rows, gone })
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
        gone: checked.gone.len(),
        made_at: checked.facts.made_at,
        before_change: checked.asked.instance.first() != Some(&checked.facts.instance),
    };
    db.write(move |tx| {
        fill(tx, &checked.asked)?;
        checked.gone.iter().try_for_each(|entry| take_out(tx, entry))
    })
    .await?;
    Ok(told)
}

fn fill(tx: &mut Tx<'_>, asked: &Asked) -> anyhow::Result<()> {
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
    Ok(())
}

/// Whoever or whatever went does not come back.
fn take_out(tx: &mut Tx<'_>, entry: &Entry) -> anyhow::Result<()> {
    let group = || GroupScope::of_gone_list(GroupId::from(entry.scope));
    let done = match entry.kind {
        Kind::Person => people::take_out(tx, PersonId::from(entry.id)),
        Kind::Page => notebook::take_out(tx, PersonId::from(entry.scope), PageId::from(entry.id)),
        Kind::Group => groups::take_out(tx, group()),
        Kind::Member => groups::take_out_member(tx, group(), MemberId::from(entry.id)),
        Kind::Share | Kind::Answer => sharing::take_out(tx, group(), &entry.id),
    };
    done.map_err(crate::cli::said)
}
