//! “Everything about me” is everything (P25).

use std::collections::BTreeSet;

use storekit::testing::Table;
use storekit::{Value, sql};

use crate::joining::{found_with, knock, link, with_another};
use crate::leaving::{Three, page_about};
use crate::returning::{self, link_back};
use crate::sharing::share;
use crate::world::{GroupAnswers, Page, Person, World, bytes, selector};

/// Tables whose rows lead to nobody. The page says so of those that grow with what people do.
const NOBODYS: [(&str, &str); 1] = [("used_once", "Each form you send leaves a random number")];
/// Tables of a group: no row of theirs says which person it is about. What they hold of somebody
/// stands group by group.
const GROUPS: [&str; 8] =
    ["groups", "epoch", "member", "key_grant", "paper", "stance", "nameless", "must_not_meet"];

#[tokio::test]
async fn every_table_that_holds_something_about_ana_has_its_section() {
    let world = World::new().await;
    let before = world.db().dump().await;
    let mut ana = world.person("ana").await;
    // Here ana does everything that can be done.
    ana.sign_in_on(&mut world.browser()).await;
    ana.open("/notebook/new?kind=page").await;
    let once = ana.once();
    ana.post("/notebook/draft", &[("once", &once), ("kind", "trouble"), ("words", "a draft")])
        .await;
    ana.open("/notebook/new?kind=page").await;
    ana.fill([("words", "a page")]).press("Keep it").await;
    ana.begin_group(&GroupAnswers::default()).await;
    ana.open("/start/purpose").await;
    ana.fill([("who", "people like me")]).press("Back").await;
    let after = world.db().dump().await;
    ana.open("/me").await;
    let grown = grown(&before, &after);
    assert!(grown.contains(&"sign_in"), "joining leaves rows");
    for table in grown.into_iter().filter(|table| !GROUPS.contains(table)) {
        match NOBODYS.iter().find(|(name, _)| *name == table) {
            Some((_, sentence)) => assert!(ana.page.says(sentence), "nothing is said of {table}"),
            None => assert!(ana.page.has(&format!("section#{table}")), "{table} is not shown"),
        }
    }
}

fn grown<'a>(before: &[Table], after: &'a [Table]) -> Vec<&'a str> {
    let pairs = before.iter().zip(after);
    pairs.filter(|(then, now)| then != now).map(|(_, now)| now.name.as_str()).collect()
}

#[tokio::test]
async fn every_sign_in_and_every_line_is_listed() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    ana.sign_in_on(&mut world.browser()).await;
    world.pass_hours(1);
    ana.browser = ana.sign_in_on(&mut world.browser()).await.clone();
    ana.open("/me").await;
    assert_eq!(ana.page.texts("#sign_in li").len(), world.rows("sign_in").await);
    assert_eq!(ana.page.texts("#sign_in_event li").len(), world.rows("sign_in_event").await);
    assert!(ana.page.texts("#person dd").contains(&"Tuesday 6 January 2026".to_owned()));
}

/// Every table in which this member id stands, anywhere in a row.
async fn tables_about(world: &World, member: &[u8]) -> Vec<String> {
    let names = |value: &Value| match value {
        Value::Blob(blob) => bytes::holds(blob, member),
        _ => false,
    };
    let dump = world.db().dump().await;
    let about = dump.iter().filter(|table| table.rows.iter().any(|row| row.iter().any(names)));
    about.map(|table| table.name.clone()).collect()
}

/// The id of the member who came first.
async fn first_member(world: &World) -> Vec<u8> {
    let read = |tx: &mut storekit::Tx<'_>| -> Result<[u8; 16], storekit::Error> {
        tx.one(sql!("SELECT member_id FROM member WHERE number = 1"), &[])?.get("member_id")
    };
    world.app.db.read(read).await.expect("a member").to_vec()
}

fn says_all(page: &Page, tables: &[String]) {
    for table in tables {
        assert!(page.has(&format!("li[data-table='{table}']")), "{table} is not named");
    }
}

