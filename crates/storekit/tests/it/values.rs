use proptest::prelude::*;
use storekit::testing::TestDb;
use storekit::{Error, Migration, Value, params, sql};

const KINDS: &[Migration] = &[Migration {
    name: "0001_kinds",
    sql: "CREATE TABLE kinds (
        id INTEGER PRIMARY KEY, i INTEGER, r REAL, t TEXT, b BLOB
    ) STRICT;",
}];

type Line = (Option<i64>, Option<f64>, Option<String>, Option<Vec<u8>>);

fn line() -> impl Strategy<Value = Line> {
    (
        any::<Option<i64>>(),
        proptest::option::of(prop::num::f64::NORMAL | prop::num::f64::ZERO),
        proptest::option::of("[^\0]{0,40}"),
        any::<Option<Vec<u8>>>(),
    )
}

async fn there_and_back(db: &TestDb, line: Line) -> Result<Line, Error> {
    db.write(move |tx| {
        let (i, r, t, b) = &line;
        tx.exec(sql!("DELETE FROM kinds"), params![])?;
        tx.exec(
            sql!("INSERT INTO kinds (id, i, r, t, b) VALUES (1, $1, $2, $3, $4)"),
            params![i, r, t, b],
        )?;
        let row = tx.one(
            sql!(
                "SELECT i, r, t, b FROM kinds
                 WHERE (i = $1 OR i IS NULL) AND (t = $2 OR t IS NULL) AND (b = $3 OR b IS NULL)"
            ),
            params![i, t, b],
        )?;
        Ok((row.get("i")?, row.get("r")?, row.get("t")?, row.get("b")?))
    })
    .await
}

#[test]
fn every_value_comes_back_as_it_went() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let db = runtime.block_on(TestDb::with(KINDS));
    proptest!(ProptestConfig::with_cases(150), |(line in line())| {
        let back = runtime.block_on(there_and_back(&db, line.clone()));
        prop_assert_eq!(back, Ok(line));
    });
    let _inside = runtime.enter();
    drop(db);
}

#[tokio::test]
async fn the_ends_of_the_numbers_come_back() {
    let db = TestDb::with(KINDS).await;
    for number in [i64::MIN, -1, 0, i64::MAX] {
        let line = (Some(number), Some(number as f64), None, Some(vec![]));
        assert_eq!(there_and_back(&db, line.clone()).await, Ok(line));
    }
}

#[tokio::test]
async fn what_one_engine_would_refuse_both_refuse() {
    let db = TestDb::with(KINDS).await;
    for value in [Value::from("a\0b"), Value::from(f64::NAN)] {
        let refused: Result<_, Error> = db
            .write(move |tx| {
                tx.exec(sql!("INSERT INTO kinds (id, t) VALUES (1, $1)"), params![&value])
            })
            .await;
        assert!(matches!(refused, Err(Error::Wrong(_))));
    }
    let misfit =
        db.write(|tx| tx.exec(sql!("INSERT INTO kinds (id, i) VALUES (1, $1)"), params!["seven"]));
    assert!(matches!(misfit.await, Err(Error::Wrong(_) | Error::Constraint("type"))));
}

#[tokio::test]
async fn a_column_that_does_not_fit_is_told_by_name() {
    let db = TestDb::with(KINDS).await;
    db.write(|tx| {
        tx.exec(sql!("INSERT INTO kinds (id, i, b) VALUES (300, 2, $1)"), params![[1_u8; 4]])
    })
    .await
    .expect("kept");
    let row = db
        .read(|tx| tx.one(sql!("SELECT id, i, t, b FROM kinds"), params![]))
        .await
        .expect("a row");
    let problem = |name: &str, problem| Err(Error::Column { name: name.into(), problem });
    assert_eq!(row.get::<[u8; 4]>("b"), Ok([1; 4]));
    assert_eq!(row.get::<Option<String>>("t"), Ok(None));
    assert_eq!(row.get::<String>("t"), problem("t", "is NULL").map(|(): ()| String::new()));
    let fit = "does not fit the type asked for";
    assert_eq!(row.get::<u8>("id"), problem("id", fit).map(|(): ()| 0));
    assert_eq!(row.get::<bool>("i"), problem("i", fit).map(|(): ()| true));
    assert_eq!(row.get::<[u8; 5]>("b"), problem("b", fit).map(|(): ()| [0; 5]));
    let gone = "is not in the answer";
    assert_eq!(row.get::<i64>("x"), problem("x", gone).map(|(): ()| 0));
}

#[tokio::test]
async fn sums_are_whole_numbers_of_64_bits_and_text_is_ordered_by_bytes() {
    let db = TestDb::with(KINDS).await;
    let found: Result<(i64, Vec<String>), Error> = db
        .write(|tx| {
            for (id, text) in [(1, "b"), (2, "B"), (3, "ä"), (4, "a")] {
                tx.exec(
                    sql!("INSERT INTO kinds (id, i, t) VALUES ($1, $2, $3)"),
                    params![id, 1_i64 << 40, text],
                )?;
            }
            let sum = tx.one(sql!("SELECT CAST(SUM(i) AS INTEGER) AS s FROM kinds"), params![])?;
            let rows = tx.all(sql!("SELECT t FROM kinds ORDER BY t, id"), params![])?;
            let texts: Result<_, Error> = rows.iter().map(|row| row.get("t")).collect();
            Ok((sum.get("s")?, texts?))
        })
        .await;
    let order = ["B", "a", "b", "ä"].map(String::from).to_vec();
    assert_eq!(found, Ok((1 << 42, order)));
}

#[test]
fn debug_output_shows_no_words() {
    let shown = format!("{:?}", params!["secret", 77, b"secret".as_slice()]);
    assert_eq!(shown, "[Text(…), Int(…), Blob(…)]");
}
