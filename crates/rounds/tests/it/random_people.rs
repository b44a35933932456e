//! Random people who do random things.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::Index;
use rounds::{Act, Context, Meeting, Move, Opening, Piece, Presence, Refused, Role, SeatId, What};

use crate::acts::{
    Turns, acts_in_circle, acts_on_order, can_be_finished, check_state, mover,
    nobody_here_is_forgotten,
};
use crate::{ANA, ROUND, Room, plan, plans};

/// Who, what, how many versions behind, and whether the facilitator is lost.
type Try = (Index, Index, Index, bool);

fn tries() -> impl Strategy<Value = Vec<Try>> {
    let one = (any::<Index>(), any::<Index>(), any::<Index>(), prop::bool::weighted(0.1));
    prop::collection::vec(one, 0..120)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn nothing_that_people_do_breaks_a_meeting(tries in tries(), people in 1u32..6) {
        let others: Vec<SeatId> = (2..=people).map(SeatId).collect();
        let mut room = Room::of([plans(), vec![plan(ROUND, 5)]].concat(), &others);
        let mut seen_before = BTreeMap::from([(room.meeting.version(), room.meeting.clone())]);
        let mut turns = Turns::default();
        for (who, what, behind, lost) in tries {
            room.facilitator_seen_at = (!lost).then_some(room.now);
            let asked = pick(&room, &seen_before, &who, &what, &behind);
            let before = room.meeting.clone();
            match room.asks(asked) {
                Ok((meeting, events)) => {
                    prop_assert!(!events.is_empty(), "{asked:?} was taken and changed nothing");
                    for (event, version) in events.iter().zip(before.version() + 1..) {
                        prop_assert_eq!(event.version, version);
                        turns.note(event.what);
                    }
                    prop_assert_eq!(events.last().map(|last| last.version), Some(meeting.version()));
                    saw_what_it_is_about(&seen_before[&asked.seen], &before, asked.act);
                    room.meeting = meeting;
                    seen_before.insert(room.meeting.version(), room.meeting.clone());
                    check_state(&room);
                    nobody_here_is_forgotten(&room);
                }
                Err(Refused::Stale { now_at }) => {
                    prop_assert_eq!(now_at, before.version());
                    prop_assert!(asked.seen < now_at, "what is new is never stale");
                }
                Err(_) => {}
            }
        }
        can_be_finished(&room);
    }

    #[test]
    fn a_repeated_move_is_applied_once(tries in tries()) {
        let mut room = Room::of(plans(), &[SeatId(2), SeatId(3)]);
        for (who, what, behind, _) in tries {
            let asked = pick(&room, &BTreeMap::from([(room.meeting.version(), ())]), &who, &what, &behind);
            if let Ok((meeting, _)) = room.asks(asked) {
                room.meeting = meeting;
                let again = room.asks(asked);
                // A second "later" or "move on" can meet the same person again, where nobody
                // else is left; then it is stale.
                let stale = Refused::Stale { now_at: room.meeting.version() };
                prop_assert!(
                    again == Err(Refused::Already) || again == Err(stale),
                    "{:?} gave {:?}", asked, again.map(|(_, events)| events),
                );
            }
        }
    }

    #[test]
    fn who_speaks_and_who_passes_changes_nothing_that_can_be_seen(
        spoken in prop::collection::vec(any::<bool>(), 1..9),
        picks in prop::collection::vec(any::<u32>(), 9),
    ) {
        let silent = vec![false; spoken.len()];
        prop_assert_eq!(whole_round(&spoken, &picks), whole_round(&silent, &picks));
    }

    #[test]
    fn everybody_who_is_here_gets_one_turn(
        days in prop::collection::vec((any::<Index>(), 0u8..6), 0..40),
        people in 1u32..8,
    ) {
        let others: Vec<SeatId> = (2..=people).map(SeatId).collect();
        let mut room = Room::in_round(&others);
        let mut turns = Turns::default();
        for (who, what) in days {
            let seats = room.meeting.seats();
            let seat = seats[who.index(seats.len())].id;
            let act = match what {
                0 => Act::Away { seat },
                1 => Act::Here { seat },
                2 => Act::Later { seat },
                3 => Act::Take { seat },
                _ => Act::Pass { seat },
            };
            let seen = room.meeting.version();
            for event in room.tries(seat, seen, act).unwrap_or_default() {
                turns.note(event);
            }
        }
        // Those left over take their turns; for who is away nobody waits any longer.
        if room.meeting.seat(ANA).is_some_and(|ana| ana.presence == Presence::Away) {
            for event in room.does(ANA, Act::Here { seat: ANA }) {
                turns.note(event);
            }
        }
        for _ in 0..3 * people {
            let act = match room.meeting.circle().piece {
                Piece::OfferedTo(seat) | Piece::HeldBy(seat) => (seat, Act::Pass { seat }),
                Piece::Rests => (ANA, Act::MoveOn { from: None }),
                Piece::Over | Piece::None => break,
            };
            for event in room.does(act.0, act.1) {
                turns.note(event);
            }
        }
        prop_assert_eq!(room.meeting.circle().piece, Piece::Over);
        for seat in room.meeting.seats() {
            let turns = turns.of(seat.id);
            prop_assert!(turns == 1 || (turns == 0 && seat.presence == Presence::Away));
        }
    }

    #[test]
    fn reading_a_state_never_panics(text in "\\PC{0,200}") {
        let _ = serde_json::from_str::<Meeting>(&text);
    }
}

