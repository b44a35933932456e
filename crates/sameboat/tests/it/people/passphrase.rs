use axum::http::StatusCode;

use crate::world::{Person, World};

#[tokio::test]
async fn a_changed_passphrase_ends_the_other_sign_ins_and_keeps_this_one() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    let mut phone = world.browser();
    ana.sign_in_on(&mut phone).await;
    let before = ana.browser.clone();
    ana.open("/me/passphrase").await;
    let fresh = ana.page.value("passphrase");
    let old = ana.passphrase.clone();
    ana.fill([("old", &old)]).press("Change it").await;
    assert!(ana.page.notice().starts_with("Your passphrase is changed"));
    for mut other in [phone, before] {
        other.open("/me").await;
        assert_eq!(other.page.path, "/sign-in", "an older sign-in still holds");
    }
    let refused = ana.sign_in_on(&mut world.browser()).await.page.status;
    assert_eq!(refused, StatusCode::UNPROCESSABLE_ENTITY);
    let now = Person { passphrase: fresh, ..ana };
    let mut phone = world.browser();
    now.sign_in_on(&mut phone).await.open("/me").await;
    assert!(phone.page.says("Your passphrase was changed."));
}

#[tokio::test]
async fn who_finds_a_device_unlocked_cannot_change_the_passphrase() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    ana.open("/me/passphrase").await;
    ana.fill([("old", "something else entirely")]).press("Change it").await;
    assert_eq!(ana.page.issues(), ["That is not your passphrase. Nothing was changed."]);
    let mut phone = world.browser();
    ana.sign_in_on(&mut phone).await.open("/me").await;
    assert!(phone.page.says(&ana.name));
}

#[tokio::test]
async fn a_weak_new_passphrase_is_refused() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    let old = ana.passphrase.clone();
    ana.open("/me/passphrase?own=1").await;
    ana.fill([("old", &old), ("passphrase", "too short")]).press("Change it").await;
    assert_eq!(ana.page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(ana.page.issues()[0].starts_with("This is too short."));
}
