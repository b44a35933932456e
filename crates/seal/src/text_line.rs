//! A key as one line of text: a name, a number, 64 hex digits, and 8 to notice a slip
//! of the pen.

use core::fmt::Write;

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::secret::Secret;

const CHECK_BYTES: usize = 4;

pub(crate) fn write(name: &str, number: u32, bytes: &[u8; 32]) -> Zeroizing<String> {
    let mut line = Zeroizing::new(String::with_capacity(name.len() + 96));
    write!(line, "{name} {number} ").expect("writing to a string does not fail");
    write_hex(&mut line, bytes);
    line.push(' ');
    write_hex(&mut line, &check(name, number, bytes));
    line.push('\n');
    line
}

/// Reads one line that [`write()`] made; a missing or doubled line end is forgiven.
pub(crate) fn read(name: &str, text: &str) -> Option<(u32, Secret)> {
    let mut words = text.trim().split(' ');
    if words.next()? != name {
        return None;
    }
    let digits = words.next()?;
    let number: u32 = digits.parse().ok()?;
    // One way to write a number: no plus sign, no zeros in front.
    if number.to_string() != digits {
        return None;
    }
    let mut secret = Secret::zero();
    read_hex(words.next()?, secret.bytes_mut())?;
    let mut found = [0; CHECK_BYTES];
    read_hex(words.next()?, &mut found)?;
    if words.next().is_some() || found != check(name, number, secret.bytes()) {
        return None;
    }
    Some((number, secret))
}

fn check(name: &str, number: u32, bytes: &[u8; 32]) -> [u8; CHECK_BYTES] {
    let digest = Sha256::new()
        .chain_update(name)
        .chain_update([0])
        .chain_update(number.to_be_bytes())
        .chain_update(bytes)
        .finalize();
    [digest[0], digest[1], digest[2], digest[3]]
}

fn write_hex(out: &mut String, bytes: &[u8]) {
    for byte in bytes {
        write!(out, "{byte:02x}").expect("writing to a string does not fail");
    }
}

fn read_hex(text: &str, out: &mut [u8]) -> Option<()> {
    if text.len() != out.len() * 2 {
        return None;
    }
    for (digits, byte) in text.as_bytes().chunks_exact(2).zip(out) {
        let high = char::from(digits[0]).to_digit(16)?;
        let low = char::from(digits[1]).to_digit(16)?;
        *byte = u8::try_from(high * 16 + low).ok()?;
    }
    Some(())
}
