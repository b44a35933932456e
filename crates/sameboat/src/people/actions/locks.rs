//! What opens a person key, found by a name or a code, and made anew.

use seal::{InstanceKey, PassphraseWrap, SignInName, name_tag};
use storekit::Tx;

use super::{
    Joined, Keys, about, about_me, begin_sign_in, end_all_sign_ins, free_name, is_free,
    is_key_of_now, new_code, seal_about,
};
use crate::access::Person;
use crate::error::{Fault, FieldIssue, Outcome};
use crate::people::events::{self, Event};
use crate::people::model::{AboutMe, Device};
use crate::people::store::{self, Lock};
use crate::web::Once;

/// The lock that belongs to a sign-in name, if there is such a name: the first of its tags that
/// somebody has, looked for in one go.
pub fn find_lock(tx: &mut Tx<'_>, tags: &[[u8; 32]]) -> Outcome<Option<Lock>> {
    let mut found = store::find_by_names(tx, tags)?;
    let first = tags.iter().find_map(|tag| found.iter().position(|(own, _)| own == tag));
    Ok(first.map(|at| found.swap_remove(at).1))
}

/// Whether the lock of somebody who is signed in hangs on an instance key of before.
pub fn is_behind(tx: &mut Tx<'_>, instance: &InstanceKey, person: &Person) -> Outcome<bool> {
    let lock = store::get_lock(tx, person)?;
    let wrap = PassphraseWrap::parse(&lock.wrap);
    Ok(wrap.is_ok_and(|wrap| wrap.instance_number() != instance.number()))
}

/// The lock of somebody who is signed in.
pub fn own_lock(tx: &mut Tx<'_>, person: &Person) -> Outcome<Lock> {
    Ok(store::get_lock(tx, person)?)
}

/// The lock that belongs to a recovery code, if there is such a code.
pub fn find_code(tx: &mut Tx<'_>, row_id: &[u8; 16]) -> Outcome<Option<Lock>> {
    Ok(store::find_by_code(tx, row_id)?)
}

/// Back by a recovery code: new passphrase, new code, one new sign-in.
pub fn recover(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    keys: &Keys,
    device: Device,
    once: Once,
) -> Outcome<Joined> {
    once.spend(tx)?;
    let id = keys.person;
    if !is_key_of_now(tx, keys)? {
        return Err(FieldIssue::only("code", "recovery-code-unknown"));
    }
    end_all_sign_ins(tx, id)?;
    events::record(tx, id, Event::Recovered)?;
    // The key that this person was known by may be gone: this is the way back without it.
    let before = own_name(tx, keys)?;
    let name = kept_name(tx, instance, keys, &before)?;
    store::save_lock(tx, id, keys.wrap.to_bytes(), &name_tag(instance, &name))?;
    let code = new_code(tx, id, &keys.key)?;
    let secret = begin_sign_in(tx, id, &keys.key, device)?;
    let renamed = name != before;
    Ok(Joined { name: name.as_str().to_owned(), secret, code: Some(code), renamed })
}

fn own_name(tx: &mut Tx<'_>, keys: &Keys) -> Outcome<SignInName> {
    let name = about(tx, keys.person, &keys.key)?.name;
    Ok(SignInName::parse(&name).map_err(Fault::new)?)
}

/// The name somebody had; the same word with other digits where somebody was given it meanwhile,
/// since nobody could see any more that it was taken.
fn kept_name(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    keys: &Keys,
    before: &SignInName,
) -> Outcome<SignInName> {
    let id = keys.person;
    if is_free(tx, instance, before, Some(id))? {
        return Ok(before.clone());
    }
    let name = free_name(tx, instance, before.word())?;
    let words = AboutMe { name: name.as_str().to_owned() };
    let words = seal_about(tx, &keys.key, about_me(&id), &words)?;
    store::save_words(tx, id, words)?;
    Ok(name)
}

/// The passphrase was right, and its lock hangs on an instance key of before: from now on it hangs
/// on the newest, and the name is found by that.
pub fn lock_anew(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    keys: &Keys,
    before: &Lock,
) -> Outcome<()> {
    // Changed while the passphrase was being stretched: then it hangs on the newest already.
    if !is_key_of_now(tx, keys)? {
        return Ok(());
    }
    let name = own_name(tx, keys)?;
    if !is_free(tx, instance, &name, Some(keys.person))? {
        return Ok(());
    }
    let tag = name_tag(instance, &name);
    Ok(store::swap_lock(tx, before, keys.wrap.to_bytes(), &tag)?)
}
