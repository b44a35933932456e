//! What a theme is, and what a group says of its common cause.

mod cause;
mod themes;

pub use cause::{Cause, Sentence};
pub use themes::{Kind, Own, Spread, Theme, Words, best_spelling};
