//! Two who write at once, as if they came one after the other.
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Barrier, Mutex};

use storekit::{Db, Error, params, sql};

use crate::{Refusal, add, is_sqlite, notes};

#[tokio::test(flavor = "multi_thread")]
async fn the_last_place_goes_to_one_alone_across_two_processes() {
    let db = notes().await;
    let doors = [db.another().await, db.another().await];
    let people: Vec<_> = (0..200)
        .map(|id: i64| tokio::spawn(take_a_place(doors[id as usize % 2].clone(), id)))
        .collect();
    let mut seated = 0;
    for person in people {
        match person.await.expect("no panic") {
            Ok(()) => seated += 1,
            Err(Refusal::No) => {}
            Err(Refusal::Fault(fault)) => panic!("{fault}"),
        }
    }
    assert_eq!(seated, 12);
    assert_eq!(crate::count(&db).await, 12);
}

async fn take_a_place(db: Db, id: i64) -> Result<(), Refusal> {
    db.write(move |tx| {
        let row = tx.one(sql!("SELECT COUNT(*) AS n FROM note WHERE group_id = 1"), params![])?;
        if row.get::<i64>("n")? >= 12 {
            return Err(Refusal::No);
        }
        tx.exec(sql!("INSERT INTO note (group_id, id, body) VALUES (1, $1, 'seat')"), params![id])?;
        Ok(())
    })
    .await
}

/// Each of two takes one duty off, if the other still has theirs: both look
/// before either acts, and both would go.
#[tokio::test(flavor = "multi_thread")]
async fn of_two_crossing_writes_one_is_run_again_at_the_same_moment() {
    if is_sqlite() {
        return;
    }
    let db = notes().await;
    for id in [1, 2] {
        add(&db, id, "on duty").await.expect("kept");
    }
    let both_have_looked = Arc::new(Barrier::new(2));
    let moments = Arc::new(Mutex::new(Vec::new()));
    let leave = |id: i64| {
        let (db, moments) = (db.clone(), moments.clone());
        let (barrier, runs) = (both_have_looked.clone(), AtomicU32::new(0));
        tokio::spawn(async move {
            db.write(move |tx| {
                moments.lock().expect("no panic").push((id, tx.now()));
                let on_duty = tx.all(
                    sql!("SELECT id FROM note WHERE group_id = 1 AND body = 'on duty'"),
                    params![],
                )?;
                if runs.fetch_add(1, Ordering::SeqCst) == 0 {
                    barrier.wait();
                }
                if on_duty.len() < 2 {
                    return Err(Refusal::No);
                }
                // The fault is swallowed on purpose: it must be run again even so.
                tx.exec(
                    sql!("UPDATE note SET body = 'home' WHERE group_id = 1 AND id = $1"),
                    params![id],
                )
                .map_err(|_| Refusal::No)?;
                Ok(())
            })
            .await
        })
    };
    let (one, two) = (leave(1), leave(2));
    let answers = [one.await.expect("no panic"), two.await.expect("no panic")];
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    assert!(answers.contains(&Err(Refusal::No)));
    let mut moments = moments.lock().expect("no panic").clone();
    assert_eq!(moments.len(), 3, "one of the two was run twice");
    moments.sort_unstable();
    moments.dedup();
    assert_eq!(moments.len(), 2, "at the same moment");
}

#[tokio::test(flavor = "multi_thread")]
async fn more_writes_than_connections_wait_their_turn() {
    let db = notes().await;
    let writes: Vec<_> = (0..40)
        .map(|id| {
            let db = db.clone();
            tokio::spawn(async move { add(&db, id, "a").await })
        })
        .collect();
    for write in writes {
        assert_eq!(write.await.expect("no panic"), Ok(1));
    }
    assert_eq!(crate::count(&db).await, 40);
}

#[tokio::test]
async fn a_connection_that_the_server_cut_is_replaced() {
    if is_sqlite() {
        return;
    }
    let db = notes().await;
    add(&db, 1, "a").await.expect("kept");
    let cut: Result<(), Error> = db
        .another()
        .await
        .read(|tx| {
            tx.all(
                sql!(
                    "SELECT CAST(pg_terminate_backend(pid) AS TEXT) AS cut FROM pg_stat_activity
                     WHERE datname = current_database() AND pid <> pg_backend_pid()"
                ),
                params![],
            )
            .map(drop)
        })
        .await;
    assert_eq!(cut, Ok(()));
    assert_eq!(add(&db, 2, "b").await, Ok(1));
    assert_eq!(crate::count(&db).await, 2);
}
