//! Roles: offered, accepted, taken when nobody is there, laid down.

use super::Draft;
use crate::{Context, Post, Refused, Role, SeatId, What};

impl Draft {
    pub(super) fn offer_role(&mut self, role: Role, to: SeatId) -> Result<(), Refused> {
        self.fits(role, to)?;
        if self.meeting.post(role).held.is_some_and(|held| !self.meeting.acts_for(self.by, held)) {
            return Err(Refused::NotOffered);
        }
        self.post_mut(role).offered = Some(to);
        self.tell(What::RoleOffered { role, to });
        Ok(())
    }

    pub(super) fn accept_role(&mut self, role: Role, seat: SeatId) -> Result<(), Refused> {
        self.offered(role, seat)?;
        self.hold(role, Some(seat));
        Ok(())
    }

    pub(super) fn decline_role(&mut self, role: Role, seat: SeatId) -> Result<(), Refused> {
        self.offered(role, seat)?;
        self.post_mut(role).offered = None;
        self.tell(What::OfferGone { role });
        Ok(())
    }

    pub(super) fn take_role(&mut self, role: Role, context: &Context<'_>) -> Result<(), Refused> {
        self.is_here()?;
        self.fits(role, self.by)?;
        let Some(holder) = self.meeting.post(role).held else {
            self.hold(role, Some(self.by));
            return Ok(());
        };
        let gone = match role {
            Role::Facilitator => context.facilitator_is_lost(),
            Role::Opener | Role::TimeKeeper | Role::NoteKeeper => !self.meeting.is_here(holder),
        };
        if !gone {
            return Err(Refused::Held);
        }
        self.hold(role, Some(self.by));
        Ok(())
    }

    pub(super) fn lay_down_role(&mut self, role: Role, seat: SeatId) -> Result<(), Refused> {
        self.yours(seat)?;
        self.hold(role, None);
        Ok(())
    }

    /// Roles and offers of somebody who goes for good.
    pub(super) fn free_roles(&mut self, seat: SeatId) {
        for role in Role::ALL {
            if self.meeting.post(role).offered == Some(seat) {
                self.post_mut(role).offered = None;
                self.tell(What::OfferGone { role });
            }
            if self.meeting.holds(role, seat) {
                self.post_mut(role).held = None;
                self.tell(What::RoleHeld { role, by: None });
            }
        }
    }

    /// A role in new hands ends an open offer; laid down, it keeps the offer.
    fn hold(&mut self, role: Role, by: Option<SeatId>) {
        let post = self.post_mut(role);
        post.held = by;
        if by.is_some() {
            post.offered = None;
        }
        self.tell(What::RoleHeld { role, by });
    }

    fn offered(&self, role: Role, seat: SeatId) -> Result<(), Refused> {
        self.yours(seat)?;
        if self.meeting.post(role).offered == Some(seat) {
            Ok(())
        } else {
            Err(Refused::NotOffered)
        }
    }

    fn fits(&self, role: Role, seat: SeatId) -> Result<(), Refused> {
        let found = self.meeting.seat(seat).ok_or(Refused::NoSuchSeat)?;
        match role {
            Role::Facilitator if !found.is_member() => Err(Refused::MembersOnly),
            Role::Facilitator | Role::Opener | Role::TimeKeeper | Role::NoteKeeper => Ok(()),
        }
    }

    fn post_mut(&mut self, role: Role) -> &mut Post {
        &mut self.meeting.posts[role.index()]
    }
}
