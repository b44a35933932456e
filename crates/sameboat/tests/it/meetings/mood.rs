//! How people come in and go out, said without a name.

use std::collections::BTreeMap;

use regex::Regex;
use storekit::testing::Table;
use storekit::{Value, params, sql};

use super::{Evening, evening};
use crate::world::{Page, Person, World};

const OTHERS: [&str; 4] = ["ben", "cleo", "dora", "emil"];
const EVERYBODY: [&str; 5] = ["Ana", "ben", "cleo", "dora", "emil"];
const COMING: &str = "How are you, coming in?";
const GOING: &str = "How are you, going out?";

/// Five people sit in the circle.
async fn five(world: &World) -> Evening {
    let mut evening = evening(world, &OTHERS).await;
    evening.together().await;
    evening
}

async fn say(evening: &mut Evening, who: &str, mood: &str) {
    let at = evening.at.clone();
    let person = evening.who(who);
    person.open(&at).await;
    person.press(mood).await;
    assert_eq!((person.page.status.as_u16(), &*person.page.path), (200, &*at));
}

async fn look<'a>(evening: &'a mut Evening, who: &str) -> &'a Page {
    let at = evening.at.clone();
    evening.who(who).open(&at).await
}

/// What the circle says to all about it.
fn said(page: &Page) -> Vec<String> {
    page.texts("#round .mood-said")
}

fn question(page: &Page) -> Vec<String> {
    page.texts("#round form.mood legend")
}

/// What the button says that is one's own.
fn mine(page: &Page) -> Vec<String> {
    page.texts("#round form.mood [aria-pressed=true]")
}

async fn all_say(evening: &mut Evening, moods: [&str; 5]) {
    for (who, mood) in EVERYBODY.into_iter().zip(moods) {
        say(evening, who, mood).await;
    }
}

/// The last step goes on, or how people leave is asked.
async fn to_the_end(evening: &mut Evening) {
    evening.until("Closing words").await;
}

#[tokio::test]
async fn five_answers_make_a_picture_in_words_once_the_first_step_is_over() {
    let world = World::new().await;
    let mut evening = five(&world).await;
    all_say(&mut evening, ["Heavy", "Low", "All right", "Low", "Light"]).await;
    evening.begin_next().await;
    let page = look(&mut evening, "ben").await;
    assert_eq!(question(page), [COMING], "the first step goes on");
    assert_eq!((mine(page), said(page)), (vec!["Low".to_owned()], Vec::new()));
    evening.begin_next().await;
    let shown = "Coming in, most of those who answered felt somewhere from low to all right. In the middle: low.";
    for who in EVERYBODY {
        let page = look(&mut evening, who).await;
        assert_eq!((question(page), said(page)), (Vec::new(), vec![shown.to_owned()]), "{who}");
        let heard = page.attribute("#round", "data-announce").expect("it is read out");
        assert!(heard.lines().any(|line| line == shown), "{heard}");
    }
    to_the_end(&mut evening).await;
    assert_eq!(said(look(&mut evening, "cleo").await), [shown], "it does not change");
}

#[tokio::test]
async fn four_answers_make_none_and_no_number_is_told() {
    let world = World::new().await;
    let mut evening = five(&world).await;
    for who in &EVERYBODY[..4] {
        say(&mut evening, who, "Low").await;
    }
    say(&mut evening, "emil", "Light").await;
    say(&mut evening, "emil", "Take it back").await;
    assert!(mine(&evening.who("emil").page).is_empty());
    evening.begin_next().await;
    evening.begin_next().await;
    for who in ["Ana", "emil"] {
        let page = look(&mut evening, who).await;
        assert_eq!(said(page), ["Too few of us answered to show how we came in."]);
    }
}

