//! What is read out to whoever does not see the circle: one sentence a line, so that a page says
//! those alone that are new.

use crate::meetings::pages::circle::{CircleView, SignalView};
use crate::web::Page;

impl CircleView {
    /// Where the talking piece is: the label of the picture.
    pub fn sentence(&self, page: &Page) -> String {
        let said = page.t(self.piece_long());
        if self.who.is_empty() { said } else { format!("{} {said}", self.who) }
    }

    /// For a phone that lies in the room: the step and the piece, and nothing that is meant for one.
    pub fn announce_to_room(&self, page: &Page) -> String {
        [self.heading(page), self.to_me(page)].join("\n")
    }

    /// For one's own screen: that, what was asked of me, who leads, and signals that I may see.
    pub fn announce(&self, page: &Page) -> String {
        let mut lines = vec![self.announce_to_room(page)];
        let offers = self.offers.iter();
        lines.extend(
            offers.map(|offer| format!("{} {}", page.t("meet-asked-you"), page.t(&offer.name))),
        );
        if self.buttons.facilitate {
            lines.push(page.t("lead-lost"));
        } else if let Some(lead) = self.roles.iter().find(|role| role.role == "facilitator") {
            let who = if lead.who.is_empty() { page.t("meet-role-free") } else { lead.who.clone() };
            lines.push(format!("{}: {who}", page.t(&lead.name)));
        }
        lines.extend(self.mood.ask.iter().map(|ask| page.t(ask.question)));
        lines.extend(self.mood.said.iter().cloned());
        let others = self.signals.iter().filter(|one| !one.mine);
        lines.extend(others.map(|one| said(page, one)));
        lines.join("\n")
    }

    /// The piece, as whoever has it is told.
    fn to_me(&self, page: &Page) -> String {
        match self.buttons.turn.filter(|_| self.piece != "silence") {
            Some(turn) if self.turn_for.is_empty() && turn.take => page.t("turn-yours"),
            Some(_) if self.turn_for.is_empty() => page.t("turn-have"),
            _ => self.sentence(page),
        }
    }
}

fn said(page: &Page, one: &SignalView) -> String {
    let only = one.only.map(|key| format!(" {}", page.t(key))).unwrap_or_default();
    format!("{}: {}{only}", one.who, page.t(&one.key))
}
