//! Meetings: when a group comes together, who holds which role, and the rounds.
//!
//! Always true: somebody named is on duty, or nobody is and the pages say so; before the first
//! meeting that is the founder, as long as they are here.

mod actions;

pub use actions::on_duty;
