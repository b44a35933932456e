//! What changed from one version to the next, line by line.

use crate::agreements::model::{Clause, Papers};
use crate::agreements::paper::{CardView, ClauseView};
use crate::clock;
use crate::web::Page;

/// A line of the papers, as it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What stays the same through versions.
    pub key: String,
    /// What the line is about, in the reader's language.
    pub about: String,
    /// What it says.
    pub text: String,
    /// Whether the group wrote it in its own words.
    pub own: bool,
}

/// One difference. At least one side says something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What it is about, in the reader's language.
    pub about: String,
    /// What stood there.
    pub old: Option<Line>,
    /// What stands there now.
    pub new: Option<Line>,
}

/// The differences between two versions' papers, in the order of the card.
pub fn differences(page: &Page, old: &Papers, new: &Papers) -> Vec<Difference> {
    compare(&lines(page, old), &lines(page, new))
}

/// Lines that are new, gone, or say something else. Gone ones stand where they stood.
pub fn compare(old: &[Line], new: &[Line]) -> Vec<Difference> {
    let of = |lines: &[Line], key: &str| lines.iter().find(|line| line.key == key).cloned();
    let gone = old.iter().filter(|line| of(new, &line.key).is_none());
    let gone = gone.map(|line| (Some(line.clone()), None));
    let rest = new.iter().map(|line| (of(old, &line.key), Some(line.clone())));
    rest.chain(gone)
        .filter(|(old, new)| match (old, new) {
            (Some(old), Some(new)) => old.text != new.text,
            (Some(_), None) | (None, Some(_)) => true,
            (None, None) => false,
        })
        .filter_map(|(old, new)| {
            let about = new.as_ref().or(old.as_ref())?.about.clone();
            Some(Difference { about, old, new })
        })
        .collect()
}

fn lines(page: &Page, papers: &Papers) -> Vec<Line> {
    let card = CardView::of(page, papers);
    let line = |key: &str, label: &str, text: String, own: bool| Line {
        key: key.to_owned(),
        about: page.t(label),
        text,
        own,
    };
    let mut all = vec![
        line("inside", "start-inside", card.inside, true),
        line("outside", "start-outside", papers.outside.clone(), true),
        line("who", "card-who", card.who, true),
        line("what-for", "card-what-for", card.what_for, true),
        line("not-for", "card-not-for", card.not_for, true),
        line("aim", "card-aim", card.aim, false),
        line("when", "card-when", card.when, false),
        line("way", "card-where", card.way, false),
    ];
    let mut add = |key: &str, label: &str, text: String, own: bool| {
        all.extend((!text.is_empty()).then(|| line(key, label, text, own)));
    };
    add("place", "start-place", card.place, true);
    add("size", "card-size", card.size, false);
    add("end", "card-end", card.end, false);
    add("earlier", "start-earlier", card.earlier, false);
    let safety = papers.safety.lines.iter();
    let safety: Vec<String> =
        safety.map(|line| format!("{}: {}", line.name, line.number)).collect();
    add("safety", "card-safety", safety.join("\n"), true);
    let confirmed = page.day(clock::day(papers.safety.confirmed));
    add("confirmed", "diff-confirmed", confirmed, false);
    all.extend(papers.all_clauses().iter().map(|clause| clause_line(page, clause)));
    all
}

fn clause_line(page: &Page, clause: &Clause) -> Line {
    let ClauseView { name, ours, own, .. } = ClauseView::of(page, clause);
    let is_own = !own.is_empty();
    let text = if is_own { own } else { ours };
    Line { key: format!("clause-{name}"), about: page.t("agreement-a-line"), text, own: is_own }
}
