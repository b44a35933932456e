//! A group: its members, its key, and the turning of it.
//!
//! Always true: nothing is sealed to a public key outside a roster whose tag holds; nothing is
//! sealed under an epoch that has passed; who went has no grant. A ground-floor room: it uses no
//! other room. Rooms that keep standing papers seal them anew when the key turned
//! ([`crate::standing`]).

mod actions;
pub mod enclosed;
pub mod envelopes;
mod epochs;
mod granting;
mod grants;
mod keys;
mod model;
pub mod nameless;
mod new_key;
mod reading;
pub mod sayings;
mod stands;
mod store;
mod turns;

pub use actions::{
    Named, Newcomer, afresh, come_back, come_in, come_in_all, end, end_grants, forget_name, found,
    go_out, is_put_back, is_with_others, list_members, member, outside_name, rename, save_outside,
    set_break, take_out, take_out_member, with_key,
};
pub use granting::{
    Earlier, all_earlier, grant_earlier, held_epochs, last_epoch_of, left_behind, public_key_in,
    renew_secret,
};
pub use keys::{
    Change, Keys, epoch, holders, is_current, letterbox, may_open, public_key, reseal, seal_words,
    seal_words_of, settle, turn,
};
pub use model::{
    About, Beginning, Enclosed, MemberName, Role, State, plain_line, says_something, written_alike,
};
pub use new_key::{Redone, redo};
pub use reading::{Reading, read_paper, read_words, unless_damaged};
pub use stands::{if_in, is_frozen, is_known, knows, redo as redo_stands, state_of};
pub use turns::{ask_turns, count_waiting_turns, is_turn_asked};
