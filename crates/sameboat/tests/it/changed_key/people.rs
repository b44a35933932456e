use std::collections::BTreeMap;

use axum::http::StatusCode;
use sameboat::people::Hanging;
use seal::{SignInName, name_tag};
use storekit::{params, sql};

use crate::notebook::keep;
use crate::world::{Browser, World};

/// So many people on each key, all with a recovery sheet.
fn on<const N: usize>(keys: [(u32, usize); N]) -> BTreeMap<u32, Hanging> {
    keys.map(|(number, people)| (number, Hanging { people, without_sheet: 0 })).into()
}

async fn recover(browser: &mut Browser, code: &str) -> (String, String) {
    browser.open("/sign-in/recovery").await;
    let passphrase = browser.page.value("passphrase");
    browser.fill([("code", code)]).press("Let me back in").await;
    assert_eq!(browser.page.heading(), "You are back");
    (browser.page.texts("#sheet-name").concat(), passphrase)
}

#[tokio::test]
async fn whoever_signs_in_moves_on_to_the_new_key() {
    let mut world = World::new().await;
    let ana = world.person("ana").await;
    world.person("ben").await;
    world.change_key().await;
    assert_eq!(world.hanging().await, on([(1, 2)]));
    let mut phone = world.browser();
    phone.open("/sign-in").await;
    phone.fill([("name", &ana.name), ("passphrase", "not the one at all")]);
    phone.press_in("main", "Sign in").await;
    assert_eq!(world.hanging().await, on([(1, 2)]), "a wrong passphrase moves nobody");
    ana.sign_in_on(&mut phone).await.open("/me").await;
    assert!(phone.page.says(&ana.name));
    assert_eq!(world.hanging().await, on([(1, 1), (2, 1)]));
    world.forget_old_key().await;
    let mut tablet = world.browser();
    ana.sign_in_on(&mut tablet).await.open("/me").await;
    assert!(tablet.page.says(&ana.name));
}

#[tokio::test]
async fn nobody_is_signed_out_and_no_open_form_is_lost() {
    let mut world = World::new().await;
    let mut ana = world.person("ana").await;
    ana.open("/notebook/new?kind=page").await;
    let mut phone = world.browser();
    phone.open("/sign-in").await;
    world.change_key().await;
    world.bring(&mut ana);
    world.bring(&mut phone);
    ana.fill([("words", "begun before")]).press("Keep it").await;
    assert_eq!(ana.page.notice(), "Kept, for you alone.");
    ana.open("/me").await;
    assert!(ana.page.says("Your passphrase is still locked with the old one."));
    phone.fill([("name", &ana.name), ("passphrase", &ana.passphrase)]);
    phone.press_in("main", "Sign in").await;
    phone.open("/notebook").await;
    assert_eq!(phone.page.words(), ["begun before"]);
    ana.open("/me").await;
    assert!(!ana.page.says("locked with the old one"));
    // The cookie that says when it was used was renewed: the old line is no longer needed.
    world.forget_old_key().await;
    world.bring(&mut ana);
    ana.open("/me").await;
    assert!(ana.page.says(&ana.name));
}

