//! The running order: steps with minutes, and the words that the group gave them.

use rounds::{Minutes, Plan, Question, Step, StepKind, Words};
use serde::{Deserialize, Serialize};

/// One step of a meeting to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// What it is for, and its minutes.
    pub plan: Plan,
    /// The group's own words for it; empty where ours do.
    pub words: String,
}

impl Item {
    fn ours(plan: Plan) -> Item {
        Item { plan, words: String::new() }
    }
}

/// The kinds of steps that a form offers, by their words.
pub const KINDS: [&str; 16] = [
    "arrive",
    "opening",
    "purpose",
    "checkin",
    "brought",
    "sharing",
    "echo",
    "ask",
    "silence",
    "writing",
    "common",
    "agreement",
    "next",
    "checkout",
    "closing",
    "talk",
];

/// The kind that a word means. The group's own question stands beside the step.
pub fn kind_of(word: &str) -> Option<StepKind> {
    let round = |question| StepKind::Round { question, silence: true };
    Some(match word {
        "arrive" => StepKind::Arrive,
        "opening" => StepKind::Words(Words::Opening),
        "purpose" => StepKind::Words(Words::Purpose),
        "checkin" => round(Question::CheckIn),
        "brought" => round(Question::WhatBroughtMe),
        "sharing" => round(Question::Sharing),
        "echo" => round(Question::Echo),
        "checkout" => round(Question::CheckOut),
        "ask" => round(Question::Own(0)),
        "silence" => StepKind::Silence,
        "writing" => StepKind::Writing,
        "common" => StepKind::CommonGround,
        "agreement" => StepKind::Agreement,
        "next" => StepKind::NextTime,
        "closing" => StepKind::Closing,
        "talk" => StepKind::Open,
        _ => return None,
    })
}

/// The word for a kind, in forms and keys of sentences.
pub fn kind_word(kind: StepKind) -> &'static str {
    match kind {
        StepKind::Arrive => "arrive",
        StepKind::Words(Words::Opening) => "opening",
        StepKind::Words(Words::Purpose) => "purpose",
        StepKind::Round { question, .. } => match question {
            Question::CheckIn => "checkin",
            Question::WhatBroughtMe => "brought",
            Question::Sharing => "sharing",
            Question::Echo => "echo",
            Question::CheckOut => "checkout",
            Question::Own(_) => "ask",
        },
        StepKind::Silence => "silence",
        StepKind::Writing => "writing",
        StepKind::CommonGround => "common",
        StepKind::Agreement => "agreement",
        StepKind::NextTime => "next",
        StepKind::Closing => "closing",
        StepKind::Open => "talk",
    }
}

/// The order of a group's first evening: 75 minutes.
pub fn first() -> Vec<Item> {
    rounds::first_meeting().into_iter().map(Item::ours).collect()
}

/// The order that later evenings begin with: 75 minutes.
pub fn usual() -> Vec<Item> {
    let steps = [
        ("arrive", 5),
        ("opening", 3),
        ("checkin", 12),
        ("sharing", 25),
        ("echo", 12),
        ("next", 6),
        ("checkout", 12),
    ];
    steps.into_iter().filter_map(|(word, minutes)| item(word, minutes, String::new())).collect()
}

/// The order of a group's last meeting: 75 minutes. The questions go round: what each of us gave and
/// got, what is unfinished, what comes next (practice 3 (b) 8, I2).
pub fn last([gave, open, next]: [String; 3]) -> Vec<Item> {
    let steps = [
        ("arrive", 5, String::new()),
        ("opening", 3, String::new()),
        ("ask", 27, gave),
        ("ask", 15, open),
        ("ask", 15, next),
        ("checkout", 7, String::new()),
        ("closing", 3, String::new()),
    ];
    steps.into_iter().filter_map(|(word, minutes, words)| item(word, minutes, words)).collect()
}

fn item(word: &str, minutes: u16, words: String) -> Option<Item> {
    let plan = Plan { kind: kind_of(word)?, minutes: Minutes::new(minutes)? };
    Some(Item { plan, words })
}

/// Which way a step moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// One place towards the beginning.
    Earlier,
    /// One place towards the end.
    Later,
}

/// A change of the running order. A step is named by its number: its place before the meeting
/// begins, and what the circle calls it from then on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// A new step at the end.
    Add(Item),
    /// A step changes places with its neighbour.
    Move(u32, Way),
    /// A step is taken out.
    Remove(u32),
    /// A step gets other minutes.
    Minutes(u32, Minutes),
}

/// Changes the order of a meeting that has not begun; false if there is no such step, or no room.
pub fn edit(order: &mut Vec<Item>, edit: &Edit) -> bool {
    let place = |step: u32| usize::try_from(step).ok().filter(|place| *place < order.len());
    match edit {
        Edit::Add(item) => {
            let room = order.len() < rounds::MAX_STEPS;
            if room {
                order.push(item.clone());
            }
            room
        }
        Edit::Move(step, way) => {
            let Some(from) = place(*step) else { return false };
            let to = match way {
                Way::Earlier => from.checked_sub(1),
                Way::Later => Some(from + 1).filter(|to| *to < order.len()),
            };
            if let Some(to) = to {
                order.swap(from, to);
            }
            true
        }
        Edit::Remove(step) => {
            let found = place(*step);
            found.is_some_and(|place| {
                order.remove(place);
                true
            })
        }
        Edit::Minutes(step, minutes) => {
            let found = place(*step);
            found.is_some_and(|place| {
                order[place].plan.minutes = *minutes;
                true
            })
        }
    }
}

/// The act that an edit is while people sit together; none if the step stands at that end already.
pub fn steps_of(steps: &[Step], edit: &Edit) -> Option<rounds::Act> {
    use rounds::{Act, StepId};
    let place = |step: u32| steps.iter().position(|one| one.id == StepId(step));
    Some(match edit {
        Edit::Add(item) => Act::AddStep { plan: item.plan, before: None },
        Edit::Move(step, Way::Earlier) => {
            let before = steps[..place(*step)?].last()?.id;
            Act::MoveStep { step: StepId(*step), before: Some(before) }
        }
        Edit::Move(step, Way::Later) => {
            let after = place(*step)? + 1;
            steps.get(after)?;
            let before = steps.get(after + 1).map(|step| step.id);
            Act::MoveStep { step: StepId(*step), before }
        }
        Edit::Remove(step) => Act::RemoveStep { step: StepId(*step) },
        Edit::Minutes(step, minutes) => Act::SetMinutes { step: StepId(*step), minutes: *minutes },
    })
}
