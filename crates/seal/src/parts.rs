//! Several byte strings as one, each with its length before it, and the way back.

/// A length as four bytes, big-endian. The largest is kept for "none".
pub(crate) fn length(len: usize) -> [u8; 4] {
    u32::try_from(len)
        .ok()
        .filter(|&n| n != u32::MAX)
        .expect("a part of associated data is far shorter than 4 GiB")
        .to_be_bytes()
}

/// Each part after its length.
pub(crate) fn join(parts: &[&[u8]]) -> Vec<u8> {
    let mut out = Vec::with_capacity(parts.iter().map(|p| p.len() + 4).sum());
    for part in parts {
        out.extend(length(part.len()));
        out.extend(*part);
    }
    out
}

/// A part that may be missing. "None" has a length no real part can have, so that it
/// differs from an empty part.
pub(crate) fn add_option(out: &mut Vec<u8>, part: Option<&[u8]>) {
    match part {
        Some(part) => {
            out.extend(length(part.len()));
            out.extend(part);
        }
        None => out.extend(u32::MAX.to_be_bytes()),
    }
}

/// Reads from the front of untrusted bytes; `None` when there are too few.
pub(crate) struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    pub fn take(&mut self, len: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(head)
    }

    pub fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    pub fn u8(&mut self) -> Option<u8> {
        self.array::<1>().map(|[byte]| byte)
    }

    pub fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_be_bytes)
    }

    pub fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_be_bytes)
    }

    /// `Some` only when nothing is left.
    pub fn end(self) -> Option<()> {
        self.0.is_empty().then_some(())
    }
}