#[tokio::test]
async fn whoever_leads_shows_how_people_leave_once_and_then_nobody_answers_any_more() {
    let world = World::new().await;
    let mut evening = five(&world).await;
    assert!(!look(&mut evening, "ben").await.says(GOING));
    to_the_end(&mut evening).await;
    all_say(&mut evening, ["Low"; 5]).await;
    say(&mut evening, "dora", "Light").await;
    let at = evening.at.clone();
    let ben = evening.who("ben");
    ben.open(&at).await;
    assert_eq!(question(&ben.page), [GOING]);
    assert!(!ben.page.says("Show how we leave"));
    let once = ben.once();
    ben.post(&format!("{at}/mood"), &[("once", &once), ("half", "going"), ("do", "show")]).await;
    assert_eq!(ben.page.status, 409);
    assert!(ben.page.says("Only the facilitator does this."));
    let late = ben.ready("main", "Heavy");
    let ana = &mut evening.group.founder;
    ana.open(&at).await;
    let show = ana.ready("main", "Show how we leave");
    ana.send(&show).await;
    assert_eq!(
        said(&ana.page).last().map(String::as_str),
        Some("Going out, most of those who answered felt low.")
    );
    let ben = evening.who("ben");
    ben.send(&late).await;
    assert_eq!(ben.page.status, 409);
    assert!(ben.page.says("This is not asked any more."), "{}", ben.page.text());
    let ana = &mut evening.group.founder;
    ana.send(&show).await;
    assert_eq!(ana.page.status, 200, "twice is the same as once");
    assert_eq!(
        said(&ana.page).last().map(String::as_str),
        Some("Going out, most of those who answered felt low.")
    );
    assert!(!ana.page.says(GOING));
}

#[tokio::test]
async fn it_is_asked_of_nobody_in_a_group_of_four_and_of_nobody_outside_the_circle() {
    let world = World::new().await;
    let mut four = evening(&world, &OTHERS[..3]).await;
    four.together().await;
    assert!(question(look(&mut four, "ben").await).is_empty());
    let at = four.at.clone();
    let ben = four.who("ben");
    let once = ben.once();
    let low = [("once", &*once), ("half", "coming"), ("mood", "low")];
    ben.post(&format!("{at}/mood"), &low).await;
    assert_eq!(ben.page.status, 409);
    assert!(ben.page.says("This is not asked any more."));
    four.begin_next().await;
    four.begin_next().await;
    assert!(said(look(&mut four, "ben").await).is_empty());

    let mut late = four.group.let_in(&world, "gus").await;
    late.open(&at).await;
    assert!(question(&late.page).is_empty());
    four.until("Closing words").await;
    assert_eq!(question(look(&mut four, "ben").await), [GOING], "they are five by now");
    late.open(&at).await;
    assert!(question(&late.page).is_empty(), "they do not sit there");
    let once = late.once();
    let low = [("once", &*once), ("half", "going"), ("mood", "low")];
    late.post(&format!("{at}/mood"), &low).await;
    assert_eq!(late.page.status, 409);
    assert!(late.page.says("Sit down in the circle first."));
    let once = late.once();
    late.post(&format!("{at}/mood"), &[("once", &once), ("half", "going"), ("mood", "9")]).await;
    assert_eq!(late.page.status, 404);
}

#[tokio::test]
async fn where_somebody_left_and_four_are_here_there_is_no_picture_either() {
    let world = World::new().await;
    let mut evening = five(&world).await;
    all_say(&mut evening, ["Low"; 5]).await;
    let leave = evening.group.address("/leave");
    let ben = evening.who("ben");
    ben.open(&leave).await;
    let words = ben.page.attribute("input[name=words]", "value").expect("a choice");
    ben.fill([("words", &words)]).press("Leave now").await;
    assert!(question(look(&mut evening, "cleo").await).is_empty());
    evening.begin_next().await;
    evening.begin_next().await;
    assert!(said(look(&mut evening, "cleo").await).is_empty());
}

/// What others see does not change by an answer: no word, no version.
#[tokio::test]
async fn nobody_sees_anybody_elses_answer_or_that_they_gave_one() {
    let world = World::new().await;
    let mut evening = five(&world).await;
    let pages = ["", "/phone", "/roles", "/close", "/order"].map(|p| format!("{}{p}", evening.at));
    let mut before = Vec::new();
    for page in &pages {
        before.push(plain(evening.group.founder.open(page).await));
    }
    for who in OTHERS {
        say(&mut evening, who, "Heavy").await;
    }
    for (page, before) in pages.iter().zip(before) {
        assert_eq!(plain(evening.group.founder.open(page).await), before, "{page}");
    }
}

