//! The walk's choices in words.

use crate::agreements::{Aim, Earlier, Floor, Newcomers, Rhythm, Suggestion, Way};
use crate::error::FieldIssue;
use crate::founding::model::{Answers, Beginnings, Question, text};
use crate::safety::contacts::{self, Country, Way as Reach};
use crate::web::{Form, Page};

/// One choice of a question.
pub struct Choice {
    /// The word in the form.
    pub word: String,
    /// What it says.
    pub text: String,
    /// A smaller line below it.
    pub hint: String,
    /// Whether it is taken.
    pub on: bool,
}

/// What a form brought of a question's fields.
pub fn read(form: &Form, question: Question) -> Answers {
    let mut answers = Answers::default();
    for field in question.fields() {
        answers.put(field, form.all(field).map(str::to_owned).collect());
    }
    answers
}

/// The choices of a question's main field.
pub fn choices(page: &Page, question: Question, answers: &Answers) -> Vec<Choice> {
    match question {
        Question::Aim => list(page, "aim", Aim::ALL.iter().map(|a| a.word()), answers),
        Question::Rhythm => list(page, "rhythm", Rhythm::ALL.iter().map(|r| r.word()), answers),
        Question::Place => list(page, "way", Way::ALL.iter().map(|w| w.word()), answers),
        Question::Size => list(page, "newcomers", Newcomers::ALL.iter().map(|n| n.word()), answers),
        Question::Ending => list(page, "end", ["review", "ends"].into_iter(), answers),
        Question::Agreement => suggestions(page, answers),
        Question::Safety => countries(page, answers),
        Question::You => list(page, "role", ["member", "worker"].into_iter(), answers),
        Question::Purpose | Question::NotFor | Question::Names | Question::Card => Vec::new(),
    }
}

/// The field that the choices of a question fill.
pub fn field(question: Question) -> &'static str {
    match question {
        Question::Aim => "aim",
        Question::Rhythm => "rhythm",
        Question::Place => "way",
        Question::Size => "newcomers",
        Question::Ending => "end",
        Question::Agreement => "clause",
        Question::Safety => "country",
        Question::You => "role",
        Question::Purpose | Question::NotFor | Question::Names | Question::Card => "",
    }
}

