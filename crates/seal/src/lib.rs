//! Words that only the right people can open.
//!
//! This crate seals values, keeps the keys that open them, and knows every way to
//! come by such a key: a passphrase, a recovery code, a cookie, a link, a box for
//! one person. It is pure: no files, no network, no clock, and chance comes in as a
//! parameter ([`Chance`]). The ciphers are those of RustCrypto and `hpke`; nothing
//! here invents one. The README shows a first use; each module names its sources.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod backup;
mod boxes;
mod chance;
mod derive;
mod envelope;
mod epoch;
mod fixed;
mod grant;
mod instance;
mod instance_file;
mod key;
mod keyring;
mod labels;
mod letterbox;
mod mac;
mod mark;
mod member;
mod names;
mod pad;
mod parts;
mod phrase;
mod place;
mod sealed;
mod secret;
mod strength;
mod symbols;
mod text_line;
mod value;
mod wrap;

pub use boxes::{BoxError, BoxInfo, EpochOrItem, hpke_box, hpke_unbox, person_box, person_unbox};
pub use chance::Chance;
pub use envelope::{
    ENVELOPE_BOX, Envelope, EnvelopeFrom, EnvelopeTo, envelope_box, envelope_epoch, envelope_unbox,
    envelope_unwrap, envelope_wrap,
};
pub use epoch::{
    CheckedRoster, EpochFacts, FreshPart, Roster, RosterError, key_check, roster_holds, roster_tag,
};
pub use fixed::{FixedBox, TooLarge};
pub use grant::{GrantTo, Granted, grant_box, grant_unbox, grant_unwrap, grant_wrap};
pub use instance::InstanceKey;
pub use instance_file::KeyFileError;
pub use key::{EnvelopeKey, GroupKey, KeyKind, LinkSecret, OwnKey, PersonKey};
pub use keyring::{GroupSeat, Keyring, KeyringFull, Print};
pub use letterbox::{letter_put, letter_take};
pub use mac::{fingerprint, name_tag, name_tags, slip_code, slip_holds};
pub use mark::{MarkKey, mark};
pub use member::{LetterboxPublic, MemberPublic, MemberSecret, PersonPublic};
pub use names::{NameError, SignInName, name_words};
pub use phrase::{Passphrase, PassphraseError, make_words};
pub use place::Place;
pub use sealed::{OpenError, Opened, Sealed};
pub use strength::{Reason, Strength, judge};
#[cfg(feature = "testing")]
pub use wrap::argon2_runs;
pub use wrap::{
    Argon2Cost, CostRefused, PassphraseTry, PassphraseWrap, RecoveryCode, RecoveryError,
    SignInSecret, WrapError,
};

/// The README's example is compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// A random id of a group, a member or a person: 16 bytes.
pub type Id = [u8; 16];

/// False only in a build with the feature `plain`, in which words stand in clear.
/// A program that serves people refuses to start when this is false.
pub const SEALING: bool = !cfg!(feature = "plain");
