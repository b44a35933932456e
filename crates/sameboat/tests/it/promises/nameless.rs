//! What bears no name can't be tied to whoever said it (P11): not by columns, ids, order, sizes,
//! spent keys or days. Played by somebody who also holds the dump and the instance key.

use std::collections::BTreeMap;

use seal::{GrantTo, Granted, GroupKey, Place, Roster, Sealed, grant_unbox, grant_unwrap};
use storekit::testing::Table;
use storekit::{Value, params, sql};

use crate::renewal::{renew, ring};
use crate::sharing::{Circle, share};
use crate::world::Person;

/// What one thing that somebody did left in the database: for each table that changed, the shape
/// of its rows before and after.
#[derive(Debug, PartialEq, Eq)]
struct Trace(BTreeMap<String, (Vec<String>, Vec<String>)>);

fn trace(before: &[Table], after: &[Table]) -> Trace {
    let changed = before.iter().zip(after).filter(|(then, now)| then != now);
    Trace(changed.map(|(then, now)| (now.name.clone(), (shape(then), shape(now)))).collect())
}

/// All that a row shows without a key: its clear columns, and how long the sealed ones are.
fn shape(table: &Table) -> Vec<String> {
    let cell = |value: &Value| match value {
        Value::Blob(bytes) => format!("{} bytes", bytes.len()),
        Value::Text(text) => text.clone(),
        Value::Int(number) => number.to_string(),
        other => format!("{other:?}"),
    };
    let row = |row: &Vec<Value>| row.iter().map(cell).collect::<Vec<_>>().join(" | ");
    table.rows.iter().map(row).collect()
}

/// Everybody has written before, so that no key waits for them.
async fn settled() -> (Circle, String) {
    let mut all = Circle::new().await;
    let address = share(&mut all.bea, &all.group, "I cried in the bathroom").await;
    for who in [&mut all.amara, &mut all.joan, &mut all.mo] {
        who.open(&address).await;
        who.press("I have read it all").await;
    }
    (all, address)
}

async fn after(all: &mut Circle, who: usize, address: &str, button: &str) -> Trace {
    let before = all.world.db().dump().await;
    let person: &mut Person =
        [&mut all.amara, &mut all.joan, &mut all.mo].into_iter().nth(who).expect("one");
    person.open(address).await;
    person.press(button).await;
    assert_eq!(person.page.status, 200);
    trace(&before, &all.world.db().dump().await)
}

#[tokio::test]
async fn me_too_leaves_the_same_trace_whoever_says_it() {
    let mut traces = Vec::new();
    for who in 0..3 {
        let (mut all, address) = settled().await;
        let trace = after(&mut all, who, &address, "Me too").await;
        let tables: Vec<&String> = trace.0.keys().collect();
        assert_eq!(tables, ["nameless"], "no row, day, event or spent key of its own");
        let (then, now) = &trace.0["nameless"];
        assert_eq!(then, now, "rows of the same names and sizes");
        traces.push(trace);
    }
    assert!(traces.iter().all(|trace| *trace == traces[0]), "nothing tells one from another");
}

#[tokio::test]
async fn taking_it_back_looks_like_saying_it() {
    let (mut all, address) = settled().await;
    let said = after(&mut all, 1, &address, "Me too").await;
    let unsaid = after(&mut all, 1, &address, "Take my “me too” back").await;
    assert_eq!(said, unsaid);
}

#[tokio::test]
async fn every_save_of_anybody_changes_all_nameless_rows() {
    let (all, _) = settled().await;
    changes_all(all).await;
}

#[tokio::test]
async fn a_save_by_an_old_browser_changes_them_as_well() {
    let (mut all, _) = settled().await;
    all.mo.make_old();
    changes_all(all).await;
}

async fn changes_all(mut all: Circle) {
    let before = all.world.db().dump().await;
    all.mo.open(&format!("{}/me", all.group)).await;
    all.mo.press_in("form[action$='/break']", "Go on a break").await;
    let after = all.world.db().dump().await;
    let rows = |all: &[Table]| {
        let found = all.iter().find(|table| table.name == "nameless");
        found.expect("there are nameless rows").rows.clone()
    };
    let (then, now) = (rows(&before), rows(&after));
    assert!(then.len() > 1 && then.len() == now.len());
    assert!(then.iter().zip(&now).all(|(then, now)| then != now), "none stays as it was");
}

#[tokio::test]
async fn a_theme_leaves_the_same_trace_whoever_ticks_it_and_however_it_is_called() {
    let mut traces = Vec::new();
    for (who, own, goal) in [
        (0, "no bus", ""),
        (1, "forms that nobody understands at all", "be rid of them"),
        (2, "", "an hour by the sea, now and then"),
    ] {
        let (mut all, _) = settled().await;
        let before = all.world.db().dump().await;
        let person =
            [&mut all.amara, &mut all.joan, &mut all.mo].into_iter().nth(who).expect("one");
        person.open(&format!("{}/common-ground", all.group)).await;
        person.fill([("theme", "sleep"), ("own", own), ("own-goal", goal)]);
        person.press("Add these").await;
        assert_eq!(person.page.notice(), "It is counted, without your name.");
        let trace = trace(&before, &all.world.db().dump().await);
        assert_eq!(trace.0.keys().collect::<Vec<_>>(), ["nameless"]);
        let (then, now) = &trace.0["nameless"];
        assert_eq!(then, now);
        traces.push(trace);
    }
    assert!(traces.iter().all(|trace| *trace == traces[0]));
}

