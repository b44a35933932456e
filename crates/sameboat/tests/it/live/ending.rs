//! Whoever may hear no more hears no more, at once (P4, P5, P12).

use std::time::Duration;

use super::{Live, change, event, world};
use crate::world::{Group, GroupAnswers, Person, World};

const OVER: &str = "event: over\ndata: 1";

/// Well before the next beat, which would find it out as well.
const AT_ONCE: Duration = Duration::from_secs(10);

/// The connection ends, and the page is told that it is over.
async fn is_over(mut live: Live) {
    let ending = async {
        assert_eq!(live.next().await.as_deref(), Some(OVER));
        assert_eq!(live.next().await, None);
    };
    tokio::time::timeout(AT_ONCE, ending).await.expect("it ends at once");
}

async fn two(world: &World) -> (Group, Person) {
    let mut group = world.group("ana", "The lamps").await;
    let ben = group.let_in(world, "ben").await;
    (group, ben)
}

#[tokio::test]
async fn signing_out_ends_it() {
    let world = world().await;
    let (group, mut ben) = two(&world).await;
    let ana = Live::open(&world, &group.founder.browser, &group).await;
    let live = [
        Live::open(&world, &ben.browser, &group).await,
        Live::open(&world, &ben.browser, &group).await,
    ];
    let mut phone = world.browser();
    ben.sign_in_on(&mut phone).await;
    let mut on_phone = Live::open(&world, &phone, &group).await;
    ben.open("/me").await;
    ben.press("Sign out").await;
    for live in live {
        is_over(live).await;
    }
    change(&world.app, &group, 1).await;
    assert_eq!(on_phone.next().await, Some(event(1)), "his phone is still signed in");
    let mut ana = ana;
    assert_eq!(ana.next().await, Some(event(1)));
}

#[tokio::test]
async fn leaving_fast_ends_it() {
    let world = world().await;
    let (group, mut ben) = two(&world).await;
    let live = Live::open(&world, &ben.browser, &group).await;
    ben.post("/leave", &[]).await;
    is_over(live).await;
}

#[tokio::test]
async fn a_device_that_was_ended_from_another_hears_no_more() {
    let world = world().await;
    let (group, mut ben) = two(&world).await;
    let mut phone = world.browser();
    ben.sign_in_on(&mut phone).await;
    let live = Live::open(&world, &ben.browser, &group).await;
    let lost = Live::open(&world, &phone, &group).await;
    let old = ben.passphrase.clone();
    ben.open("/me/passphrase").await;
    ben.fill([("old", &old)]).press("Change it").await;
    is_over(lost).await;
    is_over(live).await;
}

#[tokio::test]
async fn who_leaves_the_group_hears_no_more_of_it() {
    let world = world().await;
    let (group, mut ben) = two(&world).await;
    let mut ana = Live::open(&world, &group.founder.browser, &group).await;
    let mut other = world.browser();
    ben.sign_in_on(&mut other).await;
    let live = Live::open(&world, &other, &group).await;
    ben.open(&group.address("/leave")).await;
    let words = ben.page.attribute("input[name=words]", "value").expect("a choice");
    ben.fill([("words", &words)]).press("Leave now").await;
    is_over(live).await;
    change(&world.app, &group, 1).await;
    assert_eq!(ana.next().await, Some(event(1)));
}

/// Nothing was told, and all the same nothing more is heard: it is looked up before each line.
#[tokio::test]
async fn before_each_line_it_is_asked_who_may_hear_it() {
    let world = world().await;
    let (group, ben) = two(&world).await;
    let mut ana = Live::open(&world, &group.founder.browser, &group).await;
    let live = Live::open(&world, &ben.browser, &group).await;
    let gone = world.app.db.write(|tx| {
        tx.exec(storekit::sql!("DELETE FROM key_grant WHERE member_id IN (SELECT member_id FROM member WHERE number = 2)"), &[])
    });
    gone.await.expect("somebody meddles with the database");
    change(&world.app, &group, 1).await;
    is_over(live).await;
    assert_eq!(ana.next().await, Some(event(1)));
    let gone =
        world.app.db.write(|tx| tx.exec(storekit::sql!("DELETE FROM sign_in WHERE 1 = 1"), &[]));
    gone.await.expect("and meddles more");
    change(&world.app, &group, 2).await;
    is_over(ana).await;
}

