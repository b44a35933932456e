//! From papers to answers, and back with one part changed.

use jiff::civil::Date;

use crate::agreements::{
    Aim, Clause, Earlier, End, Newcomers, Papers, Rhythm, SafetyLine, Suggestion, Way,
};
use crate::founding::model::{Answers, Question, text};

/// The parts that can be changed: everything but the founder's own name and the card.
pub fn parts() -> impl Iterator<Item = Question> {
    let fixed = [Question::You, Question::Card];
    Question::ALL.iter().copied().filter(move |part| !fixed.contains(part))
}

/// The papers as if somebody had just typed them.
pub fn answers(papers: &Papers) -> Answers {
    let Papers { inside, outside, purpose, shape, safety, earlier, clauses } = papers;
    let (end, date) = match shape.end {
        End::Ends(date) => ("ends", date),
        End::Review(date) => ("review", date),
    };
    let time = shape.time.map(|t| format!("{:02}:{:02}", t.hour(), t.minute()));
    let own: Vec<&str> = clauses.iter().filter_map(own_text).map(|(_, text)| text).collect();
    let mut answers = Answers::default();
    for (field, text) in [
        ("who", purpose.who.clone()),
        ("what-for", purpose.what_for.clone()),
        ("not-for", purpose.not_for.clone()),
        ("aim", purpose.aim.word().to_owned()),
        ("inside", inside.clone()),
        ("outside", outside.clone()),
        ("rhythm", shape.rhythm.word().to_owned()),
        ("weekday", shape.weekday.map(|day| day.to_string()).unwrap_or_default()),
        ("time", time.unwrap_or_default()),
        ("zone", shape.zone.clone()),
        ("minutes", shape.minutes.to_string()),
        ("way", shape.way.word().to_owned()),
        ("place", shape.place.clone()),
        ("most", shape.most.to_string()),
        ("newcomers", shape.newcomers.word().to_owned()),
        ("end", end.to_owned()),
        ("date", date.to_string()),
        ("adults", "1".to_owned()),
        ("earlier", earlier.word().to_owned()),
        ("own", own.join("\n")),
        ("country", safety.country.clone()),
        ("lines-of", safety.country.clone()),
        ("lines", safety.lines.iter().map(safety_text).collect::<Vec<_>>().join("\n")),
    ] {
        answers.put(field, vec![text]);
    }
    let on = Suggestion::ALL.iter().filter(|s| clauses.contains(&Clause::Suggested(**s)));
    answers.put("clause", on.map(|s| s.word().to_owned()).collect());
    answers
}

fn own_text(clause: &Clause) -> Option<(u32, &str)> {
    match clause {
        Clause::Own { number, text } => Some((*number, text)),
        Clause::Floor(_) | Clause::Suggested(_) => None,
    }
}

fn safety_text(line: &SafetyLine) -> String {
    if line.number.is_empty() {
        line.name.clone()
    } else {
        format!("{}: {}", line.name, line.number)
    }
}

/// These papers with one part as it was answered; none while something in it is to be mended.
pub fn changed(
    answers: &Answers,
    part: Question,
    papers: &Papers,
    today: Date,
    now: i64,
) -> Option<Papers> {
    if !answers.issues(part, today).is_empty() {
        return None;
    }
    let mut papers = papers.clone();
    match part {
        Question::Purpose => {
            papers.purpose.who = answers.plain("who");
            papers.purpose.what_for = answers.plain("what-for");
        }
        Question::NotFor => papers.purpose.not_for = answers.plain("not-for"),
        Question::Aim => papers.purpose.aim = Aim::from_word(answers.text("aim"))?,
        Question::Names => {
            papers.inside = answers.plain("inside");
            papers.outside = answers.plain("outside");
        }
        Question::Rhythm => {
            papers.shape.rhythm = Rhythm::from_word(answers.text("rhythm"))?;
            papers.shape.weekday = answers.weekday();
            papers.shape.time = answers.time();
            papers.shape.zone = answers.text("zone").to_owned();
            papers.shape.minutes = answers.minutes()?;
        }
        Question::Place => {
            papers.shape.way = Way::from_word(answers.text("way"))?;
            papers.shape.place = text(answers.text("place"));
        }
        Question::Size => {
            papers.shape.most = answers.most()?;
            papers.shape.newcomers = Newcomers::from_word(answers.text("newcomers"))?;
        }
        Question::Ending => papers.shape.end = answers.end(today)?,
        Question::Agreement => {
            papers.earlier = Earlier::from_word(answers.text("earlier"))?;
            papers.clauses = numbered(&papers.clauses, answers.clauses());
        }
        Question::Safety => papers.safety = answers.safety(now),
        Question::You | Question::Card => return None,
    }
    Some(papers)
}

/// Lines of the group's own keep their numbers. When as many are new as are gone, somebody mended
/// them, and each takes the number of the one in whose place it stands.
fn numbered(old: &[Clause], new: Vec<Clause>) -> Vec<Clause> {
    let old_own: Vec<(u32, &str)> = old.iter().filter_map(own_text).collect();
    let new_texts: Vec<String> =
        new.iter().filter_map(own_text).map(|(_, text)| text.to_owned()).collect();
    let gone: Vec<u32> = old_own
        .iter()
        .filter(|(_, text)| !new_texts.iter().any(|new| new == text))
        .map(|(number, _)| *number)
        .collect();
    let added = new_texts.iter().filter(|new| !old_own.iter().any(|(_, text)| text == new)).count();
    let mut mended = (added == gone.len()).then(|| gone.into_iter()).into_iter().flatten();
    let mut next = old_own.iter().map(|(number, _)| *number).max().unwrap_or(0);
    let mut used = Vec::new();
    let mut number = |text: &str| {
        let known = old_own.iter().find(|(n, old)| *old == text && !used.contains(n));
        let number = known.map(|(number, _)| *number).or_else(|| mended.next());
        let number = number.unwrap_or_else(|| {
            next += 1;
            next
        });
        used.push(number);
        number
    };
    new.into_iter()
        .map(|clause| match clause {
            Clause::Own { text, .. } => Clause::Own { number: number(&text), text },
            Clause::Floor(_) | Clause::Suggested(_) => clause,
        })
        .collect()
}
