use storekit::Value;

use crate::notes;

#[tokio::test]
async fn a_dump_shows_every_row_of_every_table_in_one_order() {
    let db = notes().await;
    for (id, body) in [(1, "b"), (2, "a")] {
        crate::add(&db, id, body).await.expect("kept");
    }
    let dump = db.dump().await;
    let note = dump.iter().find(|table| table.name == "note").expect("there are notes");
    assert_eq!(note.rows.len(), 2);
    assert!(note.columns.contains(&"body".to_owned()));
    assert!(note.bytes().windows(2).any(|two| two == b"a\n"));
    assert!(note.rows.iter().flatten().any(|value| *value == Value::Text("b".to_owned())));
    assert_eq!(dump, db.dump().await);
}
