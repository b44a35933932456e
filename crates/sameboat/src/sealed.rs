//! Words on their way into a sealed value and out of it.

use seal::Opened;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::error::{Fault, Outcome};

/// The bytes that are sealed for a value.
pub fn pack(words: &impl Serialize) -> Outcome<Zeroizing<Vec<u8>>> {
    let bytes = serde_json::to_vec(words).map(Zeroizing::new);
    bytes.map_err(|_| Fault::because("words that can't be packed").into())
}

/// The value that was sealed. What the parser says is left out: it could quote somebody's words.
pub fn unpack<T: DeserializeOwned>(opened: &Opened) -> Outcome<T> {
    serde_json::from_slice(opened.bytes()).map_err(|_| unexpected())
}

/// Words that are filled up before they are sealed, so that the size of their row does not tell how
/// long they are, or how many people stand in them.
#[derive(Serialize, Deserialize)]
pub struct Filled<T> {
    /// The words.
    #[serde(rename = "w")]
    pub words: T,
    #[serde(rename = "f")]
    fill: String,
}

impl<T: Serialize> Filled<T> {
    /// Filled up to the first of these sizes (bytes) that takes them; what is longer than all of
    /// them stays as it is.
    pub fn new(words: T, sizes: &[usize]) -> Filled<T> {
        let mut filled = Filled { words, fill: String::new() };
        let length = serde_json::to_vec(&filled).map_or(0, |bytes| bytes.len());
        // A sealed value adds one byte where what is in it ends.
        let size = sizes.iter().find(|size| length < **size);
        filled.fill = " ".repeat(size.map_or(0, |size| size - 1 - length));
        filled
    }
}

fn unexpected() -> crate::error::Stop {
    Fault::damaged("sealed words of an unexpected shape").into()
}
