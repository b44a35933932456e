//! A whole instance in a test: a database of its own, a clock that stands until it is moved,
//! chance that is the same in every run, and people with browsers.
//!
//! ```ignore
//! let world = World::new().await;
//! let mut ana = world.person("ana").await;
//! ana.open("/me").await;
//! assert!(ana.page.says("Your sign-in"));
//! ```

mod alone;
mod browser;
pub mod bytes;
mod disk;
pub mod forger;
mod form;
mod group;
mod jar;
mod keys;
pub mod log;
pub mod page;
mod person;
mod scene;
mod seen;

use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use axum::Router;
use sameboat::app::{App, Parts};
use sameboat::clock::{DAY, HOUR};
use sameboat::config::{HostCard, Joining, Settings, Starting};
use sameboat::instance_key::{self, Known};
use sameboat::web::{cookies, stack};
use sameboat::{founding, migrations, routes, tasks};
use seal::{Argon2Cost, Chance, InstanceKey};
use storekit::testing::{START, Start, StoppedClock, TestDb, counted_chance};
use storekit::{Db, Engine, Options, Target};
use tempfile::TempDir;

pub use alone::alone;
pub use browser::{Browser, ask};
pub use form::{Sending, where_words_go};
pub use group::{Group, GroupAnswers};
pub use page::{Page, selector};
pub use person::Person;
pub use scene::{Scene, Who};
pub use seen::Seen;
pub use storekit::testing::Way;

/// The address that the instance publishes: forms come from there.
pub const URL: &str = "https://circle.example";

/// A running instance.
pub struct World {
    /// The application, for what no page shows.
    pub app: App,
    /// What answers.
    pub router: Router,
    /// The clock of all its browsers.
    pub clock: StoppedClock,
    next_address: AtomicU8,
    next_process: AtomicU8,
    seen: Option<Seen>,
    db: TestDb,
    _folder: TempDir,
}

impl World {
    /// An instance with a host card, on the engine that this run of the tests is for.
    pub async fn new() -> World {
        World::on(TestDb::chosen()).await
    }

    /// The same, on this engine.
    pub async fn on(engine: Engine) -> World {
        World::with(engine, |_| {}).await
    }

    /// An instance whose settings were changed.
    pub async fn with(engine: Engine, change: impl FnOnce(&mut Settings)) -> World {
        World::made(engine, Argon2Cost::for_tests(), change).await
    }

    /// An instance in which stretching a passphrase takes long enough for others to come between.
    pub async fn slow() -> World {
        let cost = Argon2Cost::new(19, 1).expect("an allowed cost");
        World::made(TestDb::chosen(), cost, |_| {}).await
    }

    async fn made(engine: Engine, cost: Argon2Cost, change: impl FnOnce(&mut Settings)) -> World {
        log::listen();
        let clock = StoppedClock::at(START);
        let chance = counted_chance(1);
        let start =
            Start { clock: clock.clock(), chance: chance.clone(), ..Start::with(migrations::ALL) };
        let db = TestDb::start(engine, start).await;
        let folder = tempfile::tempdir().expect("a test needs a folder");
        let data = match db.target() {
            Target::Sqlite(file) => file.parent().expect("a file lies in a folder").to_path_buf(),
            Target::Postgres(_) => folder.path().to_path_buf(),
        };
        let mut settings = settings_in(data, folder.path());
        change(&mut settings);
        let mut fill = |buf: &mut [u8]| chance(buf);
        let keys = InstanceKey::random(1, &mut Chance::new(&mut fill));
        let first = Known::of(&keys);
        let known = db.write(move |tx| instance_key::remember(tx, first)).await;
        assert_eq!(known, Ok(first), "the database belongs to this key");
        let app = App::new(Parts {
            settings,
            db: db.clone(),
            keys,
            clock: clock.clock(),
            chance,
            cost,
            pace: Duration::ZERO,
        });
        let router = stack::router(app.clone(), routes::all());
        let (next_address, next_process) = (AtomicU8::new(1), AtomicU8::new(2));
        World { app, router, clock, next_address, next_process, seen: None, db, _folder: folder }
    }

    /// Another process on the same database, with the same key, clock and settings.
    pub async fn another(&self) -> App {
        self.app_on(self.db.another().await)
    }

    /// The same, which comes to the database by this way and with these switches.
    pub async fn another_by(&self, target: &Target, options: Options) -> App {
        self.app_on(self.db.another_by(target, options).await)
    }

    /// Another process whose settings were changed, as what answers.
    pub async fn another_with(&self, change: impl FnOnce(&mut Settings)) -> Router {
        let mut settings = self.app.settings.clone();
        change(&mut settings);
        let keys = InstanceKey::from_file(&self.app.keys.to_file()).expect("a key reads back");
        let app = self.process_with(settings, self.db.another().await, keys);
        stack::router(app, routes::all())
    }

