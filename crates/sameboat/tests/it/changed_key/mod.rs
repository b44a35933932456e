//! The instance key is changed, and nobody loses anything.

mod groups;
mod people;
mod turns;
