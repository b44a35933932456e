//! The key turns while others write.

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use storekit::Value;
use storekit::testing::Table;
use tokio::task::JoinSet;

use super::{Three, leave, random};
use crate::joining::{knock, link};
use crate::sharing::share;
use crate::world::{Page, Person, ask};

/// A form, ready to be sent.
async fn form(
    person: &mut Person,
    address: &str,
    button: &str,
    typed: (&str, &str),
) -> Request<Body> {
    person.open(address).await;
    let form = person.fill([typed]).ready("main", button);
    person.form(&form)
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
