//! One-time keys of forms (P18): a repeated submit makes one thing.
//!
//! A key is 16 random bytes and a MAC under the instance key, bound to the sign-in (or, for
//! somebody who is not signed in, to their visit). Spending it stores its number in the same
//! transaction as what the form does. Nameless forms verify theirs and store none.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use seal::InstanceKey;
use storekit::Tx;

use crate::clock;
use crate::error::{Outcome, Refusal};

mod store;

const LABEL: &str = "web.once";

/// What the keys of a page are bound to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Binding {
    /// The sign-in with this id.
    SignIn([u8; 16]),
    /// Somebody who is not signed in, by their cookie.
    Visit([u8; 16]),
    /// Nothing: no form works.
    Nobody,
}

impl Binding {
    fn bytes(&self) -> [u8; 17] {
        let (kind, id) = match self {
            Binding::SignIn(id) => (b's', *id),
            Binding::Visit(id) => (b'v', *id),
            Binding::Nobody => (b'n', [0; 16]),
        };
        let mut all = [kind; 17];
        all[1..].copy_from_slice(&id);
        all
    }
}

/// A form's one-time key, verified.
#[derive(Clone, Copy)]
pub struct Once([u8; 16]);

impl Once {
    /// A new key as the hidden field's value.
    pub fn issue(key: &InstanceKey, binding: Binding, nonce: [u8; 16]) -> String {
        let mac = key.mac(LABEL, &[&binding.bytes(), &nonce]);
        let mut both = nonce.to_vec();
        both.extend_from_slice(&mac);
        URL_SAFE_NO_PAD.encode(both)
    }

    /// The key that a form brought, if it is one of ours for this sign-in.
    pub fn verify(key: &InstanceKey, binding: Binding, field: &str) -> Option<Once> {
        let both = URL_SAFE_NO_PAD.decode(field).ok()?;
        let (nonce, mac) = both.split_at_checked(16)?;
        let nonce: [u8; 16] = nonce.try_into().ok()?;
        key.mac_holds(LABEL, &[&binding.bytes(), &nonce], mac).then_some(Once(nonce))
    }

    /// Uses the key up. The second time it refuses with [`Refusal::Repeated`].
    pub fn spend(&self, tx: &mut Tx<'_>) -> Outcome<()> {
        if self.use_up(tx)? { Ok(()) } else { Err(Refusal::Repeated.into()) }
    }

    /// Uses the key up; false the second time, which undoes nothing.
    pub fn use_up(&self, tx: &mut Tx<'_>) -> Outcome<bool> {
        let today = clock::day(tx.now());
        Ok(store::add(tx, &self.0, today)?)
    }

    /// Uses up something else that works once, by the id of its row: it stays used up although that
    /// row is put back. False if it was used up before.
    pub fn use_up_row(tx: &mut Tx<'_>, id: &[u8; 16]) -> Outcome<bool> {
        let today = clock::day(tx.now());
        Ok(store::add(tx, id, today)?)
    }

    /// Whether it was used up.
    pub fn is_used_up(tx: &mut Tx<'_>, id: &[u8; 16]) -> Outcome<bool> {
        Ok(store::is_there(tx, id)?)
    }

    /// A name for the opened form that bears this key; nobody else has one like it.
    pub fn window(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// Whether the key was used up: what its form still sends afterwards comes too late.
    pub fn is_spent(&self, tx: &mut Tx<'_>) -> Outcome<bool> {
        Ok(store::is_there(tx, &self.0)?)
    }
}

/// Days after which a used key may be forgotten: longer than the longest sign-in, to which it is
/// bound.
const KEPT_DAYS: i64 = 200;

/// Forgets used keys whose sign-ins are over.
pub fn forget_old(tx: &mut Tx<'_>) -> Outcome<()> {
    let today = clock::day(tx.now());
    store::remove_before(tx, today - KEPT_DAYS)?;
    Ok(())
}
