//! A backup is the one that was made, and the gone list is whole.

use std::path::Path;

use sameboat::backup::{self, Asked, Departures};

use super::{Desk, empty, lively, put_back};
use crate::world::World;

#[tokio::test]
async fn a_gone_list_that_was_cut_at_its_end_is_refused() {
    let world = World::new().await;
    lively(&world).await;
    let mut cleo = world.person("cleo").await;
    let mut dan = world.person("dan").await;
    let desk = Desk::new(&world).await;
    let list = desk.file("gone");
    sameboat::gone::end_day(&world.app.db, &list, world.app.now())
        .await
        .expect("there is room for a list");
    for who in [&mut cleo, &mut dan] {
        who.open("/me/leave").await;
        let passphrase = who.passphrase.clone();
        who.fill([("old", &passphrase)]).tick("sure").press("Leave for good").await;
        sameboat::gone::deliver(&world.app.db, &list, world.app.now()).await.expect("written");
    }
    let sealed = desk.back_up(&world).await;
    let whole = std::fs::read_to_string(&list).expect("a list");
    let lines: Vec<&str> = whole.split_inclusive('\n').collect();
    for keep in 0..lines.len() {
        std::fs::write(&list, lines[..keep].concat()).expect("written");
        let asked =
            Asked { departures: Departures::List(list.clone()), ..desk.asked(&world, &sealed) };
        let refused = put_back(&empty().await, asked, &world).await;
        assert!(refused.as_ref().is_err_and(|why| why.contains("cut")), "{keep}: {refused:?}");
    }
    std::fs::write(&list, whole).expect("written");
    let asked = Asked { departures: Departures::List(list), ..desk.asked(&world, &sealed) };
    put_back(&empty().await, asked, &world).await.expect("restored");
}

/// Whoever has the public key, and knows the instance key's fingerprint, makes a backup that opens.
#[tokio::test]
async fn a_backup_that_somebody_else_made_is_not_the_one_whose_sum_was_kept() {
    let world = World::new().await;
    lively(&world).await;
    let desk = Desk::new(&world).await;
    let (sealed, forged) = (desk.file("sealed"), desk.file("forged"));
    let made = backup::make(&world.app.db, desk.public, &sealed).await.expect("a backup");
    backup::make(&world.app.db, desk.public, &forged).await.expect("another");
    let to = empty().await;
    let before = to.dump().await;
    let named = |from: &Path| Asked { sha256: Some(made.sha256), ..desk.asked(&world, from) };
    let refused = put_back(&to, named(&forged), &world).await;
    assert!(refused.as_ref().is_err_and(|why| why.contains("whose SHA-256")), "{refused:?}");
    // It is exchanged after it was looked at, and before it is put back.
    let kept = desk.file("kept");
    std::fs::copy(&sealed, &kept).expect("copied");
    let checked = backup::check(named(&sealed), world.app.now()).expect("the right one");
    std::fs::copy(&forged, &sealed).expect("copied");
    let refused = backup::restore(&to, checked).await.map_err(|why| format!("{why:#}"));
    assert!(refused.as_ref().is_err_and(|why| why.contains("another one")), "{refused:?}");
    assert_eq!(to.dump().await, before, "nothing was touched");
    let told = put_back(&to, named(&kept), &world).await.expect("restored");
    assert_eq!(told.sha256, made.sha256);
}

#[tokio::test]
async fn a_list_that_is_older_than_the_backup_or_begins_after_it_is_refused() {
    let world = World::new().await;
    lively(&world).await;
    let desk = Desk::new(&world).await;
    let list = desk.file("gone");
    let (db, now) = (&world.app.db, || world.app.now());
    sameboat::gone::end_day(db, &list, now()).await.expect("written");
    let first = desk.file("first");
    backup::make(db, desk.public, &first).await.expect("a backup");
    let old = std::fs::read_to_string(&list).expect("a list");
    world.pass_days(1);
    sameboat::gone::end_day(db, &list, now()).await.expect("written");
    let second = desk.file("second");
    backup::make(db, desk.public, &second).await.expect("a backup");
    let whole = std::fs::read_to_string(&list).expect("a list");
    assert_eq!(whole.lines().count(), 2, "one line a day");
    let asked = |from: &Path| Asked {
        departures: Departures::List(list.clone()),
        ..desk.asked(&world, from)
    };
    std::fs::write(&list, old).expect("written");
    let refused = put_back(&empty().await, asked(&second), &world).await;
    assert!(refused.as_ref().is_err_and(|why| why.contains("its end was cut off")), "{refused:?}");
    let stopped = sameboat::gone::end_day(db, &list, now()).await;
    assert!(stopped.is_err(), "the running program notices it too, and leaves the list as it is");
    std::fs::remove_file(&list).expect("it was there");
    sameboat::gone::end_day(db, &list, now()).await.expect("a new list");
    let refused = put_back(&empty().await, asked(&first), &world).await;
    assert!(refused.as_ref().is_err_and(|why| why.contains("between is cut off")), "{refused:?}");
    let told = put_back(&empty().await, asked(&second), &world).await.expect("restored");
    assert_eq!(told.known_until, Some(sameboat::clock::day(now())));
}
