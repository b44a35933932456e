//! What people do with their sign-ins.

mod everything;
mod locks;
mod renew;

pub use everything::{Everything, everything};
pub use locks::{find_code, find_lock, is_behind, lock_anew, own_lock, recover};
pub use renew::{KeyChange, NewLocks, Renewed, renew};

use seal::{
    Argon2Cost, Chance, GroupSeat, InstanceKey, Keyring, OwnKey, Passphrase, PassphraseTry,
    PassphraseWrap, PersonKey, Place, RecoveryCode, SignInName, SignInSecret, name_tag, name_tags,
};
use storekit::Tx;

use crate::access::Person;
use crate::clock;
use crate::error::{Fault, FieldIssue, Outcome, Refusal};
use crate::ids::{GroupId, PersonId, SignInId};
use crate::people::events::{self, Event};
use crate::people::model::{AboutMe, AboutSignIn, Device};
use crate::people::store::{self, NewPerson, NewSignIn};
use crate::web::Once;
use crate::{gone, live, random, sealed};

const ABOUT_ME: &str = "people.about-me";
const ABOUT_SIGN_IN: &str = "people.about-sign-in";

/// A person's key and the wrap of it that a passphrase opens, made before the transaction because
/// stretching takes its time.
pub struct Keys {
    /// Whose.
    pub person: PersonId,
    /// The key.
    pub key: PersonKey,
    /// The key, wrapped by the passphrase.
    pub wrap: PassphraseWrap,
}

impl Keys {
    /// Wraps a person's key by a passphrase. Takes as long as `cost` says.
    pub fn wrap(
        person: PersonId,
        key: PersonKey,
        passphrase: &Passphrase,
        instance: &InstanceKey,
        cost: Argon2Cost,
        chance: &mut Chance<'_>,
    ) -> Keys {
        let by = PassphraseTry { person: person.bytes(), passphrase, instance };
        let wrap = PassphraseWrap::wrap(&key, &by, cost, chance);
        Keys { person, key, wrap }
    }
}

/// What somebody gets when they join.
pub struct Joined {
    /// Their sign-in name.
    pub name: String,
    /// The cookie's secret.
    pub secret: SignInSecret,
    /// The recovery code, unless declined.
    pub code: Option<RecoveryCode>,
    /// Whether the name is another one than before.
    pub renamed: bool,
}

/// How somebody wants to join.
#[derive(Clone)]
pub struct Join {
    /// The word of the sign-in name.
    pub word: String,
    /// What they said of the device.
    pub device: Device,
    /// Whether they want a recovery sheet.
    pub sheet: bool,
}

/// Makes a person, signs them in, and makes their recovery code.
pub fn join(tx: &mut Tx<'_>, instance: &InstanceKey, keys: &Keys, join: &Join) -> Outcome<Joined> {
    let id = keys.person;
    let name = free_name(tx, instance, &join.word)?;
    let own = random::within(tx, OwnKey::random);
    let keyring = Keyring::new(own);
    let keyring = random::within(tx, |c| keyring.seal(&keys.key, id.bytes(), c));
    let about = AboutMe { name: name.as_str().to_owned() };
    let words = seal_about(tx, &keys.key, about_me(&id), &about)?;
    let day = clock::day(tx.now());
    store::add_person(
        tx,
        NewPerson {
            id,
            name_tag: name_tag(instance, &name),
            public_key: *keys.key.public().as_bytes(),
            passphrase: keys.wrap.to_bytes(),
            keyring,
            words,
            day,
        },
    )?;
    events::record(tx, id, Event::Joined)?;
    let code = if join.sheet { Some(new_code(tx, id, &keys.key)?) } else { None };
    let secret = begin_sign_in(tx, id, &keys.key, join.device)?;
    Ok(Joined { name: about.name, secret, code, renamed: false })
}

