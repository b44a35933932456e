//! What somebody says to each clause: between the form and the stance.

use crate::agreements::model::{Clause, Papers, Position, Stance};
use crate::agreements::paper::ClauseView;
use crate::groups::{plain_line, says_something};
use crate::web::Page;

/// The name, in forms and stances, of everything but the clauses: names, purpose, times, safety
/// card, what newcomers may read.
pub const PAPERS: &str = "papers";

/// The longest reason, in characters.
const LONGEST: usize = 1000;

/// One item with what somebody says to it, as a form shows it.
pub struct Item {
    /// The clause, or none for the papers as a whole.
    pub clause: Option<ClauseView>,
    /// Its name in the form.
    pub name: String,
    /// The word of the position taken, or empty.
    pub said: String,
    /// The reason, as typed.
    pub why: String,
    /// The key of the sentence that says what to mend, or empty.
    pub issue: &'static str,
}

impl Item {
    /// Whether it is one of the three that stay.
    pub fn stays(&self) -> bool {
        self.clause.as_ref().is_some_and(|clause| clause.floor)
    }
}

/// The items of these papers, with what somebody said before.
pub fn items(page: &Page, papers: &Papers, said: Option<&Stance>) -> Vec<Item> {
    each(page, papers)
        .map(|(name, clause)| {
            let (word, why) = said.map(|stance| stance.of(&name)).unwrap_or_default();
            Item { clause, name, said: word.to_owned(), why: why.to_owned(), issue: "" }
        })
        .collect()
}

/// What a form brought: the items as they were typed, and the stance if nothing is to be mended.
/// `field` gives the text of a field.
pub fn read<'f>(
    page: &Page,
    papers: &Papers,
    field: impl Fn(&str) -> &'f str,
) -> (Vec<Item>, Option<Stance>) {
    let mut stance = Stance::default();
    let items: Vec<Item> = each(page, papers)
        .map(|(name, clause)| {
            let said = field(&format!("say-{name}"));
            let why = field(&format!("why-{name}"));
            let floor = clause.as_ref().is_some_and(|clause| clause.floor);
            let read = position(said, why, floor);
            let issue = read.as_ref().err().copied().unwrap_or_default();
            if let Ok(position) = read {
                stance.positions.insert(name.clone(), position);
            }
            Item { clause, name, said: said.to_owned(), why: why.to_owned(), issue }
        })
        .collect();
    let good = items.iter().all(|item| item.issue.is_empty());
    (items, good.then_some(stance))
}

fn each(page: &Page, papers: &Papers) -> impl Iterator<Item = (String, Option<ClauseView>)> {
    let view = |clause: &Clause| (clause.name(), Some(ClauseView::of(page, clause)));
    let clauses: Vec<_> = papers.all_clauses().iter().map(view).collect();
    std::iter::once((PAPERS.to_owned(), None)).chain(clauses)
}

/// The position that was chosen.
///
/// # Errors
/// The key of the sentence that says what to mend.
pub fn position(said: &str, why: &str, floor: bool) -> Result<Position, &'static str> {
    match said {
        "accept" => Ok(Position::Accept),
        "stand-aside" => Ok(Position::StandAside),
        "object" if floor => Err("say-floor-issue"),
        "object" => {
            let lines: Vec<String> = why.lines().map(plain_line).collect();
            let why = lines.join("\n").trim().to_owned();
            match why.chars().count() {
                _ if !says_something(&why) => Err("say-why-issue"),
                n if n > LONGEST => Err("say-long-issue"),
                _ => Ok(Position::Object(why)),
            }
        }
        _ => Err("say-pick-issue"),
    }
}

impl Stance {
    /// The word of the position taken to an item, and the reason. An item that is not named was
    /// accepted.
    pub fn of(&self, name: &str) -> (&'static str, &str) {
        match self.positions.get(name) {
            None | Some(Position::Accept) => ("accept", ""),
            Some(Position::StandAside) => ("stand-aside", ""),
            Some(Position::Object(why)) => ("object", why),
        }
    }
}
