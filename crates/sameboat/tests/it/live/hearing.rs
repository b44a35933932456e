//! A change is heard on every page of the group, from every process, and nowhere else.

use std::time::Duration;

use sameboat::web::stack;
use sameboat::{routes, web};
use storekit::Engine;
use tokio::time::Instant;

use super::{Live, change, event, world};

#[tokio::test]
async fn a_change_is_heard_on_every_screen_within_a_quarter_of_a_second() {
    let world = world().await;
    let mut group = world.group("ana", "The lamps").await;
    let ben = group.let_in(&world, "ben").await;
    let mut screens = Vec::new();
    for browser in [&group.founder.browser, &ben.browser, &ben.browser] {
        screens.push(Live::open(&world, browser, &group).await);
    }
    for version in 1..=20 {
        let begun = Instant::now();
        change(&world.app, &group, version).await;
        for screen in &mut screens {
            assert_eq!(screen.next().await, Some(event(version)));
        }
        assert!(begun.elapsed() < Duration::from_millis(250), "{:?}", begun.elapsed());
    }
}

#[tokio::test]
async fn a_change_in_one_process_is_heard_in_the_other() {
    let world = world().await;
    if world.db().engine() == Engine::Sqlite {
        return;
    }
    let group = world.group("ana", "The lamps").await;
    let other = world.another().await;
    web::live::start(&other).await;
    let router = stack::router(other.clone(), routes::all());
    let mut here = Live::open(&world, &group.founder.browser, &group).await;
    let mut there = Live::ask(&router, &group.founder.browser, &group).await;
    assert_eq!(there.next().await.as_deref(), Some(": here"));
    for (version, app) in [(1, &world.app), (2, &other)] {
        let begun = Instant::now();
        change(app, &group, version).await;
        for screen in [&mut here, &mut there] {
            assert_eq!(screen.next().await, Some(event(version)));
        }
        assert!(begun.elapsed() < Duration::from_millis(250), "{:?}", begun.elapsed());
    }
}

#[tokio::test]
async fn what_changes_in_another_group_is_never_heard() {
    let world = world().await;
    let lamps = world.group("ana", "The lamps").await;
    let ropes = world.group("ben", "The ropes").await;
    let mut ana = Live::open(&world, &lamps.founder.browser, &lamps).await;
    let mut ben = Live::open(&world, &ropes.founder.browser, &ropes).await;
    for version in 1..=5 {
        change(&world.app, &ropes, version).await;
        assert_eq!(ben.next().await, Some(event(version)));
    }
    change(&world.app, &lamps, 100).await;
    assert_eq!(ana.next().await, Some(event(100)));
}

/// A page may be older than the connection that it opens.
#[tokio::test]
async fn who_comes_within_a_minute_still_hears_of_it() {
    let world = world().await;
    let lamps = world.group("ana", "The lamps").await;
    let ropes = world.group("ben", "The ropes").await;
    let mut first = Live::open(&world, &lamps.founder.browser, &lamps).await;
    for version in [1, 2] {
        change(&world.app, &lamps, version).await;
        assert_eq!(first.next().await, Some(event(version)));
    }
    let mut late = Live::open(&world, &lamps.founder.browser, &lamps).await;
    assert_eq!(late.next().await, Some(event(1)));
    assert_eq!(late.next().await, Some(event(2)));
    let mut elsewhere = Live::open(&world, &ropes.founder.browser, &ropes).await;
    world.pass(Duration::from_secs(61));
    let mut too_late = Live::open(&world, &lamps.founder.browser, &lamps).await;
    change(&world.app, &lamps, 3).await;
    change(&world.app, &ropes, 9).await;
    assert_eq!(too_late.next().await, Some(event(3)));
    assert_eq!(elsewhere.next().await, Some(event(9)));
}

#[tokio::test]
async fn when_the_line_between_processes_was_cut_pages_are_told_to_look_again() {
    let world = world().await;
    if world.db().engine() == Engine::Sqlite {
        return;
    }
    let group = world.group("ana", "The lamps").await;
    let mut ana = Live::open(&world, &group.founder.browser, &group).await;
    let cut = world.app.db.write(|tx| {
        tx.all(
            storekit::sql!(
                "SELECT pg_terminate_backend(pid) AS cut
                 FROM pg_stat_activity
                 WHERE datname = current_database() AND query = 'LISTEN storekit'"
            ),
            &[],
        )
    });
    assert_eq!(cut.await.map(|rows| rows.len()), Ok(1));
    assert_eq!(ana.next().await.as_deref(), Some("event: missed\ndata: 1"));
    change(&world.app, &group, 1).await;
    assert_eq!(ana.next().await, Some(event(1)));
}
