//! What is told when a write is kept, and to whom.
use std::time::Duration;

use storekit::testing::TestDb;
use storekit::{Db, Engine, Error, Heard, Listener, params, sql};

use crate::{add, count, is_sqlite, notes};

/// What is told next, as `channel text`; waits for it.
async fn next(listener: &mut Listener) -> String {
    let heard = tokio::time::timeout(Duration::from_secs(20), listener.next());
    match heard.await.expect("something comes").expect("the database is open") {
        Heard::Told(notice) => format!("{} {}", notice.channel(), notice.text()),
        Heard::Missed => "missed".to_owned(),
    }
}

async fn tell(db: &Db, text: &'static str) {
    let told = db.write(move |tx| tx.tell("news", text)).await;
    told.expect("a notice can be told");
}

#[tokio::test]
async fn what_was_kept_is_told_in_order() {
    let db = notes().await;
    let mut ana = db.listen().await.expect("she can listen");
    let mut ben = db.listen().await.expect("he too");
    let kept = db.write(|tx| {
        tx.exec(sql!("INSERT INTO note (group_id, id, body) VALUES (1, 1, 'a')"), params![])?;
        tx.tell("news", "it's \\ 'one'")?;
        tx.tell("other", "two")
    });
    kept.await.expect("kept");
    for listener in [&mut ana, &mut ben] {
        assert_eq!(next(listener).await, "news it's \\ 'one'");
        assert_eq!(next(listener).await, "other two");
    }
}

#[tokio::test]
async fn when_it_is_told_it_can_be_read() {
    let db = notes().await;
    let mut ana = db.listen().await.expect("she can listen");
    for id in 1..=20 {
        let writing = db.write(move |tx| {
            tx.exec(
                sql!("INSERT INTO note (group_id, id, body) VALUES (1, $1, 'a')"),
                params![id],
            )?;
            tx.tell("news", "")
        });
        let hearing = async {
            next(&mut ana).await;
            count(&db).await
        };
        let (written, count) = tokio::join!(writing, hearing);
        written.expect("kept");
        assert_eq!(count, id);
    }
}

#[tokio::test]
async fn what_was_not_kept_is_not_told() {
    let db = notes().await;
    let mut ana = db.listen().await.expect("she can listen");
    let refused = db.write(|tx| {
        tx.tell("news", "refused")?;
        Err::<(), Error>(Error::NoRow)
    });
    assert_eq!(refused.await, Err(Error::NoRow));
    let panicked = db.write(|tx| -> Result<(), Error> {
        tx.tell("news", "panicked")?;
        panic!("a test")
    });
    assert_eq!(panicked.await, Err(Error::Panicked));
    let broken = db.write(|tx| {
        tx.tell("news", "broken")?;
        tx.exec(
            sql!("INSERT INTO note (group_id, id, body) VALUES (1, 1, 'forbidden')"),
            params![],
        )
        .ok();
        Ok::<(), Error>(())
    });
    assert!(broken.await.is_err());
    tell(&db, "kept").await;
    assert_eq!(next(&mut ana).await, "news kept");
}

#[tokio::test]
async fn of_writes_in_one_commit_those_that_stay_are_told() {
    let db = notes().await;
    let mut ana = db.listen().await.expect("she can listen");
    let one = |id: i64| {
        db.write(move |tx| {
            tx.tell("news", &id.to_string())?;
            tx.exec(sql!("INSERT INTO note (group_id, id, body) VALUES (1, 7, 'a')"), params![])
        })
    };
    let (a, b, c) = tokio::join!(one(1), one(2), one(3));
    let kept: Vec<bool> = [a, b, c].iter().map(Result::is_ok).collect();
    assert_eq!(kept.iter().filter(|kept| **kept).count(), 1, "the row is there once");
    tell(&db, "end").await;
    let winner = kept.iter().position(|kept| *kept).expect("one") + 1;
    assert_eq!(next(&mut ana).await, format!("news {winner}"));
    assert_eq!(next(&mut ana).await, "news end");
}

#[tokio::test]
async fn a_look_tells_nothing_and_a_bad_notice_is_refused() {
    let db = notes().await;
    assert_eq!(db.read(|tx| tx.tell("news", "a look")).await, Err(Error::ReadOnly));
    let long = "x".repeat(8_000);
    let too_long = db.write(move |tx| tx.tell("news", &long)).await;
    assert!(matches!(too_long, Err(Error::Wrong(_))));
    assert!(matches!(db.tell("no channel", "").await, Err(Error::Wrong(_))));
    assert_eq!(add(&db, 1, "a").await, Ok(1));
}

#[tokio::test]
async fn something_can_be_told_that_is_stored_nowhere() {
    let db = notes().await;
    let mut ana = db.listen().await.expect("she can listen");
    db.tell("news", "here").await.expect("told");
    assert_eq!(next(&mut ana).await, "news here");
}

#[tokio::test]
async fn two_processes_on_one_postgresql_hear_each_other() {
    if is_sqlite() {
        return;
    }
    let one = notes().await;
    let two = one.another().await;
    let mut at_one = one.listen().await.expect("it can listen");
    let mut at_two = two.listen().await.expect("it can listen");
    tell(&one, "from one").await;
    tell(&two, "from two").await;
    for listener in [&mut at_one, &mut at_two] {
        assert_eq!(next(listener).await, "news from one");
        assert_eq!(next(listener).await, "news from two");
    }
}

#[tokio::test]
async fn after_a_cut_line_the_listener_knows_that_it_missed_something() {
    if is_sqlite() {
        return;
    }
    let db = notes().await;
    let mut ana = db.listen().await.expect("she can listen");
    tell(&db, "before").await;
    assert_eq!(next(&mut ana).await, "news before");
    let cut = db.write(|tx| {
        tx.all(
            sql!(
                "SELECT pg_terminate_backend(pid) AS cut
                 FROM pg_stat_activity
                 WHERE datname = current_database() AND query = 'LISTEN storekit'"
            ),
            params![],
        )
        .map(|rows| rows.len())
    });
    assert_eq!(cut.await, Ok(1), "one connection listens for the whole process");
    assert_eq!(next(&mut ana).await, "missed");
    tell(&db, "after").await;
    assert_eq!(next(&mut ana).await, "news after");
}

#[tokio::test]
async fn one_connection_listens_for_a_process_and_goes_when_it_closes() {
    let db = TestDb::from_env().await;
    let listeners = tokio::join!(db.listen(), db.listen());
    assert!(listeners.0.is_ok() && listeners.1.is_ok());
    if db.engine() == Engine::Sqlite {
        return;
    }
    let other = db.another().await;
    let count = || {
        other.read(|tx| {
            tx.one(
                sql!(
                    "SELECT COUNT(*) AS n
                     FROM pg_stat_activity
                     WHERE datname = current_database() AND query = 'LISTEN storekit'"
                ),
                params![],
            )?
            .get::<i64>("n")
        })
    };
    assert_eq!(count().await, Ok(1));
    db.close().await;
    let gone = async {
        while count().await != Ok(0) {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), gone).await.expect("it hangs up");
}
