//! Only `access.rs` makes the right to do something.

use super::source::{File, pattern, rust};

/// What of `access.rs` makes a right, besides the guard, and who may call it.
const MAKERS: [(&str, &[&str]); 9] = [
    // The cookie of a request.
    ("find_person", &["web/visit.rs"]),
    // The people of the example groups.
    ("open_sign_in", &["demo/"]),
    // Whoever holds the keys of a seat is a member; only `groups` opens them.
    ("Member::new", &["groups/"]),
    ("with_keys", &["groups/"]),
    ("GroupScope::new", &["groups/"]),
    // The gone list keeps out what went.
    ("of_gone_list", &["backup/"]),
    // A seat on somebody's own keyring: the list of one's groups and doors, a farewell.
    ("of_seat", &["groups/", "today/", "door/", "leaving/", "kept.rs"]),
    // Seats whose time is over, in all groups.
    ("by_the_clock", &["returning/"]),
    // All groups, when the instance key is changed.
    ("under_new_key", &["groups/", "door/", "leaving/", "returning/"]),
];

fn access(all: &[File]) -> String {
    let own =
        all.iter().filter(|file| file.path == "access.rs" || file.path.starts_with("access/"));
    own.map(File::code).collect()
}

fn capabilities(access: &str) -> Vec<String> {
    let made = pattern(r"FromRequestParts<[^>]*> for (\w+)");
    made.captures_iter(access).map(|found| found[1].to_owned()).collect()
}

#[test]
fn nobody_can_put_a_capability_together() {
    let access = access(&rust());
    let all = capabilities(&access);
    assert!(all.contains(&"Person".to_owned()), "{all:?}");
    for name in all {
        let body = pattern(&format!(r"pub struct {name}\s*[({{][^;]*?[)}}]"));
        let body = body.find(&access).unwrap_or_else(|| panic!("no struct {name}")).as_str();
        assert!(!body[3..].contains("pub"), "{name} has a field that anybody may fill");
        let default =
            pattern(&format!(r"(Default for {name}\b|Deserialize[^\n]*\n[^\n]*struct {name}\b)"));
        assert!(!default.is_match(&access), "{name} can be made of nothing");
    }
}

#[test]
fn only_known_places_have_a_capability_made() {
    let all = rust();
    for (maker, places) in MAKERS {
        let call = pattern(&format!(r"\b{maker}\("));
        assert!(call.is_match(&access(&all)) || maker.contains("::"), "{maker} is gone");
        for file in all.iter().filter(|file| !file.path.starts_with("access")) {
            let may = places.iter().any(|place| file.path.starts_with(place));
            assert!(may || !call.is_match(&file.code()), "{} calls {maker}", file.path);
        }
    }
}

#[test]
fn access_makes_capabilities_in_known_ways_only() {
    let all = rust();
    let access = access(&all);
    let gives = pattern(r"pub (?:async )?fn (\w+)[^{;]*->([^{;]*)\{");
    let known =
        |name: &str| MAKERS.iter().any(|(maker, _)| maker.rsplit("::").next() == Some(name));
    for name in capabilities(&access) {
        let word = pattern(&format!(r"\b{name}\b"));
        let lent = pattern(&format!(r"&(?:'\w+ )?{name}\b"));
        for found in gives.captures_iter(&access) {
            let back = lent.replace_all(&found[2], "").into_owned();
            assert!(!word.is_match(&back) || known(&found[1]), "{} gives a {name}", &found[1]);
        }
        let beside = pattern(&format!(r"impl(<[^>]*>)? (\w+ for )?{name}\s*\{{"));
        for file in all.iter().filter(|file| !file.path.starts_with("access")) {
            assert!(!beside.is_match(&file.code()), "{} adds to {name}", file.path);
        }
    }
}
