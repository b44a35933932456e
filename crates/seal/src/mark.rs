use crate::derive::{derive, hmac};
use crate::{PersonKey, labels};

/// A person's mark in one batch of nameless things. It lets the writer take their own
/// back and shows that three come from three people; nobody else can compute it, and in
/// another batch the same person's mark is another.
pub fn mark(person: &PersonKey, batch: &[u8]) -> [u8; 32] {
    hmac(&derive(person.expose(), labels::MARK), &[batch])
}
