//! What opens a person key, found by a name or a code, and made anew.

use seal::{InstanceKey, PassphraseWrap, PersonKey, Print, RecoveryCode, name_tag};
use storekit::Tx;

use super::names::{is_free, own_name};
use super::ring::find_ring;
use super::{
    Joined, Keys, begin_sign_in, change_ring, end_all_sign_ins, make_code, name_now, own_word,
    save_code,
};
use crate::access::Person;
use crate::error::{FieldIssue, Outcome};
use crate::ids::PersonId;
use crate::people::events::{self, Event};
use crate::people::model::Device;
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

/// What a recovery code opened.
#[derive(Clone)]
pub struct ByCode {
    /// Whose it is.
    pub person: PersonId,
    /// Their key.
    pub key: PersonKey,
    row: [u8; 16],
    lock: Print,
}

impl ByCode {
    /// What a code opens; nothing where somebody changed its row.
    pub fn open(code: &RecoveryCode, lock: &Lock) -> Option<ByCode> {
        let key = code.unwrap(lock.person.bytes(), &lock.wrap).ok()?;
        Some(ByCode { person: lock.person, key, row: code.row_id(), lock: Print::of(&lock.wrap) })
    }
}

/// Whether the keyring names the sheet of this code as the one of now.
fn is_of_now(tx: &mut Tx<'_>, by: &ByCode) -> Outcome<bool> {
    let ring = find_ring(tx, by.person, &by.key)?;
    Ok(ring.is_some_and(|ring| ring.recovery_print() == Some(&by.lock)))
}

/// The word of the sign-in name behind a code, empty where it can't be read; nothing, and told to
/// its owner, where the code is of an old sheet that somebody had put back.
pub fn word_of(tx: &mut Tx<'_>, instance: &InstanceKey, by: &ByCode) -> Outcome<Option<String>> {
    if !is_of_now(tx, by)? {
        events::record_try(tx, instance, Some(by.person), Event::OldLock)?;
        return Ok(None);
    }
    Ok(Some(own_word(tx, by.person, &by.key)?.unwrap_or_default()))
}

/// Back by a recovery code: new passphrase, new code, one new sign-in. Of several who send the same
/// code at once one comes back.
pub fn recover(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    (by, keys): (&ByCode, &Keys),
    device: Device,
    once: Once,
) -> Outcome<Joined> {
    once.spend(tx)?;
    let id = keys.person;
    if !is_of_now(tx, by)? || !store::remove_code(tx, id, &by.row)? {
        return Err(FieldIssue::only("code", "recovery-code-unknown"));
    }
    end_all_sign_ins(tx, id)?;
    events::record(tx, instance, id, Event::Recovered)?;
    // The instance key that this person was known by may be gone: this is the way back without it.
    let (name, renamed) = name_now(tx, instance, id, &keys.key)?;
    store::save_lock(tx, id, keys.wrap.to_bytes(), &name_tag(instance, &name))?;
    let made = make_code(tx, id, &keys.key);
    let print = Print::of(&made.1);
    change_ring(tx, id, &keys.key, |ring| {
        ring.set_passphrase_print(Some(keys.print()));
        ring.set_recovery_print(Some(print));
        Ok(())
    })?;
    let code = Some(save_code(tx, id, made)?);
    let secret = begin_sign_in(tx, id, &keys.key, device)?;
    Ok(Joined { name: name.as_str().to_owned(), secret, code, renamed })
}

/// The passphrase was right, and its lock hangs on an instance key of before: from now on it hangs
/// on the newest, and the name is found by that. False where it stays as it is.
pub fn lock_anew(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    keys: &Keys,
    before: &Lock,
) -> Outcome<bool> {
    // Changed while the passphrase was being stretched, or put back by somebody: then it is not
    // the lock of now.
    let ring = find_ring(tx, keys.person, &keys.key)?;
    let print = Print::of(&before.wrap);
    if ring.is_none_or(|ring| ring.passphrase_print() != Some(&print)) {
        return Ok(false);
    }
    let Some(name) = own_name(tx, keys.person, &keys.key)? else { return Ok(false) };
    if !is_free(tx, instance, &name, Some(keys.person))? {
        return Ok(false);
    }
    let tag = name_tag(instance, &name);
    if !store::swap_lock(tx, before, keys.wrap.to_bytes(), &tag)? {
        return Ok(false);
    }
    change_ring(tx, keys.person, &keys.key, |ring| {
        ring.set_passphrase_print(Some(keys.print()));
        Ok(())
    })?;
    Ok(true)
}
