//! One damaged row costs that row (P28): pages, writes and leaving go on, and what can't be read any
//! more is shown as such.

use axum::http::StatusCode;
use storekit::{Sql, Value, sql};

use crate::agreements::{other_place, place, say};
use crate::joining::with_another;
use crate::leaving::{Three, leave};
use crate::meetings::evening;
use crate::returning::{FREEZE, THAW, say as say_frozen};
use crate::sharing::{Circle, share};
use crate::world::{Person, World};

/// Turns one bit over in each of the values that a statement finds; the other one writes them back.
async fn damage(world: &World, find: Sql, write: Sql) {
    let rows = world.ask(find).await;
    assert!(!rows.is_empty(), "there is nothing to damage");
    for row in rows {
        let key: Vec<u8> = row.get("id").expect("an id");
        let mut bytes: Vec<u8> = row.get("bytes").expect("bytes");
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        world.put(write.clone(), vec![Value::Blob(key), Value::Blob(bytes)]).await;
    }
}

/// The pages that people look at most are there.
async fn pages_are_there(person: &mut Person, group: &str) {
    for page in ["", "/talk", "/meet", "/us", "/me", "/card", "/agreement", "/common-ground"] {
        person.open(&format!("{group}{page}")).await;
        assert_eq!(person.page.status, StatusCode::OK, "{page}: {}", person.page.text());
    }
    person.open("/me").await;
    assert_eq!(person.page.status, StatusCode::OK, "everything about me");
}

const LOST_SHARE: &str = "One thing that was shared here can't be read any more.";

#[tokio::test]
async fn a_damaged_share_is_shown_as_damaged_and_its_writer_takes_it_away() {
    let mut all = Circle::new().await;
    let group = all.group.clone();
    let broken = share(&mut all.bea, &group, "what breaks").await;
    share(&mut all.mo, &group, "what stays").await;
    let write = sql!("UPDATE share SET words = $2 WHERE id = $1 AND number = 1");
    let find = sql!("SELECT id, words AS bytes FROM share WHERE number = 1");
    damage(&all.world, find, write).await;
    pages_are_there(&mut all.joan, &group).await;
    all.joan.open(&format!("{group}/talk")).await;
    assert!(all.joan.page.says(LOST_SHARE) && all.joan.page.says("what stays"));
    all.joan.open(&broken).await;
    assert_eq!(all.joan.page.status, StatusCode::NOT_FOUND);
    share(&mut all.joan, &group, "what comes next").await;
    all.joan.open(&format!("{group}/me/words")).await;
    assert!(!all.joan.page.says("Something you shared can't be read any more."));
    all.bea.open(&format!("{group}/me/words")).await;
    assert!(all.bea.page.says("Something you shared can't be read any more."));
    all.bea.press("Take it away").await;
    assert_eq!(
        all.bea.page.notice(),
        "It is taken back, with all answers to it.",
        "{}",
        all.bea.page.text()
    );
    assert!(!all.bea.page.says(LOST_SHARE) && all.bea.page.says("what stays"));
}

#[tokio::test]
async fn a_damaged_answer_costs_no_other_answer() {
    let mut all = Circle::new().await;
    let group = all.group.clone();
    let at = share(&mut all.bea, &group, "a question").await;
    for (who, words) in [(&mut all.joan, "what breaks"), (&mut all.mo, "what stays")] {
        who.open(&at).await;
        who.fill([("words", words)]).press("Send it").await;
    }
    let find = sql!("SELECT id, words AS bytes FROM answer WHERE number = 1");
    damage(&all.world, find, sql!("UPDATE answer SET words = $2 WHERE id = $1")).await;
    all.bea.open(&at).await;
    assert!(all.bea.page.says("One answer can't be read any more."), "{}", all.bea.page.text());
    assert!(all.bea.page.says("what stays") && !all.bea.page.says("what breaks"));
    pages_are_there(&mut all.joan, &group).await;
    leave(&mut all.joan, &group, "removed").await;
}

