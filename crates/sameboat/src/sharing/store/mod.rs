//! Rows of shares, answers, worries, and of what a member hid from themselves.

pub mod answers;
pub mod others;
pub mod shares;
