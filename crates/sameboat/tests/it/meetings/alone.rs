//! What one member alone can do, and can't.

use std::time::Duration;

use super::{Evening, evening};
use crate::world::{Browser, World};

/// A group whose meeting is two days ahead.
async fn in_two_days(world: &World) -> Evening {
    let mut evening = evening(world, &["ben", "cleo"]).await;
    change(&mut evening.group.founder, &evening.at, "2026-01-08").await;
    evening
}

async fn change(who: &mut Browser, at: &str, date: &str) {
    who.open(&format!("{at}/change")).await;
    who.fill([("date", date)]).press("Keep it").await;
    assert_eq!(who.page.notice(), "The meeting is changed.");
}

/// Whom the group's page for sharing calls the facilitator.
async fn on_duty(evening: &mut Evening) -> Option<String> {
    let address = evening.group.address("/share/new");
    let cleo = &mut evening.others[1];
    cleo.open(&address).await;
    let told = cleo.page.texts("label:has([value=facilitator]) small");
    told.into_iter().next()
}

/// Ben begins at its time, and takes over from Ana, who has not come.
async fn ben_takes_over(world: &World, evening: &mut Evening) {
    let at = evening.at.clone();
    let ben = &mut evening.others[0];
    ben.open(&at).await;
    ben.press("We begin").await;
    world.pass(Duration::from_secs(30));
    ben.open(&at).await;
    ben.press("I take over as facilitator").await;
    assert!(ben.page.says("facilitatorben"), "{}", ben.page.text());
}

#[tokio::test]
async fn a_meeting_begins_around_its_time_and_a_new_time_is_seen_by_all() {
    let world = World::new().await;
    let mut evening = in_two_days(&world).await;
    let at = evening.at.clone();
    let ben = &mut evening.others[0];
    ben.open(&at).await;
    assert!(!ben.page.texts("button").contains(&"We begin".to_owned()));
    assert!(ben.page.says("from two hours before"));
    let once = ben.once();
    ben.post(&format!("{at}/begin"), &[("once", &once)]).await;
    assert_eq!(ben.page.status, 409);
    assert!(ben.page.says("A meeting begins around its time"));
    ben.follow("Go back to how it stands").await;
    assert_eq!(ben.page.path, at);
    change(ben, &at, super::TONIGHT).await;
    ben.press("We begin").await;
    assert!(ben.page.has("#round[data-stage=open]"));
}

#[tokio::test]
async fn whoever_takes_over_from_somebody_who_has_not_come_is_told_nothing_of_worries() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben", "cleo"]).await;
    let at = evening.at.clone();
    ben_takes_over(&world, &mut evening).await;
    evening.others[1].open(&at).await;
    evening.others[1].press("I am here").await;
    assert_eq!(on_duty(&mut evening).await.as_deref(), Some("Ana"));
    evening.group.founder.open(&at).await;
    evening.group.founder.press("I am here").await;
    assert_eq!(on_duty(&mut evening).await.as_deref(), Some("ben"), "Ana sees it now");
}

#[tokio::test]
async fn one_alone_closes_no_meeting_and_ends_nobodys_duty() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben", "cleo"]).await;
    let at = evening.at.clone();
    ben_takes_over(&world, &mut evening).await;
    let ben = &mut evening.others[0];
    ben.follow("Close the meeting").await;
    assert!(ben.page.says("Nobody else has come"));
    ben.press("End the circle, keep the meeting planned").await;
    assert_eq!(ben.page.notice(), "The circle is over, and the meeting is planned as before.");
    assert!(ben.page.says("facilitator: Ana"), "{}", ben.page.text());
    assert_eq!(on_duty(&mut evening).await.as_deref(), Some("Ana"));
    let ben = &mut evening.others[0];
    ben.open(&at).await;
    ben.press("We begin").await;
    world.pass(Duration::from_secs(30));
    ben.open(&at).await;
    ben.follow("Close the meeting").await;
    evening.others[1].open(&at).await;
    evening.others[1].press("I am here").await;
    let ben = &mut evening.others[0];
    ben.press("End the circle, keep the meeting planned").await;
    assert!(ben.page.says("Somebody else has come by now"), "{}", ben.page.text());
    assert!(ben.open(&at).await.has("#round[data-stage=open]"), "it goes on");
}

#[tokio::test]
async fn whoever_leads_and_writes_or_looks_elsewhere_is_there() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben"]).await;
    evening.together().await;
    let at = evening.at.clone();
    let ana = &mut evening.group.founder;
    ana.open(&format!("{at}/write")).await;
    assert!(ana.page.has("[data-here]"), "the page says that she is there");
    world.pass(Duration::from_secs(25));
    let mut draft = ana.ready("form[data-draft]", "Keep it");
    draft.action = "/notebook/draft".to_owned();
    assert_eq!(ana.send(&draft).await.status, 204);
    world.pass(Duration::from_secs(25));
    assert!(!evening.others[0].open(&at).await.says("I take over as facilitator"));
    let pages = ["/close", "/harvest", "/order", "/roles", "/phone", "/script"];
    let pages = pages.map(|page| format!("{at}{page}"));
    let group = ["", "/common-ground", "/talk"].map(|page| evening.group.address(page));
    for page in pages.iter().chain(&group) {
        let ana = &mut evening.group.founder;
        assert!(ana.open(page).await.has("[data-here]"), "{page}");
        world.pass(Duration::from_secs(25));
        assert!(!evening.others[0].open(&at).await.says("I take over as facilitator"), "{page}");
    }
    world.pass(Duration::from_secs(5));
    assert!(evening.others[0].open(&at).await.says("I take over as facilitator"));
    evening.group.founder.open(&at).await;
    evening.group.founder.press("I am away for a moment").await;
    world.pass(Duration::from_secs(29));
    assert!(!evening.others[0].open(&at).await.says("I take over as facilitator"));
    world.pass(Duration::from_secs(1));
    let today = evening.group.address("");
    evening.group.founder.open(&today).await;
    assert!(evening.others[0].open(&at).await.says("I take over as facilitator"), "she said so");
}
