//! Somebody can write to the database and lacks the instance key (P26): each row and column of a
//! played group is changed, deleted, doubled, swapped and put back, one at a time. After each it is
//! asked what anybody reads that they may not, and what is shown as somebody's words that are not.

mod accepted;
mod after;
mod ask;
mod eyes;
mod flipped;
mod phrases;
mod play;
mod run;
mod schema;
mod tamper;

use std::collections::BTreeSet;

use sameboat::migrations;

use super::reading::walk;
use ask::{Reader, Seen};
use phrases::PHRASES;
use play::Place;
use run::{Outcome, Watch};

/// What people say to one another.
const TALK: [&str; 4] = ["share", "answer", "worry", "envelope"];

/// What they find out together.
const TOGETHER: [&str; 5] = ["nameless", "cause", "stage", "meeting", "hidden"];

/// Who is in the group.
const KEYS: [&str; 4] = ["groups", "epoch", "key_grant", "member"];

/// What it agreed on, and coming and going.
const WAYS: [&str; 13] = [
    "paper",
    "stance",
    "must_not_meet",
    "newcomer",
    "invitation",
    "door",
    "asking",
    "farewell",
    "departure",
    "coming_back",
    "freezing",
    "parting",
    "start_link",
];

/// People, and the machinery.
const PEOPLE: [&str; 11] = [
    "person",
    "recovery",
    "sign_in",
    "sign_in_event",
    "notebook_page",
    "draft",
    "founding",
    "gone",
    "gone_list",
    "used_once",
    "instance",
];

/// Where it stands who gets keys.
const DECIDES: [&str; 16] = [
    "epoch",
    "key_grant",
    "member",
    "groups",
    "envelope",
    "paper",
    "stance",
    "newcomer",
    "nameless",
    "invitation",
    "door",
    "must_not_meet",
    "coming_back",
    "freezing",
    "parting",
    "departure",
];

async fn tampered_with(tables: &[&str]) {
    let mut watch = Watch::over(tables).await;
    let mut outcome = Outcome::default();
    for table in tables {
        watch.tamper(table, &mut outcome).await;
    }
    outcome.judge(&watch.tables(tables));
}

#[tokio::test]
async fn what_people_say() {
    tampered_with(&TALK).await;
}

#[tokio::test]
async fn what_they_find_out_together() {
    tampered_with(&TOGETHER).await;
}

#[tokio::test]
async fn who_is_in() {
    tampered_with(&KEYS).await;
}

#[tokio::test]
async fn what_was_agreed_and_who_comes_and_goes() {
    tampered_with(&WAYS).await;
}

#[tokio::test]
async fn people_and_machinery() {
    tampered_with(&PEOPLE).await;
}

#[tokio::test]
async fn nobody_gets_a_key_by_it_when_members_write() {
    let mut watch = Watch::over(&[]).await;
    let findings = watch.tamper_and_write(&DECIDES).await;
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

/// What is not read any more is shown as such, and costs nothing else.
#[tokio::test]
async fn one_bit_costs_one_row() {
    let mut watch = Watch::over(&[]).await;
    let all = [&TALK[..], &TOGETHER, &KEYS, &WAYS, &PEOPLE].concat();
    let (flips, trouble) = watch.flip(&all).await;
    assert!(flips > 50, "only {flips} bits");
    assert!(trouble.is_empty(), "{flips} bits:\n{}", flipped::in_lines(&trouble));
}

#[test]
fn every_table_is_tampered_with() {
    let all = [&TALK[..], &TOGETHER, &KEYS, &WAYS, &PEOPLE].concat();
    let all: BTreeSet<&str> = all.into_iter().collect();
    assert_eq!(all, migrations::tables().into_iter().collect());
}

/// What the other tests compare with is true while nothing was changed.
#[tokio::test]
async fn everybody_reads_what_they_may() {
    let place = Place::played().await;
    let reader = Reader::new();
    let mut seen = Seen::default();
    for (who, browser) in &place.people {
        let mut browser = browser.clone();
        let from = ["/me", "/groups", "/notebook", "/joining/waiting"].map(str::to_owned);
        let more = place.at.values().filter(|at| at.starts_with('/')).cloned();
        for page in walk(&mut browser, from.into_iter().chain(more).collect()).await {
            seen.add(who, reader.read(&page));
        }
    }
    let mut wrong = Vec::new();
    for (at, phrase) in PHRASES.iter().enumerate() {
        let reads = |who: &&str| seen.told.contains(&((*who).to_owned(), at));
        let readers: Vec<&str> = place.people.iter().map(|(who, _)| *who).filter(reads).collect();
        if readers != phrase.readers {
            wrong.push(format!("“{}” is read by {readers:?}", phrase.words));
        }
        let names = seen.beside.get(&at).into_iter().flatten();
        let by = phrase.by;
        if !by.is_empty() && !names.clone().any(|names| names.contains(&by)) {
            wrong.push(format!("“{}” never stands beside {by}", phrase.words));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
