//! Signals that are meant for whoever leads, as they are kept while the meeting is open: each locked
//! for whoever gave it and whoever led then, so that the group's key does not open it.

use rounds::{Lasts, Raised, SeatId, Signal, Signals, ToWhom};
use serde::{Deserialize, Serialize};

use crate::groups::Enclosed;

/// Bytes that a few of them take up. A row that grew with the first one would tell of it.
const ROOM: usize = 2800;

/// What is locked: whose it is, what it says, who led.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inside(SeatId, Signal, SeatId);

impl Inside {
    /// The seat whose signal it says to be.
    pub fn seat(&self) -> SeatId {
        self.0
    }

    /// Of a signal to the facilitator; `None` of any other.
    pub fn of(given: &Raised) -> Option<Inside> {
        Some(Inside(given.seat, given.signal, given.led?))
    }
}

/// One of them. No name stands on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Whisper {
    lasts: Lasts,
    enclosed: Enclosed,
    /// What it says, if it opened for whoever looks.
    #[serde(skip)]
    heard: Option<Raised>,
}

/// All of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Row", into = "Row")]
pub struct Whispers(Vec<Whisper>);

/// As they are kept.
#[derive(Serialize, Deserialize)]
struct Row {
    all: Vec<Whisper>,
    fill: String,
}

impl From<Whispers> for Row {
    fn from(Whispers(all): Whispers) -> Row {
        let taken = serde_json::to_string(&all).map_or(0, |text| text.len());
        Row { all, fill: "-".repeat(ROOM.saturating_sub(taken)) }
    }
}

impl From<Row> for Whispers {
    fn from(row: Row) -> Whispers {
        Whispers(row.all)
    }
}

impl Whispers {
    /// Opens those that open for whoever looks, and puts them among the signals.
    pub fn hear(&mut self, signals: &mut Signals, open: impl Fn(&Enclosed) -> Option<Inside>) {
        for one in &mut self.0 {
            let inside = open(&one.enclosed);
            one.heard = inside.map(|Inside(seat, signal, led)| {
                let given = one.lasts.to_facilitator(seat, signal, led);
                signals.put_back(given);
                given
            });
        }
    }

    /// All of them, locked.
    pub fn locked(&self) -> impl Iterator<Item = &Enclosed> {
        self.0.iter().map(|one| &one.enclosed)
    }

    /// Forgets those that are no longer shown, and those that whoever opened them took away.
    pub fn forget(&mut self, meeting: &rounds::Meeting, signals: &Signals) {
        self.0.retain(|one| {
            let stands = one.heard.is_none_or(|given| signals.all().contains(&given));
            stands && one.lasts.is_up(meeting)
        });
    }

    /// Signals to the facilitator that are not locked yet.
    pub fn not_yet(&self, signals: &Signals) -> Vec<Raised> {
        let locked = |given: &Raised| self.0.iter().any(|one| one.heard == Some(*given));
        let to_lead = signals.all().iter().filter(|given| given.to == ToWhom::Facilitator);
        to_lead.filter(|given| !locked(given)).copied().collect()
    }

    /// Keeps one that was locked now.
    pub fn add(&mut self, given: Raised, enclosed: Enclosed) {
        self.0.push(Whisper { lasts: given.lasts(), enclosed, heard: Some(given) });
    }
}
