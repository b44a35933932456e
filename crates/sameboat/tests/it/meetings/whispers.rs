//! Quiet signals that are meant for whoever leads: they lie in an envelope, under no key of the
//! group.

use axum::http::{HeaderMap, HeaderValue, header};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sameboat::access;
use sameboat::error::Fault;
use sameboat::groups;
use sameboat::ids::MeetingId;
use seal::Sealed;
use serde_json::{Value, json};
use storekit::{params, sql};

use super::{Evening, evening};
use crate::world::forger::{As, Forger, hex};
use crate::world::{Browser, World};

/// Somebody with their keys, as whoever holds their cookies has them.
async fn with_keys(world: &World, member: &Browser) -> access::Person {
    let cookies = member.cookies.line(world.app.now()).expect("a sign-in");
    let cookies = HeaderValue::from_str(&cookies).expect("cookies");
    let headers = HeaderMap::from_iter([(header::COOKIE, cookies)]);
    let person = access::find_person(&world.app, &headers).await.expect("the database answers");
    person.expect("somebody is signed in")
}

fn meeting_of(evening: &Evening) -> MeetingId {
    evening.at.rsplit('/').next().expect("an id").parse().expect("an id")
}

/// What somebody with a member's key reads in a copy of the database, and how long its row is.
async fn circle_in_a_copy(world: &World, member: &Browser, evening: &Evening) -> (String, usize) {
    let (person, id) = (with_keys(world, member).await, meeting_of(evening));
    let read = world.app.db.read(move |tx| {
        let seat = person.seats()[0].clone();
        let member = groups::member(tx, &person, &seat)?;
        let member = member.ok_or_else(|| Fault::because("nobody sits there"))?;
        let sql = sql!("SELECT running FROM meeting WHERE group_id = $1 AND id = $2");
        let row = tx.one(sql, params![member.scope().bytes(), id.bytes()])?;
        let sealed = Sealed::from_bytes(row.get("running")?);
        let length = row.get::<Vec<u8>>("running")?.len();
        let place = ("meetings.running", id.bytes().as_slice(), None);
        let running: Option<Value> = groups::read_paper(tx, &member, place, &sealed)?;
        let running = running.ok_or_else(|| Fault::because("the circle does not open"))?;
        sameboat::error::Outcome::Ok((running.to_string(), length))
    });
    read.await.expect("a member's key opens the circle")
}

#[tokio::test]
async fn a_members_key_and_a_copy_of_the_database_do_not_open_what_is_for_whoever_leads() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben", "cleo"]).await;
    evening.together().await;
    let at = evening.at.clone();
    let (_, before) = circle_in_a_copy(&world, &evening.others[1], &evening).await;
    let ben = &mut evening.others[0];
    ben.open(&at).await;
    ben.press("I am upset").await;
    assert!(ben.page.says("ben: is upset (for the facilitator)"));
    let (copy, after) = circle_in_a_copy(&world, &evening.others[1], &evening).await;
    assert!(!copy.contains("Upset") && !copy.contains("Facilitator\",\"led"), "{copy}");
    assert_eq!(after, before, "the row does not grow: it would tell of it");
    let cleo = &mut evening.others[1];
    cleo.open(&at).await;
    cleo.fill([("to", "all")]).press("I need a break").await;
    let (copy, _) = circle_in_a_copy(&world, &evening.others[1], &evening).await;
    assert!(copy.contains("NeedBreak"), "what is for all lies under the key of all");
    let ana = &mut evening.group.founder;
    ana.open(&at).await;
    assert!(ana.page.says("ben: is upset"), "whoever leads reads it");
}

#[tokio::test]
async fn when_somebody_else_takes_the_lead_it_does_not_go_to_them_and_its_giver_is_told() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben", "cleo"]).await;
    evening.together().await;
    let at = evening.at.clone();
    evening.others[0].open(&at).await;
    evening.others[0].press("I am lost").await;
    let ana = &mut evening.group.founder;
    ana.open(&at).await;
    assert!(ana.page.says("ben: is lost"));
    let hand_on = [("do", "lay"), ("role", "facilitator")];
    moves(ana, &at, &hand_on).await;
    let cleo = &mut evening.others[1];
    moves(cleo, &at, &[("do", "hold"), ("role", "facilitator")]).await;
    assert!(cleo.page.has("button[value=begin]"), "Cleo leads now");
    assert!(!cleo.page.says("ben: is lost"), "it was not for her");
    assert!(!evening.group.founder.open(&at).await.says("ben: is lost"), "Ana leads no more");
    let ben = &mut evening.others[0];
    ben.open(&at).await;
    assert!(ben.page.says("ben: is lost (for whoever led before."), "{}", ben.page.text());
    ben.press("I am lost").await;
    assert!(ben.page.says("ben: is lost (for the facilitator)"));
    assert!(evening.others[1].open(&at).await.says("ben: is lost"), "given again, it is for her");
}

