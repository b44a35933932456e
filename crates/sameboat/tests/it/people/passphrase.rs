use axum::http::StatusCode;

use crate::world::{GroupAnswers, Person, World};

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

#[tokio::test]
async fn what_others_call_a_person_and_their_group_makes_no_passphrase() {
    let world = World::new().await;
    let mut ana = world.person("marigold").await;
    let answers = GroupAnswers {
        inside: "Zwielicht Harbour",
        outside: "Quillon Evenings",
        name: "Theophania",
        ..GroupAnswers::default()
    };
    ana.begin_group(&answers).await;
    let old = ana.passphrase.clone();
    for typed in [
        "marigold marigold 2",
        "zwielicht harbour 7",
        "quillon evenings 77",
        "theophania theophania",
    ] {
        for (address, button) in
            [("/me/passphrase?own=1", "Change it"), ("/me/renew?own=1", "Make my keys new")]
        {
            ana.open(address).await;
            ana.fill([("old", &*old), ("passphrase", typed)]).press(button).await;
            assert_eq!(ana.page.issues().len(), 1, "{typed} is a passphrase at {address}");
            assert_eq!(ana.page.value("passphrase"), typed, "what was typed is still there");
        }
    }
    // The same length, of words that nobody knows of her.
    ana.open("/me/passphrase?own=1").await;
    ana.fill([("old", &*old), ("passphrase", "brackish umbrella 7")]).press("Change it").await;
    assert!(ana.page.notice().starts_with("Your passphrase is changed"));
}
