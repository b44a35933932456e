//! Somebody who can write to the database, without the instance key: whose key is used (P26).

use axum::http::StatusCode;
use seal::{GrantTo, Granted, GroupKey, KeyKind, Place, Roster, Sealed, grant_box, key_check};
use storekit::{Error, Tx, params, sql};

use crate::common_ground::write_cause;
use crate::joining::with_another;
use crate::leaving::leave;
use crate::renewal::ring;
use crate::sharing::{Circle, share};
use crate::world::World;

/// The highest row of a group's epochs.
struct Top {
    group: [u8; 16],
    number: i64,
    roster: Vec<u8>,
}

fn top(tx: &mut Tx<'_>) -> Result<Top, Error> {
    let text = sql!("SELECT group_id, number, roster FROM epoch ORDER BY number DESC LIMIT 1");
    let row = tx.one(text, &[])?;
    let (group, number, roster) = (row.get("group_id")?, row.get("number")?, row.get("roster")?);
    Ok(Top { group, number, roster })
}

/// The writer's own key for the epoch after the current one, with grants of it to all.
async fn slip_in(world: &World) -> ([u8; 16], GroupKey) {
    let made = world.app.db.write(|tx| {
        let now = top(tx)?;
        let key = GroupKey::from_bytes(u32::try_from(now.number + 1).expect("small"), [66; 32]);
        let number = i64::from(key.epoch());
        tx.exec(
            sql!(
                "INSERT INTO epoch (group_id, number, day, letterbox, key_check, roster, tag)
                 VALUES ($1, $2, 1, $3, $4, $5, $6)"
            ),
            params![
                &now.group,
                number,
                key.letterbox().as_bytes(),
                &key_check(&key),
                now.roster.clone(),
                vec![7_u8; 32]
            ],
        )?;
        for (id, public) in Roster::parse(&now.roster).expect("a roster").members() {
            let to = GrantTo { group: &now.group, member: id };
            let whole = Granted::Whole(key.clone());
            let mut chance = |bytes: &mut [u8]| bytes.fill(5);
            let mut chance = seal::Chance::new(&mut chance);
            let bytes = grant_box(public, &to, key.epoch(), &whole, &mut chance);
            tx.exec(
                sql!(
                    "INSERT INTO key_grant (group_id, member_id, epoch, boxed, bytes)
                     VALUES ($1, $2, $3, 1, $4)"
                ),
                params![&now.group, id, number, bytes.expect("a good public key")],
            )?;
        }
        Ok::<_, Error>((now.group, key))
    });
    made.await.expect("somebody writes to the database")
}

/// Row id, writer and words of all shares.
async fn shares(world: &World) -> Vec<([u8; 16], [u8; 16], Sealed)> {
    let read = |tx: &mut Tx<'_>| {
        let rows = tx.all(sql!("SELECT id, member_id, words FROM share ORDER BY number"), &[])?;
        let read = |row: &storekit::Row| {
            let words: Vec<u8> = row.get("words")?;
            Ok((row.get("id")?, row.get("member_id")?, Sealed::from_bytes(words)))
        };
        rows.iter().map(read).collect::<Result<Vec<_>, Error>>()
    };
    world.app.db.read(read).await.expect("shares")
}

#[tokio::test]
async fn a_key_that_was_slipped_in_is_nobodys_key() {
    let mut all = Circle::new().await;
    let (group, key) = slip_in(&all.world).await;
    let address = share(&mut all.mo, &all.group.clone(), "I sleep badly").await;
    let (id, writer, words) = shares(&all.world).await.remove(0);
    assert!(words.key_number() < Some(key.epoch()), "sealed under the slipped key");
    let place = Place { label: "sharing.words", scope: &group, row: &id, writer: Some(&writer) };
    assert!(key.open(&place, &words).is_err());
    all.bea.open(&address).await;
    assert!(all.bea.page.says("I sleep badly"));
    // The next turn takes its place.
    with_another(&all.world, &mut all.amara, &all.group.clone(), "rosa", "Rosa").await;
    all.bea.open(&address).await;
    assert!(all.bea.page.says("I sleep badly"));
}

