//! Every statement can be read by the engine that this run is for. That every one is executed too,
//! `bin/ci` asks after the suite, from the log that `SAMEBOAT_SQL_LOG` names.

use storekit::testing::statements_in;

use super::source::crate_folder;
use crate::world::World;

#[tokio::test]
async fn every_statement_can_be_read_by_the_engine() {
    let world = World::new().await;
    let all = statements_in(&crate_folder().join("src")).expect("source that can be read");
    assert!(all.len() > 20, "{} statements", all.len());
    for one in all {
        let read = world.db().prepare_only(&one.text).await;
        assert_eq!(read, Ok(()), "{}:{}", one.file.display(), one.line);
    }
}
