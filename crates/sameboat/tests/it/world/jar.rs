//! A browser's cookies.

use std::collections::BTreeMap;

use axum::http::{HeaderMap, header};
use sameboat::clock::SECOND;

/// What a browser was given to keep.
#[derive(Clone, Default)]
pub struct Jar(BTreeMap<String, Kept>);

#[derive(Clone)]
struct Kept {
    value: String,
    /// Microseconds UTC; without it, it goes when the browser is closed.
    until: Option<i64>,
}

impl Jar {
    /// Takes what an answer brings, and refuses what a browser would refuse under `__Host-`.
    pub fn take(&mut self, headers: &HeaderMap, now: i64) {
        for line in headers.get_all(header::SET_COOKIE) {
            let line = line.to_str().expect("cookies are plain text");
            let mut parts = line.split(';').map(str::trim);
            let (name, value) = parts.next().and_then(|p| p.split_once('=')).expect("name=value");
            let parts: Vec<&str> = parts.collect();
            assert!(name.starts_with("__Host-"), "a cookie that other sites may set: {name}");
            for must in ["Path=/", "Secure", "HttpOnly", "SameSite=Lax"] {
                assert!(parts.contains(&must), "{name} lacks {must}");
            }
            let age = parts.iter().find_map(|part| part.strip_prefix("Max-Age="));
            let age = age.map(|age| age.parse::<i64>().expect("an age in seconds"));
            if age.is_some_and(|age| age <= 0) {
                self.0.remove(name);
            } else {
                let until = age.map(|age| now + age * SECOND);
                self.0.insert(name.to_owned(), Kept { value: value.to_owned(), until });
            }
        }
    }

    /// The `Cookie` line of a request, if there is anything to send.
    pub fn line(&self, now: i64) -> Option<String> {
        let alive = self.0.iter().filter(|(_, kept)| kept.until.is_none_or(|until| now < until));
        let pairs: Vec<String> =
            alive.map(|(name, kept)| format!("{name}={}", kept.value)).collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }

    /// The browser is closed.
    pub fn close(&mut self) {
        self.0.retain(|_, kept| kept.until.is_some());
    }

    /// The value of a cookie.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|kept| kept.value.as_str())
    }

    /// Puts a cookie there, as somebody would who tampers with their browser.
    pub fn forge(&mut self, name: &str, value: &str) {
        let kept = Kept { value: value.to_owned(), until: None };
        self.0.insert(name.to_owned(), kept);
    }
}
