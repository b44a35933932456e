//! Words planted through the real pages lie nowhere in clear, in no spelling.
//!
//! The same test in a build without sealing (`--features plain`) must find them: a search that
//! has never found anything proves nothing.

pub mod planted;
pub mod planting;
mod spelling;

use std::collections::BTreeSet;

use sameboat::routes;

use super::reading::walk;
use crate::house::source::{pattern, templates};
use crate::world::bytes::any_of;
use crate::world::{Sending, URL, World, where_words_go};
use planted::{Kept, PLANTED};
use planting::plant;
use spelling::spellings;

/// Fields of a line that hold a number or an hour, and nothing else.
const NUMBERS: [&str; 4] = ["time", "minutes", "most", "for"];

#[tokio::test]
async fn no_planted_word_lies_in_clear() {
    let world = World::new().await;
    plant(&world).await;
    let disk = world.disk().await;
    assert!(disk.iter().map(|(_, all)| all.len()).sum::<usize>() > 50_000, "there is a disk");
    for planted in PLANTED {
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
    for planted in PLANTED {
        let pattern = any_of(&spellings(planted.words));
        for spelling in spellings(planted.words) {
            let hidden = [&b"\x00\xffbefore"[..], &spelling, b"after\x00"].concat();
            assert!(pattern.is_match(&hidden));
        }
        assert!(!pattern.is_match(b"nothing of the kind"));
    }
}

/// A field, with the pattern of the route to which its form goes.
type Field = (String, String);

/// Whoever makes a field for words, or a form that keeps a draft, plants a phrase in it.
#[tokio::test]
async fn a_phrase_is_planted_in_every_field_that_takes_words() {
    let mut world = World::new().await;
    let seen = world.watch();
    for mut browser in plant(&world).await {
        let from = ["/", "/me", "/groups", "/notebook"].map(str::to_owned).to_vec();
        walk(&mut browser, from).await;
    }
    let (pages, sent) = seen.all();
    let fields = pages.iter().flat_map(where_words_go);
    let fields: BTreeSet<Field> = fields.map(|(to, name)| (route(&to), plain(&name))).collect();
    let planted: BTreeSet<Field> = sent.iter().flat_map(planted_in).collect();
    let bare = fields.difference(&planted).filter(|(_, name)| !NUMBERS.contains(&name.as_str()));
    let bare: Vec<&Field> = bare.collect();
    assert!(bare.is_empty(), "no phrase is planted in {bare:?}");
    let named = pattern(r#"f::(?:line|area)\(page, "([a-z-]+)"|<textarea[^>]* name="([a-z-]+)""#);
    for file in templates() {
        for found in named.captures_iter(&file.text) {
            let name = found.iter().skip(1).flatten().next().expect("one of them").as_str();
            let shown = name == "date" || fields.iter().any(|(_, field)| field == name);
            assert!(shown, "nobody came to the page of {} with the field {name}", file.path);
        }
    }
}

/// The fields in which a form brings planted words.
fn planted_in(form: &Sending) -> Vec<Field> {
    let route = route(&form.action);
    let holds = |value: &str| PLANTED.iter().any(|planted| value.contains(planted.words));
    let fields = form.fields.iter().filter(|(_, value)| holds(value));
    let names = fields.map(|(name, _)| plain(name)).flat_map(|name| [name, String::new()]);
    names.map(|name| (route.clone(), name)).collect()
}

/// Objections to the lines of an agreement are one kind of field.
fn plain(name: &str) -> String {
    if name.starts_with("why-") { "why-".to_owned() } else { name.to_owned() }
}

/// The pattern of the route that has this address: of several, the plainest.
fn route(address: &str) -> String {
    let path = address.strip_prefix(URL).unwrap_or(address).split('?').next().unwrap_or_default();
    let parts: Vec<&str> = path.split('/').collect();
    let fits = |pattern: &&str| {
        let own: Vec<&str> = pattern.split('/').collect();
        let alike = own.iter().zip(&parts).all(|(own, part)| own.starts_with('{') || own == part);
        own.len() == parts.len() && alike
    };
    let all = routes::all();
    let found = all.iter().map(|route| route.path).filter(fits);
    let found = found.min_by_key(|pattern| pattern.matches('{').count());
    found.unwrap_or_else(|| panic!("no route has {address}")).to_owned()
}
