//! What people see: which words, and under whose name.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;
use scraper::{ElementRef, Node};

use super::phrases::{NAMES, PHRASES};
use crate::house::source::pattern;
use crate::world::Page;
use crate::world::page::text_of;

/// The name that stands where somebody's is not told.
const SOMEBODY: &str = "Somebody";

/// Parts of a page in which words stand with the name of whoever wrote them.
const FRAMES: [&str; 7] = ["li", "article", "section", "form", "dd", "details", "label"];

/// Parts of a page that say something about somebody.
const SENTENCES: [&str; 12] =
    ["li", "p", "h1", "h2", "h3", "dd", "dt", "label", "legend", "option", "summary", "a"];

/// What can be read on one page.
#[derive(Default)]
pub struct Sight {
    /// Words that were played (by their place among [`PHRASES`]), each with the names beside them.
    pub told: Vec<(usize, Vec<&'static str>)>,
    /// What is said about people, with days and numbers taken out.
    pub said: BTreeSet<String>,
}

/// Reads pages.
pub struct Reader {
    once: Regex,
    day: Regex,
    number: Regex,
}

impl Reader {
    pub fn new() -> Reader {
        let day = r"\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day \d+ \w+( \d{4})?(, \d+:\d+)?";
        Reader {
            once: pattern(r#"name="once" value="[^"]*""#),
            day: pattern(day),
            number: pattern(r"\d+"),
        }
    }

    /// The body without what is new on every page.
    pub fn plain(&self, page: &Page) -> String {
        self.once.replace_all(&page.body, "").into_owned()
    }

    /// What can be read.
    pub fn read(&self, page: &Page) -> Sight {
        let mut sight = Sight::default();
        let found: Vec<usize> =
            (0..PHRASES.len()).filter(|at| page.body.contains(PHRASES[*at].words)).collect();
        let named = |text: &str| NAMES.iter().any(|name| text.contains(name));
        if found.is_empty() && !named(&page.body) {
            return sight;
        }
        let html = page.html();
        for node in html.tree.nodes() {
            let text = match node.value() {
                Node::Text(text) => &**text,
                Node::Element(element) => element.attr("value").unwrap_or_default(),
                _ => continue,
            };
            let around = || [node].into_iter().chain(node.ancestors()).filter_map(ElementRef::wrap);
            for at in found.iter().filter(|at| text.contains(PHRASES[**at].words)) {
                sight.told.push((*at, beside(around())));
            }
            if node.value().is_text() && named(text) {
                sight.said.extend(self.sentence(around()));
            }
        }
        // Words that are taken apart by marks stand somewhere, too.
        for at in found {
            if !sight.told.iter().any(|(told, _)| *told == at) {
                sight.told.push((at, Vec::new()));
            }
        }
        sight
    }

    /// What the nearest part around a name says, between the page's top and its foot.
    fn sentence<'a>(&self, around: impl Iterator<Item = ElementRef<'a>>) -> Option<String> {
        let around: Vec<ElementRef<'a>> = around.collect();
        around.iter().find(|part| part.value().name() == "main")?;
        let says = |part: &&ElementRef<'a>| {
            let element = part.value();
            SENTENCES.contains(&element.name()) || element.attr("class") == Some("person")
        };
        let text = text_of(around.iter().find(says)?);
        let text = self.day.replace_all(&text, "DAY");
        Some(self.number.replace_all(&text, "#").into_owned())
    }
}

/// The names in the nearest part around words that tells any.
fn beside<'a>(around: impl Iterator<Item = ElementRef<'a>>) -> Vec<&'static str> {
    let parts = around.filter(|part| FRAMES.contains(&part.value().name()));
    let mut names = parts.map(|part| names_in(&text_of(&part)));
    names.find(|names| !names.is_empty()).unwrap_or_default()
}

/// The names in a text, in their order.
fn names_in(text: &str) -> Vec<&'static str> {
    let known = NAMES.iter().copied().chain([SOMEBODY]);
    let mut found: Vec<(usize, &str)> =
        known.flat_map(|name| text.match_indices(name).map(move |(at, _)| (at, name))).collect();
    found.sort_unstable();
    let mut names: Vec<&str> = found.into_iter().map(|(_, name)| name).collect();
    names.dedup();
    names
}

/// What everybody may see, from a walk before anything was changed.
#[derive(Default)]
pub struct Seen {
    /// Who sees which words.
    pub told: BTreeSet<(String, usize)>,
    /// The names that stand beside words.
    pub beside: BTreeMap<usize, BTreeSet<Vec<&'static str>>>,
    /// What is said about people, to anybody.
    pub said: BTreeSet<String>,
}

impl Seen {
    /// Adds what somebody sees on a page.
    pub fn add(&mut self, who: &str, sight: Sight) {
        for (at, names) in sight.told {
            self.told.insert((who.to_owned(), at));
            self.beside.entry(at).or_default().insert(names);
        }
        self.said.extend(sight.said);
    }

    /// What somebody sees now and may not, or under a name under which it did not stand.
    pub fn wrong(&self, who: &str, sight: &Sight) -> Vec<String> {
        let mut wrong = Vec::new();
        for (at, names) in &sight.told {
            let words = PHRASES[*at].words;
            if !self.told.contains(&(who.to_owned(), *at)) {
                wrong.push(format!("reads “{words}”"));
            }
            let fits = |before: &Vec<&str>| as_before(before, names);
            let signed = !PHRASES[*at].by.is_empty() && !names.is_empty();
            if signed && !self.beside.get(at).is_some_and(|all| all.iter().any(fits)) {
                wrong.push(format!("“{words}” beside {names:?}"));
            }
        }
        let new = sight.said.difference(&self.said);
        wrong.extend(new.map(|said| format!("is told: {said}")));
        wrong
    }
}

/// Whether names stand beside words as they did: some may be missing, but the first is the first, or
/// nobody's.
fn as_before(before: &[&str], now: &[&'static str]) -> bool {
    let known: Vec<&&str> = now.iter().filter(|name| **name != SOMEBODY).collect();
    let mut rest = before.iter();
    let in_order = known.iter().all(|name| rest.any(|before| *before == **name));
    let led = now.first() == before.first() || now.first() == Some(&SOMEBODY);
    in_order && led
}
