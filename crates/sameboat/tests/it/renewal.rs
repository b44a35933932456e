//! Somebody knew my passphrase: new keys for everything, and nothing lost.

use axum::http::StatusCode;
use seal::{
    GrantTo, Keyring, MemberSecret, Passphrase, PassphraseTry, PassphraseWrap, Sealed, SignInName,
    grant_unbox, grant_unwrap, name_tag,
};
use storekit::testing::Table;
use storekit::{params, sql};

use crate::agreements::other_place;
use crate::joining::{found, with_another};
use crate::leaving::{Three, page_about};
use crate::notebook::{keep, only_type};
use crate::sharing::{reads, share};
use crate::world::{Person, World};

pub async fn renew(ana: &mut Person) -> Person {
    ana.open("/me").await;
    ana.follow("Somebody knew my passphrase").await;
    let passphrase = ana.page.value("passphrase");
    let old = ana.passphrase.clone();
    ana.fill([("old", &old)]).press("Make my keys new").await;
    assert_eq!(ana.page.heading(), "Your keys are new", "{}", ana.page.text());
    let code = ana.page.texts("#sheet-code").concat();
    Person { browser: ana.browser.clone(), name: ana.name.clone(), passphrase, code }
}

#[tokio::test]
async fn new_keys_open_all_that_the_old_ones_did() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    keep(&mut ana, "page", "as ever").await;
    keep(&mut ana, "goal", "one night a week").await;
    ana.open("/notebook/new?kind=trouble").await;
    only_type(&mut ana, "half a thought").await;
    ana.open("/start/purpose").await;
    ana.fill([("who", "who look after somebody"), ("what-for", "to rest")]).press("Go on").await;
    let before = world.db().dump().await;
    let mut now = renew(&mut ana).await;
    let after = world.db().dump().await;
    for table in ["notebook_page", "draft", "founding", "recovery", "sign_in"] {
        let rows = |all: &[storekit::testing::Table]| {
            all.iter().find(|found| found.name == table).map(|found| found.rows.len())
        };
        assert_eq!(rows(&before), rows(&after), "{table}");
    }
    now.open("/notebook").await;
    assert_eq!(now.page.words(), ["one night a week", "as ever"]);
    now.open("/notebook/new?kind=trouble").await;
    assert_eq!(now.page.value("words"), "half a thought");
    now.open("/start/purpose").await;
    assert_eq!(now.page.value("who"), "look after somebody");
    now.open("/me").await;
    assert!(now.page.says("Your answers so far"));
    assert!(now.page.says("You joined."), "the lines about sign-ins stay");
    assert!(now.page.says("You made all your keys new"));
    let mut tablet = world.browser();
    now.sign_in_on(&mut tablet).await.open("/notebook").await;
    assert_eq!(tablet.page.words(), ["one night a week", "as ever"]);
}

#[tokio::test]
async fn what_the_other_held_opens_nothing_any_more() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    let mut intruder = world.browser();
    ana.sign_in_on(&mut intruder).await;
    keep(&mut ana, "page", "not for you").await;
    renew(&mut ana).await;
    intruder.open("/notebook").await;
    assert_eq!(intruder.page.path, "/sign-in", "their sign-in has ended");
    ana.sign_in_on(&mut intruder).await;
    assert_eq!(intruder.page.status, StatusCode::UNPROCESSABLE_ENTITY, "the passphrase is void");
    let code = ana.code.clone();
    intruder.open("/sign-in/recovery").await;
    intruder.fill([("code", &code)]).press("Let me back in").await;
    assert!(intruder.page.says("This code opens nothing."));
}

#[tokio::test]
async fn the_new_sheet_is_the_way_back() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    keep(&mut ana, "page", "still here").await;
    let now = renew(&mut ana).await;
    let mut phone = world.browser();
    phone.open("/sign-in/recovery").await;
    phone.fill([("code", &now.code)]).press("Let me back in").await;
    assert_eq!(phone.page.heading(), "You are back");
    phone.open("/notebook").await;
    assert_eq!(phone.page.words(), ["still here"]);
}

