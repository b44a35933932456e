//! The last meeting of a group that ends, and the way in for those who came late.

use std::time::Duration;

use super::{TONIGHT, evening};
use crate::joining::{answer_all, found_with, with_another, world};
use crate::world::{Person, World};

const ENDS: [(&str, &str); 2] = [("end", "ends"), ("date", "2026-06-30")];

/// Ana begins a group that meets on Tuesdays at half past six until the end of June.
async fn until_june(ana: &mut Person) -> String {
    answer_all(ana, "Ana", &ENDS).await;
    ana.open("/start/rhythm").await;
    ana.fill([("weekday", "2"), ("time", "18:30")]).press("Go on").await;
    ana.open("/start/card").await;
    ana.press("Begin this group").await;
    assert!(ana.page.path.starts_with("/g/"), "{}", ana.page.text());
    ana.page.path.clone()
}

#[tokio::test]
async fn a_group_that_ends_has_its_last_meeting_from_the_first_day() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    let home = until_june(&mut ana).await;
    assert!(ana.page.says("Choose a day for the first meeting"), "the last is far away");
    assert!(!ana.page.says("Our last meeting"));
    ana.open(&format!("{home}/meet")).await;
    assert!(ana.page.says("No meeting is set yet"));
    let said = "Our last meeting It ends on Tuesday 30 June 2026.";
    assert!(ana.page.says(said), "{}", ana.page.text());
    ana.follow("Tuesday 30 June 2026, 18:30").await;
    for question in ["What did I give here, and what did I get?", "What is unfinished?"] {
        assert!(ana.page.words().contains(&question.to_owned()), "{}", ana.page.text());
    }
    let last = ana.page.path.clone();

    ana.open(&format!("{home}/meetings/new")).await;
    ana.fill([("date", TONIGHT)]).press("Keep it").await;
    assert!(ana.page.says("Round: names, and what brought me"), "the first one is still the first");
    ana.open(&home).await;
    assert!(ana.page.says("Our next meeting Tuesday 6 January 2026"));
    world.pass_days(170);
    let mut browser = world.browser();
    let ana = ana.sign_in_on(&mut browser).await;
    ana.open(&home).await;
    assert!(ana.page.says("Our last meeting Tuesday 30 June 2026"), "{}", ana.page.text());
    ana.open(&last).await;
    assert_eq!(ana.page.status, 200);
}

#[tokio::test]
async fn where_no_time_was_agreed_on_the_last_meeting_is_asked_for() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    let home = found_with(&mut ana, "Ana", &ENDS).await;
    ana.open(&format!("{home}/meet")).await;
    ana.follow("Set our last meeting").await;
    assert_eq!(ana.page.value("date"), "2026-06-30");
    assert!(ana.page.has("input[name=last][checked]"));
    ana.fill([("time", "never")]).press("Keep it").await;
    assert_eq!(ana.page.status, 422);
    assert!(ana.page.has("input[name=last][checked]"), "what was ticked stays");
    ana.fill([("time", "18:30")]).press("Keep it").await;
    assert_eq!(ana.page.notice(), "The meeting is set.");
    assert!(ana.page.words().contains(&"What is unfinished?".to_owned()));
    ana.open(&format!("{home}/meet")).await;
    assert!(!ana.page.says("Set our last meeting"));
    let said = "After thatTuesday 30 June 2026, 18:30 · Our last meeting";
    assert!(ana.page.says(said), "{}", ana.page.text());
}

#[tokio::test]
async fn a_last_meeting_for_another_day_than_the_end_does_not_stand_for_it() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    let home = until_june(&mut ana).await;
    ana.open(&format!("{home}/meet")).await;
    ana.follow("Tuesday 30 June 2026, 18:30").await;
    ana.follow("Change time or place").await;
    ana.fill([("date", "2026-02-03")]).press("Keep it").await;
    ana.open(&format!("{home}/meet")).await;
    assert!(ana.page.says("Set our last meeting"), "{}", ana.page.text());
    assert!(ana.page.says("Tuesday 3 February 2026, 18:30 · Our last meeting"));
    ana.follow("Tuesday 3 February 2026, 18:30").await;
    ana.follow("Change time or place").await;
    assert!(ana.page.has("input[name=last][checked]"));
    ana.untick("last");
    ana.press("Keep it").await;
    ana.open(&format!("{home}/meet")).await;
    assert!(!ana.page.says("18:30 · Our last meeting"), "it is one like others");
}

#[tokio::test]
async fn a_group_that_goes_on_is_not_told_of_an_end() {
    let world = World::new().await;
    let mut group = world.group("ana", "The lamps").await;
    let meet = group.address("/meet");
    group.founder.open(&meet).await;
    assert!(!group.founder.page.says("Our last meeting"));
}

#[tokio::test]
async fn who_came_when_the_group_had_met_finds_a_way_in_for_a_month() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben"]).await;
    evening.together().await;
    let (at, home) = (evening.at.clone(), evening.group.address(""));
    evening.group.founder.open(&format!("{at}/close")).await;
    evening.group.founder.press("Close the meeting").await;
    world.pass(Duration::from_secs(60));
    let mut during = evening.group.let_in(&world, "dora").await;
    during.open(&home).await;
    assert!(!during.page.says("You came when we had already begun"), "they may have sat there");
    world.pass_hours(20);
    evening.group.founder.back(&world).await;
    let mut late = evening.group.let_in(&world, "cleo").await;
    late.open(&home).await;
    assert!(late.page.says("You came when we had already begun"), "{}", late.page.text());
    assert!(late.page.says("What was said and written before you came stays with those"));
    let ben = &mut evening.others[0];
    ben.back(&world).await;
    ben.open(&home).await;
    assert!(!ben.page.says("You came when we had already begun"));
    world.pass_days(31);
    let mut browser = world.browser();
    let late = late.sign_in_on(&mut browser).await;
    late.open(&home).await;
    assert!(!late.page.says("You came when we had already begun"));
}

#[tokio::test]
async fn where_the_agreement_opens_earlier_words_the_way_in_leads_there() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    let home = found_with(&mut ana, "Ana", &[("earlier", "at-once")]).await;
    let mut ben = with_another(&world, &mut ana, &home, "ben", "Ben").await;
    ana.open(&format!("{home}/meetings/new")).await;
    ana.fill([("date", TONIGHT), ("time", "18:30")]).press("Keep it").await;
    let at = ana.page.path.clone();
    ana.press("We begin").await;
    ben.open(&at).await;
    ben.press("I am here").await;
    ana.open(&format!("{at}/close")).await;
    ana.fill([("date", "2026-01-13"), ("time", "18:30")]).press("Close the meeting").await;
    world.pass_hours(20);
    ana.back(&world).await;
    let mut late = with_another(&world, &mut ana, &home, "cleo", "Cleo").await;
    late.open(&home).await;
    let said = "Earlier words open to you as far as our agreement says.";
    assert!(late.page.says(said), "{}", late.page.text());
}
