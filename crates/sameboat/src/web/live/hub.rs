//! The live connections of this process.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use axum::body::Bytes;
use hyper::body::{Body, Frame};
use tokio::sync::mpsc;

use crate::access::Listening;
use crate::clock::MINUTE;
use crate::ids::{GroupId, SignInId};

/// Connections of all people together; other pages need theirs, too.
const MOST: usize = 5_000;
/// Connections of one sign-in. Hidden pages hang up, so this is many windows side by side. With
/// one more the oldest ends: it may be a phone's that has moved on without a word.
const MOST_EACH: usize = 6;
/// Lines that wait for one connection. A slower one ends; its page comes back and looks at all.
const WAITING: usize = 16;
/// So long a change is told again to whoever comes: their page may be older than it.
const TOLD_AGAIN: i64 = MINUTE;
/// Of so many changes.
const MOST_AGAIN: usize = 4_096;

const OVER: Bytes = Bytes::from_static(b"event: over\ndata: 1\n\n");
const MISSED: Bytes = Bytes::from_static(b"event: missed\ndata: 1\n\n");
const FIRST: Bytes = Bytes::from_static(b": here\n\n");

/// The live connections of this process. Ids only: no words, no names, no keys.
#[derive(Default)]
pub struct Hub(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    stopping: bool,
    last: u64,
    groups: HashMap<GroupId, Vec<Line>>,
    /// Oldest first.
    sign_ins: HashMap<SignInId, Vec<(GroupId, u64)>>,
    count: usize,
    recent: VecDeque<(i64, GroupId, Bytes)>,
}

struct Line {
    number: u64,
    who: Listening,
    send: mpsc::Sender<Bytes>,
}

impl Hub {
    /// A new connection; `None` when there are too many, or the program stops.
    pub fn join(self: &Arc<Hub>, who: Listening, now: i64) -> Option<Stream> {
        let mut inner = self.lock();
        inner.forget(now);
        if inner.stopping || inner.count >= MOST {
            return None;
        }
        let (send, from) = mpsc::channel(WAITING);
        let group = who.group();
        // The newest changes count, should there be more than fit.
        let again = inner.recent.iter().rev().filter(|(_, of, _)| *of == group);
        let again: Vec<Bytes> = again.take(WAITING - 1).map(|(_, _, line)| line.clone()).collect();
        for line in std::iter::once(FIRST).chain(again.into_iter().rev()) {
            // It fits: the channel is new.
            send.try_send(line).ok();
        }
        inner.last += 1;
        let number = inner.last;
        inner.add(Line { number, who, send });
        Some(Stream { from, _place: Place { hub: self.clone(), group, number } })
    }

    /// The groups that somebody listens to.
    pub fn groups(&self) -> Vec<GroupId> {
        self.lock().groups.keys().copied().collect()
    }

    /// The connections to a group, each with its number.
    pub fn listening(&self, group: GroupId) -> Vec<(u64, Listening)> {
        let inner = self.lock();
        let lines = inner.groups.get(&group).into_iter().flatten();
        lines.map(|line| (line.number, line.who)).collect()
    }

    /// Keeps a change for those who come within a minute.
    pub fn remember(&self, group: GroupId, line: Bytes, now: i64) {
        let mut inner = self.lock();
        inner.forget(now);
        inner.recent.push_back((now, group, line));
    }

    /// Ends those connections to a group that are barred or over, and tells the others.
    pub fn tell(&self, group: GroupId, barred: &BTreeSet<u64>, line: &Bytes, now: i64) {
        let mut inner = self.lock();
        let mut ended = Vec::new();
        for of in inner.groups.get(&group).into_iter().flatten() {
            if barred.contains(&of.number) {
                // Full or not, it ends.
                of.send.try_send(OVER).ok();
                ended.push(of.number);
            } else if of.who.is_over(now) || of.send.try_send(line.clone()).is_err() {
                ended.push(of.number);
            }
        }
        for number in ended {
            inner.remove(group, number);
        }
    }

    /// Ends all connections to a group: who may hear more could not be asked.
    pub fn end_group(&self, group: GroupId) {
        let lines = self.listening(group);
        let mut inner = self.lock();
        for (number, _) in lines {
            inner.remove(group, number);
        }
    }

    /// Ends all connections of a sign-in.
    pub fn end_sign_in(&self, sign_in: SignInId) {
        let mut inner = self.lock();
        for (group, number) in inner.sign_ins.get(&sign_in).cloned().unwrap_or_default() {
            let line = inner.groups.get(&group).into_iter().flatten().find(|l| l.number == number);
            if let Some(line) = line {
                line.send.try_send(OVER).ok();
            }
            inner.remove(group, number);
        }
    }

    /// Something was told that did not arrive here: all pages look again.
    pub fn missed(&self) {
        for line in self.lock().groups.values().flatten() {
            // Where no line fits, the one that waits makes the page look as well.
            line.send.try_send(MISSED).ok();
        }
    }

    /// Ends everything, and takes no new connections.
    pub fn stop(&self) {
        let mut inner = self.lock();
        inner.stopping = true;
        inner.groups.clear();
        inner.sign_ins.clear();
        inner.count = 0;
    }

    /// Whether the program is about to end.
    pub fn is_stopping(&self) -> bool {
        self.lock().stopping
    }

    /// How many connections there are.
    pub fn count(&self) -> usize {
        self.lock().count
    }

    // What is behind the lock is whole at every moment.
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn add(&mut self, line: Line) {
        let (group, number) = (line.who.group(), line.number);
        let own = self.sign_ins.entry(line.who.sign_in()).or_default();
        own.push((group, number));
        let oldest = (own.len() > MOST_EACH).then(|| own[0]);
        self.groups.entry(group).or_default().push(line);
        self.count += 1;
        if let Some((group, number)) = oldest {
            self.remove(group, number);
        }
    }

    fn remove(&mut self, group: GroupId, number: u64) {
        let Some(lines) = self.groups.get_mut(&group) else { return };
        let Some(at) = lines.iter().position(|line| line.number == number) else { return };
        let sign_in = lines.swap_remove(at).who.sign_in();
        if lines.is_empty() {
            self.groups.remove(&group);
        }
        if let Some(own) = self.sign_ins.get_mut(&sign_in) {
            own.retain(|(_, known)| *known != number);
            if own.is_empty() {
                self.sign_ins.remove(&sign_in);
            }
        }
        self.count -= 1;
    }

    fn forget(&mut self, now: i64) {
        let old = |&(at, ..): &(i64, GroupId, Bytes)| at <= now - TOLD_AGAIN;
        while self.recent.front().is_some_and(old) || self.recent.len() > MOST_AGAIN {
            self.recent.pop_front();
        }
    }
}

/// What one page hears, as the body of an answer that does not end by itself.
pub struct Stream {
    from: mpsc::Receiver<Bytes>,
    _place: Place,
}

/// A connection's place in the hub; free when the page hangs up.
struct Place {
    hub: Arc<Hub>,
    group: GroupId,
    number: u64,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.hub.lock().remove(self.group, self.number);
    }
}

impl Stream {
    /// What waits, without waiting for more.
    #[cfg(test)]
    pub fn waiting(&mut self) -> Vec<Bytes> {
        std::iter::from_fn(|| self.from.try_recv().ok()).collect()
    }
}

impl Body for Stream {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.from.poll_recv(context).map(|line| line.map(|line| Ok(Frame::data(line))))
    }
}