#[tokio::test]
async fn every_table_with_something_of_a_member_is_named_for_their_group() {
    let Three { world, mut ana, mut bo, mut cy, group } = Three::new().await;
    link(&mut ana, &group).await;
    page_about(&mut bo, &group, "Ana").await;
    bo.fill([("reason", "You shouted.")]).press("Ask them to leave").await;
    let member = first_member(&world).await;
    let tables = tables_about(&world, &member).await;
    for table in ["member", "epoch", "key_grant", "stance", "must_not_meet", "asking", "farewell"] {
        assert!(tables.iter().any(|name| name == table), "nothing of Ana in {table}");
    }
    ana.open("/me").await;
    says_all(&ana.page, &tables);
    // These name her inside what is sealed.
    says_all(&ana.page, &["paper".to_owned(), "invitation".to_owned()]);
    assert!(ana.page.says("Tuesdays") && ana.page.says("You are in this group."));
    assert!(ana.page.says("Your name there: Ana"));
    page_about(&mut cy, &group, "Ana").await;
    cy.press("Yes, they should leave").await;
    ana.open("/me").await;
    assert!(ana.page.says("You are no longer in this group."));
    says_all(&ana.page, &["member", "farewell", "departure"].map(str::to_owned));
}

#[tokio::test]
async fn a_letter_at_a_door_is_listed_and_somebody_elses_group_is_not() {
    let world = World::new().await;
    let mut group = world.group("ana", "The lamps").await;
    let mut rosa = group.knock(&world, "rosa").await;
    rosa.open("/me").await;
    assert!(rosa.page.says("You are at the door, or were."));
    assert!(rosa.page.has("li[data-table='door']") && !rosa.page.has("li[data-table='member']"));
    let mut stranger = world.person("stranger").await;
    stranger.open("/me").await;
    assert!(!stranger.page.says("Tuesday evenings"));
}

/// The tables that the page about them names to somebody.
async fn named_to(person: &mut Person) -> BTreeSet<String> {
    person.open("/me").await;
    let (html, lines) = (person.page.html(), selector("li[data-table]"));
    let tables = html.select(&lines).filter_map(|line| line.value().attr("data-table"));
    tables.map(str::to_owned).collect()
}

/// A group in which everything was done that leaves a row.
#[tokio::test]
async fn every_table_of_a_group_is_named_to_somebody_of_whom_it_holds_something() {
    let world = World::new().await;
    let mut ana = world.person_at_home("ana").await;
    let group = found_with(&mut ana, "Ana", &[("earlier", "after-72-hours")]).await;
    let mut bo = with_another(&world, &mut ana, &group, "bo", "Bo").await;
    let mut cy = with_another(&world, &mut ana, &group, "cy", "Cy").await;
    let mut di = with_another(&world, &mut ana, &group, "di", "Di").await;
    let address = share(&mut bo, &group, "a share").await;
    for button in ["Me too", "I have read it all"] {
        cy.open(&address).await;
        cy.press(button).await;
    }
    cy.open(&format!("{address}/worried")).await;
    cy.press("Tell them").await;
    di.open(&address).await;
    di.press("Hide this from me").await;
    ana.open(&format!("{group}/meetings/new")).await;
    ana.fill([("date", "2026-02-03"), ("time", "9.15")]).press("Keep it").await;
    ana.press("I'm coming").await;
    ana.open(&format!("{group}/journey")).await;
    ana.fill([("stage", "beginning")]).press("This is where we are").await;
    crate::common_ground::write_cause(&mut ana, &group, "We want rest.").await;
    let spare = link(&mut ana, &group).await;
    let mut rosa = world.person("rosa").await;
    knock(&mut rosa, &spare, "Rosa", &[]).await;
    link(&mut ana, &group).await;
    link_back(&mut ana, &group, "Cy").await;
    returning::say(&mut cy, &group, "Bo", returning::FREEZE).await;
    page_about(&mut bo, &group, "Di").await;
    bo.fill([("reason", "You shouted.")]).press("Ask them to leave").await;

    let (mut named, mut kept) = (BTreeSet::new(), BTreeSet::new());
    for gone in [false, true] {
        if gone {
            for other in [&mut ana, &mut cy] {
                page_about(other, &group, "Di").await;
                other.press("Yes, they should leave").await;
            }
        }
        for person in [&mut ana, &mut bo, &mut cy, &mut di, &mut rosa] {
            named.extend(named_to(person).await);
        }
        let tables = world.db().dump().await;
        let filled = tables.iter().filter(|table| !table.rows.is_empty());
        let of_groups = filled.filter(|table| table.columns.iter().any(|c| c == "group_id"));
        kept.extend(of_groups.map(|table| table.name.clone()));
    }
    assert!(kept.remove("groups"), "it holds something of the group and nothing of a member");
    assert_eq!(kept.len(), 23, "something lies in every table: {kept:?}");
    let silent: Vec<&String> = kept.difference(&named).collect();
    assert!(silent.is_empty(), "nobody is told of {silent:?}");
}
