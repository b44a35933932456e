use axum::http::StatusCode;
use storekit::{Value, sql};

use super::{blob, seat, write};
use crate::joining::{knock, let_in, link, with_another};
use crate::leaving::Three;
use crate::returning::{come_in, link_back, write as member_writes};

async fn has_the_key(three: &mut Three) {
    let group = three.group.clone();
    three.world.sweep().await;
    member_writes(&mut three.ana, &group).await;
    three.cy.open(&group).await;
    assert_eq!(three.cy.page.status, StatusCode::OK, "{}", three.cy.page.text());
    three.ana.open(&format!("{group}/us")).await;
    assert!(three.ana.page.says("Cy"), "{}", three.ana.page.text());
}

#[tokio::test]
async fn the_72_hours_are_not_over_because_a_row_says_so() {
    let mut three = Three::at_home().await;
    let group = three.group.clone();
    come_in(&three.world, &mut three.ana, &group, "Cy").await;
    write(&three.world, sql!("UPDATE coming_back SET until_at = $1"), vec![Value::Int(1)]).await;
    has_the_key(&mut three).await;
}

#[tokio::test]
async fn a_place_goes_to_nobody_but_who_came_in_by_its_link() {
    let mut three = Three::at_home().await;
    let group = three.group.clone();
    link_back(&mut three.ana, &group, "Cy").await;
    let bo = seat(&three.world, &three.bo).await;
    let text = sql!("UPDATE coming_back SET until_at = 1, new_id = $1");
    write(&three.world, text, vec![blob(&bo)]).await;
    has_the_key(&mut three).await;
}

#[tokio::test]
async fn an_ordinary_link_is_made_no_link_back_by_hand() {
    let mut three = Three::at_home().await;
    let group = three.group.clone();
    with_another(&three.world, &mut three.ana, &group, "di", "Di").await;
    link_back(&mut three.ana, &group, "Cy").await;
    let link = link(&mut three.bo, &group).await;
    let mut eve = three.world.person("eve").await;
    knock(&mut eve, &link, "Eve", &[]).await;
    let text = sql!(
        "UPDATE coming_back SET link_id = (SELECT invitation_id FROM door)
                     WHERE group_id <> $1"
    );
    write(&three.world, text, vec![blob(&[])]).await;
    let_in(&mut three.ana, &group).await;
    let rows = super::copy(&three.world, "coming_back").await;
    let eve = seat(&three.world, &eve).await;
    assert!(rows.iter().flatten().all(|value| *value != blob(&eve)), "Eve came in as herself");
}
