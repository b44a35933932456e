use seal::{GroupSeat, InstanceKey, Keyring, OwnKey, PersonKey, Print};
use storekit::Tx;

use super::{
    Joined, Keys, Proof, about_me, begin_sign_in, end_all_sign_ins, make_code, name_now, save_code,
    seal_about, still_proven,
};
use crate::access::Person;
use crate::error::{Fault, Outcome, Refusal};
use crate::ids::PersonId;
use crate::people::events::{self, Event};
use crate::people::model::AboutMe;
use crate::people::store::{self, NewKeys};
use crate::random;

/// A person's keys before and after, for every room that keeps something under them.
pub struct KeyChange {
    /// Whose.
    pub person: PersonId,
    /// The person key until now.
    pub old: PersonKey,
    /// The person key from now on.
    pub new: PersonKey,
    /// The own key until now.
    pub old_own: OwnKey,
    /// The own key from now on.
    pub new_own: OwnKey,
}

/// What somebody gets when their keys were changed.
pub struct Renewed {
    /// Name, cookie and new recovery code.
    pub joined: Joined,
    /// For the rooms that seal anew in the same transaction.
    pub change: KeyChange,
}

/// What a person's keys are made new with.
pub struct NewLocks<'a> {
    /// The new person key, and its wrap.
    pub keys: &'a Keys,
    /// Their seats with new secrets, as far as they got some.
    pub seats: Vec<GroupSeat>,
    /// The passphrase of before was shown.
    pub proof: &'a Proof,
}

/// New person key, own key, passphrase and recovery code; all sign-ins end and one begins. What
/// other rooms keep under the old keys must turn in the same transaction.
pub fn renew(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    person: &Person,
    new: NewLocks<'_>,
) -> Outcome<Renewed> {
    let NewLocks { keys, seats, proof } = new;
    still_proven(tx, proof)?;
    let id = person.id();
    let now = store::find_sign_in(tx, person.sign_in())?.ok_or(Refusal::SignedOut)?;
    let mut keyring = Keyring::open(person.key(), id.bytes(), &now.keyring)?;
    let old_own = keyring.own().clone();
    let new_own = random::within(tx, OwnKey::random);
    keyring.replace_own(new_own.clone());
    for seat in seats {
        keyring.add(seat).map_err(Fault::new)?;
    }
    let (name, renamed) = name_now(tx, instance, id, person.key())?;
    let about = AboutMe { name: name.as_str().to_owned() };
    let made = make_code(tx, id, &keys.key);
    keyring.set_passphrase_print(Some(keys.print()));
    keyring.set_recovery_print(Some(Print::of(&made.1)));
    let new = NewKeys {
        public_key: *keys.key.public().as_bytes(),
        passphrase: keys.wrap.to_bytes(),
        keyring: random::within(tx, |c| keyring.seal(&keys.key, id.bytes(), c)),
        words: seal_about(tx, &keys.key, about_me(&id), &about)?,
    };
    store::save_keys(tx, id, new)?;
    events::turn(tx, instance, person, &keys.key)?;
    events::record(tx, instance, id, Event::Renewed)?;
    end_all_sign_ins(tx, id)?;
    let code = Some(save_code(tx, id, made)?);
    let secret = begin_sign_in(tx, id, &keys.key, person.device())?;
    Ok(Renewed {
        joined: Joined { name: about.name, secret, code, renamed },
        change: KeyChange {
            person: id,
            old: person.key().clone(),
            new: keys.key.clone(),
            old_own,
            new_own,
        },
    })
}
