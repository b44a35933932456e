//! The pages of a notebook.

pub mod draft;
pub mod list;
pub mod read;
pub mod remove;
pub mod write;

use crate::drafts::Window;
use crate::error::Refusal;
use crate::ids::PageId;
use crate::notebook::model::Kind;
use crate::web::Form;

/// The page that an address names.
fn page_id(typed: &str) -> Result<PageId, Refusal> {
    typed.parse().map_err(|_| Refusal::NotFound)
}

/// The opened form that was sent, and whose words it began with.
pub fn window(form: &Form) -> Window {
    Window::new(form.once.window(), form.text("took"))
}

/// The key of a kind's heading.
fn heading(kind: Kind) -> &'static str {
    match kind {
        Kind::Page => "notebook-page",
        Kind::Trouble => "notebook-trouble",
        Kind::Goal => "notebook-goal",
    }
}