#[tokio::test]
async fn whoever_was_to_read_a_worry_is_told_that_it_is_damaged() {
    let mut all = Circle::new().await;
    let group = all.group.clone();
    let at = share(&mut all.bea, &group, "I can't go on").await;
    all.joan.open(&format!("{at}/worried")).await;
    all.joan.press("Tell them").await;
    let find = sql!("SELECT id, words AS bytes FROM worry");
    damage(&all.world, find, sql!("UPDATE worry SET words = $2 WHERE id = $1")).await;
    const LOST: &str = "can't be read any more. It was damaged where it is kept. Ask one another.";
    for (who, told) in [(&mut all.amara, true), (&mut all.joan, true), (&mut all.mo, false)] {
        who.open(&group).await;
        assert_eq!(who.page.says(LOST), told, "{}", who.page.text());
    }
}

#[tokio::test]
async fn what_bears_no_name_begins_anew() {
    let mut all = Circle::new().await;
    let group = all.group.clone();
    let at = share(&mut all.bea, &group, "me too?").await;
    all.joan.open(&at).await;
    all.joan.press("Me too").await;
    // The rows of a group have no ids but their names.
    for row in all.world.ask(sql!("SELECT batch, words FROM nameless")).await {
        let (batch, mut bytes): (String, Vec<u8>) =
            (row.get("batch").expect("a name"), row.get("words").expect("words"));
        bytes[100] ^= 1;
        let put = sql!("UPDATE nameless SET words = $2 WHERE batch = $1");
        all.world.put(put, vec![Value::Text(batch), Value::Blob(bytes)]).await;
    }
    pages_are_there(&mut all.mo, &group).await;
    all.mo.open(&at).await;
    all.mo.press("Me too").await;
    assert_eq!(all.mo.page.status, StatusCode::OK, "{}", all.mo.page.text());
    assert!(all.mo.page.has("button[value=not-me-too]"), "it is kept");
    leave(&mut all.joan, &group, "with-name").await;
    let mut rosa = with_another(&all.world, &mut all.amara, &group, "rosa", "Rosa").await;
    pages_are_there(&mut rosa, &group).await;
}

#[tokio::test]
async fn a_damaged_name_can_be_written_again_and_its_owner_has_no_voice_about_places() {
    let Three { world, mut ana, mut bo, mut cy, group } = Three::at_home().await;
    let id = crate::tampered::seat(&world, &bo).await;
    let [first, second] = [0, 8].map(|at| id[at]);
    let rows = world.ask(sql!("SELECT member_id AS id, words AS bytes FROM member")).await;
    for row in rows {
        let (key, mut bytes): (Vec<u8>, Vec<u8>) =
            (row.get("id").expect("an id"), row.get("bytes").expect("bytes"));
        if key[0] == first && key[8] == second {
            bytes[60] ^= 1;
            let put = sql!("UPDATE member SET words = $2 WHERE member_id = $1");
            world.put(put, vec![Value::Blob(key), Value::Blob(bytes)]).await;
        }
    }
    for person in [&mut ana, &mut bo, &mut cy] {
        pages_are_there(person, &group).await;
        person.open(&format!("{group}/us")).await;
        assert!(person.page.says("A name here was damaged and can't be read any more."));
    }
    // Ana began the group; Bo's word beside Cy's is not that of two whom the others know.
    say_frozen(&mut cy, &group, "Ana", FREEZE).await;
    say_frozen(&mut bo, &group, "Ana", FREEZE).await;
    assert_eq!(bo.page.notice(), "Kept. Everybody sees it.");
    share(&mut bo, &group, "I am still here").await;
    bo.open(&format!("{group}/me")).await;
    bo.fill([("name", "Bo")]).press("Use this name").await;
    bo.open(&format!("{group}/us")).await;
    assert!(bo.page.texts("main li.person bdi").contains(&"Bo".to_owned()), "{}", bo.page.text());
    leave(&mut cy, &group, "with-name").await;
    pages_are_there(&mut bo, &group).await;
}

