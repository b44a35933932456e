//! Every room's routes in one table: what the access matrix walks.

use crate::web::Route;
use crate::{
    agreements, common_ground, founding, front, joining, journey, leaving, me, meetings, newcomers,
    notebook, people, renewal, returning, safety, sharing, today, web,
};

/// All of them.
pub fn all() -> Vec<Route> {
    [
        web::assets::routes(),
        web::live::routes(),
        web::ending::routes(),
        front::routes(),
        safety::routes(),
        people::routes(),
        me::routes(),
        renewal::routes(),
        notebook::routes(),
        agreements::routes(),
        founding::routes(),
        joining::routes(),
        journey::routes(),
        leaving::routes(),
        sharing::routes(),
        common_ground::routes(),
        meetings::routes(),
        returning::routes(),
        newcomers::routes(),
        today::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
