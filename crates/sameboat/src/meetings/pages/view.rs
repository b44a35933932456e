//! What several pages show of a meeting.

use rounds::{LineStage, Refused, Role};

use crate::agreements::Frame;
use crate::clock;
use crate::ids::MemberId;
use crate::meetings::model::{self, Meeting, ROLES, role_word};
use crate::web::Page;

/// When a meeting is, on the group's clock.
pub fn when(page: &Page, group: &Frame, starts_at: i64) -> String {
    page.wall(clock::on_the_wall(starts_at, &group.papers().shape.zone))
}

/// A line of the running order.
pub struct LineView {
    /// The step's number.
    pub step: u32,
    /// What it is called by us.
    pub ours: String,
    /// The group's own words; empty where ours do.
    pub own: String,
    /// The minutes planned.
    pub minutes: u32,
    /// Where it stands.
    pub stage: LineStage,
    /// The key of what somebody can say or do in it.
    pub script: String,
}

impl LineView {
    fn of(page: &Page, step: u32, plan: rounds::Plan, own: &str) -> LineView {
        let word = model::kind_word(plan.kind);
        LineView {
            step,
            ours: page.t(format!("step-{word}")),
            own: own.to_owned(),
            minutes: u32::from(plan.minutes.get()),
            stage: LineStage::Ahead,
            script: format!("script-{word}"),
        }
    }

    /// Whether it has ended.
    pub fn is_done(&self) -> bool {
        self.stage == LineStage::Ended
    }

    /// Whether it is going on.
    pub fn is_now(&self) -> bool {
        self.stage == LineStage::Now
    }

    /// Whether it may still be moved and taken out.
    pub fn is_ahead(&self) -> bool {
        self.stage == LineStage::Ahead
    }
}

/// The running order of a meeting, before, while or after.
pub fn lines(page: &Page, meeting: &Meeting) -> Vec<LineView> {
    let Some(running) = meeting.open() else {
        let items = (0..).zip(&meeting.words.order);
        return items
            .map(|(step, item)| LineView::of(page, step, item.plan, &item.words))
            .collect();
    };
    let lines = running.meeting.running_order().into_iter();
    lines
        .map(|line| {
            let own = running.title(line.step);
            LineView { stage: line.stage, ..LineView::of(page, line.step.0, line.plan, own) }
        })
        .collect()
}

/// The key of why a move was not made.
pub fn why(refused: Refused) -> &'static str {
    match refused {
        Refused::Already | Refused::Stale { .. } => "refused-stale",
        Refused::NoSuchSeat | Refused::NotHere | Refused::SeatUsed => "refused-sit",
        Refused::NoSuchStep | Refused::Begun | Refused::NotNext => "refused-step",
        Refused::NotYours => "refused-yours",
        Refused::OnlyFacilitator => "refused-lead",
        Refused::NobodyLeads => "refused-nobody-leads",
        Refused::NotInRound | Refused::NotYourTurn => "refused-turn",
        Refused::NoLater => "refused-later",
        Refused::NotAllHeard => "refused-heard",
        Refused::NoSilence => "refused-silence",
        Refused::Held | Refused::NotOffered => "refused-role",
        Refused::MembersOnly => "refused-members",
        Refused::Full => "refused-full",
    }
}

/// A role in words.
pub struct RoleView {
    /// Its word in forms and keys.
    pub word: &'static str,
    /// Who holds it, if they are here.
    pub holder: Option<String>,
    /// Whether whoever holds it takes a break: then it is free for others.
    pub rests: bool,
    /// Who was asked.
    pub asked: Option<String>,
    /// Whoever looks holds it.
    pub mine: bool,
    /// Whoever looks was asked.
    pub for_me: bool,
}

impl RoleView {
    /// Whether whoever looks may take it.
    pub fn may_take(&self) -> bool {
        !self.mine && (self.holder.is_none() || self.rests || self.for_me)
    }

    /// Whether whoever looks may ask somebody.
    pub fn may_ask(&self) -> bool {
        self.mine || self.holder.is_none() || self.rests
    }

    /// The key of its name.
    pub fn name(&self) -> String {
        format!("role-{}", self.word)
    }
}

/// All roles of a meeting to come.
pub fn roles(group: &Frame, meeting: &Meeting) -> Vec<RoleView> {
    let name = |who: Option<MemberId>| who.and_then(|who| group.name_of(who)).map(str::to_owned);
    let view = |role: Role| {
        let (held, offered) = (meeting.words.roles.held(role), meeting.words.roles.offered(role));
        RoleView {
            word: role_word(role),
            holder: name(held),
            rests: held
                .is_some_and(|held| group.members.iter().any(|m| m.id == held && m.is_on_break())),
            asked: name(offered),
            mine: held == Some(group.me),
            for_me: offered == Some(group.me),
        }
    };
    ROLES.into_iter().map(view).collect()
}

/// The names of those who say that they come.
pub fn coming(group: &Frame, meeting: &Meeting) -> Vec<String> {
    let come: Vec<MemberId> = meeting.coming.who().collect();
    // In the order in which people came into the group: the order of answers is nobody's business.
    let names =
        group.members.iter().filter(|named| come.contains(&named.id) && !named.is_on_break());
    names.map(|named| named.about.name.as_str().to_owned()).collect()
}
