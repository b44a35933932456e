use std::path::Path;

use storekit::testing::{TestDb, statements_in};
use storekit::{Error, params, sql};

use crate::{NOTES, notes};

#[tokio::test]
async fn every_statement_of_these_tests_is_found_and_can_be_read_by_the_engine() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    let found = statements_in(&folder).expect("readable sources");
    let here = sql!("SELECT body FROM note WHERE group_id = $1 AND id IN ($LIST)");
    assert!(found.iter().any(|one| one.text == here.text()
        && one.line == here.line()
        && one.file.ends_with("statements.rs")));
    let db = TestDb::with(NOTES).await;
    let notes = |text: &str| text.contains(" note ");
    let of_notes: Vec<_> = found.iter().filter(|one| notes(&one.text)).collect();
    assert!(of_notes.len() > 10);
    for one in of_notes {
        assert_eq!(db.prepare_only(&one.text).await, Ok(()), "{one:?}");
    }
}

#[tokio::test]
async fn preparing_runs_nothing_and_tells_what_is_wrong() {
    let db = notes().await;
    crate::add(&db, 1, "a").await.expect("kept");
    assert_eq!(db.prepare_only("DELETE FROM note").await, Ok(()));
    assert_eq!(crate::count(&db).await, 1);
    let wrong = db.prepare_only("SELECT nix FROM note").await;
    assert!(matches!(wrong, Err(Error::Wrong(what)) if what.contains("nix")));
}

#[tokio::test]
async fn five_hundred_is_not_too_many() {
    let db = notes().await;
    let found = db.read(|tx| {
        let text = sql!("SELECT id FROM note WHERE group_id = 1 AND id IN ($LIST)");
        let ids: Vec<storekit::Value> = (0..500_i64).map(Into::into).collect();
        tx.all(text.with_list(ids.len(), 1)?, &ids)
    });
    assert_eq!(found.await.map(|rows| rows.len()), Ok(0));
    let _: &[storekit::Value] = params![];
}
