//! What newcomers may read of what was written before they came.

use axum::http::StatusCode;
use sameboat::clock::HOUR;
use storekit::sql;

use crate::agreements::{other_place, say};
use crate::joining::{found_with, knock, let_in, link, sign_in_again, with_another};
use crate::leaving::{Three, page_about};
use crate::world::{Person, World};

const GARDEN: &str = "The garden behind the school";

/// A group whose draft was changed before Bo came, so that there is something earlier to read.
struct Scene {
    world: World,
    ana: Person,
    bo: Person,
    group: String,
}

impl Scene {
    async fn new(earlier: &str) -> Scene {
        let world = World::new().await;
        let mut ana = world.person_at_home("ana").await;
        let group = found_with(&mut ana, "Ana", &[("earlier", earlier)]).await;
        other_place(&mut ana, &group, GARDEN).await;
        let bo = with_another(&world, &mut ana, &group, "bo", "Bo").await;
        Scene { world, ana, bo, group }
    }

    /// How many versions Bo may read.
    async fn read_by_bo(&mut self) -> usize {
        sign_in_again(&self.world, &mut self.bo).await;
        self.bo.open(&format!("{}/agreement/versions", self.group)).await;
        self.bo.page.texts("ol li").len()
    }

    async fn write(&mut self) {
        self.ana.open(&format!("{}/must-not-meet", self.group)).await;
        self.ana.press("Keep this list").await;
    }
}

#[tokio::test]
async fn where_the_agreement_says_never_nothing_earlier_opens() {
    let mut scene = Scene::new("never").await;
    scene.world.pass_days(10);
    scene.write().await;
    assert_eq!(scene.read_by_bo().await, 1);
    assert_eq!(scene.world.rows("newcomer").await, 0);
    assert!(!has_box(&scene.world).await);
}

#[tokio::test]
async fn where_it_says_at_once_everything_opens_with_the_door() {
    let mut scene = Scene::new("at-once").await;
    assert_eq!(scene.read_by_bo().await, 2);
    assert_eq!(scene.world.rows("newcomer").await, 0, "nothing is left to grant");
}

#[tokio::test]
async fn after_72_hours_the_next_write_of_a_member_opens_earlier_words() {
    let mut scene = Scene::new("after-72-hours").await;
    scene.ana.open(&scene.group.clone()).await;
    assert!(scene.ana.page.says("Bo came in, and may read what was written before they came"));
    scene.world.pass_hours(71);
    scene.write().await;
    assert_eq!(scene.read_by_bo().await, 1);
    scene.world.pass_hours(1);
    assert_eq!(scene.read_by_bo().await, 1, "nothing that needs a key happens by the clock");
    scene.write().await;
    assert_eq!(scene.read_by_bo().await, 2);
    assert_eq!(scene.world.rows("newcomer").await, 0);
    assert!(!has_box(&scene.world).await);
    scene.ana.open(&scene.group.clone()).await;
    assert!(!scene.ana.page.says("came in, and may"));
}

#[tokio::test]
async fn one_who_would_rather_not_yet_is_enough_and_known_to_nobody() {
    let mut scene = Scene::new("after-72-hours").await;
    let group = scene.group.clone();
    let mut cy = with_another(&scene.world, &mut scene.ana, &group, "cy", "Cy").await;
    let (used, size) = (scene.world.rows("used_once").await, box_size(&scene.world).await);
    cy.open(&group).await;
    cy.press("I'd rather not yet").await;
    assert_eq!(cy.page.notice(), "Kept. Nobody sees what you chose.");
    assert_eq!(scene.world.rows("used_once").await, used, "no used key says who spoke");
    assert_eq!(box_size(&scene.world).await, size, "nor does the size of the row");
    cy.open("/me").await;
    assert!(cy.page.has("li[data-table='nameless']"));
    scene.world.pass_days(4);
    scene.write().await;
    assert_eq!(scene.read_by_bo().await, 1);
    scene.bo.open(&group).await;
    assert!(scene.bo.page.says("is not open to you yet") && !scene.bo.page.says("Cy would"));
    scene.ana.open(&group).await;
    assert!(scene.ana.page.says("Bo came in, and may not read earlier words yet."));
    sign_in_again(&scene.world, &mut cy).await;
    cy.open(&group).await;
    cy.press("I don't mind any more").await;
    scene.write().await;
    assert_eq!(scene.read_by_bo().await, 2);
}

#[tokio::test]
async fn leaving_tells_nobody_that_the_leaver_would_rather_not_yet() {
    let mut scene = Scene::new("after-72-hours").await;
    let group = scene.group.clone();
    let mut cy = with_another(&scene.world, &mut scene.ana, &group, "cy", "Cy").await;
    cy.open(&group).await;
    cy.press("I'd rather not yet").await;
    scene.world.pass_days(4);
    sign_in_again(&scene.world, &mut cy).await;
    crate::leaving::leave(&mut cy, &group, "with-name").await;
    scene.write().await;
    assert_eq!(scene.read_by_bo().await, 1, "it does not open because Cy went");
    scene.ana.open(&group).await;
    assert!(scene.ana.page.says("Bo came in, and may read what was written before they came"));
    scene.world.pass_days(4);
    scene.write().await;
    assert_eq!(scene.read_by_bo().await, 2, "what Cy said does not stand for ever");
}

/// Whether the row of those who would rather not yet is there.
async fn has_box(world: &World) -> bool {
    let dump = world.db().dump().await;
    let name = storekit::Value::Text("newcomers".to_owned());
    dump.iter()
        .any(|table| table.name == "nameless" && table.rows.iter().flatten().any(|v| *v == name))
}

