//! Who reads what: each reader, and each who is none.

use axum::http::StatusCode;

use super::{Circle, look, reads, share, share_with};
use crate::joining::{found, with_another};

#[tokio::test]
async fn nothing_goes_before_its_writer_saw_every_name() {
    let mut all = Circle::new().await;
    look(&mut all.bea, &all.group, "I am so tired", "group").await;
    assert_eq!(all.bea.page.heading(), "Before it goes");
    assert_eq!(all.bea.page.texts(".audience bdi"), ["Amara", "Joan", "Mo"]);
    assert!(all.bea.page.says("3 people will see this:"));
    assert!(all.bea.page.says("People who come later can't read it."));
    assert_eq!(all.world.rows("share").await, 0, "to look sends nothing");
    all.bea.press("Change something").await;
    assert_eq!(all.bea.page.value("words"), "I am so tired", "and loses nothing");
    assert!(all.bea.page.has("input[value=group][checked]"));
}

#[tokio::test]
async fn what_is_shared_with_the_group_is_read_by_all_who_are_here() {
    let mut all = Circle::new().await;
    let (group, words) = (all.group.clone(), "I shouted at Mum over the tablets.");
    let address = share(&mut all.bea, &group, words).await;
    for who in [&mut all.amara, &mut all.bea, &mut all.joan, &mut all.mo] {
        assert!(reads(who, &group, (&address, words)).await);
    }
    let mut stranger = all.world.person("stranger").await;
    assert!(!reads(&mut stranger, &group, (&address, words)).await);
    assert_eq!(stranger.page.status, StatusCode::NOT_FOUND);
    let other = found(&mut stranger, "Stranger").await;
    // Their own key has the same number then.
    for word in ["xena", "yara", "zoe"] {
        with_another(&all.world, &mut stranger, &other, word, word).await;
    }
    let id = address.rsplit('/').next().expect("an id");
    stranger.open(&format!("{other}/share/{id}")).await;
    assert_eq!(stranger.page.status, StatusCode::NOT_FOUND, "nor through their own group");
}

#[tokio::test]
async fn what_is_for_one_is_opened_by_that_one_and_its_writer() {
    let mut all = Circle::new().await;
    let (group, words) = (all.group.clone(), "Could we talk, only you and I?");
    let address = share_with(&mut all.bea, &group, words, "Joan").await;
    assert!(reads(&mut all.bea, &group, (&address, words)).await);
    assert!(reads(&mut all.joan, &group, (&address, words)).await);
    assert!(all.joan.page.says("Only you and whoever wrote it can see this."));
    for who in [&mut all.amara, &mut all.mo] {
        assert!(!reads(who, &group, (&address, words)).await);
        assert_eq!(who.page.status, StatusCode::NOT_FOUND);
    }
    all.joan.open(&group).await;
    assert!(all.joan.page.says("For you alone"), "it waits on Today");
    all.joan.open(&address).await;
    assert!(!all.joan.page.says("Me too"), "among two it would bear a name");
    all.joan.fill([("words", "Tonight at eight?")]).press("Send it").await;
    all.bea.open(&address).await;
    assert!(all.bea.page.says("Tonight at eight?"));
    assert!(all.bea.page.says("Only two of us can see this: you and Joan"));
}

#[tokio::test]
async fn the_facilitator_is_named_and_is_offered_to_others_only() {
    let mut all = Circle::new().await;
    let group = all.group.clone();
    all.amara.open(&format!("{group}/share/new")).await;
    assert!(!all.amara.page.has("input[value=facilitator]"), "nobody tells themselves");
    look(&mut all.bea, &group, "for whoever leads", "facilitator").await;
    assert_eq!(all.bea.page.texts(".audience bdi"), ["Amara"]);
    all.bea.press("Share it").await;
    let address = super::address(&all.bea, &group);
    assert!(reads(&mut all.amara, &group, (&address, "for whoever leads")).await);
    assert!(!reads(&mut all.joan, &group, (&address, "for whoever leads")).await);
    all.amara.open(&format!("{group}/me")).await;
    all.amara.press_in("form[action$='/break']", "Go on a break").await;
    all.bea.open(&format!("{group}/share/new")).await;
    assert!(!all.bea.page.has("input[value=facilitator]"), "nobody is named any more");
}

