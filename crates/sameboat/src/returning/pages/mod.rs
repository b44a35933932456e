pub mod freezes;
pub mod returns;
