//! Live pages: who is there, and what changed.
//!
//! Always true: ids and numbers only, in memory only; no words, no names, no keys.

mod presence;

pub use presence::Presence;
