//! What a group agreed on: purpose, names, shape, safety card and clauses, in versions.
//!
//! Always true: the three floor rules stand in every version and cannot be taken out; a version
//! that is proposed binds nobody until it holds; the old one holds meanwhile.

mod actions;
mod difference;
mod frame;
mod kept;
mod model;
mod pages;
mod paper;
mod positions;
mod store;
#[cfg(test)]
mod tests;

pub use actions::{
    May, Unanswered, begin, change, count_stances, forget_stances, holding, is_due, is_objected,
    may_change, must_turn, proposed, say, settle, stance_of, unanswered, waiting, withdraw,
};
pub use difference::{Difference, differences};
pub use frame::{Frame, frame};
pub use kept::{bind, list, list_stances, reseal};
pub use model::{
    ASK_AGAIN_DAYS, Aim, Clause, Earlier, End, Floor, Newcomers, Papers, Position, Purpose, Rhythm,
    SafetyCard, SafetyLine, Shape, Stance, Suggestion, Version, VersionState, WAIT_DAYS, Way,
};
pub use pages::say::is_asked_again;
pub use paper::{CardView, ClauseView, stale};
pub use positions::{Item, items as position_items, position, read as read_positions};

use crate::access::Access;
use crate::web::{Route, get, post};

/// The room's routes.
pub fn routes() -> Vec<Route> {
    vec![
        get("/g/{group}/agreement", Access::Member, pages::agreement),
        get("/g/{group}/agreement/empty", Access::Member, pages::empty),
        get("/g/{group}/agreement/say", Access::Member, pages::say::say_form),
        post("/g/{group}/agreement/say", Access::Member, pages::say::say),
        post("/g/{group}/agreement/withdraw", Access::Member, pages::say::withdraw),
        get("/g/{group}/agreement/versions", Access::Member, pages::versions::versions),
        get("/g/{group}/agreement/versions/{number}", Access::Member, pages::versions::version),
        get("/g/{group}/card", Access::Member, pages::card),
    ]
}
