//! “Everything about me” is everything (P25).

use storekit::testing::Table;

use crate::world::{GroupAnswers, World};

/// Tables whose rows lead to nobody. The page says so of those that grow with what people do.
const NOBODYS: [(&str, &str); 1] = [("used_once", "Each form you send leaves a random number")];
/// Tables of a group: no row of theirs says which person it is about, and the group's pages show
/// what is in them.
const GROUPS: [&str; 7] = ["groups", "epoch", "member", "key_grant", "paper", "stance", "nameless"];

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
