//! What people were shown and sent, for tests that ask whether everything was tried.

use std::sync::{Arc, Mutex};

use super::form::Sending;
use super::page::Page;

/// The pages that browsers showed, and the forms that they sent.
#[derive(Clone, Default)]
pub struct Seen(Arc<Mutex<(Vec<Page>, Vec<Sending>)>>);

impl Seen {
    /// A browser shows a page.
    pub fn shown(&self, page: &Page) {
        self.0.lock().expect("nothing panics while it is held").0.push(page.clone());
    }

    /// A browser sends a form, with its whole address.
    pub fn sent(&self, sending: Sending) {
        self.0.lock().expect("nothing panics while it is held").1.push(sending);
    }

    /// All of it so far.
    pub fn all(&self) -> (Vec<Page>, Vec<Sending>) {
        self.0.lock().expect("nothing panics while it is held").clone()
    }
}
