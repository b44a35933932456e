//! What changed between looking and sending: nobody reads what was not for them, and no name comes
//! to stand under words that its owner never saw.

use axum::http::StatusCode;

use super::{Circle, look, reads, share};
use crate::world::Person;

async fn mend(who: &mut Person, share: &str, words: &str) {
    who.open(&format!("{share}/mend")).await;
    who.fill([("words", words)]).press("Keep the new words").await;
    assert_eq!(who.page.notice(), "The new words stand here now.");
}

#[tokio::test]
async fn what_is_for_the_facilitator_goes_to_the_one_who_was_named() {
    let mut all = Circle::new().await;
    let (group, words) = (all.group.clone(), "for whoever leads");
    look(&mut all.bea, &group, words, "facilitator").await;
    assert_eq!(all.bea.page.texts(".audience bdi"), ["Amara"]);
    all.mo_leads().await;
    all.bea.press("Share it").await;
    assert_eq!(all.bea.page.status, StatusCode::CONFLICT);
    assert_eq!(all.bea.page.texts(".audience bdi"), ["Mo"], "asked once more, by name");
    assert_eq!(all.bea.page.words(), [words], "and nothing is lost");
    assert_eq!(all.world.rows("share").await, 0);
    all.bea.press("Share it").await;
    assert_eq!(all.bea.page.notice(), "It is shared.");
    let address = super::address(&all.bea, &group);
    assert!(reads(&mut all.mo, &group, (&address, words)).await);
    assert!(!reads(&mut all.amara, &group, (&address, words)).await);
}

#[tokio::test]
async fn an_answer_stands_under_the_words_that_were_read() {
    let mut all = Circle::new().await;
    let address = share(&mut all.bea, &all.group, "I love Tuesdays").await;
    all.joan.open(&address).await;
    mend(&mut all.bea, &address, "I hate Tuesdays").await;
    all.joan.fill([("words", "So do I!")]).press("Send it").await;
    assert_eq!(all.joan.page.status, StatusCode::CONFLICT);
    assert!(all.joan.page.says("The words were changed since you opened them."));
    assert!(all.joan.page.words().contains(&"I hate Tuesdays".to_owned()));
    assert_eq!(all.joan.page.value("words"), "So do I!", "what was typed is there");
    assert_eq!(all.world.rows("answer").await, 0);
    all.joan.press("Send it").await;
    assert_eq!(all.joan.page.notice(), "Your answer stands here.");
}

#[tokio::test]
async fn no_sign_is_given_to_words_that_were_not_read() {
    let mut all = Circle::new().await;
    let address = share(&mut all.bea, &all.group, "I love Tuesdays").await;
    all.joan.open(&address).await;
    mend(&mut all.bea, &address, "I hate Tuesdays").await;
    let old = all.joan.page.clone();
    for button in ["Me too", "I have read it all", "Thank you for saying it"] {
        all.joan.page = old.clone();
        all.joan.press(button).await;
        assert_eq!(all.joan.page.status, StatusCode::CONFLICT, "{button}");
        assert!(!all.joan.page.has("button[value='not-me-too']"), "{button}");
    }
    assert_eq!(all.world.rows("answer").await, 0);
    all.joan.press("Me too").await;
    assert_eq!(all.joan.page.notice(), "“Me too” is counted, without your name.");
}