fn free_name(tx: &mut Tx<'_>, instance: &InstanceKey, word: &str) -> Outcome<SignInName> {
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
fn is_free(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    name: &SignInName,
    but: Option<PersonId>,
) -> Outcome<bool> {
    let found = store::find_by_names(tx, &name_tags(instance, name))?;
    Ok(found.iter().all(|(_, lock)| Some(lock.person) == but))
}

fn new_code(tx: &mut Tx<'_>, id: PersonId, key: &PersonKey) -> Outcome<RecoveryCode> {
    let (code, wrap) = random::within(tx, |c| {
        let code = RecoveryCode::random(c);
        let wrap = code.wrap(id.bytes(), key, c);
        (code, wrap)
    });
    store::save_recovery(tx, id, &code.row_id(), wrap)?;
    Ok(code)
}

/// Begins a sign-in: a new row, a new secret for the cookie.
pub fn begin_sign_in(
    tx: &mut Tx<'_>,
    person: PersonId,
    key: &PersonKey,
    device: Device,
) -> Outcome<SignInSecret> {
    let (secret, wrap) = random::within(tx, |c| {
        let secret = SignInSecret::random(c);
        let wrap = secret.wrap(person.bytes(), key, c);
        (secret, wrap)
    });
    let id = SignInId::from(secret.row_id());
    let about = AboutSignIn { begun: tx.now() };
    let words = seal_about(tx, key, about_sign_in(&person, &id), &about)?;
    // On the hour: to the microsecond it would say when somebody signed in.
    let limit_at = (tx.now() + device.limit()) / clock::HOUR * clock::HOUR;
    store::add_sign_in(tx, NewSignIn { id, person, wrap, device, limit_at, words })?;
    Ok(secret)
}

/// Begins a sign-in with an opened key, and ends the one that the browser had before.
pub fn sign_in(
    tx: &mut Tx<'_>,
    person: PersonId,
    key: &PersonKey,
    device: Device,
    before: Option<SignInId>,
) -> Outcome<SignInSecret> {
    if let Some(before) = before {
        sign_out(tx, before)?;
    }
    events::record(tx, person, Event::SignedIn)?;
    begin_sign_in(tx, person, key, device)
}

/// Tells the owner of a name that somebody tried it and failed. Where nobody has that name, the
/// work is the same.
pub fn failed_try(tx: &mut Tx<'_>, person: Option<PersonId>, once: Once) -> Outcome<()> {
    once.spend(tx)?;
    events::record_try(tx, person)
}

/// Ends one sign-in; ending it twice is fine.
pub fn sign_out(tx: &mut Tx<'_>, sign_in: SignInId) -> Outcome<()> {
    store::remove_sign_in(tx, sign_in)?;
    Ok(live::signed_out(tx, sign_in)?)
}

/// Ends one of one's own sign-ins.
pub fn end_sign_in(tx: &mut Tx<'_>, person: &Person, id: SignInId) -> Outcome<()> {
    if !store::remove_own_sign_in(tx, person, id)? {
        return Err(Refusal::NotFound.into());
    }
    live::signed_out(tx, id)?;
    events::record(tx, person.id(), Event::Ended)
}

/// Ends all sign-ins of somebody, and what is open under them.
fn end_all_sign_ins(tx: &mut Tx<'_>, person: PersonId) -> Outcome<()> {
    for ended in store::remove_all_sign_ins(tx, person)? {
        live::signed_out(tx, ended)?;
    }
    Ok(())
}

/// A new passphrase: all sign-ins end, and the browser that changed it gets a new one.
pub fn change_passphrase(
    tx: &mut Tx<'_>,
    keys: &Keys,
    device: Device,
    once: Once,
) -> Outcome<SignInSecret> {
    once.spend(tx)?;
    if !is_key_of_now(tx, keys)? {
        return Err(Refusal::SignedOut.into());
    }
    store::save_passphrase(tx, keys.person, keys.wrap.to_bytes())?;
    end_all_sign_ins(tx, keys.person)?;
    events::record(tx, keys.person, Event::NewPassphrase)?;
    begin_sign_in(tx, keys.person, &keys.key, device)
}

/// A new recovery sheet; the old one is void.
pub fn new_sheet(tx: &mut Tx<'_>, person: &Person, once: Once) -> Outcome<(String, RecoveryCode)> {
    once.spend(tx)?;
    still_here(tx, person)?;
    let code = new_code(tx, person.id(), person.key())?;
    events::record(tx, person.id(), Event::NewSheet)?;
    Ok((about(tx, person.id(), person.key())?.name, code))
}

/// Refuses when the sign-in that a request came with has ended meanwhile. Whatever seals under a
/// person's keys asks this in its own transaction: keys that were changed since seal for nobody.
pub fn still_here(tx: &mut Tx<'_>, person: &Person) -> Outcome<()> {
    if store::is_signed_in(tx, person)? { Ok(()) } else { Err(Refusal::SignedOut.into()) }
}

/// Whether the keys were not changed since this one was opened: stretching takes its time.
fn is_key_of_now(tx: &mut Tx<'_>, keys: &Keys) -> Outcome<bool> {
    let public = store::find_public_key(tx, keys.person)?;
    Ok(public.as_ref() == Some(keys.key.public().as_bytes()))
}

/// Takes a person away, with all that is kept with their sign-in. Their groups are left first.
pub fn remove(tx: &mut Tx<'_>, person: &Person) -> Outcome<()> {
    end_all_sign_ins(tx, person.id())?;
    gone::note(tx, gone::Kind::Person, person.id().bytes(), person.id().bytes())?;
    Ok(store::remove_person(tx, person.id())?)
}

/// The seats on somebody's keyring as it is in this very transaction: one may have come or gone
/// since their request was let in.
pub fn seats(tx: &mut Tx<'_>, person: &Person) -> Outcome<Vec<GroupSeat>> {
    let sealed = store::get_keyring(tx, person)?;
    let ring = Keyring::open(person.key(), person.id().bytes(), &sealed)?;
    Ok(ring.seats().to_vec())
}

/// Puts a seat on somebody's keyring.
///
/// # Errors
/// [`Refusal::NotAllowed`] when the keyring is full.
pub fn add_seat(tx: &mut Tx<'_>, person: &Person, seat: GroupSeat) -> Outcome<()> {
    change_keyring(tx, person, |ring| {
        ring.add(seat).map_err(|_| Refusal::NotAllowed("keyring-full"))
    })
}

/// Takes a seat off somebody's keyring; one that is not there is fine.
pub fn remove_seat(tx: &mut Tx<'_>, person: &Person, group: GroupId) -> Outcome<()> {
    change_keyring(tx, person, |ring| {
        ring.remove(group.bytes());
        Ok(())
    })
}

/// Opens the keyring of this very transaction: another device may have changed it since.
fn change_keyring(
    tx: &mut Tx<'_>,
    person: &Person,
    change: impl FnOnce(&mut Keyring) -> Result<(), Refusal>,
) -> Outcome<()> {
    let id = person.id();
    let sealed = store::get_keyring(tx, person)?;
    let mut ring = Keyring::open(person.key(), id.bytes(), &sealed)?;
    change(&mut ring)?;
    let sealed = random::within(tx, |c| ring.seal(person.key(), id.bytes(), c));
    Ok(store::save_keyring(tx, person, sealed)?)
}

/// What is kept for the person alone.
pub fn about(tx: &mut Tx<'_>, id: PersonId, key: &PersonKey) -> Outcome<AboutMe> {
    let row = store::get_person(tx, id)?;
    sealed::unpack(&key.open(&about_me(&id), &row.words)?)
}

/// The word of somebody's sign-in name, which others may know.
pub fn own_word(tx: &mut Tx<'_>, id: PersonId, key: &PersonKey) -> Outcome<String> {
    let name = SignInName::parse(&about(tx, id, key)?.name).map_err(Fault::new)?;
    Ok(name.word().to_owned())
}

/// When a sign-in began (microseconds UTC).
pub fn begun(person: &Person, row: &store::SignInRow) -> Outcome<i64> {
    let opened = person.key().open(&about_sign_in(&person.id(), &row.id), &row.words)?;
    let about: AboutSignIn = sealed::unpack(&opened)?;
    Ok(about.begun)
}

fn seal_about(
    tx: &mut Tx<'_>,
    key: &PersonKey,
    place: Place<'_>,
    about: &impl serde::Serialize,
) -> Outcome<seal::Sealed> {
    let bytes = sealed::pack(about)?;
    Ok(random::within(tx, |c| key.seal(&place, &bytes, c)))
}

fn about_me(person: &PersonId) -> Place<'_> {
    Place { label: ABOUT_ME, scope: person.bytes(), row: person.bytes(), writer: None }
}

fn about_sign_in<'a>(person: &'a PersonId, id: &'a SignInId) -> Place<'a> {
    Place { label: ABOUT_SIGN_IN, scope: person.bytes(), row: id.bytes(), writer: None }
}
