//! What goes over a live connection, and what never does (P2, P6, P10).

use axum::http::{HeaderName, StatusCode};

use super::{Live, change, event, world};
use crate::world::{Scene, Who, log};

#[tokio::test]
async fn it_is_kept_nowhere_and_held_back_nowhere() {
    let world = world().await;
    let mut group = world.group("ana", "The lamps").await;
    group.founder.always("accept-encoding", "gzip, br");
    let mut live = Live::open(&world, &group.founder.browser, &group).await;
    for (name, value) in [
        ("content-type", "text/event-stream"),
        ("cache-control", "no-store"),
        ("x-accel-buffering", "no"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
    ] {
        assert_eq!(live.headers[HeaderName::from_static(name)], value);
    }
    for none in ["content-encoding", "content-length", "set-cookie"] {
        assert!(!live.headers.contains_key(none), "{none}");
    }
    change(&world.app, &group, 1).await;
    assert_eq!(live.next().await, Some(event(1)), "plain text");
}

#[tokio::test]
async fn only_members_may_listen_or_say_that_they_are_here() {
    let world = world().await;
    let scene = Scene::new(&world).await;
    for who in Who::ALL {
        for page in ["/live", "/live/here"] {
            let mut browser = scene.browser(who).await;
            browser.open(&scene.address(&format!("/g/{{group}}{page}"))).await;
            let status = browser.page.status;
            match who {
                Who::Founder | Who::Member | Who::OnDuty => {
                    assert!(status.is_success(), "{who:?} {status}")
                }
                Who::Nobody => assert_eq!(browser.page.path, "/sign-in"),
                Who::SignedIn | Who::AtDoor | Who::Former | Who::OtherGroup => {
                    assert_eq!(status, StatusCode::NOT_FOUND, "{who:?}");
                }
            }
        }
    }
}

/// Every byte of a stream, while members do things: ids and numbers, nothing that anybody wrote.
#[tokio::test]
async fn no_word_and_no_name_goes_over_it() {
    let world = world().await;
    let mut group = world.group("ana", "The lamps of Quillfeather").await;
    let mut live = Live::open(&world, &group.founder.browser, &group).await;
    let mut ben = group.let_in(&world, "brindlewick").await;
    change(&world.app, &group, 1).await;
    ben.open(&group.address("/leave")).await;
    let words = ben.page.attribute("input[name=words]", "value").expect("a choice");
    ben.fill([("words", &words)]).press("Leave now").await;
    change(&world.app, &group, 2).await;
    let heard = [live.next().await, live.next().await];
    assert_eq!(heard, [Some(event(1)), Some(event(2))], "nothing else came");
    let ids = log::lines();
    assert!(!ids.contains(&group.id), "the log does not say which group is listened to");
    assert!(ids.contains("/g/{group}/live"), "it says that somebody listens");
}
