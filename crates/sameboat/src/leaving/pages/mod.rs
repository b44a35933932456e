pub mod ask;
pub mod forever;
pub mod leave;
pub mod me;
pub mod went;