#[tokio::test]
async fn where_nobody_leads_nothing_is_sent_to_nobody() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben"]).await;
    evening.together().await;
    let at = evening.at.clone();
    moves(&mut evening.group.founder, &at, &[("do", "lay"), ("role", "facilitator")]).await;
    let ben = &mut evening.others[0];
    ben.open(&at).await;
    ben.press("I am lost").await;
    assert!(ben.page.says("Nobody is the facilitator just now."), "{}", ben.page.text());
    assert!(!ben.page.says("ben: is lost"));
}

#[tokio::test]
async fn its_giver_takes_it_back_and_it_goes_with_the_step() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben"]).await;
    evening.together().await;
    let at = evening.at.clone();
    let ben = &mut evening.others[0];
    ben.open(&at).await;
    ben.press("I am lost").await;
    ben.press("Take it back").await;
    assert!(!ben.page.says("is lost"));
    ben.press("I am upset").await;
    evening.begin_next().await;
    let ben = &mut evening.others[0];
    assert!(!ben.open(&at).await.says("is upset"), "it ends with its step");
    let (copy, _) = circle_in_a_copy(&world, &evening.others[0], &evening).await;
    assert!(copy.contains("\"all\":[]"), "nothing of it is kept: {copy}");
}

/// Moves in the circle by fields that stand on some page, with the seat and version of now.
async fn moves(who: &mut Browser, at: &str, fields: &[(&str, &str)]) {
    who.open(&format!("{at}/roles")).await;
    let (once, seen) = (who.once(), who.page.value("seen"));
    let seat = who.page.attribute("input[name=seat]", "value").unwrap_or_default();
    let mut all = vec![("once", &*once), ("seen", &seen), ("seat", &seat)];
    all.extend_from_slice(fields);
    who.post(&format!("{at}/move"), &all).await;
    assert_eq!(who.page.status, 200, "{}", who.page.text());
}

/// A member who can write to the database puts another circle there, sealed with the group's key.
async fn write_circle(world: &World, member: &Browser, evening: &Evening, circle: Value) {
    let (person, id) = (with_keys(world, member).await, meeting_of(evening));
    let write = world.app.db.write(move |tx| {
        let seat = person.seats()[0].clone();
        let member = groups::member(tx, &person, &seat)?;
        let member = member.ok_or_else(|| Fault::because("nobody sits there"))?;
        let label = "meetings.running";
        let sealed = groups::seal_words_of(tx, &member, label, id.bytes(), None, &circle)?;
        let sql = sql!("UPDATE meeting SET running = $3 WHERE group_id = $1 AND id = $2");
        tx.exec(sql, params![member.scope().bytes(), id.bytes(), sealed.into_bytes()])?;
        sameboat::error::Outcome::Ok(())
    });
    write.await.expect("somebody writes to the database");
}

#[tokio::test]
async fn a_member_who_writes_to_the_database_signals_in_nobody_elses_name() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben", "cleo"]).await;
    evening.together().await;
    let at = evening.at.clone();
    evening.others[1].open(&at).await;
    evening.others[1].press("I am lost").await;
    let secret = with_keys(&world, &evening.others[1]).await.seats()[0].secret.clone();
    let forger = Forger::of(&world).await.helped_by(secret);
    let (circle, _) = circle_in_a_copy(&world, &evening.others[1], &evening).await;
    let circle: Value = serde_json::from_str(&circle).expect("JSON");
    let [ana, ben, cleo] = forger.members[..] else { panic!("three members") };
    let seat = |who| {
        let seats = circle["seats"].as_object().expect("seats").iter();
        let mut found = seats.filter(|(_, sitter)| sitter["member"] == hex(&who));
        found.next().expect("a seat").0.parse::<u32>().expect("a number")
    };
    // In Ben's name, and in her own about Ben's seat.
    for (writer, row, named) in [(ben, 1, false), (ben, 2, true), (cleo, 3, false), (cleo, 4, true)]
    {
        let to_be = As { label: "meetings.whisper", row: [row; 16], writer, named };
        let (words, boxes) = forger.seal(&to_be, &json!([seat(ben), "Upset", seat(ana)]), &[ana]);
        let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let mut forged = circle.clone();
        let real = &circle["whispers"]["all"][0];
        let enclosed = json!({
            "item": hex(&[row; 16]), "to": hex(&ana), "words": text(&words),
            "writers": real["enclosed"]["writers"], "others": text(&boxes[0]),
        });
        let all = json!([real, { "lasts": real["lasts"], "enclosed": enclosed }]);
        forged["whispers"]["all"] = all;
        write_circle(&world, &evening.others[1], &evening, forged).await;
        let ana = &mut evening.group.founder;
        ana.open(&at).await;
        assert!(ana.page.says("cleo: is lost"), "what she did say stands: {}", ana.page.text());
        assert!(!ana.page.says("ben: is upset"), "Ben did not say that ({row})");
    }
}
