//! A short line before costly work, fair between addresses: one address can't fill it, nor can one
//! /48, and eight people in one room get in. Who has a place of their own stands in a line of its
//! own, which goes first. Beyond it: busy, try in half a minute.

mod strand;

use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, MutexGuard};

use tokio::sync::oneshot;

use crate::error::{Fault, Outcome, Refusal};
use crate::web::limits::Client;

use strand::{Arrival, Room, Strand};

/// Strangers that may wait: from one address, from one /48, and together. At about 0.15 s a piece
/// all of them take half a minute.
const STRANGERS: Room = Room { each: 24, wide: 96, all: 200 };
/// Those who may wait in places of their own: in one, and together.
const OWN: Room = Room { each: 4, wide: 4, all: 100 };
/// Of so many that are called, one is a stranger as long as there is one: no number of own places
/// keeps strangers out.
const STRANGER_EACH: u64 = 4;

/// A line before a few places.
#[derive(Clone)]
pub struct Queue(Arc<Mutex<Line>>);

struct Line {
    free: usize,
    hasher: RandomState,
    arrived: u64,
    called: u64,
    own: Strand<Call>,
    strangers: Strand<Call>,
}

type Call = oneshot::Sender<Place>;

/// One of the few places; given on when dropped.
struct Place(Queue);

impl Queue {
    /// A line before as many places as there are cores, but one.
    pub fn new() -> Queue {
        let cores = std::thread::available_parallelism().map_or(1, |n| n.get());
        Queue::with_places((cores - 1).max(1))
    }

    fn with_places(free: usize) -> Queue {
        let (own, strangers) = (Strand::new(OWN), Strand::new(STRANGERS));
        let hasher = RandomState::new();
        Queue(Arc::new(Mutex::new(Line { free, hasher, arrived: 0, called: 0, own, strangers })))
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
        // Whoever had to make room for somebody else hears it here.
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
        // Whoever gave up takes no room from others.
        self.own.forget(oneshot::Sender::is_closed);
        self.strangers.forget(oneshot::Sender::is_closed);
        self.arrived += 1;
        let ticket = self.hasher.hash_one(self.arrived);
        let (call, coming) = oneshot::channel();
        let stands = match client.own() {
            Some(own) => {
                let arrival = Arrival { near: own, wide: own, ticket, number: self.arrived };
                self.own.stand(arrival, call)
            }
            None => {
                let (near, wide) = (client.near(), client.wide());
                let arrival = Arrival { near, wide, ticket, number: self.arrived };
                self.strangers.stand(arrival, call)
            }
        };
        if stands { Ok(coming) } else { Err(Refusal::Busy("trouble-busy").into()) }
    }

