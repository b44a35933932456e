use proptest::prelude::*;
use seal::Chance;
use seal::backup::{
    BackupError, BackupFacts, BackupReader, BackupWriter, HEADER_BYTES, OperatorPublic,
    OperatorSecret,
};

use crate::with_chance;

const SEALED_CHUNK: usize = 65536 + 16;
const FACTS: BackupFacts = BackupFacts { instance: [4; 16], made_at: 1_795_000_000_000_000 };

fn operator(seed: u64) -> OperatorSecret {
    with_chance(seed, OperatorSecret::random)
}

fn written(content: &[u8], piece: usize) -> Vec<u8> {
    let write = |chance: &mut Chance<'_>| {
        let (mut writer, mut out) = BackupWriter::begin(&operator(1).public(), &FACTS, chance)?;
        for piece in content.chunks(piece) {
            out.extend(writer.push(piece)?);
        }
        out.extend(writer.finish()?);
        Ok::<_, BackupError>(out)
    };
    with_chance(9, write).expect("it is short")
}

fn read(backup: &[u8], piece: usize) -> Result<Vec<u8>, BackupError> {
    let (header, rest) =
        backup.split_first_chunk::<HEADER_BYTES>().ok_or(BackupError::Malformed)?;
    let (mut reader, facts) = BackupReader::begin(&operator(1), header)?;
    assert_eq!(facts, FACTS);
    let mut out = Vec::new();
    for piece in rest.chunks(piece) {
        out.extend(reader.push(piece)?.iter());
    }
    out.extend(reader.finish()?.iter());
    Ok(out)
}

fn content(len: usize) -> Vec<u8> {
    (0..len).map(|at| (at % 251) as u8).collect()
}

#[test]
fn a_backup_of_any_length_comes_back_whatever_the_pieces() {
    for len in [0, 1, 65535, 65536, 65537, 131_072, 200_000] {
        let content = content(len);
        for piece in [1000, 65536, 65552, 1_000_000] {
            let backup = written(&content, piece);
            let chunks = len.div_ceil(65536).max(1);
            assert_eq!(backup.len(), HEADER_BYTES + len + chunks * 16);
            assert!(read(&backup, piece + 7) == Ok(content.clone()), "{len} bytes");
        }
    }
}

#[test]
fn a_backup_that_was_cut_off_is_refused_at_its_end() {
    let backup = written(&content(200_000), 65536);
    let second = HEADER_BYTES + SEALED_CHUNK;
    for cut in [
        0,
        HEADER_BYTES - 1,
        HEADER_BYTES,
        HEADER_BYTES + 15,
        second - 1,
        second,
        second + 1,
        second + SEALED_CHUNK,
        backup.len() - 1,
    ] {
        assert!(read(&backup[..cut], 65536).is_err(), "cut at {cut}");
    }
}

#[test]
fn chunks_that_changed_places_or_came_twice_are_refused() {
    let backup = written(&content(300_000), 65536);
    let (header, chunks) = backup.split_at(HEADER_BYTES);
    let chunks: Vec<_> = chunks.chunks(SEALED_CHUNK).collect();
    for order in [vec![1, 0, 2, 3, 4], vec![0, 1, 1, 2, 3, 4], vec![0, 2, 3, 4], vec![0, 4]] {
        let mut changed = header.to_vec();
        order.into_iter().for_each(|at| changed.extend(chunks[at]));
        assert_eq!(read(&changed, 65536), Err(BackupError::Damaged));
    }
    let doubled = [backup.as_slice(), chunks[4]].concat();
    assert_eq!(read(&doubled, 65536), Err(BackupError::Damaged));
}

#[test]
fn after_a_bad_chunk_nothing_opens_any_more() {
    let mut backup = written(&content(200_000), 65536);
    backup[HEADER_BYTES + 5] ^= 1;
    let (header, rest) = backup.split_first_chunk().expect("it is longer");
    let (mut reader, _) = BackupReader::begin(&operator(1), header).expect("the header is whole");
    let mut refused = 0;
    for piece in rest.chunks(SEALED_CHUNK) {
        refused += usize::from(reader.push(piece).is_err());
    }
    assert_eq!(refused, 3, "all but the first piece, which only waited");
    assert_eq!(reader.finish().err(), Some(BackupError::Damaged));
}

#[test]
fn another_operators_key_opens_nothing() {
    let backup = written(b"words", 100);
    let header = backup.first_chunk().expect("it is longer");
    let error = BackupReader::begin(&operator(2), header).err();
    assert_eq!(error, Some(BackupError::OtherKey));
    let bad = OperatorPublic::from_bytes([0; 32]);
    let begun = with_chance(1, |chance| BackupWriter::begin(&bad, &FACTS, chance).err());
    assert_eq!(begun, Some(BackupError::BadPublicKey));
}

#[test]
fn nothing_of_the_content_shows() {
    let backup = written(b"a phrase that can be searched for", 100);
    assert!(!backup.windows(6).any(|bytes| bytes == b"phrase"));
}

proptest! {
    #[test]
    fn one_flipped_bit_is_noticed(at in any::<prop::sample::Index>()) {
        let mut backup = written(&content(500), 100);
        let bit = at.index(backup.len() * 8);
        backup[bit / 8] ^= 1 << (bit % 8);
        prop_assert!(read(&backup, 100).is_err());
    }

    #[test]
    fn any_bytes_as_a_backup_are_refused_without_a_crash(noise in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(read(&noise, 100).is_err());
        prop_assert!(read(&[b"seal-backup-v1\x01".as_slice(), &noise].concat(), 100).is_err());
    }
}