#[tokio::test]
async fn a_group_whose_papers_are_damaged_goes_on_and_writes_them_anew() {
    let mut three = Three::at_home().await;
    let group = three.group.clone();
    let find = sql!("SELECT group_id AS id, words AS bytes FROM paper");
    damage(&three.world, find, sql!("UPDATE paper SET words = $2 WHERE group_id = $1")).await;
    const LOST: &str = "What you agreed on can't be read any more.";
    for person in [&mut three.ana, &mut three.bo, &mut three.cy] {
        pages_are_there(person, &group).await;
        person.open(&group).await;
        assert!(person.page.says(LOST));
    }
    share(&mut three.bo, &group, "we are still here").await;
    // Who wrote it anew does not decide alone.
    other_place(&mut three.bo, &group, "The garden").await;
    assert_ne!(place(&mut three.bo, &group).await, "people who sell something / The garden");
    for person in [&mut three.ana, &mut three.cy] {
        say(person, &group, "accept", &[]).await;
    }
    three.cy.open(&group).await;
    assert!(!three.cy.page.says(LOST), "{}", three.cy.page.text());
    assert!(place(&mut three.cy, &group).await.ends_with("The garden"));
    leave(&mut three.bo, &group, "with-name").await;
    pages_are_there(&mut three.ana, &group).await;
}

#[tokio::test]
async fn a_circle_that_is_damaged_is_begun_once_more() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben", "cleo"]).await;
    evening.together().await;
    let find = sql!("SELECT id, running AS bytes FROM meeting");
    damage(&world, find, sql!("UPDATE meeting SET running = $2 WHERE id = $1")).await;
    let group = evening.group.address("");
    pages_are_there(&mut evening.others[0], &group).await;
    evening.together().await;
    let find = sql!("SELECT id, coming AS bytes FROM meeting");
    damage(&world, find, sql!("UPDATE meeting SET coming = $2 WHERE id = $1")).await;
    pages_are_there(&mut evening.others[0], &group).await;
    let find = sql!("SELECT id, words AS bytes FROM meeting");
    damage(&world, find, sql!("UPDATE meeting SET words = $2 WHERE id = $1")).await;
    pages_are_there(&mut evening.others[1], &group).await;
    evening.others[1].open(&format!("{group}/meet")).await;
    assert!(evening.others[1].page.says("What is kept of one meeting can't be read any more."));
    crate::meetings::set(&mut evening.group).await;
    leave(&mut evening.others[0], &group, "with-name").await;
}

#[tokio::test]
async fn somebody_whose_freezing_is_damaged_can_be_given_the_key_again() {
    let Three { world, mut ana, mut bo, mut cy, group } = Three::new().await;
    say_frozen(&mut ana, &group, "Cy", FREEZE).await;
    say_frozen(&mut bo, &group, "Cy", FREEZE).await;
    let find = sql!("SELECT member_id AS id, words AS bytes FROM freezing");
    damage(&world, find, sql!("UPDATE freezing SET words = $2 WHERE member_id = $1")).await;
    pages_are_there(&mut ana, &group).await;
    share(&mut bo, &group, "where is Cy?").await;
    say_frozen(&mut ana, &group, "Cy", THAW).await;
    say_frozen(&mut bo, &group, "Cy", THAW).await;
    cy.open(&group).await;
    assert_eq!(cy.page.status, StatusCode::OK, "{}", bo.page.text());
}

#[tokio::test]
async fn a_group_whose_outside_name_is_damaged_is_still_found() {
    let three = Three::at_home().await;
    let mut ana = three.ana;
    let find = sql!("SELECT group_id AS id, outside AS bytes FROM groups");
    damage(&three.world, find, sql!("UPDATE groups SET outside = $2 WHERE group_id = $1")).await;
    ana.open("/groups").await;
    assert_eq!(ana.page.status, StatusCode::OK);
    let address = ana.page.attribute("main ul.plain a", "href").expect("its address");
    ana.open(&address).await;
    assert_eq!(ana.page.status, StatusCode::OK);
    pages_are_there(&mut ana, &three.group).await;
}
