use storekit::{Engine, Value};

use super::{TONIGHT, evening};
use crate::world::{World, bytes};

#[tokio::test]
async fn closing_keeps_the_harvest_and_deletes_what_passed() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben"]).await;
    let spent = world.rows("used_once").await;
    evening.together().await;
    evening.until("Time to write").await;
    assert_eq!(world.rows("used_once").await, spent, "moves leave no keys of forms");
    let at = evening.at.clone();
    let ben = &mut evening.others[0];
    ben.open(&format!("{at}/close")).await;
    ben.fill([("harvest", "We ask the bus company")]).press("Close the meeting").await;
    assert_eq!(ben.page.status, 403, "the facilitator closes it");
    assert!(ben.page.issues().concat().starts_with("The facilitator closes a meeting"));
    assert_eq!(ben.page.value("harvest"), "We ask the bus company", "nothing typed is lost");
    let ana = &mut evening.group.founder;
    ana.open(&format!("{at}/close")).await;
    ana.fill([("harvest", "Two of us try <this>"), ("date", "never")]);
    ana.press("Close the meeting").await;
    assert_eq!(ana.page.status, 422);
    assert_eq!(ana.page.value("harvest"), "Two of us try <this>", "nothing typed is lost");
    let ben_id = ana.page.html();
    let ben_id = ben_id
        .select(&crate::world::selector("#facilitator option"))
        .find(|option| option.text().collect::<String>() == "ben")
        .and_then(|option| option.value().attr("value").map(str::to_owned))
        .expect("ben may be asked");
    ana.fill([("date", "2026-03-31"), ("facilitator", &ben_id)]);
    let close = ana.ready("main", "Close the meeting");
    ana.send(&close).await;
    ana.send(&close).await;
    assert_eq!(ana.page.status, 200);
    assert_eq!(world.rows("meeting").await, 2, "sent twice, it sets one next meeting");
    let dump = world.db().dump().await;
    let table = dump.iter().find(|table| table.name == "meeting").expect("the table");
    let place = |name: &str| table.columns.iter().position(|one| one == name).expect("a column");
    let gone = |row: &&Vec<Value>| {
        row[place("coming")] == Value::Null && row[place("running")] == Value::Null
    };
    assert_eq!(table.rows.iter().filter(gone).count(), 1, "what passed is gone");
    let meet = evening.group.address("/meet");
    let ana = &mut evening.group.founder;
    ana.open(&meet).await;
    assert!(ana.page.words().contains(&"Two of us try <this>".to_owned()));
    let ben = &mut evening.others[0];
    ben.open(&evening.group.address("")).await;
    assert!(ben.page.says("You were asked to be: facilitator"));
}

#[tokio::test]
async fn whoever_leaves_can_write_a_line_which_stays_with_them_unless_they_share_it() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben"]).await;
    evening.together().await;
    let (at, group) = (evening.at.clone(), evening.group.address(""));
    let ana = &mut evening.group.founder;
    ana.open(&at).await;
    assert!(!ana.page.says("How do you leave?"), "not before the end");
    evening.until("Closing words").await;
    let ben = &mut evening.others[0];
    ben.open(&at).await;
    assert!(ben.page.says("How do you leave? You can say it here in the circle"));
    let ana = &mut evening.group.founder;
    ana.open(&format!("{at}/close")).await;
    ana.press("Close the meeting").await;
    assert!(ana.page.links().contains(&format!("{group}/share/new?leaving=1")));
    let ben = &mut evening.others[0];
    ben.open(&format!("{group}/share/new?leaving=1")).await;
    assert_eq!(ben.page.texts("h1"), ["How do you leave?"]);
    ben.press("See who will read it").await;
    assert_eq!(ben.page.status, 422, "an empty line is none");
    assert_eq!(ben.page.texts("h1"), ["How do you leave?"]);
    ben.fill([("words", "Lighter than I came.")]).press("See who will read it").await;
    assert_eq!(ben.page.path, "/notebook");
    assert!(ben.page.words().contains(&"Lighter than I came.".to_owned()));
    ben.open(&format!("{group}/share/new")).await;
    let once = ben.once();
    let typed = [("once", &*once), ("words", "half a share")];
    ben.post(&format!("{group}/share/draft"), &typed).await;
    ben.open(&format!("{group}/share/new?leaving=1")).await;
    assert_eq!(ben.page.texts("textarea"), [""], "words for another form are not for this one");
    let once = ben.once();
    let typed = [("once", &*once), ("leaving", "1"), ("words", "half a line")];
    ben.post(&format!("{group}/share/draft"), &typed).await;
    ben.open(&format!("{group}/share/new?leaving=1")).await;
    assert_eq!(ben.page.texts("textarea"), ["half a line"]);
    ben.fill([("words", "I will call her."), ("audience", "group")]);
    ben.press("See who will read it").await;
    assert!(ben.page.says("listening, not advice"), "nobody has to ask for anything");
    ben.press("Share it").await;
    ben.open(&format!("{group}/share/new")).await;
    assert_eq!(ben.page.texts("textarea"), ["half a share"], "and it is still there");
    let ana = &mut evening.group.founder;
    ana.open(&format!("{group}/talk")).await;
    assert_eq!(ana.page.words(), ["I will call her."], "and the other line is Ben's alone");
    world.pass_days(3);
    ana.open(&at).await;
    assert!(!ana.page.says("How do you leave?"), "the evening is long over");
}

