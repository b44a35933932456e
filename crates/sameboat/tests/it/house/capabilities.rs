//! Only `access.rs` makes the right to do something.

use super::source::{File, pattern, rust};

/// What of `access.rs` hands a capability out, besides the guard: `web` finds the cookie and asks.
const HANDS_OUT: [&str; 1] = ["find_person"];

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
fn only_access_hands_capabilities_out() {
    let all = rust();
    let access = access(&all);
    let gives = pattern(r"pub (?:async )?fn (\w+)[^{;]*->([^{;]*)\{");
    for name in capabilities(&access) {
        let word = pattern(&format!(r"\b{name}\b"));
        let owned = pattern(&format!(r"&(?:'\w+ )?{name}\b"));
        for found in gives.captures_iter(&access) {
            let back = owned.replace_all(&found[2], "").into_owned();
            let hands = word.is_match(&back);
            assert!(!hands || HANDS_OUT.contains(&&found[1]), "{} gives a {name}", &found[1]);
        }
        let beside = pattern(&format!(r"impl(<[^>]*>)? (\w+ for )?{name}\b|\b{name}\(Arc"));
        for file in all.iter().filter(|file| !file.path.starts_with("access")) {
            assert!(!beside.is_match(&file.code()), "{} adds to {name}", file.path);
        }
    }
}
