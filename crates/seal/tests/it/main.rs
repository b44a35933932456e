//! The promises of the format, checked from outside.
//!
//! With the feature `plain` nothing is sealed, and only `plain.rs` has something to say.

#[cfg(not(feature = "plain"))]
mod backups;
#[cfg(not(feature = "plain"))]
mod boxes;
#[cfg(not(feature = "plain"))]
mod changes;
#[cfg(not(feature = "plain"))]
mod envelopes;
mod epochs;
mod files;
#[cfg(not(feature = "plain"))]
mod format;
#[cfg(not(feature = "plain"))]
mod keyrings;
mod known_answers;
mod names;
mod passphrases;
#[cfg(feature = "plain")]
mod plain;
#[cfg(not(feature = "plain"))]
mod values;
mod wraps;

use seal::{Chance, InstanceKey};
use sha2::{Digest, Sha256};

/// Calls `then` with chance that is the same for the same seed.
fn with_chance<T>(seed: u64, then: impl FnOnce(&mut Chance<'_>) -> T) -> T {
    let mut counter = 0u64;
    let mut fill = |bytes: &mut [u8]| {
        for chunk in bytes.chunks_mut(32) {
            let block = Sha256::new()
                .chain_update(seed.to_be_bytes())
                .chain_update(counter.to_be_bytes())
                .finalize();
            chunk.copy_from_slice(&block[..chunk.len()]);
            counter += 1;
        }
    };
    then(&mut Chance::new(&mut fill))
}

fn instance(byte: u8) -> InstanceKey {
    InstanceKey::from_bytes(1, [byte; 32])
}

fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u32> = text.chars().filter_map(|c| c.to_digit(16)).collect();
    digits
        .chunks(2)
        .map(|pair| u8::try_from(pair[0] * 16 + pair[1]).expect("two hex digits are a byte"))
        .collect()
}

#[cfg(not(feature = "plain"))]
fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
