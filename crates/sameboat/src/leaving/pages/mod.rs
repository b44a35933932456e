pub mod ask;
pub mod leave;
pub mod me;
pub mod went;
