//! What the circle's page shows to one member.

use rounds::{Act, Buttons, Piece, Role, SeatId, SeatKind, StepId, ToWhom};

use crate::agreements::Frame;
use crate::clock;
use crate::meetings::model::{Meeting, Mood, ROLES, Running, role_word, signal_word};
use crate::meetings::pages::chairs::{self, Picture};
use crate::meetings::pages::mood::{self, MoodView};
use crate::meetings::pages::view::{self, LineView};
use crate::web::Page;

/// The circle for one member.
pub struct CircleView {
    /// The version of the row: what a live page compares.
    pub version: i64,
    /// The version of the circle: what a move was made upon.
    pub seen: u64,
    /// The step going on.
    pub step: Option<LineView>,
    /// The step after it.
    pub next_step: Option<LineView>,
    /// All steps.
    pub lines: Vec<LineView>,
    /// The picture.
    pub picture: Picture,
    /// Whose the piece is; empty while a silence is kept.
    pub who: String,
    /// As much of that name as fits into the middle of the picture.
    pub short: String,
    /// Who is next, as much of the name as fits there; empty where nobody is.
    pub then: String,
    /// The word for where the piece is.
    pub piece: &'static str,
    /// Whole minutes since the step began.
    pub so_far: i64,
    /// What whoever looks may do.
    pub buttons: Buttons,
    /// Their seat, if they have one.
    pub seat: Option<u32>,
    /// Whether they are in the circle now.
    pub here: bool,
    /// Whether they were asked twice and missed it.
    pub missed: bool,
    /// Whose turn they may move for: empty for their own.
    pub turn_for: String,
    /// At whose phone whoever that is sits, if it is not theirs.
    pub turn_at: Option<String>,
    /// Whether they lead or open, so that the words to say stand open.
    pub leads: bool,
    /// Whether they may close the meeting.
    pub may_close: bool,
    /// Roles that were offered to them.
    pub offers: Vec<Offer>,
    /// Who does what.
    pub roles: Vec<Held>,
    /// Signals that they may see.
    pub signals: Vec<SignalView>,
    /// How people come in and go out.
    pub mood: MoodView,
    /// The key of why their last move was not made.
    pub refused: Option<&'static str>,
    /// Whether the page loads itself anew every ten seconds.
    pub fresh: bool,
}

/// A role that was offered.
pub struct Offer {
    /// Its word.
    pub role: &'static str,
    /// To which seat.
    pub seat: u32,
    /// The key of its name.
    pub name: String,
}

/// Who holds a role.
pub struct Held {
    /// Its word.
    pub role: &'static str,
    /// The key of its name.
    pub name: String,
    /// Who, or nobody.
    pub who: String,
    /// Whoever looks holds it.
    pub mine: bool,
    /// Whoever looks may take it.
    pub free: bool,
}

/// A signal that somebody gave.
pub struct SignalView {
    /// Whose.
    pub seat: u32,
    /// Who.
    pub who: String,
    /// Its word.
    pub word: &'static str,
    /// The key of what it says.
    pub key: String,
    /// The key of who sees it, where it is not everybody.
    pub only: Option<&'static str>,
    /// Whoever looks gave it.
    pub mine: bool,
    /// Whoever looks may lay it aside.
    pub lower: bool,
}

/// Who looks, and what happened just before.
pub struct Looking {
    /// Whether the facilitator's connection is lost.
    pub lost: bool,
    /// The moment (microseconds UTC).
    pub now: i64,
    /// The key of why the last move was not made.
    pub refused: Option<&'static str>,
    /// How they said they are, in the line that is open.
    pub mood: Option<Mood>,
    /// Whether the page loads itself anew.
    pub fresh: bool,
}