    fn next(&mut self) -> Option<Call> {
        self.called += 1;
        if self.called.is_multiple_of(STRANGER_EACH) {
            self.strangers.next().or_else(|| self.own.next())
        } else {
            self.own.next().or_else(|| self.strangers.next())
        }
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

    type Coming = oneshot::Receiver<Place>;

    fn stand(queue: &Queue, client: Client) -> Option<Coming> {
        queue.line().stand(client).ok()
    }

    fn has_gone(coming: &mut Coming) -> bool {
        matches!(coming.try_recv(), Err(oneshot::error::TryRecvError::Closed))
    }

    #[tokio::test]
    async fn one_address_cant_fill_the_line() {
        let queue = Queue::with_places(1);
        let (loud, quiet) = (Client::from_number(1), Client::from_number(2));
        let held = queue.place(loud).await.expect("a free place");
        let mut waiting: Vec<_> =
            (0..STRANGERS.each).map(|_| stand(&queue, loud).expect("room in the line")).collect();
        let refused = queue.line().stand(loud).map(drop);
        let more_gone = waiting.iter_mut().filter_map(|one| has_gone(one).then_some(())).count();
        let refused = matches!(refused, Err(Stop::Refused(Refusal::Busy(_))));
        assert_eq!(usize::from(refused) + more_gone, 1, "one of them all is refused");
        let mut other = stand(&queue, quiet).expect("room for another address");
        drop(held);
        let at = waiting.iter_mut().find_map(|one| one.try_recv().ok());
        let first = at.expect("the first address in line comes first");
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
        for number in 0..STRANGERS.all {
            let client = Client::from_number(number as u64 % 9 + 1);
            waiting.push(stand(&queue, client).expect("room in the line"));
        }
        let mut tenth = stand(&queue, Client::from_number(10)).expect("room for another address");
        assert_eq!(waiting.iter_mut().filter_map(|one| has_gone(one).then_some(())).count(), 1);
        for _ in 0..50 {
            waiting.extend(stand(&queue, Client::from_number(1)));
        }
        assert!(!has_gone(&mut tenth), "those who have many in line make room for themselves");
        assert_eq!(queue.line().strangers.len(), STRANGERS.all);
    }

    /// One /48 is one household: 230 of its /64s, one try each, closed the line for everybody.
    #[tokio::test]
    async fn one_48_cant_fill_the_line_and_gets_one_turn() {
        let queue = Queue::with_places(1);
        let held = queue.place(Client::from_number(0)).await.expect("a free place");
        let flood = (0..230).filter_map(|near| stand(&queue, Client::within(1, near)));
        let mut flood: Vec<Coming> = flood.collect();
        assert_eq!(queue.line().strangers.len(), STRANGERS.wide);
        let mut others: Vec<Coming> = (0..100)
            .map(|number| stand(&queue, Client::within(1000 + number, 1000 + number)))
            .map(|stands| stands.expect("there is room for every other address"))
            .collect();
        drop(held);
        let first = flood.iter_mut().find_map(|one| one.try_recv().ok());
        drop(first.expect("they came first"));
        assert!(others[0].try_recv().is_ok(), "then the others have their turn");
    }

    #[tokio::test]
    async fn whoever_shares_an_address_with_a_flood_is_not_kept_out_for_good() {
        let queue = Queue::with_places(1);
        let _held = queue.place(Client::from_number(0)).await.expect("a free place");
        let shared = Client::from_number(1);
        let mut all: Vec<_> = (0..STRANGERS.each).filter_map(|_| stand(&queue, shared)).collect();
        let got_in = (0..100).filter_map(|_| {
            let mine = stand(&queue, shared);
            all.extend(stand(&queue, shared));
            mine
        });
        let got_in = got_in.count();
        assert!(got_in > 5, "of 100 tries {got_in} found a place");
    }

    #[tokio::test]
    async fn when_strangers_fill_the_line_an_own_place_is_free_and_goes_first() {
        let queue = Queue::with_places(1);
        let held = queue.place(Client::from_number(0)).await.expect("a free place");
        let flood: Vec<_> = (1..=STRANGERS.all as u64)
            .map(|number| stand(&queue, Client::from_number(number)).expect("room"))
            .collect();
        let mut own = stand(&queue, Client::from_number(1).with_own(7)).expect("an own place");
        drop(held);
        assert!(own.try_recv().is_ok(), "they are next");
        drop(flood);
    }

    #[tokio::test]
    async fn own_places_leave_every_fourth_turn_to_strangers() {
        let queue = Queue::with_places(1);
        let mut held = queue.place(Client::from_number(0)).await.ok();
        let mut own: Vec<_> = (0..40)
            .map(|number| stand(&queue, Client::from_number(1).with_own(number)).expect("room"))
            .collect();
        let mut stranger = stand(&queue, Client::from_number(2)).expect("room");
        for turn in 0..4 {
            drop(held.take());
            held = stranger.try_recv().ok();
            if held.is_some() {
                return;
            }
            held = own.iter_mut().find_map(|one| one.try_recv().ok());
            assert!(held.is_some(), "turn {turn}");
        }
        panic!("own places keep strangers out");
    }

    #[tokio::test]
    async fn a_place_that_nobody_wants_any_more_goes_on() {
        let queue = Queue::with_places(1);
        let held = queue.place(Client::from_number(1)).await.expect("a free place");
        drop(stand(&queue, Client::from_number(2)).expect("room"));
        let mut third = stand(&queue, Client::from_number(3)).expect("room");
        drop(stand(&queue, Client::from_number(4)).expect("room"));
        drop(held);
        let third = third.try_recv().expect("who is still there is next");
        drop(third);
        assert_eq!(queue.line().free, 1, "nobody waits any more");
    }
}
