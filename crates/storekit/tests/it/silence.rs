//! A server that says nothing: paused, cut off, demoted. Whoever waits is told soon, no connection is
//! held for ever, and what may have been kept is said so. On PostgreSQL alone.
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use storekit::testing::{START, TestDb, Way, counted_chance};
use storekit::{Db, Error, Options, Settings, Target, Tx, Waits, params, sql};
use tokio::time::{Instant, timeout};

use crate::{add, count, is_sqlite, notes};

/// So soon everybody must have been told, with the waits below.
const SOON: Duration = Duration::from_secs(20);

fn impatient() -> Options {
    let short = Duration::from_millis(700);
    let waits = Waits {
        place: Duration::from_secs(8),
        host: short,
        begin: short,
        statement: short,
        long: short,
        commit: short,
        step: short,
    };
    Options { waits, ..Options::default() }
}

async fn by_way(db: &TestDb) -> (Way, Db) {
    let way = Way::to(db.target()).await;
    let here = db.another_by(way.target(), impatient()).await;
    (way, here)
}

fn is_away<T>(answer: &Result<T, Error>) -> bool {
    matches!(answer, Err(Error::Lost(_) | Error::Busy))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_falls_silent_holds_nobody_and_no_connection() {
    if is_sqlite() {
        return;
    }
    let db = notes().await;
    let (way, here) = by_way(&db).await;
    assert_eq!(add(&here, 1, "before").await, Ok(1));
    way.fall_silent();
    let began = Instant::now();
    let writes: Vec<_> = (2..14)
        .map(|id| {
            let here = here.clone();
            tokio::spawn(async move { add(&here, id, "meanwhile").await })
        })
        .collect();
    let look = here.read(|tx| tx.all(sql!("SELECT id FROM note"), params![]).map(drop));
    let long = here.read_long(|tx| tx.all(sql!("SELECT id FROM note"), params![]).map(drop));
    let all = async {
        for write in writes {
            assert!(is_away(&write.await.expect("no panic")));
        }
        assert!(is_away(&look.await));
        assert!(is_away(&long.await));
        assert!(is_away(&here.listen().await));
        assert!(is_away(&here.tell("news", "").await));
        assert!(is_away(&here.could_write().await));
        assert!(is_away(&here.migrate(crate::NOTES).await));
    };
    timeout(SOON, all).await.expect("everybody is told");
    assert!(began.elapsed() < SOON);
    way.speak_again();
    assert_eq!(add(&here, 20, "after").await, Ok(1), "and no connection is lost to it");
    assert_eq!(here.could_write().await, Ok(()));
}

fn one_more(tx: &mut Tx<'_>, id: i64) -> Result<(), Error> {
    let text = sql!("INSERT INTO note (group_id, id, body) VALUES (1, $1, 'a')");
    tx.exec(text, params![id]).map(drop)
}

/// Whether a write that hears nothing from its second statement on is told so, and not kept.
#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_hears_nothing_in_its_middle_is_not_kept() {
    if is_sqlite() {
        return;
    }
    let db = notes().await;
    let (way, here) = by_way(&db).await;
    let (begun, first) = mpsc::channel();
    let (go, silent) = mpsc::channel::<()>();
    let ran = Arc::new(AtomicBool::new(false));
    let again = ran.clone();
    let writing = tokio::spawn(async move {
        here.write(move |tx| {
            assert!(!again.swap(true, Ordering::SeqCst), "it is run once");
            one_more(tx, 1)?;
            begun.send(()).expect("the test waits");
            silent.recv().expect("the test says when");
            one_more(tx, 2)
        })
        .await
    });
    tokio::task::spawn_blocking(move || first.recv()).await.expect("no panic").expect("it began");
    way.fall_silent();
    go.send(()).expect("it waits");
    let told = timeout(SOON, writing).await.expect("it is told").expect("no panic");
    assert_eq!(told, Err(Error::Lost("no answer in time".into())));
    assert_eq!(count(&db).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_that_nobody_answers_is_said_to_be_kept_or_not() {
    if is_sqlite() {
        return;
    }
    let db = notes().await;
    let (way, here) = by_way(&db).await;
    way.fall_silent_after_the_next_commit();
    let told = timeout(SOON, add(&here, 1, "a")).await.expect("it is told");
    assert_eq!(told, Err(Error::Unsure("no answer in time".into())));
    assert_eq!(count(&db).await, 1, "this one was kept");
    way.speak_again();
    way.swallow_the_next_answer();
    let told = timeout(SOON, add(&here, 2, "b")).await.expect("it is told");
    assert!(matches!(told, Err(Error::Unsure(_))), "{told:?}");
    assert_eq!(count(&db).await, 2);
    assert_eq!(add(&here, 3, "c").await, Ok(1));
}

/// `cannot use serializable mode in a hot standby` is no mistake of the program.
#[tokio::test]
async fn a_server_that_was_demoted_is_away() {
    if is_sqlite() {
        return;
    }
    let db = notes().await;
    let (way, here) = by_way(&db).await;
    assert_eq!(add(&here, 1, "before").await, Ok(1));
    way.be_a_copy(true);
    for _ in 0..6 {
        assert_eq!(add(&here, 2, "meanwhile").await, Err(Error::Lost("0A000".into())));
        assert_eq!(here.could_write().await, Err(Error::Lost("0A000".into())));
    }
    way.be_a_copy(false);
    assert_eq!(add(&here, 2, "after").await, Ok(1));
}

#[tokio::test]
async fn a_server_that_takes_no_writes_is_away_for_who_writes_and_can_be_read() {
    if is_sqlite() {
        return;
    }
    let db = notes().await;
    let Target::Postgres(url) = db.target() else { panic!("it is PostgreSQL") };
    let mark = if url.contains('?') { '&' } else { '?' };
    let read_only = format!("{url}{mark}options=-c%20default_transaction_read_only%3Don");
    let here = db.another_by(&Target::Postgres(read_only), impatient()).await;
    assert_eq!(count(&here).await, 0);
    assert_eq!(add(&here, 1, "a").await, Err(Error::Lost("25006".into())));
    assert!(matches!(here.could_write().await, Err(Error::Lost(_))));
    let look = here.read(|tx| {
        tx.exec(sql!("INSERT INTO note (group_id, id, body) VALUES (1, 1, 'a')"), params![])
    });
    assert_eq!(look.await, Err(Error::ReadOnly), "a look that writes is a mistake");
}

/// The first host of the address takes the call and says nothing.
#[tokio::test]
async fn of_several_hosts_the_one_that_answers_and_takes_writes_is_used() {
    if is_sqlite() {
        return;
    }
    let db = notes().await;
    let (one, two) = (Way::to(db.target()).await, Way::to(db.target()).await);
    one.fall_silent();
    let Target::Postgres(url) = one.target() else { panic!("it is PostgreSQL") };
    let both = format!("{},{}", one.here(), two.here());
    let url = url.replace(&one.here().to_string(), &both);
    let settings = Settings {
        target: Target::Postgres(url),
        clock: Arc::new(|| START),
        chance: counted_chance(1),
        pool: 2,
    };
    let here = timeout(SOON, Db::open_with(settings, impatient())).await;
    let here = here.expect("soon").expect("the second host answers");
    assert_eq!(add(&here, 1, "a").await, Ok(1));
    // The leader changes: the other one wakes up, and this one says nothing more.
    one.speak_again();
    two.fall_silent();
    let mut kept = Err(Error::Busy);
    let began = Instant::now();
    while kept.is_err() && began.elapsed() < SOON {
        kept = add(&here, 2, "b").await;
    }
    assert_eq!(kept, Ok(1));
    assert_eq!(count(&db).await, 2);
}

#[tokio::test]
async fn the_server_says_who_else_has_a_write_when_it_is_answered() {
    let db = notes().await;
    let about = db.about_server().await.expect("it says");
    let Some(about) = about else { return assert!(is_sqlite()) };
    assert_eq!((about.hosts, &*about.synchronous_commit), (1, "on"));
    assert!(about.version.starts_with(|c: char| c.is_ascii_digit()), "{}", about.version);
    assert!(!about.patroni && about.synchronous_standby_names.is_empty());
}
