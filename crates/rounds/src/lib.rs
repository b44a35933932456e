//! A meeting made of steps. One kind of step is a round: everybody is asked once, in
//! an order made by chance, and whoever holds the talking piece has the word.
//!
//! [`Meeting::apply`] takes a state and a [`Move`] and gives the next state and its
//! [`Event`]s, or a reason why not ([`Refused`]). That is all the crate does: it reads
//! no clock, draws no chance, keeps nothing, and knows no names and no words. The README
//! shows a first use and says what always holds.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod apply;
mod buttons;
mod check;
mod event;
mod meeting;
mod moves;
mod role;
mod round;
mod seat;
mod signals;
mod step;
mod view;

pub use buttons::{Buttons, TurnButtons};
pub use check::BadState;
pub use event::{Event, What};
pub use meeting::{MAX_SEATS, MAX_STEPS, MAX_VERSION, Meeting, Opening};
pub use moves::{Act, Context, Move, Refused};
pub use role::{LOST_AFTER, Post, Role};
pub use round::{Asked, Round, Stage, Turn};
pub use seat::{Presence, Seat, SeatId, SeatKind};
pub use signals::{BadSignals, Lasts, Raised, SIGNAL_LASTS, Signal, Signals, ToWhom};
pub use step::{
    MAX_MINUTES, Minutes, Plan, Question, Step, StepId, StepKind, Words, first_meeting,
};
pub use view::{Chair, Circle, Line, LineStage, Piece};

/// The README's example is compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
