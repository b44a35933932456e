//! One sentence that the group writes about what it wants together.

use axum::http::StatusCode;

use crate::joining::with_another;
use crate::leaving::leave;
use crate::sharing::Circle;
use crate::world::Person;

/// Writes the sentence, or takes it away.
pub async fn write(who: &mut Person, group: &str, words: &str) {
    who.open(&format!("{group}/common-ground/cause")).await;
    who.fill([("cause", words)]).press("Keep it").await;
}

/// What stands on the page about common ground, and who is named there.
async fn told(who: &mut Person, group: &str) -> String {
    who.open(&format!("{group}/common-ground")).await;
    who.page.texts("#cause").concat()
}

#[tokio::test]
async fn any_member_writes_it_and_all_see_who_did_and_when() {
    let mut all = Circle::new().await;
    let group = all.group.clone();
    assert!(told(&mut all.mo, &group).await.contains("Any of us can write it"));
    all.mo.open(&group).await;
    all.mo.follow("Write our common cause").await;
    all.mo.fill([("cause", "We want\na night of sleep.")]).press("Keep it").await;
    assert_eq!(all.mo.page.notice(), "Kept. Everybody in the group can read it.");
    all.bea.open(&group).await;
    assert!(all.bea.page.says("We want a night of sleep."), "Today tells it");
    assert!(!all.bea.page.says("Write our common cause"));
    write(&mut all.bea, &group, "We want two nights of sleep.").await;
    let mut rosa = with_another(&all.world, &mut all.amara, &group, "rosa", "Rosa").await;
    let day = "Tuesday 6 January 2026";
    let told = told(&mut rosa, &group).await;
    assert!(told.contains("We want two nights of sleep."), "whoever comes later reads it: {told}");
    assert!(told.contains(&format!("Written by Bea · {day}")), "{told}");
}

#[tokio::test]
async fn nobody_writes_over_words_that_they_have_not_seen() {
    let mut all = Circle::new().await;
    let group = all.group.clone();
    for seen in ["", "We want rest."] {
        all.bea.open(&format!("{group}/common-ground/cause")).await;
        assert_eq!(all.bea.page.value("cause"), seen);
        write(&mut all.joan, &group, &format!("{seen} We want rest.")).await;
        all.bea.fill([("cause", "We want tea.")]).press("Keep it").await;
        assert_eq!(all.bea.page.status, StatusCode::CONFLICT);
        assert_eq!(all.bea.page.value("cause"), "We want tea.", "what was typed stays");
        let now = all.bea.page.texts("#now").concat();
        assert!(now.contains("We want rest.") && now.contains("Joan"), "{now}");
        assert!(!told(&mut all.mo, &group).await.contains("tea"));
        write(&mut all.joan, &group, "We want rest.").await;
    }
    all.bea.open(&format!("{group}/common-ground/cause")).await;
    all.bea.fill([("cause", "We want tea and rest.")]).press("Keep it").await;
    assert!(told(&mut all.mo, &group).await.contains("We want tea and rest."));
}

#[tokio::test]
async fn after_a_conflict_the_same_page_keeps_the_words_at_the_second_try() {
    let mut all = Circle::new().await;
    let group = all.group.clone();
    all.bea.open(&format!("{group}/common-ground/cause")).await;
    write(&mut all.joan, &group, "We want rest.").await;
    all.bea.fill([("cause", "We want tea.")]).press("Keep it").await;
    assert_eq!(all.bea.page.status, StatusCode::CONFLICT);
    all.bea.press("Keep it").await;
    assert!(told(&mut all.mo, &group).await.contains("We want tea."));
}

#[tokio::test]
async fn an_empty_field_takes_the_sentence_away_and_all_see_who_did() {
    let mut all = Circle::new().await;
    let group = all.group.clone();
    write(&mut all.joan, &group, "We want rest.").await;
    all.bea.open(&format!("{group}/common-ground/cause")).await;
    write(&mut all.mo, &group, "").await;
    assert_eq!(all.mo.page.notice(), "The sentence is taken away.");
    let now = told(&mut all.amara, &group).await;
    assert!(now.contains("Taken away by Mo") && !now.contains("We want rest."), "{now}");
    all.bea.fill([("cause", "We want rest, and tea.")]).press("Keep it").await;
    assert_eq!(all.bea.page.status, StatusCode::CONFLICT);
    assert!(all.bea.page.says("Somebody took the sentence away in the meantime"));
    write(&mut all.joan, &group, "We want quiet.").await;
    all.bea.press("Keep it").await;
    assert_eq!(all.bea.page.status, StatusCode::CONFLICT, "others came after the one that went");
    assert!(all.bea.page.texts("#now").concat().contains("We want quiet."));
}

#[tokio::test]
async fn two_who_take_the_sentence_away_both_read_that_it_is_gone() {
    let mut all = Circle::new().await;
    let group = all.group.clone();
    write(&mut all.joan, &group, "We want rest.").await;
    all.bea.open(&format!("{group}/common-ground/cause")).await;
    write(&mut all.mo, &group, "").await;
    all.bea.fill([("cause", "")]).press("Keep it").await;
    assert_eq!(all.bea.page.notice(), "The sentence is taken away.");
    let now = told(&mut all.amara, &group).await;
    assert!(now.contains("Taken away by Mo"), "{now}");
}

#[tokio::test]
async fn empty_and_too_long_are_said_beside_the_field_and_nothing_is_lost() {
    let mut all = Circle::new().await;
    let group = all.group.clone();
    let long = "We want rest. ".repeat(30);
    for (typed, said) in [
        ("", "Write a sentence, or go back and leave it open."),
        ("?!", "Write a sentence, or go back and leave it open."),
        (&*long, "Use at most 300 letters."),
    ] {
        write(&mut all.bea, &group, typed).await;
        assert_eq!(all.bea.page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(all.bea.page.texts("#cause-error"), [said]);
        assert_eq!(all.bea.page.value("cause"), typed);
    }
    assert_eq!(all.world.rows("cause").await, 0);
}

#[tokio::test]
async fn the_same_form_twice_writes_once_and_other_words_in_it_are_not_lost() {
    let mut all = Circle::new().await;
    let address = format!("{}/common-ground/cause", all.group);
    all.bea.open(&address).await;
    let once = all.bea.once();
    for (words, status) in [
        ("We want rest.", StatusCode::OK),
        ("We want rest.", StatusCode::OK),
        ("We want tea.", StatusCode::CONFLICT),
    ] {
        let fields = [("once", &*once), ("turn", "0"), ("cause", words)];
        all.bea.post(&address, &fields).await;
        assert_eq!(all.bea.page.status, status, "{words}");
    }
    assert_eq!(all.bea.page.value("cause"), "We want tea.");
    assert_eq!(all.bea.page.value("turn"), "1");
}

#[tokio::test]
async fn the_sentence_stays_when_its_writer_goes_and_the_name_only_if_they_leave_it() {
    for (words, named) in [("with-name", true), ("without-name", false), ("removed", false)] {
        let mut all = Circle::new().await;
        let group = all.group.clone();
        write(&mut all.mo, &group, "We want rest.").await;
        leave(&mut all.mo, &group, words).await;
        let now = told(&mut all.bea, &group).await;
        assert!(now.contains("We want rest."), "it is the group's: {now}");
        assert_eq!(now.contains("Mo"), named, "{now}");
        assert!(now.contains("Tuesday 6 January 2026"), "{now}");
    }
}
