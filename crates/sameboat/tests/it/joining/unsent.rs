//! What somebody typed at a door and did not send.

use axum::http::StatusCode;

use super::{found, link, seen_at_door, world};

#[tokio::test]
async fn what_was_typed_at_a_door_and_not_sent_is_there_again() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    let group = found(&mut ana, "Ana").await;
    let (first, second) = (link(&mut ana, &group).await, link(&mut ana, &group).await);
    let mut rosa = world.person("rosa").await;
    rosa.open(&first).await;
    rosa.open("/joining/answers").await;
    let shown_for = rosa.page.value("link");
    rosa.fill([("name", "Rosa"), ("reach", "Before noon"), ("c-one-voice", "object")]);
    rosa.fill([("why-one-voice", "We sing"), ("c-floor-pass", "accept")]).tick("tell");
    let mut typed = rosa.ready("main", "Knock at the door");
    let sending = typed.clone();
    typed.action = "/joining/answers/draft".to_owned();
    assert_eq!(rosa.send(&typed).await.status, StatusCode::NO_CONTENT);
    assert!(seen_at_door(&mut ana, &group).await.is_empty(), "nobody else sees it");

    rosa.open("/joining/answers").await;
    assert!(rosa.page.says("This is what you had typed on Tuesday 6 January 2026."));
    assert_eq!(
        (rosa.page.value("name"), rosa.page.value("reach")),
        ("Rosa".into(), "Before noon".into())
    );
    assert_eq!(rosa.page.value("why-one-voice"), "We sing");
    assert!(rosa.page.has("[name=c-one-voice][value=object][checked]") && rosa.page.ticked("tell"));
    assert!(!rosa.page.has(".error"), "what nobody sent is not found wanting");
    rosa.open("/me").await;
    assert!(rosa.page.words().contains(&"Rosa Before noon We sing".to_owned()));
    assert!(!rosa.page.says(&shown_for), "what is no words is not shown as words");

    // Another link is another door, and a door that is not there keeps nothing.
    rosa.open(&second).await;
    rosa.open("/joining/answers").await;
    assert_eq!(rosa.page.value("name"), "");
    assert_eq!(rosa.send(&typed).await.status, StatusCode::NOT_FOUND);
    let mut away = typed.clone();
    away.action = "/joining/answers/draft/remove".to_owned();
    assert_eq!(rosa.send(&away).await.status, StatusCode::NOT_FOUND);

    rosa.open(&first).await;
    rosa.open("/joining/answers").await;
    rosa.press("Throw this draft away").await;
    assert_eq!(
        (rosa.page.path.as_str(), rosa.page.value("name").as_str()),
        ("/joining/answers", "")
    );
    assert_eq!(world.rows("draft").await, 0);
    rosa.send(&typed).await;
    assert_eq!(world.rows("draft").await, 1);
    rosa.send(&sending).await;
    assert_eq!(rosa.page.status, StatusCode::UNPROCESSABLE_ENTITY, "some lines wait for a word");
    rosa.accept_all().fill([("c-one-voice", "object")]).press("Knock at the door").await;
    assert_eq!(rosa.page.path, "/joining/waiting", "{:?}", rosa.page.issues());
    assert_eq!(world.rows("draft").await, 0, "it goes where the words are kept");
    assert_eq!(
        rosa.send(&typed).await.status,
        StatusCode::NOT_FOUND,
        "what comes after is dropped"
    );
    assert_eq!(world.rows("draft").await, 0);
}
