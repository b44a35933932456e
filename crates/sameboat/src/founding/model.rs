//! The questions, the answers, and what a whole set of answers becomes.

mod purpose;
mod time;

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::agreements::{
    Aim, Clause, Earlier, End, Newcomers, Papers, Purpose, Rhythm, SafetyCard, SafetyLine, Shape,
    Suggestion, Way,
};
use crate::error::FieldIssue;
use crate::groups::{MemberName, Role, plain_line, says_something};

pub use purpose::Beginnings;

macro_rules! questions {
    ($($name:ident = $word:literal [$($field:literal),* $(,)?]),+ $(,)?) => {
        /// One screen of the walk.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Question { $($name),+ }

        impl Question {
            /// All of them, in order.
            pub const ALL: &[Question] = &[$(Question::$name),+];

            /// The word in the address and in the keys of sentences.
            pub fn word(self) -> &'static str {
                match self { $(Question::$name => $word),+ }
            }

            /// The fields it asks for.
            pub fn fields(self) -> &'static [&'static str] {
                match self { $(Question::$name => &[$($field),*]),+ }
            }
        }
    };
}

questions! {
    Purpose = "purpose" ["who", "what-for"],
    NotFor = "not-for" ["not-for"],
    Aim = "aim" ["aim"],
    Names = "names" ["inside", "outside"],
    Rhythm = "rhythm" ["rhythm", "weekday", "time", "zone", "minutes"],
    Place = "place" ["way", "place"],
    Size = "size" ["most", "newcomers"],
    Ending = "ending" ["end", "date", "adults"],
    Agreement = "agreement" ["clause", "own", "earlier"],
    Safety = "safety" ["country", "lines", "lines-of", "confirmed"],
    You = "you" ["name", "role"],
    Card = "card" [],
}

impl Question {
    /// From the word in the address.
    pub fn from_word(word: &str) -> Option<Question> {
        Question::ALL.iter().copied().find(|question| question.word() == word)
    }

    /// Its place, from 1.
    pub fn place(self) -> usize {
        Question::ALL.iter().position(|q| *q == self).map_or(1, |at| at + 1)
    }

    /// The one after it.
    pub fn next(self) -> Option<Question> {
        Question::ALL.get(self.place()).copied()
    }

    /// The one before it.
    pub fn previous(self) -> Option<Question> {
        self.place().checked_sub(2).and_then(|at| Question::ALL.get(at).copied())
    }
}

/// What was answered so far: field → texts, as typed. Kept whole, so that nothing is lost by going
/// back and forth.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Answers {
    texts: BTreeMap<String, Vec<String>>,
}

/// The fields that somebody types into; of the others they choose.
const TYPED: [&str; 12] = [
    "who", "what-for", "not-for", "inside", "outside", "time", "minutes", "place", "most", "own",
    "lines", "name",
];
/// The longest line (characters) and the longest text.
const LINE: usize = 200;
const TEXT: usize = 1000;

impl Answers {
    /// The text of a field, empty if it was not asked yet.
    pub fn text(&self, field: &str) -> &str {
        self.all(field).first().map(String::as_str).unwrap_or_default()
    }

    /// All that was typed, a line each; choices are left out.
    pub fn in_words(&self) -> String {
        let typed = self.texts.iter().filter(|(field, _)| TYPED.contains(&field.as_str()));
        let texts = typed.flat_map(|(_, texts)| texts).filter(|text| !text.is_empty());
        texts.cloned().collect::<Vec<_>>().join("\n")
    }

