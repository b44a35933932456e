use std::time::Duration;

use super::evening;
use crate::world::World;

const OTHERS: [&str; 7] = ["ben", "cleo", "dora", "emil", "fay", "gus", "hana"];

#[tokio::test]
async fn eight_people_take_a_whole_first_meeting() {
    let world = World::new().await;
    let mut evening = evening(&world, &OTHERS).await;
    evening.together().await;
    let at = evening.at.clone();
    let mut rounds = 0;
    for step in 0..9 {
        evening.begin_next().await;
        let order = evening.round().await;
        if !order.is_empty() {
            let mut everybody = order.clone();
            everybody.sort();
            everybody.dedup();
            assert_eq!((order.len(), everybody.len()), (8, 8), "each has one turn in step {step}");
            rounds += 1;
        }
    }
    assert_eq!(rounds, 2);
    let ana = &mut evening.group.founder;
    ana.open(&at).await;
    ana.press("End this step").await;
    ana.follow("Close the meeting").await;
    ana.fill([("harvest", "Ask the <clinic> together")]).press("Close the meeting").await;
    assert_eq!(ana.page.notice(), "The meeting is closed. Thank you, all of you.");
    for other in &mut evening.others {
        other.open(&at).await;
        assert!(other.page.words().contains(&"Ask the <clinic> together".to_owned()));
        assert!(other.page.says("Who cameAna, ben, cleo"), "{}", other.page.text());
    }
}

#[tokio::test]
async fn passing_looks_like_speaking_and_the_piece_must_be_accepted() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben", "cleo"]).await;
    evening.together().await;
    evening.until("Round: names, and what brought me").await;
    let at = evening.at.clone();
    let first = evening.asked().await.expect("somebody is asked");
    evening.group.founder.open(&at).await;
    assert!(evening.group.founder.page.says(&format!("{first} is asked next")));
    let person = evening.who(&first);
    person.open(&at).await;
    assert!(person.page.says("It is your turn, if you like."));
    person.press("Take the talking piece").await;
    assert!(person.page.says("You have the talking piece"));
    person.press("Pass it on").await;
    let second = evening.asked().await.expect("somebody is asked");
    let person = evening.who(&second);
    person.open(&at).await;
    person.press("I'd like to pass this time").await;
    evening.asked().await;
    let lines = evening.group.founder.page.texts(".seats li");
    let line = |name: &str| {
        let line = lines.iter().find(|line| line.starts_with(name)).expect("a line");
        let part = line.trim_start_matches(name).to_owned();
        part.replace(" · facilitator", "").replace(" · opener", "")
    };
    assert_eq!(line(&first), line(&second), "nothing tells who spoke");
    let chairs = evening.group.founder.page.body.matches("chair spoke").count();
    assert_eq!(chairs, 2);
}

#[tokio::test]
async fn who_is_away_is_asked_at_the_end_and_who_is_late_sits_last() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben", "cleo", "dora"]).await;
    let at = evening.at.clone();
    let mut late = evening.others.pop().expect("three");
    evening.together().await;
    evening.until("What we are here for").await;
    let ben = &mut evening.others[0];
    ben.open(&at).await;
    ben.press("I am away for a moment").await;
    evening.begin_next().await;
    late.open(&at).await;
    late.press("I am here").await;
    evening.others.push(late);
    for _ in 0..3 {
        let name = evening.asked().await.expect("somebody is asked");
        assert_ne!(name, "ben", "who is away is not asked now");
        let person = evening.who(&name);
        person.open(&at).await;
        person.press("I'd like to pass this time").await;
    }
    assert_eq!(evening.asked().await, None);
    assert!(evening.group.founder.page.says("The talking piece rests"));
    let ben = &mut evening.others[0];
    ben.open(&at).await;
    ben.press("I am here").await;
    assert_eq!(evening.asked().await.as_deref(), Some("ben"), "asked again at the end");
}

#[tokio::test]
async fn the_facilitator_helps_the_piece_on() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben", "cleo"]).await;
    evening.together().await;
    evening.until("Round: names, and what brought me").await;
    let first = evening.asked().await.expect("somebody is asked");
    evening.group.founder.press("Help the talking piece on").await;
    assert_ne!(evening.asked().await, Some(first.clone()));
    let order = evening.round().await;
    assert_eq!(order.last(), Some(&first), "they are asked again at the end");
}

#[tokio::test]
async fn a_late_tap_is_refused_kindly_and_a_double_tap_is_no_trouble() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben", "cleo"]).await;
    evening.together().await;
    evening.until("Round: names, and what brought me").await;
    let at = evening.at.clone();
    let first = evening.asked().await.expect("somebody is asked");
    let help = evening.group.founder.ready("main", "Help the talking piece on");
    let person = evening.who(&first);
    person.open(&at).await;
    let take = person.ready("main", "Take the talking piece");
    person.send(&take).await;
    person.send(&take).await;
    assert_eq!(person.page.status, 200);
    assert!(person.page.says("You have the talking piece"));
    evening.group.founder.send(&help).await;
    let page = &evening.group.founder.page;
    assert_eq!(page.status, 409);
    assert!(page.says("Somebody was a moment faster. Here is how it stands now."));
    assert!(page.says(&format!("{first} has the talking piece")));
    assert!(page.has("#round [data-refused]"));
}

