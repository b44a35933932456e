//! A disk that is full or read-only, a database that is away: the page says so, nothing is half
//! written, and what was typed can be sent again (P23).

use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use powercut::{Disk, Refuse};
use sameboat::access::Access;
use sameboat::app::App;
use sameboat::routes;
use sameboat::web::{post, stack};
use storekit::{Engine, Options, Target, Waits};
use tokio::time::Instant;

use crate::world::{Page, Person, Way, World};

const CANT_KEEP: &str = "Nothing can be kept just now";
const UNSURE: &str = "We can't say whether that was kept";
const AWAY: &str = "Not reachable just now";

fn router(app: App) -> Router {
    stack::router(app, routes::all())
}

/// Long, so that no room that is left by chance is enough.
fn words() -> String {
    let lines = (0..600).map(|number| format!("{number}: the line was engaged, and I <gave up>."));
    lines.collect::<Vec<_>>().join("\n")[..19_000].to_owned()
}

/// Ana has typed a page and presses the button, in a program that can't keep it.
async fn try_to_keep(world: &World, broken: &Router, words: &str) -> Person {
    let mut ana = world.person("ana").await;
    ana.open("/notebook/new?kind=page").await;
    ana.set_router(broken.clone());
    ana.fill([("words", words)]).press("Keep it").await;
    ana
}

/// Her page says what is the matter and holds all that she typed; when it is over she sends that
/// page, and it is kept once.
async fn send_again(world: &World, ana: &mut Person, mended: &Router, words: &str) {
    assert!(ana.page.says("Your words are still here"));
    assert_eq!(ana.page.value("words"), words);
    ana.set_router(mended.clone());
    ana.press("Send it again").await;
    assert_eq!(ana.page.heading(), "My notebook");
    assert_eq!(world.rows("notebook_page").await, 1);
    let leaf = ana.page.links().into_iter().find(|link| link.len() == "/notebook/".len() + 32);
    ana.open(&leaf.expect("one page")).await;
    let kept = words.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(ana.page.words(), [kept]);
}

/// In this program nothing can be kept. What is there can be read, and leaving fast works.
async fn nothing_is_kept(world: &World, broken: App) {
    let (broken, words) = (router(broken), words());
    let mut ana = world.person("ben").await;
    let before = world.db().dump().await;
    ana.set_router(broken.clone());
    ana.open("/notebook/new?kind=page").await;
    assert_eq!(ana.page.status, StatusCode::OK, "what is there can be read");
    ana.fill([("words", &words)]).press("Keep it").await;
    assert_eq!(ana.page.status, StatusCode::INSUFFICIENT_STORAGE);
    assert_eq!(ana.page.heading(), CANT_KEEP);
    assert!(ana.page.says("What you just sent was not kept. Please tell whoever runs this."));
    assert_eq!(world.db().dump().await, before, "nothing is half written");
    send_again(world, &mut ana, &world.router, &words).await;
    ana.set_router(broken);
    let once = ana.once();
    ana.post("/leave", &[("once", &once)]).await;
    assert_eq!(ana.page.status, StatusCode::OK);
    assert!(ana.page.headers.contains_key("clear-site-data"), "leaving fast works all the same");
}

/// The folder in which the file of an instance lies.
fn file(world: &World) -> Option<&Target> {
    (world.db().engine() == Engine::Sqlite).then(|| world.db().target())
}

#[tokio::test]
async fn a_database_that_may_not_grow_says_so_and_gives_the_words_back() {
    let world = World::new().await;
    let Some(target) = file(&world) else { return };
    let options = Options { most_pages: Some(1), ..Options::default() };
    nothing_is_kept(&world, world.another_by(target, options).await).await;
}

#[tokio::test]
async fn a_full_and_a_read_only_disk_say_so_and_give_the_words_back() {
    for refuse in [Refuse::Growing, Refuse::Writing] {
        let world = World::new().await;
        let Some(target) = file(&world) else { return };
        let disk = Disk::new(world.data()).expect("a folder can be watched");
        let options = Options { vfs: Some(powercut::VFS.to_owned()), ..Options::default() };
        let broken = world.another_by(target, options).await;
        // No room is left in the log either.
        world.db().checkpoint().await.expect("nobody is looking");
        disk.refuse(Some(refuse));
        nothing_is_kept(&world, broken).await;
    }
}

