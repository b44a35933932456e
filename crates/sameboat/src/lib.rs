//! Sameboat: people in the same boat help one another, in groups that anyone can host.
//!
//! `ARCHITECTURE.md` has the map. A feature is a room: one folder, with the same files in each.

pub mod access;
pub mod app;
pub mod backup;
pub mod cli;
pub mod clock;
pub mod common_ground;
pub mod config;
mod disk;
pub mod error;
pub mod gone;
pub mod ids;
pub mod instance_key;
mod kept;
pub mod key_change;
mod key_file;
pub mod live;
pub mod migrations;
pub mod random;
pub mod routes;
mod sealed;
pub mod sharing;
pub mod standing;
pub mod start;
pub mod tasks;
pub mod web;
pub mod words;

pub mod agreements;
mod demo;
pub mod door;
mod drafts;
pub mod founding;
mod front;
pub mod groups;
mod joining;
pub mod journey;
pub mod leaving;
mod me;
pub mod meetings;
mod newcomers;
mod notebook;
pub mod people;
mod renewal;
mod returning;
mod safety;
mod today;
