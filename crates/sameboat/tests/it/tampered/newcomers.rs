use storekit::{Value, sql};

use super::{copy, write};
use crate::agreements::other_place;
use crate::joining::{found_with, sign_in_again, with_another};
use crate::returning::write as member_writes;
use crate::world::{Person, World};

const GARDEN: &str = "The garden behind the school";

/// Cy would rather not yet, and the group keeps what was written before Bo came.
async fn objected() -> (World, Person, Person, String, Vec<Vec<Value>>) {
    let world = World::new().await;
    let mut ana = world.person_at_home("ana").await;
    let group = found_with(&mut ana, "Ana", &[("earlier", "after-72-hours")]).await;
    other_place(&mut ana, &group, GARDEN).await;
    let bo = with_another(&world, &mut ana, &group, "bo", "Bo").await;
    let mut cy = with_another(&world, &mut ana, &group, "cy", "Cy").await;
    member_writes(&mut cy, &group).await;
    let before = copy(&world, "nameless").await;
    cy.open(&group).await;
    cy.press("I'd rather not yet").await;
    assert_eq!(cy.page.notice(), "Kept. Nobody sees what you chose.");
    (world, ana, bo, group, before)
}

async fn read_by(world: &World, person: &mut Person, group: &str) -> usize {
    sign_in_again(world, person).await;
    person.open(&format!("{group}/agreement/versions")).await;
    person.page.texts("ol li").len()
}

#[tokio::test]
async fn a_missing_row_of_objections_opens_nothing_and_all_are_asked_anew() {
    let (world, mut ana, mut bo, group, _) = objected().await;
    world.pass_days(4);
    let name = Value::Text("newcomers".to_owned());
    write(&world, sql!("DELETE FROM nameless WHERE batch = $1"), vec![name]).await;
    member_writes(&mut ana, &group).await;
    assert_eq!(read_by(&world, &mut bo, &group).await, 1);
    ana.open(&group).await;
    assert!(ana.page.says("Bo came in, and may read what was written before they came"));
    world.pass_hours(71);
    member_writes(&mut ana, &group).await;
    assert_eq!(read_by(&world, &mut bo, &group).await, 1);
    world.pass_hours(2);
    member_writes(&mut ana, &group).await;
    assert_eq!(read_by(&world, &mut bo, &group).await, 2, "nobody objected this time");
}

#[tokio::test]
async fn a_row_from_before_an_objection_opens_nothing_when_it_is_put_back() {
    let (world, mut ana, mut bo, group, before) = objected().await;
    world.pass_days(4);
    let name = Value::Text("newcomers".to_owned());
    let old = before.iter().find(|row| row[1] == name).expect("the row of objections");
    let text = sql!("UPDATE nameless SET words = $2 WHERE batch = $1");
    write(&world, text, vec![name, old[2].clone()]).await;
    member_writes(&mut ana, &group).await;
    assert_eq!(read_by(&world, &mut bo, &group).await, 1);
}