/// A second list of choices, where a question has two.
pub fn more(page: &Page, question: Question, answers: &Answers) -> Vec<Choice> {
    match question {
        Question::Agreement => {
            list(page, "earlier", Earlier::ALL.iter().map(|e| e.word()), answers)
        }
        Question::Rhythm => (0..=7)
            .map(|day| Choice {
                word: if day == 0 { String::new() } else { day.to_string() },
                text: page.t(if day == 0 {
                    "start-no-day".to_owned()
                } else {
                    format!("weekday-{day}")
                }),
                hint: String::new(),
                on: answers.text("weekday") == day.to_string()
                    || (day == 0 && answers.text("weekday").is_empty()),
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn list(
    page: &Page,
    field: &str,
    words: impl Iterator<Item = &'static str>,
    answers: &Answers,
) -> Vec<Choice> {
    let chosen = shown(answers, field);
    words
        .map(|word| {
            let hint = format!("start-{field}-{word}-hint");
            Choice {
                word: word.to_owned(),
                text: page.t(format!("start-{field}-{word}")),
                hint: if page.has(&hint) { page.t(&hint) } else { String::new() },
                on: chosen == word,
            }
        })
        .collect()
}

/// The floor rules, which stay, and the suggestions as switches: all on until the founder answers.
fn suggestions(page: &Page, answers: &Answers) -> Vec<Choice> {
    let asked = answers.has("clause");
    let floor = Floor::ALL.iter().map(|floor| Choice {
        word: String::new(),
        text: page.t(format!("clause-floor-{}", floor.word())),
        hint: page.t("clause-stays"),
        on: true,
    });
    let rest = Suggestion::ALL.iter().map(|suggestion| Choice {
        word: suggestion.word().to_owned(),
        text: page.t(format!("clause-{}", suggestion.word())),
        hint: String::new(),
        on: !asked || answers.all("clause").iter().any(|word| word == suggestion.word()),
    });
    floor.chain(rest).collect()
}

fn countries(page: &Page, answers: &Answers) -> Vec<Choice> {
    let chosen = answers.text("country");
    let mut listed: Vec<Choice> = Country::all()
        .map(|country| Choice {
            word: country.code().to_owned(),
            text: page.t(format!("country-{}", country.code())),
            hint: String::new(),
            on: country.code() == chosen,
        })
        .collect();
    listed.sort_by(|a, b| a.text.cmp(&b.text));
    listed
}

/// The time zones that people live in (IANA), by part of the world: the key of its name, and its zones.
pub fn zones() -> Vec<(&'static str, Vec<String>)> {
    const PARTS: [(&str, &str); 8] = [
        ("Africa/", "zone-africa"),
        ("America/", "zone-america"),
        ("Asia/", "zone-asia"),
        ("Atlantic/", "zone-atlantic"),
        ("Australia/", "zone-australia"),
        ("Europe/", "zone-europe"),
        ("Indian/", "zone-indian"),
        ("Pacific/", "zone-pacific"),
    ];
    let all: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
    let zones = |part: &str| all.iter().filter(|name| name.starts_with(part)).cloned().collect();
    PARTS.into_iter().map(|(part, key)| (key, zones(part))).collect()
}

/// A field's text, or what the walk proposes before it was asked.
pub fn shown(answers: &Answers, field: &str) -> String {
    if answers.has(field) {
        return answers.text(field).to_owned();
    }
    let proposed = match field {
        "rhythm" => "weekly",
        "minutes" => "75",
        "way" => "room",
        "most" => "8",
        "newcomers" => "open",
        "end" => "review",
        "earlier" => "never",
        "role" => "member",
        "lines-of" => answers.text("country"),
        _ => "",
    };
    proposed.to_owned()
}

/// What the pages of this reader say before the halves of the purpose.
pub fn beginnings(page: &Page) -> Beginnings {
    Beginnings { who: page.t("today-who"), what_for: page.t("today-for") }
}

/// Whether a country was chosen for which we hold no numbers.
pub fn holds_none(answers: &Answers) -> bool {
    let country = answers.text("country");
    !country.is_empty() && held(country).is_empty()
}

/// Puts the numbers of the chosen country that somebody checked on the card, for a person to
/// confirm: when they ask to see them, and when they chose another country than the one whose
/// numbers the page showed. Gives back whether it was that. What they typed stays.
pub fn settle_country(answers: &mut Answers, looked: bool) -> bool {
    let country = answers.text("country").to_owned();
    let before = answers.text("lines-of").to_owned();
    let moved = !before.is_empty() && before != country;
    if looked || moved {
        let old = if moved { held(&before) } else { Vec::new() };
        let typed = text(answers.text("lines"));
        let typed = typed.lines().filter(|line| !line.is_empty()).map(str::to_owned);
        let mut lines: Vec<String> = typed.filter(|line| !old.contains(line)).collect();
        let new: Vec<String> =
            held(&country).into_iter().filter(|line| !lines.contains(line)).collect();
        lines.extend(new);
        answers.put("lines", vec![lines.join("\n")]);
        answers.put("confirmed", Vec::new());
    }
    answers.put("lines-of", vec![country]);
    moved
}

/// Says at the tick why it is gone.
pub fn say_moved(issues: &mut [FieldIssue]) {
    for issue in issues.iter_mut().filter(|issue| issue.field == "confirmed") {
        issue.key = "start-country-moved";
    }
}

/// The lines that we hold for a country.
fn held(country: &str) -> Vec<String> {
    let Ok(country) = Country::parse(country) else { return Vec::new() };
    let services = contacts::checked(country).into_iter();
    let lines = services.map(|service| {
        let (_, name) = service.name("en");
        text(&format!("{name}: {}", reach(&service.way)))
    });
    lines.collect()
}

fn reach(way: &Reach) -> String {
    match (way.call(), way.text()) {
        (Some(number), _) => number.as_written().to_owned(),
        (None, Some(text)) => {
            format!("SMS {} → {}", text.word.as_deref().unwrap_or(""), text.number.as_written())
        }
        (None, None) => String::new(),
    }
}
