//! Who may come in: invitations, letters from whoever stands at the door, and whom members must
//! not meet.
//!
//! Always true: a link never opens a group's key, and works once; no row says which person stands
//! at a door; who matches a must-not-meet list is shown to nobody; a list is shown to nobody but
//! its owner. Its pages are those of the room `joining`; it stands apart because *Today* and
//! leaving ask it things, and nobody may look at `joining`.

mod actions;
mod model;
mod store;
#[cfg(test)]
mod tests;
mod typed;

pub use actions::guests::{Guest, let_in, list_guests, unseen_stops};
pub use actions::invitations::{
    Invitation, Made, Opened, count_made, end_all, end_link, end_made_by, find_copy, invite,
    invite_back, list_invitations, take_back,
};
pub use actions::knocking::{
    AtDoor, doors_of, forget_old, has_letter, knock, may_knock_with, step_back, take_letter_back,
};
pub use actions::lists::{begin, has_list, mark_seen, my_list, pass_list_on, save_list};
pub use actions::{is_list_lost, may_come_in, note_stops, redo_links, redo_tags, reseal};
pub use model::{Copy, LINKS_AT_ONCE, Letter, MustNotMeet, UNTIL_DAYS, answer};
pub use typed::{
    Typed, draft_in_words, find as find_typed, forget as forget_typed, keep as keep_typed,
};
