//! Words on their way into a sealed value and out of it.

use seal::Opened;
use serde::Serialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use crate::error::{Fault, Outcome};

/// The bytes that are sealed for a value.
pub fn pack(words: &impl Serialize) -> Outcome<Zeroizing<Vec<u8>>> {
    serde_json::to_vec(words).map(Zeroizing::new).map_err(|_| unexpected())
}

/// The value that was sealed. What the parser says is left out: it could quote somebody's words.
pub fn unpack<T: DeserializeOwned>(opened: &Opened) -> Outcome<T> {
    serde_json::from_slice(opened.bytes()).map_err(|_| unexpected())
}

fn unexpected() -> crate::error::Stop {
    Fault::because("sealed words of an unexpected shape").into()
}
