//! Promises that hold for every page, each with its number in `docs/threats.md`.

mod canary;
mod cross_site;
mod headers;
mod nameless;
mod outage;
pub mod reading;
mod traces;
mod upgrade;
