//! The circle as a picture: where the chairs stand, and what stands in them.

use std::f64::consts::PI;

use rounds::{Piece, Presence, SeatId};

use crate::agreements::Frame;
use crate::groups::MemberName;
use crate::meetings::model::{Running, Sitter, role_word};

/// The middle of the picture and the ring around it.
const MIDDLE: f64 = 200.0;
const RING: f64 = 140.0;
/// The largest chair, and how much larger that of whoever has the piece is.
const CHAIR: f64 = 36.0;
const NOW: f64 = 6.0;
/// Letters of a name that fit into a chair of full size.
const FITS: usize = 8;
/// Letters of a name that fit between the chairs.
pub const MIDDLE_FITS: usize = 16;

/// A chair in the picture, and its line in the list.
pub struct ChairView {
    /// The seat's number.
    pub seat: u32,
    /// The whole name.
    pub name: String,
    /// As much of it as fits.
    pub short: String,
    /// Up to two letters.
    pub initials: String,
    /// Where it stands.
    pub x: i32,
    /// Where it stands.
    pub y: i32,
    /// How large it is.
    pub r: i32,
    /// Its class in the picture.
    pub class: &'static str,
    /// Keys of what the list says about it.
    pub notes: Vec<String>,
    /// Whether a line about it stands out.
    pub now: bool,
    /// A name at a shared phone.
    pub name_only: bool,
}

/// The circle as pages show it.
pub struct Picture {
    /// The chairs, in the order in which people are asked.
    pub chairs: Vec<ChairView>,
    /// The way of the piece to whoever is next.
    pub arc: Option<String>,
    /// Whether some names did not fit, so that the list of them is shown to all.
    pub listed: bool,
}

/// Who sits on a seat.
pub fn name(group: &Frame, running: &Running, seat: SeatId) -> String {
    match running.sitter(seat) {
        Some(Sitter::Member(who)) => group.name_of(who).unwrap_or_default().to_owned(),
        Some(Sitter::Name(name)) => name.clone(),
        None => String::new(),
    }
}

/// Draws it.
pub fn picture(group: &Frame, running: &Running) -> Picture {
    let circle = running.meeting.circle();
    let count = circle.chairs.len();
    let (has, _) = holder(circle.piece);
    let view = |(place, chair): (usize, &rounds::Chair)| {
        let now = has == Some(chair.seat);
        let (x, y) = place_of(place, count);
        let name = name(group, running, chair.seat);
        let (short, initials) = fitting(&name, count);
        let mut notes: Vec<String> =
            chair.roles.iter().map(|role| format!("role-{}", role_word(*role))).collect();
        notes.extend(note(chair, &circle).map(|note| format!("chair-{note}")));
        if now && chair.presence == Presence::Away {
            notes.push("chair-away".to_owned());
        }
        ChairView {
            seat: chair.seat.0,
            short,
            initials,
            name,
            x: whole(x),
            y: whole(y),
            r: whole(radius(count) + if now { NOW } else { 0.0 }),
            class: class(chair, now),
            notes,
            now,
            name_only: chair.name_only,
        }
    };
    let chairs: Vec<ChairView> = circle.chairs.iter().enumerate().map(view).collect();
    let seat = |seat: SeatId| chairs.iter().find(|chair| chair.seat == seat.0);
    let way = has.and_then(seat).zip(circle.next.and_then(seat));
    let arc = way.map(|(from, to)| arc(&chairs, from, to));
    Picture { arc, listed: chairs.iter().any(|chair| chair.short != chair.name), chairs }
}

fn arc(chairs: &[ChairView], from: &ChairView, to: &ChairView) -> String {
    let place = |chair: &ChairView| chairs.iter().position(|one| one.seat == chair.seat);
    let steps = match (place(from), place(to)) {
        (Some(from), Some(to)) => (to + chairs.len() - from) % chairs.len(),
        _ => 0,
    };
    let large = u8::from(steps * 2 > chairs.len());
    format!("M{} {} A{RING} {RING} 0 {large} 1 {} {}", from.x, from.y, to.x, to.y)
}

/// Whose the piece is, and whether they took it.
pub fn holder(piece: Piece) -> (Option<SeatId>, bool) {
    match piece {
        Piece::OfferedTo(seat) => (Some(seat), false),
        Piece::HeldBy(seat) => (Some(seat), true),
        Piece::None | Piece::Rests | Piece::Over => (None, false),
    }
}

fn class(chair: &rounds::Chair, now: bool) -> &'static str {
    match (now, chair.presence) {
        (true, _) => "chair now",
        (false, Presence::Away | Presence::Expected) => "chair away",
        (false, Presence::Here) if chair.done => "chair spoke",
        (false, Presence::Here) => "chair",
    }
}

/// What the list says of somebody. Passing and speaking are one and the same here.
fn note(chair: &rounds::Chair, circle: &rounds::Circle) -> Option<&'static str> {
    match (circle.piece, chair.presence) {
        (Piece::HeldBy(seat), _) if seat == chair.seat => Some("has"),
        (Piece::OfferedTo(seat), _) if seat == chair.seat => Some("offered"),
        (_, Presence::Expected) => Some("expected"),
        (_, Presence::Away) => Some("away"),
        _ if circle.next == Some(chair.seat) => Some("next"),
        _ if chair.done => Some("done"),
        _ if chair.late => Some("late"),
        _ => None,
    }
}

fn place_of(place: usize, count: usize) -> (f64, f64) {
    let turn = 2.0 * PI * number(place) / number(count.max(1)) - PI / 2.0;
    (MIDDLE + RING * turn.cos(), MIDDLE + RING * turn.sin())
}

fn radius(count: usize) -> f64 {
    if count < 3 {
        return CHAIR;
    }
    let apart = 2.0 * RING * (PI / number(count)).sin();
    (apart * 0.46).min(CHAIR)
}

fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

#[expect(clippy::cast_possible_truncation, reason = "a place within a picture of 400 by 400")]
fn whole(length: f64) -> i32 {
    length.round() as i32
}

fn fitting(name: &str, count: usize) -> (String, String) {
    let initials = MemberName::parse(name).map(|name| name.initials()).unwrap_or_default();
    let short = if count > 11 { initials.clone() } else { within(name, FITS) };
    (short, initials)
}

/// A name in so many letters: the whole of it, or its first word, or the beginning of that.
pub fn within(name: &str, letters: usize) -> String {
    let first = name.split_whitespace().next().unwrap_or_default();
    if name.chars().count() <= letters {
        name.to_owned()
    } else if first.chars().count() <= letters {
        first.to_owned()
    } else {
        // The dots are as wide as a letter, and most names begin with a wide one.
        first.chars().take(letters - 2).chain(['…']).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chairs_stand_apart_however_many_there_are() {
        for count in 1..=100 {
            for place in 1..count {
                let ((ax, ay), (bx, by)) = (place_of(place - 1, count), place_of(place, count));
                let apart = (ax - bx).hypot(ay - by);
                assert!(apart >= 2.0 * radius(count) - 1.0, "{count} chairs: {apart}");
            }
        }
    }

    #[test]
    fn a_long_name_is_shortened_and_listed() {
        assert_eq!(fitting("Ali Reza", 8).0, "Ali Reza");
        assert_eq!(fitting("Bartholomew Jones", 8).0, "Bartho…");
        assert_eq!(fitting("Anna-Maria Lee", 20).0, "AL");
        assert_eq!(fitting("Rosa Luxemburg", 8).0, "Rosa");
    }
}
