//! What the size of a row would tell.

use std::collections::BTreeSet;

use storekit::{Error, Tx, sql};

use crate::agreements::{other_place, say};
use crate::leaving::{Three, page_about};
use crate::returning::{FREEZE, say as say_about};
use crate::world::World;

const GARDEN: &str = "The garden behind the school";

async fn sizes(world: &World, sql: storekit::Sql) -> BTreeSet<i64> {
    let read = move |tx: &mut Tx<'_>| -> Result<BTreeSet<i64>, Error> {
        tx.all(sql.clone(), &[])?.iter().map(|row| row.get("bytes")).collect()
    };
    world.app.db.read(read).await.expect("rows")
}

#[tokio::test]
async fn what_somebody_says_to_a_version_and_who_proposed_it_is_not_told_by_a_size() {
    let mut three = Three::at_home().await;
    let group = three.group.clone();
    other_place(&mut three.bo, &group, GARDEN).await;
    let why = "It is too cold there. ".repeat(20);
    say(&mut three.cy, &group, "accept", &[("papers", &why), ("one-voice", &why)]).await;
    say(&mut three.ana, &group, "stand-aside", &[]).await;
    let text = sql!("SELECT LENGTH(words) AS bytes FROM stance ORDER BY number, member_id");
    assert_eq!(sizes(&three.world, text).await.len(), 1);
}

#[tokio::test]
async fn how_many_said_yes_is_not_told_by_a_size() {
    let mut three = Three::at_home().await;
    let group = three.group.clone();
    let asking = sql!("SELECT LENGTH(words) AS bytes FROM asking ORDER BY group_id, member_id");
    let freezing = sql!("SELECT LENGTH(words) AS bytes FROM freezing ORDER BY group_id, member_id");
    page_about(&mut three.ana, &group, "Cy").await;
    three.ana.fill([("reason", "You told my brother.")]).press("Ask them to leave").await;
    say_about(&mut three.ana, &group, "Bo", FREEZE).await;
    assert!(sizes(&three.world, asking).await.iter().all(|bytes| *bytes >= 4096));
    assert!(sizes(&three.world, freezing).await.iter().all(|bytes| *bytes >= 4096));
}

#[tokio::test]
async fn a_members_row_has_one_size_for_long_names_and_short_ones() {
    let three = Three::at_home().await;
    let world = &three.world;
    let mut ana = three.ana;
    let long = "Wilhelmina Theodora Abernathy-Fitzgerald";
    crate::joining::with_another(world, &mut ana, &three.group, "di", &long[..40]).await;
    let text = sql!("SELECT LENGTH(words) AS bytes FROM member ORDER BY group_id, member_id");
    assert_eq!(sizes(world, text).await.len(), 1);
}
