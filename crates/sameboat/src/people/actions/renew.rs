use seal::{GroupSeat, Keyring, OwnKey, PersonKey};
use storekit::Tx;

use super::{Joined, Keys, about, about_me, begin_sign_in, end_all_sign_ins, new_code, seal_about};
use crate::access::Person;
use crate::error::{Fault, Outcome, Refusal};
use crate::ids::PersonId;
use crate::people::events::{self, Event};
use crate::people::store::{self, NewKeys};
use crate::random;
use crate::web::Once;

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
}

/// New person key, own key, passphrase and recovery code; all sign-ins end and one begins. What
/// other rooms keep under the old keys must turn in the same transaction.
pub fn renew(tx: &mut Tx<'_>, person: &Person, new: NewLocks<'_>, once: Once) -> Outcome<Renewed> {
    once.spend(tx)?;
    let NewLocks { keys, seats } = new;
    let id = person.id();
    let now = store::find_sign_in(tx, person.sign_in())?.ok_or(Refusal::SignedOut)?;
    let mut keyring = Keyring::open(person.key(), id.bytes(), &now.keyring)?;
    let old_own = keyring.own().clone();
    let new_own = random::within(tx, OwnKey::random);
    keyring.replace_own(new_own.clone());
    for seat in seats {
        keyring.add(seat).map_err(Fault::new)?;
    }
    let about = about(tx, id, person.key())?;
    let new = NewKeys {
        public_key: *keys.key.public().as_bytes(),
        passphrase: keys.wrap.to_bytes(),
        keyring: random::within(tx, |c| keyring.seal(&keys.key, id.bytes(), c)),
        words: seal_about(tx, &keys.key, about_me(&id), &about)?,
    };
    store::save_keys(tx, id, new)?;
    events::turn(tx, person, &keys.key)?;
    events::record(tx, id, Event::Renewed)?;
    end_all_sign_ins(tx, id)?;
    let code = Some(new_code(tx, id, &keys.key)?);
    let secret = begin_sign_in(tx, id, &keys.key, person.device())?;
    Ok(Renewed {
        joined: Joined { name: about.name, secret, code, renamed: false },
        change: KeyChange {
            person: id,
            old: person.key().clone(),
            new: keys.key.clone(),
            old_own,
            new_own,
        },
    })
}
