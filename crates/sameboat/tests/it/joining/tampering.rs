//! Somebody who can write to the database, without the instance key.

use axum::http::StatusCode;
use storekit::{Error, Value, sql};

use super::{found, knock, link, seen_at_door, world};
use crate::world::{Person, World};

/// A group with somebody at its door.
async fn scene() -> (World, Person, String, Person) {
    let world = world().await;
    let mut ana = world.person("ana").await;
    let group = found(&mut ana, "Ana").await;
    let link = link(&mut ana, &group).await;
    let mut rosa = world.person("rosa").await;
    knock(&mut rosa, &link, "Rosa", &[]).await;
    (world, ana, group, rosa)
}

async fn change(world: &World, sql: storekit::Sql, value: Vec<u8>) {
    let changed = world.app.db.write(move |tx| tx.exec(sql.clone(), &[Value::Blob(value.clone())]));
    let changed: Result<u64, Error> = changed.await;
    assert!(changed.expect("somebody writes to the database") > 0);
}

async fn grants(world: &World) -> i64 {
    let read = |tx: &mut storekit::Tx<'_>| -> Result<i64, Error> {
        tx.one(sql!("SELECT COUNT(*) AS count FROM key_grant"), &[])?.get("count")
    };
    world.app.db.read(read).await.expect("a count")
}

async fn roster(world: &World) -> Vec<u8> {
    let read = |tx: &mut storekit::Tx<'_>| -> Result<Vec<u8>, Error> {
        tx.one(sql!("SELECT roster FROM epoch"), &[])?.get("roster")
    };
    world.app.db.read(read).await.expect("one epoch")
}

/// Nobody can be let in, and no key goes to anybody.
async fn no_key_goes_out(world: &World, ana: &mut Person, group: &str) {
    let before = grants(world).await;
    ana.open(&format!("{group}/door")).await;
    assert_eq!(ana.page.status, StatusCode::CONFLICT);
    assert!(ana.page.says("older than what you have seen, or damaged"));
    assert_eq!(grants(world).await, before);
}

#[tokio::test]
async fn a_swapped_public_key_gets_no_key() {
    let (world, mut ana, group, _) = scene().await;
    let mut bytes = roster(&world).await;
    // version (1) | count (2) | member id (16) | public key (32)
    bytes[19..51].copy_from_slice(&[9; 32]);
    change(&world, sql!("UPDATE epoch SET roster = $1"), bytes).await;
    no_key_goes_out(&world, &mut ana, &group).await;
}

#[tokio::test]
async fn a_reader_who_was_slipped_in_gets_no_key() {
    let (world, mut ana, group, _) = scene().await;
    let mut bytes = roster(&world).await;
    bytes[2] = 2;
    bytes.extend([255; 16]);
    bytes.extend([9; 32]);
    change(&world, sql!("UPDATE epoch SET roster = $1"), bytes).await;
    no_key_goes_out(&world, &mut ana, &group).await;
}

#[tokio::test]
async fn a_swapped_letter_box_takes_no_letter() {
    let (world, mut ana, group, _) = scene().await;
    let link = link(&mut ana, &group).await;
    change(&world, sql!("UPDATE epoch SET letterbox = $1"), vec![9; 32]).await;
    let mut bo = world.person("bo").await;
    knock(&mut bo, &link, "Bo", &[]).await;
    assert_eq!(bo.page.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn another_key_check_opens_nothing() {
    let (world, mut ana, group, _) = scene().await;
    change(&world, sql!("UPDATE epoch SET key_check = $1"), vec![9; 32]).await;
    ana.open(&group).await;
    assert_eq!(ana.page.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_letter_that_was_slipped_in_is_shown_to_nobody() {
    let (world, mut ana, group, _) = scene().await;
    assert_eq!(seen_at_door(&mut ana, &group).await, ["Rosa"]);
    change(&world, sql!("UPDATE door SET invitation_id = $1"), vec![9; 16]).await;
    assert!(seen_at_door(&mut ana, &group).await.is_empty());
}
