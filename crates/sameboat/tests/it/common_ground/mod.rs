//! What members have in common, and who sees it from when on.

mod cause;

pub use cause::write as write_cause;

use std::collections::BTreeMap;

use axum::http::StatusCode;
use storekit::testing::statements_run;

use crate::joining::with_another;
use crate::sharing::{Circle, share};
use crate::world::{Person, alone};

async fn add(who: &mut Person, group: &str, theme: &str, own: &str) {
    who.open(&format!("{group}/common-ground")).await;
    let once = who.once();
    let fields = [("once", &*once), ("theme", theme), ("own", own)];
    who.post(&format!("{group}/common-ground"), &fields).await;
    assert_eq!(who.page.notice(), "It is counted, without your name.", "{:?}", who.page.issues());
}

async fn aim(who: &mut Person, group: &str, theme: &str, own_goal: &str) {
    who.open(&format!("{group}/common-ground")).await;
    let once = who.once();
    let fields = [("once", &*once), ("theme", theme), ("own-goal", own_goal)];
    who.post(&format!("{group}/common-ground"), &fields).await;
    assert_eq!(who.page.notice(), "It is counted, without your name.", "{:?}", who.page.issues());
}

async fn goals(who: &mut Person, group: &str) -> Vec<String> {
    who.open(&format!("{group}/common-ground")).await;
    who.page.texts("#goals .ground span:not(.muted):not(.hush)")
}

/// Eight people, of whom the four are known by name.
async fn of_eight() -> (Circle, Vec<Person>) {
    let mut all = Circle::new().await;
    let group = all.group.clone();
    let mut others = Vec::new();
    for (word, name) in [("rosa", "Rosa"), ("tess", "Tess"), ("uma", "Uma"), ("vic", "Vic")] {
        others.push(with_another(&all.world, &mut all.amara, &group, word, name).await);
    }
    (all, others)
}

async fn shared(who: &mut Person, group: &str) -> Vec<String> {
    who.open(&format!("{group}/common-ground")).await;
    who.page.texts("#shared .ground span:not(.muted):not(.hush)")
}

#[tokio::test]
async fn a_theme_is_seen_by_all_from_three_on() {
    let mut all = Circle::new().await;
    let group = all.group.clone();
    for (word, name) in [("rosa", "Rosa"), ("tess", "Tess")] {
        with_another(&all.world, &mut all.amara, &group, word, name).await;
    }
    add(&mut all.bea, &group, "sleep", "").await;
    add(&mut all.joan, &group, "sleep", "").await;
    assert!(all.joan.page.texts("#alone").concat().contains("Not sleeping"), "its holder sees it");
    assert!(shared(&mut all.mo, &group).await.is_empty());
    assert!(!all.mo.page.has("#alone"), "two are nobody else's business");
    add(&mut all.mo, &group, "sleep", "").await;
    assert_eq!(shared(&mut all.amara, &group).await, ["3 of us · Not sleeping"]);
    all.amara.press_in("#shared", "Mine too Not sleeping").await;
    assert_eq!(shared(&mut all.amara, &group).await, ["Some of us · Not sleeping you too"]);
    all.bea.open(&group).await;
    assert!(all.bea.page.says("Not sleeping"), "Today tells it too");
    all.amara.press_in("#shared", "Not mine any more Not sleeping").await;
    all.mo.open(&format!("{group}/common-ground")).await;
    all.mo.press_in("#shared", "Not mine any more Not sleeping").await;
    assert!(shared(&mut all.bea, &group).await.is_empty(), "below three it is theirs again");
}

#[tokio::test]
async fn leaving_tells_nobody_what_the_leaver_had_ticked() {
    let mut all = Circle::new().await;
    let group = all.group.clone();
    let address = share(&mut all.amara, &group, "I cried in the bathroom").await;
    for who in [&mut all.bea, &mut all.joan, &mut all.mo] {
        add(who, &group, "sleep", "").await;
    }
    for who in [&mut all.joan, &mut all.mo] {
        who.open(&address).await;
        who.press("Me too").await;
    }
    let before = shared(&mut all.amara, &group).await;
    all.mo.open(&format!("{group}/leave")).await;
    assert!(all.mo.page.says("You can take them back before you go."));
    all.mo.fill([("words", "removed")]).press("Leave now").await;
    assert_eq!(shared(&mut all.amara, &group).await, before, "nothing went with Mo");
    all.amara.open(&address).await;
    assert!(all.amara.page.says("Some of us have been there."));
}

