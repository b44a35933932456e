//! Full disks, read-only disks, files that are no database, copies.
use std::fs;

use powercut::{Disk, Refuse};
use storekit::testing::{START, Start, TestDb, counted_chance};
use storekit::{Db, Engine, Error, Options, Settings, Target, params, sql};

use crate::{NOTES, add, count, is_sqlite};

async fn small(pages: u32) -> TestDb {
    let start = Start {
        options: Options { most_pages: Some(pages), ..Options::default() },
        ..Start::with(NOTES)
    };
    TestDb::start(Engine::Sqlite, start).await
}

async fn open(target: Target) -> Result<Db, Error> {
    Db::open(Settings {
        target,
        clock: std::sync::Arc::new(|| START),
        chance: counted_chance(1),
        pool: 1,
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_full_disk_what_was_answered_with_success_is_there_and_nothing_else() {
    if !is_sqlite() {
        return;
    }
    let db = small(40).await;
    let long = "x".repeat(3000);
    let writes: Vec<_> = (0..200)
        .map(|id| {
            let (db, long) = (db.clone(), long.clone());
            tokio::spawn(async move {
                db.write(move |tx| {
                    for part in 0..2 {
                        tx.exec(
                            sql!("INSERT INTO note (group_id, id, body) VALUES (1, $1, $2)"),
                            params![id * 2 + part, &long],
                        )?;
                    }
                    Ok::<(), Error>(())
                })
                .await
            })
        })
        .collect();
    let mut kept = 0;
    for write in writes {
        match write.await.expect("no panic") {
            Ok(()) => kept += 1,
            Err(error) => assert_eq!(error, Error::Full),
        }
    }
    assert!((1..200).contains(&kept), "{kept}");
    assert_eq!(count(&db).await, kept * 2, "no half writes");
    let freed = db.write(|tx| tx.exec(sql!("DELETE FROM note WHERE group_id = 1"), params![]));
    assert!(freed.await.is_ok(), "room can be made");
    assert_eq!(add(&db, 1, "small").await, Ok(1));
}

#[tokio::test]
async fn a_write_too_big_for_the_disk_fails_alone() {
    if !is_sqlite() {
        return;
    }
    let db = small(60).await;
    let (go, wait) = std::sync::mpsc::channel::<()>();
    let held = db.write(move |_| {
        wait.recv().ok();
        Ok::<(), Error>(())
    });
    let huge = "x".repeat(1_000_000);
    // Polled in this order on one thread: all wait in the queue behind the first.
    let (held, first, too_big, last, ()) = tokio::join!(
        held,
        add(&db, 1, "small"),
        add(&db, 2, &huge),
        add(&db, 3, "small"),
        async move { drop(go) }
    );
    assert_eq!((held, first, last), (Ok(()), Ok(1), Ok(1)));
    assert_eq!(too_big, Err(Error::Full));
    assert_eq!(count(&db).await, 2);
}

#[tokio::test]
async fn a_disk_that_takes_no_more_is_told_and_can_be_read() {
    if !is_sqlite() {
        return;
    }
    let db = small(1000).await;
    let Target::Sqlite(file) = db.target() else {
        panic!("it is SQLite");
    };
    let disk = Disk::new(file.parent().expect("it lies in a folder")).expect("watched");
    let options = Options { vfs: Some(powercut::VFS.into()), ..Options::default() };
    let here = db.another_by(db.target(), options.clone()).await;
    assert_eq!(add(&here, 1, "a").await, Ok(1));
    here.checkpoint().await.expect("nobody is looking");
    for (refuse, error) in [(Refuse::Growing, Error::Full), (Refuse::Writing, Error::ReadOnly)] {
        disk.refuse(Some(refuse));
        assert_eq!(add(&here, 2, "b").await, Err(error));
        assert_eq!(count(&here).await, 1);
    }
    let late = db.another_by(db.target(), options).await;
    assert_eq!(add(&late, 2, "b").await, Err(Error::ReadOnly));
    assert_eq!(count(&late).await, 1);
    disk.refuse(None);
    assert_eq!(add(&here, 2, "b").await, Ok(1));
}

#[tokio::test]
async fn a_file_that_is_no_database_is_told() {
    if !is_sqlite() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("letter.txt");
    fs::write(&file, "Dear reader, this is no database. ".repeat(40)).expect("written");
    assert!(matches!(open(Target::Sqlite(file)).await, Err(Error::Lost(_))));
    let nowhere = folder.path().join("no/such/folder/a.db");
    assert!(matches!(open(Target::Sqlite(nowhere)).await, Err(Error::Lost(_))));
}

#[cfg(unix)]
#[tokio::test]
async fn the_file_is_for_this_account_alone() {
    use std::os::unix::fs::PermissionsExt;
    if !is_sqlite() {
        return;
    }
    let db = small(1000).await;
    let Target::Sqlite(file) = db.target() else {
        panic!("it is SQLite");
    };
    let rights = fs::metadata(file).expect("there").permissions().mode();
    assert_eq!(rights & 0o077, 0);
}

#[tokio::test]
async fn what_was_deleted_is_in_no_file_after_a_checkpoint() {
    if !is_sqlite() {
        return;
    }
    let db = small(1000).await;
    add(&db, 1, "only-for-a-while").await.expect("kept");
    let Target::Sqlite(file) = db.target() else {
        panic!("it is SQLite");
    };
    let everywhere = || {
        let folder = file.parent().expect("it lies in a folder");
        let files = fs::read_dir(folder).expect("readable");
        files
            .flat_map(|entry| fs::read(entry.expect("readable").path()).expect("readable"))
            .collect::<Vec<u8>>()
    };
    let is_there = || everywhere().windows(16).any(|part| part == b"only-for-a-while");
    assert!(is_there());
    let delete = db.write(|tx| tx.exec(sql!("DELETE FROM note WHERE group_id = 1"), params![]));
    delete.await.expect("deleted");
    db.checkpoint().await.expect("nobody is looking");
    assert!(!is_there());
}

#[tokio::test]
async fn postgres_empties_its_log_by_itself() {
    if is_sqlite() {
        return;
    }
    let db = TestDb::postgres().await;
    assert_eq!(db.checkpoint().await, Ok(()));
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told_without_the_password() {
    let url = "postgres://someone:secret@127.0.0.1:1/none";
    let Err(error) = open(Target::Postgres(url.into())).await else {
        panic!("nobody listens on port 1");
    };
    assert!(matches!(error, Error::Lost(_)));
    let Err(bad) = open(Target::Postgres("postgres://u:secret@[".into())).await else {
        panic!("that is no address");
    };
    assert!(!format!("{error:?} {bad:?}").contains("secret"));
}
