//! A group's page, twenty shares opened and rendered, beside a static reply of the same size.

mod drive;
mod serve;

pub use drive::run as drive;
pub use serve::run as serve;
