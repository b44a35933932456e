//! Answers: heard, thanks, words, and me too.

use axum::http::StatusCode;

use super::{Circle, share};
use crate::joining::with_another;
use crate::world::Person;

async fn press(who: &mut Person, address: &str, button: &str) {
    who.open(address).await;
    who.press(button).await;
}

#[tokio::test]
async fn heard_and_thanks_are_seen_by_the_writer_alone() {
    let mut all = Circle::new().await;
    let address = share(&mut all.bea, &all.group, "just listen").await;
    press(&mut all.joan, &address, "I have read it all").await;
    assert_eq!(all.joan.page.notice(), "They will see that you have read it all.");
    press(&mut all.mo, &address, "Thank you for saying it").await;
    all.bea.open(&address).await;
    assert!(all.bea.page.says("They have read it all: Joan"));
    assert!(all.bea.page.says("They thank you for saying it: Mo"));
    all.amara.open(&address).await;
    assert!(!all.amara.page.says("Joan") && !all.amara.page.says("Mo"));
    all.joan.open(&address).await;
    all.joan.press("Take that back").await;
    all.bea.open(&address).await;
    assert!(!all.bea.page.says("Joan"));
    assert_eq!(all.world.rows("answer").await, 1);
}

#[tokio::test]
async fn the_answer_box_says_what_was_asked_for() {
    let mut all = Circle::new().await;
    let address = share(&mut all.bea, &all.group, "just listen").await;
    all.joan.open(&address).await;
    assert!(all.joan.page.says("Only listening was asked for."));
    assert!(!all.joan.page.has("details[open]"), "the box is folded");
    all.joan.press("Send it").await;
    assert_eq!(all.joan.page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(all.joan.page.issues(), ["Write something first, even one word."]);
    all.joan.fill([("words", "أنا أيضًا. لست وحدك.")]).press("Send it").await;
    assert_eq!(all.joan.page.notice(), "Your answer stands here.");
    all.bea.open(&format!("{}/talk", all.group)).await;
    assert!(all.bea.page.says("One answer in words"));
    all.bea.open(&address).await;
    assert_eq!(all.bea.page.texts(".answers [data-words]"), ["أنا أيضًا. لست وحدك."]);
}

#[tokio::test]
async fn who_has_another_kind_of_answer_asks_first() {
    let mut all = Circle::new().await;
    let home = all.group.clone();
    let address = share(&mut all.bea, &home, "just listen").await;
    all.bea.open(&address).await;
    assert!(!all.bea.page.says("I have something else to give"), "not to oneself");
    press(&mut all.joan, &address, "Would you like some ideas?").await;
    assert!(all.joan.page.notice().starts_with("You have asked."), "{}", all.joan.page.text());
    assert!(!all.joan.page.has("button[value=ideas]"), "once is enough");
    assert!(!all.joan.page.says("Your ideas"), "not before a yes");
    press(&mut all.mo, &address, "Would you like company?").await;
    all.mo.open(&home).await;
    assert!(!all.mo.page.says("You are asked"), "only the one who wrote it is");

    all.bea.open(&home).await;
    assert_eq!(
        all.bea.page.texts(".waiting li"),
        ["Mo: Would you like company?", "Joan: Would you like some ideas?"]
    );
    all.bea.open(&address).await;
    all.bea.press_in(".answers li:first-child", "Yes, please.").await;
    assert_eq!(all.bea.page.notice(), "They can read your yes, and nobody else.");
    all.bea.press_in(".answers li:nth-child(2)", "Not now, thank you.").await;
    assert_eq!(
        all.bea.page.notice(),
        "They can read it, and nobody else. You owe nobody a reason."
    );
    all.bea.open(&home).await;
    assert!(!all.bea.page.says("You are asked"), "nothing waits any more");

    all.joan.open(&address).await;
    assert!(all.joan.page.says("· Your ideas"), "the field says what is welcome");
    assert!(all.joan.page.has("details[open]"));
    all.joan.open(&address).await;
    assert!(!all.joan.page.says("Not now"), "a no is between two");
    all.mo.open(&address).await;
    assert!(all.mo.page.says("Bea: Not now, thank you."));
    assert!(!all.mo.page.says("A few words, so that they are not alone with it"));

    all.bea.open(&address).await;
    all.bea.press_in(".answers li:first-child", "Not now, thank you.").await;
    all.joan.open(&address).await;
    assert!(!all.joan.page.says("· Your ideas"), "a yes can become a no");
    all.bea.open(&format!("{home}/talk")).await;
    assert!(all.bea.page.says("2 answers in words"), "those of others count");
    all.bea.open(&address).await;
    all.bea.press_in(".answers li:first-child", "Yes, please.").await;
    assert_eq!(all.world.rows("answer").await, 4);
    all.joan.open(&address).await;
    all.joan.press_in(".answers li:first-child", "Take this back").await;
    assert_eq!(all.world.rows("answer").await, 2, "a yes goes with what it was said to");
    all.bea.open(&format!("{home}/me/words")).await;
    assert!(all.bea.page.says("You said whether it would be welcome"));
}

#[tokio::test]
async fn a_no_stands_until_whoever_said_it_takes_it_back() {
    let mut all = Circle::new().await;
    let (home, question) = (all.group.clone(), "Would you like some ideas?");
    let address = share(&mut all.bea, &home, "just listen").await;
    press(&mut all.joan, &address, question).await;
    all.joan.open(&address).await;
    let turn = all.joan.page.value("turn");
    press(&mut all.bea, &address, "Not now, thank you.").await;
    press(&mut all.joan, &address, "Take this back").await;
    assert!(!all.joan.page.has("button[value=ideas]"), "nobody is asked twice");
    let once = all.joan.once();
    let asks = [("once", &*once), ("turn", &*turn), ("what", "ideas"), ("do", "offer")];
    all.joan.post(&format!("{address}/answer"), &asks).await;
    assert_eq!(all.joan.page.status, StatusCode::CONFLICT);
    assert!(all.joan.page.says("They have said no to this, and that stands."));
    all.bea.open(&home).await;
    assert!(!all.bea.page.says("You are asked"));
    all.mo.open(&address).await;
    assert!(!all.mo.page.says("Not now") && all.mo.page.has("button[value=ideas]"));
    press(&mut all.bea, &address, "Take this back").await;
    press(&mut all.joan, &address, question).await;
    assert!(all.joan.page.notice().starts_with("You have asked."));
}

#[tokio::test]
async fn whoever_goes_with_their_words_leaves_no_answer_to_them() {
    let mut all = Circle::new().await;
    let address = share(&mut all.bea, &all.group, "just listen").await;
    press(&mut all.joan, &address, "Would you like some ideas?").await;
    press(&mut all.bea, &address, "Not now, thank you.").await;
    all.joan.open(&format!("{}/leave", all.group)).await;
    all.joan.fill([("words", "removed")]).press("Leave now").await;
    assert_eq!(all.world.rows("answer").await, 0);
}

#[tokio::test]
async fn nobody_says_yes_in_the_place_of_the_writer() {
    let mut all = Circle::new().await;
    let address = share(&mut all.bea, &all.group, "just listen").await;
    press(&mut all.joan, &address, "Would you like some ideas?").await;
    all.bea.open(&address).await;
    let offer = all.bea.page.value("offer");
    for who in [&mut all.joan, &mut all.mo] {
        who.open(&address).await;
        let once = who.once();
        let says = [("once", &*once), ("offer", &*offer), ("do", "yes")];
        who.post(&format!("{address}/answer"), &says).await;
        assert_eq!(who.page.status, StatusCode::NOT_FOUND);
    }
    for what in ["listening", "something"] {
        all.mo.open(&address).await;
        let (once, turn) = (all.mo.once(), all.mo.page.value("turn"));
        let asks = [("once", &*once), ("turn", &*turn), ("what", what), ("do", "offer")];
        all.mo.post(&format!("{address}/answer"), &asks).await;
        assert_eq!(all.mo.page.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(all.world.rows("answer").await, 1);
}

#[tokio::test]
async fn the_same_form_twice_makes_one_thing() {
    let mut all = Circle::new().await;
    let address = share(&mut all.bea, &all.group, "once").await;
    all.joan.open(&address).await;
    all.joan.fill([("words", "one answer")]);
    let sending = all.joan.ready(":root", "Send it");
    for _ in 0..3 {
        all.joan.send(&sending).await;
        assert_eq!(all.joan.page.notice(), "Your answer stands here.");
    }
    assert_eq!(all.world.rows("answer").await, 1);
    super::look(&mut all.bea, &all.group, "one share", "group").await;
    let sending = all.bea.ready(":root", "Share it");
    for _ in 0..3 {
        all.bea.send(&sending).await;
        assert_eq!(all.bea.page.notice(), "It is shared.");
    }
    assert_eq!(all.world.rows("share").await, 2);
    for _ in 0..2 {
        all.mo.open(&address).await;
        let (once, turn) = (all.mo.once(), all.mo.page.value("turn"));
        let heard = [("once", &*once), ("turn", &*turn), ("do", "heard")];
        all.mo.post(&format!("{address}/answer"), &heard).await;
    }
    assert_eq!(all.world.rows("answer").await, 2, "heard stands once for each");
}

#[tokio::test]
async fn how_many_have_been_there_is_told_from_three_on_and_names_nobody() {
    let mut all = Circle::new().await;
    let group = all.group.clone();
    let mut more = Vec::new();
    for (word, name) in [("rosa", "Rosa"), ("tess", "Tess")] {
        more.push(with_another(&all.world, &mut all.amara, &group, word, name).await);
    }
    let address = share(&mut all.bea, &group, "I cried in the bathroom").await;
    press(&mut all.joan, &address, "Me too").await;
    assert_eq!(all.joan.page.notice(), "“Me too” is counted, without your name.");
    assert!(!all.joan.page.says("of us have been there"), "two are too few to tell");
    all.mo.open(&address).await;
    let sending = all.mo.ready(":root", "Me too");
    for _ in 0..2 {
        all.mo.send(&sending).await;
    }
    assert!(all.mo.page.says("3 of us have been there."), "once each, with the writer");
    press(&mut all.amara, &address, "Me too").await;
    assert!(all.amara.page.says("Some of us have been there."), "four of six would point at two");
    press(&mut all.amara, &address, "Take my “me too” back").await;
    assert!(all.amara.page.says("3 of us have been there."));
    press(&mut all.mo, &address, "Take my “me too” back").await;
    all.bea.open(&address).await;
    assert!(!all.bea.page.says("of us have been there"));
    assert!(!all.bea.page.says("Joan"), "nobody is told who");
}

#[tokio::test]
async fn only_the_writer_of_an_answer_takes_it_back() {
    let mut all = Circle::new().await;
    let address = share(&mut all.bea, &all.group, "words").await;
    all.joan.open(&address).await;
    all.joan.fill([("words", "an answer")]).press("Send it").await;
    let id = all.joan.page.value("answer");
    all.bea.open(&address).await;
    let once = all.bea.once();
    let fields = [("once", &*once), ("answer", &*id)];
    all.bea.post(&format!("{address}/answer/take-back"), &fields).await;
    assert_eq!(all.bea.page.status, StatusCode::NOT_FOUND);
    all.joan.press("Take this back").await;
    assert_eq!(all.joan.page.notice(), "That is taken back.");
    assert_eq!(all.world.rows("answer").await, 0);
}

#[tokio::test]
async fn an_answer_to_words_that_were_taken_back_is_not_lost() {
    let mut all = Circle::new().await;
    let group = all.group.clone();
    let address = share(&mut all.bea, &group, "I can't go on like this").await;
    all.joan.open(&address).await;
    let once = all.joan.once();
    let id = address.rsplit_once('/').expect("an id").1;
    let mut drafting = all.joan.browser.clone();
    let fields = [("once", &*once), ("share", id), ("words", "Nor could I")];
    drafting.post(&format!("{group}/share/draft"), &fields).await;
    assert_eq!(drafting.page.status, 204);
    all.bea.open(&format!("{address}/take-back")).await;
    all.bea.press("Take it back").await;
    all.joan.fill([("words", "Nor could I, for a year")]).press("Send it").await;
    assert_eq!(all.joan.page.status, 404);
    assert!(all.joan.page.says("Your words are still here"), "{}", all.joan.page.text());
    assert!(all.joan.page.says("Nor could I, for a year"));
    all.joan.open("/me").await;
    assert!(all.joan.page.words().contains(&"Nor could I".to_owned()));
    all.joan.press("Throw this draft away").await;
    assert_eq!(all.joan.page.notice(), "The draft is thrown away.");
    assert_eq!(all.world.rows("draft").await, 0);
}
