//! What people do with what they have in common.

mod cause;
mod themes;

pub use cause::{Writing, cause, reseal, say, write};
pub use themes::{Ground, Held, find, hold, let_go, offered};
