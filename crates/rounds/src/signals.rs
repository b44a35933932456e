//! Quiet signals: small things that are hard to say aloud. They pass by and are not kept.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{MAX_SEATS, Meeting, Refused, Role, SeatId, StepId};

/// How many versions a signal lasts at most: about eight turns. It ends with its step too.
pub const SIGNAL_LASTS: u64 = 24;

/// What somebody wants known without saying it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Signal {
    /// Slow down, please.
    SlowDown,
    /// I am lost.
    Lost,
    /// I am upset.
    Upset,
    /// I need a break.
    NeedBreak,
    /// I want to say something.
    WantIn,
}

impl Signal {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::SlowDown, Self::Lost, Self::Upset, Self::NeedBreak, Self::WantIn];
}

/// Who is to see a signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ToWhom {
    /// Whoever is the facilitator when it is given. It does not go on with the role.
    Facilitator,
    /// Everybody in the circle.
    All,
}

/// A signal that somebody gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Raised {
    /// Who gave it.
    pub seat: SeatId,
    /// What it says.
    pub signal: Signal,
    /// Who is to see it.
    pub to: ToWhom,
    /// Who was the facilitator when it was given to them.
    #[serde(default)]
    pub led: Option<SeatId>,
    /// The step in which it was given; it ends with it.
    step: Option<StepId>,
    /// The first version at which it is no longer shown.
    until: u64,
}

/// How long a signal is up. It says nothing of who gave it, so whoever keeps a signal apart,
/// locked, can forget it in time without opening it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lasts {
    step: Option<StepId>,
    until: u64,
}

/// The signals that are up. Each seat has each signal at most once.
///
/// They stand beside the meeting and not in it: giving one moves no version and leaves no
/// event. Keep them where they are gone when the meeting is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Raised>", into = "Vec<Raised>")]
pub struct Signals(Vec<Raised>);

/// Why signals that were kept are not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a signal is there twice, or there are too many")]
pub struct BadSignals;

impl Signals {
    /// Gives a signal for the mover's seat, or for a name at their phone. Given again, it
    /// lasts longer, and the newer choice of who sees it holds.
    ///
    /// # Errors
    /// [`Refused::NoSuchSeat`], [`Refused::NotYours`], or [`Refused::NobodyLeads`] for one to
    /// the facilitator when there is none.
    pub fn raise(
        &mut self,
        meeting: &Meeting,
        by: SeatId,
        (seat, signal): (SeatId, Signal),
        to: ToWhom,
    ) -> Result<(), Refused> {
        meeting.seat(seat).ok_or(Refused::NoSuchSeat)?;
        if !meeting.acts_for(by, seat) {
            return Err(Refused::NotYours);
        }
        let led = match to {
            ToWhom::All => None,
            ToWhom::Facilitator => {
                Some(meeting.post(Role::Facilitator).held.ok_or(Refused::NobodyLeads)?)
            }
        };
        self.0.retain(|one| one.is_up(meeting) && !one.is(seat, signal));
        let step = meeting.step().map(|step| step.id);
        let until = meeting.version().saturating_add(SIGNAL_LASTS);
        self.0.push(Raised { seat, signal, to, led, step, until });
        Ok(())
    }

    /// Puts a signal back that was kept apart.
    pub fn put_back(&mut self, kept: Raised) {
        self.0.retain(|one| !one.is(kept.seat, kept.signal));
        self.0.push(kept);
    }

    /// All that are here, whether they are still shown or not.
    #[must_use]
    pub fn all(&self) -> &[Raised] {
        &self.0
    }

    /// Those that all may see.
    #[must_use]
    pub fn to_all(&self) -> Self {
        Self(self.0.iter().filter(|one| one.to == ToWhom::All).copied().collect())
    }

    /// Takes a signal back, or, by the facilitator, lays aside one that they saw to.
    ///
    /// # Errors
    /// [`Refused::Already`] when it is not up, [`Refused::NotYours`] otherwise.
    pub fn lower(
        &mut self,
        meeting: &Meeting,
        by: SeatId,
        (seat, signal): (SeatId, Signal),
    ) -> Result<(), Refused> {
        if !self.0.iter().any(|one| one.is_up(meeting) && one.is(seat, signal)) {
            return Err(Refused::Already);
        }
        if !meeting.acts_for(by, seat) && !meeting.holds(Role::Facilitator, by) {
            return Err(Refused::NotYours);
        }
        self.0.retain(|one| one.is_up(meeting) && !one.is(seat, signal));
        Ok(())
    }

    /// The signals that a member may see now.
    #[must_use]
    pub fn seen_by(&self, meeting: &Meeting, by: SeatId) -> Vec<Raised> {
        let may_see = |one: &&Raised| match one.to {
            ToWhom::All => meeting.seat(by).is_some(),
            ToWhom::Facilitator => {
                let leads = meeting.holds(Role::Facilitator, by) && one.led == Some(by);
                leads || meeting.acts_for(by, one.seat)
            }
        };
        self.0.iter().filter(|one| one.is_up(meeting)).filter(may_see).copied().collect()
    }

    /// Forgets those that are no longer shown.
    pub fn forget_old(&mut self, meeting: &Meeting) {
        self.0.retain(|one| one.is_up(meeting));
    }
}

impl Lasts {
    /// Whether a signal that lasts so long is still shown.
    #[must_use]
    pub fn is_up(self, meeting: &Meeting) -> bool {
        meeting.version() < self.until && meeting.step().map(|step| step.id) == self.step
    }

    /// A signal to the facilitator as it was given, from what was kept of it.
    #[must_use]
    pub const fn to_facilitator(self, seat: SeatId, signal: Signal, led: SeatId) -> Raised {
        let Self { step, until } = self;
        Raised { seat, signal, to: ToWhom::Facilitator, led: Some(led), step, until }
    }
}

impl Raised {
    /// How long it is up.
    #[must_use]
    pub const fn lasts(&self) -> Lasts {
        Lasts { step: self.step, until: self.until }
    }

    fn is(&self, seat: SeatId, signal: Signal) -> bool {
        self.seat == seat && self.signal == signal
    }

    fn is_up(&self, meeting: &Meeting) -> bool {
        self.lasts().is_up(meeting) && meeting.seat(self.seat).is_some()
    }
}

impl TryFrom<Vec<Raised>> for Signals {
    type Error = BadSignals;

    fn try_from(raised: Vec<Raised>) -> Result<Self, BadSignals> {
        // The length comes first, so that no endless list is compared pair by pair.
        if raised.len() > MAX_SEATS * Signal::ALL.len() {
            return Err(BadSignals);
        }
        for (place, one) in raised.iter().enumerate() {
            if raised[..place].iter().any(|other| other.is(one.seat, one.signal)) {
                return Err(BadSignals);
            }
        }
        Ok(Self(raised))
    }
}

impl From<Signals> for Vec<Raised> {
    fn from(signals: Signals) -> Self {
        signals.0
    }
}
