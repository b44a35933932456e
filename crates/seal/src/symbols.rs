//! Characters that people copy by hand: Crockford's base 32. It has no I, L, O or U;
//! who writes one of these means 1, 1, 0 or V.

use zeroize::Zeroizing;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The character of a value from 0 to 31.
pub(crate) fn character(value: u8) -> char {
    char::from(ALPHABET[usize::from(value & 31)])
}

fn value(character: char) -> Option<u8> {
    let meant = match character.to_ascii_uppercase() {
        'I' | 'L' => '1',
        'O' => '0',
        'U' => 'V',
        other => other,
    };
    let at = ALPHABET.iter().position(|&a| char::from(a) == meant)?;
    u8::try_from(at).ok()
}

/// The values, five bits each; the length of `bytes` is a multiple of five.
pub(crate) fn from_bytes(bytes: &[u8]) -> Vec<u8> {
    let bit = |at: usize| (bytes[at / 8] >> (7 - at % 8)) & 1;
    (0..bytes.len() * 8 / 5)
        .map(|at| (0..5).fold(0, |value, i| value << 1 | bit(at * 5 + i)))
        .collect()
}

/// The characters in groups with hyphens.
pub(crate) fn print(values: &[u8], group: usize) -> String {
    let mut out = String::with_capacity(values.len() * 2);
    for (at, &value) in values.iter().enumerate() {
        if at > 0 && at % group == 0 {
            out.push('-');
        }
        out.push(character(value));
    }
    out
}

/// Reads exactly `count` characters, whatever their case and whatever spaces, hyphens
/// or dots stand between them. `None` for anything else.
pub(crate) fn read(text: &str, count: usize) -> Option<Zeroizing<Vec<u8>>> {
    let mut out = Zeroizing::new(Vec::with_capacity(count));
    for character in text.chars() {
        if is_separator(character) {
            continue;
        }
        if out.len() == count {
            return None;
        }
        out.push(value(character)?);
    }
    (out.len() == count).then_some(out)
}

fn is_separator(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '-' | '.' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_alikes_case_and_separators_are_forgiven() {
        let read = |text| read(text, 4).map(|values| print(&values, 4));
        assert_eq!(read("o i-l u").as_deref(), Some("011V"));
        assert_eq!(read("0\u{2013}11v\n").as_deref(), Some("011V"));
        assert_eq!(read("011"), None);
        assert_eq!(read("011V0"), None);
        assert_eq!(read("011é"), None);
    }

    #[test]
    fn bits_are_taken_from_the_front() {
        assert_eq!(from_bytes(&[0b0000_1000, 0b1000_0110, 0, 0, 31]), [1, 2, 3, 0, 0, 0, 0, 31]);
    }
}
