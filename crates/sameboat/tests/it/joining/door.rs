use axum::http::StatusCode;

use super::{found, found_with, knock, let_in, link, seen_at_door, with_another, world};

#[tokio::test]
async fn rosa_is_let_in_with_one_tap_and_reads_the_group() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    let group = found(&mut ana, "Ana").await;
    let link = link(&mut ana, &group).await;
    let mut rosa = world.person("rosa").await;
    let more =
        [("reach", "Before noon"), ("c-one-voice", "object"), ("why-one-voice", "I sing along")];
    knock(&mut rosa, &link, "Rosa", &more).await;
    rosa.open(&group).await;
    assert_eq!(rosa.page.status, StatusCode::NOT_FOUND, "a door is not a way in");
    ana.open(&group).await;
    assert!(ana.page.says("Somebody is at the door."));
    assert_eq!(seen_at_door(&mut ana, &group).await, ["Rosa"]);
    assert!(ana.page.says("Before noon") && ana.page.says("I sing along"));
    let_in(&mut ana, &group).await;
    rosa.open(&group).await;
    assert_eq!(rosa.page.heading(), "The night watch");
    rosa.open(&format!("{group}/us")).await;
    assert!(rosa.page.says("Ana") && rosa.page.says("Rosa"));
    rosa.open("/groups").await;
    assert!(!rosa.page.says("You are at the door"));
    assert!(seen_at_door(&mut rosa, &group).await.is_empty());
}

#[tokio::test]
async fn a_newcomer_sees_and_lets_in_those_who_knocked_before_them() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    let group = found(&mut ana, "Ana").await;
    let (one, two) = (link(&mut ana, &group).await, link(&mut ana, &group).await);
    let (mut bo, mut cy) = (world.person("bo").await, world.person("cy").await);
    knock(&mut bo, &one, "Bo", &[]).await;
    knock(&mut cy, &two, "Cy", &[]).await;
    ana.open(&format!("{group}/door")).await;
    ana.press_in("article:first-of-type", "Let them in").await;
    bo.open(&group).await;
    let first = if bo.page.status == StatusCode::OK { &mut bo } else { &mut cy };
    assert_eq!(seen_at_door(first, &group).await.len(), 1);
    let_in(first, &group).await;
    for person in [&mut bo, &mut cy] {
        person.open(&format!("{group}/us")).await;
        assert!(person.page.says("Ana") && person.page.says("Bo") && person.page.says("Cy"));
    }
    assert!(ana.open(&format!("{group}/agreement")).await.says("In force since"));
}

#[tokio::test]
async fn those_expected_tonight_come_in_in_one_go() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    let group = found(&mut ana, "Ana").await;
    let mut guests = Vec::new();
    for name in ["Bo", "Cy", "Di"] {
        let link = link(&mut ana, &group).await;
        let mut guest = world.person(&name.to_lowercase()).await;
        knock(&mut guest, &link, name, &[]).await;
        guests.push(guest);
    }
    assert_eq!(seen_at_door(&mut ana, &group).await.len(), 3);
    let once = ana.once();
    let html = ana.page.clone();
    let ids: Vec<String> = html
        .body
        .split("name=\"who\" value=\"")
        .skip(1)
        .map(|rest| rest[..32].to_owned())
        .collect();
    let mut fields = vec![("once", once.as_str())];
    fields.extend(ids.iter().map(|id| ("who", id.as_str())));
    ana.post(&format!("{group}/door/let-in"), &fields).await;
    for guest in &mut guests {
        guest.open(&group).await;
        assert_eq!(guest.page.heading(), "The night watch");
    }
}

