//! Holds every number in the files against the metadata in `data/short_numbers.json`.

use std::collections::BTreeMap;

use regex::Regex;
use serde::Deserialize;

use super::super::*;
use super::HELD;

/// Numbers in use that the metadata gets wrong, each with how we know.
/// When the metadata learns one, the test says so and the line goes.
const METADATA_IS_WRONG: [(&str, &str, &str); 3] = [
    (
        "DE",
        "116016",
        "unknown to it; the EU number for women who meet violence, in use since June 2023",
    ),
    ("FR", "3919", "dear to it, for all 39xx are; free by its own page: solidaritefemmes.org"),
    ("IN", "14416", "unknown to it; Tele MANAS, in use since October 2022"),
];

/// Numbers that send help and that the metadata does not count among the emergency ones.
const EMERGENCY_BY_TEXT: [(&str, &str); 1] = [("FR", "114")];

/// Up to this many digits, a number may be a short one.
const SHORT: usize = 6;

#[derive(Deserialize)]
struct Table {
    version: String,
    licence: String,
    countries: BTreeMap<String, Rules>,
}

#[derive(Deserialize)]
struct Rules {
    /// What is dialled before a number inside the country, such as 0.
    trunk: String,
    short: BTreeMap<String, Rule>,
    long: BTreeMap<String, Rule>,
}

#[derive(Deserialize)]
struct Rule {
    pattern: String,
    example: Option<String>,
}

impl Rule {
    fn fits(&self, digits: &str) -> bool {
        Regex::new(&format!("^(?:{})$", self.pattern)).unwrap().is_match(digits)
    }
}

impl Rules {
    fn is_emergency(&self, digits: &str) -> bool {
        self.short["emergency"].fits(digits)
    }

    fn is_short(&self, digits: &str) -> bool {
        let dear = self.short.get("premium_rate").is_some_and(|rule| rule.fits(digits));
        digits.len() <= SHORT && self.short["short_code"].fits(digits) && !dear
    }

    fn is_long(&self, digits: &str) -> bool {
        let bare = digits.strip_prefix(&self.trunk).unwrap_or(digits);
        let fits = |rule: &Rule| rule.fits(digits) || rule.fits(bare);
        let dear = self.long.get("premium_rate").is_some_and(fits);
        self.long.values().any(fits) && !dear
    }
}

fn table() -> Table {
    serde_json::from_str(include_str!("../../../../data/short_numbers.json")).unwrap()
}

fn numbers(service: &Service) -> impl Iterator<Item = String> {
    let text = service.way.text().map(|text| &text.number);
    service.way.call().into_iter().chain(text).chain(&service.other_calls).map(Number::digits)
}

#[test]
fn the_rules_name_their_version_and_licence() {
    let table = table();
    assert!(!table.version.is_empty());
    assert_eq!(table.licence, "Apache-2.0");
    assert!(include_str!("../../../../data/short_numbers.LICENSE").contains("Apache License"));
    assert!(table.countries.keys().eq(HELD));
}

#[test]
fn the_rules_are_read_as_their_makers_mean_them() {
    for (code, rules) in table().countries {
        for rule in rules.short.values().chain(rules.long.values()) {
            if let Some(example) = &rule.example {
                assert!(rule.fits(example), "{code} {example}");
            }
        }
    }
}

#[test]
fn every_number_exists_where_it_is_dialled() {
    for (code, rules) in table().countries {
        for service in super::here(&code) {
            for digits in numbers(service) {
                let known = rules.is_short(&digits) || rules.is_long(&digits);
                let excused = METADATA_IS_WRONG.iter().any(|(c, d, _)| *c == code && *d == digits);
                assert!(known || excused, "{code} {digits} is no number of this country");
                assert!(!(known && excused), "{code} {digits} is known now: take it off the list");
            }
        }
    }
}

#[test]
fn emergency_means_emergency() {
    for (code, rules) in table().countries {
        for service in super::here(&code) {
            for digits in numbers(service) {
                let by_text = EMERGENCY_BY_TEXT.contains(&(code.as_str(), digits.as_str()));
                let sends_help = rules.is_emergency(&digits) || by_text;
                assert_eq!(service.emergency, sends_help, "{code} {digits}");
            }
        }
    }
}

#[test]
fn a_wrong_number_is_noticed() {
    let table = table();
    let gb = &table.countries["GB"];
    assert!(!gb.is_short("98") && !gb.is_long("98"));
    assert!(!gb.is_long("0808200024799"));
    assert!(!gb.is_long("09061234567"), "a dear number never passes");
    assert!(!table.countries["US"].is_long("18007997"));
    assert!(!table.countries["DE"].is_emergency("911"));
}