impl CircleView {
    /// The circle in the language of a page. `None` when the meeting is not open.
    pub fn of(page: &Page, group: &Frame, meeting: &Meeting, look: &Looking) -> Option<CircleView> {
        let running = meeting.open()?;
        let state = &running.meeting;
        let circle = state.circle();
        let seat = running.seat_of(group.me);
        let by = seat.unwrap_or(SeatId(0));
        let buttons = state.buttons(by, look.lost);
        let (has, _) = chairs::holder(circle.piece);
        let name = |seat: SeatId| chairs::name(group, running, seat);
        let has = has.filter(|_| !circle.silence);
        let who = has.map(name).unwrap_or_default();
        let then = circle.next.filter(|_| has.is_some());
        let then = then.map(name).unwrap_or_default();
        let turn_for = buttons.turn.filter(|turn| turn.seat != by).map(|turn| turn.seat);
        let line = |id: Option<StepId>| {
            let lines = view::lines(page, meeting);
            lines.into_iter().find(|line| Some(line.step) == id.map(|id| id.0))
        };
        let mine = running.roles_of(group.me);
        let lines = view::lines(page, meeting);
        let begun = lines.iter().any(|line| !line.is_ahead());
        Some(CircleView {
            version: meeting.version,
            seen: state.version(),
            step: line(state.step().map(|step| step.id)),
            next_step: line(state.next_step().map(|step| step.id)),
            lines,
            picture: chairs::picture(group, running),
            short: chairs::within(&who, chairs::MIDDLE_FITS),
            then: chairs::within(&then, chairs::MIDDLE_FITS),
            who,
            piece: piece(circle.piece, circle.silence, begun),
            so_far: (look.now - running.step_since) / clock::MINUTE,
            seat: seat.map(|seat| seat.0),
            here: running.is_here(group.me),
            missed: state.round().and_then(|round| round.stage(by)) == Some(rounds::Stage::Missed),
            turn_for: turn_for.map(name).unwrap_or_default(),
            turn_at: turn_for.and_then(|seat| elsewhere(state, by, seat)).map(name),
            leads: mine.iter().any(|role| matches!(role, Role::Facilitator | Role::Opener)),
            may_close: running.may_close(group.me, look.lost),
            offers: offers(&buttons),
            roles: held(group, running, &buttons),
            signals: signals(group, running, by),
            mood: mood::view(page, group, running, (mine.contains(&Role::Facilitator), look.mood)),
            refused: look.refused,
            fresh: look.fresh,
            buttons,
        })
    }

    /// The address of the step that may begin.
    pub fn begins(&self) -> Option<u32> {
        self.buttons.begin.map(|step| step.0)
    }

    /// The step that may end.
    pub fn ends(&self) -> Option<u32> {
        self.buttons.end.map(|step| step.0)
    }

    /// Whether the piece can be helped on, and from whom: 0 when it rests.
    pub fn helps_on(&self) -> Option<u32> {
        match self.buttons.move_on {
            Some(Act::MoveOn { from }) => Some(from.map_or(0, |seat| seat.0)),
            _ => None,
        }
    }

    /// Whether the piece lies in the middle.
    pub fn rests(&self) -> bool {
        self.helps_on() == Some(0)
    }

