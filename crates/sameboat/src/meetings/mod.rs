//! Meetings: when a group comes together, who holds which role, and the rounds.
//!
//! Always true: somebody named is on duty, or nobody is and the pages say so; before the first
//! meeting that is the founder, as long as they are here. Taking over from somebody who has not come
//! brings no duty. Roles are taken or offered, never given.
//! One wish in the circle is one transaction, and what it is about must not have changed since the
//! page was shown. When a meeting is closed, everything that passed in it goes in the same
//! transaction; what stays is the harvest, the running order and, if the agreement says so, who
//! came. Nobody is counted, and who passed looks like who spoke. A meeting begins around its time, and
//! one to which nobody came but one member is put back instead of closed. A group that ends has its
//! last meeting from its first day.

mod actions;
mod calendar;
mod kept;
mod model;
mod pages;
mod store;

pub use actions::{
    Close, add, add_last, ask_role, begin, close, come, count_mine, first_met, is_due, on_duty,
    reseal, say_coming, settle, went,
};
pub use model::{Item, Plan, RoleAsk, came_after, role_of};
pub use pages::ending::{Ending, EndingView, ending, last_order};
pub use pages::next::{NextMeeting, NextView, next};

use crate::access::Access;
use crate::web::{Route, get, post};

/// The room's routes.
pub fn routes() -> Vec<Route> {
    [before(), together()].into_iter().flatten().collect()
}

fn before() -> Vec<Route> {
    let is_for = Access::Member;
    vec![
        get("/g/{group}/meet", is_for, pages::meet::meet),
        get("/g/{group}/meetings/new", is_for, pages::plan::new),
        post("/g/{group}/meetings/new", is_for, pages::plan::set),
        get("/g/{group}/meetings/{meeting}", is_for, pages::look::look),
        get("/g/{group}/meetings/{meeting}/change", is_for, pages::plan::change_form),
        post("/g/{group}/meetings/{meeting}/change", is_for, pages::plan::change),
        post("/g/{group}/meetings/{meeting}/remove", is_for, pages::plan::remove),
        post("/g/{group}/meetings/{meeting}/coming", is_for, pages::plan::coming),
        get("/g/{group}/meetings/{meeting}/roles", is_for, pages::roles::form),
        post("/g/{group}/meetings/{meeting}/roles", is_for, pages::roles::ask),
        get("/g/{group}/meetings/{meeting}/order", is_for, pages::order::form),
        post("/g/{group}/meetings/{meeting}/order", is_for, pages::order::change),
        get("/g/{group}/meetings/{meeting}/calendar", is_for, pages::calendar::form),
        post("/g/{group}/meetings/{meeting}/calendar", is_for, pages::calendar::take),
        get("/g/{group}/meetings/{meeting}/script", is_for, pages::script::script),
    ]
}

fn together() -> Vec<Route> {
    let is_for = Access::Member;
    vec![
        post("/g/{group}/meetings/{meeting}/begin", is_for, pages::begin::begin),
        post("/g/{group}/meetings/{meeting}/move", is_for, pages::turn::wish),
        post("/g/{group}/meetings/{meeting}/mood", is_for, pages::mood::say),
        get("/g/{group}/meetings/{meeting}/phone", is_for, pages::phone::phone),
        get("/g/{group}/meetings/{meeting}/write", is_for, pages::writing::form),
        post("/g/{group}/meetings/{meeting}/write", is_for, pages::writing::keep),
        get("/g/{group}/meetings/{meeting}/harvest", is_for, pages::harvest::form),
        post("/g/{group}/meetings/{meeting}/harvest", is_for, pages::harvest::keep),
        post("/g/{group}/meetings/{meeting}/harvest/draft", is_for, pages::harvest::keep_draft),
        get("/g/{group}/meetings/{meeting}/close", is_for, pages::close::form),
        post("/g/{group}/meetings/{meeting}/close", is_for, pages::close::close),
    ]
}
