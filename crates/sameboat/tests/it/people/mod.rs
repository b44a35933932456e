//! Joining, signing in, the way back, leaving.

mod joining;
