//! The key turns while others write.

use std::sync::mpsc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use storekit::testing::Table;
use storekit::{Db, Engine, Error, Value, params, sql};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::task::JoinSet;

use super::{Three, leave, random};
use crate::joining::{knock, let_in, link};
use crate::sharing::share;
use crate::world::{Page, Person, ask};

/// A form, ready to be sent.
async fn form(
    person: &mut Person,
    address: &str,
    button: &str,
    typed: (&str, &str),
) -> Request<Body> {
    form_and_key(person, address, button, typed).await.0
}

/// The same, and the number of its one-time key.
async fn form_and_key(
    person: &mut Person,
    address: &str,
    button: &str,
    typed: (&str, &str),
) -> (Request<Body>, Vec<u8>) {
    person.open(address).await;
    let form = person.fill([typed]).ready("main", button);
    let key = form.fields.iter().find(|(name, _)| name == "once").expect("a key");
    let key = URL_SAFE_NO_PAD.decode(&key.1).expect("base64");
    (person.form(&form), key[..16].to_vec())
}

/// Sends them all at the same moment.
async fn at_once(router: &Router, requests: Vec<Request<Body>>) -> Vec<Page> {
    let mut all = JoinSet::new();
    for (at, request) in requests.into_iter().enumerate() {
        let router = router.clone();
        all.spawn(async move { (at, ask(&router, request).await) });
    }
    let mut pages = all.join_all().await;
    pages.sort_by_key(|(at, _)| *at);
    pages.into_iter().map(|(_, page)| page).collect()
}

/// The number of the group's key under which a row's words stand, if it is the group's.
fn epoch(words: &Value) -> Option<u32> {
    const OF_A_GROUP: u8 = 3;
    let Value::Blob(words) = words else { panic!("sealed words") };
    let number = words[2..6].try_into().expect("four bytes");
    (words[1] == OF_A_GROUP).then(|| u32::from_be_bytes(number))
}

/// Nobody who came in since can open what was said beside the newest share.
fn check_answers(dump: &[Table]) {
    let shares = random::one(dump, "share");
    let newest = shares.iter().max_by_key(|row| random::number(&row["number"])).expect("a share");
    for answer in random::one(dump, "answer").iter().filter(|row| row["share_id"] == newest["id"]) {
        let opens = epoch(&answer["words"]).is_some_and(|own| Some(own) > epoch(&newest["words"]));
        assert!(!opens, "whoever came in can open an answer to an earlier share");
    }
}

/// Whoever was let through a moment before the key turned seals under the new key, for those who
/// may read it, and loses nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_is_sealed_under_a_key_that_turned_meanwhile() {
    let Three { world, mut ana, mut bo, mut cy, group } = Three::new().await;
    for round in 0..8 {
        let said = share(&mut ana, &group, "said before anybody came").await;
        let link = link(&mut ana, &group).await;
        let mut guest = world.person("guest").await;
        knock(&mut guest, &link, "Guest", &[]).await;
        let (journey, wolf) = (format!("{group}/journey"), format!("Wolf {round}"));
        let mut requests = Vec::new();
        for stage in ["beginning", "beginning", "beginning"] {
            let named = form(&mut bo, &journey, "This is where we are", ("stage", stage));
            requests.push(named.await);
            requests.push(form(&mut bo, &said, "Send it", ("words", "an answer")).await);
        }
        let list = format!("{group}/must-not-meet");
        requests.push(form(&mut cy, &list, "Keep this list", ("must-not-meet", &wolf)).await);
        ana.open(&format!("{group}/door")).await;
        let letting = ana.ready("article", "Let them in");
        requests.insert(2, ana.form(&letting));
        let pages = at_once(&world.router, requests).await;
        assert!(pages.iter().all(|page| !page.status.is_server_error()));
        let dump = world.db().dump().await;
        let tables = ["member", "nameless", "stage", "must_not_meet"];
        random::check_tables(&dump, &tables, "somebody came in");
        check_answers(&dump);
        if pages.last().is_some_and(|page| page.status.is_redirection()) {
            cy.open(&list).await;
            assert_eq!(cy.page.value("must-not-meet").trim(), wolf, "a list was lost");
        }
        leave(&mut guest, &group, "with-name").await;
    }
}

/// Takes up the keys of these forms and keeps them open, so that whoever sends one waits in the
/// middle of their write; until it is told to let them go.
async fn hold(db: Db, forms: Vec<Vec<u8>>, held: UnboundedSender<()>, until: mpsc::Receiver<()>) {
    let undone: Result<(), Error> = db
        .write(move |tx| {
            for form in &forms {
                let key = sql!("INSERT INTO used_once (id, day) VALUES ($1, 20000)");
                tx.exec(key, params![&form[..]])?;
            }
            held.send(()).expect("somebody waits for it");
            until.recv().expect("somebody lets them go");
            Err(Error::Busy)
        })
        .await;
    assert_eq!(undone, Err(Error::Busy));
}

/// How many writes wait for another one.
async fn waiting(db: &Db) -> Result<usize, Error> {
    let count = sql!(
        "SELECT COUNT(*) AS n FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock'"
    );
    db.read(|tx| tx.one(count, params![])?.get("n")).await
}

/// The same with nothing left to chance. SQLite lets one write at a time, so nobody waits in theirs.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_waits_in_the_middle_of_a_write_while_the_key_turns_seals_under_the_new_one() {
    let Three { world, mut ana, mut bo, mut cy, group } = Three::new().await;
    if world.db().engine() == Engine::Sqlite {
        return;
    }
    let said = share(&mut ana, &group, "said before anybody came").await;
    let link = link(&mut ana, &group).await;
    knock(&mut world.person("guest").await, &link, "Guest", &[]).await;
    let (journey, list) = (format!("{group}/journey"), format!("{group}/must-not-meet"));
    let (mut forms, mut keys) = (Vec::new(), Vec::new());
    for (who, address, button, typed) in [
        (&mut bo, &journey, "This is where we are", ("stage", "beginning")),
        (&mut ana, &said, "Send it", ("words", "an answer")),
        (&mut cy, &list, "Keep this list", ("must-not-meet", "Wolf")),
    ] {
        let (form, key) = form_and_key(who, address, button, typed).await;
        forms.push(form);
        keys.push(key);
    }
    let (watch, mut at_work) = (world.db().another().await, JoinSet::new());
    let ((taken, mut held), (let_go, until)) = (unbounded_channel(), mpsc::channel());
    at_work.spawn(hold(world.db().another().await, keys, taken, until));
    held.recv().await.expect("they are held");
    let (router, mut sent) = (world.router.clone(), JoinSet::new());
    sent.spawn(async move { at_once(&router, forms).await });
    let mut tries = 0;
    while waiting(&watch).await != Ok(3) {
        tries += 1;
        assert!(tries < 1_000, "{:?} of three wait", waiting(&watch).await);
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let_in(&mut ana, &group).await;
    let_go.send(()).expect("somebody holds them");
    let pages = sent.join_all().await.remove(0);
    at_work.join_all().await;
    assert!(pages.iter().all(|page| page.status.is_redirection()));
    let dump = world.db().dump().await;
    random::check_tables(&dump, &["member", "stage", "must_not_meet"], "somebody came in");
    check_answers(&dump);
    cy.open(&list).await;
    assert_eq!(cy.page.value("must-not-meet").trim(), "Wolf", "a list was lost");
}
