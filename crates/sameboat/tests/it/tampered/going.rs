use axum::http::StatusCode;
use sameboat::config::Starting;
use sameboat::web::cookies;
use seal::LinkSecret;
use storekit::testing::TestDb;
use storekit::{Value, sql};

use super::{blob, seat, write};
use crate::leaving::{Three, page_about};
use crate::returning::write as member_writes;
use crate::sharing::share;
use crate::world::World;

#[tokio::test]
async fn nobodys_words_go_because_a_row_says_that_they_left() {
    let mut three = Three::at_home().await;
    let group = three.group.clone();
    let address = share(&mut three.bo, &group, "I slept for once").await;
    let bo = seat(&three.world, &three.bo).await;
    let text = sql!(
        "INSERT INTO parting (group_id, member_id, words)
                     SELECT group_id, member_id, 'removed' FROM member WHERE member_id = $1"
    );
    write(&three.world, text, vec![blob(&bo)]).await;
    member_writes(&mut three.ana, &group).await;
    for person in [&mut three.ana, &mut three.bo] {
        person.open(&address).await;
        assert_eq!(person.page.status, StatusCode::OK);
        assert!(person.page.says("I slept for once") && person.page.says("Bo"));
    }
}

#[tokio::test]
async fn an_asking_falls_on_its_day_whatever_its_row_says() {
    let mut three = Three::at_home().await;
    let group = three.group.clone();
    page_about(&mut three.ana, &group, "Cy").await;
    three.ana.fill([("reason", "You told my brother.")]).press("Ask them to leave").await;
    let day = |by| (sql!("UPDATE asking SET day = day + $1"), vec![Value::Int(by)]);
    let (text, values) = day(-20);
    write(&three.world, text, values).await;
    three.bo.open(&group).await;
    assert!(three.bo.page.says("Somebody is asked to leave:"), "it has not fallen");
    let (text, values) = day(60);
    write(&three.world, text, values).await;
    three.world.pass_days(15);
    three.bo.open(&group).await;
    assert!(!three.bo.page.says("Somebody is asked to leave:"), "it has fallen");
}

#[tokio::test]
async fn a_frozen_place_that_is_called_open_stays_frozen() {
    use crate::returning::{FREEZE, say};
    let mut three = Three::at_home().await;
    let group = three.group.clone();
    for member in [&mut three.ana, &mut three.bo] {
        say(member, &group, "Cy", FREEZE).await;
    }
    let cy = seat(&three.world, &three.cy).await;
    for state in ["here", "gone"] {
        let text = sql!("UPDATE member SET state = $2 WHERE member_id = $1");
        write(&three.world, text, vec![blob(&cy), Value::Text(state.to_owned())]).await;
        member_writes(&mut three.ana, &group).await;
        three.ana.open(&format!("{group}/us")).await;
        let frozen = three.ana.page.says("Frozen until you have spoken with them");
        assert!(frozen, "{state}: {}", three.ana.page.text());
    }
}

#[tokio::test]
async fn nobody_is_out_because_a_row_says_so() {
    for state in ["gone", "frozen"] {
        let mut three = Three::at_home().await;
        let group = three.group.clone();
        let cy = seat(&three.world, &three.cy).await;
        let text = sql!("UPDATE member SET state = $2 WHERE member_id = $1");
        write(&three.world, text, vec![blob(&cy), Value::Text(state.to_owned())]).await;
        member_writes(&mut three.ana, &group).await;
        three.cy.open(&group).await;
        assert_eq!(three.cy.page.status, StatusCode::OK, "{state}");
    }
}

#[tokio::test]
async fn a_leave_that_was_slipped_in_begins_nothing() {
    let starting =
        |settings: &mut sameboat::config::Settings| settings.starting = Starting::WithLink;
    let world = World::with(TestDb::chosen(), starting).await;
    let secret = LinkSecret::from_bytes([7; 32]);
    let text = sql!("INSERT INTO start_link (id, day) VALUES ($1, 20000)");
    write(&world, text, vec![blob(&secret.row_id())]).await;
    let mut eve = world.person("eve").await;
    eve.open(&format!("/start-link/{}", cookies::encode(secret.expose()))).await;
    eve.open("/start").await;
    assert!(eve.page.says("gives out links for starting groups"), "{}", eve.page.text());
}
