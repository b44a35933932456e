//! Making a backup.

use std::path::Path;

use anyhow::{Context, bail};
use seal::Chance;
use seal::backup::{BackupFacts, BackupWriter, OperatorPublic, OperatorSecret};
use storekit::{Db, Tx};

use crate::backup::cells::{Cell, Line};
use crate::backup::file::{FileHash, Writer};
use crate::backup::tables;
use crate::{instance_key, migrations, start};

/// What a backup holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    /// How many rows.
    pub rows: u64,
    /// The SHA-256 of the file. Anybody with the public key can make a backup; only who saw this one
    /// being made knows this.
    pub sha256: FileHash,
}

/// Makes the operator's pair: the secret half goes into a file, the public half is given back as
/// the line for the settings.
pub fn make_key(secret_file: &Path, chance: &storekit::Chance) -> anyhow::Result<String> {
    let mut fill = |buf: &mut [u8]| chance(buf);
    let secret = OperatorSecret::random(&mut Chance::new(&mut fill));
    start::write_secret(secret_file, &secret.to_file())
        .with_context(|| format!("can't write the secret key to {}", secret_file.display()))?;
    Ok(secret.public().to_file().trim().to_owned())
}

/// Writes one state of the whole database into a new file, while people go on using it. A file
/// that could not be ended is taken away again.
pub async fn make(db: &Db, operator: OperatorPublic, to: &Path) -> anyhow::Result<Made> {
    let file = to.to_owned();
    if file.exists() {
        bail!("{} is there already; nothing was written over", file.display());
    }
    let done = db.read_long(move |tx| write(tx, &operator, &file)).await;
    if done.is_err() {
        // What is half written is of no use, and the disk may be full.
        let _ = std::fs::remove_file(to);
    }
    done
}

fn write(tx: &mut Tx<'_>, operator: &OperatorPublic, to: &Path) -> anyhow::Result<Made> {
    let key = instance_key::known(tx)?.context("this database was never served from")?;
    let history = tx.migrations()?;
    if history != migrations::names() {
        bail!("the database is of another version than this program; use the program that serves");
    }
    let facts = BackupFacts { instance: key.fingerprint, made_at: tx.now() };
    let begun = crate::random::within(tx, |c| BackupWriter::begin(operator, &facts, c))?;
    let mut out = Writer::begin(to, begun)?;
    let program = env!("CARGO_PKG_VERSION").to_owned();
    out.add(&Line::Begin { program, migrations: history })?;
    let mut rows = 0;
    for name in tables() {
        let mut told = false;
        tx.copy_out(name, |columns, values| {
            if !told {
                out.add(&Line::Table { name: name.to_owned(), columns: columns.to_vec() })?;
                told = true;
            }
            rows += 1;
            out.add(&Line::Row(values.into_iter().map(Cell::from).collect()))
        })?;
    }
    out.add(&Line::End { rows })?;
    Ok(Made { rows, sha256: out.finish()? })
}
