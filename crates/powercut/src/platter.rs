//! What would be there after a power cut: pure, no I/O.

use std::collections::{BTreeMap, BTreeSet};

use crate::chance::Chance;

/// Bytes of which a disk writes all or none.
const SECTOR: usize = 512;
/// What stands where a file has grown and nothing was written yet.
const JUNK: u8 = 0xd5;

/// What a power cut takes away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// All that was not synced.
    Everything,
    /// Of each sector, length and name whatever chance wants, between the last sync and the cut. The
    /// same seed and the same operations lose the same.
    ByChance(u64),
}

/// Files by their names.
pub type Folder = BTreeMap<String, Vec<u8>>;

/// A file, whatever it is called, and even when it has no name any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Id(usize);

/// One folder as it lies on the disk, with what waits to get there.
#[derive(Default)]
pub struct Platter {
    files: Vec<File>,
    /// The names that programs see.
    seen: BTreeMap<String, Id>,
    /// The names that last.
    kept: BTreeMap<String, Id>,
}

#[derive(Default)]
struct File {
    kept: Vec<u8>,
    waiting: Vec<Change>,
}

enum Change {
    Write(usize, Vec<u8>),
    Length(usize),
}

impl Platter {
    /// A folder whose files are all on the disk.
    pub fn of(folder: Folder) -> Platter {
        let mut platter = Platter::default();
        for (name, kept) in folder {
            let id = platter.add(File { kept, waiting: Vec::new() });
            platter.seen.insert(name, id);
        }
        platter.sync_names();
        platter
    }

    fn add(&mut self, file: File) -> Id {
        self.files.push(file);
        Id(self.files.len() - 1)
    }

    /// The file of this name, if there is one.
    pub fn find(&self, name: &str) -> Option<Id> {
        self.seen.get(name).copied()
    }

    /// A new file, whose name does not last yet.
    pub fn make(&mut self, name: &str) -> Id {
        let id = self.add(File::default());
        self.seen.insert(name.to_owned(), id);
        id
    }

    /// Takes a name away, but not for good yet.
    pub fn unlink(&mut self, name: &str) {
        self.seen.remove(name);
    }

    /// From now on the names last as they are.
    pub fn sync_names(&mut self) {
        self.kept = self.seen.clone();
    }

    /// Bytes that wait.
    pub fn write(&mut self, id: Id, at: usize, bytes: &[u8]) {
        self.files[id.0].waiting.push(Change::Write(at, bytes.to_vec()));
    }

    /// Another length that waits.
    pub fn set_length(&mut self, id: Id, length: usize) {
        self.files[id.0].waiting.push(Change::Length(length));
    }

    /// From now on the file lasts as it is.
    pub fn sync(&mut self, id: Id) {
        let File { kept, waiting } = &mut self.files[id.0];
        for change in waiting.drain(..) {
            match change {
                Change::Write(at, bytes) => overlay(kept, at, &bytes),
                Change::Length(length) => kept.resize(length, 0),
            }
        }
    }

    /// What is there when the power comes back.
    pub fn survivors(&self, loss: Loss) -> Folder {
        match loss {
            Loss::Everything => self.names(|id| self.files[id.0].kept.clone()),
            Loss::ByChance(seed) => self.by_chance(&mut Chance(seed)),
        }
    }

    fn names(&self, read: impl Fn(Id) -> Vec<u8>) -> Folder {
        self.kept.iter().map(|(name, id)| (name.clone(), read(*id))).collect()
    }

    fn by_chance(&self, chance: &mut Chance) -> Folder {
        let names: BTreeSet<&String> = self.seen.keys().chain(self.kept.keys()).collect();
        let mut folder = Folder::new();
        for name in names {
            let entries = if chance.below(2) == 0 { &self.kept } else { &self.seen };
            if let Some(id) = entries.get(name) {
                folder.insert(name.clone(), self.files[id.0].torn(chance));
            }
        }
        folder
    }
}

impl File {
    fn torn(&self, chance: &mut Chance) -> Vec<u8> {
        let is_length = |change: &&Change| matches!(change, Change::Length(_));
        // Lengths are written in order: so many of them came through.
        let lengths = chance.below(self.waiting.iter().filter(is_length).count() + 1);
        let possible = self.possible_lengths(lengths);
        let length = possible[chance.below(possible.len())];
        let mut bytes = Vec::with_capacity(length + SECTOR);
        for start in (0..length).step_by(SECTOR) {
            let mut states = self.states(start, lengths);
            let mut state = states.swap_remove(chance.below(states.len()));
            state.resize(SECTOR, JUNK);
            bytes.extend(state);
        }
        bytes.truncate(length);
        bytes
    }

    /// The lengths that the file had since so many of the waiting lengths.
    fn possible_lengths(&self, came_through: usize) -> Vec<usize> {
        let mut possible = vec![self.kept.len()];
        let mut passed = 0;
        for change in &self.waiting {
            match change {
                Change::Write(at, bytes) => {
                    let last = possible.last().copied().unwrap_or_default();
                    possible.push(last.max(at + bytes.len()));
                }
                Change::Length(_) if passed == came_through => break,
                Change::Length(length) => {
                    passed += 1;
                    possible = vec![*length];
                }
            }
        }
        possible
    }

