//! Promises that hold for every page, each with its number in `docs/threats.md`.

pub mod canary;
mod cross_site;
mod damaged;
mod forged_keys;
mod headers;
mod nameless;
mod outage;
pub mod reading;
mod traces;
mod upgrade;
mod writer;
