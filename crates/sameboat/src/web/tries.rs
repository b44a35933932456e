//! Tries at a sign-in name only slow down (30 units at most), and never lock anybody out. Kept in
//! memory only, under a keyed hash.
//!
//! Of strangers every try counts, right or wrong, and a right one takes nothing back: how long a
//! try has to wait must say neither that somebody has the name nor that they just came. Whoever
//! brings a place of their own (`Client::with_own`) has a count of their own.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::timeout;

use crate::error::{Outcome, Refusal};
use crate::web::limits::Client;

/// Tries that cost nothing: everybody mistypes.
const FREE: u32 = 3;
/// The longest wait, in units of pace.
const LONGEST: u32 = 30;
/// Tries at a name that may wait at once from one address. Past that, chance decides who stays.
const PLACES: usize = 8;

/// Counts tries.
pub struct Tries {
    hasher: RandomState,
    drawn: AtomicU64,
    pace: Duration,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    counts: HashMap<u64, u32>,
    waiting: HashMap<(u64, u64), Vec<Waiting>>,
}

struct Waiting {
    /// Drawn by chance: the lowest has to go.
    ticket: u64,
    /// Dropped when it has to go.
    _stays: oneshot::Sender<()>,
}

/// A try that is being made. Dropped before it was judged, it counts for nothing.
pub struct Try<'a> {
    tries: &'a Tries,
    name: u64,
    own: bool,
    counts: bool,
}

/// A place among those who wait; free again when dropped.
struct Place<'a> {
    tries: &'a Tries,
    line: (u64, u64),
    ticket: u64,
}

impl Tries {
    /// Nothing counted yet; `pace` is a second, and nothing in tests.
    pub fn new(pace: Duration) -> Tries {
        let (hasher, drawn) = (RandomState::new(), AtomicU64::new(0));
        Tries { hasher, drawn, pace, seen: Mutex::default() }
    }

    /// Begins a try after the wait that earlier ones brought.
    ///
    /// # Errors
    /// [`Refusal::Busy`] for whom chance decides against, where too many tries at this name wait
    /// from one address.
    pub async fn begin(&self, name: &[u8; 32], client: Client) -> Outcome<Try<'_>> {
        let own = client.own().is_some();
        let name = self.hasher.hash_one((name, client.own()));
        let wait = self.pace * wait(self.counted(name));
        if !wait.is_zero() {
            let line = (name, client.near());
            let (_place, gone) = self.stand(line).ok_or(Refusal::Busy("trouble-one-try"))?;
            if timeout(wait, gone).await.is_ok() {
                return Err(Refusal::Busy("trouble-one-try").into());
            }
        }
        // Counted before it is made, so that many at once wait for one another.
        let mut seen = self.seen();
        let count = seen.counts.entry(name).or_default();
        *count = count.saturating_add(1);
        Ok(Try { tries: self, name, own, counts: true })
    }

    /// Halves all counts: after a quiet while everybody starts anew.
    pub fn forget(&self) {
        let mut seen = self.seen();
        seen.counts.values_mut().for_each(|count| *count /= 2);
        seen.counts.retain(|_, count| *count > 0);
    }

    fn counted(&self, name: u64) -> u32 {
        self.seen().counts.get(&name).copied().unwrap_or_default()
    }

    /// A place to wait, and what ends when it has to be given up. Each of those who ever come gets
    /// the same chance, so a flood from an address leaves some of it to whoever shares that.
    fn stand(&self, line: (u64, u64)) -> Option<(Place<'_>, oneshot::Receiver<()>)> {
        let ticket = self.hasher.hash_one(self.drawn.fetch_add(1, Ordering::Relaxed));
        let mut seen = self.seen();
        let waiting = seen.waiting.entry(line).or_default();
        if waiting.len() >= PLACES {
            let lowest = (0..waiting.len()).min_by_key(|at| waiting[*at].ticket)?;
            if ticket <= waiting[lowest].ticket {
                return None;
            }
            waiting.swap_remove(lowest);
        }
        let (stays, gone) = oneshot::channel();
        waiting.push(Waiting { ticket, _stays: stays });
        Some((Place { tries: self, line, ticket }, gone))
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().expect("nothing panics while it holds the counts")
    }
}

impl Try<'_> {
    /// It was right: a count of one's own starts anew. That of strangers stays as it is.
    pub fn right(mut self) {
        self.counts = false;
        if self.own {
            self.tries.seen().counts.remove(&self.name);
        }
    }

    /// It was wrong.
    pub fn wrong(mut self) {
        self.counts = false;
    }
}

impl Drop for Try<'_> {
    fn drop(&mut self) {
        if !self.counts {
            return;
        }
        let mut seen = self.tries.seen();
        if let Some(count) = seen.counts.get_mut(&self.name) {
            *count = count.saturating_sub(1);
        }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut seen = self.tries.seen();
        let Some(waiting) = seen.waiting.get_mut(&self.line) else { return };
        waiting.retain(|one| one.ticket != self.ticket);
        if waiting.is_empty() {
            seen.waiting.remove(&self.line);
        }
    }
}

