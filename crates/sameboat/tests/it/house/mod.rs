//! The rules of the house, read from the source (`ARCHITECTURE.md`).

mod capabilities;
mod clear;
mod files;
mod keys;
mod languages;
mod looks;
mod rooms;
pub mod source;
mod statements;
mod templates;
