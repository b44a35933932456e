//! Somebody who can write to the database, but has no instance key, changes what decides who reads,
//! or until when: clear columns, rows that are missing, rows that are put back.

mod coming_back;
mod door;
mod going;
mod meeting;
mod newcomers;
mod papers;
mod sizes;

use storekit::{Error, Sql, Tx, Value};

use crate::renewal::ring;
use crate::world::{Person, World};

/// Runs a statement as somebody does who can write to the database; it must change something.
async fn write(world: &World, sql: Sql, values: Vec<Value>) {
    let run = move |tx: &mut Tx<'_>| tx.exec(sql.clone(), &values);
    let changed: Result<u64, Error> = world.app.db.write(run).await;
    assert!(changed.expect("somebody writes to the database") > 0, "nothing was changed");
}

/// The rows of a table as they are, to be put back later.
async fn copy(world: &World, table: &str) -> Vec<Vec<Value>> {
    let dump = world.db().dump().await;
    let found = dump.into_iter().find(|found| found.name == table);
    found.unwrap_or_else(|| panic!("there is no table {table}")).rows
}

fn blob(bytes: &[u8]) -> Value {
    Value::Blob(bytes.to_vec())
}

/// The member id of somebody who is in one group.
pub async fn seat(world: &World, person: &Person) -> [u8; 16] {
    ring(world, person).await.seats()[0].member
}
