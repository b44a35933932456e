//! Coming in, as pages: the link, card and agreement, answers, waiting; and for members the door,
//! links and lists.
//!
//! Always true: looking at a link spends nothing, and an unknown, used or ended one shows the same
//! page; who is not let in reads one sentence, whatever the reason. What holds behind the pages is
//! the room `door`.

mod pages;
mod qr;

use crate::access::Access;
use crate::web::{Route, get, post};

/// The room's routes.
pub fn routes() -> Vec<Route> {
    vec![
        get("/j/{secret}", Access::Anyone, pages::link::follow),
        get("/joining", Access::Anyone, pages::link::card),
        get("/joining/answers", Access::SignedIn, pages::answers::form),
        post("/joining/answers", Access::SignedIn, pages::answers::send),
        post("/joining/answers/draft", Access::SignedIn, pages::answers::keep_typed),
        post("/joining/answers/draft/remove", Access::SignedIn, pages::answers::forget_typed),
        get("/joining/waiting", Access::SignedIn, pages::waiting::waiting),
        post("/joining/step-back", Access::SignedIn, pages::waiting::step_back),
        get("/g/{group}/door", Access::Member, pages::door::door),
        post("/g/{group}/door/let-in", Access::Member, pages::door::let_several_in),
        post("/g/{group}/door/{guest}/let-in", Access::Member, pages::door::let_in),
        get("/g/{group}/invite", Access::Member, pages::invite::form),
        post("/g/{group}/invite", Access::Member, pages::invite::make),
        post("/g/{group}/invite/take-back", Access::Member, pages::invite::take_back),
        get("/g/{group}/must-not-meet", Access::Member, pages::lists::form),
        post("/g/{group}/must-not-meet", Access::Member, pages::lists::save),
        post("/g/{group}/must-not-meet/seen", Access::Member, pages::lists::seen),
    ]
}
