//! Padding, so that a sealed value's size says little about its words.
//!
//! 0x80, then zeros (ISO/IEC 7816-4), up to 64, 256 or 1,024 bytes; beyond that to
//! the next length of Padmé (Nikitin and others, "Reducing Metadata Leakage from
//! Encrypted Files and Communication with PURBs", PoPETs 2019), which adds at most
//! 12 %.

use zeroize::Zeroizing;

const END: u8 = 0x80;
const STEPS: [usize; 3] = [64, 256, 1024];

/// The padded length of `len` bytes of content, its end mark included.
pub(crate) fn padded_len(len: usize) -> usize {
    let with_end = len + 1;
    match STEPS.into_iter().find(|&step| with_end <= step) {
        Some(step) => step,
        None => padme(with_end),
    }
}

fn padme(len: usize) -> usize {
    let exponent = len.ilog2();
    let kept_bits = exponent.ilog2() + 1;
    let mask = (1usize << (exponent - kept_bits)) - 1;
    (len + mask) & !mask
}

/// Adds content and padding to `out` so that it grows by exactly `to` bytes; the
/// caller has made sure that `content` is shorter than `to`.
pub(crate) fn pad_into(out: &mut Vec<u8>, content: &[u8], to: usize) {
    let end = out.len() + to;
    out.extend(content);
    out.push(END);
    out.resize(end, 0);
}

/// Content and padding in a fresh buffer.
pub(crate) fn pad(content: &[u8]) -> Zeroizing<Vec<u8>> {
    let to = padded_len(content.len());
    let mut out = Zeroizing::new(Vec::with_capacity(to));
    pad_into(&mut out, content, to);
    out
}

/// Cuts the padding off; `None` when there is no end mark.
pub(crate) fn unpad(padded: &mut Zeroizing<Vec<u8>>) -> Option<()> {
    let end = padded.iter().rposition(|&byte| byte != 0)?;
    if padded[end] != END {
        return None;
    }
    padded.truncate(end);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_step_and_then_grow_by_at_most_twelve_percent() {
        assert_eq!(padded_len(0), 64);
        assert_eq!(padded_len(63), 64);
        assert_eq!(padded_len(64), 256);
        assert_eq!(padded_len(255), 256);
        assert_eq!(padded_len(256), 1024);
        assert_eq!(padded_len(1023), 1024);
        for len in 1024..200_000 {
            let padded = padded_len(len);
            assert!(padded > len);
            assert!(padded * 100 <= (len + 1) * 112, "{len} was padded to {padded}");
        }
    }

    #[test]
    fn long_values_get_the_lengths_of_padme() {
        // By hand from the paper's definition, for the length with its end mark.
        for (len, padded) in [(1025, 1088), (1088, 1088), (10_000, 10_240), (100_000, 100_352)] {
            assert_eq!(padded_len(len - 1), padded);
        }
    }

    #[test]
    fn what_was_padded_comes_back() {
        for len in [0, 1, 62, 63, 64, 255, 1023, 1024, 5000] {
            let content = vec![0u8; len];
            let mut padded = pad(&content);
            assert_eq!(padded.len(), padded_len(len));
            unpad(&mut padded).unwrap();
            assert_eq!(*padded, content);
        }
    }

    #[test]
    fn zeros_alone_and_a_wrong_end_are_refused() {
        assert!(unpad(&mut Zeroizing::new(vec![])).is_none());
        assert!(unpad(&mut Zeroizing::new(vec![0; 64])).is_none());
        assert!(unpad(&mut Zeroizing::new(vec![7; 64])).is_none());
    }
}
