//! Joining, signing in, the way back, leaving.

mod devices;
mod ending;
mod flooded;
mod guessing;
mod in_flight;
mod joining;
mod kept;
mod known;
mod leaving;
mod passphrase;
mod put_back;
mod recovery;
mod signing_in;
mod twice;