#[tokio::test]
async fn two_members_who_let_in_the_same_person_make_one_seat() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    let group = found(&mut ana, "Ana").await;
    let mut bo = with_another(&world, &mut ana, &group, "bo", "Bo").await;
    let link = link(&mut ana, &group).await;
    let mut rosa = world.person("rosa").await;
    knock(&mut rosa, &link, "Rosa", &[]).await;
    seen_at_door(&mut ana, &group).await;
    seen_at_door(&mut bo, &group).await;
    let (one, two) = (ana.ready("article", "Let them in"), bo.ready("article", "Let them in"));
    let (one, two) = (ana.form(&one), bo.form(&two));
    let (one, two) = tokio::join!(ana.browser.answer(one), bo.browser.answer(two));
    let mut statuses = [one.status, two.status];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::SEE_OTHER, StatusCode::CONFLICT]);
    ana.open(&format!("{group}/us")).await;
    assert_eq!(ana.page.texts("main li.person").len(), 3);
}

#[tokio::test]
async fn who_was_not_let_in_reads_one_sentence_after_seven_days() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    let group = found(&mut ana, "Ana").await;
    let link = link(&mut ana, &group).await;
    let mut rosa = world.person_at_home("rosa").await;
    knock(&mut rosa, &link, "Rosa", &[]).await;
    for swept in [false, true] {
        world.pass_days(8);
        if swept {
            world.sweep().await;
        }
        rosa.open("/joining/waiting").await;
        assert!(rosa.page.says("This group can't place you now."), "{}", rosa.page.text());
    }
    rosa.press("Take this off my list").await;
    rosa.open("/joining/waiting").await;
    assert!(rosa.page.says("You are waiting at no door."));
}

#[tokio::test]
async fn a_full_group_takes_nobody_in_and_says_so() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    let group = found_with(&mut ana, "Ana", &[("most", "3")]).await;
    let spare = link(&mut ana, &group).await;
    with_another(&world, &mut ana, &group, "bo", "Bo").await;
    with_another(&world, &mut ana, &group, "cy", "Cy").await;
    let mut di = world.person("di").await;
    knock(&mut di, &spare, "Di", &[]).await;
    ana.open(&format!("{group}/door")).await;
    assert!(ana.page.says("The group is full."));
    ana.press_in("article", "Let them in").await;
    assert_eq!(ana.page.status, StatusCode::FORBIDDEN);
    assert!(ana.page.says("The group is full."));
}

#[tokio::test]
async fn a_name_that_looks_like_another_is_pointed_out() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    let group = found(&mut ana, "Rosa").await;
    let link = link(&mut ana, &group).await;
    let mut guest = world.person("guest").await;
    knock(&mut guest, &link, "Rоsa", &[]).await;
    seen_at_door(&mut ana, &group).await;
    assert!(
        ana.page
            .says("this name looks like that of somebody who is or was here, or waits too: Rosa")
    );
    assert!(ana.page.says("letters of different scripts"));
}

#[tokio::test]
async fn answers_go_to_the_door_whose_card_was_shown() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    let hers = found(&mut ana, "Ana").await;
    let link_of_hers = link(&mut ana, &hers).await;
    let mut mal = world.person("mal").await;
    let his = found(&mut mal, "Mal").await;
    let link_of_his = link(&mut mal, &his).await;
    let mut rosa = world.person("rosa").await;
    rosa.open(&link_of_hers).await;
    rosa.open("/joining/answers").await;
    rosa.fill([("name", "Rosa"), ("reach", "at my sister's"), ("must-not-meet", "Mal")]);
    rosa.accept_all();
    let meant_for_ana = rosa.ready("main", "Knock at the door");
    rosa.open(&link_of_his).await;
    rosa.send(&meant_for_ana).await;
    assert_eq!(rosa.page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(rosa.page.value("reach"), "at my sister's", "nothing typed is lost");
    assert!(rosa.page.issues()[0].starts_with("Another link was opened"));
    assert!(seen_at_door(&mut mal, &his).await.is_empty());
}