/// What passes with a meeting, sealed: who comes, and the circle with all names at phones.
async fn passing(world: &World) -> Vec<Vec<u8>> {
    let dump = world.db().dump().await;
    let table = dump.iter().find(|table| table.name == "meeting").expect("the table");
    let place = |name: &str| table.columns.iter().position(|one| one == name).expect("a column");
    let columns = [place("coming"), place("running")];
    let cells = table.rows.iter().flat_map(|row| columns.map(|column| row[column].clone()));
    let sealed = |cell| match cell {
        Value::Blob(bytes) => Some(bytes),
        _ => None,
    };
    cells.filter_map(sealed).collect()
}

/// P3: of a meeting that is closed, no file holds what passed with it.
#[tokio::test]
async fn the_sealed_bytes_of_the_circle_are_in_no_file_after_closing() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben"]).await;
    let mut passed = passing(&world).await;
    evening.together().await;
    passed.extend(passing(&world).await);
    let at = evening.at.clone();
    evening.group.founder.open(&format!("{at}/phone")).await;
    evening.group.founder.fill([("name", "Old Tom")]).press("Sit down at this phone").await;
    evening.round().await;
    passed.extend(passing(&world).await);
    assert_eq!(passed.len(), 5, "one before people sat together, and twice two");
    let passed = bytes::piece_of(&passed);
    let disk = world.disk().await;
    assert!(disk.iter().any(|(_, all)| passed.is_match(all)), "they were there");
    evening.group.founder.open(&format!("{at}/close")).await;
    evening.group.founder.untick("next").press("Close the meeting").await;
    for table in world.db().dump().await {
        assert!(!passed.is_match(&table.bytes()), "{} still holds them", table.name);
    }
    // What PostgreSQL leaves until vacuum is said in docs/threats.md.
    if world.db().engine() == Engine::Sqlite {
        world.db().checkpoint().await.expect("nobody is looking");
        for (place, all) in world.disk().await {
            assert!(!passed.is_match(&all), "{} still holds them", place.display());
        }
    }
}

#[tokio::test]
async fn who_came_is_kept_only_if_the_agreement_says_so() {
    let world = World::new().await;
    for (clause, kept) in [("who-came", true), ("one-voice", false)] {
        let mut ana = world.person("ana").await;
        let home = crate::joining::found_with(&mut ana, "Ana", &[("clause", clause)]).await;
        ana.open(&format!("{home}/meetings/new")).await;
        ana.fill([("date", TONIGHT), ("time", "18.30")]).press("Keep it").await;
        let at = ana.page.path.clone();
        ana.press("We begin").await;
        ana.open(&format!("{at}/phone")).await;
        ana.fill([("name", "Old Tom")]).press("Sit down at this phone").await;
        ana.open(&format!("{at}/close")).await;
        assert_eq!(ana.page.says("Your agreement says that who came is kept"), kept);
        ana.untick("next").press("Close the meeting").await;
        assert_eq!(ana.page.says("Who cameAna"), kept, "{}", ana.page.text());
    }
}

#[tokio::test]
async fn a_meeting_that_nobody_closed_is_closed_by_the_next_write_after_a_day() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben"]).await;
    evening.together().await;
    world.pass_days(10);
    let mut browser = world.browser();
    evening.others[0].sign_in_on(&mut browser).await;
    browser.open(&evening.group.address("/meetings/new")).await;
    browser.press("Keep it").await;
    browser.open(&evening.at).await;
    assert!(browser.page.says("Nothing was written down"), "{}", browser.page.text());
}

#[tokio::test]
async fn time_to_write_keeps_a_page_in_the_notebook_and_shows_it_to_nobody() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben"]).await;
    evening.together().await;
    evening.until("Time to write").await;
    let at = evening.at.clone();
    let ben = &mut evening.others[0];
    ben.open(&at).await;
    ben.follow("Write for yourself").await;
    ben.fill([("words", " ")]).press("Keep it").await;
    assert_eq!(ben.page.status, 422);
    ben.fill([("words", "The stairs at night")]).press("Keep it").await;
    assert_eq!(ben.page.path, at, "back in the circle");
    ben.open("/notebook").await;
    assert!(ben.page.says("The stairs at night"));
    evening.group.founder.open(&at).await;
    assert!(!evening.group.founder.page.body.contains("stairs"));
}