#[tokio::test]
async fn newcomers_read_only_what_was_opened_to_them() {
    let mut all = Circle::new().await;
    let (group, closed, open) = (all.group.clone(), "only for you three", "for all who come");
    let shut = share(&mut all.bea, &group, closed).await;
    all.bea.open(&format!("{group}/share/new")).await;
    all.bea.fill([("words", open), ("wants", "ideas"), ("audience", "group")]).tick("newcomers");
    all.bea.press("See who will read it").await;
    assert!(all.bea.page.says("People who come later can read it too."));
    all.bea.press("Share it").await;
    let shown = super::address(&all.bea, &group);
    all.joan.open(&shown).await;
    all.joan.fill([("words", "an answer to it")]).press("Send it").await;
    all.joan.open(&shut).await;
    all.joan.fill([("words", "an answer among us")]).press("Send it").await;

    let mut rosa = with_another(&all.world, &mut all.amara, &group, "rosa", "Rosa").await;
    assert_eq!(all.world.rows("envelope").await, 0);
    assert!(!reads(&mut rosa, &group, (&shut, closed)).await);
    assert!(reads(&mut rosa, &group, (&shown, open)).await);
    assert!(rosa.page.says("an answer to it"), "with the answers");
    assert!(reads(&mut all.mo, &group, (&shut, closed)).await, "and the others still read both");

    // What is said to it from now on goes to those who can read it, and to nobody else.
    all.mo.open(&shut).await;
    all.mo.fill([("words", "said after Rosa came")]).press("Send it").await;
    for who in [&mut all.amara, &mut all.bea, &mut all.joan] {
        who.open(&shut).await;
        assert!(who.page.says("said after Rosa came"), "{}", who.page.text());
    }
    assert_eq!(all.world.rows("envelope").await, 4, "for the four who can read the share");
}

#[tokio::test]
async fn words_mended_after_somebody_came_stay_with_the_earlier_readers() {
    let mut all = Circle::new().await;
    let group = all.group.clone();
    let address = share(&mut all.bea, &group, "the first words").await;
    let mut rosa = with_another(&all.world, &mut all.amara, &group, "rosa", "Rosa").await;
    all.bea.open(&format!("{address}/mend")).await;
    all.bea.fill([("words", "better words")]).press("Keep the new words").await;
    assert_eq!(all.bea.page.notice(), "The new words stand here now.");
    for who in [&mut all.amara, &mut all.bea, &mut all.joan, &mut all.mo] {
        assert!(reads(who, &group, (&address, "better words")).await);
    }
    assert!(!reads(&mut rosa, &group, (&address, "better words")).await);
    for who in [&mut all.joan, &mut all.mo] {
        who.open(&address).await;
        who.press("Me too").await;
    }
    all.amara.open(&address).await;
    // Rosa can't read it, so the fourth reader would stand out beside a number.
    assert!(all.amara.page.says("Some of us have been there."));
    all.joan.open(&address).await;
    all.joan.fill([("words", "an answer to the mended")]).press("Send it").await;
    assert!(reads(&mut all.mo, &group, (&address, "better words")).await);
    assert!(all.mo.page.says("an answer to the mended"));
}

#[tokio::test]
async fn who_came_or_went_meanwhile_makes_it_ask_once_more() {
    let mut all = Circle::new().await;
    let group = all.group.clone();
    look(&mut all.bea, &group, "for us four", "group").await;
    with_another(&all.world, &mut all.amara, &group, "rosa", "Rosa").await;
    all.bea.press("Share it").await;
    assert_eq!(all.bea.page.status, StatusCode::CONFLICT);
    assert_eq!(all.bea.page.texts(".audience bdi"), ["Amara", "Joan", "Mo", "Rosa"]);
    assert_eq!(all.world.rows("share").await, 0);
    all.bea.press("Share it").await;
    assert_eq!(all.bea.page.notice(), "It is shared.");
}

#[tokio::test]
async fn who_went_leaves_no_envelope_behind() {
    let mut all = Circle::new().await;
    let (group, words) = (all.group.clone(), "between the two of us");
    share_with(&mut all.bea, &group, words, "Joan").await;
    assert_eq!(all.world.rows("envelope").await, 2);
    all.joan.open(&format!("{group}/leave")).await;
    all.joan.fill([("words", "with-name")]).press("Leave now").await;
    assert_eq!(all.world.rows("envelope").await, 1, "the writer still reads their own words");
}