#[tokio::test]
async fn words_under_a_slipped_key_are_shown_as_nobodys() {
    let mut all = Circle::new().await;
    let address = share(&mut all.mo, &all.group.clone(), "I sleep badly").await;
    let (group, key) = slip_in(&all.world).await;
    let (id, writer, words) = shares(&all.world).await.remove(0);
    let place = Place { label: "sharing.words", scope: &group, row: &id, writer: Some(&writer) };
    let mut chance = |bytes: &mut [u8]| bytes.fill(6);
    let mut chance = seal::Chance::new(&mut chance);
    let forged = key.seal(&place, br#"{"text":"I lied to you","wants":"listening"}"#, &mut chance);
    assert_ne!(forged.as_bytes(), words.as_bytes());
    let write = all.world.app.db.write(move |tx| {
        tx.exec(sql!("UPDATE share SET words = $1"), params![forged.as_bytes().to_vec()])
    });
    assert_eq!(write.await, Ok::<_, Error>(1));
    for who in [&mut all.amara, &mut all.bea, &mut all.joan] {
        who.open(&address).await;
        assert!(!who.page.says("I lied to you"));
        let talk = format!("{}/talk", all.group);
        who.open(&talk).await;
        assert!(!who.page.says("I lied to you"));
    }
}

/// Deletes the highest epoch and what was granted of it.
async fn put_back(world: &World) {
    let write = world.app.db.write(|tx| {
        let now = top(tx)?;
        tx.exec(
            sql!("DELETE FROM key_grant WHERE group_id = $1 AND epoch = $2"),
            params![&now.group, now.number],
        )?;
        tx.exec(
            sql!("DELETE FROM epoch WHERE group_id = $1 AND number = $2"),
            params![&now.group, now.number],
        )
    });
    assert_eq!(write.await, Ok::<_, Error>(1));
}

#[tokio::test]
async fn nothing_is_written_under_a_key_that_somebody_who_went_has() {
    let mut all = Circle::new().await;
    let group = all.group.clone();
    leave(&mut all.joan, &group, "with-name").await;
    for who in [&mut all.amara, &mut all.bea, &mut all.mo] {
        share(who, &group, "we go on").await;
    }
    put_back(&all.world).await;
    for who in [&mut all.amara, &mut all.bea, &mut all.mo] {
        who.open(&format!("{group}/share/new")).await;
        assert_eq!(who.page.status, StatusCode::CONFLICT);
        assert!(who.page.says("older than what you have seen, or damaged"));
        who.open("/groups").await;
        assert!(who.page.status.is_success(), "their other pages stand");
    }
    assert_eq!(all.world.rows("share").await, 3);
}

async fn cause_row(world: &World) -> Vec<u8> {
    let read = |tx: &mut Tx<'_>| tx.one(sql!("SELECT words FROM cause"), &[])?.get("words");
    world.app.db.read(read).await.expect("a sentence")
}

/// Whoever went has the key of before, so could have made it.
#[tokio::test]
async fn a_standing_paper_under_a_key_of_before_is_shown_to_nobody() {
    let mut all = Circle::new().await;
    let group = all.group.clone();
    write_cause(&mut all.joan, &group, "We give up.").await;
    let before = cause_row(&all.world).await;
    leave(&mut all.joan, &group, "with-name").await;
    write_cause(&mut all.mo, &group, "We want a night of sleep.").await;
    let write = all
        .world
        .app
        .db
        .write(move |tx| tx.exec(sql!("UPDATE cause SET words = $1"), params![before.clone()]));
    assert_eq!(write.await, Ok::<_, Error>(1));
    all.bea.open(&format!("{group}/common-ground")).await;
    assert!(all.bea.page.status.is_success());
    assert!(!all.bea.page.says("We give up."));
    with_another(&all.world, &mut all.amara, &group, "rosa", "Rosa").await;
    all.bea.open(&format!("{group}/common-ground")).await;
    assert!(!all.bea.page.says("We give up."), "a turn does not make it good");
}

#[tokio::test]
async fn a_grant_that_the_program_did_not_make_makes_no_reader() {
    let mut all = Circle::new().await;
    let group = all.group.clone();
    let address = share(&mut all.mo, &group, "before Rosa").await;
    let rosa = with_another(&all.world, &mut all.amara, &group, "rosa", "Rosa").await;
    let seat = ring(&all.world, &rosa).await.seats()[0].clone();
    let epoch = shares(&all.world).await[0].2.key_number().expect("a number");
    let write = all.world.app.db.write(move |tx| {
        tx.exec(
            sql!(
                "INSERT INTO key_grant (group_id, member_id, epoch, boxed, bytes)
                 VALUES ($1, $2, $3, 1, $4)"
            ),
            params![&seat.group, &seat.member, i64::from(epoch), vec![8_u8; 113]],
        )
    });
    assert_eq!(write.await, Ok::<_, Error>(1));
    all.bea.open(&address).await;
    all.bea.fill([("words", "I know that")]).press("Send it").await;
    let read = |tx: &mut Tx<'_>| tx.one(sql!("SELECT words FROM answer"), &[])?.get("words");
    let words: Result<Vec<u8>, Error> = all.world.app.db.read(read).await;
    let kind = Sealed::from_bytes(words.expect("an answer")).key_kind();
    assert_eq!(kind, Some(KeyKind::Envelope), "Rosa would have read it");
}
