//! The pages of coming in.

pub mod answers;
pub mod door;
pub mod invite;
pub mod link;
pub mod lists;
pub mod waiting;
