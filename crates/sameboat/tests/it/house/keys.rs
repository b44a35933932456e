//! Every sentence that is asked for is there, and every one that is there is asked for.

use std::collections::BTreeSet;

use super::source::{File, crate_folder, files, pattern, rust, templates, texts};

/// Texts in the source that look like keys and are something else: fields, ids, addresses.
const NO_KEYS: [&str; 16] = [
    "must-not-meet",
    "sign-in",
    "own-word",
    "own-passphrase",
    "own-goal",
    "new-password",
    "current-password",
    "what-for",
    "not-for",
    "start-link",
    "this-device",
    "me-sheet",
    "by-agreement",
    "me-too",
    "not-me-too",
    "lines-of",
];

fn keys() -> BTreeSet<String> {
    let key = pattern(r"(?m)^([a-z][a-zA-Z0-9-]*) *=");
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

/// Keys that are put together: `weekday-{n}`, or `event-` with a word behind it. A place is empty
/// text between two pieces.
fn families(literals: &BTreeSet<String>) -> Vec<Vec<String>> {
    let open = pattern(r"^[a-z][a-z-]*-(\{[^}]*\}[a-z-]*)*$");
    let place = pattern(r"\{[^}]*\}");
    let whole = literals.iter().filter(|literal| open.is_match(literal));
    let whole = whole.map(|literal| place.replace_all(literal, "\u{0}").into_owned());
    let whole = whole.map(|text| if text.ends_with('-') { text + "\u{0}" } else { text });
    whole.map(|text| text.split('\u{0}').map(str::to_owned).collect()).collect()
}

/// What may stand in a place: anything in quotes, what an address says after `done=`, words of the
/// lists of countries and services, codes of countries, and small numbers.
fn parts(literals: &BTreeSet<String>) -> BTreeSet<String> {
    let done = pattern(r"[?&]done=([a-z-]+)");
    let word = pattern(r"[A-Za-z]+");
    let mut all = literals.clone();
    all.extend(literals.iter().flat_map(|text| done.captures_iter(text)).map(|f| f[1].to_owned()));
    for list in files(&crate_folder().join("data"), &["json", "toml", "txt", "csv"]) {
        all.extend(word.find_iter(&list.text).map(|found| found.as_str().to_owned()));
    }
    let code = pattern(r"\b[A-Z]{2}\b");
    all.extend(
        literals.iter().flat_map(|text| code.find_iter(text)).map(|f| f.as_str().to_owned()),
    );
    all.extend((1..=12).map(|number| number.to_string()));
    all
}

/// Whether a key is one of a family, with parts that are really there.
fn belongs(key: &str, family: &[String], parts: &BTreeSet<String>) -> bool {
    let [piece, rest @ ..] = family else { return key.is_empty() };
    let Some(after) = key.strip_prefix(piece.as_str()) else { return false };
    if rest.is_empty() {
        return after.is_empty();
    }
    let ends = 1..=after.len();
    ends.filter(|end| after.is_char_boundary(*end))
        .any(|end| parts.contains(&after[..end]) && belongs(&after[end..], rest, parts))
}

#[test]
fn every_sentence_is_asked_for() {
    let literals: BTreeSet<String> = literals().into_iter().map(|(_, literal)| literal).collect();
    let (families, parts) = (families(&literals), parts(&literals));
    let asked = |key: &String| {
        literals.contains(key) || families.iter().any(|family| belongs(key, family, &parts))
    };
    let idle: Vec<String> = keys().into_iter().filter(|key| !asked(key)).collect();
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

/// A notice that has no words is silently left out, so this one must be looked for.
#[test]
fn every_notice_after_something_was_done_has_words() {
    let done = pattern(r"[?&]done=([a-z-]+)");
    let keys = keys();
    for (path, literal) in literals() {
        for found in done.captures_iter(&literal) {
            assert!(keys.contains(&format!("done-{}", &found[1])), "{path}: {literal}");
        }
    }
}

#[test]
fn weekdays_months_and_what_happened_to_a_sign_in_are_whole() {
    let keys = keys();
    let all = rust();
    let events = all.iter().find(|file| file.path == "people/events.rs").expect("there are events");
    let word = pattern(r#"(?m)^\s*[A-Z]\w+ = "([a-z-]+)""#);
    let code = events.code();
    let events = word.captures_iter(&code).map(|found| format!("event-{}", &found[1]));
    let days = (1..=7).map(|number| format!("weekday-{number}"));
    let months = (1..=12).map(|number| format!("month-{number}"));
    for key in events.chain(days).chain(months) {
        assert!(keys.contains(&key), "{key} has no words");
    }
}
