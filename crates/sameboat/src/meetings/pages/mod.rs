mod announce;
pub mod begin;
pub mod calendar;
mod chairs;
mod circle;
pub mod close;
pub mod ending;
pub mod harvest;
pub mod look;
pub mod meet;
pub mod mood;
pub mod next;
pub mod order;
pub mod phone;
pub mod plan;
pub mod roles;
pub mod script;
pub mod turn;
mod view;
pub mod writing;

use storekit::Tx;

use crate::access::Member;
use crate::app::App;
use crate::error::{Outcome, Refusal};
use crate::groups;
use crate::ids::{GroupId, MeetingId, MemberId};

/// The meeting that an address names.
fn id(text: &str) -> Result<MeetingId, Refusal> {
    text.parse().map_err(|_| Refusal::NotFound)
}

/// One transaction by a member. Somebody may turn the group's key while others are passing the
/// piece round, so the keys are those of this very transaction.
async fn write<T: Send + 'static>(
    app: &App,
    member: Member,
    work: impl Fn(&mut Tx<'_>, &Member) -> Outcome<T> + Send + 'static,
) -> Outcome<T> {
    app.db
        .write(move |tx| {
            let member = groups::afresh(tx, &member)?;
            work(tx, &member)
        })
        .await
}

/// When members were last heard of. Whoever was not heard of since the program started counts as
/// heard of now: a start must not look like a lost connection.
fn last_seen(app: &App, group: GroupId) -> impl Fn(MemberId) -> i64 + Clone + Send + 'static {
    let app = app.clone();
    move |who| {
        let now = app.now();
        app.presence.last_seen(group, who).unwrap_or_else(|| {
            app.presence.told(group, who, now);
            now
        })
    }
}