    /// All that may stand in the sector that begins at `start`.
    fn states(&self, start: usize, came_through: usize) -> Vec<Vec<u8>> {
        let kept = self.kept.get(start..).unwrap_or_default();
        let mut states = vec![kept[..kept.len().min(SECTOR)].to_vec()];
        let mut passed = 0;
        for change in &self.waiting {
            match change {
                Change::Write(at, bytes) => {
                    let (from, to) = (start.max(*at), (start + SECTOR).min(at + bytes.len()));
                    if from < to {
                        let mut state = states.last().cloned().unwrap_or_default();
                        overlay(&mut state, from - start, &bytes[from - at..to - at]);
                        states.push(state);
                    }
                }
                Change::Length(length) => {
                    passed += 1;
                    let cuts_here = *length < start + SECTOR;
                    if cuts_here && passed > came_through {
                        // Later bytes of this place belong to a part that is not there.
                        break;
                    }
                    if cuts_here {
                        states
                            .iter_mut()
                            .for_each(|one| one.truncate(length.saturating_sub(start)));
                    }
                }
            }
        }
        states
    }
}

fn overlay(all: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    let end = at + bytes.len();
    if all.len() < end {
        all.resize(end, 0);
    }
    all[at..end].copy_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "a";

    fn with(kept: &[u8]) -> (Platter, Id) {
        let platter = Platter::of(Folder::from([(A.to_owned(), kept.to_vec())]));
        let id = platter.find(A).unwrap();
        (platter, id)
    }

    /// Everything that chance can leave of one file.
    fn outcomes(platter: &Platter) -> BTreeSet<Option<Vec<u8>>> {
        let left = |seed| platter.survivors(Loss::ByChance(seed)).remove(A);
        (0..400).map(left).collect()
    }

    #[test]
    fn what_was_synced_stays_and_the_rest_goes() {
        let (mut platter, id) = with(b"old");
        platter.write(id, 0, b"new and longer");
        assert_eq!(platter.survivors(Loss::Everything)[A], b"old");
        platter.sync(id);
        platter.write(id, 0, b"NEW");
        assert_eq!(platter.survivors(Loss::Everything)[A], b"new and longer");
    }

    #[test]
    fn a_name_lasts_once_the_folder_is_synced() {
        let mut platter = Platter::default();
        let id = platter.make(A);
        platter.write(id, 0, b"x");
        platter.sync(id);
        assert!(platter.survivors(Loss::Everything).is_empty());
        assert_eq!(outcomes(&platter), BTreeSet::from([None, Some(b"x".to_vec())]));
        platter.sync_names();
        assert_eq!(platter.survivors(Loss::Everything)[A], b"x");
        platter.unlink(A);
        assert_eq!(platter.survivors(Loss::Everything)[A], b"x");
        platter.sync_names();
        assert!(platter.survivors(Loss::Everything).is_empty());
    }

    #[test]
    fn a_new_file_of_an_old_name_leaves_one_of_the_two() {
        let (mut platter, _) = with(b"first");
        platter.unlink(A);
        let second = platter.make(A);
        platter.write(second, 0, b"second");
        platter.sync(second);
        let two = [Some(b"first".to_vec()), Some(b"second".to_vec())];
        assert_eq!(outcomes(&platter), BTreeSet::from(two));
    }

    #[test]
    fn each_sector_comes_through_by_itself_and_whole() {
        let (mut platter, id) = with(&[0; 2 * SECTOR]);
        platter.write(id, SECTOR - 2, &[1; 4]);
        let ends = outcomes(&platter).into_iter().flatten();
        let ends: BTreeSet<[u8; 4]> =
            ends.map(|bytes| bytes[SECTOR - 2..SECTOR + 2].try_into().unwrap()).collect();
        let all = [[0, 0, 0, 0], [0, 0, 1, 1], [1, 1, 0, 0], [1, 1, 1, 1]];
        assert_eq!(ends, BTreeSet::from(all));
    }

    #[test]
    fn a_sector_shows_the_states_it_had_and_no_other() {
        let (mut platter, id) = with(b"0");
        platter.write(id, 0, b"1");
        platter.write(id, 0, b"2");
        let had = [b"0", b"1", b"2"].map(|one| Some(one.to_vec()));
        assert_eq!(outcomes(&platter), BTreeSet::from(had));
    }

    #[test]
    fn where_a_file_grew_there_may_be_junk() {
        let (mut platter, id) = with(b"");
        platter.write(id, 0, &[1; SECTOR]);
        let all = [Vec::new(), vec![JUNK; SECTOR], vec![1; SECTOR]].map(Some);
        assert_eq!(outcomes(&platter), BTreeSet::from(all));
    }

    #[test]
    fn what_was_cut_off_does_not_come_back_behind_what_is_new() {
        let (mut platter, id) = with(&[1; 2 * SECTOR]);
        platter.set_length(id, 0);
        platter.write(id, 0, &[2; SECTOR]);
        let all = [Vec::new(), vec![JUNK; SECTOR], vec![2; SECTOR], vec![1; 2 * SECTOR]];
        assert_eq!(outcomes(&platter), BTreeSet::from(all.map(Some)));
    }

    #[test]
    fn the_same_seed_loses_the_same() {
        let (mut platter, id) = with(&[0; 20 * SECTOR]);
        platter.write(id, 0, &[1; 20 * SECTOR]);
        let left = |seed| platter.survivors(Loss::ByChance(seed));
        assert_eq!(left(7), left(7));
        assert_ne!(left(7), left(8));
    }
}
