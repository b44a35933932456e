//! Who can write to the database, without the instance key, puts back old locks and writes lines
//! of their own.

use axum::http::StatusCode;
use seal::{BoxInfo, Chance, EpochOrItem, PersonPublic, person_box};
use storekit::{Tx, params, sql};

use crate::world::{Browser, Person, World};

const TOLD: &str = "Somebody had put back an old lock";

async fn passphrase_row(world: &World) -> Vec<u8> {
    let read = |tx: &mut Tx<'_>| -> Result<Vec<u8>, storekit::Error> {
        tx.one(sql!("SELECT passphrase FROM person"), &[])?.get("passphrase")
    };
    world.app.db.read(read).await.expect("a lock")
}

/// Gives Ana a new passphrase, and puts the lock of before back.
async fn put_back(world: &World, ana: &mut Person) -> Person {
    let lock = passphrase_row(world).await;
    ana.open("/me/passphrase").await;
    let fresh = ana.page.value("passphrase");
    let old = ana.passphrase.clone();
    ana.fill([("old", &old)]).press("Change it").await;
    assert!(ana.page.notice().starts_with("Your passphrase is changed"));
    let put = move |tx: &mut Tx<'_>| {
        tx.exec(sql!("UPDATE person SET passphrase = $1"), params![&lock[..]])
    };
    assert_eq!(world.app.db.write(put).await, Ok::<_, storekit::Error>(1));
    Person { passphrase: fresh, ..ana.clone() }
}

async fn lines(browser: &mut Browser) -> Vec<String> {
    browser.open("/me").await;
    assert_eq!(browser.page.status, StatusCode::OK, "{}", browser.page.text());
    browser.page.texts("#sign_in_event li")
}

#[tokio::test]
async fn an_old_passphrase_that_was_put_back_opens_nothing_and_is_told() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    put_back(&world, &mut ana).await;
    let mut phone = world.browser();
    ana.sign_in_on(&mut phone).await;
    assert_eq!(phone.page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(phone.page.says("That name and passphrase don't go together."));
    let lines = lines(&mut ana).await;
    assert!(lines.iter().any(|line| line.contains(TOLD)), "{lines:?}");
}

#[tokio::test]
async fn it_proves_nothing_either() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    put_back(&world, &mut ana).await;
    let old = ana.passphrase.clone();
    for (address, button) in [
        ("/me/sheet", "Make a recovery sheet"),
        ("/me/passphrase", "Change it"),
        ("/me/renew", "Make my keys new"),
    ] {
        ana.open(address).await;
        ana.fill([("old", &*old)]).press(button).await;
        let issues = ana.page.issues();
        assert_eq!(issues, ["That is not your passphrase. Nothing was changed."], "{address}");
    }
    let lines = lines(&mut ana).await;
    assert_eq!(lines.iter().filter(|line| line.contains(TOLD)).count(), 3, "{lines:?}");
}

#[tokio::test]
async fn nor_does_it_move_on_to_a_new_instance_key() {
    let mut world = World::new().await;
    let mut ana = world.person("ana").await;
    put_back(&world, &mut ana).await;
    world.change_key().await;
    for _ in 0..2 {
        let mut phone = world.browser();
        ana.sign_in_on(&mut phone).await;
        assert_eq!(phone.page.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test]
async fn an_old_sheet_that_was_put_back_opens_nothing_and_is_told() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    let read = |tx: &mut Tx<'_>| -> Result<(Vec<u8>, Vec<u8>), storekit::Error> {
        let row = tx.one(sql!("SELECT id, wrap FROM recovery"), &[])?;
        Ok((row.get("id")?, row.get("wrap")?))
    };
    let (id, wrap) = world.app.db.read(read).await.expect("a sheet");
    let passphrase = ana.passphrase.clone();
    ana.open("/me/sheet").await;
    ana.fill([("old", &passphrase)]).press("Make a recovery sheet").await;
    assert_eq!(ana.page.heading(), "Your new recovery sheet");
    let put = move |tx: &mut Tx<'_>| {
        tx.exec(sql!("UPDATE recovery SET id = $1, wrap = $2"), params![&id[..], &wrap[..]])
    };
    assert_eq!(world.app.db.write(put).await, Ok::<_, storekit::Error>(1));
    let mut phone = world.browser();
    phone.open("/sign-in/recovery").await;
    phone.fill([("code", &ana.code)]).press("Let me back in").await;
    assert!(phone.page.says("This code opens nothing."), "{}", phone.page.text());
    let lines = lines(&mut ana).await;
    assert!(lines.iter().any(|line| line.contains(TOLD)), "{lines:?}");
}

/// A box to Ana that says this, as anybody makes it who has read her public half.
fn forged(id: &[u8; 16], public: [u8; 32], number: i64, word: &str) -> Vec<u8> {
    let item = number.to_be_bytes();
    let info = BoxInfo {
        label: "people.sign-in-event",
        group: id,
        epoch_or_item: EpochOrItem::Item(&item),
        member: id,
    };
    let mut fill = |bytes: &mut [u8]| bytes.fill(7);
    let public = PersonPublic::from_bytes(public);
    person_box(&public, &info, word.as_bytes(), &mut Chance::new(&mut fill)).expect("a box")
}

#[tokio::test]
async fn a_line_that_somebody_else_wrote_is_shown_as_such() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    let before = lines(&mut ana).await;
    let forge = |tx: &mut Tx<'_>| -> Result<u64, storekit::Error> {
        let row = tx.one(sql!("SELECT id, public_key FROM person"), &[])?;
        let (id, public): ([u8; 16], [u8; 32]) = (row.get("id")?, row.get("public_key")?);
        let row = tx.one(sql!("SELECT day, box FROM sign_in_event"), &[])?;
        let (day, genuine): (i64, Vec<u8>) = (row.get("day")?, row.get("box")?);
        // Over the line that is there, and beside it, with the tag of the genuine one and bare.
        for (number, tag) in [(2_i64, &genuine[..32]), (3, &[][..])] {
            let forged = [tag, &*forged(&id, public, number, "recovered")].concat();
            tx.exec(
                sql!(
                    "INSERT INTO sign_in_event (person_id, number, day, box)
                     VALUES ($1, $2, $3, $4)"
                ),
                params![&id, number, day, forged],
            )?;
        }
        let over = [&genuine[..32], &*forged(&id, public, 1, "recovered")].concat();
        tx.exec(sql!("UPDATE sign_in_event SET box = $1 WHERE number = 1"), params![over])
    };
    assert_eq!(world.app.db.write(forge).await, Ok(1));
    let after = lines(&mut ana).await;
    assert_eq!((before.len(), after.len()), (1, 3));
    assert!(before[0].contains("You joined."), "{before:?}");
    assert!(after.iter().all(|line| line.contains("This line does not open.")), "{after:?}");
}

#[tokio::test]
async fn a_line_that_was_moved_to_another_day_is_shown_as_such() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    let moved =
        |tx: &mut Tx<'_>| tx.exec(sql!("UPDATE sign_in_event SET day = $1"), params![20_000]);
    assert_eq!(world.app.db.write(moved).await, Ok::<_, storekit::Error>(1));
    let lines = lines(&mut ana).await;
    assert!(lines[0].contains("This line does not open."), "{lines:?}");
}