#[tokio::test]
async fn without_the_passphrase_nothing_changes_and_nothing_typed_is_lost() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    let kept = |dump: Vec<Table>| -> Vec<Table> {
        let told = ["sign_in_event", "used_once"];
        dump.into_iter().filter(|table| !told.contains(&table.name.as_str())).collect()
    };
    let before = kept(world.db().dump().await);
    ana.open("/me/renew").await;
    let offered = ana.page.value("passphrase");
    ana.fill([("old", "not my passphrase at all")]).press("Make my keys new").await;
    assert_eq!(ana.page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(ana.page.issues(), ["That is not your passphrase. Nothing was changed."]);
    assert_eq!(ana.page.value("passphrase"), offered);
    assert_eq!(kept(world.db().dump().await), before);
    ana.open("/me").await;
    let lines = ana.page.texts("#sign_in_event li");
    assert!(lines.iter().any(|line| line.contains("wrong passphrase")), "she can read of the try");
}

#[tokio::test]
async fn words_on_their_way_during_the_change_are_not_sealed_for_nobody() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    ana.open("/notebook/new?kind=page").await;
    let mut late = ana.browser.clone();
    renew(&mut ana).await;
    late.fill([("words", "sent a moment too late")]).press("Keep it").await;
    assert_eq!(late.page.status, StatusCode::UNAUTHORIZED);
    assert!(late.page.says("sent a moment too late"));
    assert_eq!(world.rows("notebook_page").await, 0);
}

#[tokio::test]
async fn a_page_that_somebody_damaged_does_not_hold_the_change_up() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    keep(&mut ana, "page", "whole").await;
    keep(&mut ana, "page", "damaged").await;
    let damage = world.db().write(|tx| {
        let text = storekit::sql!("UPDATE notebook_page SET words = $1 WHERE number = 2");
        tx.exec(text, storekit::params![vec![1_u8; 110]])
    });
    assert_eq!(damage.await, Ok::<_, storekit::Error>(1));
    let mut now = renew(&mut ana).await;
    now.open("/notebook").await;
    assert_eq!(now.page.words(), ["whole"]);
}

/// What somebody with the passphrase, the instance key and a copy of the database holds.
pub async fn ring(world: &World, ana: &Person) -> Keyring {
    let tag = name_tag(&world.app.keys, &SignInName::parse(&ana.name).expect("a name"));
    let read = move |tx: &mut storekit::Tx<'_>| {
        let text = sql!("SELECT id, passphrase, keyring FROM person WHERE name_tag = $1");
        let row = tx.one(text, params![&tag])?;
        let id: [u8; 16] = row.get("id")?;
        Ok::<_, storekit::Error>((id, row.get("passphrase")?, row.get("keyring")?))
    };
    let found: Result<([u8; 16], Vec<u8>, Vec<u8>), _> = world.app.db.read(read).await;
    let (id, wrap, ring) = found.expect("ana's row");
    let passphrase = Passphrase::parse(&ana.passphrase).expect("a passphrase");
    let by = PassphraseTry { person: &id, passphrase: &passphrase, instance: &world.app.keys };
    let key = PassphraseWrap::parse(&wrap).expect("a wrap").unwrap(&by).expect("it is hers");
    Keyring::open(&key, &id, &Sealed::from_bytes(ring)).expect("her ring")
}

/// A grant's row.
struct Grant {
    group: [u8; 16],
    member: [u8; 16],
    epoch: u32,
    boxed: bool,
    bytes: Vec<u8>,
}

impl Grant {
    fn of(row: &storekit::Row) -> Result<Grant, storekit::Error> {
        let epoch: i64 = row.get("epoch")?;
        Ok(Grant {
            group: row.get("group_id")?,
            member: row.get("member_id")?,
            epoch: u32::try_from(epoch).expect("an epoch"),
            boxed: row.get("boxed")?,
            bytes: row.get("bytes")?,
        })
    }

    fn opens_with(&self, secret: &MemberSecret) -> bool {
        let to = GrantTo { group: &self.group, member: &self.member };
        if self.boxed {
            grant_unbox(secret, &to, self.epoch, &self.bytes).is_ok()
        } else {
            grant_unwrap(secret, &to, self.epoch, &self.bytes).is_ok()
        }
    }
}

