use axum::http::StatusCode;
use storekit::{Sql, Value, sql};

use super::{blob, copy, write};
use crate::joining::{found, knock, let_in, link, seen_at_door, with_another};
use crate::leaving::leave;
use crate::returning::link_back;
use crate::world::{Person, World};

async fn scene() -> (World, Person, String) {
    let world = World::new().await;
    let mut ana = world.person_at_home("ana").await;
    let group = found(&mut ana, "Ana").await;
    (world, ana, group)
}

/// Rosa's letter was taken in by a member, who let somebody else in.
async fn taken_in() -> (World, Person, String) {
    let (world, mut ana, group) = scene().await;
    let link = link(&mut ana, &group).await;
    let mut rosa = world.person("rosa").await;
    knock(&mut rosa, &link, "Rosa", &[]).await;
    let link = crate::joining::link(&mut ana, &group).await;
    let mut bo = world.person("bo").await;
    knock(&mut bo, &link, "Bo", &[]).await;
    ana.open(&format!("{group}/door")).await;
    let let_in = ana.page.attribute("article form", "action").expect("somebody waits");
    let once = ana.once();
    ana.post(&let_in, &[("once", &once)]).await;
    assert_eq!(seen_at_door(&mut ana, &group).await.len(), 1);
    (world, ana, group)
}

#[tokio::test]
async fn a_letter_that_was_taken_in_is_not_pointed_at_a_return_link() {
    let (world, mut ana, group) = taken_in().await;
    let waits = seen_at_door(&mut ana, &group).await.concat();
    let in_already = if waits == "Rosa" { "Bo" } else { "Rosa" };
    link_back(&mut ana, &group, in_already).await;
    let text = sql!(
        "UPDATE door SET invitation_id = (SELECT link_id FROM coming_back)
                     WHERE day <> $1"
    );
    write(&world, text, vec![Value::Int(0)]).await;
    assert!(seen_at_door(&mut ana, &group).await.is_empty());
}

#[tokio::test]
async fn a_letter_whose_days_are_over_is_not_put_off_by_hand() {
    let (world, mut ana, group) = taken_in().await;
    world.pass_days(9);
    assert!(seen_at_door(&mut ana, &group).await.is_empty());
    write(&world, sql!("UPDATE door SET day = day + $1"), vec![Value::Int(5)]).await;
    assert!(seen_at_door(&mut ana, &group).await.is_empty());
}

#[tokio::test]
async fn whoever_was_in_before_does_not_stand_at_the_door_again() {
    let (world, mut ana, group) = scene().await;
    with_another(&world, &mut ana, &group, "cy", "Cy").await;
    let link = link(&mut ana, &group).await;
    let mut rosa = world.person("rosa").await;
    knock(&mut rosa, &link, "Rosa", &[]).await;
    let before = copy(&world, "door").await.remove(0);
    let_in(&mut ana, &group).await;
    leave(&mut rosa, &group, "with-name").await;
    put_back_guest(&world, before).await;
    assert!(seen_at_door(&mut ana, &group).await.is_empty());
}

