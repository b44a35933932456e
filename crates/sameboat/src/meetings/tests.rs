//! Rules of meetings.

use rounds::{Act, Context, Minutes, Refused, Role, SeatId, Signal, StepId, ToWhom};

use super::*;
use crate::groups::Enclosed;
use crate::ids::EnvelopeId;

fn member(n: u8) -> MemberId {
    MemberId::from([n; 16])
}

fn words(roles: Roles) -> Words {
    let place = String::new();
    let harvest = String::new();
    Words {
        place,
        roles,
        order: first(),
        order_turn: 0,
        harvest,
        harvest_turn: 0,
        came: vec![],
        last: false,
    }
}

fn go(running: &Running, who: MemberId, wish: &Wish) -> Result<Running, Refused> {
    let mut context = Context { now: 100, facilitator_seen_at: Some(100), chance: &mut |_| 0 };
    running.after(who, wish, running.meeting.version(), &mut context)
}

#[test]
fn a_role_is_taken_when_it_is_free_or_offered() {
    let mut roles = Roles::of_first(Some(member(1)));
    let role = Role::Facilitator;
    assert!(!roles.ask(role, member(2), RoleAsk::Take));
    assert!(!roles.ask(role, member(2), RoleAsk::Offer(member(3))));
    assert!(roles.ask(role, member(1), RoleAsk::Offer(member(3))));
    assert!(!roles.ask(role, member(2), RoleAsk::Take));
    assert!(roles.ask(role, member(3), RoleAsk::Take));
    assert_eq!((roles.held(role), roles.offered(role)), (Some(member(3)), None));
    roles.forget(member(3));
    assert_eq!(roles.held(role), None);
}

#[test]
fn every_kind_of_step_has_a_word_that_reads_back() {
    for word in KINDS {
        assert_eq!(kind_of(word).map(kind_word), Some(word));
    }
    for item in first().into_iter().chain(usual()) {
        assert_eq!(kind_of(kind_word(item.plan.kind)), Some(item.plan.kind));
    }
    let minutes = |order: Vec<Item>| order.iter().map(|i| i.plan.minutes.get()).sum::<u16>();
    assert_eq!((minutes(first()), minutes(usual())), (75, 75));
}

#[test]
fn steps_change_places_and_stay_within_the_order() {
    let mut order = first();
    let second = order[1].clone();
    assert!(edit(&mut order, &Edit::Move(1, Way::Earlier)));
    assert_eq!(order[0], second);
    assert!(edit(&mut order, &Edit::Move(0, Way::Earlier)), "it is first already");
    assert_eq!(order[0], second);
    assert!(edit(&mut order, &Edit::Minutes(0, Minutes::new(9).expect("minutes"))));
    assert_eq!(order[0].plan.minutes.get(), 9);
    assert!(edit(&mut order, &Edit::Remove(8)) && !edit(&mut order, &Edit::Remove(8)));
    assert_eq!(order.len(), 8);
}

#[test]
fn chairs_stand_ready_for_those_who_come_and_for_roles() {
    let mut coming = Coming::default();
    coming.say(member(2), true);
    coming.say(member(3), false);
    let running = Running::open(&words(Roles::of_first(Some(member(1)))), &coming, 0);
    let running = running.expect("the order fits");
    assert!(running.seat_of(member(1)).is_some() && running.seat_of(member(2)).is_some());
    assert_eq!(running.seat_of(member(3)), None);
    assert_eq!(running.holder(Role::Facilitator), Some(member(1)));
    let running = go(&running, member(3), &Wish::Sit).expect("anybody can come");
    assert!(running.is_here(member(3)) && !running.is_here(member(1)));
    assert_eq!(running.came(), [member(3)]);
    assert_eq!(go(&running, member(4), &Wish::Away), Err(Refused::NoSuchSeat));
}

#[test]
fn a_new_step_keeps_the_groups_own_words() {
    let running = Running::open(&words(Roles::default()), &Coming::default(), 0);
    let running = go(&running.expect("the order fits"), member(1), &Wish::Sit).expect("sits");
    let plan = rounds::Plan {
        kind: kind_of("ask").expect("a kind"),
        minutes: Minutes::new(5).expect("minutes"),
    };
    let item = Item { plan, words: "What helps?".to_owned() };
    let add = Wish::Order(Edit::Add(item.clone()));
    let running = go(&running, member(1), &add).expect("anybody may add");
    assert_eq!(running.order().last(), Some(&item));
}