#[tokio::test]
async fn of_two_moves_at_once_one_wins() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben", "cleo"]).await;
    evening.together().await;
    let at = evening.at.clone();
    evening.until("Round: names, and what brought me").await;
    let first = evening.asked().await.expect("somebody is asked");
    let help = evening.group.founder.ready("main", "Help the talking piece on");
    let mut ana = evening.group.founder.clone();
    let person = evening.who(&first);
    person.open(&at).await;
    let pass = person.ready("main", "I'd like to pass this time");
    let (one, other) = tokio::join!(ana.send(&help), person.send(&pass));
    let mut both = [one.status.as_u16(), other.status.as_u16()];
    both.sort_unstable();
    // Passed first, the piece is where helping would bring it: no trouble at all.
    assert!(both == [200, 409] || both == [200, 200], "{both:?}");
    let now = evening.asked().await;
    assert_ne!(now, Some(first), "it went on by one");
}

#[tokio::test]
async fn somebody_takes_over_when_the_facilitator_is_not_heard_for_thirty_seconds() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben", "cleo"]).await;
    evening.together().await;
    let at = evening.at.clone();
    let ben = &mut evening.others[0];
    ben.open(&at).await;
    assert!(!ben.page.says("I take over as facilitator"));
    world.pass(Duration::from_secs(29));
    assert!(!ben.open(&at).await.says("I take over as facilitator"));
    world.pass(Duration::from_secs(1));
    assert!(ben.open(&at).await.says("I take over as facilitator"));
    ben.press("I take over as facilitator").await;
    let cleo = &mut evening.others[1];
    cleo.open(&at).await;
    assert!(cleo.page.texts("#order dd")[0].contains("ben"), "everybody sees it");
    evening.group.founder.open(&at).await;
    assert!(!evening.group.founder.page.says("Begin:"), "one voice like everybody");
}

#[tokio::test]
async fn the_role_is_handed_on_in_the_middle() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben"]).await;
    evening.together().await;
    let at = evening.at.clone();
    let ana = &mut evening.group.founder;
    ana.open(&format!("{at}/roles")).await;
    let seat = ana.page.attribute("#to-facilitator option", "value").expect("a seat");
    ana.fill([("to", &seat)]).press_in("section:nth-of-type(1)", "Ask them").await;
    let ben = &mut evening.others[0];
    ben.open(&at).await;
    assert!(ben.page.says("You were asked to be: facilitator"));
    ben.press_in("#round", "I'll do it").await;
    assert!(ben.page.says("Begin: Arriving"));
}

#[tokio::test]
async fn quiet_signals_go_to_the_facilitator_or_to_all() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben", "cleo"]).await;
    evening.together().await;
    let at = evening.at.clone();
    let ben = &mut evening.others[0];
    ben.open(&at).await;
    ben.press("I am lost").await;
    assert!(ben.page.says("ben: is lost (for the facilitator)"));
    let cleo = &mut evening.others[1];
    assert!(!cleo.open(&at).await.says("ben: is lost"));
    cleo.fill([("to", "all")]).press("I need a break").await;
    let ana = &mut evening.group.founder;
    ana.open(&at).await;
    assert!(ana.page.says("ben: is lost") && ana.page.says("cleo: needs a break"));
    assert!(evening.others[0].open(&at).await.says("cleo: needs a break"));
    let ana = &mut evening.group.founder;
    ana.press_in("form:has([value=lost])", "Seen to").await;
    assert!(!evening.others[0].open(&at).await.says("is lost"));
}

#[tokio::test]
async fn without_script_the_page_keeps_fresh_only_when_somebody_wants_it() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben"]).await;
    evening.together().await;
    let at = evening.at.clone();
    let ben = &mut evening.others[0];
    ben.open(&at).await;
    assert!(!ben.page.has("meta[http-equiv=refresh]"));
    ben.follow("Keep it fresh: load this page every ten seconds").await;
    assert_eq!(ben.page.attribute("meta[http-equiv=refresh]", "content").as_deref(), Some("10"));
    ben.press("I am lost").await;
    assert!(ben.page.has("meta[http-equiv=refresh]"), "a tap does not switch it off");
    for page in ["/write", "/harvest", "/phone", "/order", "/close", "/calendar"] {
        ben.open(&format!("{at}{page}?fresh=1")).await;
        assert!(!ben.page.has("meta[http-equiv=refresh]"), "{page} has a field and never reloads");
    }
}