/// The marks of a batch in the order in which they lie, as a member opens them who holds the dump.
async fn marks(all: &Circle, who: &Person, batch: &'static str) -> Vec<String> {
    let batch_name = batch;
    let seat = ring(&all.world, who).await.seats()[0].clone();
    let (group, member) = (seat.group, seat.member);
    let read = move |tx: &mut storekit::Tx<'_>| {
        let granted = sql!(
            "SELECT k.epoch, k.boxed, k.bytes, e.roster
             FROM key_grant k
             JOIN epoch e ON e.group_id = k.group_id AND e.number = k.epoch
             WHERE k.group_id = $1 AND k.member_id = $2
             ORDER BY k.epoch"
        );
        let granted = tx.all(granted, params![&group, &member])?;
        let batch = sql!("SELECT words FROM nameless WHERE group_id = $1 AND batch = $2");
        let words = tx.one(batch, params![&group, batch_name])?;
        let words: Vec<u8> = words.get("words")?;
        let grant = |row: &storekit::Row| {
            let epoch: i64 = row.get("epoch")?;
            let roster: Vec<u8> = row.get("roster")?;
            let (boxed, bytes): (bool, Vec<u8>) = (row.get("boxed")?, row.get("bytes")?);
            Ok((u32::try_from(epoch).expect("a number"), boxed, bytes, roster))
        };
        let granted = granted.iter().map(grant).collect::<Result<Vec<_>, storekit::Error>>()?;
        Ok::<_, storekit::Error>((granted, words))
    };
    let found: Result<_, _> = all.world.app.db.read(read).await;
    let (granted, words) = found.expect("grants and a row");
    let to = GrantTo { group: &group, member: &member };
    let mut key: Option<GroupKey> = None;
    for (epoch, boxed, bytes, roster) in granted {
        key = Some(match boxed {
            false => grant_unwrap(&seat.secret, &to, epoch, &bytes).expect("it is theirs"),
            true => match grant_unbox(&seat.secret, &to, epoch, &bytes).expect("it is theirs") {
                Granted::Whole(key) => key,
                Granted::Fresh(part) => {
                    let roster = Roster::parse(&roster).expect("a roster");
                    key.expect("the key before").next(&part, &group, epoch, &roster)
                }
            },
        });
    }
    let key = key.expect("they have a key");
    let place =
        Place { label: "groups.nameless", scope: &group, row: batch.as_bytes(), writer: None };
    let opened = key.open(&place, &Sealed::from_bytes(words)).expect("the group's key opens it");
    let items: Vec<serde_json::Value> = serde_json::from_slice(opened.bytes()).expect("a list");
    let mark = |item: &serde_json::Value| item["m"].as_str().expect("a mark").to_owned();
    items.iter().map(mark).collect()
}

#[tokio::test]
async fn whoever_opens_a_nameless_row_finds_neither_an_order_of_coming_nor_two_marks_alike() {
    let (mut all, _) = settled().await;
    for who in [&mut all.mo, &mut all.amara, &mut all.joan] {
        who.open(&format!("{}/common-ground", all.group)).await;
        who.fill([("theme", "sleep"), ("theme", "tired"), ("theme", "goal sleep")]);
        who.press("Add these").await;
    }
    let found = marks(&all, &all.bea, "themes").await;
    assert_eq!(found.len(), 9);
    assert!(found.is_sorted(), "they lie in the order of marks, which is chance: {found:?}");
    assert!(found.windows(2).all(|pair| pair[0] != pair[1]), "one mark tells of two things");
}

#[tokio::test]
async fn new_keys_change_no_mark() {
    let (mut all, address) = settled().await;
    for who in [&mut all.joan, &mut all.mo] {
        who.open(&address).await;
        who.press("Me too").await;
        who.open(&format!("{}/common-ground", all.group)).await;
        who.fill([("theme", "sleep")]).press("Add these").await;
    }
    let all_marks = async |all: &Circle| {
        [marks(all, &all.amara, "themes").await, marks(all, &all.amara, "me-too.0").await]
    };
    let before = all_marks(&all).await;
    assert_eq!(before.each_ref().map(Vec::len), [2, 2]);
    let mut joan = renew(&mut all.joan).await;
    // Whoever compares two copies finds none exchanged, and so not whose it was.
    assert_eq!(all_marks(&all).await, before);
    joan.open(&address).await;
    joan.press("Take my “me too” back").await;
    assert_eq!(all_marks(&all).await[1].len(), 1, "and they are still hers");
}

#[tokio::test]
async fn no_page_tells_anybody_who_it_was() {
    let (mut all, address) = settled().await;
    for who in [&mut all.amara, &mut all.joan, &mut all.mo] {
        who.open(&address).await;
        who.press("Me too").await;
    }
    all.bea.open(&address).await;
    assert!(all.bea.page.says("Some of us have been there."));
    let about = all.bea.page.texts("article").concat();
    assert!(!["Amara", "Joan", "Mo "].iter().any(|name| about.contains(name)), "{about}");
    all.bea.open(&format!("{}/me/words", all.group)).await;
    assert!(!all.bea.page.says("me too to"));
}