#[test]
fn whoever_leaves_the_group_takes_names_and_roles_along() {
    let roles = Roles::of_first(Some(member(1)));
    let running = Running::open(&words(roles), &Coming::default(), 0).expect("the order fits");
    let running = go(&running, member(1), &Wish::Sit).expect("sits");
    let name = Wish::AddName("Old Tom".to_owned());
    let running = go(&running, member(1), &name).expect("a name");
    assert_eq!(running.names_at(SeatId(1)).len(), 1);
    let after = running.without(member(1));
    assert_eq!(after.meeting.seats().len(), 0);
    assert_eq!(after.holder(Role::Facilitator), None);
    assert!(after.came().is_empty());
}

#[test]
fn what_is_kept_of_a_circle_reads_back() {
    let roles = Roles::of_first(Some(member(1)));
    let running = Running::open(&words(roles), &Coming::default(), 7).expect("the order fits");
    let running = go(&running, member(1), &Wish::Sit).expect("sits");
    let text = serde_json::to_string(&running).expect("it is written");
    let read: Running = serde_json::from_str(&text).expect("it is read");
    assert_eq!(read, running);
}

#[test]
fn what_is_for_whoever_leads_is_not_written_with_what_all_may_read() {
    let roles = Roles::of_first(Some(member(1)));
    let running = Running::open(&words(roles), &Coming::default(), 0).expect("the order fits");
    let running = go(&running, member(1), &Wish::Sit).expect("sits");
    let running = go(&running, member(2), &Wish::Sit).expect("sits");
    let before = serde_json::to_string(&running).expect("it is written");
    let upset = Wish::Raise(Signal::Upset, ToWhom::Facilitator);
    let running = go(&running, member(2), &upset).expect("somebody leads");
    assert_eq!(running.signals.all().len(), 1);
    assert_eq!(running.whispers.not_yet(&running.signals).len(), 1, "it is to be locked");
    assert_eq!(serde_json::to_string(&running).expect("it is written"), before);
}

#[test]
fn a_locked_signal_ends_by_itself_and_by_whoever_can_open_it() {
    let roles = Roles::of_first(Some(member(1)));
    let running = Running::open(&words(roles), &Coming::default(), 0).expect("the order fits");
    let running = go(&running, member(1), &Wish::Sit).expect("sits");
    let running = go(&running, member(2), &Wish::Sit).expect("sits");
    let upset = Wish::Raise(Signal::Upset, ToWhom::Facilitator);
    let mut running = go(&running, member(2), &upset).expect("somebody leads");
    let given = running.whispers.not_yet(&running.signals)[0];
    let item = EnvelopeId::from([7; 16]);
    let (to, words) = (member(1), vec![1]);
    let locked = Enclosed { item, to, words, writers: vec![2], others: vec![3] };
    running.whispers.add(given, locked);
    assert!(running.whispers.not_yet(&running.signals).is_empty());
    let text = serde_json::to_string(&running).expect("it is written");
    let unopened: Running = serde_json::from_str(&text).expect("it is read");
    assert!(unopened.signals.all().is_empty(), "whoever can't open it sees nothing");
    let moved = go(&unopened, member(1), &Wish::Away).expect("a move");
    assert_ne!(moved.whispers, Whispers::default(), "another's move leaves it there");
    let begun = go(&unopened, member(1), &Wish::Do(Act::Begin { step: StepId(0) }));
    assert_eq!(begun.expect("the first step").whispers, Whispers::default(), "a new step ends it");
    let mut opened = unopened;
    let inside = Inside::of(&given).expect("a signal to whoever leads");
    opened.hear(|_| Some((member(1), inside)));
    assert!(opened.signals.all().is_empty(), "nobody signals for another's seat");
    opened.hear(|_| Some((member(2), inside)));
    assert_eq!(opened.signals.all(), [given]);
    let lower = Wish::Lower(given.seat, Signal::Upset);
    let lowered = go(&opened, member(1), &lower).expect("whoever leads saw to it");
    assert_eq!(lowered.whispers, Whispers::default());
}
