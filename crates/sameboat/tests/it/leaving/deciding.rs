//! Who decides when somebody is asked to leave is fixed when it begins.

use axum::http::StatusCode;

use super::{Three, page_about, sees_nothing};
use crate::joining::{found, knock, let_in, link, seen_at_door, with_another};
use crate::world::{Person, World};

const REASON: &str = "You told my brother where we meet.";
const MEANWHILE: &str = "While the others think about whether you should leave";

async fn ask(person: &mut Person, group: &str, name: &str) {
    page_about(person, group, name).await;
    person.fill([("reason", REASON)]).press("Ask them to leave").await;
    assert_eq!(person.page.notice(), "Kept.", "{}", person.page.text());
}

async fn yes(person: &mut Person, group: &str, name: &str) {
    page_about(person, group, name).await;
    person.press("Yes, they should leave").await;
}

#[tokio::test]
async fn who_is_asked_brings_nobody_in_and_freezes_nobody_meanwhile() {
    let Three { world, mut ana, mut bo, mut cy, group } = Three::new().await;
    let waiting = link(&mut cy, &group).await;
    let mut guest = world.person("guest").await;
    knock(&mut guest, &waiting, "Guest", &[]).await;
    seen_at_door(&mut cy, &group).await;
    let letting_in = cy.ready("article", "Let them in");
    ask(&mut ana, &group, "Cy").await;
    for page in ["", "/me", "/door", "/invite"] {
        cy.open(&format!("{group}{page}")).await;
        assert!(cy.page.says(MEANWHILE), "{page}: {}", cy.page.text());
    }
    cy.send(&letting_in).await;
    assert_eq!(cy.page.status, StatusCode::FORBIDDEN);
    assert!(cy.page.says(MEANWHILE));
    for (page, fields) in [
        ("/invite", vec![("days", "7"), ("count", "1"), ("label", "")]),
        ("/freeze/BO", vec![("say", "yes")]),
        ("/return/BO", vec![("met", "1")]),
    ] {
        let whose = page_about(&mut cy, &group, "Bo").await;
        let whose = whose.rsplit('/').next().expect("an id").to_owned();
        let once = cy.once();
        let fields = [vec![("once", once.as_str())], fields].concat();
        cy.post(&format!("{group}{}", page.replace("BO", &whose)), &fields).await;
        assert_eq!(cy.page.status, StatusCode::FORBIDDEN, "{page}");
        assert!(cy.page.says(MEANWHILE), "{page}");
    }
    guest.open(&group).await;
    assert_eq!(guest.page.status, StatusCode::NOT_FOUND);
    yes(&mut bo, &group, "Cy").await;
    sees_nothing(&mut cy, &group).await;
}

#[tokio::test]
async fn who_came_in_since_is_not_waited_for() {
    let Three { world, mut ana, mut bo, mut cy, group } = Three::new().await;
    ask(&mut ana, &group, "Cy").await;
    let mut fay = with_another(&world, &mut ana, &group, "fay", "Fay").await;
    page_about(&mut fay, &group, "Cy").await;
    assert!(fay.page.says("So the others decide it."));
    let (address, once) = (fay.page.path.clone(), fay.once());
    fay.post(&format!("{address}/say"), &[("once", &once), ("say", "yes")]).await;
    assert_eq!(fay.page.status, StatusCode::FORBIDDEN);
    yes(&mut bo, &group, "Cy").await;
    sees_nothing(&mut cy, &group).await;
}

#[tokio::test]
async fn who_was_brought_in_just_before_is_not_waited_for() {
    let Three { world, mut ana, mut bo, mut cy, group } = Three::at_home().await;
    world.pass_days(7);
    let link = link(&mut cy, &group).await;
    let mut second = world.person_at_home("second").await;
    knock(&mut second, &link, "Second", &[]).await;
    let_in(&mut cy, &group).await;
    ask(&mut ana, &group, "Cy").await;
    yes(&mut bo, &group, "Cy").await;
    sees_nothing(&mut cy, &group).await;
    second.open(&group).await;
    assert_eq!(second.page.status, StatusCode::OK);
}

#[tokio::test]
async fn freezing_whoever_decides_takes_their_word_from_nobody() {
    let Three { world, mut ana, mut bo, mut cy, group } = Three::at_home().await;
    let mut di = with_another(&world, &mut ana, &group, "di", "Di").await;
    ask(&mut bo, &group, "Cy").await;
    yes(&mut di, &group, "Cy").await;
    for member in [&mut bo, &mut di] {
        crate::returning::say(member, &group, "Ana", crate::returning::FREEZE).await;
    }
    assert!(di.page.notice().starts_with("The place is frozen."));
    page_about(&mut di, &group, "Cy").await;
    di.press("Take it back").await;
    yes(&mut di, &group, "Cy").await;
    cy.open(&group).await;
    assert_eq!(cy.page.status, StatusCode::OK, "Ana has not said yes");
}

#[tokio::test]
async fn a_founder_who_is_asked_asks_nobody_out_alone() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    let group = found(&mut ana, "Ana").await;
    let link = link(&mut ana, &group).await;
    let mut bo = world.person("bo").await;
    let objects = [("c-one-voice", "object"), ("why-one-voice", "I sing along")];
    knock(&mut bo, &link, "Bo", &objects).await;
    let_in(&mut ana, &group).await;
    let mut cy = with_another(&world, &mut ana, &group, "cy", "Cy").await;
    page_about(&mut ana, &group, "Bo").await;
    assert!(ana.page.says("so you decide this alone"));
    ask(&mut bo, &group, "Ana").await;
    page_about(&mut ana, &group, "Bo").await;
    assert!(!ana.page.says("so you decide this alone"));
    ask(&mut ana, &group, "Bo").await;
    bo.open(&group).await;
    assert_eq!(bo.page.status, StatusCode::OK);
    yes(&mut cy, &group, "Ana").await;
    sees_nothing(&mut ana, &group).await;
}
