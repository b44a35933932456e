//! What the circle says: to the eye, and to whoever hears it read out.

use super::evening;
use crate::world::{Page, World};

fn announced(page: &Page) -> String {
    page.attribute("#round", "data-announce").expect("it is read out").replace('\n', " | ")
}

#[tokio::test]
async fn a_silence_bears_no_name() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben"]).await;
    evening.together().await;
    evening.until("Round: names, and what brought me").await;
    let ana = &mut evening.group.founder;
    ana.press("Keep a silence").await;
    assert_eq!(ana.page.texts(".speaking"), ["We keep a silence."]);
    assert_eq!(
        ana.page.attribute(".circle svg", "aria-label").as_deref(),
        Some("We keep a silence.")
    );
    assert!(announced(&ana.page).contains("| We keep a silence."), "{}", announced(&ana.page));
    let phone = format!("{}/phone", evening.at);
    assert_eq!(evening.group.founder.open(&phone).await.texts(".speaking"), ["We keep a silence."]);
}

#[tokio::test]
async fn who_is_asked_and_goes_away_is_asked_again_at_the_end() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben", "cleo"]).await;
    evening.together().await;
    evening.until("Round: names, and what brought me").await;
    let at = evening.at.clone();
    let first = evening.asked().await.expect("somebody is asked");
    let person = evening.who(&first);
    person.open(&at).await;
    person.press("I am away for a moment").await;
    assert_ne!(evening.asked().await, Some(first.clone()));
    for _ in 0..2 {
        let name = evening.asked().await.expect("the others are asked");
        let person = evening.who(&name);
        person.open(&at).await;
        person.press("I'd like to pass this time").await;
    }
    assert_eq!(evening.asked().await, None, "it rests");
    let person = evening.who(&first);
    person.open(&at).await;
    person.press("I am here").await;
    assert_eq!(evening.asked().await, Some(first.clone()));
    let person = evening.who(&first);
    person.press("I am away for a moment").await;
    evening.asked().await;
    let line = evening.group.founder.page.texts(".seats li.now").concat();
    assert!(line.contains("asked now · away"), "{line}");
}

#[tokio::test]
async fn turns_offers_signals_and_a_new_lead_are_read_out_to_whom_they_are_for() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben", "cleo"]).await;
    evening.together().await;
    let at = evening.at.clone();
    let ben = &mut evening.others[0];
    ben.open(&at).await;
    ben.press("I am upset").await;
    assert!(!announced(&ben.page).contains("is upset"), "it is one's own");
    let heard = |page: &Page| announced(page).contains("ben: is upset");
    assert!(!heard(evening.others[1].open(&at).await));
    let ana = &mut evening.group.founder;
    assert!(heard(ana.open(&at).await));
    assert!(!announced(ana.open(&format!("{at}/phone")).await).contains("upset"), "the room hears");
    ana.open(&format!("{at}/roles")).await;
    let seat = ana.page.attribute("#to-facilitator option", "value").expect("a seat");
    ana.fill([("to", &seat)]).press_in("section:nth-of-type(1)", "Ask them").await;
    let ben = &mut evening.others[0];
    assert!(announced(ben.open(&at).await).contains("You were asked to be: facilitator"));
    ben.press_in("#round", "I'll do it").await;
    assert!(announced(evening.others[1].open(&at).await).contains("facilitator: ben"));
    let ben = &mut evening.others[0];
    for _ in 0..3 {
        ben.open(&at).await;
        let begin = ben.page.texts("button").into_iter().find(|one| one.starts_with("Begin:"));
        ben.press(&begin.expect("a step")).await;
    }
    let first = evening.asked().await.expect("somebody is asked");
    for name in ["Ana", "ben", "cleo"] {
        let person = evening.who(name);
        let said = announced(person.open(&at).await);
        let mine = said.contains("| It is your turn, if you like.");
        assert_eq!(mine, name == first, "{name}: {said}");
        assert_eq!(!mine, said.contains("is asked next"), "{name}: {said}");
    }
}

#[tokio::test]
async fn before_the_first_step_and_after_the_last_the_circle_says_so() {
    let world = World::new().await;
    let mut evening = evening(&world, &[]).await;
    let order = format!("{}/order", evening.at);
    let ana = &mut evening.group.founder;
    ana.open(&order).await;
    for _ in 0..8 {
        let first = ana.page.texts(".running li:first-child button").pop().expect("a way out");
        ana.press_in(".running li:first-child", &first).await;
    }
    for (kind, minutes) in [("closing", "2"), ("talk", "5")] {
        ana.fill([("kind", kind), ("minutes", minutes)]).press("Add it at the end").await;
    }
    ana.press_in(".running li:first-child", "Take out Closing words").await;
    let steps = ana.page.texts(".running li > span:first-child");
    assert_eq!(steps, ["Closing words", "Free talk"], "what was taken out is offered again");
    evening.together().await;
    let ana = &mut evening.group.founder;
    assert_eq!(ana.page.texts("#round h2"), ["We have not begun yet"]);
    ana.press("Begin: Closing words").await;
    ana.press("End this step").await;
    assert_eq!(ana.page.texts("#round h2"), ["Between two steps"]);
    ana.press("Begin: Free talk").await;
    ana.press("End this step").await;
    assert_eq!(ana.page.texts("#round h2"), ["All steps are done"]);
}

#[tokio::test]
async fn going_home_is_asked_once_and_whoever_leads_is_told_what_it_means() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben"]).await;
    evening.together().await;
    let at = evening.at.clone();
    let ana = &mut evening.group.founder;
    ana.open(&at).await;
    assert!(ana.page.says("You leave this meeting. You can come back in while it is open."));
    assert!(ana.page.says("Somebody else can then be the facilitator."));
    assert!(ana.page.says("Keep this page fresh"), "without script it has to be loaded");
    let ben = &mut evening.others[0];
    ben.open(&at).await;
    assert!(!ben.page.says("Somebody else can then be the facilitator."));
    ben.press_in("details:has([value=leave])", "Yes, I go home").await;
    ben.press("I am here").await;
    assert!(ben.page.has("details:has([value=leave])"), "they came back in");
}

#[tokio::test]
async fn a_circle_that_is_over_leads_nobody_into_a_dead_end() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben"]).await;
    evening.together().await;
    let at = evening.at.clone();
    let ben = &mut evening.others[0];
    ben.open(&at).await;
    let lost = ben.ready("main", "I am lost");
    ben.open(&format!("{at}/order")).await;
    let more = ben.ready("main", "Add it at the end");
    let ana = &mut evening.group.founder;
    ana.open(&format!("{at}/close")).await;
    ana.untick("next").press("Close the meeting").await;
    assert!(ana.page.has("#round[data-stage=closed]"), "an open page sees that it is another");
    let ben = &mut evening.others[0];
    ben.send(&lost).await;
    assert_eq!((ben.page.status.as_u16(), ben.page.path.as_str()), (200, &*at));
    assert!(ben.page.notice().starts_with("The circle is over by now."));
    ben.send(&more).await;
    assert_eq!(ben.page.status, 409);
    ben.follow("Go back to how it stands").await;
    assert_eq!(ben.page.path, at);
}
