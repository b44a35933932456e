//! Who is there: when a member's page was last heard of. In memory only, so that no copy of the
//! data says who came when.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::ids::{GroupId, MemberId};

type Seat = (GroupId, MemberId);

/// When members were last heard of, through any process of this instance.
#[derive(Default)]
pub struct Presence(Mutex<HashMap<Seat, Heard>>);

struct Heard {
    at: i64,
    /// When a page of the circle was last heard of: an hour after that, all of it is forgotten.
    together: i64,
    /// The other processes do not know it yet.
    news: bool,
}

impl Presence {
    /// A page of this member asked for something just now (microseconds UTC).
    pub fn seen(&self, group: GroupId, member: MemberId, now: i64) {
        self.lock().insert((group, member), Heard { at: now, together: now, news: true });
    }

    /// Some other page of a member who was heard of in a circle asked for something. Of whoever was
    /// not, nothing is noted, and nothing is known for longer than it would be without.
    pub fn again(&self, group: GroupId, member: MemberId, now: i64) {
        if let Some(heard) = self.lock().get_mut(&(group, member)) {
            heard.at = heard.at.max(now);
            heard.news = true;
        }
    }

    /// Another process has heard of this member.
    pub fn told(&self, group: GroupId, member: MemberId, now: i64) {
        let mut all = self.lock();
        let new = Heard { at: now, together: now, news: false };
        let heard = all.entry((group, member)).or_insert(new);
        heard.at = heard.at.max(now);
    }

    /// When this member was last heard of (microseconds UTC); `None` if not since the start, or
    /// not for a long time.
    pub fn last_seen(&self, group: GroupId, member: MemberId) -> Option<i64> {
        self.lock().get(&(group, member)).map(|heard| heard.at)
    }

    /// Who was heard of here since the last time this was asked: what the others are told.
    pub fn news(&self) -> Vec<(GroupId, MemberId)> {
        let mut all = self.lock();
        let fresh = all.iter_mut().filter(|(_, heard)| heard.news);
        let news = fresh.map(|(seat, heard)| {
            heard.news = false;
            *seat
        });
        news.collect()
    }

    /// Forgets who was not heard of since then.
    pub fn forget(&self, before: i64) {
        self.lock().retain(|_, heard| heard.together >= before);
    }

    // What is behind the lock is whole at every moment.
    fn lock(&self) -> MutexGuard<'_, HashMap<Seat, Heard>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seat(number: u8) -> (GroupId, MemberId) {
        (GroupId::from([1; 16]), MemberId::from([number; 16]))
    }

    #[test]
    fn the_last_time_counts_wherever_it_was() {
        let presence = Presence::default();
        let (group, member) = seat(1);
        assert_eq!(presence.last_seen(group, member), None);
        presence.seen(group, member, 20);
        presence.told(group, member, 10);
        assert_eq!(presence.last_seen(group, member), Some(20));
        presence.told(group, member, 30);
        assert_eq!(presence.last_seen(group, member), Some(30));
    }

    #[test]
    fn others_are_told_once_and_not_what_they_told() {
        let presence = Presence::default();
        let (group, member) = seat(1);
        presence.seen(group, member, 10);
        presence.told(group, seat(2).1, 10);
        assert_eq!(presence.news(), [(group, member)]);
        assert_eq!(presence.news(), []);
    }

    #[test]
    fn another_page_of_theirs_counts_and_is_remembered_no_longer() {
        let presence = Presence::default();
        let (group, member) = seat(1);
        presence.again(group, member, 10);
        assert_eq!(presence.last_seen(group, member), None, "they were in no circle");
        presence.seen(group, member, 20);
        presence.again(group, member, 30);
        assert_eq!(presence.last_seen(group, member), Some(30));
        presence.forget(21);
        assert_eq!(presence.last_seen(group, member), None);
    }

    #[test]
    fn it_is_forgotten() {
        let presence = Presence::default();
        let (group, member) = seat(1);
        presence.seen(group, member, 10);
        presence.forget(11);
        assert_eq!(presence.last_seen(group, member), None);
    }
}
