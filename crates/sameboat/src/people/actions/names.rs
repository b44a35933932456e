//! The sign-in name, and what else is kept for the person alone.

use seal::{InstanceKey, PersonKey, Place, SignInName, name_tag, name_tags, name_words};
use storekit::Tx;

use super::seal_about;
use crate::error::{FieldIssue, Outcome};
use crate::ids::PersonId;
use crate::people::model::AboutMe;
use crate::people::store;
use crate::{random, sealed};

const ABOUT_ME: &str = "people.about-me";

pub(super) fn about_me(person: &PersonId) -> Place<'_> {
    Place { label: ABOUT_ME, scope: person.bytes(), row: person.bytes(), writer: None }
}

/// What is kept for the person alone; nothing where it does not open.
pub(super) fn find_about(
    tx: &mut Tx<'_>,
    id: PersonId,
    key: &PersonKey,
) -> Outcome<Option<AboutMe>> {
    let row = store::get_person(tx, id)?;
    let opened = key.open(&about_me(&id), &row.words).ok();
    Ok(opened.and_then(|opened| sealed::unpack(&opened).ok()))
}

/// The sign-in name, where it opens.
pub(super) fn own_name(
    tx: &mut Tx<'_>,
    id: PersonId,
    key: &PersonKey,
) -> Outcome<Option<SignInName>> {
    let about = find_about(tx, id, key)?;
    Ok(about.and_then(|about| SignInName::parse(&about.name).ok()))
}

/// The word of somebody's sign-in name, which others may know.
pub fn own_word(tx: &mut Tx<'_>, id: PersonId, key: &PersonKey) -> Outcome<Option<String>> {
    Ok(own_name(tx, id, key)?.map(|name| name.word().to_owned()))
}

/// The name that somebody has from now on, with the key of the sentence that says why it is another
/// one than before: it can't be read any more, or somebody was given it meanwhile, when nobody
/// could see that it was taken.
pub(super) fn name_now(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    id: PersonId,
    key: &PersonKey,
) -> Outcome<(SignInName, Option<&'static str>)> {
    let (word, why) = match own_name(tx, id, key)? {
        Some(name) if is_free(tx, instance, &name, Some(id))? => return Ok((name, None)),
        Some(name) => (name.word().to_owned(), "sheet-new-name"),
        None => (any_word(tx), "sheet-other-name"),
    };
    let name = free_name(tx, instance, &word)?;
    let words = AboutMe { name: name.as_str().to_owned() };
    let words = seal_about(tx, key, about_me(&id), &words)?;
    store::save_words(tx, id, words)?;
    store::save_name_tag(tx, id, &name_tag(instance, &name))?;
    Ok((name, Some(why)))
}

fn any_word(tx: &mut Tx<'_>) -> String {
    let count = u32::try_from(name_words().count()).expect("a few hundred words");
    let at = random::below(tx, count) as usize;
    name_words().nth(at).expect("one of them").to_owned()
}

pub(super) fn free_name(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    word: &str,
) -> Outcome<SignInName> {
    // With half of a word's ten thousand names gone, forty draws all fail once in 10^12.
    for _ in 0..40 {
        let name = random::within(tx, |c| SignInName::draw(word, c));
        let name = name.map_err(|_| FieldIssue::only("word", "join-word-issue"))?;
        if is_free(tx, instance, &name, None)? {
            return Ok(name);
        }
    }
    Err(FieldIssue::only("word", "join-word-full"))
}

/// Whether nobody else has this name, be it under an instance key of before.
pub(super) fn is_free(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    name: &SignInName,
    but: Option<PersonId>,
) -> Outcome<bool> {
    let found = store::find_by_names(tx, &name_tags(instance, name))?;
    Ok(found.iter().all(|(_, lock)| Some(lock.person) == but))
}