async fn box_size(world: &World) -> i64 {
    let read = |tx: &mut storekit::Tx<'_>| -> Result<i64, storekit::Error> {
        tx.one(sql!("SELECT LENGTH(words) AS bytes FROM nameless WHERE batch = 'newcomers'"), &[])?
            .get("bytes")
    };
    world.app.db.read(read).await.expect("one row for all of it")
}

#[tokio::test]
async fn every_save_of_a_member_seals_the_nameless_row_anew() {
    let mut scene = Scene::new("after-72-hours").await;
    let rows = |dump: Vec<storekit::testing::Table>| {
        dump.into_iter().find(|table| table.name == "nameless").map(|table| table.rows)
    };
    let before = rows(scene.world.db().dump().await);
    scene.write().await;
    let after = rows(scene.world.db().dump().await);
    assert_ne!(before, after);
    scene.ana.open(&scene.group.clone()).await;
    assert_eq!(rows(scene.world.db().dump().await), after, "looking changes nothing");
}

#[tokio::test]
async fn nobody_says_it_about_themselves_or_about_nobody() {
    let mut scene = Scene::new("after-72-hours").await;
    let group = scene.group.clone();
    scene.ana.open(&group).await;
    let about = scene.ana.page.attribute("form[action*='not-yet']", "action").expect("a form");
    scene.bo.open("/me").await;
    let once = scene.bo.once();
    let fields = [("once", once.as_str()), ("say", "wait")];
    for address in [&about, &format!("{group}/newcomers/x/not-yet")] {
        scene.bo.post(address, &fields).await;
        assert_eq!(scene.bo.page.status, StatusCode::NOT_FOUND, "{address}");
    }
}

#[tokio::test]
async fn a_group_that_thinks_better_of_it_opens_nothing() {
    let mut scene = Scene::new("after-72-hours").await;
    let group = scene.group.clone();
    scene.ana.open(&format!("{group}/change/agreement")).await;
    scene.ana.fill([("earlier", "never")]).press("Change it").await;
    assert_eq!(scene.ana.page.notice(), "Changed. Everybody sees it on Today.");
    scene.world.pass_days(4);
    scene.write().await;
    assert_eq!(scene.read_by_bo().await, 2, "the draft of the door and the one after it");
}

#[tokio::test]
async fn when_somebody_is_asked_to_leave_everybody_may_say_it_anew() {
    let world = World::new().await;
    let mut ana = world.person_at_home("ana").await;
    let group = found_with(&mut ana, "Ana", &[("earlier", "after-72-hours")]).await;
    let mut bo = with_another(&world, &mut ana, &group, "bo", "Bo").await;
    let mut cy = with_another(&world, &mut ana, &group, "cy", "Cy").await;
    bo.open(&group).await;
    bo.press("I'd rather not yet").await;
    world.pass_hours(2);
    sign_in_again(&world, &mut cy).await;
    page_about(&mut ana, &group, "Bo").await;
    ana.fill([("reason", "You shouted.")]).press("Ask them to leave").await;
    page_about(&mut cy, &group, "Bo").await;
    cy.press("Yes, they should leave").await;
    cy.open(&group).await;
    assert!(cy.page.says("opens to you from Friday 9 January 2026"), "{}", cy.page.text());
    world.pass(std::time::Duration::from_micros(73 * u64::try_from(HOUR).expect("hours")));
    ana.open(&format!("{group}/must-not-meet")).await;
    ana.press("Keep this list").await;
    assert_eq!(world.rows("newcomer").await, 0, "what Bo said does not stand for ever");
}

#[tokio::test]
async fn a_newcomer_sees_what_changed_since_they_read_the_card() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    let group = found_with(&mut ana, "Ana", &[]).await;
    let old = link(&mut ana, &group).await;
    other_place(&mut ana, &group, GARDEN).await;
    let mut bo = world.person("bo").await;
    knock(&mut bo, &old, "Bo", &[]).await;
    let_in(&mut ana, &group).await;
    for _ in 0..2 {
        bo.open(&group).await;
        assert!(bo.page.says("The draft waits for your word."));
        assert!(bo.page.says("What changed since you read it") && bo.page.says(GARDEN));
    }
    say(&mut bo, &group, "accept", &[]).await;
    bo.open(&group).await;
    assert!(!bo.page.says("What changed since you read it"));
    ana.open(&group).await;
    assert!(!ana.page.says("What changed since you read it"), "who was here saw it change");
}

#[tokio::test]
async fn a_newcomer_is_asked_about_what_is_in_force_already() {
    let Three { world, mut ana, mut bo, mut cy, group } = Three::new().await;
    let old = link(&mut ana, &group).await;
    other_place(&mut bo, &group, GARDEN).await;
    say(&mut ana, &group, "accept", &[]).await;
    say(&mut cy, &group, "accept", &[]).await;
    let mut di = world.person("di").await;
    knock(&mut di, &old, "Di", &[]).await;
    let_in(&mut ana, &group).await;
    di.open(&group).await;
    assert!(di.page.says("What you accepted then holds for you"));
    assert!(di.page.says(GARDEN));
    say(&mut di, &group, "stand-aside", &[]).await;
    assert_eq!(di.page.notice(), "Kept. You can change it until it is decided.");
    di.open(&group).await;
    assert!(!di.page.says("What changed since you read it"));
    di.open(&format!("{group}/agreement/say")).await;
    assert_eq!(di.page.path, format!("{group}/agreement"), "answered once, asked no more");
}