#[tokio::test]
async fn own_words_that_only_look_different_count_together() {
    let mut all = Circle::new().await;
    let group = all.group.clone();
    add(&mut all.bea, &group, "", "No bus after six").await;
    add(&mut all.joan, &group, "", "no bus after six!").await;
    add(&mut all.mo, &group, "", "No  bus after six").await;
    assert_eq!(shared(&mut all.amara, &group).await, ["Some of us · No bus after six"]);
}

#[tokio::test]
async fn a_spelling_in_pictures_and_direction_signs_does_not_win_over_honest_ones() {
    let mut all = Circle::new().await;
    let group = all.group.clone();
    add(&mut all.bea, &group, "", "No bus after six").await;
    add(&mut all.joan, &group, "", "no bus after six").await;
    add(&mut all.mo, &group, "", "*\u{202e}🚌 No bus after six 🚌🅰\u{fe0f}").await;
    assert_eq!(shared(&mut all.amara, &group).await, ["Some of us · No bus after six"]);
    all.mo.open(&format!("{group}/common-ground")).await;
    assert!(!all.mo.page.body.contains(['🚌', '🅰', '\u{202e}']), "not for its writer either");
    for pictures in ["🚌🚍", "\u{202e}\u{2066}", "🇩🇪", "🅰🅱"] {
        all.mo.open(&format!("{group}/common-ground")).await;
        let once = all.mo.once();
        let fields = [("once", &*once), ("own", pictures)];
        all.mo.post(&format!("{group}/common-ground"), &fields).await;
        assert_eq!(all.mo.page.issues(), ["Tick something, or write a few words."], "{pictures}");
    }
}

/// Each save leaves a copy of the row in PostgreSQL's tuples and log, and each differs from the one
/// before by what this one person ticked.
#[tokio::test]
async fn several_themes_in_one_form_are_saved_in_one_go() {
    const TEST: &str = "common_ground::several_themes_in_one_form_are_saved_in_one_go";
    if !alone(TEST) {
        return;
    }
    let mut all = Circle::new().await;
    let address = format!("{}/common-ground", all.group);
    let mut ran: Vec<BTreeMap<String, usize>> = Vec::new();
    for themes in [&["sleep"][..], &["tired", "alone", "goal hour", "goal joy"]] {
        all.bea.open(&address).await;
        let once = all.bea.once();
        let mut fields = vec![("once", &*once), ("own", themes[0]), ("own-goal", themes[0])];
        fields.extend(themes.iter().map(|theme| ("theme", *theme)));
        let before = statements_run().len();
        all.bea.post(&address, &fields).await;
        assert_eq!(all.bea.page.notice(), "It is counted, without your name.");
        let mut each: BTreeMap<String, usize> = BTreeMap::new();
        for place in statements_run().split_off(before) {
            let place = format!("{place:?}");
            // Where nameless rows are read and saved.
            if place.contains("groups/store.rs") {
                *each.entry(place).or_default() += 1;
            }
        }
        ran.push(each);
    }
    // Three themes of the one form and six of the other: a save for each would run three times more.
    let once = |place: &String| ran[0].get(place).copied().unwrap_or_default();
    let more: Vec<_> = ran[1].iter().filter(|(place, times)| **times > once(place) + 1).collect();
    assert!(more.is_empty(), "more themes, more saves: {more:?}");
}

#[tokio::test]
async fn the_same_theme_twice_counts_once() {
    let mut all = Circle::new().await;
    let group = all.group.clone();
    for _ in 0..3 {
        add(&mut all.bea, &group, "sleep", "").await;
    }
    assert!(shared(&mut all.bea, &group).await.is_empty());
}

