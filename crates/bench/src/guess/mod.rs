//! Whether a clock tells who has a sign-in, which links there are, and which words of names are in
//! use: the same tries at what is there and at what is not.

mod drive;
mod serve;

pub use drive::run as drive;
pub use serve::run as serve;
