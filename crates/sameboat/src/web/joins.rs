//! How many people join from one address within an hour. Kept in memory only, under a keyed hash.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::clock::HOUR;
use crate::error::{Outcome, Refusal};
use crate::web::limits::Client;

/// A whole first evening on one line; a flood from one address stays a trickle.
const MOST: usize = 30;

/// Who joined lately, by address.
#[derive(Default)]
pub struct Joins(Mutex<HashMap<Client, Vec<i64>>>);

impl Joins {
    /// A place for one more; it is given back unless somebody really joined.
    ///
    /// # Errors
    /// [`Refusal::Busy`] when too many joined from there within the hour.
    pub fn begin(&self, client: Client, now: i64) -> Outcome<Place<'_>> {
        let mut all = self.lock();
        let lately = all.entry(client).or_default();
        lately.retain(|at| *at > now - HOUR);
        if lately.len() >= MOST {
            return Err(Refusal::Busy("join-many").into());
        }
        lately.push(now);
        Ok(Place { joins: self, client, at: now, joined: false })
    }

    /// Forgets addresses from which nobody joined within the hour.
    pub fn forget(&self, now: i64) {
        self.lock().retain(|_, lately| lately.iter().any(|at| *at > now - HOUR));
    }

    // What is behind the lock is whole at every moment.
    fn lock(&self) -> MutexGuard<'_, HashMap<Client, Vec<i64>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place among those who may join.
pub struct Place<'a> {
    joins: &'a Joins,
    client: Client,
    at: i64,
    joined: bool,
}

impl Place<'_> {
    /// Somebody joined.
    pub fn joined(mut self) {
        self.joined = true;
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        if self.joined {
            return;
        }
        if let Some(lately) = self.joins.lock().get_mut(&self.client)
            && let Some(own) = lately.iter().position(|at| *at == self.at)
        {
            lately.swap_remove(own);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_takes_thirty_from_one_address_and_only_those_who_joined_count() {
        let (joins, now) = (Joins::default(), 1_000 * HOUR);
        let begin = |client, now| joins.begin(Client::from_number(client), now);
        for _ in 0..100 {
            assert!(begin(1, now).is_ok(), "who gave up takes no place");
        }
        for number in 0..30 {
            begin(1, now + number).expect("a place").joined();
        }
        assert!(begin(1, now + HOUR - 1).is_err());
        assert!(begin(2, now).is_ok());
        begin(1, now + HOUR).expect("the first is an hour ago").joined();
        joins.forget(now + 3 * HOUR);
        assert!(joins.lock().is_empty());
    }
}
