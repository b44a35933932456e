use super::{evening, set};
use crate::world::{Sending, World};

#[tokio::test]
async fn a_meeting_is_set_changed_and_taken_away() {
    let world = World::new().await;
    let mut group = world.group("ana", "The lamps").await;
    let mut ben = group.let_in(&world, "ben").await;
    let new = group.address("/meetings/new");
    let ana = &mut group.founder;
    ana.open(&new).await;
    ana.fill([("date", "2026-13-40"), ("time", "late")]).press("Keep it").await;
    assert_eq!(ana.page.status, 422);
    assert_eq!(ana.page.issues().len(), 2);
    assert_eq!(ana.page.value("time"), "late", "nothing typed is lost");
    ana.fill([("date", "1999-01-01"), ("time", "18.30")]).press("Keep it").await;
    assert!(ana.page.issues()[0].starts_with("Choose a day"));
    let at = set(&mut group).await;
    assert!(group.founder.page.heading().starts_with("Tuesday"));
    assert!(group.founder.page.heading().ends_with("18:30"));

    ben.open(&group.address("/meet")).await;
    ben.press("I'm coming").await;
    assert_eq!(ben.page.notice(), "Good. See you there.");
    assert!(ben.page.says("Coming: ben"));
    let today = group.address("");
    group.founder.open(&today).await;
    assert!(group.founder.page.says("Coming: ben"));
    ben.open(&at).await;
    ben.press("I can't this time").await;
    assert!(!ben.page.says("Coming:"), "who can't come is named to nobody");

    ben.follow("Change time or place").await;
    ben.fill([("place", "The <attic>")]).press("Keep it").await;
    group.founder.open(&at).await;
    assert!(group.founder.page.words().contains(&"The <attic>".to_owned()));
    ben.open(&format!("{at}/change")).await;
    ben.press("Take this meeting away").await;
    assert!(ben.page.says("No meeting is set yet"));
    assert_eq!(group.founder.open(&at).await.status, 404);
}

#[tokio::test]
async fn a_time_that_the_clocks_leave_out_is_asked_again() {
    let world = World::new().await;
    let mut group = world.group("ana", "The lamps").await;
    let new = group.address("/meetings/new");
    let founder = &mut group.founder;
    founder.open(&new).await;
    founder.fill([("date", "2026-03-29"), ("time", "1:30"), ("place", "At the hall")]);
    founder.press("Keep it").await;
    assert!(founder.page.issues()[0].starts_with("The clocks go forward on that day"));
    assert_eq!(founder.page.value("place"), "At the hall");
    founder.fill([("time", "2:30")]).press("Keep it").await;
    assert!(founder.page.heading().ends_with("02:30"), "{}", founder.page.heading());
}

#[tokio::test]
async fn a_form_sent_twice_sets_one_meeting() {
    let world = World::new().await;
    let mut group = world.group("ana", "The lamps").await;
    let new = group.address("/meetings/new");
    group.founder.open(&new).await;
    let sending: Sending = group.founder.ready("main", "Keep it");
    group.founder.send(&sending).await;
    group.founder.send(&sending).await;
    assert_eq!(group.founder.page.status, 200);
    assert_eq!(world.rows("meeting").await, 1);
}

#[tokio::test]
async fn roles_are_taken_or_offered_and_never_given() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben"]).await;
    let at = evening.at.clone();
    let ben = &mut evening.others[0];
    ben.open(&at).await;
    assert!(ben.page.says("facilitator: Ana"), "on the first evening the founder leads");
    assert!(ben.page.says("opener: Ana"));
    ben.press("I'll do it time-keeper").await;
    assert!(ben.page.says("time-keeper: ben"));
    let once = ben.once();
    let take = [("once", &*once), ("role", "facilitator"), ("do", "take")];
    ben.post(&format!("{at}/roles"), &take).await;
    assert!(ben.page.says("Somebody else has this role by now"));
    let ana = &mut evening.group.founder;
    ana.open(&at).await;
    let to = ana.page.attribute("#to-facilitator option", "value").expect("somebody to ask");
    let once = ana.once();
    let offer = [("once", &*once), ("role", "facilitator"), ("do", "offer"), ("to", &to)];
    ana.post(&format!("{at}/roles"), &offer).await;
    assert!(ana.page.says("facilitator: Ana · asked: ben"), "{}", ana.page.text());
    let ben = &mut evening.others[0];
    ben.open(&evening.group.address("")).await;
    assert!(ben.page.says("You were asked to be: facilitator"));
    ben.open(&at).await;
    ben.press("I'll do it facilitator").await;
    assert!(ben.page.says("facilitator: ben"));
}

#[tokio::test]
async fn the_running_order_can_be_changed_and_a_late_change_is_refused_kindly() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben"]).await;
    let order = format!("{}/order", evening.at);
    let ben = &mut evening.others[0];
    ben.open(&order).await;
    assert!(ben.page.says("75 minutes in all"));
    let steps = |page: &crate::world::Page| page.texts(".running li > span:first-child");
    let before = steps(&ben.page);
    assert_eq!(before.len(), 9);
    let late = ben.ready(".running li:last-child", "Take out Closing words");
    ben.press_in(".running li:nth-child(2)", "Later What we are here for").await;
    assert_eq!(steps(&ben.page)[2], before[1]);
    ben.send(&late).await;
    assert_eq!(ben.page.status, 409);
    assert!(ben.page.says("Somebody was a moment faster"));
    assert_eq!(steps(&ben.page).len(), 9);
    ben.fill([("kind", "ask"), ("words", ""), ("minutes", "12")]).press("Add it at the end").await;
    assert_eq!(ben.page.status, 422);
    ben.fill([("kind", "ask"), ("words", "What gave you <rest>?"), ("minutes", "12")]);
    ben.press("Add it at the end").await;
    assert!(ben.page.says("87 minutes in all"));
    assert!(ben.page.words().contains(&"What gave you <rest>?".to_owned()));
    evening.together().await;
    evening.until("Round: names, and what brought me").await;
    evening.until("Round: our own question").await;
    assert!(evening.group.founder.page.words().contains(&"What gave you <rest>?".to_owned()));
}

