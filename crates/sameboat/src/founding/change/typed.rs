//! What somebody typed about a change and has not sent.

use storekit::Tx;

use crate::access::Member;
use crate::drafts::{self, FormName};
use crate::error::{Fault, Outcome};
use crate::founding::model::{Answers, Question};
use crate::people;
use crate::web::Once;

/// What was typed, and on which day.
pub struct Typed {
    /// The day (UTC).
    pub day: i64,
    /// The fields of one part.
    pub answers: Answers,
}

const NAME: &str = "founding.change";

/// The words of a draft of such a form, for whoever typed them to read.
pub fn in_words(form: &FormName, draft: &str) -> Option<String> {
    let answers: Answers = serde_json::from_str(draft).ok().filter(|_| form.is(NAME))?;
    Some(answers.in_words())
}

fn form_of(member: &Member, part: Question) -> FormName {
    FormName::new(NAME, format!("{} {}", member.group(), part.word()))
}

/// What this member typed about a part and has not sent.
pub fn find(tx: &mut Tx<'_>, member: &Member, part: Question) -> Outcome<Option<Typed>> {
    let Some(draft) = drafts::find(tx, member.person(), &form_of(member, part))? else {
        return Ok(None);
    };
    // What the parser says is left out: it could quote somebody's words.
    let answers = serde_json::from_str(&draft.text);
    let answers = answers.map_err(|_| Fault::because("a draft of an unexpected shape"))?;
    Ok(Some(Typed { day: draft.day, answers }))
}

/// Keeps it. The form's key stays unspent; what arrives after the form itself is dropped.
pub fn keep(
    tx: &mut Tx<'_>,
    member: &Member,
    typed: (Question, &Answers),
    once: Once,
) -> Outcome<()> {
    let (part, answers) = typed;
    people::still_here(tx, member.person())?;
    if once.is_spent(tx)? {
        return Ok(());
    }
    let text = serde_json::to_string(answers).map_err(Fault::new)?;
    drafts::save(tx, member.person(), &form_of(member, part), &text)
}

/// Throws it away.
pub fn forget(tx: &mut Tx<'_>, member: &Member, part: Question) -> Outcome<()> {
    drafts::remove(tx, member.person(), &form_of(member, part))
}
