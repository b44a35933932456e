//! The circle while people sit together: rounds' state, and who sits on which seat.

use std::collections::{BTreeMap, BTreeSet};

use rounds::{
    Act, Context, Move, Opening, Presence, Refused, Role, Round, SeatId, SeatKind, Signal, Signals,
    ToWhom, What,
};
use serde::{Deserialize, Serialize, Serializer};

use crate::groups::{Enclosed, written_alike};
use crate::ids::MemberId;
use crate::meetings::model::{Coming, Edit, Inside, Item, Moods, Whispers, Words, steps_of};

/// Who sits on a seat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sitter {
    /// A member.
    Member(MemberId),
    /// A name at a shared phone. It goes when the meeting is closed.
    Name(String),
}

/// A meeting that is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Running {
    /// Steps, seats, roles, the round.
    pub meeting: rounds::Meeting,
    /// Quiet signals that are up: those to all, and those that open for whoever looks.
    #[serde(serialize_with = "to_all")]
    pub signals: Signals,
    /// Those that are meant for whoever leads, locked.
    #[serde(default)]
    pub whispers: Whispers,
    /// How people come in and go out, as far as all may see it.
    #[serde(default)]
    pub moods: Moods,
    seats: BTreeMap<u32, Sitter>,
    titles: BTreeMap<u32, String>,
    came: BTreeSet<MemberId>,
    /// When it was begun (microseconds UTC).
    pub begun: i64,
    /// When the step going on began (microseconds UTC).
    pub step_since: i64,
    /// When the facilitator last said that they are away (microseconds UTC).
    #[serde(default)]
    away_since: i64,
    /// Who was named facilitator and had not come, when somebody else took over.
    #[serde(default)]
    named: Option<MemberId>,
}

/// Under the group's key lie those alone that all may see.
fn to_all<S: Serializer>(signals: &Signals, to: S) -> Result<S::Ok, S::Error> {
    signals.to_all().serialize(to)
}

/// What somebody in the circle asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// To sit down, come back, or be asked again.
    Sit,
    /// To be away just now.
    Away,
    /// To go home.
    Leave,
    /// That a name sits down at their phone.
    AddName(String),
    /// A move that names its seat or step.
    Do(Act),
    /// Another running order.
    Order(Edit),
    /// To give a quiet signal.
    Raise(Signal, ToWhom),
    /// To take one back, or lay aside one that they saw to.
    Lower(SeatId, Signal),
}

/// The word of a signal in forms and keys of sentences.
pub fn signal_word(signal: Signal) -> &'static str {
    match signal {
        Signal::SlowDown => "slow",
        Signal::Lost => "lost",
        Signal::Upset => "upset",
        Signal::NeedBreak => "break",
        Signal::WantIn => "want",
    }
}

/// From the word in a form.
pub fn signal_of(word: &str) -> Option<Signal> {
    Signal::ALL.into_iter().find(|signal| signal_word(*signal) == word)
}

impl Running {
    /// Chairs for those who come and for those who hold a role. Who said nothing can come all the
    /// same. `None` if the running order is too long.
    pub fn open(words: &Words, coming: &Coming, now: i64) -> Option<Running> {
        let roles: Vec<(Role, MemberId)> = words.roles.holders().collect();
        let expected: BTreeSet<MemberId> =
            coming.who().chain(roles.iter().map(|(_, who)| *who)).collect();
        let seats: BTreeMap<u32, Sitter> =
            (1..).zip(expected.into_iter().map(Sitter::Member)).collect();
        let seat_of = |who: &MemberId| {
            let found = seats.iter().find(|(_, sitter)| **sitter == Sitter::Member(*who));
            found.map(|(seat, _)| SeatId(*seat))
        };
        let opening = Opening {
            plans: words.order.iter().map(|item| item.plan).collect(),
            expected: seats.keys().map(|seat| SeatId(*seat)).collect(),
            roles: roles.iter().filter_map(|(role, who)| Some((*role, seat_of(who)?))).collect(),
        };
        let titles = (0..).zip(&words.order).filter(|(_, item)| !item.words.is_empty());
        Some(Running {
            meeting: rounds::Meeting::open(opening).ok()?,
            signals: Signals::default(),
            whispers: Whispers::default(),
            moods: Moods::begun(),
            titles: titles.map(|(step, item)| (step, item.words.clone())).collect(),
            seats,
            came: BTreeSet::new(),
            begun: now,
            step_since: now,
            away_since: now,
            named: None,
        })
    }

