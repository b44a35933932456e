//! A backup's file: lines in, sealed bytes out, and the other way.

use std::fs::{File, OpenOptions};
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::Path;

use anyhow::{Context, bail};
use seal::backup::{BackupFacts, BackupReader, BackupWriter, HEADER_BYTES, OperatorSecret};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::backup::cells::Line;

/// The SHA-256 (FIPS 180-4) of a whole file.
pub type FileHash = [u8; 32];

/// Writes lines and seals them.
pub struct Writer {
    file: BufWriter<File>,
    seal: BackupWriter,
    hash: Sha256,
}

impl Writer {
    /// Begins a file that is not there yet and that only its owner may read.
    pub fn begin(to: &Path, (seal, header): (BackupWriter, Vec<u8>)) -> anyhow::Result<Writer> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(to).with_context(|| format!("can't make {}", to.display()))?;
        let file = BufWriter::new(file);
        let mut writer = Writer { file, seal, hash: Sha256::new() };
        writer.write(&header)?;
        Ok(writer)
    }

    /// Adds a line.
    pub fn add(&mut self, line: &Line) -> anyhow::Result<()> {
        let mut text = Zeroizing::new(serde_json::to_vec(line)?);
        text.push(b'\n');
        let sealed = self.seal.push(&text)?;
        self.write(&sealed)
    }

    fn write(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        self.hash.update(bytes);
        Ok(self.file.write_all(bytes)?)
    }

    /// Ends the file, waits until it is on the disk, and gives its SHA-256.
    pub fn finish(mut self) -> anyhow::Result<FileHash> {
        let end = self.seal.finish()?;
        self.hash.update(&end);
        self.file.write_all(&end)?;
        self.file.flush()?;
        self.file.get_ref().sync_all()?;
        Ok(self.hash.finalize().into())
    }
}

/// Opens a backup and reads its lines one by one; what comes is genuine, and whole at its end.
pub struct Lines {
    file: BufReader<File>,
    seal: Option<BackupReader>,
    hash: Sha256,
    opened: Zeroizing<Vec<u8>>,
    at: usize,
}

impl Lines {
    /// Opens the beginning.
    pub fn open(from: &Path, operator: &OperatorSecret) -> anyhow::Result<(Lines, BackupFacts)> {
        let file = File::open(from).with_context(|| format!("can't read {}", from.display()))?;
        let mut file = BufReader::new(file);
        let mut header = [0; HEADER_BYTES];
        file.read_exact(&mut header).context("this is no backup")?;
        let (seal, facts) = BackupReader::begin(operator, &header)?;
        let opened = Zeroizing::new(Vec::new());
        let hash = Sha256::new().chain_update(header);
        Ok((Lines { file, seal: Some(seal), hash, opened, at: 0 }, facts))
    }

    /// The next line; `None` at the end of a whole backup.
    pub fn next(&mut self) -> anyhow::Result<Option<Line>> {
        loop {
            let rest = &self.opened[self.at..];
            if let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
                let line = serde_json::from_slice(&rest[..end]);
                self.at += end + 1;
                return Ok(Some(line.context("the backup holds a line of another format")?));
            }
            if !self.more()? {
                return if self.opened.len() > self.at {
                    bail!("cut off in a line")
                } else {
                    Ok(None)
                };
            }
        }
    }

    /// The SHA-256 of what was read: of the whole file, once its end was reached.
    pub fn sha256(&self) -> FileHash {
        self.hash.clone().finalize().into()
    }

    /// Opens some more; false when there is no more.
    fn more(&mut self) -> anyhow::Result<bool> {
        let Some(seal) = &mut self.seal else { return Ok(false) };
        let mut sealed = vec![0; 128 * 1024];
        let count = self.file.read(&mut sealed)?;
        self.hash.update(&sealed[..count]);
        let fresh = match count {
            0 => self.seal.take().map(BackupReader::finish).transpose()?.unwrap_or_default(),
            count => seal.push(&sealed[..count])?,
        };
        // A new vector each time: growing in place would leave a copy behind that nothing wipes.
        let rest = [&self.opened[self.at..], &fresh].concat();
        (self.opened, self.at) = (Zeroizing::new(rest), 0);
        Ok(true)
    }
}
