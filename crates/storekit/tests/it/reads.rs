use std::sync::mpsc;

use storekit::{Error, Sql, params, sql};

use crate::{add, count, notes};

fn all() -> Sql {
    sql!("SELECT id FROM note WHERE group_id = 1 ORDER BY id")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_look_sees_one_state_from_its_first_select_to_its_last() {
    let db = notes().await;
    add(&db, 1, "a").await.expect("kept");
    let (seen, wait_seen) = mpsc::channel();
    let (go, wait_go) = mpsc::channel::<()>();
    let look = tokio::spawn({
        let db = db.clone();
        async move {
            db.read_long(move |tx| {
                let before = tx.all(all(), params![])?.len();
                seen.send(()).expect("the test listens");
                wait_go.recv().expect("the test lets go");
                Ok::<_, Error>((before, tx.all(all(), params![])?.len()))
            })
            .await
        }
    });
    tokio::task::spawn_blocking(move || wait_seen.recv().expect("it looks"))
        .await
        .expect("no panic");
    add(&db, 2, "b").await.expect("a reader is in nobody's way");
    go.send(()).expect("it waits");
    assert_eq!(look.await.expect("no panic"), Ok((1, 1)));
    assert_eq!(count(&db).await, 2);
}

#[tokio::test]
async fn a_look_cannot_write() {
    let db = notes().await;
    for long in [false, true] {
        let write = |tx: &mut storekit::Tx<'_>| {
            tx.exec(sql!("DELETE FROM note WHERE group_id = 1"), params![])
        };
        let refused = if long { db.read_long(write).await } else { db.read(write).await };
        assert_eq!(refused, Err(Error::ReadOnly));
    }
}

#[tokio::test]
async fn none_one_and_several_are_told_apart() {
    let db = notes().await;
    let one = || db.read(|tx| tx.one(all(), params![])?.get::<i64>("id"));
    assert_eq!(one().await, Err(Error::NoRow));
    add(&db, 5, "a").await.expect("kept");
    assert_eq!(one().await, Ok(5));
    add(&db, 6, "a").await.expect("kept");
    assert!(matches!(one().await, Err(Error::Wrong(_))));
    let rows = db.read(|tx| tx.all(all(), params![])).await.expect("two rows");
    let ids: Result<Vec<i64>, Error> = rows.iter().map(|row| row.get("id")).collect();
    assert_eq!(ids, Ok(vec![5, 6]));
}

#[tokio::test]
async fn a_list_finds_what_is_in_it() {
    let db = notes().await;
    for id in 1..=5 {
        add(&db, id, "a").await.expect("kept");
    }
    let found = db.read(|tx| {
        let text = sql!("SELECT id FROM note WHERE group_id = $1 AND id IN ($LIST) ORDER BY id");
        let rows = tx.all(text.with_list(3, 2)?, params![1, 4, 2, 99])?;
        rows.iter().map(|row| row.get("id")).collect::<Result<Vec<i64>, Error>>()
    });
    assert_eq!(found.await, Ok(vec![2, 4]));
}

#[tokio::test]
async fn places_may_stand_in_any_order_and_more_than_once() {
    let db = notes().await;
    add(&db, 2, "b").await.expect("kept");
    let found = db.read(|tx| {
        let text = sql!(
            "SELECT id FROM note WHERE body = $2 AND group_id = $1 AND (body = $2 OR id = $3)"
        );
        tx.one(text, params![1, "b", 77])?.get::<i64>("id")
    });
    assert_eq!(found.await, Ok(2));
}

#[tokio::test]
async fn a_panic_in_a_look_harms_no_later_one() {
    let db = notes().await;
    let inner = db.clone();
    let panicked: Result<(), Error> = inner
        .read(|tx| {
            tx.all(all(), params![])?;
            panic!("as if by a mistake")
        })
        .await;
    assert_eq!(panicked, Err(Error::Panicked));
    assert_eq!(count(&db).await, 0);
}

#[tokio::test]
async fn one_thread_may_use_many_databases() {
    for _ in 0..8 {
        let db = notes().await;
        add(&db, 1, "a").await.expect("kept");
        assert_eq!(count(&db).await, 1);
    }
}

#[tokio::test]
async fn a_wrong_statement_says_where_it_stands() {
    let db = notes().await;
    let Err(Error::Wrong(what)) =
        db.read(|tx| tx.all(sql!("SELECT id FROM nowhere"), params![])).await
    else {
        panic!("there is no such table");
    };
    assert!(what.contains("nowhere") && what.contains("reads.rs:"), "{what}");
    let few = db.read(|tx| tx.all(sql!("SELECT id FROM note WHERE id = $1"), params![]));
    assert!(matches!(few.await, Err(Error::Wrong(_))));
}
