//! `sameboat turn-keys`.

use storekit::Target;

use crate::cli::said;
use crate::config::{Given, Settings};
use crate::groups;
use crate::start;

pub async fn run(given: Given) -> anyhow::Result<()> {
    let app = start::open(Settings::check(given)?).await?;
    let groups = app.db.write(groups::ask_turns).await.map_err(said)?;
    println!(
        "Groups: {groups}. Each turns its key at the next write or sign-in of one of its members. \
         `sameboat check` says how many have not yet."
    );
    match app.settings.target() {
        Target::Sqlite(_) => println!("Once all have: delete copies and backups from before."),
        Target::Postgres(_) => println!(
            "Once all have: run VACUUM FULL in this database, and delete WAL archives, base \
             backups, snapshots and sealed backups from before (docs/operate.md, section 5)."
        ),
    }
    app.db.close().await;
    Ok(())
}
