//! What somebody typed and has not sent, so that a closed page or a dropped line loses nothing.
//!
//! Always true: one draft for each form; sealed under the person key, with the form it belongs to,
//! so that a row shows a day and nothing else; gone in the transaction that keeps its words.

mod actions;
mod model;
mod store;

pub use actions::{
    find, find_fields, keep_fields, list, remove, remove_of, reseal, save, save_of, throw_away,
};
pub use model::{Draft, FormName, Whole, Window};
