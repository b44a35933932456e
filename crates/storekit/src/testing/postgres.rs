use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use tokio_postgres::error::SqlState;

use crate::postgres::Address;
use crate::{Error, Migration, Waits, migrate};

// One at a time looks for a template and makes it.
const LOCK: &str = "SELECT pg_advisory_lock(7305808869231650156)";
const UNLOCK: &str = "SELECT pg_advisory_unlock(7305808869231650156)";

/// A database of its own on a server, copied from one with the same tables.
pub(super) struct Own {
    pub(super) url: String,
    server: String,
    name: String,
}

impl Own {
    pub(super) async fn make(migrations: &'static [Migration]) -> Own {
        let server = std::env::var("DATABASE_URL")
            .expect("set DATABASE_URL=postgres://… to run tests on PostgreSQL");
        let name = fresh_name();
        Own::copy(&server, &name, migrations)
            .await
            .expect("a test may make databases on its server");
        Own { url: with_database(&server, &name), server, name }
    }

    async fn copy(server: &str, name: &str, all: &'static [Migration]) -> Result<(), Error> {
        let open = Address::parse(server)?.within(super::PATIENT).connect().await?;
        let admin = &open.client;
        let template = format!("storekit_{}", migrate::fingerprint(all));
        let copy = format!("CREATE DATABASE {name} TEMPLATE {template}");
        let say = |error| crate::postgres::plain(&error);
        match admin.batch_execute(&copy).await {
            Err(error) if error.code() == Some(&SqlState::INVALID_CATALOG_NAME) => {}
            done => return done.map_err(say),
        }
        admin.batch_execute(LOCK).await.map_err(say)?;
        if admin.batch_execute(&copy).await.is_err() {
            // Under its name only when it is whole.
            let half = format!("{name}_half");
            let make = format!("CREATE DATABASE {half} TEMPLATE template0 ENCODING 'UTF8'");
            admin.batch_execute(&make).await.map_err(say)?;
            let half_there = Address::parse(&with_database(server, &half))?;
            let half_there = half_there.within(super::PATIENT).connect().await?;
            let limit = Waits::default().step;
            migrate::postgres(&half_there.client, limit, all, super::START).await?;
            drop(half_there);
            let rename = format!("ALTER DATABASE {half} RENAME TO {template}");
            while admin.batch_execute(&rename).await.is_err() {
                // The server takes a moment to see that we hung up.
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
            admin.batch_execute(&copy).await.map_err(say)?;
        }
        admin.batch_execute(UNLOCK).await.map_err(say)
    }
}

impl Drop for Own {
    // From a thread of its own, as a drop cannot wait in an async task.
    fn drop(&mut self) {
        let server = self.server.clone();
        let remove = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        let removing = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a small runtime").block_on(async {
                let admin = Address::parse(&server)?.within(super::PATIENT).connect().await?;
                let done = admin.client.batch_execute(&remove).await;
                done.map_err(|error| crate::postgres::plain(&error))
            })
        });
        if !matches!(removing.join(), Ok(Ok(()))) {
            eprintln!("the test's database {} is still there", self.name);
        }
    }
}

fn fresh_name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_micros());
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("test_{}_{now}_{count}", std::process::id())
}

fn with_database(url: &str, name: &str) -> String {
    let (base, query) = url.split_once('?').unwrap_or((url, ""));
    let (scheme, rest) = base.split_once("://").expect("an address has ://");
    let host = rest.split('/').next().unwrap_or_default();
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{scheme}://{host}/{name}{mark}{query}")
}