/// The page without its one-time keys.
fn plain(page: &Page) -> String {
    let key = Regex::new(r#"name="once" value="[^"]*""#).expect("a pattern");
    key.replace_all(&page.body, "").into_owned()
}

/// All that a copy of the database shows without a key: clear columns, and sizes of sealed ones.
fn shape(tables: &[Table]) -> BTreeMap<String, Vec<String>> {
    let cell = |value: &Value| match value {
        Value::Blob(bytes) => format!("{} bytes", bytes.len()),
        Value::Text(text) => text.clone(),
        Value::Int(number) => number.to_string(),
        other => format!("{other:?}"),
    };
    let row = |row: &Vec<Value>| row.iter().map(cell).collect::<Vec<_>>().join(" | ");
    tables.iter().map(|table| (table.name.clone(), table.rows.iter().map(row).collect())).collect()
}

fn changed(before: &[Table], after: &[Table]) -> Vec<String> {
    let pairs = before.iter().zip(after).filter(|(then, now)| then != now);
    pairs.map(|(_, now)| now.name.clone()).collect()
}

/// P11: who answers, what, and whether they take it back leaves the same trace.
#[tokio::test]
async fn an_answer_leaves_the_same_trace_whoever_gives_it() {
    let world = World::new().await;
    let mut evening = five(&world).await;
    let mut shapes = vec![shape(&world.db().dump().await)];
    let answers = [
        ("ben", "Heavy"),
        ("cleo", "In between"),
        ("Ana", "Light"),
        ("ben", "Light"),
        ("ben", "Take it back"),
    ];
    for (who, mood) in answers {
        let before = world.db().dump().await;
        say(&mut evening, who, mood).await;
        let after = world.db().dump().await;
        assert_eq!(changed(&before, &after), ["nameless"], "{who} {mood}: nothing else changes");
        shapes.push(shape(&after));
    }
    assert!(shapes.iter().all(|shape| *shape == shapes[0]), "rows of the same names and sizes");
}

fn batches(tables: &[Table]) -> Vec<String> {
    let nameless = &shape(tables)["nameless"];
    nameless.iter().filter(|row| row.contains("moods")).cloned().collect()
}

#[tokio::test]
async fn nothing_of_it_stays_when_the_meeting_is_closed_or_put_back() {
    let world = World::new().await;
    let mut evening = evening(&world, &OTHERS).await;
    let at = evening.at.clone();
    assert!(batches(&world.db().dump().await).is_empty());
    evening.group.founder.open(&at).await;
    evening.group.founder.press("We begin").await;
    assert_eq!(batches(&world.db().dump().await).len(), 1, "it is there before anybody answers");
    say(&mut evening, "Ana", "Heavy").await;
    evening.group.founder.follow("Close the meeting").await;
    evening.group.founder.press("End the circle, keep the meeting planned").await;
    assert!(batches(&world.db().dump().await).is_empty(), "put back");
    evening.together().await;
    assert!(mine(look(&mut evening, "Ana").await).is_empty(), "it begins anew");
    all_say(&mut evening, ["Low"; 5]).await;
    evening.begin_next().await;
    evening.begin_next().await;
    say_nothing_and_close(&mut evening.group.founder, &at).await;
    assert!(batches(&world.db().dump().await).is_empty(), "closed");
    for who in EVERYBODY {
        assert!(!look(&mut evening, who).await.says("most of those who answered felt"), "{who}");
    }
}

async fn say_nothing_and_close(ana: &mut Person, at: &str) {
    ana.open(&format!("{at}/close")).await;
    ana.untick("next").press("Close the meeting").await;
    assert_eq!(ana.page.notice(), "The meeting is closed. Thank you, all of you.");
}

#[tokio::test]
async fn an_answer_that_comes_after_the_end_is_told_so() {
    let world = World::new().await;
    let mut evening = five(&world).await;
    let at = evening.at.clone();
    look(&mut evening, "ben").await;
    let late = evening.who("ben").ready("main", "Low");
    say_nothing_and_close(&mut evening.group.founder, &at).await;
    let ben = evening.who("ben");
    ben.send(&late).await;
    assert!(ben.page.notice().starts_with("The circle is over by now."));
}

/// A meeting that was open when this came has no row yet.
#[tokio::test]
async fn an_answer_finds_room_where_there_is_no_row_yet() {
    let world = World::new().await;
    let mut evening = five(&world).await;
    let gone = world.app.db.write(|tx| {
        tx.exec(sql!("DELETE FROM nameless WHERE batch = 'moods'"), params![]).map(|_| ())
    });
    let gone: Result<(), storekit::Error> = gone.await;
    gone.expect("it is gone");
    assert_eq!(question(look(&mut evening, "ben").await), [COMING]);
    say(&mut evening, "ben", "Low").await;
    assert_eq!(mine(&evening.who("ben").page), ["Low"]);
}
