use core::fmt;

use crate::derive::derive;
use crate::secret::Secret;
use crate::{Chance, Id, OpenError, PersonKey, labels};

use super::{about, open_key, row_id, seal_key};

/// The secret in a sign-in cookie: 32 random bytes. The database holds the row id and
/// the wrapped person key, neither of which leads back to the cookie.
pub struct SignInSecret(Secret);

impl SignInSecret {
    /// A new secret, for a new sign-in.
    pub fn random(chance: &mut Chance<'_>) -> Self {
        Self(Secret::random(chance))
    }

    /// The secret that these bytes are.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Secret::from_bytes(bytes))
    }

    /// The bytes, for the cookie and nothing else.
    pub fn expose(&self) -> &[u8; 32] {
        self.0.bytes()
    }

    /// The id of the sign-in's row.
    pub fn row_id(&self) -> Id {
        row_id(self.0.bytes(), labels::ROW_SIGN_IN)
    }

    /// Wraps a person key, bound to the person's id.
    pub fn wrap(&self, person: &[u8], key: &PersonKey, chance: &mut Chance<'_>) -> Vec<u8> {
        let about = about(labels::WRAP_SIGN_IN, &[], person);
        seal_key(&self.wrap_key(), &about, key.expose(), chance)
    }

    /// Opens what [`wrap`](Self::wrap) made for this person.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn unwrap(&self, person: &[u8], wrapped: &[u8]) -> Result<PersonKey, OpenError> {
        let about = about(labels::WRAP_SIGN_IN, &[], person);
        open_key(&self.wrap_key(), &about, wrapped).map(PersonKey::from_secret)
    }

    fn wrap_key(&self) -> Secret {
        derive(self.0.bytes(), labels::WRAP_SIGN_IN)
    }
}

impl fmt::Debug for SignInSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[key]")
    }
}