    fn app_on(&self, db: Db) -> App {
        let keys = InstanceKey::from_file(&self.app.keys.to_file());
        self.process(db, keys.expect("a key reads back"))
    }

    /// The same with another key. Each process has chance of its own.
    fn process(&self, db: Db, keys: InstanceKey) -> App {
        self.process_with(self.app.settings.clone(), db, keys)
    }

    fn process_with(&self, settings: Settings, db: Db, keys: InstanceKey) -> App {
        let seed = self.next_process.fetch_add(1, Ordering::Relaxed);
        App::new(Parts {
            settings,
            db,
            keys,
            clock: self.clock.clock(),
            chance: counted_chance(seed.into()),
            cost: self.app.cost,
            pace: Duration::ZERO,
        })
    }

    /// The program once more, with nothing in its memory: as after a crash. Gives back a browser
    /// that talks to it.
    pub async fn started_again(&self) -> Browser {
        let address = IpAddr::V4(Ipv4Addr::new(198, 51, 100, 250));
        let router = stack::router(self.another().await, routes::all());
        Browser::new(router, self.clock.clock(), address)
    }

    /// A browser that has never been here, on a line of its own.
    pub fn browser(&self) -> Browser {
        let number = self.next_address.fetch_add(1, Ordering::Relaxed);
        let address = IpAddr::V4(Ipv4Addr::new(198, 51, 100, number));
        let mut browser = Browser::new(self.router.clone(), self.clock.clock(), address);
        browser.seen = self.seen.clone();
        browser
    }

    /// From now on new browsers remember what they show and send.
    pub fn watch(&mut self) -> Seen {
        self.seen.insert(Seen::default()).clone()
    }

    /// Somebody who joins through the pages with this word, on a device that others use too, and
    /// keeps what the sheet shows.
    pub async fn person(&self, word: &str) -> Person {
        Person::join(self.browser(), word, false).await
    }

    /// The same in a browser that followed a link.
    pub async fn person_in(&self, browser: Browser, word: &str) -> Person {
        Person::join(browser, word, false).await
    }

    /// The same, on a device that only they use.
    pub async fn person_at_home(&self, word: &str) -> Person {
        Person::join(self.browser(), word, true).await
    }

    /// The address of a link that the host made, by which somebody may begin one group.
    pub async fn start_link(&self) -> String {
        let here = self.app.clone();
        let made = self.app.db.write(move |tx| founding::new_link(tx, &here.keys)).await;
        let secret = made.expect("the host can make links");
        format!("/start-link/{}", cookies::encode(secret.expose()))
    }

    /// Time goes by.
    pub fn pass(&self, time: Duration) {
        let micros = i64::try_from(time.as_micros()).expect("a test does not wait for ages");
        self.clock.pass(micros);
    }

    /// Hours go by.
    pub fn pass_hours(&self, hours: i64) {
        self.clock.pass(hours * HOUR);
    }

    /// Days go by.
    pub fn pass_days(&self, days: i64) {
        self.clock.pass(days * DAY);
    }

    /// What the housekeeper does every ten minutes.
    pub async fn sweep(&self) {
        tasks::sweep(&self.app).await.expect("the housekeeper can work");
    }

    /// The database, as the test sees it.
    pub fn db(&self) -> &TestDb {
        &self.db
    }

    /// How many rows a table has.
    pub async fn rows(&self, table: &str) -> usize {
        let dump = self.db.dump().await;
        let found = dump.iter().find(|one| one.name == table);
        found.unwrap_or_else(|| panic!("no table {table}")).rows.len()
    }

    /// The folder where data lies.
    pub fn data(&self) -> &Path {
        &self.app.settings.data
    }
}

/// Settings with a host card, whose key lies beside the data.
pub fn settings_in(data: PathBuf, beside: &Path) -> Settings {
    Settings {
        data,
        listen: ([127, 0, 0, 1], 8080).into(),
        url: URL.to_owned(),
        database: None,
        behind_proxy: false,
        key_file: beside.join("instance.key"),
        leave_to: "https://weather.example/".to_owned(),
        host: Some(HostCard {
            who: "The Test Library".to_owned(),
            reach: "Room 4, on Tuesdays".to_owned(),
            country: "NZ".to_owned(),
            backup_days: 14,
            complain: "The privacy commissioner".to_owned(),
        }),
        joining: Joining::Anyone,
        starting: Starting::Anyone,
        disk: None,
        keep_free: 10,
        backup_key: None,
        gone_list: None,
        test_languages: false,
        stopping: Duration::ZERO,
    }
}
