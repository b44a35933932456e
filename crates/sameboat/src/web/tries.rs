//! Wrong tries at a sign-in name only slow down (30 units at most), and never lock anybody out.
//! Kept in memory only, under a keyed hash.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use crate::error::{Outcome, Refusal};
use crate::web::limits::Client;

/// Tries that cost nothing: everybody mistypes.
const FREE: u32 = 3;
/// The longest wait, in units of pace.
const LONGEST: u32 = 30;

/// Counts wrong tries.
pub struct Tries {
    hasher: RandomState,
    pace: Duration,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    wrong: HashMap<u64, u32>,
    waiting: HashSet<(u64, Client)>,
}

/// A try that is being made; over when dropped.
pub struct Try<'a> {
    tries: &'a Tries,
    name: u64,
    client: Client,
}

impl Tries {
    /// Nothing counted yet; `pace` is a second, and nothing in tests.
    pub fn new(pace: Duration) -> Tries {
        Tries { hasher: RandomState::new(), pace, seen: Mutex::default() }
    }

    /// Begins a try after the wait that earlier wrong ones brought. One address makes one try at
    /// a name at a time.
    ///
    /// # Errors
    /// [`Refusal::Busy`] while an earlier try from there is still waiting.
    pub async fn begin(&self, name: &[u8; 32], client: Client) -> Outcome<Try<'_>> {
        let name = self.hasher.hash_one(name);
        let wrong = {
            let mut seen = self.seen();
            if !seen.waiting.insert((name, client)) {
                return Err(Refusal::Busy("trouble-one-try").into());
            }
            seen.wrong.get(&name).copied().unwrap_or_default()
        };
        let this = Try { tries: self, name, client };
        let wait = self.pace * wait(wrong);
        if !wait.is_zero() {
            tokio::time::sleep(wait).await;
        }
        Ok(this)
    }

    /// Halves all counts: after a quiet while everybody starts anew.
    pub fn forget(&self) {
        let mut seen = self.seen();
        seen.wrong.values_mut().for_each(|wrong| *wrong /= 2);
        seen.wrong.retain(|_, wrong| *wrong > 0);
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().expect("nothing panics while it holds the counts")
    }
}

impl Try<'_> {
    /// It was right: the count starts anew.
    pub fn right(self) {
        self.tries.seen().wrong.remove(&self.name);
    }

    /// It was wrong.
    pub fn wrong(self) {
        let mut seen = self.tries.seen();
        let count = seen.wrong.entry(self.name).or_default();
        *count = count.saturating_add(1);
    }
}

impl Drop for Try<'_> {
    fn drop(&mut self) {
        self.tries.seen().waiting.remove(&(self.name, self.client));
    }
}

fn wait(wrong: u32) -> u32 {
    match wrong.checked_sub(FREE) {
        None => 0,
        Some(more) => 2u32.saturating_pow(more).min(LONGEST),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_stop_growing() {
        let waits: Vec<u32> = [0, 2, 3, 4, 5, 8, 1000].into_iter().map(wait).collect();
        assert_eq!(waits, [0, 0, 1, 2, 4, 30, 30]);
    }

    #[tokio::test]
    async fn a_thousand_wrong_tries_keep_nobody_out() {
        let tries = Tries::new(Duration::ZERO);
        for _ in 0..1000 {
            let again = tries.begin(&[1; 32], Client::from_number(1)).await;
            again.expect("slow, but open").wrong();
        }
        tries.begin(&[1; 32], Client::from_number(2)).await.expect("the owner gets in").right();
        assert!(tries.seen().wrong.is_empty());
    }

    #[tokio::test]
    async fn one_address_tries_a_name_once_at_a_time() {
        let tries = Tries::new(Duration::ZERO);
        let first = tries.begin(&[1; 32], Client::from_number(1)).await.expect("open");
        assert!(tries.begin(&[1; 32], Client::from_number(1)).await.is_err());
        assert!(tries.begin(&[1; 32], Client::from_number(2)).await.is_ok());
        drop(first);
        assert!(tries.begin(&[1; 32], Client::from_number(1)).await.is_ok());
    }
}
