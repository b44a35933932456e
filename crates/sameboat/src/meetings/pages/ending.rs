//! The last meeting of a group that ends: it belongs to the group from its first day (I2).

use jiff::civil::Date;
use storekit::Tx;

use crate::access::Member;
use crate::agreements::{End, Frame};
use crate::clock;
use crate::error::Outcome;
use crate::ids::MeetingId;
use crate::meetings::actions;
use crate::meetings::model::{self, Item};
use crate::meetings::pages::view;
use crate::web::Page;

/// Days before its end from which on Today speaks of it, and within which of that day a last meeting
/// is the one for it: an end may have been moved since.
const SOON: i64 = 28;

/// When a group ends, and the meeting for it.
pub struct Ending {
    on: Date,
    there: Option<(MeetingId, i64)>,
}

/// Finds it; none for a group that looks again instead of ending.
pub fn ending(tx: &mut Tx<'_>, member: &Member, group: &Frame) -> Outcome<Option<Ending>> {
    let End::Ends(on) = group.papers().shape.end else { return Ok(None) };
    let near = |day: i64| (day - clock::day_of_date(on)).abs() <= SOON;
    let there = actions::last_meeting(tx, member)?.filter(|(_, at)| near(clock::day(*at)));
    Ok(Some(Ending { on, there }))
}

/// The same for a page.
pub struct EndingView {
    /// On which day it ends, as a sentence.
    pub says: String,
    /// The meeting for it, and when it is; none while nobody set it.
    pub there: Option<(MeetingId, String)>,
}

impl EndingView {
    /// In the language of a page.
    pub fn of(page: &Page, group: &Frame, ending: &Ending) -> EndingView {
        let there = ending.there.map(|(id, at)| (id, view::when(page, group, at)));
        EndingView { says: page.t1("end-ends", "date", page.date(ending.on)), there }
    }

    /// The same where it is near and nobody has set the meeting.
    pub fn missing(
        page: &Page,
        group: &Frame,
        (ending, now): (&Ending, i64),
    ) -> Option<EndingView> {
        let left = clock::day_of_date(ending.on) - clock::day(now);
        let missing = ending.there.is_none() && (0..SOON).contains(&left);
        missing.then(|| EndingView::of(page, group, ending))
    }
}

/// The running order of a last meeting, with its questions in the language of a page.
pub fn last_order(page: &Page) -> Vec<Item> {
    model::last(["order-last-gave", "order-last-open", "order-last-next"].map(|key| page.t(key)))
}
