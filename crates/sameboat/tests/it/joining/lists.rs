use super::{found, knock, let_in, link, seen_at_door, with_another, world};

#[tokio::test]
async fn who_is_on_a_members_list_is_shown_to_nobody_and_told_nothing() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    let group = found(&mut ana, "Ana").await;
    let mut bo = with_another(&world, &mut ana, &group, "bo", "Bo").await;
    bo.open(&format!("{group}/must-not-meet")).await;
    bo.fill([("must-not-meet", "Ramón P.\nsomebody else")]).tick("tell");
    bo.press("Keep this list").await;
    let link = link(&mut ana, &group).await;
    let mut ramon = world.person_at_home("ramon").await;
    knock(&mut ramon, &link, "RAMON P", &[]).await;
    assert_eq!(ramon.page.path, "/joining/waiting", "as for anybody else");
    for member in [&mut ana, &mut bo] {
        assert!(seen_at_door(member, &group).await.is_empty());
    }
    ana.open(&group).await;
    assert!(!ana.page.says("stopped"), "only whose list it is");
    ana.open(&format!("{group}/must-not-meet")).await;
    assert!(!ana.page.body.contains("somebody else"), "lists are shown to their owners alone");
    bo.open(&group).await;
    assert!(bo.page.says("Somebody was stopped at the door because of a name on your list."));
    bo.press("I have read it").await;
    assert!(!bo.page.says("Somebody was stopped"));
    world.pass_days(8);
    ramon.open("/joining/waiting").await;
    assert!(ramon.page.says("This group can't place you now."));
}

#[tokio::test]
async fn a_newcomers_list_stops_them_before_names_are_shown_and_holds_once_they_are_in() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    let group = found(&mut ana, "Ana").await;
    let (one, two) = (link(&mut ana, &group).await, link(&mut ana, &group).await);
    let mut rosa = world.person("rosa").await;
    knock(&mut rosa, &one, "Rosa", &[("must-not-meet", "ana")]).await;
    assert!(seen_at_door(&mut ana, &group).await.is_empty());
    let mut cy = world.person("cy").await;
    knock(&mut cy, &two, "Cy", &[("must-not-meet", "Dora"), ("tell", "1")]).await;
    let_in(&mut ana, &group).await;
    cy.open(&format!("{group}/must-not-meet")).await;
    assert_eq!(cy.page.value("must-not-meet").trim(), "Dora");
    assert!(cy.page.ticked("tell"));
    let link = link(&mut ana, &group).await;
    let mut dora = world.person("dora").await;
    knock(&mut dora, &link, "Dora", &[]).await;
    assert!(seen_at_door(&mut ana, &group).await.is_empty());
}

#[tokio::test]
async fn a_list_that_changed_meanwhile_stops_somebody_who_was_shown_before() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    let group = found(&mut ana, "Ana").await;
    let mut bo = with_another(&world, &mut ana, &group, "bo", "Bo").await;
    let link = link(&mut ana, &group).await;
    let mut eve = world.person("eve").await;
    knock(&mut eve, &link, "Eve", &[]).await;
    assert_eq!(seen_at_door(&mut ana, &group).await, ["Eve"]);
    bo.open(&format!("{group}/must-not-meet")).await;
    bo.fill([("must-not-meet", "Eve")]);
    bo.press("Keep this list").await;
    ana.press("Let them in").await;
    assert!(ana.page.says("This person is not at the door any more."));
    eve.open(&group).await;
    assert_eq!(eve.page.status, axum::http::StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_list_cant_be_asked_who_is_waiting() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    let group = found(&mut ana, "Ana").await;
    let link = link(&mut ana, &group).await;
    let mut rosa = world.person("rosa").await;
    knock(&mut rosa, &link, "Rosa", &[("must-not-meet", "Ana")]).await;
    let list = format!("{group}/must-not-meet");
    ana.open(&list).await;
    ana.fill([("must-not-meet", "Rosa")]).tick("tell").press("Keep this list").await;
    assert_eq!(ana.page.notice(), "Your list is kept.");
    ana.open(&list).await;
    assert!(!ana.page.says("Somebody was stopped"), "a list is told of those who knock after it");
}