    /// The key of what is said while no step goes on.
    pub fn pause(&self) -> &'static str {
        match self.next_step {
            _ if self.piece == "before" => "circle-before",
            Some(_) => "circle-between",
            None => "circle-after",
        }
    }

    /// The key of what stands in the middle of the picture where no name does.
    pub fn piece_middle(&self) -> String {
        format!("piece-{}-middle", self.piece)
    }

    /// The key of the few words below that.
    pub fn piece_short(&self) -> String {
        format!("piece-{}-short", self.piece)
    }

    /// The key of the sentence about the piece; a name stands before it.
    pub fn piece_long(&self) -> String {
        format!("piece-{}", self.piece)
    }

    /// Whether a silence can begin or end now.
    pub fn silence(&self) -> Option<bool> {
        match self.buttons.silence {
            Some(Act::Silence { on }) => Some(on),
            _ => None,
        }
    }

    /// Whether whoever looks has something to lead with.
    pub fn steers(&self) -> bool {
        self.begins().is_some()
            || self.ends().is_some()
            || self.helps_on().is_some()
            || self.silence().is_some()
    }

    /// Whether there is time to write.
    pub fn is_writing(&self) -> bool {
        self.step.as_ref().is_some_and(|step| step.script == "script-writing")
    }

    /// Whether it is time to say how one leaves.
    pub fn is_leaving(&self) -> bool {
        let step = self.step.as_ref();
        step.is_some_and(|step| ["script-checkout", "script-closing"].contains(&&*step.script))
    }

    /// The step that goes on, or that none does.
    pub fn heading(&self, page: &Page) -> String {
        self.step.as_ref().map_or_else(|| page.t(self.pause()), |step| step.ours.clone())
    }

    /// Whether whoever looks leads.
    pub fn is_lead(&self) -> bool {
        self.roles.iter().any(|role| role.role == "facilitator" && role.mine)
    }
}

/// The member whose phone a name sits at, if that is not whoever looks.
fn elsewhere(state: &rounds::Meeting, by: SeatId, seat: SeatId) -> Option<SeatId> {
    match state.seat(seat)?.kind {
        SeatKind::NameOnly { phone } if phone != by => Some(phone),
        SeatKind::NameOnly { .. } | SeatKind::Member => None,
    }
}

fn piece(piece: Piece, silence: bool, begun: bool) -> &'static str {
    match piece {
        _ if silence => "silence",
        Piece::None if !begun => "before",
        Piece::None => "none",
        Piece::OfferedTo(_) => "offered",
        Piece::HeldBy(_) => "held",
        Piece::Rests => "rests",
        Piece::Over => "over",
    }
}

fn offers(buttons: &Buttons) -> Vec<Offer> {
    let offer = |(role, seat): &(Role, SeatId)| {
        let role = role_word(*role);
        Offer { role, seat: seat.0, name: format!("role-{role}") }
    };
    buttons.offered.iter().map(offer).collect()
}

fn held(group: &Frame, running: &Running, buttons: &Buttons) -> Vec<Held> {
    let me = running.seat_of(group.me);
    let seat = |role: Role| running.meeting.post(role).held;
    let here = running.is_here(group.me);
    let free = |role: Role| match role {
        Role::Facilitator => buttons.facilitate,
        Role::Opener | Role::TimeKeeper | Role::NoteKeeper => {
            let gone = |seat| !running.meeting.seat(seat).is_some_and(rounds::Seat::is_here);
            here && seat(role).is_none_or(gone)
        }
    };
    let view = |role: Role| Held {
        role: role_word(role),
        name: format!("role-{}", role_word(role)),
        who: seat(role).map(|seat| chairs::name(group, running, seat)).unwrap_or_default(),
        mine: me.is_some() && seat(role) == me,
        free: free(role),
    };
    ROLES.into_iter().map(view).collect()
}

fn signals(group: &Frame, running: &Running, by: SeatId) -> Vec<SignalView> {
    let leads = running.holder(Role::Facilitator) == Some(group.me);
    let seen = running.signals.seen_by(&running.meeting, by);
    let led = running.meeting.post(Role::Facilitator).held;
    let only = |one: &rounds::Raised| match one.to {
        ToWhom::All => None,
        ToWhom::Facilitator if one.led == led => Some("signal-for-lead"),
        ToWhom::Facilitator => Some("signal-for-lead-before"),
    };
    let view = |one: rounds::Raised| SignalView {
        seat: one.seat.0,
        who: chairs::name(group, running, one.seat),
        word: signal_word(one.signal),
        key: format!("signal-{}-said", signal_word(one.signal)),
        only: only(&one),
        mine: one.seat == by,
        lower: leads || one.seat == by,
    };
    seen.into_iter().map(view).collect()
}
