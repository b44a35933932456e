//! An upgrade that is killed at any step leaves a database that the next start brings up to date,
//! with all that was written before (P22).

use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, ExitStatus};
use std::time::Duration;

use powercut::{Disk, Loss};
use sameboat::app::{App, Parts};
use sameboat::config::Settings;
use sameboat::web::stack;
use sameboat::{clock, migrations, random, routes, start};
use seal::{Argon2Cost, InstanceKey};
use storekit::testing::{Moment, Table, TestDb, dump, end_at};
use storekit::{Db, Engine, Error, Options, Target, Tx, params, sql};
use tempfile::TempDir;

use crate::world::{Browser, settings_in};

const TEST: &str = "promises::upgrade::an_upgrade_killed_at_any_step_is_finished_by_the_next_start";
const ORDER: &str = "SAMEBOAT_TEST_UPGRADE";
const KILLED: i32 = 6;

/// Where an instance lies that is upgraded.
struct Place {
    settings: Settings,
    _server: Option<TestDb>,
    _folder: TempDir,
}

impl Place {
    async fn new(engine: Engine) -> Place {
        let folder = tempfile::tempdir().expect("a folder");
        let data = folder.path().join("data");
        std::fs::create_dir(&data).expect("a folder");
        let server = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(TestDb::postgres().await),
        };
        let database = server.as_ref().map(|server| match server.target() {
            Target::Postgres(url) => url.clone(),
            Target::Sqlite(_) => panic!("it was to be a server"),
        });
        let settings = Settings { database, ..settings_in(data, folder.path()) };
        Place { settings, _server: server, _folder: folder }
    }

    async fn open(&self, options: Options) -> Db {
        open(self.settings.target(), options).await
    }
}

async fn open(target: Target, options: Options) -> Db {
    let (clock, chance) = (clock::system(), random::system());
    let settings = storekit::Settings { target, clock, chance, pool: 2 };
    Db::open_with(settings, options).await.expect("it opens")
}

/// What somebody wrote when the program knew so many migrations.
fn write_before(tx: &mut Tx<'_>, known: usize) -> Result<(), Error> {
    let (ana, some) = ([7_u8; 16], [9_u8; 64]);
    if known >= 1 {
        tx.exec(
            sql!(
                "INSERT INTO person (id, name_tag, public_key, passphrase, keyring, words, joined_day)
                 VALUES ($1, $2, $2, $2, $2, $2, 20000)"
            ),
            params![&ana[..], &some[..]],
        )?;
        tx.exec(sql!("INSERT INTO used_once (id, day) VALUES ($1, 20000)"), params![&ana[..]])?;
    }
    if known >= 2 {
        tx.exec(
            sql!(
                "INSERT INTO notebook_page (person_id, id, number, day, words)
                 VALUES ($1, $1, 1, 20000, $2)"
            ),
            params![&ana[..], &some[..]],
        )?;
    }
    // The first steps with a table of groups, and with one that has no column for the epoch.
    let without_epoch = migrations::names().iter().position(|name| *name == "0017_epochs");
    if known > without_epoch.expect("the step is there") {
        tx.exec(
            sql!("INSERT INTO groups (group_id, begun_day, outside) VALUES ($1, 20000, $2)"),
            params![&ana[..], &some[..]],
        )?;
    } else if known >= 3 {
        tx.exec(
            sql!(
                "INSERT INTO groups (group_id, epoch, begun_day, outside) VALUES ($1, 1, 20000, $2)"
            ),
            params![&ana[..], &some[..]],
        )?;
    }
    Ok(())
}

async fn applied(db: &Db) -> usize {
    dump(db)
        .await
        .iter()
        .find(|table| table.name == "migration")
        .map_or(0, |table| table.rows.len())
}

/// What people wrote: every table that holds something, but for the list of migrations.
async fn written(db: &Db) -> Vec<Table> {
    let all = dump(db).await.into_iter();
    all.filter(|table| table.name != "migration" && !table.rows.is_empty()).collect()
}

/// Whether a table has all rows that it had before, in the columns that there are still.
fn holds(now: &Table, before: &Table) -> bool {
    let stays = |column: &&String| now.columns.contains(column);
    let both: Vec<&String> = before.columns.iter().filter(stays).collect();
    let rows = |table: &Table| {
        let at = |name: &String| table.columns.iter().position(|known| known == name);
        let places: Vec<usize> = both.iter().filter_map(|name| at(name)).collect();
        let row = |row: &Vec<storekit::Value>| {
            places.iter().map(|at| row[*at].clone()).collect::<Vec<_>>()
        };
        table.rows.iter().map(row).collect::<Vec<_>>()
    };
    now.name == before.name && !both.is_empty() && rows(now) == rows(before)
}

