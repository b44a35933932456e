//! Papers in words, for pages and for the before-you-join card.

use crate::agreements::model::{Clause, Earlier, End, Newcomers, Papers, SafetyCard, SafetyLine};
use crate::clock;
use crate::safety::contacts::DAYS_A_CHECK_HOLDS;
use crate::web::Page;

/// A clause as it is read.
pub struct ClauseView {
    /// Its name in forms.
    pub name: String,
    /// Our words, in the reader's language; empty for an own clause.
    pub ours: String,
    /// The group's own words; empty for ours.
    pub own: String,
    /// Whether it always stays.
    pub floor: bool,
}

/// The before-you-join card (C1), built from the papers.
pub struct CardView {
    /// The name inside.
    pub inside: String,
    /// “We are people who …”
    pub who: String,
    /// “… meeting to …”
    pub what_for: String,
    /// Who it is not for.
    pub not_for: String,
    /// What it is mainly for.
    pub aim: String,
    /// When, how often and how long.
    pub when: String,
    /// In what way.
    pub way: String,
    /// Where, in the group's words.
    pub place: String,
    /// Whether whoever reads it is not let in yet, so that they are not told the place.
    pub outside: bool,
    /// At most how many, and who may come in.
    pub size: String,
    /// When it ends or looks again.
    pub end: String,
    /// What newcomers may read.
    pub earlier: String,
    /// All clauses.
    pub clauses: Vec<ClauseView>,
    /// Services and numbers.
    pub safety: Vec<SafetyLine>,
    /// Whether somebody in the group works with groups.
    pub worker: bool,
    /// What to say when nobody has confirmed the numbers for long.
    pub stale: Option<String>,
}

impl ClauseView {
    /// A clause in the language of a page.
    pub fn of(page: &Page, clause: &Clause) -> ClauseView {
        let name = clause.name();
        match clause {
            Clause::Floor(_) => {
                let ours = page.t(format!("clause-{name}"));
                ClauseView { name, ours, own: String::new(), floor: true }
            }
            Clause::Suggested(_) => {
                let ours = page.t(format!("clause-{name}"));
                ClauseView { name, ours, own: String::new(), floor: false }
            }
            Clause::Own { text, .. } => {
                ClauseView { name, ours: String::new(), own: text.clone(), floor: false }
            }
        }
    }
}

/// What to say of numbers that nobody has confirmed for longer than a check holds.
pub fn stale(page: &Page, card: &SafetyCard) -> Option<String> {
    let (confirmed, today) = (clock::day(card.confirmed), clock::day(page.now()));
    let old = today - confirmed > i64::from(DAYS_A_CHECK_HOLDS) && !card.lines.is_empty();
    old.then(|| page.t1("card-safety-stale", "day", page.day(confirmed)))
}

impl CardView {
    /// The card in the language of a page.
    pub fn of(page: &Page, papers: &Papers) -> CardView {
        let shape = &papers.shape;
        let clauses = papers.all_clauses();
        CardView {
            inside: papers.inside.clone(),
            who: papers.purpose.who.clone(),
            what_for: papers.purpose.what_for.clone(),
            not_for: papers.purpose.not_for.clone(),
            aim: page.t(format!("aim-{}", papers.purpose.aim.word())),
            when: when(page, papers),
            way: page.t(format!("way-{}", shape.way.word())),
            place: shape.place.clone(),
            outside: false,
            size: match shape.newcomers {
                Newcomers::Open => page.t1("size-open", "most", shape.most),
                Newcomers::Closed => page.t1("size-closed", "most", shape.most),
            },
            end: match shape.end {
                End::Ends(date) => page.t1("end-ends", "date", page.date(date)),
                End::Review(date) => page.t1("end-review", "date", page.date(date)),
            },
            earlier: match papers.earlier {
                Earlier::Never => page.t("earlier-never"),
                Earlier::AtOnce => page.t("earlier-at-once"),
                Earlier::AfterADay => page.t("earlier-after-72-hours"),
            },
            clauses: clauses.iter().map(|clause| ClauseView::of(page, clause)).collect(),
            safety: papers.safety.lines.clone(),
            worker: false,
            stale: stale(page, &papers.safety),
        }
    }

    /// The same for somebody who holds a link. Links made by an earlier program have the place in
    /// their copy.
    pub fn for_guest(page: &Page, papers: &Papers) -> CardView {
        CardView { place: String::new(), outside: true, ..CardView::of(page, papers) }
    }
}

/// “Every week, Tuesday, 18:00 (Europe/London), 75 minutes”, as far as it is known.
pub fn when(page: &Page, papers: &Papers) -> String {
    let shape = &papers.shape;
    let mut parts = vec![page.t(format!("rhythm-{}", shape.rhythm.word()))];
    if let Some(day) = shape.weekday() {
        parts.push(page.t(format!("weekday-{}", day.to_monday_one_offset())));
    }
    if let Some(time) = shape.time {
        let clock = format!("{:02}:{:02}", time.hour(), time.minute());
        parts.push(page.t2("when-clock", "time", clock, "zone", &shape.zone));
    }
    parts.push(page.t1("when-minutes", "minutes", u32::from(shape.minutes)));
    parts.join(&page.t("list-comma"))
}
