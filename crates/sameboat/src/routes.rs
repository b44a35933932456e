//! Every room's routes in one table: what the access matrix walks.

use crate::web::Route;
use crate::{front, people, safety, web};

/// All of them.
pub fn all() -> Vec<Route> {
    [web::assets::routes(), front::routes(), safety::routes(), people::routes()]
        .into_iter()
        .flatten()
        .collect()
}
