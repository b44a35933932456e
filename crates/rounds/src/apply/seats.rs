//! Coming, going, being away.

use super::Draft;
use crate::{
    Act, Asked, MAX_SEATS, Presence, Refused, Role, Seat, SeatId, SeatKind, Stage, What,
    round::Phase,
};

impl Draft {
    pub(super) fn here(&mut self, seat: SeatId) -> Result<(), Refused> {
        let Some(found) = self.meeting.seat(seat).copied() else {
            let new = Seat { id: seat, kind: SeatKind::Member, presence: Presence::Here };
            return if seat == self.by { self.sit_down(new) } else { Err(Refused::NoSuchSeat) };
        };
        self.yours(seat)?;
        match found.presence {
            Presence::Expected => {
                self.meeting.seats.retain(|other| other.id != seat);
                self.take_place(Seat { presence: Presence::Here, ..found });
            }
            Presence::Away => {
                self.seat_mut(seat)?.presence = Presence::Here;
                self.tell(What::Back { seat });
                self.ask_again_if_missed(seat);
            }
            Presence::Here => self.ask_again_if_missed(seat),
        }
        Ok(())
    }

    /// Somebody who was away and makes a move is back.
    pub(super) fn come_back_by_moving(&mut self, act: Act) {
        let goes = match act {
            Act::Away { seat } | Act::Leave { seat } | Act::Here { seat } => seat == self.by,
            _ => false,
        };
        let away = self.meeting.seat(self.by).is_some_and(|seat| seat.presence == Presence::Away);
        if away && !goes {
            self.here(self.by).expect("a member who is seated may come back");
        }
    }

    pub(super) fn add_name(&mut self, seat: SeatId) -> Result<(), Refused> {
        let kind = SeatKind::NameOnly { phone: self.by };
        self.sit_down(Seat { id: seat, kind, presence: Presence::Here })
    }

    pub(super) fn away(&mut self, seat: SeatId) -> Result<(), Refused> {
        self.yours(seat)?;
        self.seat_mut(seat)?.presence = Presence::Away;
        self.tell(What::WentAway { seat });
        let stage = self.meeting.round().and_then(|round| round.stage(seat));
        if stage == Some(Stage::Offered(Asked::First)) {
            self.ask_later(seat);
        }
        Ok(())
    }

    pub(super) fn leave(&mut self, seat: SeatId) -> Result<(), Refused> {
        self.yours(seat)?;
        self.free_roles(seat);
        self.pass_names_on(seat);
        self.remove(seat);
        Ok(())
    }

    fn sit_down(&mut self, new: Seat) -> Result<(), Refused> {
        if new.id.0 <= self.meeting.newest_seat {
            return Err(Refused::SeatUsed);
        }
        if self.meeting.seats.len() >= MAX_SEATS {
            return Err(Refused::Full);
        }
        self.meeting.newest_seat = new.id.0;
        self.take_place(new);
        Ok(())
    }

    /// The last place among those who have come, and the last turn in a round going on.
    fn take_place(&mut self, new: Seat) {
        let place = self.meeting.seats.partition_point(Seat::has_come);
        self.meeting.seats.insert(place, new);
        self.tell(What::SatDown { seat: new.id });
        self.in_round(|round| round.join_late(new.id));
    }

    fn ask_again_if_missed(&mut self, seat: SeatId) {
        let stage = self.meeting.round().and_then(|round| round.stage(seat));
        if stage == Some(Stage::Missed) {
            self.in_round(|round| round.ask_at_end(seat));
        } else {
            self.in_round(|_| {});
        }
    }

    fn remove(&mut self, seat: SeatId) {
        self.meeting.seats.retain(|other| other.id != seat);
        self.tell(What::Left { seat });
        self.in_round(|round| round.remove(seat));
    }

    /// Names at the phone of somebody who goes are passed to the facilitator's phone, or
    /// to another member's. Where no member is left, they go too.
    fn pass_names_on(&mut self, from: SeatId) {
        let names: Vec<SeatId> = self
            .meeting
            .seats
            .iter()
            .filter(|seat| seat.kind == SeatKind::NameOnly { phone: from })
            .map(|seat| seat.id)
            .collect();
        let heir = self.heir(from);
        for seat in names {
            match heir {
                Some(phone) => {
                    self.seat_mut(seat).expect("the name is seated").kind =
                        SeatKind::NameOnly { phone };
                    self.tell(What::AtPhone { seat, phone });
                }
                None => {
                    self.free_roles(seat);
                    self.remove(seat);
                }
            }
        }
    }

    fn heir(&self, from: SeatId) -> Option<SeatId> {
        let others =
            || self.meeting.seats.iter().filter(|seat| seat.is_member() && seat.id != from);
        self.meeting
            .post(Role::Facilitator)
            .held
            .filter(|seat| *seat != from)
            .or_else(|| others().find(|seat| seat.is_here()).map(|seat| seat.id))
            .or_else(|| others().next().map(|seat| seat.id))
    }

    /// Changes the round, if there is one, and lets the piece find its way.
    pub(super) fn in_round(&mut self, change: impl FnOnce(&mut crate::Round)) {
        let Some(round) = &mut self.meeting.round else { return };
        let before: Phase = round.phase();
        change(round);
        self.settle(before);
    }
}
