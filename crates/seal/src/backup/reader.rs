use core::fmt;

use aead_stream::DecryptorBE32;
use chacha20poly1305::XChaCha20Poly1305;
use zeroize::Zeroizing;

use crate::parts::Reader;
use crate::secret::Secret;
use crate::{OpenError, boxes};

use super::{
    BackupError, BackupFacts, HEADER_BYTES, MAGIC, OperatorSecret, SEALED_CHUNK, info, stream_key,
    stream_parts,
};

/// Opens a backup piece by piece. What it gives is genuine so far; it is whole only
/// after [`finish`](Self::finish). So a restore reads to the end first and touches
/// nothing before.
pub struct BackupReader {
    stream: DecryptorBE32<XChaCha20Poly1305>,
    waiting: Vec<u8>,
    damaged: bool,
}

impl BackupReader {
    /// Opens the first [`HEADER_BYTES`] bytes of a backup.
    ///
    /// # Errors
    /// [`BackupError::Malformed`] or [`BackupError::OtherKey`].
    pub fn begin(
        operator: &OperatorSecret,
        header: &[u8; HEADER_BYTES],
    ) -> Result<(Self, BackupFacts), BackupError> {
        let boxed = header.strip_prefix(MAGIC.as_slice()).ok_or(BackupError::Malformed)?;
        let opened = boxes::take(operator.secret(), &info(), boxed).map_err(|why| match why {
            OpenError::Refused | OpenError::OtherKey => BackupError::OtherKey,
            OpenError::Malformed | OpenError::NotText => BackupError::Malformed,
        })?;
        let (facts, key) = read(opened.bytes()).ok_or(BackupError::Malformed)?;
        let (key, nonce) = stream_key(&key);
        let (key, nonce) = stream_parts(&key, &nonce);
        let reader = Self {
            stream: DecryptorBE32::new(key, nonce),
            waiting: Vec::with_capacity(SEALED_CHUNK),
            damaged: false,
        };
        Ok((reader, facts))
    }

    /// Takes the next sealed bytes, of any length, and gives what opened, often nothing.
    ///
    /// # Errors
    /// [`BackupError::Damaged`]; from then on nothing opens any more.
    pub fn push(&mut self, mut sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, BackupError> {
        let most = sealed.len() + SEALED_CHUNK;
        let mut out = Zeroizing::new(Vec::with_capacity(most));
        while !sealed.is_empty() {
            if self.damaged {
                return Err(BackupError::Damaged);
            }
            if self.waiting.len() == SEALED_CHUNK {
                let opened = self.stream.decrypt_next(self.waiting.as_slice());
                self.damaged = opened.is_err();
                out.extend(Zeroizing::new(opened.map_err(|_| BackupError::Damaged)?).iter());
                self.waiting.clear();
            }
            let room = SEALED_CHUNK - self.waiting.len();
            let (now, later) = sealed.split_at(room.min(sealed.len()));
            self.waiting.extend(now);
            sealed = later;
        }
        Ok(out)
    }

    /// Opens the last piece. Only when this succeeds was the backup whole.
    ///
    /// # Errors
    /// [`BackupError::Damaged`] when it was cut off, lengthened or changed.
    pub fn finish(self) -> Result<Zeroizing<Vec<u8>>, BackupError> {
        if self.damaged {
            return Err(BackupError::Damaged);
        }
        self.stream
            .decrypt_last(self.waiting.as_slice())
            .map(Zeroizing::new)
            .map_err(|_| BackupError::Damaged)
    }
}

fn read(content: &[u8]) -> Option<(BackupFacts, Secret)> {
    let mut reader = Reader(content);
    let facts =
        BackupFacts { instance: reader.array()?, made_at: i64::from_be_bytes(reader.array()?) };
    let key = Secret::from_slice(reader.take(32)?)?;
    reader.end()?;
    Some((facts, key))
}

impl fmt::Debug for BackupReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[backup reader]")
    }
}
