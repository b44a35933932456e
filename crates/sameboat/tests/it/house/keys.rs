//! Every sentence that is asked for is there, and every one that is there is asked for.

use std::collections::BTreeSet;

use super::source::{File, pattern, rust, templates, texts};

/// Sentences whose keys are put together. Each has what stands in the source for its last part.
const FAMILIES: [(&str, &str); 4] = [
    ("done-", r"[?&]done=([a-z-]+)"),
    ("event-", r#"^\s*[A-Z]\w+ = "([a-z-]+)""#),
    ("month-", ""),
    ("weekday-", ""),
];

/// Texts in the source that look like keys and are something else: fields, ids, addresses.
const NO_KEYS: [&str; 4] = ["sign-in", "own-word", "new-password", "current-password"];

fn keys() -> BTreeSet<String> {
    let key = pattern(r"(?m)^([a-z][a-z0-9-]*) *=");
    let all = texts();
    let found = all.iter().flat_map(|file| key.captures_iter(&file.text).collect::<Vec<_>>());
    found.map(|found| found[1].to_owned()).collect()
}

/// Everything in quotes in the code and in the templates, with where it stands.
fn literals() -> Vec<(String, String)> {
    let tag = pattern(r"(?s)\{%.*?%\}|\{\{.*?\}\}");
    let in_tags = |file: &File| -> String {
        tag.find_iter(&file.text).map(|found| found.as_str().to_owned() + "\n").collect()
    };
    let code = rust().into_iter().map(|file| (file.path.clone(), file.code()));
    let pages = templates().into_iter().map(|file| (file.path.clone(), in_tags(&file)));
    code.chain(pages)
        .flat_map(|(path, text)| {
            File::literals(&text).into_iter().map(move |literal| (path.clone(), literal))
        })
        .collect()
}

fn family(key: &str) -> Option<&'static (&'static str, &'static str)> {
    FAMILIES.iter().find(|(prefix, _)| key.starts_with(prefix))
}

fn numbered(prefix: &str, count: u8) -> BTreeSet<String> {
    (1..=count).map(|number| format!("{prefix}{number}")).collect()
}

#[test]
fn every_sentence_is_asked_for() {
    let literals: BTreeSet<String> = literals().into_iter().map(|(_, literal)| literal).collect();
    let idle: Vec<String> =
        keys().into_iter().filter(|key| family(key).is_none() && !literals.contains(key)).collect();
    assert!(idle.is_empty(), "nobody asks for {idle:?}");
}

#[test]
fn every_sentence_that_is_asked_for_is_there() {
    let keys = keys();
    let slices: BTreeSet<&str> =
        keys.iter().filter_map(|key| Some(key.split_once('-')?.0)).collect();
    let shape = pattern(r"^[a-z]+(-[a-z0-9]+)+$");
    let mut missing = Vec::new();
    for (path, literal) in literals() {
        let first = literal.split('-').next().unwrap_or_default();
        let like_a_key = shape.is_match(&literal) && slices.contains(first);
        if like_a_key && !keys.contains(&literal) && !NO_KEYS.contains(&&*literal) {
            missing.push(format!("{path}: {literal}"));
        }
    }
    assert!(missing.is_empty(), "no such sentences:\n{}", missing.join("\n"));
}

#[test]
fn every_call_for_a_sentence_names_one() {
    let keys = keys();
    let call = pattern(
        r#"\.t[12]?\(\s*"([^"]*)"|(?:NotAllowed|Conflict|Busy)\("([^"]*)"\)|\bkey: "([^"]*)"|FieldIssue::only\("[^"]*",\s*"([^"]*)"\)"#,
    );
    let all = rust().into_iter().map(|file| (file.path.clone(), file.code()));
    let all = all.chain(templates().into_iter().map(|file| (file.path, file.text)));
    for (path, text) in all {
        for found in call.captures_iter(&text) {
            let key = found.iter().skip(1).flatten().next().expect("one of them").as_str();
            assert!(keys.contains(key), "{path} asks for {key}");
        }
    }
}

#[test]
fn families_are_whole() {
    let keys = keys();
    let code: String = rust().iter().map(File::code).collect();
    for (prefix, part) in FAMILIES {
        let there: BTreeSet<String> =
            keys.iter().filter(|k| k.starts_with(prefix)).cloned().collect();
        let asked = match prefix {
            "month-" => numbered(prefix, 12),
            "weekday-" => numbered(prefix, 7),
            _ => {
                let part = pattern(&format!("(?m){part}"));
                part.captures_iter(&code).map(|found| format!("{prefix}{}", &found[1])).collect()
            }
        };
        assert_eq!(there, asked, "the family {prefix}");
    }
}
