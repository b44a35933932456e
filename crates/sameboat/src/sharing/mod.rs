//! Sharing if willing: words for the group, for one member, for the facilitator; and answers.
//!
//! Always true: nothing goes anywhere before its writer saw by name who will read it; nobody else
//! can open it; who has another kind of answer than was asked for asks first; it can be taken back with all that hangs on it; *me too* leaves no row, and a
//! number of people is told only where three are in it and three are not; nobody is told who has
//! read, hidden or not answered anything.

mod actions;
mod model;
mod pages;
mod store;

pub use actions::{
    About, Door, New, NewAnswer, Offered, Page, Share, Worry, add, answer, forget_hidden, list,
    mine, offer, offers_to_me, remove_all_of, reseal, reseal_hidden, say_me_too, take_out, to_me,
    worries,
};
pub use model::{Audience, Kind, Text, Together, Wants, together};
pub use pages::ShareView;

use crate::access::Access;
use crate::web::{Route, get, post};

/// The room's routes.
pub fn routes() -> Vec<Route> {
    vec![
        get("/g/{group}/talk", Access::Member, pages::talk::talk),
        get("/g/{group}/share/new", Access::Member, pages::new::new),
        post("/g/{group}/share/look", Access::Member, pages::new::look),
        post("/g/{group}/share", Access::Member, pages::new::share),
        post("/g/{group}/share/draft", Access::Member, pages::draft::keep),
        get("/g/{group}/share/{share}", Access::Member, pages::one::one),
        post("/g/{group}/share/{share}/answer", Access::Member, pages::one::answer),
        post("/g/{group}/share/{share}/answer/take-back", Access::Member, pages::one::take_back),
        get("/g/{group}/share/{share}/mend", Access::Member, pages::own::mend_form),
        post("/g/{group}/share/{share}/mend", Access::Member, pages::own::mend),
        get("/g/{group}/share/{share}/take-back", Access::Member, pages::own::take_back_form),
        post("/g/{group}/share/{share}/take-back", Access::Member, pages::own::take_back),
        post("/g/{group}/share/{share}/hide", Access::Member, pages::own::hide),
        get("/g/{group}/share/{share}/worried", Access::Member, pages::worried::form),
        post("/g/{group}/share/{share}/worried", Access::Member, pages::worried::tell),
        post("/g/{group}/worries/{worry}/seen", Access::Member, pages::worried::seen),
        get("/g/{group}/me/words", Access::Member, pages::mine::mine),
        get("/notebook/{page}/share", Access::SignedIn, pages::notebook::where_to),
    ]
}