#[tokio::test]
async fn of_two_at_the_door_who_must_not_meet_one_is_shown_and_nothing_tells_of_it() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    let group = found(&mut ana, "Ana").await;
    let mut guests = Vec::new();
    for (name, list) in [("Olga", "pavel"), ("Pavel", ""), ("Bo", "")] {
        let link = link(&mut ana, &group).await;
        let mut guest = world.person(&name.to_lowercase()).await;
        knock(&mut guest, &link, name, &[("must-not-meet", list)]).await;
        guests.push(guest);
    }
    let mut seen = seen_at_door(&mut ana, &group).await;
    seen.sort();
    assert_eq!(seen, ["Bo", "Pavel"], "who listed one of those who wait is not shown");
    let once = ana.once();
    let ids =
        ana.page.body.split("name=\"who\" value=\"").skip(1).map(|rest| rest[..32].to_owned());
    let ids: Vec<String> = ids.collect();
    let fields = [("once", once.as_str()), ("who", &ids[0]), ("who", &ids[1])];
    ana.post(&format!("{group}/door/let-in"), &fields).await;
    assert_eq!(ana.page.notice(), "They are in. Say hello to each other.");
    assert!(seen_at_door(&mut ana, &group).await.is_empty(), "and she stays unseen");
    guests[0].open("/joining/waiting").await;
    assert!(guests[0].page.says("A member can let you in."), "as for anybody else");
}

#[tokio::test]
async fn who_listed_somebody_at_the_door_is_shown_once_that_one_has_gone() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    let group = found(&mut ana, "Ana").await;
    let (one, two) = (link(&mut ana, &group).await, link(&mut ana, &group).await);
    let (mut olga, mut pavel) = (world.person("olga").await, world.person("pavel").await);
    knock(&mut olga, &one, "Olga", &[("must-not-meet", "Pavel")]).await;
    assert_eq!(seen_at_door(&mut ana, &group).await, ["Olga"]);
    knock(&mut pavel, &two, "Pavel", &[]).await;
    assert_eq!(seen_at_door(&mut ana, &group).await, ["Pavel"]);
    pavel.open("/joining/waiting").await;
    pavel.press("Go away from this door").await;
    assert_eq!(seen_at_door(&mut ana, &group).await, ["Olga"]);
    let_in(&mut ana, &group).await;
}

#[tokio::test]
async fn a_name_that_a_member_left_behind_lately_is_stopped_too() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    let group = found(&mut ana, "Pavel").await;
    ana.open(&format!("{group}/me")).await;
    ana.fill([("name", "Ana")]).press("Use this name").await;
    let link = link(&mut ana, &group).await;
    let mut olga = world.person("olga").await;
    knock(&mut olga, &link, "Olga", &[("must-not-meet", "Pavel")]).await;
    assert!(seen_at_door(&mut ana, &group).await.is_empty());
}

#[tokio::test]
async fn letters_that_a_keyboard_lacks_and_other_apostrophes_let_nobody_past_a_list() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    let group = found(&mut ana, "Ana").await;
    ana.open(&format!("{group}/must-not-meet")).await;
    let list = "Łukasz\nSøren\nStrauß\nМар\u{2bc}яна";
    ana.fill([("must-not-meet", list)]).press("Keep this list").await;
    for (word, name) in [("lu", "Lukasz"), ("so", "Soren"), ("st", "Strauss"), ("ma", "Мар'яна")]
    {
        let link = link(&mut ana, &group).await;
        let mut guest = world.person(word).await;
        knock(&mut guest, &link, name, &[]).await;
        assert!(seen_at_door(&mut ana, &group).await.is_empty(), "{name} is shown");
    }
}

#[tokio::test]
async fn whoever_a_list_stopped_stays_unseen_when_its_owner_has_left() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    let group = found(&mut ana, "Ana").await;
    let mut bo = with_another(&world, &mut ana, &group, "bo", "Bo").await;
    bo.open(&format!("{group}/must-not-meet")).await;
    bo.fill([("must-not-meet", "Kim")]).press("Keep this list").await;
    for (word, name) in [("kim", "Kim"), ("lea", "Lea")] {
        let link = link(&mut ana, &group).await;
        let mut guest = world.person(word).await;
        knock(&mut guest, &link, name, &[]).await;
    }
    assert_eq!(seen_at_door(&mut ana, &group).await, ["Lea"]);
    bo.open(&format!("{group}/leave")).await;
    bo.press("Leave now").await;
    assert_eq!(seen_at_door(&mut ana, &group).await, ["Lea"], "it was Bo's list");
    // And after more writes and turns.
    let_in(&mut ana, &group).await;
    assert!(seen_at_door(&mut ana, &group).await.is_empty());
    ana.open(&group).await;
    assert!(!ana.page.says("at the door"), "{}", ana.page.text());
    // Boxes of all were opened, so no row tells who was stopped.
    let boxed = world.db().dump().await.into_iter().find(|table| table.name == "door");
    assert_eq!(boxed.expect("a table").rows.len(), 1);
}
