//! Who is there.

use sameboat::ids::MemberId;
use sameboat::web::stack;
use sameboat::{routes, web};
use storekit::Engine;
use storekit::testing::START;

use super::{PATIENCE, world};
use crate::world::World;

async fn only_member(world: &World) -> MemberId {
    let found = world.app.db.read(|tx| {
        let row = tx.one(storekit::sql!("SELECT member_id FROM member WHERE number = 1"), &[])?;
        row.get::<[u8; 16]>("member_id")
    });
    found.await.expect("one member").into()
}

#[tokio::test]
async fn a_page_says_that_somebody_is_here_and_no_row_does() {
    let world = world().await;
    let mut group = world.group("ana", "The lamps").await;
    let (id, ana) = (group.id.parse().expect("an id"), only_member(&world).await);
    let before = world.db().dump().await;
    assert_eq!(world.app.presence.last_seen(id, ana), None);
    let address = group.address("/live/here");
    group.founder.open(&address).await;
    assert_eq!(world.app.presence.last_seen(id, ana), Some(START));
    world.pass_hours(2);
    world.sweep().await;
    assert_eq!(world.app.presence.last_seen(id, ana), None, "it is forgotten");
    assert!(before == world.db().dump().await, "nothing is written");
}

#[tokio::test]
async fn the_other_process_knows_it_too() {
    let world = world().await;
    if world.db().engine() == Engine::Sqlite {
        return;
    }
    let group = world.group("ana", "The lamps").await;
    let (id, ana) = (group.id.parse().expect("an id"), only_member(&world).await);
    let other = world.another().await;
    web::live::start(&other).await;
    let mut there = world.browser();
    there.set_router(stack::router(other, routes::all()));
    group.founder.sign_in_on(&mut there).await;
    there.open(&group.address("/live/here")).await;
    let known = async {
        while world.app.presence.last_seen(id, ana).is_none() {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(PATIENCE, known).await.expect("it is told within seconds");
}
