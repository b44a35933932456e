//! All that a thief of the disk would have.

use std::path::{Path, PathBuf};

use storekit::{Engine, sql};

use super::{World, bytes};

impl World {
    /// Everything under the data folder; on PostgreSQL every table, and the files of the database
    /// where this account can read them.
    pub async fn disk(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut all = bytes::files(self.data());
        let tables = self.db().dump().await;
        all.extend(tables.iter().map(|table| (PathBuf::from(&table.name), table.bytes())));
        if self.db().engine() == Engine::Postgres {
            all.extend(self.server_files().await);
        }
        all
    }

    async fn server_files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let place = self.db().write(|tx| {
            // What stands in the server's memory is written down first.
            tx.one(
                sql!(
                    "SELECT current_setting('data_directory') AS folder,
                            CAST((SELECT oid FROM pg_database WHERE datname = current_database())
                                 AS TEXT) AS base"
                ),
                &[],
            )
            .and_then(|row| Ok((row.get::<String>("folder")?, row.get::<String>("base")?)))
        });
        // An ordinary account on somebody else's server may not ask.
        let Ok::<_, storekit::Error>((folder, base)) = place.await else { return Vec::new() };
        let folder = Path::new(&folder);
        let parts = [folder.join("base").join(base), folder.join("pg_wal")];
        let there = parts.iter().filter(|part| std::fs::read_dir(part).is_ok());
        there.flat_map(|part| bytes::files(part)).collect()
    }
}
