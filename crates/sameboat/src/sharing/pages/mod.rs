//! The pages of what is shared.

pub mod draft;
pub mod mine;
pub mod new;
pub mod notebook;
pub mod one;
pub mod own;
pub mod talk;
pub mod worried;

use crate::error::Refusal;
use crate::groups::Named;
use crate::ids::{MemberId, ShareId};
use crate::sharing::actions::Share;
use crate::sharing::model::{Audience, Together};
use crate::web::Page;

/// The share that an address names.
fn share_id(typed: &str) -> Result<ShareId, Refusal> {
    typed.parse().map_err(|_| Refusal::NotFound)
}

/// A share as it is read.
pub struct ShareView {
    /// Its id.
    pub id: ShareId,
    /// The writer's name, if it still stands.
    pub name: Option<String>,
    /// Letters for the small circle.
    pub initials: String,
    /// Whether a worker wrote it: everybody sees that beside the name.
    pub by_worker: bool,
    /// The day, in words.
    pub day: String,
    /// The words.
    pub text: String,
    /// Whether they were mended.
    pub mended: bool,
    /// How often: forms under them send it along.
    pub turn: u32,
    /// The word for which answer is wanted.
    pub wants: &'static str,
    /// “5 of us have been there.”, if that may be told.
    pub same: Option<String>,
    /// Whether this member said *me too*.
    pub me_too: bool,
    /// Whether *me too* can be said here.
    pub open: bool,
    /// Whether this member wrote it.
    pub mine: bool,
    /// The key of the sentence about who can see it, where it is not the group.
    pub only: Option<&'static str>,
    /// The name of the one who alone may read it, for its writer.
    pub only_for: Option<String>,
    /// Whether people who come later may read it.
    pub newcomers: bool,
    /// How many answers in words there are.
    pub answers: usize,
}

impl ShareView {
    /// A share in the language of a page.
    pub fn of(page: &Page, (names, me): (&[Named], MemberId), share: Share) -> ShareView {
        let named = |id: MemberId| names.iter().find(|named| named.id == id);
        let writer = named(share.writer);
        let mine = share.writer == me;
        let name_of = |id| named(id).map(|named| named.about.name.as_str().to_owned());
        let only = match (share.audience, mine) {
            (Audience::Group, _) => None,
            (_, false) => Some("share-only-you"),
            (_, true) => Some("share-only-them"),
        };
        ShareView {
            id: share.id,
            name: name_of(share.writer),
            initials: writer.map(|named| named.about.name.initials()).unwrap_or_default(),
            by_worker: writer.is_some_and(Named::is_worker),
            day: page.day(share.day),
            mended: share.said.mended.is_some(),
            turn: share.said.turn,
            wants: share.said.wants.word(),
            same: same(page, share.same),
            me_too: share.me_too,
            open: share.audience == Audience::Group && !mine,
            mine,
            only,
            only_for: share.said.to.filter(|_| mine).and_then(name_of),
            newcomers: share.newcomers,
            answers: share.answers,
            text: share.said.text,
        }
    }
}

impl ShareView {
    /// The key of the words for which answer is wanted.
    pub fn wish(&self) -> String {
        format!("share-wants-{}", self.wants)
    }
}

fn same(page: &Page, together: Together) -> Option<String> {
    match together {
        Together::Few => None,
        Together::Some => Some(page.t("share-same-some")),
        Together::Count(count) => Some(page.t1("share-same-count", "count", count)),
    }
}