    /// The seat of a member who is in the circle or expected.
    pub fn seat_of(&self, who: MemberId) -> Option<SeatId> {
        let mut mine = self.seats.iter().filter(|(_, sitter)| **sitter == Sitter::Member(who));
        mine.find(|(seat, _)| self.meeting.seat(SeatId(**seat)).is_some())
            .map(|(seat, _)| SeatId(*seat))
    }

    /// Whether a member is in the circle now.
    pub fn is_here(&self, who: MemberId) -> bool {
        let seat = self.seat_of(who).and_then(|seat| self.meeting.seat(seat));
        seat.is_some_and(rounds::Seat::is_here)
    }

    /// Who sits on a seat.
    pub fn sitter(&self, seat: SeatId) -> Option<&Sitter> {
        self.seats.get(&seat.0)
    }

    /// The group's own words for a step.
    pub fn title(&self, step: rounds::StepId) -> &str {
        self.titles.get(&step.0).map(String::as_str).unwrap_or_default()
    }

    /// The member who holds a role.
    pub fn holder(&self, role: Role) -> Option<MemberId> {
        match self.sitter(self.meeting.post(role).held?)? {
            Sitter::Member(who) => Some(*who),
            Sitter::Name(_) => None,
        }
    }

    /// The roles that a member holds.
    pub fn roles_of(&self, who: MemberId) -> Vec<Role> {
        Role::ALL.into_iter().filter(|role| self.holder(*role) == Some(who)).collect()
    }

    /// Who answers for what is told to “the facilitator”. Whoever takes over from somebody who has
    /// not come leads the circle and no more; the same holds for one who sits there alone.
    pub fn on_duty(&self, before: Option<MemberId>) -> Option<MemberId> {
        if let Some(named) = self.named.filter(|named| !self.came.contains(named)) {
            return Some(named);
        }
        let leads = self.holder(Role::Facilitator);
        leads.filter(|leads| before == Some(*leads) || self.came.len() > 1)
    }

    /// When the facilitator was last heard of, if there is one: nobody who has not come, or who said
    /// that they are away, is there because they look at some page.
    pub fn lead_heard(&self, heard: impl Fn(MemberId) -> i64) -> Option<i64> {
        let who = self.holder(Role::Facilitator)?;
        let seat = self.seat_of(who).and_then(|seat| self.meeting.seat(seat))?;
        Some(match seat.presence {
            Presence::Here => heard(who),
            Presence::Expected => self.begun,
            Presence::Away => self.away_since,
        })
    }

    /// Whether nobody came but one member: no name at a phone, either.
    pub fn is_alone(&self) -> bool {
        self.came.len() < 2 && !self.meeting.seats().iter().any(|seat| !seat.is_member())
    }

    /// Whether somebody here is called so, or nearly so.
    pub fn has_name(&self, name: &str) -> bool {
        let mut names = self.seats.values();
        names.any(|sitter| matches!(sitter, Sitter::Name(other) if written_alike(name, other)))
    }

    /// The members who came, in no order that says anything.
    pub fn came(&self) -> Vec<MemberId> {
        self.came.iter().copied().collect()
    }

    /// The running order as it stood at the end.
    pub fn order(&self) -> Vec<Item> {
        let steps = self.meeting.steps().iter();
        steps.map(|step| Item { plan: step.plan, words: self.title(step.id).to_owned() }).collect()
    }

    /// Names at a member's own phone.
    pub fn names_at(&self, phone: SeatId) -> Vec<SeatId> {
        let seats = self.meeting.seats().iter();
        seats.filter(|seat| seat.kind == SeatKind::NameOnly { phone }).map(|seat| seat.id).collect()
    }

    /// Whether this member may close the meeting: the facilitator; anybody who is here when there
    /// is none, or theirs is the connection that was lost; never while somebody waits for a turn.
    pub fn may_close(&self, who: MemberId, lost: bool) -> bool {
        let all_heard = self.meeting.round().is_none_or(Round::is_over);
        let led = self.holder(Role::Facilitator);
        all_heard && self.is_here(who) && (led == Some(who) || led.is_none() || lost)
    }

