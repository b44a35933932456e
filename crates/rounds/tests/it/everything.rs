//! Every state that three people can reach in a few moves.

use std::collections::HashSet;

use rounds::{Meeting, Post, Role, Round, Seat, SeatId};

use crate::acts::{acts_in_circle, can_be_finished, check_state, nobody_here_is_forgotten};
use crate::{ANA, BEN, CLEO, Room};

#[test]
fn three_members_in_every_way() {
    let found = explore(Room::in_round(&[BEN, CLEO]), 6);
    assert!(found > 5000, "{found} states");
}

#[test]
fn two_members_and_a_name_at_a_shared_phone_in_every_way() {
    let mut room = Room::with(&[BEN]);
    room.does(BEN, rounds::Act::AddName { seat: CLEO });
    for step in [0, 1] {
        room.does(ANA, rounds::Act::Begin { step: rounds::StepId(step) });
    }
    let found = explore(room, 6);
    assert!(found > 5000, "{found} states");
}

/// Makes every move from every state, step by step, and counts the states.
fn explore(start: Room, depth: usize) -> usize {
    let seats: [SeatId; 3] = [ANA, BEN, CLEO];
    let mut known = HashSet::from([without_versions(&start.meeting)]);
    let mut edge = vec![start];
    for _ in 0..depth {
        let mut next = Vec::new();
        for room in &edge {
            let acts = acts_in_circle(&room.meeting, &seats, &[Role::Facilitator]);
            for (by, act) in seats.iter().flat_map(|by| acts.iter().map(|act| (*by, *act))) {
                let mut tried = room.clone();
                let taken = tried.tries(by, room.meeting.version(), act).is_ok();
                if taken && known.insert(without_versions(&tried.meeting)) {
                    check_state(&tried);
                    nobody_here_is_forgotten(&tried);
                    can_be_finished(&tried);
                    next.push(tried);
                }
            }
        }
        edge = next;
    }
    known.len()
}

type State = (Vec<Seat>, Option<Round>, [Post; 4], Option<usize>, bool);

/// Two ways to one state differ in their versions only.
fn without_versions(meeting: &Meeting) -> State {
    (
        meeting.seats().to_vec(),
        meeting.round().cloned(),
        Role::ALL.map(|role| meeting.post(role)),
        meeting.at(),
        meeting.is_over(),
    )
}
