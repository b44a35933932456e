//! What a file looks at: the `crate::…` paths in its code.

use std::collections::BTreeSet;

use super::source::{File, pattern};

/// Every path below `crate::` that the file names, without `crate::`: say `people::store`.
pub fn looks(file: &File) -> BTreeSet<String> {
    let code = file.code();
    let start = pattern(r"\bcrate::");
    let mut all = BTreeSet::new();
    for found in start.find_iter(&code) {
        expand("", &code[found.end()..], &mut all);
    }
    all
}

/// Reads a use tree, or a plain path, from the start of `rest`.
fn expand(before: &str, rest: &str, all: &mut BTreeSet<String>) {
    let rest = rest.trim_start();
    if let Some(inside) = rest.strip_prefix('{') {
        split(inside).iter().for_each(|part| expand(before, part, all));
        return;
    }
    let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '*'));
    let (name, rest) = rest.split_at(end.unwrap_or(rest.len()));
    let path = match name {
        "" => return,
        "self" => before.to_owned(),
        name if before.is_empty() => name.to_owned(),
        name => format!("{before}::{name}"),
    };
    match rest.strip_prefix("::") {
        Some(rest) => expand(&path, rest, all),
        None => drop(all.insert(path)),
    }
}

/// The parts of a list, up to the bracket that closes it.
fn split(inside: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0;
    for c in inside.chars() {
        match c {
            '}' if depth == 0 => break,
            ',' if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        parts.last_mut().expect("there is one").push(c);
    }
    parts
}

#[test]
fn a_tree_is_read_to_its_leaves() {
    let text = "use crate::a::{self, b::{C, d}, e as f};\nuse crate::{g, h::*};\n// crate::no\nlet x = crate::i::j(1);";
    let seen = looks(&File { path: String::new(), text: text.to_owned() });
    let seen: Vec<&str> = seen.iter().map(String::as_str).collect();
    assert_eq!(seen, ["a", "a::b::C", "a::b::d", "a::e", "g", "h::*", "i::j"]);
}
