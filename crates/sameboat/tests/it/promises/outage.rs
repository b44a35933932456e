//! A disk that is full or read-only, a database that is away: the page says so, nothing is half
//! written, and what was typed can be sent again (P23).

use axum::Router;
use axum::http::StatusCode;
use powercut::{Disk, Refuse};
use sameboat::app::App;
use sameboat::routes;
use sameboat::web::stack;
use storekit::{Engine, Options, Target};

use crate::world::{Person, Way, World};

const CANT_KEEP: &str = "Nothing can be kept just now";
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

#[tokio::test]
async fn a_server_that_takes_no_writes_says_so_and_gives_the_words_back() {
    let world = World::new().await;
    let Target::Postgres(url) = world.db().target() else { return };
    let mark = if url.contains('?') { '&' } else { '?' };
    let read_only = format!("{url}{mark}options=-c%20default_transaction_read_only%3Don");
    let broken = world.another_by(&Target::Postgres(read_only), Options::default()).await;
    nothing_is_kept(&world, broken).await;
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
    assert_eq!(ana.page.heading(), AWAY);
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
