//! A folder whose power can be cut.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use crate::platter::{Folder, Id, Loss, Platter};
use crate::vfs;

/// What a disk does not do any more, though it still reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refuse {
    /// It is full: no file grows. What fits into the files as they are is written.
    Growing,
    /// It is read-only, as after an error of the disk.
    Writing,
}

/// A folder whose power can be cut. It is watched until this is dropped; files that are open then stay so.
pub struct Disk {
    folder: PathBuf,
    state: Shared,
}

pub(crate) type Shared = Arc<Mutex<State>>;

static DISKS: Mutex<BTreeMap<PathBuf, Weak<Mutex<State>>>> = Mutex::new(BTreeMap::new());

impl Disk {
    /// Watches a folder. All files in it now are taken to be on the disk.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn new(folder: &Path) -> io::Result<Disk> {
        vfs::register();
        let folder = folder.canonicalize()?;
        let state = State { platter: Platter::of(read(&folder)?), ..State::default() };
        let state = Arc::new(Mutex::new(state));
        lock(&DISKS).insert(folder.clone(), Arc::downgrade(&state));
        Ok(Disk { folder, state })
    }

    /// The power goes during the operation of this number from now (from 1): a write, another length,
    /// a sync, a file deleted.
    pub fn cut_after(&self, operations: u64, loss: Loss) {
        let mut state = lock(&self.state);
        state.cut_at = Some((state.operations + operations, loss));
    }

    /// The power goes now.
    pub fn cut(&self, loss: Loss) {
        lock(&self.state).cut(loss);
    }

    /// Whether the power is gone.
    pub fn is_dark(&self) -> bool {
        lock(&self.state).survivors.is_some()
    }

    /// How many operations there were so far.
    pub fn operations(&self) -> u64 {
        lock(&self.state).operations
    }

    /// From now on it takes no more, or less.
    pub fn refuse(&self, what: Option<Refuse>) {
        lock(&self.state).refuses = what;
    }

    /// Writes what came through into another folder: what the machine finds when the power is back.
    ///
    /// # Errors
    /// When the power is still there, and when the files cannot be written.
    pub fn salvage(&self, into: &Path) -> io::Result<()> {
        let state = lock(&self.state);
        let Some(survivors) = &state.survivors else {
            return Err(io::Error::other("the power is still there"));
        };
        survivors.iter().try_for_each(|(name, bytes)| std::fs::write(into.join(name), bytes))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        lock(&DISKS).remove(&self.folder);
    }
}

/// The disk that a file lies on, and the file's name there.
pub(crate) fn find(path: &Path) -> Option<(Shared, String)> {
    let name = path.file_name()?.to_str()?.to_owned();
    let disk = lock(&DISKS).get(path.parent()?)?.upgrade()?;
    Some((disk, name))
}

#[derive(Default)]
pub(crate) struct State {
    pub platter: Platter,
    pub refuses: Option<Refuse>,
    operations: u64,
    cut_at: Option<(u64, Loss)>,
    survivors: Option<Folder>,
}

/// The power is gone.
pub(crate) struct Dark;

impl State {
    /// Whether the power is there.
    pub fn lit(&self) -> Result<(), Dark> {
        if self.survivors.is_some() { Err(Dark) } else { Ok(()) }
    }

    /// Counts an operation that has reached the platter's queue. The power may go in the middle of it.
    pub fn count(&mut self) -> Result<(), Dark> {
        self.operations += 1;
        if let Some((at, loss)) = self.cut_at
            && self.operations >= at
        {
            self.cut(loss);
        }
        self.lit()
    }

    fn cut(&mut self, loss: Loss) {
        if self.survivors.is_none() {
            self.survivors = Some(self.platter.survivors(loss));
        }
    }

    /// The file of this name, known to be there. What others wrote into it unseen is not synced.
    pub fn opened(&mut self, path: &Path, name: &str) -> Id {
        self.platter.find(name).unwrap_or_else(|| {
            let id = self.platter.make(name);
            let bytes = std::fs::read(path).unwrap_or_default();
            self.platter.write(id, 0, &bytes);
            id
        })
    }
}

// What is behind these locks is whole at every moment.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn read(folder: &Path) -> io::Result<Folder> {
    let mut files = Folder::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        // SQLite makes the index of the log anew after a crash.
        if let Ok(name) = entry.file_name().into_string()
            && entry.file_type()?.is_file()
            && !name.ends_with("-shm")
        {
            files.insert(name, std::fs::read(entry.path())?);
        }
    }
    Ok(files)
}
