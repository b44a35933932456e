use core::fmt;

use aead_stream::EncryptorBE32;
use chacha20poly1305::XChaCha20Poly1305;
use zeroize::Zeroizing;

use crate::secret::Secret;
use crate::{Chance, boxes};

use super::{
    BackupError, BackupFacts, CHUNK, FACTS, HEADER_BYTES, MAGIC, OperatorPublic, SEALED_CHUNK,
    info, stream_key, stream_parts,
};

/// Seals a backup piece by piece.
pub struct BackupWriter {
    stream: EncryptorBE32<XChaCha20Poly1305>,
    waiting: Zeroizing<Vec<u8>>,
}

impl BackupWriter {
    /// Begins a backup and gives the bytes that stand first in it.
    ///
    /// # Errors
    /// [`BackupError::BadPublicKey`].
    pub fn begin(
        operator: &OperatorPublic,
        facts: &BackupFacts,
        chance: &mut Chance<'_>,
    ) -> Result<(Self, Vec<u8>), BackupError> {
        let key = Secret::random(chance);
        let mut content = Zeroizing::new(Vec::with_capacity(FACTS + 32));
        content.extend(facts.instance);
        content.extend(facts.made_at.to_be_bytes());
        content.extend(key.bytes());
        let boxed = boxes::put(operator.as_bytes(), &info(), &content, chance)
            .map_err(|_| BackupError::BadPublicKey)?;
        let mut header = Vec::with_capacity(HEADER_BYTES);
        header.extend(MAGIC);
        header.extend(boxed);
        let (key, nonce) = stream_key(&key);
        let (key, nonce) = stream_parts(&key, &nonce);
        let writer = Self {
            stream: EncryptorBE32::new(key, nonce),
            waiting: Zeroizing::new(Vec::with_capacity(CHUNK)),
        };
        Ok((writer, header))
    }

    /// Takes the next piece, of any length, and gives the bytes that follow, often none.
    ///
    /// # Errors
    /// [`BackupError::TooLong`].
    pub fn push(&mut self, mut piece: &[u8]) -> Result<Vec<u8>, BackupError> {
        let mut out = Vec::with_capacity(piece.len() / CHUNK * SEALED_CHUNK + SEALED_CHUNK);
        while !piece.is_empty() {
            // A full chunk waits for the next byte: only then is it not the last.
            if self.waiting.len() == CHUNK {
                let sealed = self.stream.encrypt_next(self.waiting.as_slice());
                out.extend(sealed.map_err(|_| BackupError::TooLong)?);
                self.waiting.clear();
            }
            let room = CHUNK - self.waiting.len();
            let (now, later) = piece.split_at(room.min(piece.len()));
            self.waiting.extend(now);
            piece = later;
        }
        Ok(out)
    }

    /// Gives the last bytes.
    ///
    /// # Errors
    /// [`BackupError::TooLong`].
    pub fn finish(self) -> Result<Vec<u8>, BackupError> {
        self.stream.encrypt_last(self.waiting.as_slice()).map_err(|_| BackupError::TooLong)
    }
}

impl fmt::Debug for BackupWriter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[backup writer]")
    }
}
