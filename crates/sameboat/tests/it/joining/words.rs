//! What is written at a door stands nowhere in clear.

use storekit::{Error, Value, sql};

use super::{found, knock, let_in, link, world};
use crate::world::World;

const MARKS: [&str; 6] = ["quagga-1", "quagga-2", "quagga-3", "quagga-4", "quagga-5", "quagga-6"];

/// Every byte of the room's tables.
async fn bytes(world: &World) -> Vec<u8> {
    let read = |tx: &mut storekit::Tx<'_>| -> Result<Vec<u8>, Error> {
        let mut all = Vec::new();
        for row in tx.all(sql!("SELECT copy, words FROM invitation"), &[] as &[Value])? {
            all.extend(row.get::<Vec<u8>>("copy")?);
            all.extend(row.get::<Vec<u8>>("words")?);
        }
        for row in tx.all(sql!("SELECT letter FROM door"), &[])? {
            all.extend(row.get::<Vec<u8>>("letter")?);
        }
        for row in tx.all(sql!("SELECT words FROM must_not_meet"), &[])? {
            all.extend(row.get::<Vec<u8>>("words")?);
        }
        for row in tx.all(sql!("SELECT words FROM stance"), &[])? {
            all.extend(row.get::<Vec<u8>>("words")?);
        }
        Ok(all)
    };
    world.app.db.read(read).await.expect("rows")
}

#[tokio::test]
async fn answers_lists_and_notes_are_sealed() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    let group = found(&mut ana, "Ana").await;
    ana.open(&format!("{group}/invite")).await;
    ana.fill([("label", MARKS[0])]);
    ana.press("Make the link").await;
    let first = ana.page.texts("code.secret").remove(0);
    let second = link(&mut ana, &group).await;
    let mut rosa = world.person("rosa").await;
    let more = [
        ("reach", MARKS[2]),
        ("hard", MARKS[3]),
        ("must-not-meet", MARKS[4]),
        ("c-one-voice", "object"),
        ("why-one-voice", MARKS[5]),
    ];
    knock(&mut rosa, &first, MARKS[1], &more).await;
    assert!(!says_mark(&bytes(&world).await));
    let_in(&mut ana, &group).await;
    let mut bo = world.person("bo").await;
    knock(&mut bo, &second, MARKS[1], &more).await;
    let after = bytes(&world).await;
    assert!(after.len() > 20_000, "there is something to search");
    assert!(!says_mark(&after));
}

fn says_mark(bytes: &[u8]) -> bool {
    bytes.windows(6).any(|window| window.eq_ignore_ascii_case(b"quagga"))
}