#[tokio::test]
async fn a_page_that_nobody_touches_keeps_no_sign_in_alive() {
    let world = world().await;
    let (group, mut ben) = two(&world).await;
    let mut untouched = Live::open(&world, &ben.browser, &group).await;
    world.pass(Duration::from_secs(59 * 60));
    change(&world.app, &group, 1).await;
    assert_eq!(untouched.next().await, Some(event(1)));
    // The page fetches the piece that changed, says that it is there, comes back: no hand did it.
    let before = ben.cookies.line(0);
    ben.always("x-piece", "circle");
    ben.open(&group.address("")).await;
    ben.open(&group.address("/live/here")).await;
    ben.open(&group.address("/live")).await;
    assert_eq!(ben.cookies.line(0), before, "no cookie was renewed");
    world.pass(Duration::from_secs(61));
    change(&world.app, &group, 2).await;
    assert_eq!(untouched.next().await, None, "an hour without use has passed");
    let again = Live::ask(&world.router, &ben.browser, &group).await;
    assert!(again.status.is_redirection(), "{}", again.status);
}

#[tokio::test]
async fn a_page_that_is_used_goes_on_after_it_comes_back() {
    let world = world().await;
    let (group, mut ben) = two(&world).await;
    let mut live = Live::open(&world, &ben.browser, &group).await;
    world.pass(Duration::from_secs(59 * 60));
    ben.open(&group.address("")).await;
    world.pass(Duration::from_secs(61));
    change(&world.app, &group, 1).await;
    assert_eq!(live.next().await, None);
    let mut back = Live::open(&world, &ben.browser, &group).await;
    assert_eq!(back.next().await, Some(event(1)));
}

#[tokio::test]
async fn of_more_than_six_windows_the_oldest_ends() {
    let world = world().await;
    let group = world.group("ana", "The lamps").await;
    let mut windows = Vec::new();
    for _ in 0..7 {
        windows.push(Live::open(&world, &group.founder.browser, &group).await);
    }
    assert_eq!(world.app.live.count(), 6);
    assert_eq!(windows[0].next().await, None);
    change(&world.app, &group, 1).await;
    for window in &mut windows[1..] {
        assert_eq!(window.next().await, Some(event(1)));
    }
    drop(windows);
    assert_eq!(world.app.live.count(), 0, "who hangs up leaves nothing behind");
}

#[tokio::test]
async fn a_page_that_does_not_listen_is_not_waited_for() {
    let world = world().await;
    let (group, ben) = two(&world).await;
    let mut ana = Live::open(&world, &group.founder.browser, &group).await;
    let mut stuck = Live::open(&world, &ben.browser, &group).await;
    for version in 1..=40 {
        change(&world.app, &group, version).await;
        assert_eq!(ana.next().await, Some(event(version)));
    }
    let mut heard = 0;
    while stuck.next().await.is_some() {
        heard += 1;
    }
    assert!(heard < 40, "it hears what fitted, and then the end: {heard}");
}

/// Whoever reads nothing more can't be told from somebody to whom nothing happens.
#[tokio::test]
async fn an_open_connection_lasts_an_hour_at_most() {
    let world = world().await;
    let mut founder = world.person_at_home("ana").await;
    let id = founder.begin_group(&GroupAnswers::default()).await;
    let group = Group { founder, id };
    let mut live = Live::open(&world, &group.founder.browser, &group).await;
    world.pass(Duration::from_secs(59 * 60));
    change(&world.app, &group, 1).await;
    assert_eq!(live.next().await, Some(event(1)));
    world.pass(Duration::from_secs(60));
    change(&world.app, &group, 2).await;
    assert_eq!(live.next().await, None, "the page comes again by itself");
    let mut again = Live::open(&world, &group.founder.browser, &group).await;
    assert_eq!(again.next().await, Some(event(2)), "and misses nothing");
}
