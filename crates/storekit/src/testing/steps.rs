use std::sync::Mutex;

/// A moment of a migration at which a process can end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Its statements have run, and nothing is committed.
    Ran,
    /// Its commit has come back.
    Kept,
}

static END: Mutex<Option<(String, Moment)>> = Mutex::new(None);

/// From now on this process ends when the migration of this name comes to this
/// moment: at once, as by `kill -9`, with nothing closed and nothing tidied.
pub fn end_at(name: &str, moment: Moment) {
    *END.lock().expect("nothing panics while it is held") = Some((name.to_owned(), moment));
}

pub(crate) fn passing(name: &str, moment: Moment) {
    let end = END.lock().expect("nothing panics while it is held");
    if end.as_ref().is_some_and(|end| end.0 == name && end.1 == moment) {
        std::process::abort();
    }
}
