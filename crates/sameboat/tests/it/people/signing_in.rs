use axum::http::StatusCode;
use sameboat::web::cookies;

use crate::world::World;

#[tokio::test]
async fn ana_signs_in_on_another_device_and_out_again() {
    let world = World::new().await;
    let ana = world.person("ana").await;
    let mut phone = world.browser();
    ana.sign_in_on(&mut phone).await;
    phone.open("/me").await;
    assert!(phone.page.says(&ana.name));
    phone.press("Sign out").await;
    assert_eq!(phone.page.notice(), "You are signed out.");
    phone.open("/me").await;
    assert_eq!(phone.page.path, "/sign-in");
}

#[tokio::test]
async fn the_words_of_a_passphrase_open_in_any_case_and_with_any_signs_between() {
    let world = World::new().await;
    let ana = world.person("ana").await;
    let typed = ana.passphrase.to_uppercase().replace([' ', '-'], ".");
    let mut phone = world.browser();
    phone.open("/sign-in").await;
    phone.fill([("name", &ana.name.to_uppercase()), ("passphrase", &typed)]);
    phone.press_in("main", "Sign in").await;
    phone.open("/me").await;
    assert!(phone.page.says(&ana.name));
}

#[tokio::test]
async fn a_wrong_passphrase_is_told_to_its_owner_and_keeps_the_name_typed() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    let mut stranger = world.browser();
    stranger.open("/sign-in").await;
    stranger.fill([("name", &ana.name), ("passphrase", "not the one at all")]).tick("device");
    stranger.press_in("main", "Sign in").await;
    assert_eq!(stranger.page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(stranger.page.says("That name and passphrase don't go together."));
    assert_eq!(stranger.page.value("name"), ana.name);
    assert_eq!(stranger.page.value("passphrase"), "", "a passphrase is never shown again");
    assert!(stranger.page.ticked("device"));
    ana.open("/me").await;
    assert!(ana.page.says("Somebody tried a wrong passphrase with your sign-in name."));
}

#[tokio::test]
async fn after_signing_in_one_is_where_one_wanted_to_go() {
    let world = World::new().await;
    let ana = world.person("ana").await;
    let mut phone = world.browser();
    phone.open("/me/passphrase").await;
    assert_eq!(phone.page.path, "/sign-in");
    phone.fill([("name", &ana.name), ("passphrase", &ana.passphrase)]);
    phone.press_in("main", "Sign in").await;
    assert_eq!(phone.page.path, "/me/passphrase");
}

#[tokio::test]
async fn a_link_cannot_send_anybody_elsewhere_after_signing_in() {
    let world = World::new().await;
    let ana = world.person("ana").await;
    for to in ["//evil.example", "https://evil.example/", "/%5Cevil.example", "/\\evil.example"] {
        let mut phone = world.browser();
        phone.open("/sign-in").await;
        let once = phone.once();
        let (name, words) = (ana.name.clone(), ana.passphrase.clone());
        let fields = [("once", &*once), ("to", to), ("name", &name), ("passphrase", &words)];
        phone.post("/sign-in", &fields).await;
        assert!(phone.page.path.starts_with("/notebook"), "{to} led to {}", phone.page.path);
    }
}

#[tokio::test]
async fn every_sign_in_has_a_new_token_and_the_one_before_is_dead() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    let before = ana.browser.clone();
    let token = before.cookies.value(cookies::SIGN_IN).map(str::to_owned);
    let person = ana.clone();
    ana.open("/sign-in").await;
    assert_ne!(ana.page.path, "/sign-in", "who is signed in need not sign in");
    // Signing in once more, as from a page that was open in another tab.
    let once = { ana.open("/me").await.value("once") };
    let fields = [("once", &*once), ("name", &person.name), ("passphrase", &person.passphrase)];
    ana.post("/sign-in", &fields).await;
    assert_ne!(ana.cookies.value(cookies::SIGN_IN).map(str::to_owned), token);
    let mut replayed = before;
    replayed.open("/me").await;
    assert_eq!(replayed.page.path, "/sign-in", "the old cookie still opens");
    ana.open("/me").await;
    assert!(ana.page.says(&person.name));
}

#[tokio::test]
async fn a_cookie_is_dead_after_signing_out_and_after_leaving_fast() {
    let world = World::new().await;
    let ana = world.person("ana").await;
    for button in ["Sign out", "Leave this page fast"] {
        let mut phone = world.browser();
        ana.sign_in_on(&mut phone).await;
        phone.open("/me").await;
        let mut replayed = phone.clone();
        let leaving = phone.ready(":root", button);
        let request = phone.form(&leaving);
        let answer = phone.answer(request).await;
        let cleared = answer.headers.get("clear-site-data").map(|value| value.as_bytes());
        let all: &[u8] = b"\"cache\", \"cookies\", \"storage\"";
        assert_eq!(cleared, Some(all), "the browser is told to forget after “{button}”");
        assert!(phone.cookies.value(cookies::SIGN_IN).is_none());
        replayed.open("/me").await;
        assert_eq!(replayed.page.path, "/sign-in", "the cookie opens after “{button}”");
    }
}

#[tokio::test]
async fn one_sign_in_can_be_ended_from_the_list_of_another() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    let mut phone = world.browser();
    ana.sign_in_on(&mut phone).await;
    ana.open("/me").await;
    assert_eq!(ana.page.texts("#sign_in li").len(), 2);
    ana.press("Sign this one out").await;
    assert_eq!(ana.page.notice(), "That device is signed out.");
    assert!(ana.page.says("A sign-in was ended from your list."));
    phone.open("/me").await;
    assert_eq!(phone.page.path, "/sign-in");
    ana.press("Sign this device out").await;
    assert_eq!(ana.page.notice(), "You are signed out.");
}

#[tokio::test]
async fn nobody_ends_the_sign_in_of_somebody_else() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    let mut ben = world.person("ben").await;
    ana.open("/me").await;
    let id = ana.page.value("sign-in");
    ben.open("/me").await;
    let once = ben.once();
    ben.post("/me/sign-ins/end", &[("once", &once), ("sign-in", &id)]).await;
    assert_eq!(ben.page.status, StatusCode::NOT_FOUND);
    ana.open("/me").await;
    assert!(ana.page.says(&ana.name));
}

#[tokio::test]
async fn a_group_that_somebody_damaged_keeps_nobody_from_signing_in() {
    let world = World::new().await;
    let group = world.group("ana", "The lamps").await;
    let damage = |tx: &mut storekit::Tx<'_>| {
        tx.exec(storekit::sql!("UPDATE epoch SET roster = $1"), storekit::params![vec![9_u8]])
    };
    world.app.db.write(damage).await.expect("somebody may write to the database");
    let mut phone = world.browser();
    assert_eq!(group.founder.sign_in_on(&mut phone).await.page.status, StatusCode::OK);
    for address in ["/notebook", "/groups", "/help-now"] {
        assert_eq!(phone.open(address).await.status, StatusCode::OK, "{address}");
    }
}