fn pick<T>(
    room: &Room,
    seen_before: &BTreeMap<u64, T>,
    who: &Index,
    what: &Index,
    behind: &Index,
) -> Move {
    let mut seats: Vec<SeatId> = room.meeting.seats().iter().map(|seat| seat.id).collect();
    if seats.len() < 8 {
        seats.push(room.meeting.new_seat());
    }
    let mut acts = acts_in_circle(&room.meeting, &seats, &Role::ALL);
    // The piece is what most of this is about.
    for _ in 0..4 {
        acts.extend(acts_in_circle(&room.meeting, &seats, &[]));
    }
    acts.extend(acts_on_order(&room.meeting));
    let act = acts[what.index(acts.len())];
    // Half of the time the right person asks, or little would ever happen.
    let by = match about(act) {
        Some(seat) if who.index(2) == 0 => mover(room, seat),
        _ => seats[who.index(seats.len())],
    };
    let versions: Vec<u64> = seen_before.keys().rev().take(4).copied().collect();
    let half = behind.index(2 * versions.len());
    Move { by, seen: versions[half.saturating_sub(versions.len())], act }
}

fn about(act: Act) -> Option<SeatId> {
    match act {
        Act::Here { seat }
        | Act::Away { seat }
        | Act::Take { seat }
        | Act::Pass { seat }
        | Act::Later { seat }
        | Act::AcceptRole { seat, .. }
        | Act::DeclineRole { seat, .. } => Some(seat),
        _ => None,
    }
}

/// A move that was taken is about something that stands as its person saw it.
fn saw_what_it_is_about(seen: &Meeting, now: &Meeting, act: Act) {
    match act {
        Act::Take { .. } | Act::Pass { .. } | Act::Later { .. } | Act::MoveOn { .. } => {
            assert_eq!(seen.circle().piece, now.circle().piece, "{act:?}");
        }
        Act::Begin { .. }
        | Act::End { .. }
        | Act::AddStep { .. }
        | Act::MoveStep { .. }
        | Act::RemoveStep { .. }
        | Act::SetMinutes { .. } => {
            assert_eq!(seen.running_order(), now.running_order(), "{act:?}");
        }
        Act::OfferRole { role, .. }
        | Act::AcceptRole { role, .. }
        | Act::DeclineRole { role, .. }
        | Act::TakeRole { role }
        | Act::LayDownRole { role, .. } => {
            assert_eq!(seen.post(role), now.post(role), "{act:?}");
        }
        Act::Here { .. }
        | Act::AddName { .. }
        | Act::Away { .. }
        | Act::Leave { .. }
        | Act::Silence { .. } => {}
    }
}

/// A round in which some speak and some pass: everything that happened, and how it stands.
fn whole_round(spoken: &[bool], picks: &[u32]) -> (Vec<rounds::Event>, Meeting) {
    let people = u32::try_from(spoken.len()).expect("few people");
    let expected: Vec<SeatId> = (1..=people).map(SeatId).collect();
    let roles = vec![(Role::Facilitator, ANA)];
    let opening = Opening { plans: vec![plan(ROUND, 5)], expected: expected.clone(), roles };
    let mut meeting = Meeting::open(opening).expect("a good opening");
    let mut happened: Vec<rounds::Event> = Vec::new();
    let mut chances = picks.iter();
    let mut chance = |below: u32| chances.next().map_or(0, |pick| pick % below);
    let mut does = |meeting: &mut Meeting, by: SeatId, act: Act| -> Vec<What> {
        let mut context = Context { now: 0, facilitator_seen_at: Some(0), chance: &mut chance };
        let asked = Move { by, seen: meeting.version(), act };
        let (next, events) = meeting.apply(asked, &mut context).expect("a good move");
        *meeting = next;
        happened.extend(&events);
        events.into_iter().map(|event| event.what).collect()
    };
    for seat in expected {
        does(&mut meeting, seat, Act::Here { seat });
    }
    let step = meeting.steps()[0].id;
    does(&mut meeting, ANA, Act::Begin { step });
    while let Piece::OfferedTo(seat) = meeting.circle().piece {
        if spoken[seat.0 as usize - 1] {
            does(&mut meeting, seat, Act::Take { seat });
        }
        does(&mut meeting, seat, Act::Pass { seat });
    }
    (happened, meeting)
}
