//! Somebody with a sign-in: joining, signing in, recovery, devices, everything about me.
//!
//! Always true: no row says which person is which member of a group; a sign-in name is kept only
//! as an HMAC; the passphrase wrap opens only with the instance key; every token is new at every
//! sign-in; a passphrase or code has power only as long as the keyring names its wrap; a form for
//! signing in, or with a passphrase in it, is good for one try.

mod actions;
mod events;
mod model;
mod pages;
mod store;

use std::collections::{BTreeMap, BTreeSet};

use seal::PassphraseWrap;
use storekit::Tx;

pub use actions::{
    Everything, Join, KeyChange, Keys, NewLocks, Proof, Renewed, add_seat, begin_sign_in,
    change_passphrase, everything, holder, is_behind, join, own_word, remove, remove_seat, renew,
    saw_epoch, seats, sign_out, still_here, still_proven,
};
pub use events::{KEPT_DAYS, MOST_TURNED, redo as redo_lines};
pub use model::{Device, new_passphrase};
pub use pages::join::may_join;
pub use pages::prove::prove;
pub use pages::recovery::Sheet;
pub use pages::{proposal, remembered, signed_in, wrap};
pub use store::FoundSignIn;

use crate::access::Access;
use crate::error::Outcome;
use crate::ids::{PersonId, SignInId};
use crate::web::{Route, get, post};

/// The room's routes.
pub fn routes() -> Vec<Route> {
    vec![
        get("/join", Access::Anyone, pages::join::form),
        post("/join", Access::Anyone, pages::join::join),
        get("/sign-in", Access::Anyone, pages::sign_in::form),
        post("/sign-in", Access::Anyone, pages::sign_in::sign_in),
        post("/sign-out", Access::Anyone, pages::sign_in::sign_out),
        get("/sign-in/recovery", Access::Anyone, pages::recovery::form),
        post("/sign-in/recovery", Access::Anyone, pages::recovery::recover),
        post("/me/sign-ins/end", Access::SignedIn, pages::me::end_sign_in),
        get("/me/sheet", Access::SignedIn, pages::recovery::sheet_form),
        post("/me/sheet", Access::SignedIn, pages::recovery::new_sheet),
    ]
}

/// The sign-in with this id, with what it opens.
pub fn find_sign_in(tx: &mut Tx<'_>, id: SignInId) -> Outcome<Option<FoundSignIn>> {
    Ok(store::find_sign_in(tx, id)?)
}

/// Of these sign-ins, those that have not ended.
pub fn standing(tx: &mut Tx<'_>, ids: BTreeSet<SignInId>) -> Outcome<BTreeSet<SignInId>> {
    Ok(store::standing(tx, ids)?)
}

/// Whether anybody has a sign-in here.
pub fn is_there_anybody(tx: &mut Tx<'_>) -> Result<bool, storekit::Error> {
    store::is_there_anybody(tx)
}

/// People whose passphrases hang on one instance key.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Hanging {
    /// How many.
    pub people: usize,
    /// How many of them have no recovery sheet.
    pub without_sheet: usize,
}

/// On which instance keys passphrases hang, by the keys' numbers.
pub fn hanging(tx: &mut Tx<'_>) -> Outcome<BTreeMap<u32, Hanging>> {
    let mut all: BTreeMap<u32, Hanging> = BTreeMap::new();
    let mut last = PersonId::from([0; 16]);
    loop {
        let rows = store::list_locks(tx, last, AT_ONCE)?;
        let Some(end) = rows.last() else { return Ok(all) };
        last = end.lock.person;
        for row in rows {
            // What is no lock opens with no key.
            let Ok(wrap) = PassphraseWrap::parse(&row.lock.wrap) else { continue };
            let hanging = all.entry(wrap.instance_number()).or_default();
            hanging.people += 1;
            hanging.without_sheet += usize::from(!row.sheet);
        }
    }
}

/// Locks that are read in one go.
const AT_ONCE: i64 = 500;

/// A person who went does not come back with a backup.
pub fn take_out(tx: &mut Tx<'_>, id: PersonId) -> Outcome<()> {
    Ok(store::remove_person(tx, id)?)
}

/// Takes away sign-ins past their limit, and old lines about sign-ins.
pub fn forget_ended(tx: &mut Tx<'_>) -> Outcome<()> {
    let now = tx.now();
    store::remove_ended_sign_ins(tx, now)?;
    store::remove_old_events(tx, crate::clock::day(now) - events::KEPT_DAYS)?;
    Ok(())
}