async fn put_back_guest(world: &World, row: Vec<Value>) {
    let text = sql!(
        "INSERT INTO door (group_id, id, invitation_id, day, boxed, epoch, letter, tag)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    );
    write(world, text, row).await;
}

async fn opens_nothing(world: &World, link: &str) {
    let mut other = world.person("other").await;
    other.open(link).await;
    assert_eq!(other.page.status, StatusCode::NOT_FOUND, "{}", other.page.text());
    assert!(other.page.says("This link opens nothing now"), "{}", other.page.text());
}

#[tokio::test]
async fn a_link_that_was_used_opens_nothing_whatever_its_row_says() {
    let (world, mut ana, group) = scene().await;
    let link = link(&mut ana, &group).await;
    let before = copy(&world, "invitation").await.remove(0);
    let mut rosa = world.person("rosa").await;
    knock(&mut rosa, &link, "Rosa", &[]).await;
    write(&world, sql!("UPDATE invitation SET used = $1"), vec![Value::Int(0)]).await;
    opens_nothing(&world, &link).await;
    write(&world, sql!("DELETE FROM invitation WHERE used = $1"), vec![Value::Int(0)]).await;
    put_back_link(&world, before).await;
    opens_nothing(&world, &link).await;
}

#[tokio::test]
async fn a_link_that_was_taken_back_does_not_come_back() {
    let (world, mut ana, group) = scene().await;
    let link = link(&mut ana, &group).await;
    let before = copy(&world, "invitation").await.remove(0);
    ana.open(&format!("{group}/invite")).await;
    ana.press_in("main", "Take it back").await;
    put_back_link(&world, before).await;
    opens_nothing(&world, &link).await;
}

#[tokio::test]
async fn a_link_from_before_the_key_turned_does_not_come_back() {
    let (world, mut ana, group) = scene().await;
    let cy = with_another(&world, &mut ana, &group, "cy", "Cy").await;
    let mut cy = cy;
    let link = link(&mut cy, &group).await;
    let before = copy(&world, "invitation").await.remove(0);
    leave(&mut cy, &group, "with-name").await;
    put_back_link(&world, before).await;
    opens_nothing(&world, &link).await;
}

async fn put_back_link(world: &World, row: Vec<Value>) {
    let insert: Sql = match row.len() {
        8 => sql!(
            "INSERT INTO invitation
                       (group_id, id, made_day, until_at, used, version, copy, words)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        _ => sql!(
            "INSERT INTO invitation
                       (group_id, id, made_day, until_at, used, version, copy, words, tag)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
    };
    write(world, insert, row).await;
}

#[tokio::test]
async fn a_link_does_not_last_longer_than_was_said() {
    let (world, mut ana, group) = scene().await;
    let link = link(&mut ana, &group).await;
    let later = sql!("UPDATE invitation SET until_at = until_at + $1");
    write(&world, later, vec![Value::Int(400 * sameboat::clock::DAY)]).await;
    world.pass_days(60);
    opens_nothing(&world, &link).await;
}

#[tokio::test]
async fn a_link_whose_row_names_another_version_opens_nothing() {
    let (world, mut ana, group) = scene().await;
    let link = link(&mut ana, &group).await;
    write(&world, sql!("UPDATE invitation SET version = $1"), vec![Value::Int(7)]).await;
    opens_nothing(&world, &link).await;
}

#[tokio::test]
async fn while_a_list_of_whom_not_to_meet_is_missing_nobody_is_let_in() {
    let (world, mut ana, group) = scene().await;
    let mut bo = with_another(&world, &mut ana, &group, "bo", "Bo").await;
    bo.open(&format!("{group}/must-not-meet")).await;
    bo.fill([("must-not-meet", "Ramon")]).press("Keep this list").await;
    let id = super::seat(&world, &bo).await;
    write(&world, sql!("DELETE FROM must_not_meet WHERE member_id = $1"), vec![blob(&id)]).await;
    let link = link(&mut ana, &group).await;
    let mut ramon = world.person("ramon").await;
    knock(&mut ramon, &link, "Ramon", &[]).await;
    assert!(seen_at_door(&mut ana, &group).await.is_empty());
    // Whose list it is writes it anew, and the door opens to others.
    bo.open(&format!("{group}/must-not-meet")).await;
    bo.fill([("must-not-meet", "Ramon")]).press("Keep this list").await;
    assert!(seen_at_door(&mut ana, &group).await.is_empty());
    let link = crate::joining::link(&mut ana, &group).await;
    let mut dora = world.person("dora").await;
    knock(&mut dora, &link, "Dora", &[]).await;
    assert_eq!(seen_at_door(&mut ana, &group).await, ["Dora"]);
}