    /// The circle after a wish, or why not. `seen` is the version of the circle that the page
    /// showed.
    ///
    /// # Errors
    /// What stands in its way.
    pub fn after(
        &self,
        who: MemberId,
        wish: &Wish,
        seen: u64,
        context: &mut Context<'_>,
    ) -> Result<Running, Refused> {
        let mut next = self.clone();
        let seat = self.seat_of(who);
        let mine = || seat.ok_or(Refused::NoSuchSeat);
        match wish {
            Wish::Raise(signal, to) => {
                next.signals.raise(&self.meeting, mine()?, (mine()?, *signal), *to)?;
            }
            Wish::Lower(whose, signal) => {
                next.signals.lower(&self.meeting, mine()?, (*whose, *signal))?;
            }
            Wish::Sit => {
                let seat = seat.unwrap_or_else(|| self.meeting.new_seat());
                next.seats.insert(seat.0, Sitter::Member(who));
                next.came.insert(who);
                next.go(Move { by: seat, seen, act: Act::Here { seat } }, context)?;
            }
            Wish::Away => {
                next.go(Move { by: mine()?, seen, act: Act::Away { seat: mine()? } }, context)?
            }
            Wish::Leave => {
                next.go(Move { by: mine()?, seen, act: Act::Leave { seat: mine()? } }, context)?
            }
            Wish::AddName(name) => {
                let new = self.meeting.new_seat();
                next.seats.insert(new.0, Sitter::Name(name.clone()));
                next.go(Move { by: mine()?, seen, act: Act::AddName { seat: new } }, context)?;
            }
            Wish::Order(edit) => {
                let act = steps_of(self.meeting.steps(), edit).ok_or(Refused::Already)?;
                next.go(Move { by: mine()?, seen, act }, context)?;
                if let (Edit::Add(item), Some(step)) = (edit, next.meeting.steps().last())
                    && !item.words.is_empty()
                {
                    next.titles.insert(step.id.0, item.words.clone());
                }
            }
            Wish::Do(act) => next.go(Move { by: mine()?, seen, act: *act }, context)?,
        }
        next.whispers.forget(&next.meeting, &next.signals);
        Ok(next)
    }

    /// Opens what is meant for whoever looks. `open` says who locked it: a signal that somebody gave
    /// for another's seat is nobody's.
    pub fn hear(&mut self, open: impl Fn(&Enclosed) -> Option<(MemberId, Inside)>) {
        self.signals = self.signals.to_all();
        let seats = &self.seats;
        let sits = |who, seat: SeatId| seats.get(&seat.0) == Some(&Sitter::Member(who));
        let theirs = |(who, inside): &(MemberId, Inside)| sits(*who, inside.seat());
        let open = |locked: &Enclosed| open(locked).filter(theirs).map(|(_, inside)| inside);
        self.whispers.hear(&mut self.signals, open);
    }

    fn go(&mut self, asked: Move, context: &mut Context<'_>) -> Result<(), Refused> {
        let (meeting, events) = self.meeting.apply(asked, context)?;
        let now = i64::try_from(context.now).unwrap_or(i64::MAX);
        let now = now.saturating_mul(crate::clock::SECOND);
        let led = self.meeting.post(Role::Facilitator).held;
        if asked.act == (Act::TakeRole { role: Role::Facilitator })
            && led.and_then(|led| self.meeting.seat(led)).is_some_and(|seat| !seat.has_come())
        {
            self.named = self.named.or(self.holder(Role::Facilitator));
        }
        self.meeting = meeting;
        self.signals.forget_old(&self.meeting);
        for event in events {
            match event.what {
                What::StepBegun { .. } => self.step_since = now,
                What::WentAway { seat } if Some(seat) == led => self.away_since = now,
                _ => {}
            }
        }
        let meeting = &self.meeting;
        self.seats.retain(|seat, _| meeting.seat(SeatId(*seat)).is_some());
        Ok(())
    }

    /// The circle after somebody left the group: no seat, no role, no turn is theirs.
    pub fn without(&self, who: MemberId) -> Running {
        let mut next = self.clone();
        next.came.remove(&who);
        next.named = next.named.filter(|named| *named != who);
        let Some(seat) = self.seat_of(who) else { return next };
        let mut context = Context { now: 0, facilitator_seen_at: None, chance: &mut |_| 0 };
        let asked = Move { by: seat, seen: self.meeting.version(), act: Act::Leave { seat } };
        // A member's own leaving is never refused; were it, the seat would stand nameless.
        let _left = next.go(asked, &mut context);
        next.seats.remove(&seat.0);
        next.whispers.forget(&next.meeting, &next.signals);
        next
    }
}