#[tokio::test]
async fn what_keeps_everybody_safe_is_not_objected_to() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    let group = found(&mut ana, "Ana").await;
    let link = link(&mut ana, &group).await;
    let mut rosa = world.person("rosa").await;
    let fields = [("c-floor-pass", "object"), ("why-floor-pass", "I don't like it")];
    let floor = |page: &crate::world::Page| page.has("[name^='c-floor'][value='object']");
    knock(&mut rosa, &link, "Rosa", &fields).await;
    assert_eq!(rosa.page.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", rosa.page.text());
    assert!(!floor(&rosa.page), "it is not offered either");
}

#[tokio::test]
async fn knocking_twice_with_one_form_knocks_once() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    let group = found(&mut ana, "Ana").await;
    let link = link(&mut ana, &group).await;
    let mut rosa = world.person("rosa").await;
    rosa.open(&link).await;
    rosa.open("/joining/answers").await;
    rosa.fill([("name", "Rosa")]).accept_all();
    let sending = rosa.ready("main", "Knock at the door");
    for _ in 0..3 {
        rosa.send(&sending).await;
        assert_eq!(rosa.page.path, "/joining/waiting");
    }
    assert_eq!(seen_at_door(&mut ana, &group).await, ["Rosa"]);
}

#[tokio::test]
async fn nothing_is_said_for_anybody_and_what_is_missing_is_told_beside_its_line() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    let group = found(&mut ana, "Ana").await;
    let link = link(&mut ana, &group).await;
    let mut rosa = world.person("rosa").await;
    rosa.open(&link).await;
    rosa.open("/joining/answers").await;
    assert!(!rosa.page.has("input[type=radio][checked]"), "nothing is preset");
    rosa.fill([("name", "Rosa"), ("reach", "Before noon"), ("c-floor-pass", "stand-aside")]);
    rosa.fill([("c-floor-respect", "accept"), ("c-one-voice", "object")]);
    rosa.press("Knock at the door").await;
    assert_eq!(rosa.page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let beside = |page: &crate::world::Page, line: &str| page.texts(&format!("#{line}-error"));
    assert_eq!(beside(&rosa.page, "floor-confidence"), ["Choose one of these."]);
    assert!(beside(&rosa.page, "one-voice")[0].starts_with("Write why you object"));
    assert!(beside(&rosa.page, "floor-respect").is_empty());
    assert!(rosa.page.says("Some lines still need a word from you."));
    assert_eq!(rosa.page.value("reach"), "Before noon", "nothing typed is lost");
    assert!(rosa.page.has("[name=c-floor-pass][value=stand-aside][checked]"));
    assert!(rosa.page.has("[name=c-one-voice][value=object][checked]"));
    rosa.fill([("c-floor-confidence", "accept"), ("why-one-voice", "We sing")]);
    rosa.press("Knock at the door").await;
    assert_eq!(rosa.page.path, "/joining/waiting", "{:?}", rosa.page.issues());
    seen_at_door(&mut ana, &group).await;
    assert!(ana.page.says("We sing"));
}

#[tokio::test]
async fn signs_in_a_name_that_cannot_be_seen_are_pointed_out_or_taken_out() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    let group = found(&mut ana, "Ana").await;
    let (one, two) = (link(&mut ana, &group).await, link(&mut ana, &group).await);
    let mut rosa = world.person("rosa").await;
    knock(&mut rosa, &one, "\u{200d}", &[]).await;
    assert_eq!(rosa.page.status, StatusCode::UNPROCESSABLE_ENTITY, "nobody could call them so");
    knock(&mut rosa, &one, "Ro\u{200d}sa", &[]).await;
    assert_eq!(seen_at_door(&mut ana, &group).await, ["Rosa"]);
    assert!(!ana.page.says("signs that can't be seen"));
    let mut sky = world.person("sky").await;
    knock(&mut sky, &two, "👩\u{200d}🚀", &[]).await;
    seen_at_door(&mut ana, &group).await;
    assert!(ana.page.says("signs that can't be seen stand in this name"));
}
