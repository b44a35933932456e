//! What a group agreed on: purpose, names, shape, safety card and clauses, in versions.
//!
//! Always true: the three floor rules stand in every version and cannot be taken out; a version
//! that is proposed binds nobody until it holds; the old one holds meanwhile.

mod actions;
mod frame;
mod model;
mod pages;
mod paper;
mod store;
#[cfg(test)]
mod tests;

pub use actions::{
    begin, bind, holding, list, list_stances, proposed, replace_working, reseal, say, settle,
};
pub use frame::{Frame, frame};
pub use model::{
    Aim, Clause, Earlier, End, Floor, Newcomers, Papers, Position, Purpose, Rhythm, SafetyCard,
    SafetyLine, Shape, Stance, Suggestion, Version, VersionState, Way,
};
pub use paper::{CardView, ClauseView};

use crate::access::Access;
use crate::web::{Route, get};

/// The room's routes.
pub fn routes() -> Vec<Route> {
    vec![
        get("/g/{group}/agreement", Access::Member, pages::agreement),
        get("/g/{group}/agreement/empty", Access::Member, pages::empty),
        get("/g/{group}/card", Access::Member, pages::card),
    ]
}
