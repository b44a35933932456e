//! What a theme is, and what a group says of its common cause.

mod cause;
mod spelling;
mod themes;

pub use cause::{Cause, Sentence};
pub use spelling::best_spelling;
pub use themes::{Kind, Own, Spread, Theme, Words};