/// A server that was demoted takes no writes: it is away until somebody else leads. What is there can
/// be read.
#[tokio::test]
async fn a_server_that_takes_no_writes_is_away_and_gives_the_words_back() {
    let world = World::new().await;
    let Target::Postgres(url) = world.db().target() else { return };
    let mark = if url.contains('?') { '&' } else { '?' };
    let read_only = format!("{url}{mark}options=-c%20default_transaction_read_only%3Don");
    let broken = world.another_by(&Target::Postgres(read_only), Options::default()).await;
    let (broken, words) = (router(broken), words());
    let mut ana = try_to_keep(&world, &broken, &words).await;
    assert_eq!(ana.page.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(ana.page.heading(), AWAY);
    let mut reading = ana.browser.clone();
    reading.open("/notebook").await;
    assert_eq!(reading.page.status, StatusCode::OK, "what is there can be read");
    assert_eq!(not_ready(&world, &broken).await, StatusCode::SERVICE_UNAVAILABLE);
    send_again(&world, &mut ana, &world.router, &words).await;
}

/// `cannot use serializable mode in a hot standby`, at the BEGIN of a write.
#[tokio::test]
async fn a_server_that_was_demoted_is_away_and_gives_the_words_back() {
    let world = World::new().await;
    if world.db().engine() == Engine::Sqlite {
        return;
    }
    let way = Way::to(world.db().target()).await;
    let here = router(world.another_by(way.target(), Options::default()).await);
    way.be_a_copy(true);
    let words = words();
    let mut ana = try_to_keep(&world, &here, &words).await;
    assert_eq!(ana.page.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(ana.page.heading(), AWAY);
    assert_eq!(not_ready(&world, &here).await, StatusCode::SERVICE_UNAVAILABLE);
    way.be_a_copy(false);
    assert_eq!(not_ready(&world, &here).await, StatusCode::OK);
    send_again(&world, &mut ana, &here, &words).await;
}

/// What `/ready` says, which must not take long in any state.
async fn not_ready(world: &World, router: &Router) -> StatusCode {
    let mut probe = world.browser();
    probe.set_router(router.clone());
    let began = Instant::now();
    probe.open("/ready").await;
    assert!(began.elapsed() < Duration::from_secs(4), "{:?}", began.elapsed());
    probe.page.status
}

/// The database takes calls and says nothing, as one that was paused: whoever writes gets their words
/// back, help and leaving fast come at once, and nobody is sent here.
#[tokio::test]
async fn while_the_database_says_nothing_help_comes_at_once_and_words_come_back() {
    let world = World::new().await;
    if world.db().engine() == Engine::Sqlite {
        return;
    }
    let way = Way::to(world.db().target()).await;
    let short = Duration::from_millis(1_500);
    let waits = Waits { host: short, begin: short, statement: short, ..Waits::default() };
    let options = Options { waits, ..Options::default() };
    let here = router(world.another_by(way.target(), options).await);
    let words = words();
    let mut ana = world.person("ana").await;
    ana.open("/notebook/new?kind=page").await;
    let typed = ana.page.clone();
    ana.set_router(here.clone());
    way.fall_silent();
    for address in ["/help-now", "/this-device", "/host", "/", "/sign-in", "/begin"] {
        let began = Instant::now();
        ana.open(address).await;
        assert_eq!(ana.page.status, StatusCode::OK, "{address}");
        let said = ana.page.texts("footer").concat();
        assert!(said.contains("Your sign-in can't be looked up just now."), "{address}: {said}");
        assert!(began.elapsed() < Duration::from_secs(4), "{address} {:?}", began.elapsed());
    }
    assert_eq!(not_ready(&world, &here).await, StatusCode::SERVICE_UNAVAILABLE);
    let mut leaving = ana.browser.clone();
    let began = Instant::now();
    leaving.post("/leave", &[("once", "")]).await;
    assert!(leaving.page.headers.contains_key("clear-site-data"), "leaving fast works");
    assert!(began.elapsed() < Duration::from_secs(6), "{:?}", began.elapsed());
    ana.page = typed;
    ana.fill([("words", &words)]).press("Keep it").await;
    assert_eq!(ana.page.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(ana.page.heading(), AWAY);
    way.speak_again();
    send_again(&world, &mut ana, &here, &words).await;
    assert_eq!(not_ready(&world, &here).await, StatusCode::OK);
}

async fn never() -> StatusCode {
    std::future::pending().await
}

async fn taken() -> StatusCode {
    StatusCode::OK
}

/// Whatever gives a form up stands within what holds it: nobody's words are lost to a limit.
#[tokio::test]
async fn who_is_given_up_or_is_one_too_many_gets_the_words_back() {
    let world = World::new().await;
    let routes = vec![post("/never", Access::Anyone, never), post("/taken", Access::Anyone, taken)];
    let mut ana = world.browser();
    let soon = Duration::from_millis(200);
    ana.set_router(stack::router_within(soon, world.app.clone(), routes));
    let words = words();
    let form = [("once", "AAEC"), ("words", words.as_str())];
    let given_back = |page: &Page| {
        assert!(page.says("Your words are still here"), "{}", page.heading());
        assert_eq!(page.value("words"), words);
        assert!(page.says("Send it again"));
    };
    ana.post("/never", &form).await;
    assert_eq!(ana.page.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(ana.page.heading(), UNSURE);
    given_back(&ana.page);
    while ana.page.status != StatusCode::TOO_MANY_REQUESTS {
        ana.post("/taken", &form).await;
    }
    given_back(&ana.page);
}

#[tokio::test]
async fn while_the_database_is_away_pages_say_so_and_words_can_be_sent_when_it_is_back() {
    let world = World::new().await;
    if world.db().engine() == Engine::Sqlite {
        return;
    }
    let mut way = Way::to(world.db().target()).await;
    let here = router(world.another_by(way.target(), Options::default()).await);
    way.shut().await;
    let words = words();
    let mut ana = try_to_keep(&world, &here, &words).await;
    assert_eq!(ana.page.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(ana.page.heading(), AWAY);
    assert!(ana.page.says("Nothing is lost that was kept before. Try again in a minute."));
    let typed = ana.page.clone();
    ana.open("/notebook").await;
    assert_eq!(
        (ana.page.status, ana.page.heading()),
        (StatusCode::SERVICE_UNAVAILABLE, AWAY.into())
    );
    let mut leaving = ana.browser.clone();
    leaving.post("/leave", &[("once", "")]).await;
    assert!(leaving.page.headers.contains_key("clear-site-data"), "leaving fast works");
    let mut passing_by = world.browser();
    passing_by.set_router(here.clone());
    passing_by.open("/").await;
    assert_eq!(passing_by.page.status, StatusCode::OK, "whoever only looks in sees the front page");
    assert_eq!(world.rows("notebook_page").await, 0);
    way.open_again().await;
    ana.page = typed;
    send_again(&world, &mut ana, &here, &words).await;
}

/// The commit went through, and nobody could be told: sent again, it makes one thing.
#[tokio::test]
async fn a_line_that_breaks_after_the_commit_doubles_nothing() {
    let world = World::new().await;
    if world.db().engine() == Engine::Sqlite {
        return;
    }
    let way = Way::to(world.db().target()).await;
    let here = router(world.another_by(way.target(), Options::default()).await);
    way.swallow_the_next_answer();
    let words = words();
    let mut ana = try_to_keep(&world, &here, &words).await;
    assert_eq!(ana.page.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(ana.page.heading(), UNSURE);
    assert!(ana.page.says("It may be kept, or not."));
    assert_eq!(world.rows("notebook_page").await, 1, "it did get through");
    send_again(&world, &mut ana, &here, &words).await;
}

/// A passphrase is not put on a page to be sent again, so there is no such button.
#[tokio::test]
async fn a_form_with_a_secret_in_it_is_not_given_back() {
    let world = World::new().await;
    let mut ana = world.browser();
    ana.open("/join").await;
    world.app.db.close().await;
    let secret = "teapot glacier whispering lantern";
    ana.fill([("own-passphrase", secret)]).press("Make my sign-in").await;
    assert_eq!(ana.page.heading(), AWAY);
    assert!(!ana.page.body.contains("teapot") && !ana.page.has("main form"));
}
