//! A short line before costly work, fair between addresses: one address can't fill it, and eight
//! people in one room get in. Beyond it: busy, try in half a minute.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};

use tokio::sync::oneshot;

use crate::error::{Fault, Outcome, Refusal};
use crate::web::limits::Client;

/// How many may wait from one address.
const EACH: usize = 24;
/// How many may wait together; at about 0.15 s a piece this is half a minute.
const ALL: usize = 200;

/// A line before a few places.
#[derive(Clone)]
pub struct Queue(Arc<Mutex<Line>>);

struct Line {
    free: usize,
    waiting: usize,
    /// Addresses in the order in which they are next.
    turn: VecDeque<Client>,
    by_address: HashMap<Client, VecDeque<oneshot::Sender<Place>>>,
}

/// One of the few places; given on when dropped.
struct Place(Queue);

impl Queue {
    /// A line before as many places as there are cores, but one.
    pub fn new() -> Queue {
        let cores = std::thread::available_parallelism().map_or(1, |n| n.get());
        Queue::with_places((cores - 1).max(1))
    }

    fn with_places(free: usize) -> Queue {
        let line = Line { free, waiting: 0, turn: VecDeque::new(), by_address: HashMap::new() };
        Queue(Arc::new(Mutex::new(line)))
    }

    /// Waits for a place, then does the work beside the other requests.
    ///
    /// # Errors
    /// [`Refusal::Busy`] when the line is full.
    pub async fn run<T: Send + 'static>(
        &self,
        client: Client,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Outcome<T> {
        let place = self.place(client).await?;
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(place);
            done
        });
        Ok(done.await.map_err(Fault::new)?)
    }

    async fn place(&self, client: Client) -> Outcome<Place> {
        let coming = {
            let mut line = self.line();
            if line.free > 0 {
                line.free -= 1;
                return Ok(Place(self.clone()));
            }
            line.stand(client)?
        };
        // Whoever had to make room for an address with nobody in line hears it here.
        Ok(coming.await.map_err(|_| Refusal::Busy("trouble-busy"))?)
    }

    fn line(&self) -> MutexGuard<'_, Line> {
        self.0.lock().expect("nothing panics while it holds the line")
    }
}

impl Default for Queue {
    fn default() -> Self {
        Queue::new()
    }
}

impl Line {
    fn stand(&mut self, client: Client) -> Outcome<oneshot::Receiver<Place>> {
        let own = self.by_address.get(&client).map_or(0, VecDeque::len);
        let full = self.waiting >= ALL && (own > 0 || !self.make_room());
        if own >= EACH || full {
            return Err(Refusal::Busy("trouble-busy").into());
        }
        if own == 0 {
            self.turn.push_back(client);
        }
        let (call, coming) = oneshot::channel();
        self.by_address.entry(client).or_default().push_back(call);
        self.waiting += 1;
        Ok(coming)
    }

    /// The newest in the longest line goes, if there is a line longer than one: a few addresses
    /// can't keep out all others.
    fn make_room(&mut self) -> bool {
        let longest = self.by_address.values_mut().max_by_key(|line| line.len());
        let Some(line) = longest.filter(|line| line.len() > 1) else { return false };
        line.pop_back();
        self.waiting -= 1;
        true
    }

    fn next(&mut self) -> Option<oneshot::Sender<Place>> {
        let client = self.turn.pop_front()?;
        let own = self.by_address.get_mut(&client)?;
        let call = own.pop_front();
        if own.is_empty() {
            self.by_address.remove(&client);
        } else {
            self.turn.push_back(client);
        }
        self.waiting -= 1;
        call
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let next = {
            let mut line = self.0.line();
            let next = line.next();
            if next.is_none() {
                line.free += 1;
            }
            next
        };
        // Whoever gave up waiting drops the place it is handed, and so it goes on to the next.
        if let Some(call) = next {
            drop(call.send(Place(self.0.clone())));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Stop;

    #[tokio::test]
    async fn one_address_cant_fill_the_line() {
        let queue = Queue::with_places(1);
        let (loud, quiet) = (Client::from_number(1), Client::from_number(2));
        let held = queue.place(loud).await.expect("a free place");
        let mut waiting: Vec<_> =
            (0..EACH).map(|_| queue.line().stand(loud).expect("room in the line")).collect();
        let refused = queue.place(loud).await;
        assert!(matches!(refused, Err(Stop::Refused(Refusal::Busy(_)))));
        let mut other = queue.line().stand(quiet).expect("room for another address");
        drop(held);
        let first = waiting[0].try_recv().expect("the first in line comes first");
        assert!(other.try_recv().is_err());
        drop(first);
        assert!(
            other.try_recv().is_ok(),
            "the other address is next, before the loud one's second"
        );
    }

    #[tokio::test]
    async fn nine_addresses_cant_keep_out_a_tenth() {
        let queue = Queue::with_places(1);
        let _held = queue.place(Client::from_number(0)).await.expect("a free place");
        let mut waiting = Vec::new();
        for number in 0..ALL {
            let client = Client::from_number(number as u64 % 9 + 1);
            waiting.push(queue.line().stand(client).expect("room in the line"));
        }
        queue.line().stand(Client::from_number(10)).expect("room for an address that has nobody");
        let gone = |coming: &mut oneshot::Receiver<Place>| {
            matches!(coming.try_recv(), Err(oneshot::error::TryRecvError::Closed))
        };
        assert_eq!(waiting.iter_mut().filter_map(|one| gone(one).then_some(())).count(), 1);
        let refused = queue.line().stand(Client::from_number(1));
        assert!(refused.is_err(), "who has somebody in line waits");
        assert_eq!(queue.line().waiting, ALL);
    }

    #[tokio::test]
    async fn a_place_that_nobody_wants_any_more_goes_on() {
        let queue = Queue::with_places(1);
        let held = queue.place(Client::from_number(1)).await.expect("a free place");
        drop(queue.line().stand(Client::from_number(2)).expect("room"));
        let mut third = queue.line().stand(Client::from_number(3)).expect("room");
        drop(held);
        assert!(third.try_recv().is_ok());
    }
}