#[tokio::test]
async fn the_calendar_file_has_the_title_that_somebody_chooses_and_nothing_else() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben"]).await;
    let address = format!("{}/calendar", evening.at);
    let mut uids = Vec::new();
    let at = evening.at.clone();
    for person in [&mut evening.group.founder, &mut evening.others[0]] {
        person.open(&address).await;
        assert_eq!(person.page.value("title"), "Tuesday evenings", "the outside name");
        person.fill([("title", "")]).press("Give me the file").await;
        assert_eq!(person.page.status, 422);
        person.fill([("title", "Yoga; mat, towel")]).press("Give me the file").await;
        let page = &person.page;
        let kind = page.headers.get("content-type").expect("a kind").to_str().expect("text");
        assert_eq!(kind, "text/calendar; charset=utf-8");
        let disposition = page.headers.get("content-disposition").expect("an attachment");
        assert!(disposition.to_str().expect("text").starts_with("attachment"));
        assert!(page.body.contains("SUMMARY:Yoga\\; mat\\, towel"), "{}", page.body);
        for private in ["lamps", "library", "Tuesday evenings", "circle.example"] {
            assert!(!page.body.contains(private), "the file says {private}");
        }
        let id = at.rsplit('/').next().expect("an id");
        assert!(!page.body.contains(id), "the file names the meeting");
        let uid = page.body.lines().find(|line| line.starts_with("UID:")).expect("a name");
        uids.push(uid.to_owned());
    }
    assert_ne!(uids[0], uids[1], "two calendars must not show that two people meet");
}

#[tokio::test]
async fn a_meeting_is_nothing_to_strangers() {
    let world = World::new().await;
    let mut evening = evening(&world, &[]).await;
    let mut other = world.group("olga", "The ropes").await;
    let at = evening.at.clone();
    let elsewhere = at.replace(&evening.group.id, &other.id);
    for address in [&at, &elsewhere] {
        assert_eq!(other.founder.open(address).await.status, 404);
        for page in ["phone", "close", "write", "script", "order", "calendar"] {
            assert_eq!(other.founder.open(&format!("{address}/{page}")).await.status, 404);
        }
    }
    for odd in ["nonsense", "12", "%F0%9F"] {
        let address = evening.group.address(&format!("/meetings/{odd}"));
        let status = evening.group.founder.open(&address).await.status;
        assert!(status == 404 || status == 400 && odd.starts_with('%'), "{odd}: {status}");
    }
}

#[tokio::test]
async fn whoever_comes_in_reads_of_the_next_meeting_and_whoever_goes_has_no_part_in_it() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben"]).await;
    let at = evening.at.clone();
    let ben = &mut evening.others[0];
    ben.open(&at).await;
    ben.press("I'll do it note-keeper").await;
    ben.press("I'm coming").await;
    let mut cleo = evening.group.let_in(&world, "cleo").await;
    cleo.open(&at).await;
    assert!(cleo.page.says("note-keeper: ben") && cleo.page.says("Coming: ben"));
    let ben = &mut evening.others[0];
    ben.open(&evening.group.address("/leave")).await;
    let words = ben.page.attribute("input[name=words]", "value").expect("a choice");
    ben.fill([("words", &words)]).press("Leave now").await;
    cleo.open(&at).await;
    assert!(cleo.page.says("note-keeper: nobody yet") && !cleo.page.says("Coming:"));
}

#[tokio::test]
async fn a_meeting_that_nobody_began_is_said_to_be_so() {
    let world = World::new().await;
    let evening = evening(&world, &[]).await;
    world.pass_days(9);
    let mut browser = world.browser();
    evening.group.founder.sign_in_on(&mut browser).await;
    browser.open(&evening.group.address("/meet")).await;
    assert!(browser.page.says("Nobody began these"), "{}", browser.page.text());
}

#[tokio::test]
async fn whoever_takes_a_break_keeps_no_role_from_the_others() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben", "cleo"]).await;
    let (at, me) = (evening.at.clone(), evening.group.address("/me"));
    let ana = &mut evening.group.founder;
    ana.open(&at).await;
    ana.press("I'm coming").await;
    ana.open(&me).await;
    ana.press("Go on a break").await;
    assert_eq!(ana.page.notice(), "You are on a break.");
    let ben = &mut evening.others[0];
    ben.open(&at).await;
    assert!(ben.page.says("facilitator: Ana on a break"), "{}", ben.page.text());
    assert!(!ben.page.says("Coming: Ana"));
    assert!(!ben.page.texts("#to-timekeeper option").contains(&"Ana".to_owned()), "not asked now");
    ben.press("I'll do it facilitator").await;
    assert!(ben.page.says("facilitator: ben"), "{}", ben.page.text());
    let cleo = &mut evening.others[1];
    cleo.open(&at).await;
    assert!(!cleo.page.texts("button").contains(&"I'll do it facilitator".to_owned()));
}
