//! What somebody typed about a question and has not sent: on the way to a group, or about a change.

use storekit::Tx;

use crate::access::{Member, Person};
use crate::drafts::{self, FormName};
use crate::error::Outcome;
use crate::founding::model::{Answers, Question};

const WALK: &str = "founding.walk";
const CHANGE: &str = "founding.change";

/// What was typed, and on which day.
pub struct Typed {
    /// The day (UTC).
    pub day: i64,
    /// The fields of one question.
    pub answers: Answers,
}

/// The form of a question on the way to a group.
pub fn on_the_way(question: Question) -> FormName {
    FormName::new(WALK, question.word())
}

/// The form of a change to what a group has.
pub fn of_change(member: &Member, part: Question) -> FormName {
    FormName::new(CHANGE, format!("{} {}", member.group(), part.word()))
}

/// The words of a draft of such a form, for whoever typed them to read.
pub fn in_words(form: &FormName, draft: &str) -> Option<String> {
    let ours = form.is(WALK) || form.is(CHANGE);
    let answers: Answers = serde_json::from_str(draft).ok().filter(|_| ours)?;
    Some(answers.in_words())
}

/// What this person typed into a form and has not sent.
pub fn find(tx: &mut Tx<'_>, person: &Person, form: &FormName) -> Outcome<Option<Typed>> {
    let found = drafts::find_fields(tx, person, form)?;
    Ok(found.map(|(day, answers)| Typed { day, answers }))
}

/// The first question on the way of which something was typed and not sent.
pub fn first(tx: &mut Tx<'_>, person: &Person) -> Outcome<Option<Question>> {
    let drafts = drafts::list(tx, person)?;
    let has = |form: &FormName| {
        drafts.iter().any(|draft| draft.inside.as_ref().is_some_and(|(of, _)| of == form))
    };
    Ok(Question::ALL.iter().copied().find(|question| has(&on_the_way(*question))))
}

/// The group has begun: nothing is on the way any more.
pub fn forget_walk(tx: &mut Tx<'_>, person: &Person) -> Outcome<()> {
    Question::ALL.iter().try_for_each(|&question| drafts::remove(tx, person, &on_the_way(question)))
}