fn wait(counted: u32) -> u32 {
    match counted.checked_sub(FREE) {
        None => 0,
        Some(more) => 2u32.saturating_pow(more).min(LONGEST),
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::Instant;

    use super::*;

    const NAME: [u8; 32] = [1; 32];
    const PACE: Duration = Duration::from_millis(5);

    #[test]
    fn waits_grow_and_stop_growing() {
        let waits: Vec<u32> = [0, 2, 3, 4, 5, 8, 1000].into_iter().map(wait).collect();
        assert_eq!(waits, [0, 0, 1, 2, 4, 30, 30]);
    }

    #[tokio::test]
    async fn a_thousand_wrong_tries_keep_nobody_out() {
        let tries = Tries::new(Duration::ZERO);
        for _ in 0..1000 {
            let again = tries.begin(&NAME, Client::from_number(1)).await;
            again.expect("slow, but open").wrong();
        }
        let own = Client::from_number(2).with_own(7);
        tries.begin(&NAME, Client::from_number(2)).await.expect("the owner gets in").right();
        tries.begin(&NAME, own).await.expect("and again").right();
    }

    async fn waited(tries: &Tries, client: Client) -> Duration {
        let begun = Instant::now();
        tries.begin(&NAME, client).await.expect("slow, but open").wrong();
        begun.elapsed()
    }

    #[tokio::test]
    async fn that_the_owner_came_shortens_no_strangers_wait() {
        let tries = Tries::new(PACE);
        let (stranger, owner) = (Client::from_number(1), Client::from_number(2));
        for _ in 0..7 {
            waited(&tries, stranger).await;
        }
        tries.begin(&NAME, owner).await.expect("the owner gets in").right();
        tries.begin(&NAME, owner.with_own(7)).await.expect("and again").right();
        let after = waited(&tries, stranger).await;
        assert!(after >= PACE * LONGEST, "it tells that somebody came: {after:?}");
    }

    #[tokio::test]
    async fn whoever_has_a_place_of_their_own_waits_for_no_stranger() {
        let tries = Tries::new(PACE);
        for _ in 0..7 {
            waited(&tries, Client::from_number(1)).await;
        }
        let own = waited(&tries, Client::from_number(1).with_own(7)).await;
        assert!(own < PACE * LONGEST, "they waited {own:?}");
    }

    #[tokio::test]
    async fn three_who_wait_all_the_time_keep_out_nobody_at_their_address() {
        let tries = Tries::new(PACE);
        let shared = Client::from_number(1);
        for _ in 0..7 {
            waited(&tries, shared).await;
        }
        let loops = async {
            for _ in 0..3 {
                tokio::join!(
                    waited(&tries, shared),
                    waited(&tries, shared),
                    waited(&tries, shared)
                );
            }
        };
        let owner = async {
            tokio::task::yield_now().await;
            tries.begin(&NAME, shared).await.map(Try::right)
        };
        assert!(tokio::join!(loops, owner).1.is_ok(), "there is a place for the owner");
    }

    #[tokio::test]
    async fn a_flood_at_the_owners_address_leaves_them_their_chance() {
        let tries = Tries::new(PACE);
        let line = (1, 1);
        let mut stayed = 0;
        for _ in 0..400 {
            let mut flood: Vec<_> = (0..PLACES).filter_map(|_| tries.stand(line)).collect();
            let owner = tries.stand(line);
            flood.extend((0..PLACES).filter_map(|_| tries.stand(line)));
            stayed += usize::from(owner.is_some_and(|(_place, mut gone)| {
                gone.try_recv() == Err(oneshot::error::TryRecvError::Empty)
            }));
        }
        // Eight of seventeen stay; by chance alone fewer than a hundred do once in 10^20.
        assert!((100..300).contains(&stayed), "the owner stayed {stayed} times of 400");
        assert!(tries.seen().waiting.is_empty(), "who goes leaves nothing behind");
    }

    #[tokio::test]
    async fn a_try_that_was_not_made_does_not_count() {
        let tries = Tries::new(Duration::ZERO);
        for _ in 0..10 {
            drop(tries.begin(&NAME, Client::from_number(1)).await.expect("open"));
        }
        assert!(tries.seen().counts.values().all(|count| *count == 0));
    }

    #[tokio::test]
    async fn many_at_once_wait_for_one_another() {
        let tries = Tries::new(PACE);
        let mut under_way = Vec::new();
        for number in 0..8 {
            under_way.push(tries.begin(&NAME, Client::from_number(number)).await.expect("open"));
        }
        let begun = Instant::now();
        tries.begin(&NAME, Client::from_number(9)).await.expect("open").wrong();
        assert!(begun.elapsed() >= PACE * LONGEST, "eight tries cost nothing together");
    }
}
