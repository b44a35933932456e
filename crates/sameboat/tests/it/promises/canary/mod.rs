//! Words planted through the real pages lie nowhere in clear, in no spelling.
//!
//! The same test in a build without sealing (`--features plain`) must find them: a search that
//! has never found anything proves nothing.

pub mod planting;
mod spelling;

use regex::bytes::Regex;

use crate::world::World;
use planting::{Kept, PLANTED, plant};
use spelling::spellings;

#[tokio::test]
async fn no_planted_word_lies_in_clear() {
    let world = World::new().await;
    plant(&world).await;
    let disk = world.disk().await;
    assert!(disk.iter().map(|(_, all)| all.len()).sum::<usize>() > 50_000, "there is a disk");
    for planted in &PLANTED {
        let pattern = any_of(&spellings(planted.words));
        let found = disk.iter().find(|(_, all)| pattern.is_match(all)).map(|(place, _)| place);
        match planted.kept {
            Kept::Sealed if !seal::SEALING => {
                assert!(found.is_some(), "without sealing “{}” must be found", planted.words);
            }
            // What was replaced may still stand in the log of a build that does not seal.
            Kept::Replaced if !seal::SEALING => {}
            Kept::Sealed | Kept::Replaced | Kept::Nowhere => {
                assert_eq!(found, None, "“{}” lies in clear", planted.words);
            }
        }
    }
}

#[test]
fn every_spelling_is_found_in_the_middle_of_other_bytes() {
    for planted in &PLANTED {
        let pattern = any_of(&spellings(planted.words));
        for spelling in spellings(planted.words) {
            let hidden = [&b"\x00\xffbefore"[..], &spelling, b"after\x00"].concat();
            assert!(pattern.is_match(&hidden));
        }
        assert!(!pattern.is_match(b"nothing of the kind"));
    }
}

fn any_of(spellings: &[Vec<u8>]) -> Regex {
    let literal =
        |bytes: &Vec<u8>| -> String { bytes.iter().map(|byte| format!(r"\x{byte:02x}")).collect() };
    let all: Vec<String> = spellings.iter().map(literal).collect();
    Regex::new(&format!("(?-u:{})", all.join("|"))).expect("bytes are a pattern")
}
