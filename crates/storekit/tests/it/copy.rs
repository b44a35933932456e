use storekit::testing::TestDb;
use storekit::{Db, Error, Migration, Value, params, sql};

use crate::{add, count, notes};

const EVERY_KIND: &[Migration] = &[Migration {
    name: "0001_kinds",
    sql: "CREATE TABLE kinds (
        id INTEGER NOT NULL PRIMARY KEY,
        whole INTEGER,
        part REAL,
        words TEXT,
        bytes BLOB
    ) STRICT;",
}];

type Row = (Vec<String>, Vec<Value>);

async fn rows(db: &Db, table: &'static str) -> Result<Vec<Row>, Error> {
    db.read_long(move |tx| {
        let mut rows = Vec::new();
        tx.copy_out(table, |columns, values| {
            rows.push((columns.to_vec(), values));
            Ok::<_, Error>(())
        })?;
        Ok(rows)
    })
    .await
}

#[tokio::test]
async fn a_table_copied_out_and_in_is_the_same_table() {
    let (from, to) = (TestDb::with(EVERY_KIND).await, TestDb::with(EVERY_KIND).await);
    let filled = from.write(|tx| {
        let text =
            sql!("INSERT INTO kinds (id, whole, part, words, bytes) VALUES ($1, $2, $3, $4, $5)");
        tx.exec(text.clone(), params![1, -7, 0.5, "Żółć", [0_u8, 255]])?;
        let none = None::<i64>;
        let empty = (None::<f64>, None::<String>, None::<Vec<u8>>);
        tx.exec(text, params![2, none, empty.0, empty.1, empty.2])
    });
    filled.await.expect("filled");
    let copied = rows(&from, "kinds").await.expect("copied out");
    let put = copied.clone();
    to.write(move |tx| {
        put.iter().try_for_each(|(columns, values)| tx.copy_in("kinds", columns, values))
    })
    .await
    .expect("copied in");
    let mut again = rows(&to, "kinds").await.expect("copied out");
    again.sort_by_key(|(_, values)| format!("{:?}", values.first()));
    assert_eq!(again.len(), 2);
    assert!(copied.iter().all(|row| again.contains(row)));
}

#[tokio::test]
async fn more_rows_than_one_fetch_all_come() {
    let db = notes().await;
    for id in 0..1203 {
        add(&db, id, "a").await.expect("kept");
    }
    assert_eq!(rows(&db, "note").await.expect("copied").len(), 1203);
    assert_eq!(rows(&db, "answer").await.expect("copied").len(), 0);
    assert_eq!(rows(&db, "note").await.expect("copied again").len(), 1203);
    assert_eq!(count(&db).await, 1203);
}

#[tokio::test]
async fn whoever_reads_may_stop() {
    let db = notes().await;
    for id in 0..5 {
        add(&db, id, "a").await.expect("kept");
    }
    let stopped = db.read_long(|tx| tx.copy_out("note", |_, _| Err(Error::Closed))).await;
    assert_eq!(stopped, Err(Error::Closed));
}

#[tokio::test]
async fn nothing_but_a_name_gets_into_a_statement() {
    let db = notes().await;
    for name in ["note; DROP TABLE note", "Note", "", "1", "note --"] {
        assert!(matches!(rows(&db, name).await, Err(Error::Wrong(_))));
        let columns = vec![name.to_owned()];
        let put = db.write(move |tx| tx.copy_in("note", &columns, params![1])).await;
        assert!(matches!(put, Err(Error::Wrong(_))));
    }
    assert_eq!(count(&db).await, 0);
}

#[tokio::test]
async fn a_database_knows_its_migrations() {
    let db = notes().await;
    let names = db.read(|tx| tx.migrations()).await.expect("read");
    assert_eq!(names, ["0001_note"]);
}
