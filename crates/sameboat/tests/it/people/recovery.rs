use axum::http::StatusCode;

use crate::world::{Browser, Person, World};

async fn recover<'a>(browser: &'a mut Browser, code: &str) -> &'a mut Browser {
    browser.open("/sign-in/recovery").await;
    browser.fill([("code", code)]).press("Let me back in").await;
    browser
}

fn after(browser: &Browser) -> (String, String) {
    let shown = |part| browser.page.texts(part).concat();
    (shown("#sheet-name"), shown("#sheet-code"))
}

#[tokio::test]
async fn the_code_lets_ana_back_with_a_new_passphrase_and_a_new_code() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    let mut phone = world.browser();
    phone.open("/sign-in/recovery").await;
    let fresh = phone.page.value("passphrase");
    phone.fill([("code", &ana.code)]).press("Let me back in").await;
    assert_eq!(phone.page.heading(), "You are back");
    let (name, code) = after(&phone);
    assert_eq!(name, ana.name, "the sheet shows the name again");
    assert_ne!(code, ana.code);
    ana.open("/me").await;
    assert_eq!(ana.page.path, "/sign-in", "other devices are out");
    let old = ana.sign_in_on(&mut world.browser()).await.page.clone();
    assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY, "the old passphrase is void");
    let now = Person { passphrase: fresh, ..ana };
    let mut tablet = world.browser();
    now.sign_in_on(&mut tablet).await.open("/me").await;
    assert!(tablet.page.says("Your recovery code was used."));
}

#[tokio::test]
async fn a_used_code_opens_nothing_and_its_successor_does() {
    let world = World::new().await;
    let ana = world.person("ana").await;
    let mut phone = world.browser();
    let (_, next) = after(recover(&mut phone, &ana.code).await);
    let mut again = world.browser();
    recover(&mut again, &ana.code).await;
    assert_eq!(again.page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.page.says("This code opens nothing."));
    assert_eq!(again.page.value("code"), ana.code, "what was typed is still there");
    recover(&mut again, &next).await;
    assert_eq!(again.page.heading(), "You are back");
}

#[tokio::test]
async fn a_new_sheet_makes_the_old_code_useless() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    let old = ana.passphrase.clone();
    ana.open("/me").await;
    ana.follow("Make a recovery sheet").await;
    ana.fill([("old", "not it, sorry")]).press("Make a recovery sheet").await;
    assert_eq!(ana.page.issues(), ["That is not your passphrase. Nothing was changed."]);
    ana.fill([("old", &old)]).press("Make a recovery sheet").await;
    let (name, code) = after(&ana);
    assert_eq!(name, ana.name);
    let mut phone = world.browser();
    recover(&mut phone, &ana.code).await;
    assert!(phone.page.says("This code opens nothing."));
    recover(&mut phone, &code.to_lowercase().replace('-', " ")).await;
    assert_eq!(phone.page.heading(), "You are back");
}

#[tokio::test]
async fn a_slip_of_the_pen_is_told_from_a_code_that_opens_nothing() {
    let world = World::new().await;
    let mut phone = world.browser();
    recover(&mut phone, "not a code").await;
    assert!(phone.page.says("There is a slip in this code."));
}

#[tokio::test]
async fn a_weak_passphrase_does_not_use_the_code_up() {
    let world = World::new().await;
    let ana = world.person("ana").await;
    let mut phone = world.browser();
    phone.open("/sign-in/recovery?own=1").await;
    phone.fill([("code", &ana.code), ("passphrase", "passwordpassword")]);
    phone.press("Let me back in").await;
    assert_eq!(phone.page.status, StatusCode::UNPROCESSABLE_ENTITY);
    phone.fill([("passphrase", "teapot glacier whispering")]).press("Let me back in").await;
    assert_eq!(phone.page.heading(), "You are back");
}
