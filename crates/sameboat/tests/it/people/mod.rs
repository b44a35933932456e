//! Joining, signing in, the way back, leaving.

mod devices;
mod ending;
mod guessing;
mod joining;
mod kept;
mod leaving;
mod passphrase;
mod recovery;
mod signing_in;
mod twice;
