//! What people do with their sign-ins.

mod everything;
mod locks;
mod names;
mod proof;
mod renew;
mod ring;

pub use everything::{Everything, everything};
pub use locks::{ByCode, find_code, find_lock, is_behind, lock_anew, own_lock, recover, word_of};
pub use names::own_word;
pub use proof::{Proof, failed_try, judge, still_proven};
pub use renew::{KeyChange, NewLocks, Renewed, renew};
pub use ring::{add_seat, remove_seat, saw_epoch, seats};

use names::{about_me, find_about, free_name, name_now};
use ring::change_ring;
use seal::{
    Argon2Cost, Chance, InstanceKey, Keyring, MarkKey, OwnKey, Passphrase, PassphraseTry,
    PassphraseWrap, PersonKey, Place, Print, RecoveryCode, SignInSecret, name_tag,
};
use storekit::Tx;

use crate::access::Person;
use crate::clock;
use crate::error::{Outcome, Refusal};
use crate::ids::{PersonId, SignInId};
use crate::people::events::{self, Event};
use crate::people::model::{AboutMe, AboutSignIn, Device};
use crate::people::store::{self, NewPerson, NewSignIn};
use crate::{gone, live, random, sealed};

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

    /// What the keyring remembers of the wrap.
    pub(in crate::people) fn print(&self) -> Print {
        Print::of(&self.wrap.to_bytes())
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
    /// Why the name is another one than before, if it is: the key of the sentence.
    pub renamed: Option<&'static str>,
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

/// Whether one of these links opens just now: into a group, or to begin one.
pub fn is_invited(tx: &mut Tx<'_>, links: &[seal::Id]) -> Outcome<bool> {
    let now = tx.now();
    for link in links {
        if store::is_invitation_open(tx, link, now)? || store::is_start_link_open(tx, link)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Makes a person, signs them in, and makes their recovery code.
pub fn join(tx: &mut Tx<'_>, instance: &InstanceKey, keys: &Keys, join: &Join) -> Outcome<Joined> {
    let id = keys.person;
    let name = free_name(tx, instance, &join.word)?;
    let code = join.sheet.then(|| make_code(tx, id, &keys.key));
    let (own, mark) = random::within(tx, |c| (OwnKey::random(c), MarkKey::random(c)));
    let mut ring = Keyring::new(own, mark);
    ring.set_passphrase_print(Some(keys.print()));
    ring.set_recovery_print(code.as_ref().map(|(_, wrap)| Print::of(wrap)));
    let keyring = random::within(tx, |c| ring.seal(&keys.key, id.bytes(), c));
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
    events::record(tx, instance, id, Event::Joined)?;
    let code = code.map(|made| save_code(tx, id, made)).transpose()?;
    let secret = begin_sign_in(tx, id, &keys.key, join.device)?;
    Ok(Joined { name: about.name, secret, code, renamed: None })
}

/// A new recovery code, and the person key wrapped by it.
fn make_code(tx: &mut Tx<'_>, id: PersonId, key: &PersonKey) -> (RecoveryCode, Vec<u8>) {
    random::within(tx, |c| {
        let code = RecoveryCode::random(c);
        let wrap = code.wrap(id.bytes(), key, c);
        (code, wrap)
    })
}

fn save_code(
    tx: &mut Tx<'_>,
    id: PersonId,
    (code, wrap): (RecoveryCode, Vec<u8>),
) -> Outcome<RecoveryCode> {
    store::save_recovery(tx, id, &code.row_id(), wrap)?;
    Ok(code)
}

/// What a cookie's key is bound to: whose it is, on what device, and until when. So nobody makes one
/// last longer by writing to the database.
pub fn holder(person: PersonId, device: Device, limit_at: i64) -> Vec<u8> {
    let own = u8::from(device == Device::Own);
    [person.bytes().as_slice(), &[own], &limit_at.to_be_bytes()].concat()
}

/// Begins a sign-in: a new row, a new secret for the cookie.
pub fn begin_sign_in(
    tx: &mut Tx<'_>,
    person: PersonId,
    key: &PersonKey,
    device: Device,
) -> Outcome<SignInSecret> {
    // On the hour: to the microsecond it would say when somebody signed in.
    let limit_at = (tx.now() + device.limit()) / clock::HOUR * clock::HOUR;
    let holder = holder(person, device, limit_at);
    let (secret, wrap) = random::within(tx, |c| {
        let secret = SignInSecret::random(c);
        let wrap = secret.wrap(&holder, key, c);
        (secret, wrap)
    });
    let id = SignInId::from(secret.row_id());
    let about = AboutSignIn { begun: tx.now() };
    let words = seal_about(tx, key, about_sign_in(&person, &id), &about)?;
    store::add_sign_in(tx, NewSignIn { id, person, wrap, device, limit_at, words })?;
    Ok(secret)
}

/// Begins a sign-in by a passphrase that was shown, and ends the one that the browser had before.
/// Nothing, if the passphrase is not the one of now any more.
pub fn sign_in(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    proof: &Proof,
    device: Device,
    before: Option<SignInId>,
) -> Outcome<Option<SignInSecret>> {
    if !judge(tx, instance, proof)? {
        return Ok(None);
    }
    if let Some(before) = before {
        sign_out(tx, before)?;
    }
    events::record(tx, instance, proof.person, Event::SignedIn)?;
    begin_sign_in(tx, proof.person, &proof.key, device).map(Some)
}

/// Ends one sign-in; ending it twice is fine.
pub fn sign_out(tx: &mut Tx<'_>, sign_in: SignInId) -> Outcome<()> {
    store::remove_sign_in(tx, sign_in)?;
    Ok(live::signed_out(tx, sign_in)?)
}

/// Ends one of one's own sign-ins.
pub fn end_sign_in(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    person: &Person,
    id: SignInId,
) -> Outcome<()> {
    if !store::remove_own_sign_in(tx, person, id)? {
        return Err(Refusal::NotFound.into());
    }
    live::signed_out(tx, id)?;
    events::record(tx, instance, person.id(), Event::Ended)
}

/// Ends all sign-ins of somebody, and what is open under them.
fn end_all_sign_ins(tx: &mut Tx<'_>, person: PersonId) -> Outcome<()> {
    for ended in store::remove_all_sign_ins(tx, person)? {
        live::signed_out(tx, ended)?;
    }
    Ok(())
}

/// A new passphrase: all sign-ins end, those on their way too, and the browser that changed it gets
/// a new one. `proof` is of the passphrase until now.
pub fn change_passphrase(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    proof: &Proof,
    keys: &Keys,
    device: Device,
) -> Outcome<SignInSecret> {
    still_proven(tx, proof)?;
    store::save_passphrase(tx, keys.person, keys.wrap.to_bytes())?;
    change_ring(tx, keys.person, &keys.key, |ring| {
        ring.set_passphrase_print(Some(keys.print()));
        Ok(())
    })?;
    end_all_sign_ins(tx, keys.person)?;
    events::record(tx, instance, keys.person, Event::NewPassphrase)?;
    begin_sign_in(tx, keys.person, &keys.key, device)
}

/// A new recovery sheet; the old one is void, also where its code is on its way.
pub fn new_sheet(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    person: &Person,
    proof: &Proof,
) -> Outcome<NewSheet> {
    still_here(tx, person)?;
    still_proven(tx, proof)?;
    let made = make_code(tx, person.id(), person.key());
    let print = Print::of(&made.1);
    change_ring(tx, person.id(), person.key(), |ring| {
        ring.set_recovery_print(Some(print));
        Ok(())
    })?;
    let code = save_code(tx, person.id(), made)?;
    events::record(tx, instance, person.id(), Event::NewSheet)?;
    let (name, renamed) = name_now(tx, instance, person.id(), person.key())?;
    Ok(NewSheet { name: name.as_str().to_owned(), code, renamed })
}

/// What stands on a new recovery sheet.
pub struct NewSheet {
    /// The sign-in name.
    pub name: String,
    /// The code.
    pub code: RecoveryCode,
    /// Why the name is another one than before, if it is: the key of the sentence.
    pub renamed: Option<&'static str>,
}

/// Refuses when the sign-in that a request came with has ended meanwhile. Whatever seals under a
/// person's keys asks this in its own transaction: keys that were changed since seal for nobody.
pub fn still_here(tx: &mut Tx<'_>, person: &Person) -> Outcome<()> {
    if store::is_signed_in(tx, person)? { Ok(()) } else { Err(Refusal::SignedOut.into()) }
}

/// Takes a person away, with all that is kept with their sign-in. Their groups are left first.
pub fn remove(tx: &mut Tx<'_>, person: &Person) -> Outcome<()> {
    end_all_sign_ins(tx, person.id())?;
    gone::note(tx, gone::Kind::Person, person.id().bytes(), person.id().bytes())?;
    Ok(store::remove_person(tx, person.id())?)
}

/// When a sign-in began (microseconds UTC); nothing where that does not open.
pub fn begun(person: &Person, row: &store::SignInRow) -> Option<i64> {
    let opened = person.key().open(&about_sign_in(&person.id(), &row.id), &row.words).ok()?;
    sealed::unpack::<AboutSignIn>(&opened).ok().map(|about| about.begun)
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

fn about_sign_in<'a>(person: &'a PersonId, id: &'a SignInId) -> Place<'a> {
    Place { label: ABOUT_SIGN_IN, scope: person.bytes(), row: id.bytes(), writer: None }
}