/// Starts the program as people start it. All is there that was, and somebody can join.
async fn starts_and_serves(settings: &Settings, before: &[Table]) {
    let app = start::open(settings.clone()).await.expect("the next start works");
    assert_eq!(applied(&app.db).await, migrations::ALL.len());
    let after = dump(&app.db).await;
    let kept = |table: &Table| after.iter().any(|now| holds(now, table));
    assert!(before.iter().all(kept), "something is lost");
    let keys = InstanceKey::from_file(&app.keys.to_file()).expect("a key reads back");
    let cheap = App::new(Parts {
        settings: app.settings.clone(),
        db: app.db.clone(),
        keys,
        clock: clock::system(),
        chance: random::system(),
        cost: Argon2Cost::for_tests(),
        pace: Duration::ZERO,
    });
    let router = stack::router(cheap, routes::all());
    let mut ben = Browser::new(router, clock::system(), [198, 51, 100, 1].into());
    ben.open("/join").await;
    ben.press("Make my sign-in").await;
    assert!(ben.page.has("#sheet-name"), "{}", ben.page.text());
    app.db.close().await;
}

/// Runs the upgrade in a process of its own, which ends by itself at this moment.
fn upgrade_and_die(place: &Place, name: &str, moment: Moment) -> ExitStatus {
    let target = match place.settings.target() {
        Target::Sqlite(file) => file.to_str().expect("a plain path").to_owned(),
        Target::Postgres(url) => url,
    };
    let order = format!("{name} {moment:?} {target}");
    let program = std::env::current_exe().expect("this test is a program");
    let done = Command::new(program).args(["--exact", TEST]).env(ORDER, order).output();
    done.expect("a program can be run").status
}

/// What such a process does.
async fn follow(order: &str) {
    let mut words = order.splitn(3, ' ').map(str::to_owned);
    let mut next = || words.next().expect("name, moment, target");
    let (name, moment, target) = (next(), next(), next());
    let moments = [Moment::Ran, Moment::Kept];
    let moment = moments.into_iter().find(|one| format!("{one:?}") == moment);
    end_at(&name, moment.expect("one of the two"));
    let target = match target.starts_with("postgres") {
        true => Target::Postgres(target),
        false => Target::Sqlite(target.into()),
    };
    let done = open(target, Options::default()).await.migrate(migrations::ALL).await;
    panic!("it should have been killed: {done:?}");
}

#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "orders to a process stand in its environment")]
async fn an_upgrade_killed_at_any_step_is_finished_by_the_next_start() {
    if let Ok(order) = std::env::var(ORDER) {
        return follow(&order).await;
    }
    for (at, migration) in migrations::ALL.iter().enumerate() {
        for moment in [Moment::Ran, Moment::Kept] {
            let place = Place::new(TestDb::chosen()).await;
            let db = place.open(Options::default()).await;
            db.migrate(&migrations::ALL[..at]).await.expect("the older program's tables");
            db.write(move |tx| write_before(tx, at)).await.expect("written");
            let before = written(&db).await;
            db.close().await;

            let died = upgrade_and_die(&place, migration.name, moment);
            assert_eq!(died.signal(), Some(KILLED), "{} {moment:?}: {died}", migration.name);

            let db = place.open(Options::default()).await;
            assert_eq!(applied(&db).await, at + usize::from(moment == Moment::Kept));
            let now = written(&db).await;
            let kept = |table: &Table| now.iter().any(|now| holds(now, table));
            assert!(before.iter().all(kept), "{} {moment:?}", migration.name);
            db.close().await;
            starts_and_serves(&place.settings, &before).await;
        }
    }
}

/// Not between two steps only: the power goes anywhere in a whole upgrade.
#[tokio::test]
async fn an_upgrade_whose_power_is_cut_anywhere_is_finished_by_the_next_start() {
    if TestDb::chosen() == Engine::Postgres {
        return;
    }
    const KNOWN: usize = 3;
    let old = Place::new(Engine::Sqlite).await;
    let db = old.open(Options::default()).await;
    db.migrate(&migrations::ALL[..KNOWN]).await.expect("the older program's tables");
    db.write(|tx| write_before(tx, KNOWN)).await.expect("written");
    let before = written(&db).await;
    db.close().await;
    let mut cuts = 0;
    for operation in (1..).step_by(13) {
        let (now, later) = (Place::new(Engine::Sqlite).await, Place::new(Engine::Sqlite).await);
        copy(&old.settings.data, &now.settings.data);
        let disk = Disk::new(&now.settings.data).expect("a folder can be watched");
        let vfs = Some(powercut::VFS.to_owned());
        let db = now.open(Options { vfs, ..Options::default() }).await;
        let loss = [Loss::Everything, Loss::ByChance(operation)][operation as usize % 2];
        disk.cut_after(operation, loss);
        let upgraded = db.migrate(migrations::ALL).await;
        if !disk.is_dark() {
            upgraded.expect("a whole upgrade");
            break;
        }
        db.close().await;
        disk.salvage(&later.settings.data).expect("the power is gone");
        starts_and_serves(&later.settings, &before).await;
        cuts += 1;
    }
    assert!(cuts > 10, "{cuts} cuts");
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        std::fs::copy(entry.path(), to.join(entry.file_name())).expect("copied");
    }
}
