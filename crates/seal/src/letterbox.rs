use crate::{
    BoxError, BoxInfo, Chance, GroupKey, LetterboxPublic, OpenError, Opened, boxes, labels,
};

/// Puts a letter into a group's letter-box. It needs no key, so a guest or a one-tap
/// link can do it; only members take it out.
///
/// # Errors
/// [`BoxError`] when the public key is unusable.
pub fn letter_put(
    letterbox: &LetterboxPublic,
    info: &BoxInfo<'_>,
    bytes: &[u8],
    chance: &mut Chance<'_>,
) -> Result<Vec<u8>, BoxError> {
    boxes::put_words(&letterbox.0, &info.encode(labels::BOX_LETTER), bytes, chance)
}

/// Takes a letter out, with the group's key of the epoch whose box it was put into.
///
/// # Errors
/// [`OpenError`] when it was damaged, moved, or put into another box.
pub fn letter_take(key: &GroupKey, info: &BoxInfo<'_>, letter: &[u8]) -> Result<Opened, OpenError> {
    boxes::take_words(&key.letterbox_secret(), &info.encode(labels::BOX_LETTER), letter)
}
