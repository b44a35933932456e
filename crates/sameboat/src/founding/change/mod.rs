//! The founding questions once more, for a group that is: the working draft is changed at once,
//! afterwards a change is a proposal.

mod model;
mod pages;

pub use pages::{change, forget_typed, keep_typed, part, parts};
