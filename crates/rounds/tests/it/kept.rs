//! A state that was kept is read back only when everything in it goes together.

use rounds::{Act, Meeting};
use serde_json::{Value, json};

use crate::{ANA, BEN, CLEO, DEV, Room};

fn written(room: &Room) -> Value {
    serde_json::to_value(&room.meeting).expect("a meeting can be written")
}

fn room() -> Room {
    let mut room = Room::in_round(&[BEN, CLEO]);
    room.does(BEN, Act::AddName { seat: DEV });
    room.does(ANA, Act::Pass { seat: ANA });
    room
}

#[test]
fn what_was_written_is_read_back() {
    let room = room();
    let read: Meeting = serde_json::from_value(written(&room)).expect("it was just written");
    assert_eq!(read, room.meeting);
}

#[test]
fn a_meeting_of_twelve_is_small() {
    let others: Vec<_> = (2..=12).map(rounds::SeatId).collect();
    let room = Room::in_round(&others);
    let bytes = serde_json::to_vec(&room.meeting).expect("a meeting can be written").len();
    assert!(bytes < 3000, "{bytes} bytes");
}

#[test]
fn a_bad_state_is_never_read() {
    let good = written(&room());
    let broken: &[(&str, Value)] = &[
        ("/version", json!(0)),
        ("/version", json!(u64::MAX)),
        ("/changed/piece", json!(999)),
        ("/begun", json!(99)),
        ("/begun", json!(3)),
        ("/begun", json!(0)),
        ("/running", json!(false)),
        ("/next_step", json!(1)),
        ("/steps/1/id", json!(0)),
        ("/steps/1/plan/minutes", json!(0)),
        ("/steps/1/plan/kind", json!("Dance")),
        ("/newest_seat", json!(2)),
        ("/seats/1/id", json!(1)),
        ("/seats/1/id", json!(0)),
        ("/seats/0/presence", json!("Expected")),
        ("/seats/2/presence", json!("Expected")),
        ("/seats/3/kind", json!({ "NameOnly": { "phone": 77 } })),
        ("/seats/3/kind", json!({ "NameOnly": { "phone": 4 } })),
        ("/posts/0/held", json!(77)),
        ("/posts/0/held", json!(4)),
        ("/posts/0/offered", json!(1)),
        ("/posts/2/offered", json!(77)),
        ("/round", Value::Null),
        ("/round/turns", json!([])),
        ("/round/turns/0/seat", json!(2)),
        ("/round/turns/0/seat", json!(77)),
        ("/round/turns/2/stage", json!({ "Holding": "First" })),
        ("/round/turns/1/stage", json!("Done")),
    ];
    for (place, value) in broken {
        let mut bad = good.clone();
        *bad.pointer_mut(place).expect("the place is there") = value.clone();
        assert!(serde_json::from_value::<Meeting>(bad).is_err(), "{place} = {value}");
    }
}

#[test]
fn a_state_of_another_make_is_never_half_read() {
    let mut more = written(&room());
    more["mood"] = json!("fine");
    assert!(serde_json::from_value::<Meeting>(more).is_err());
    let mut less = written(&room());
    less.as_object_mut().expect("a meeting is an object").remove("posts");
    assert!(serde_json::from_value::<Meeting>(less).is_err());
}
