use askama::Template;
use axum::extract::State;

use crate::access::{GroupScope, Member, Person};
use crate::agreements::{CardView, Difference, Earlier, Frame, differences, frame};
use crate::app::App;
use crate::clock;
use crate::door::{self, AtDoor};
use crate::error::Outcome;
use crate::groups::{self, Named, State as Standing};
use crate::ids::GroupId;
use crate::leaving;
use crate::meetings::{self, EndingView, NextView};
use crate::newcomers::Waiting;
use crate::today::news::{self, News};
use crate::today::talk::{self, Talk};
use crate::web::{Answer, Page, show};

#[derive(Template)]
#[template(path = "today/groups.html")]
struct GroupsPage {
    page: Page,
    groups: Vec<Listed>,
    doors: Vec<AtDoor>,
    went: Vec<GroupId>,
    frozen: Vec<String>,
}

struct Listed {
    id: GroupId,
    outside: String,
}

/// The outside names only: this page must give nothing away over a shoulder.
pub async fn groups(State(app): State<App>, person: Person, page: Page) -> Answer {
    let here = app.clone();
    let (listed, doors) = app
        .db
        .read(move |tx| {
            let doors = door::doors_of(tx, &here.keys, &person)?;
            Outcome::Ok((list(tx, &here, &person)?, doors))
        })
        .await?;
    let Seats { groups, went, frozen } = listed;
    show(&GroupsPage { page, groups, doors, went, frozen })
}

/// What somebody's ring leads to, beside doors.
#[derive(Default)]
struct Seats {
    groups: Vec<Listed>,
    went: Vec<GroupId>,
    frozen: Vec<String>,
}

fn list(tx: &mut storekit::Tx<'_>, app: &App, person: &Person) -> Outcome<Seats> {
    let mut all = Seats::default();
    for seat in person.seats() {
        let scope = GroupScope::of_seat(seat);
        let outside = groups::outside_name(tx, &app.keys, scope)?;
        if groups::member(tx, person, seat)?.is_some() {
            let outside = outside.unwrap_or_default();
            all.groups.push(Listed { id: scope.group(), outside });
        } else if groups::state_of(tx, &app.keys, seat)? == Some(Standing::Frozen) {
            all.frozen.extend(outside);
            if leaving::is_written_to(tx, &app.keys, seat)? {
                all.went.push(scope.group());
            }
        } else if leaving::is_written_to(tx, &app.keys, seat)? {
            all.went.push(scope.group());
        }
    }
    all.groups.sort_by(|a, b| a.outside.cmp(&b.outside));
    Ok(all)
}

/// For how long somebody who came late finds a way in on Today.
const BRIDGE: i64 = 30 * clock::DAY;

#[derive(Template)]
#[template(path = "today/today.html")]
struct TodayPage {
    page: Page,
    group: Frame,
    card: CardView,
    meeting: Option<NextView>,
    waiting: usize,
    stopped: bool,
    news: News,
    talk: Talk,
    /// Whether a meeting has taken place.
    met: bool,
    /// Whether this member came when the group had met already, and lately.
    bridge: bool,
    /// When the group ends, where that is near and its last meeting is not set.
    ending: Option<EndingView>,
    /// Between what a newcomer read at the door and what is in force.
    changed: Vec<Difference>,
}

pub async fn today(State(app): State<App>, member: Member, page: Page) -> Answer {
    let here = app.clone();
    let now = app.now();
    let (group, news, waiting, stopped, talk, (next, met, ending)) = app
        .db
        .read(move |tx| {
            let waiting = door::list_guests(tx, &here.keys, &member)?.len();
            let stopped = door::unseen_stops(tx, &here.keys, &member)?;
            let (news, talk) = (news::find(tx, &member)?, talk::find(tx, &member)?);
            let group = frame(tx, &member)?;
            let ending = meetings::ending(tx, &member, &group)?;
            let next = (meetings::next(tx, &member)?, meetings::first_met(tx, &member)?, ending);
            Outcome::Ok((group, news, waiting, stopped, talk, next))
        })
        .await?;
    let card = CardView::of(&page, group.papers());
    let talk = Talk::of(&page, talk);
    let meeting = next.map(|next| NextView::of(&page, &group, &next));
    let both = news.unanswered.as_ref();
    let changed = both.map(|both| differences(&page, &both.read.papers, &both.holds.papers));
    let changed = changed.unwrap_or_default();
    let since = group.members.iter().find(|named| named.id == group.me);
    let since = since.map_or(0, |named| named.about.since);
    let bridge = met.is_some_and(|met| meetings::came_after(met, since)) && now - since < BRIDGE;
    let near = ending.as_ref().and_then(|one| EndingView::missing(&page, &group, (one, now)));
    show(&TodayPage {
        met: met.is_some(),
        ending: near,
        page,
        group,
        card,
        meeting,
        waiting,
        stopped,
        news,
        bridge,
        changed,
        talk,
    })
}

impl TodayPage {
    fn opens(&self, waiting: &Waiting) -> String {
        self.page.moment(waiting.opens_at)
    }

    /// Not a second time what the next meeting says.
    fn tells_place(&self) -> bool {
        let said = self.meeting.as_ref().filter(|next| !next.open).map(|next| &next.place);
        !self.card.place.is_empty() && said != Some(&self.card.place)
    }

    /// Whether the group is still on the way to its first evening.
    fn has_not_met(&self) -> bool {
        self.group.is_working() && !self.met
    }

    /// Whether our agreement opens earlier words to people who come later.
    fn opens_earlier(&self) -> bool {
        self.group.papers().earlier != Earlier::Never
    }

    fn somebody_waits(&self) -> bool {
        self.waiting > 0
    }
}

#[derive(Template)]
#[template(path = "today/us.html")]
struct UsPage {
    page: Page,
    group: Frame,
    people: Vec<Named>,
    before: Vec<Named>,
    frozen: Vec<Named>,
}

pub async fn us(State(app): State<App>, member: Member, page: Page) -> Answer {
    let (group, all) = app
        .db
        .read(move |tx| Outcome::Ok((frame(tx, &member)?, groups::list_members(tx, &member)?)))
        .await?;
    let people = group.members.clone();
    let of = |state| all.iter().filter(move |named| named.state == state).cloned().collect();
    let (before, frozen) = (of(Standing::Gone), of(Standing::Frozen));
    show(&UsPage { page, group, people, before, frozen })
}
