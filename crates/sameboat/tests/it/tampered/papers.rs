use axum::http::StatusCode;
use storekit::{Value, sql};

use super::{blob, copy, seat, write};
use crate::agreements::{other_place, place, say};
use crate::joining::{found_with, with_another};
use crate::leaving::Three;
use crate::world::{Person, World};

const GARDEN: &str = "The garden behind the school";
const LIBRARY: &str = "people who sell something / The library, room 4";

/// Bo proposes another place, and Cy objects.
async fn objected() -> Three {
    let mut three = Three::at_home().await;
    let group = three.group.clone();
    other_place(&mut three.bo, &group, GARDEN).await;
    say(&mut three.cy, &group, "accept", &[("papers", "It is too cold there")]).await;
    three
}

/// Ana says yes, and nothing else stands in the way but what the database says.
async fn is_still_stopped(three: &mut Three) {
    let group = three.group.clone();
    say(&mut three.ana, &group, "accept", &[]).await;
    assert_eq!(place(&mut three.ana, &group).await, LIBRARY);
    three.world.pass_days(20);
    three.bo.open(&format!("{group}/must-not-meet")).await;
    three.bo.press("Keep this list").await;
    assert_eq!(place(&mut three.bo, &group).await, LIBRARY, "an objection does not grow old");
    three.cy.open(&group).await;
    assert_eq!(three.cy.page.status, StatusCode::OK);
}

#[tokio::test]
async fn an_objection_that_is_taken_out_of_the_database_stands() {
    let mut three = objected().await;
    let cy = seat(&three.world, &three.cy).await;
    write(&three.world, sql!("DELETE FROM stance WHERE member_id = $1"), vec![blob(&cy)]).await;
    is_still_stopped(&mut three).await;
}

#[tokio::test]
async fn an_objection_of_somebody_who_is_called_gone_or_on_a_break_stands() {
    for state in ["gone", "break"] {
        let mut three = objected().await;
        let cy = seat(&three.world, &three.cy).await;
        let text = sql!("UPDATE member SET state = $2 WHERE member_id = $1");
        write(&three.world, text, vec![blob(&cy), Value::Text(state.to_owned())]).await;
        is_still_stopped(&mut three).await;
    }
}

#[tokio::test]
async fn a_yes_from_before_does_not_come_back_in_place_of_an_objection() {
    let mut three = Three::at_home().await;
    let group = three.group.clone();
    other_place(&mut three.bo, &group, GARDEN).await;
    say(&mut three.cy, &group, "accept", &[]).await;
    let before = copy(&three.world, "stance").await;
    say(&mut three.cy, &group, "accept", &[("papers", "It is too cold there")]).await;
    let cy = seat(&three.world, &three.cy).await;
    let yes = before.iter().find(|row| row[1] == Value::Int(2) && row[2] == blob(&cy));
    let yes = yes.expect("what Cy said").last().expect("her words").clone();
    let text = sql!("UPDATE stance SET words = $2 WHERE member_id = $1 AND number = 2");
    write(&three.world, text, vec![blob(&cy), yes]).await;
    is_still_stopped(&mut three).await;
}

#[tokio::test]
async fn a_version_that_is_called_in_force_is_not() {
    let mut three = objected().await;
    let text = sql!(
        "UPDATE paper SET state = CASE WHEN number = 2 THEN 'holds' ELSE 'passed' END
                     WHERE day <> $1"
    );
    write(&three.world, text, vec![Value::Int(0)]).await;
    is_still_stopped(&mut three).await;
}

/// A group that opened everything at once, and then agreed that nothing opens any more.
async fn thought_better() -> (World, Person, String) {
    let world = World::new().await;
    let mut ana = world.person_at_home("ana").await;
    let group = found_with(&mut ana, "Ana", &[("earlier", "at-once")]).await;
    other_place(&mut ana, &group, GARDEN).await;
    ana.open(&format!("{group}/change/agreement")).await;
    ana.fill([("earlier", "never")]).press("Change it").await;
    (world, ana, group)
}

async fn versions_read(person: &mut Person, group: &str) -> usize {
    person.open(&format!("{group}/agreement/versions")).await;
    person.page.texts("ol li").len()
}

#[tokio::test]
async fn an_older_version_that_is_called_in_force_opens_nothing_to_a_newcomer() {
    let (world, mut ana, group) = thought_better().await;
    let text = sql!(
        "UPDATE paper SET state = CASE WHEN number = 2 THEN 'working' ELSE 'passed' END
                     WHERE day <> $1"
    );
    write(&world, text, vec![Value::Int(0)]).await;
    let mut bo = with_another(&world, &mut ana, &group, "bo", "Bo").await;
    assert_eq!(versions_read(&mut bo, &group).await, 1);
}

#[tokio::test]
async fn an_older_version_that_is_put_back_opens_nothing_to_a_newcomer() {
    let world = World::new().await;
    let mut ana = world.person_at_home("ana").await;
    let group = found_with(&mut ana, "Ana", &[("earlier", "at-once")]).await;
    let before = copy(&world, "paper").await;
    ana.open(&format!("{group}/change/agreement")).await;
    ana.fill([("earlier", "never")]).press("Change it").await;
    let old = before[0].iter().find(|value| matches!(value, Value::Blob(b) if b.len() > 64));
    let text = sql!("UPDATE paper SET state = 'working', words = $1 WHERE number = 1");
    write(&world, text, vec![old.expect("its words").clone()]).await;
    write(&world, sql!("DELETE FROM paper WHERE number = $1"), vec![Value::Int(2)]).await;
    ana.open(&group).await;
    assert_eq!(ana.page.status, StatusCode::OK, "the group's pages are there");
    let mut bo = with_another(&world, &mut ana, &group, "bo", "Bo").await;
    let id = seat(&world, &bo).await;
    let grants = copy(&world, "key_grant").await;
    let his = grants.iter().filter(|row| row[1] == blob(&id)).count();
    assert_eq!(his, 1, "he has the key of now, and no earlier one");
    bo.open(&group).await;
    assert_eq!(bo.page.status, StatusCode::OK);
}