/// How many of the grants that lie there now a ring opens.
async fn opened_by(world: &World, ring: &Keyring) -> usize {
    let read = |tx: &mut storekit::Tx<'_>| {
        let text = sql!("SELECT group_id, member_id, epoch, boxed, bytes FROM key_grant");
        let rows = tx.all(text, &[])?;
        rows.iter().map(Grant::of).collect::<Result<Vec<_>, storekit::Error>>()
    };
    let grants: Vec<Grant> = world.app.db.read(read).await.expect("grants");
    let opens = |grant: &&Grant| ring.seats().iter().any(|seat| grant.opens_with(&seat.secret));
    grants.iter().filter(opens).count()
}

#[tokio::test]
async fn an_old_copy_of_the_ring_opens_no_key_of_any_group_any_more() {
    let Three { world, mut ana, mut bo, group, .. } = Three::new().await;
    let own = found(&mut ana, "Ana too").await;
    let old = ring(&world, &ana).await;
    assert!(opened_by(&world, &old).await >= 4, "before, it opens everything of hers");
    let epochs = world.rows("epoch").await;
    let mut now = renew(&mut ana).await;
    assert_eq!(world.rows("epoch").await, epochs + 2, "each group turned its key");
    if seal::SEALING {
        assert_eq!(opened_by(&world, &old).await, 0);
    }
    for address in [&group, &own] {
        now.open(address).await;
        assert_eq!(now.page.status, StatusCode::OK, "{address}");
    }
    let mut guest = with_another(&world, &mut bo, &group, "guest", "Guest").await;
    guest.open(&group).await;
    now.open(&format!("{group}/us")).await;
    assert!(now.page.says("Guest"), "a key that was turned by another reaches the new secret");
}

#[tokio::test]
async fn what_was_written_before_stays_readable_with_the_new_keys() {
    let Three { mut ana, mut bo, group, world: _world, .. } = Three::new().await;
    other_place(&mut bo, &group, "The garden behind the school").await;
    let said = share(&mut bo, &group, "said to three of us").await;
    let mut now = renew(&mut ana).await;
    assert!(reads(&mut now, &group, (&said, "said to three of us")).await, "under an earlier key");
    now.open(&format!("{group}/agreement/versions")).await;
    assert_eq!(now.page.texts("ol li").len(), 2);
    page_about(&mut bo, &group, "Ana").await;
    bo.fill([("reason", "You shouted.")]).press("Ask them to leave").await;
    let mut again = renew(&mut now).await;
    let id = group.trim_start_matches("/g/");
    again.open(&format!("/went/{id}")).await;
    assert!(again.page.says("You shouted."), "the envelope is turned too");
}

#[tokio::test]
async fn a_seat_at_a_door_is_still_let_in_after_the_change() {
    let world = World::new().await;
    let mut group = world.group("founder", "The lamps").await;
    let mut rosa = group.knock(&world, "rosa").await;
    let mut now = renew(&mut rosa).await;
    let door = group.address("/door");
    group.founder.open(&door).await;
    group.founder.press("Let them in").await;
    now.open(&group.address("")).await;
    assert_eq!(now.page.status, StatusCode::OK);
}

#[tokio::test]
async fn a_line_that_somebody_damaged_holds_up_no_new_keys_and_goes() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    let damage = |tx: &mut storekit::Tx<'_>| {
        tx.exec(sql!("UPDATE sign_in_event SET box = $1 WHERE number = 1"), params![vec![9u8; 64]])
    };
    world.app.db.write(damage).await.expect("somebody may write to the database");
    ana.open("/me").await;
    let lines = ana.page.texts("#sign_in_event li");
    assert!(lines.concat().contains("This line does not open."), "{lines:?}");
    ana.open("/me/renew").await;
    let old = ana.passphrase.clone();
    ana.fill([("old", &old)]).press("Make my keys new").await;
    ana.open("/me").await;
    let lines = ana.page.texts("#sign_in_event li");
    let gone = ["You joined", "does not open"];
    assert!(!gone.iter().any(|words| lines.concat().contains(words)), "{lines:?}");
    assert!(lines.iter().any(|line| line.contains("You made all your keys new")), "{lines:?}");
}
