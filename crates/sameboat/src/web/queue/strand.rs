//! One line: who waits in it, whose turn it is, and who goes when it is full.

use std::collections::HashMap;

/// How many may wait.
#[derive(Clone, Copy)]
pub struct Room {
    /// From one address.
    pub each: usize,
    /// From one /48.
    pub wide: usize,
    /// Together.
    pub all: usize,
}

/// Somebody who comes to a line.
#[derive(Clone, Copy)]
pub struct Arrival {
    /// Their address.
    pub near: u64,
    /// Their /48.
    pub wide: u64,
    /// Drawn by chance: where there is no room for all, the lowest goes. So each who comes has the
    /// same chance, and nobody keeps a place by having been there first.
    pub ticket: u64,
    /// The order of coming.
    pub number: u64,
}

/// A line of those who wait, each with a way to call them.
pub struct Strand<T> {
    room: Room,
    waiting: Vec<(Arrival, T)>,
    /// When each /48, and each address in it, was last called or came.
    turns: HashMap<(u64, Option<u64>), u64>,
    clock: u64,
}

impl<T> Strand<T> {
    /// Nobody there yet.
    pub fn new(room: Room) -> Strand<T> {
        Strand { room, waiting: Vec::new(), turns: HashMap::new(), clock: 0 }
    }

    /// How many wait.
    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.waiting.len()
    }

    /// Lets somebody stand, or not. Whoever has to make room for them is dropped.
    pub fn stand(&mut self, who: Arrival, call: T) -> bool {
        if let Some((at, competes)) = self.in_the_way(who) {
            if competes && who.ticket <= self.waiting[at].0.ticket {
                return false;
            }
            self.take(at);
        }
        self.clock += 1;
        for turn in [(who.wide, None), (who.wide, Some(who.near))] {
            self.turns.entry(turn).or_insert(self.clock);
        }
        self.waiting.push((who, call));
        true
    }

    /// Whom to call next: /48s take turns, in each its addresses, and in each who came first.
    pub fn next(&mut self) -> Option<T> {
        let turn = |who: &Arrival| {
            let at = |side| self.turns.get(&(who.wide, side)).copied().unwrap_or_default();
            (at(None), at(Some(who.near)), who.number)
        };
        let next = (0..self.waiting.len()).min_by_key(|at| turn(&self.waiting[*at].0))?;
        let (who, call) = self.take(next);
        self.clock += 1;
        for side in [(who.wide, None), (who.wide, Some(who.near))] {
            // Only those who have more in line are still there.
            self.turns.entry(side).and_modify(|turn| *turn = self.clock);
        }
        Some(call)
    }

    /// Forgets whoever has gone.
    pub fn forget(&mut self, gone: impl Fn(&T) -> bool) {
        while let Some(at) = self.waiting.iter().position(|(_, call)| gone(call)) {
            self.take(at);
        }
    }

    /// Who has to go when there is no room, and whether whoever comes competes with them. From a
    /// full address or /48 one of its own goes; from a full line one of the /48 that has most in it.
    fn in_the_way(&self, who: Arrival) -> Option<(usize, bool)> {
        let near = |other: &Arrival| (other.wide, other.near) == (who.wide, who.near);
        let wide = |other: &Arrival| other.wide == who.wide;
        let count = |which: &dyn Fn(&Arrival) -> bool| {
            self.waiting.iter().filter(|(other, _)| which(other)).count()
        };
        if count(&near) >= self.room.each {
            return Some((self.lowest(near)?, true));
        }
        let own = count(&wide);
        if own >= self.room.wide {
            return Some((self.lowest(wide)?, true));
        }
        if self.waiting.len() < self.room.all {
            return None;
        }
        let in_wide = |side: u64| count(&|other: &Arrival| other.wide == side);
        let most =
            self.waiting.iter().map(|(other, _)| other.wide).max_by_key(|side| in_wide(*side))?;
        if in_wide(most) > own + 1 {
            return Some((self.lowest(|other| other.wide == most)?, false));
        }
        let rivals = |other: &Arrival| in_wide(other.wide) >= own.max(1);
        Some((self.lowest(rivals)?, true))
    }

    fn lowest(&self, which: impl Fn(&Arrival) -> bool) -> Option<usize> {
        let among = (0..self.waiting.len()).filter(|at| which(&self.waiting[*at].0));
        among.min_by_key(|at| self.waiting[*at].0.ticket)
    }

    fn take(&mut self, at: usize) -> (Arrival, T) {
        let (who, call) = self.waiting.remove(at);
        if !self.waiting.iter().any(|(other, _)| other.wide == who.wide) {
            self.turns.remove(&(who.wide, None));
        }
        if !self.waiting.iter().any(|(other, _)| (other.wide, other.near) == (who.wide, who.near)) {
            self.turns.remove(&(who.wide, Some(who.near)));
        }
        (who, call)
    }
}
