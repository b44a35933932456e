//! The instance key is changed while people have browsers open.

use std::collections::BTreeMap;

use sameboat::key_change::{self, Changed};
use sameboat::people::{self, Hanging};
use sameboat::routes;
use sameboat::web::stack;
use seal::InstanceKey;

use super::{Browser, World};

impl World {
    /// The key is changed, and the program started again with both lines in its file.
    pub async fn change_key(&mut self) -> Changed {
        let file = self.app.settings.key_file.clone();
        if !file.exists() {
            let written = sameboat::start::write_secret(&file, &self.app.keys.to_file());
            written.expect("a file can be written");
        }
        let changed = key_change::change(&self.app.db, &file).await.expect("it can be changed");
        self.start_with(&self.key_lines()).await;
        changed
    }

    /// The lines of the key file.
    pub fn key_lines(&self) -> String {
        std::fs::read_to_string(&self.app.settings.key_file).expect("there is a key file")
    }

    /// The newest line alone stays in the file, and the program is started again with it.
    pub async fn forget_old_key(&mut self) {
        let lines = self.key_lines();
        self.start_with(lines.lines().next().expect("a line")).await;
    }

    /// The program is started again with these lines in its key file.
    pub async fn start_with(&mut self, lines: &str) {
        std::fs::write(&self.app.settings.key_file, lines).expect("a file can be written");
        let keys = InstanceKey::from_file(lines).expect("lines of a key file");
        self.app = self.process(self.db.another().await, keys);
        self.router = stack::router(self.app.clone(), routes::all());
    }

    /// This browser comes to the program as it runs now.
    pub fn bring(&self, browser: &mut Browser) {
        browser.set_router(self.router.clone());
    }

    /// On which keys passphrases hang.
    pub async fn hanging(&self) -> BTreeMap<u32, Hanging> {
        self.app.db.read_long(people::hanging).await.expect("it can be counted")
    }
}
