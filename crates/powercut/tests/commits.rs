//! Which of SQLite's settings keep what they answered, on a disk that forgets.

use std::path::Path;

use powercut::{Disk, Loss, Refuse};
use rusqlite::{Connection, ErrorCode, OpenFlags};
use tempfile::TempDir;

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

fn open(folder: &Path) -> Result<Connection, rusqlite::Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    Connection::open_with_flags_and_vfs(folder.join("a.db"), flags, powercut::VFS)
}

fn add(db: &Connection, id: i64) -> Result<usize, rusqlite::Error> {
    let body = "x".repeat(id as usize * 379 % 9_000);
    db.execute("INSERT INTO note (id, body) VALUES (?1, ?2)", (id, body))
}

/// What a cut left of the writes that had been answered.
struct Left {
    whole: bool,
    lost: i64,
}

/// Writes until the power goes, and looks what is there when it is back.
fn cut(settings: &str, seed: u64, loss: Loss) -> Left {
    let (before, after) = (folder(), folder());
    let disk = Disk::new(before.path()).expect("watched");
    let db = open(before.path()).expect("opened");
    db.execute_batch("CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT)").expect("made");
    db.execute_batch(settings).expect("set");
    disk.cut_after(1 + seed * 7 % 300, loss);
    let answered = (1..).take_while(|id| add(&db, *id).is_ok()).count() as i64;
    assert!(disk.is_dark());
    disk.salvage(after.path()).expect("the power is gone");
    let db = Connection::open(after.path().join("a.db")).expect("opened");
    let ask = |text| db.query_row(text, [], |row| row.get::<_, String>(0));
    let whole = ask("PRAGMA integrity_check").is_ok_and(|said| said == "ok");
    let found = db.query_row("SELECT COUNT(*) FROM note", [], |row| row.get::<_, i64>(0));
    Left { whole, lost: answered - found.unwrap_or(0).min(answered) }
}

fn cuts(settings: &str) -> Vec<Left> {
    let losses = |seed| [(seed, Loss::Everything), (seed, Loss::ByChance(seed))];
    (0..150).flat_map(losses).map(|(seed, loss)| cut(settings, seed, loss)).collect()
}

#[test]
fn the_log_with_full_syncs_keeps_all_that_was_answered() {
    // Small, so that the log is emptied into the file again and again.
    let all =
        cuts("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 8");
    assert!(all.iter().all(|left| left.whole && left.lost == 0));
}

#[test]
fn the_log_with_fewer_syncs_stays_whole_and_loses_the_last_writes() {
    let all = cuts(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 8",
    );
    assert!(all.iter().all(|left| left.whole));
    assert!(all.iter().any(|left| left.lost > 0));
}

#[test]
fn a_journal_whose_name_is_synced_keeps_all_that_was_answered() {
    let all = cuts("PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA");
    assert!(all.iter().all(|left| left.whole && left.lost == 0));
}

/// SQLite says so of itself: a journal that was deleted may be there again, and undoes the last write.
#[test]
fn a_journal_whose_name_is_not_synced_may_lose_the_last_write() {
    let all = cuts("PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL");
    assert!(all.iter().all(|left| left.whole && left.lost <= 1));
    assert!(all.iter().any(|left| left.lost == 1));
}

#[test]
fn without_syncs_writes_are_lost_and_files_are_torn() {
    for settings in ["PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 8", ""] {
        let all = cuts(&format!("{settings}; PRAGMA synchronous = OFF"));
        assert!(all.iter().any(|left| left.lost > 1), "{settings}");
        assert!(all.iter().any(|left| !left.whole), "{settings}");
    }
}

#[test]
fn after_the_cut_nothing_works_and_before_it_nothing_can_be_salvaged() {
    let (folder, another) = (folder(), folder());
    let disk = Disk::new(folder.path()).unwrap();
    let db = open(folder.path()).unwrap();
    assert!(disk.salvage(another.path()).is_err());
    disk.cut(Loss::Everything);
    assert!(db.execute_batch("CREATE TABLE note (id INTEGER PRIMARY KEY)").is_err());
    assert!(open(folder.path()).is_err());
    disk.salvage(another.path()).unwrap();
    assert_eq!(std::fs::read_dir(another.path()).unwrap().count(), 0, "its name was not synced");
}

#[test]
fn a_file_of_another_folder_is_not_opened() {
    let (folder, another) = (folder(), folder());
    let disk = Disk::new(folder.path()).unwrap();
    assert!(open(another.path()).is_err());
    drop(disk);
    assert!(open(folder.path()).is_err());
}

#[test]
fn what_is_full_or_read_only_can_still_be_read() {
    let folder = folder();
    let disk = Disk::new(folder.path()).unwrap();
    let db = open(folder.path()).unwrap();
    db.execute_batch(
        "PRAGMA journal_mode = WAL; CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT)",
    )
    .unwrap();
    assert_eq!(add(&db, 1).unwrap(), 1);
    let count = |db: &Connection| {
        db.query_row("SELECT COUNT(*) FROM note", [], |row| row.get::<_, i64>(0)).unwrap()
    };
    for (refuse, code) in
        [(Refuse::Growing, ErrorCode::DiskFull), (Refuse::Writing, ErrorCode::SystemIoFailure)]
    {
        disk.refuse(Some(refuse));
        let refused = add(&db, 2).expect_err("it takes no more");
        assert_eq!(refused.sqlite_error_code(), Some(code));
        assert_eq!(count(&db), 1);
    }
    let late = open(folder.path()).unwrap();
    assert_eq!(
        add(&late, 2).expect_err("it is read-only").sqlite_error_code(),
        Some(ErrorCode::ReadOnly)
    );
    assert_eq!(count(&late), 1);
    disk.refuse(None);
    assert_eq!(add(&db, 2).unwrap(), 1);
}