#[tokio::test]
async fn who_did_not_sign_in_meanwhile_comes_back_by_their_sheet() {
    let mut world = World::new().await;
    let mut ana = world.person("ana").await;
    keep(&mut ana, "page", "still here").await;
    world.change_key().await;
    world.forget_old_key().await;
    let mut phone = world.browser();
    ana.sign_in_on(&mut phone).await;
    assert_eq!(phone.page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(phone.page.says("That name and passphrase don't go together."));
    let (name, passphrase) = recover(&mut phone, &ana.code).await;
    assert_eq!(name, ana.name);
    assert!(!phone.page.says("Your sign-in name has new digits"));
    phone.open("/notebook").await;
    assert_eq!(phone.page.words(), ["still here"]);
    assert_eq!(world.hanging().await, on([(2, 1)]));
    ana.passphrase = passphrase;
    let mut tablet = world.browser();
    ana.sign_in_on(&mut tablet).await.open("/notebook").await;
    assert_eq!(tablet.page.words(), ["still here"]);
}

/// Without the old line nobody can see that a name is taken.
#[tokio::test]
async fn whose_name_went_to_somebody_else_meanwhile_gets_new_digits() {
    let mut world = World::new().await;
    let mut ana = world.person("ana").await;
    world.change_key().await;
    world.forget_old_key().await;
    let mut other = world.person("ana").await;
    let tag =
        |name: &str| name_tag(&world.app.keys, &SignInName::parse(name).expect("a name")).to_vec();
    let (hers, others) = (tag(&ana.name), tag(&other.name));
    let given = world.app.db.write(move |tx| {
        let text = sql!("UPDATE person SET name_tag = $1 WHERE name_tag = $2");
        tx.exec(text, params![&hers[..], &others[..]])
    });
    assert_eq!(given.await, Ok::<_, storekit::Error>(1));
    other.name.clone_from(&ana.name);

    let mut phone = world.browser();
    let (name, passphrase) = recover(&mut phone, &ana.code).await;
    assert!(phone.page.says("Your sign-in name has new digits"));
    assert!(name.starts_with("ana-") && name != ana.name, "{name}");
    (ana.name, ana.passphrase) = (name, passphrase);
    for person in [&ana, &other] {
        let mut tablet = world.browser();
        person.sign_in_on(&mut tablet).await.open("/me").await;
        assert_eq!(tablet.page.status, StatusCode::OK);
        assert_eq!(tablet.page.path, "/me");
    }
    phone.open("/me").await;
    assert!(phone.page.says(&ana.name));
}

#[tokio::test]
async fn who_is_signed_in_without_the_old_line_is_told_why_and_goes_on_when_it_is_back() {
    let mut world = World::new().await;
    let mut ana = world.person("ana").await;
    world.change_key().await;
    world.bring(&mut ana);
    ana.open("/me").await;
    let both = world.key_lines();
    world.forget_old_key().await;
    world.bring(&mut ana);
    let passphrase = ana.passphrase.clone();
    ana.open("/me/sheet").await;
    ana.fill([("old", &passphrase)]).press("Make a recovery sheet").await;
    let issues = ana.page.issues();
    assert!(issues[0].starts_with("This place has a new key"), "{issues:?}");
    world.start_with(&both).await;
    world.bring(&mut ana);
    ana.fill([("old", &passphrase)]).press("Make a recovery sheet").await;
    assert_eq!(ana.page.heading(), "Your new recovery sheet");
    assert_eq!(world.hanging().await, on([(2, 1)]), "whoever shows the passphrase moves on");
}

#[tokio::test]
async fn a_change_on_a_change_finds_everybody() {
    let mut world = World::new().await;
    let ana = world.person("ana").await;
    world.change_key().await;
    let ben = world.person("ben").await;
    let changed = world.change_key().await;
    assert_eq!(changed.numbers, [3, 2, 1]);
    assert_eq!(world.hanging().await, on([(1, 1), (2, 1)]));
    for person in [&ana, &ben] {
        let mut phone = world.browser();
        person.sign_in_on(&mut phone).await.open("/me").await;
        assert!(phone.page.says(&person.name));
    }
    assert_eq!(world.hanging().await, on([(3, 2)]));
}

#[tokio::test]
async fn who_has_no_sheet_is_counted() {
    let world = World::new().await;
    world.person("ana").await;
    let mut ben = world.browser();
    ben.open("/join").await;
    ben.fill([("own-word", "ben")]).untick("sheet").press("Make my sign-in").await;
    let both = Hanging { people: 2, without_sheet: 1 };
    assert_eq!(world.hanging().await, BTreeMap::from([(1, both)]));
}
