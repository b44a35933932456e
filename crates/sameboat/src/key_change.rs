//! The instance key is changed: a new line in its file, and whatever stands under it made anew.
//!
//! A room that keeps something under the instance key has its line in `redo`. What can't be made
//! anew without its person, which is the name's tag and the lock of the passphrase, moves on when
//! they sign in (`people`). What lies outside the database, cookies and forms, holds under every
//! key that is held.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use seal::{Chance, InstanceKey};
use storekit::{Db, Tx};
use zeroize::Zeroizing;

use crate::cli::said;
use crate::groups::Redone;
use crate::instance_key::{Change, Known, Retagged};
use crate::{
    door, founding, groups, instance_key, key_file, leaving, migrations, people, random, returning,
};

/// What a change did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Whether a line was made; if not, the file had one that waited.
    pub made: bool,
    /// The numbers of all keys in the file, the newest first.
    pub numbers: Vec<u32>,
    /// What was made anew in groups.
    pub groups: Redone,
    /// Letters at doors.
    pub letters: Retagged,
    /// What else has a tag: links, ways back, how members stand, lines about sign-ins.
    pub others: Retagged,
}

/// Changes the key, or goes on with a change that was cut off. The file comes first: a key that
/// the database belongs to must never be lost.
///
/// # Errors
/// A sentence for whoever started it.
pub async fn change(db: &Db, key_file: &Path) -> anyhow::Result<Changed> {
    db.migrate(migrations::ALL).await.context("can't bring the database up to date")?;
    let known = db.read(instance_key::known).await.context("can't read the database")?;
    let known = known.context("nobody was ever served from this database: it needs no new key")?;
    let file = std::fs::canonicalize(key_file)
        .with_context(|| format!("can't find the instance key {}", key_file.display()))?;
    key_file::must_be_closed(&file)?;
    let (change, made) = prepare(&file, &known)?;
    let numbers = change.now.numbers().collect();
    let done = db.write(move |tx| redo(tx, &change)).await;
    let (groups, letters, others) = done.with_context(|| {
        format!(
            "the new line is in {}, and the database was not moved on to it. Run this again; \
             leave both lines in the file",
            file.display()
        )
    })?;
    Ok(Changed { made, numbers, groups, letters, others })
}

/// All in one transaction, with the row that says which key the database belongs to.
fn redo(tx: &mut Tx<'_>, change: &Change) -> anyhow::Result<(Redone, Retagged, Retagged)> {
    let groups = groups::redo(tx, change).map_err(said)?;
    let letters = door::redo_tags(tx, change).map_err(said)?;
    let mut others = Retagged::default();
    let all = [
        groups::redo_stands,
        door::redo_links,
        returning::redo_tags,
        leaving::redo_tags,
        founding::redo_links,
        people::redo_lines,
    ];
    for redo in all {
        others += redo(tx, change).map_err(said)?;
    }
    if !instance_key::move_on(tx, change)? {
        bail!("somebody else changed the key at the same time");
    }
    Ok((groups, letters, others))
}

/// The key of before and the key from now on; the latter is made and written unless the file has
/// a newer one than the database already.
fn prepare(file: &Path, known: &Known) -> anyhow::Result<(Change, bool)> {
    let mut beside = Beside::begin(file)?;
    let text = std::fs::read_to_string(file).map(Zeroizing::new);
    let text = text.with_context(|| format!("can't read {}", file.display()))?;
    let held = InstanceKey::from_file(&text)
        .with_context(|| format!("the instance key in {} is damaged", file.display()))?;
    let before = held.with_fingerprint(&known.fingerprint).with_context(|| {
        format!(
            "no key in {} is the one that this database belongs to, which has number {}; nothing \
             was changed",
            file.display(),
            known.number
        )
    })?;
    if held.number() != before.number() {
        return Ok((Change { before, now: held }, false));
    }
    let chance = random::system();
    let mut fill = |buf: &mut [u8]| chance(buf);
    let now = held.renewed(&mut Chance::new(&mut fill));
    beside
        .replace(file, &now.to_file())
        .with_context(|| format!("can't write {}; nothing was changed", file.display()))?;
    Ok((Change { before, now }, true))
}

/// A file beside the key's. Only one can be there, so that two changes at once can't overwrite one
/// another's key.
struct Beside {
    path: PathBuf,
    file: File,
    /// It has become the key's file.
    moved: bool,
}

impl Beside {
    fn begin(key_file: &Path) -> anyhow::Result<Beside> {
        let mut path = key_file.as_os_str().to_owned();
        path.push(".new");
        let path = PathBuf::from(path);
        let mut options = File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(&path) {
            Ok(file) => Ok(Beside { path, file, moved: false }),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => bail!(
                "{} is there: the key is being changed just now, or a change was cut off before \
                 it began. If none is running, remove that file and run this again",
                path.display()
            ),
            Err(error) => Err(error).with_context(|| format!("can't make {}", path.display())),
        }
    }

    /// Takes the key file's place, with its owner and its rights. At every moment one whole file
    /// is there, and it is on the disk before this comes back.
    fn replace(&mut self, key_file: &Path, text: &str) -> std::io::Result<()> {
        let old = std::fs::metadata(key_file)?;
        self.file.set_permissions(old.permissions())?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            let new = self.file.metadata()?;
            if (new.uid(), new.gid()) != (old.uid(), old.gid()) {
                std::os::unix::fs::fchown(&self.file, Some(old.uid()), Some(old.gid()))?;
            }
        }
        self.file.write_all(text.as_bytes())?;
        self.file.sync_all()?;
        std::fs::rename(&self.path, key_file)?;
        self.moved = true;
        if let Some(folder) = key_file.parent() {
            File::open(folder)?.sync_all()?;
        }
        Ok(())
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        if !self.moved {
            // It holds nothing that anybody needs.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}