#[tokio::test]
async fn nothing_chosen_is_said_beside_the_field_and_strange_names_are_not_there() {
    let mut all = Circle::new().await;
    let address = format!("{}/common-ground", all.group);
    all.bea.open(&address).await;
    all.bea.press("Add these").await;
    assert_eq!(all.bea.page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(all.bea.page.issues(), ["Tick something, or write a few words."]);
    let once = all.bea.once();
    all.bea.post(&address, &[("once", &once), ("let-go", "own Not Folded")]).await;
    assert_eq!(all.bea.page.status, StatusCode::NOT_FOUND);
    let once = all.bea.once();
    all.bea.post(&address, &[("once", &once), ("theme", "own no words of ours")]).await;
    assert_eq!(all.bea.page.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_goal_of_three_is_seen_by_all_and_one_of_fewer_by_its_holders() {
    let mut all = Circle::new().await;
    let group = all.group.clone();
    aim(&mut all.bea, &group, "goal hour", "").await;
    aim(&mut all.joan, &group, "goal hour", "").await;
    let yours = all.joan.page.texts("#alone .ground > li > span").concat();
    assert_eq!(yours, "Have an hour for myself goal");
    assert!(goals(&mut all.mo, &group).await.is_empty());
    assert!(!all.mo.page.has("#alone"), "two are nobody else's business");
    aim(&mut all.mo, &group, "goal hour", "").await;
    assert_eq!(goals(&mut all.amara, &group).await, ["Some of us · Have an hour for myself"]);
    assert!(shared(&mut all.amara, &group).await.is_empty(), "it is no trouble");
    all.amara.open(&group).await;
    assert!(all.amara.page.says("Where we want to get to Some of us · Have an hour for myself"));
    all.mo.open(&format!("{group}/common-ground")).await;
    all.mo.press_in("#goals", "Not mine any more Have an hour for myself").await;
    assert!(goals(&mut all.amara, &group).await.is_empty(), "below three it is theirs again");
}

#[tokio::test]
async fn a_goal_and_a_trouble_in_the_same_words_do_not_count_together() {
    let mut all = Circle::new().await;
    let group = all.group.clone();
    add(&mut all.bea, &group, "", "Peace at home").await;
    add(&mut all.joan, &group, "", "Peace at home").await;
    for who in [&mut all.amara, &mut all.bea, &mut all.mo] {
        aim(who, &group, "", "peace at home").await;
    }
    assert!(shared(&mut all.bea, &group).await.is_empty());
    assert_eq!(goals(&mut all.joan, &group).await, ["Some of us · peace at home"]);
    all.joan.press_in("#goals", "Mine too peace at home").await;
    assert_eq!(goals(&mut all.joan, &group).await, ["Some of us · peace at home you too"]);
}

#[tokio::test]
async fn whether_goals_are_alike_is_said_from_what_all_see() {
    let (mut all, mut others) = of_eight().await;
    let group = all.group.clone();
    for who in [&mut all.bea, &mut all.joan, &mut all.mo] {
        aim(who, &group, "goal hour", "").await;
    }
    assert_eq!(goals(&mut all.amara, &group).await.len(), 1);
    assert!(
        all.amara.page.texts("#goals > p:not(:has(a))").is_empty(),
        "three of eight say nothing about us"
    );
    for other in &mut others[..3] {
        aim(other, &group, "goal joy", "").await;
    }
    goals(&mut all.amara, &group).await;
    let said = all.amara.page.texts("#goals > p:not(:has(a))").concat();
    assert!(said.starts_with("Our goals differ"), "{said}");
    for who in [&mut all.bea, &mut all.joan] {
        aim(who, &group, "goal joy", "").await;
    }
    goals(&mut all.amara, &group).await;
    let said = all.amara.page.texts("#goals > p:not(:has(a))").concat();
    assert!(said.starts_with("Our goals are alike"), "{said}");
}

#[tokio::test]
async fn a_goal_that_somebody_has_alone_changes_nothing_that_others_read() {
    let (mut all, mut others) = of_eight().await;
    let group = all.group.clone();
    for who in [&mut all.bea, &mut all.joan, &mut all.mo] {
        aim(who, &group, "goal hour", "").await;
    }
    for theme in ["goal joy", "goal home"] {
        all.amara.open(&format!("{group}/common-ground")).await;
        let before = all.amara.page.text();
        aim(&mut others[0], &group, theme, "leave for Lisbon").await;
        all.amara.open(&format!("{group}/common-ground")).await;
        assert_eq!(all.amara.page.text(), before);
    }
}

#[tokio::test]
async fn nothing_typed_is_lost_when_the_other_field_is_wrong() {
    let mut all = Circle::new().await;
    let address = format!("{}/common-ground", all.group);
    for (own, goal, wrong) in [
        ("No bus", "an hour by the sea ".repeat(6), "own-goal"),
        (&*"no bus at all ".repeat(6), "An hour by the sea".to_owned(), "own"),
    ] {
        all.bea.open(&address).await;
        let once = all.bea.once();
        let fields = [
            ("once", &*once),
            ("theme", "sleep"),
            ("theme", "goal joy"),
            ("own", own),
            ("own-goal", &*goal),
        ];
        all.bea.post(&address, &fields).await;
        assert_eq!(all.bea.page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(all.bea.page.texts(&format!("#{wrong}-error")), ["Use at most 60 letters."]);
        assert_eq!(
            (all.bea.page.value("own"), all.bea.page.value("own-goal")),
            (own.to_owned(), goal)
        );
        let ticked = all.bea.page.texts("input[checked] + span");
        assert_eq!(ticked, ["Not sleeping", "Do something that I used to love"]);
        assert!(!all.bea.page.has("#alone"), "nothing was kept by half");
    }
}