    /// Every text of a field.
    pub fn all(&self, field: &str) -> &[String] {
        self.texts.get(field).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether a field was ever asked.
    pub fn has(&self, field: &str) -> bool {
        self.texts.contains_key(field)
    }

    /// Puts in what was typed.
    pub fn put(&mut self, field: &str, texts: Vec<String>) {
        self.texts.insert(field.to_owned(), texts);
    }

    /// Puts in all that others hold, in place of what stood in the same fields.
    pub fn put_all(&mut self, others: &Answers) {
        let others = others.texts.iter();
        self.texts.extend(others.map(|(field, texts)| (field.clone(), texts.clone())));
    }

    /// Takes out of the purpose what the page says anyway.
    pub fn part_purpose(&mut self, page: &Beginnings) {
        let (who, what_for) = purpose::halves(self.text("who"), self.text("what-for"), page);
        self.put("who", vec![who]);
        self.put("what-for", vec![what_for]);
    }

    /// What has to be mended before the walk can go on from this question.
    pub fn issues(&self, question: Question, today: Date) -> Vec<FieldIssue> {
        let found = match question {
            Question::Purpose => {
                vec![self.line("who", "start-who-issue"), self.line("what-for", "start-what-issue")]
            }
            Question::NotFor => vec![self.line("not-for", "start-not-for-issue")],
            Question::Aim => vec![self.pick("aim", Aim::from_word(self.text("aim")).is_some())],
            Question::Names => vec![
                self.line("inside", "start-inside-issue"),
                self.line("outside", "start-outside-issue").or_else(|| self.too_telling()),
            ],
            Question::Rhythm => self.rhythm_issues(),
            Question::Place => vec![
                self.pick("way", Way::from_word(self.text("way")).is_some()),
                too_long(self.text("place"), TEXT).then(|| issue("place", "start-long")),
            ],
            Question::Size => vec![
                self.most().is_none().then(|| issue("most", "start-most-issue")),
                self.pick("newcomers", Newcomers::from_word(self.text("newcomers")).is_some()),
            ],
            Question::Ending => vec![
                self.end(today).is_none().then(|| issue("date", "start-date-issue")),
                (self.text("adults") != "1").then(|| issue("adults", "start-adults-issue")),
            ],
            Question::Agreement => vec![
                too_long(self.text("own"), TEXT).then(|| issue("own", "start-long")),
                self.pick("earlier", Earlier::from_word(self.text("earlier")).is_some()),
            ],
            Question::Safety => vec![
                self.text("country").is_empty().then(|| issue("country", "start-country-issue")),
                too_long(self.text("lines"), 4 * TEXT).then(|| issue("lines", "start-long")),
                (self.text("confirmed") != "1")
                    .then(|| issue("confirmed", "start-confirmed-issue")),
            ],
            Question::You => vec![
                MemberName::parse(self.text("name")).err(),
                self.pick("role", matches!(self.text("role"), "member" | "worker")),
            ],
            Question::Card => vec![],
        };
        found.into_iter().flatten().collect()
    }

    fn line(&self, field: &'static str, key: &'static str) -> Option<FieldIssue> {
        let text = plain_line(self.text(field));
        let nothing = !says_something(&text);
        let bad = nothing || too_long(&text, LINE);
        bad.then(|| issue(field, if nothing { key } else { "start-long" }))
    }

    fn pick(&self, field: &'static str, good: bool) -> Option<FieldIssue> {
        (!good).then(|| issue(field, "start-pick"))
    }

    /// The outside name must not be the inside one.
    fn too_telling(&self) -> Option<FieldIssue> {
        let folded = |field| plain_line(self.text(field)).to_lowercase();
        let same = folded("inside") == folded("outside");
        same.then(|| issue("outside", "start-outside-same"))
    }

    fn rhythm_issues(&self) -> Vec<Option<FieldIssue>> {
        let time = self.text("time");
        let zone = jiff::tz::TimeZone::get(self.text("zone"));
        vec![
            self.pick("rhythm", Rhythm::from_word(self.text("rhythm")).is_some()),
            (!time.trim().is_empty() && self.time().is_none())
                .then(|| issue("time", "start-time-issue")),
            zone.is_err().then(|| issue("zone", "start-zone-issue")),
            self.minutes().is_none().then(|| issue("minutes", "start-minutes-issue")),
        ]
    }

    pub(super) fn plain(&self, field: &str) -> String {
        plain_line(self.text(field))
    }

    pub(super) fn weekday(&self) -> Option<i8> {
        self.text("weekday").parse().ok().filter(|day| (1..=7).contains(day))
    }

    pub(super) fn safety(&self, now: i64) -> SafetyCard {
        SafetyCard {
            country: self.text("country").to_owned(),
            lines: safety_lines(self.text("lines")),
            confirmed: now,
        }
    }

    pub(super) fn time(&self) -> Option<Time> {
        time::parse(self.text("time"))
    }

    pub(super) fn minutes(&self) -> Option<u16> {
        self.text("minutes").trim().parse().ok().filter(|n| (15..=480).contains(n))
    }

    pub(super) fn most(&self) -> Option<u8> {
        self.text("most").trim().parse().ok().filter(|n| (3..=30).contains(n))
    }

    pub(super) fn end(&self, today: Date) -> Option<End> {
        let date: Date = self.text("date").trim().parse().ok()?;
        if date <= today {
            return None;
        }
        match self.text("end") {
            "ends" => Some(End::Ends(date)),
            "review" => Some(End::Review(date)),
            _ => None,
        }
    }

    /// The first question that still needs something.
    pub fn first_open(&self, today: Date) -> Option<Question> {
        let mut all = Question::ALL.iter().copied();
        all.find(|question| !self.issues(*question, today).is_empty())
    }

    /// The group that these answers describe, with the founder's name and mark; none while
    /// something is open.
    pub fn papers(&self, today: Date, now: i64) -> Option<(Papers, MemberName, Role)> {
        if self.first_open(today).is_some() {
            return None;
        }
        let papers = Papers {
            inside: self.plain("inside"),
            outside: self.plain("outside"),
            purpose: Purpose {
                who: self.plain("who"),
                what_for: self.plain("what-for"),
                not_for: self.plain("not-for"),
                aim: Aim::from_word(self.text("aim"))?,
            },
            shape: Shape {
                rhythm: Rhythm::from_word(self.text("rhythm"))?,
                weekday: self.weekday(),
                time: self.time(),
                zone: self.text("zone").to_owned(),
                minutes: self.minutes()?,
                way: Way::from_word(self.text("way"))?,
                place: text(self.text("place")),
                most: self.most()?,
                newcomers: Newcomers::from_word(self.text("newcomers"))?,
                end: self.end(today)?,
            },
            safety: self.safety(now),
            earlier: Earlier::from_word(self.text("earlier"))?,
            clauses: self.clauses(),
        };
        let role = if self.text("role") == "worker" { Role::Worker } else { Role::Member };
        Some((papers, MemberName::parse(self.text("name")).ok()?, role))
    }

    pub(super) fn clauses(&self) -> Vec<Clause> {
        let on = Suggestion::ALL.iter().copied();
        let on = on.filter(|s| self.all("clause").iter().any(|word| word == s.word()));
        let own = self.text("own").lines().map(plain_line).filter(|line| !line.is_empty());
        let own = own.zip(1..).map(|(text, number)| Clause::Own { number, text });
        on.map(Clause::Suggested).chain(own).collect()
    }
}

fn issue(field: &'static str, key: &'static str) -> FieldIssue {
    FieldIssue { field, key }
}

fn too_long(text: &str, most: usize) -> bool {
    text.chars().count() > most
}

/// A text of several lines: normalised, each line plain.
pub(super) fn text(typed: &str) -> String {
    let lines: Vec<String> = typed.nfc().collect::<String>().lines().map(plain_line).collect();
    lines.join("\n").trim().to_owned()
}

/// One service a line: name, a colon, number. The colon of a web address parts nothing.
pub fn safety_lines(typed: &str) -> Vec<SafetyLine> {
    typed
        .lines()
        .map(plain_line)
        .filter(|line| !line.is_empty())
        .map(|line| match parts(&line) {
            Some((name, number)) => {
                SafetyLine { name: name.trim().to_owned(), number: number.trim().to_owned() }
            }
            None => SafetyLine { name: line, number: String::new() },
        })
        .collect()
}

fn parts(line: &str) -> Option<(&str, &str)> {
    line.split_once(": ").or_else(|| line.split_once(':').filter(|_| !line.contains("://")))
}
