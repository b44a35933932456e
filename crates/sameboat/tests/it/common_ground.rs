//! What members have in common, and who sees it from when on.

use axum::http::StatusCode;

use crate::joining::with_another;
use crate::sharing::{Circle, share};
use crate::world::Person;

async fn add(who: &mut Person, group: &str, theme: &str, own: &str) {
    who.open(&format!("{group}/common-ground")).await;
    let once = who.once();
    let fields = [("once", &*once), ("theme", theme), ("own", own)];
    who.post(&format!("{group}/common-ground"), &fields).await;
    assert_eq!(who.page.notice(), "It is counted, without your name.", "{:?}", who.page.issues());
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
}
