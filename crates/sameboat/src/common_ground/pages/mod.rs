//! What we have in common, and what we want together.

pub mod cause;
pub mod themes;

pub use cause::CauseView;
pub use themes::{GroundView, ThemeView};
