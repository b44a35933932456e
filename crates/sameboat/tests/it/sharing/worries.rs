//! *I'm worried about this*: who is told, of which words, and who is not.

use axum::http::StatusCode;

use super::{Circle, share, share_with};

#[tokio::test]
async fn a_worry_is_told_to_the_facilitator_who_was_named() {
    let mut all = Circle::new().await;
    let address = share(&mut all.bea, &all.group, "I can't go on like this").await;
    all.joan.open(&format!("{address}/worried")).await;
    assert!(all.joan.page.says("The facilitator just now: Amara"));
    all.mo_leads().await;
    all.joan.fill([("words", "She sounded flat")]).press("Tell them").await;
    assert_eq!(all.joan.page.status, StatusCode::CONFLICT);
    assert!(all.joan.page.says("The facilitator just now: Mo"));
    assert_eq!(all.joan.page.value("words"), "She sounded flat");
    assert_eq!(all.world.rows("worry").await, 0);
    all.joan.press("Tell them").await;
    assert_eq!(all.joan.page.notice(), "The facilitator will find it on Today.");
    all.mo.open(&all.group).await;
    assert!(all.mo.page.says("She sounded flat"));
}

#[tokio::test]
async fn a_facilitator_is_not_told_of_words_of_their_own() {
    let mut all = Circle::new().await;
    let address = share(&mut all.mo, &all.group, "You will all be sorry").await;
    all.joan.open(&format!("{address}/worried")).await;
    all.joan.fill([("words", "Mo frightens me")]);
    let sending = all.joan.ready("#tell", "Tell them");
    all.mo_leads().await;
    all.joan.send(&sending).await;
    assert_eq!(all.joan.page.status, StatusCode::CONFLICT);
    assert!(all.joan.page.says("The facilitator just now wrote these words themselves."));
    assert!(!all.joan.page.has("#tell form"), "that is not offered");
    let typed = "Mo frightens me".to_owned();
    assert!(all.joan.page.words().contains(&typed), "what was typed can be copied");
    assert_eq!(all.world.rows("worry").await, 0);
}

#[tokio::test]
async fn words_that_are_not_open_to_the_facilitator_are_not_said_to_be_gone() {
    let mut all = Circle::new().await;
    let group = all.group.clone();
    let address = share_with(&mut all.bea, &group, "Only you know", "Joan").await;
    all.joan.open(&format!("{address}/worried")).await;
    assert!(all.joan.page.says("The words you mean are not open to them"));
    assert!(!all.joan.page.says("They are told which words you mean"));
    all.joan.fill([("words", "Please call Bea")]).press("Tell them").await;
    all.amara.open(&group).await;
    assert!(all.amara.page.says("Please call Bea"));
    assert!(all.amara.page.says("They mean words that are not open to you."));
    assert!(!all.amara.page.says("were taken back"));
    all.bea.open(&format!("{address}/take-back")).await;
    all.bea.press("Take it back").await;
    all.amara.open(&group).await;
    assert!(all.amara.page.says("The words they mean were taken back."));
}

#[tokio::test]
async fn it_stands_beside_every_share_and_says_whose() {
    let mut all = Circle::new().await;
    let group = all.group.clone();
    let address = share(&mut all.bea, &group, "I can't go on like this").await;
    for page in [&group, &format!("{group}/talk"), &address] {
        all.joan.open(page).await;
        let link = format!("article a[href='{address}/worried']");
        let names = all.joan.page.attribute(&link, "aria-labelledby").expect("a link there");
        let said = names.split(' ').map(|id| all.joan.page.texts(&format!("[id='{id}']")).concat());
        let said = said.collect::<Vec<_>>().join(" ");
        assert!(said.starts_with("I'm worried about this Bea"), "{said}");
        all.bea.open(page).await;
        assert!(!all.bea.page.has("a[href$='/worried']"), "not beside one's own words");
    }
}

#[tokio::test]
async fn to_write_to_somebody_is_to_write_to_them_alone() {
    let mut all = Circle::new().await;
    let group = all.group.clone();
    let address = share(&mut all.bea, &group, "I can't go on like this").await;
    all.joan.open(&format!("{address}/worried")).await;
    all.joan.follow("Write to them alone").await;
    assert_eq!(all.joan.page.path, format!("{group}/share/new"));
    assert!(all.joan.page.has("input[value=one][checked]"));
    assert_eq!(all.joan.page.texts("select[name=to] option[selected]"), ["Bea"]);
    all.joan.fill([("words", "I am here"), ("wants", "company")]);
    all.joan.press("See who will read it").await;
    assert_eq!(all.joan.page.texts(".audience bdi"), ["Bea"]);
}

#[tokio::test]
async fn words_that_were_taken_back_can_still_be_told_of() {
    let mut all = Circle::new().await;
    let group = all.group.clone();
    let address = share(&mut all.bea, &group, "I can't go on like this").await;
    all.joan.open(&format!("{address}/worried")).await;
    all.bea.open(&format!("{address}/take-back")).await;
    all.bea.press("Take it back").await;
    all.joan.fill([("words", "Please ring Bea")]).press("Tell them").await;
    assert_eq!(all.joan.page.notice(), "The facilitator will find it on Today.");
    all.joan.open(&format!("{address}/worried")).await;
    assert!(
        all.joan.page.says("The words were taken back. You can still say that you are worried.")
    );
    assert!(!all.joan.page.says("Write to them alone"), "nobody knows any more whose they were");
    all.amara.open(&group).await;
    assert!(all.amara.page.says("Please ring Bea"));
    assert!(all.amara.page.says("The words they mean were taken back."));
}
