//! People who come later read what was promised when it was written, whatever is agreed on since.

use super::{reads, share};
use crate::agreements::say;
use crate::joining::{found_with, sign_in_again, with_another, world};
use crate::leaving::Three;
use crate::meetings::TONIGHT;
use crate::world::{Person, World};

/// Changes, or proposes to change, what newcomers may read.
async fn change(who: &mut Person, group: &str, earlier: &str) {
    who.open(&format!("{group}/change/agreement")).await;
    assert!(who.page.says("What was written before keeps what you had agreed on then."));
    let button = who.page.texts("button.big").concat();
    who.fill([("earlier", earlier)]).press_in("main", &button).await;
    assert_eq!(who.page.status, 200);
}

/// A group of Ana, whose draft it is, and Olena.
async fn two(world: &World, earlier: &str) -> (Person, Person, String) {
    let mut ana = world.person_at_home("ana").await;
    let group = found_with(&mut ana, "Ana", &[("earlier", earlier)]).await;
    let olena = with_another(world, &mut ana, &group, "olena", "Olena").await;
    (ana, olena, group)
}

#[tokio::test]
async fn what_newcomers_were_not_to_read_stays_shut_when_the_rule_is_wider() {
    let world = world().await;
    let (mut ana, mut olena, group) = two(&world, "never").await;
    let shut = share(&mut olena, &group, "before").await;
    let epochs = world.rows("epoch").await;
    change(&mut ana, &group, "at-once").await;
    assert_eq!(world.rows("epoch").await, epochs + 1, "the key turns with the rule");
    let open = share(&mut olena, &group, "after").await;
    let mut kofi = with_another(&world, &mut ana, &group, "kofi", "Kofi").await;
    assert!(!reads(&mut kofi, &group, (&shut, "before")).await);
    assert!(reads(&mut kofi, &group, (&open, "after")).await);
    for (address, words) in [(&shut, "before"), (&open, "after")] {
        assert!(reads(&mut ana, &group, (address, words)).await, "who was here reads both");
    }
    assert_eq!(world.rows("newcomer").await, 0, "nothing is left to grant");
    change(&mut ana, &group, "never").await;
    change(&mut ana, &group, "at-once").await;
    let mut mai = with_another(&world, &mut ana, &group, "mai", "Mai").await;
    assert!(!reads(&mut mai, &group, (&shut, "before")).await);
    assert!(reads(&mut mai, &group, (&open, "after")).await);
}

#[tokio::test]
async fn the_key_turns_when_a_wider_rule_is_put_in_force_by_all() {
    let Three { world, mut ana, mut bo, mut cy, group } = Three::new().await;
    change(&mut bo, &group, "at-once").await;
    let shut = share(&mut cy, &group, "while it is only proposed").await;
    let epochs = world.rows("epoch").await;
    say(&mut ana, &group, "accept", &[]).await;
    assert_eq!(world.rows("epoch").await, epochs, "it does not hold yet");
    say(&mut cy, &group, "accept", &[]).await;
    assert_eq!(world.rows("epoch").await, epochs + 1);
    let open = share(&mut cy, &group, "since then").await;
    let mut di = with_another(&world, &mut ana, &group, "di", "Di").await;
    assert!(!reads(&mut di, &group, (&shut, "while it is only proposed")).await);
    assert!(reads(&mut di, &group, (&open, "since then")).await);
}

#[tokio::test]
async fn what_was_to_wait_72_hours_waits_so_long_also_when_the_rule_says_at_once() {
    let world = world().await;
    let (mut ana, mut olena, group) = two(&world, "after-72-hours").await;
    let waits = share(&mut olena, &group, "before").await;
    change(&mut ana, &group, "at-once").await;
    let open = share(&mut olena, &group, "after").await;
    let mut kofi = with_another(&world, &mut ana, &group, "kofi", "Kofi").await;
    assert!(!reads(&mut kofi, &group, (&waits, "before")).await);
    assert!(reads(&mut kofi, &group, (&open, "after")).await);
    ana.open(&group).await;
    assert!(ana.page.says("Kofi came in, and may read what was written before they came"));
    world.pass_hours(73);
    ana.open(&format!("{group}/must-not-meet")).await;
    ana.press("Keep this list").await;
    sign_in_again(&world, &mut kofi).await;
    assert!(reads(&mut kofi, &group, (&waits, "before")).await);
}

#[tokio::test]
async fn words_mended_under_a_wider_rule_stay_with_those_who_could_read_them() {
    let world = world().await;
    let (mut ana, mut olena, group) = two(&world, "never").await;
    let shut = share(&mut olena, &group, "before").await;
    change(&mut ana, &group, "at-once").await;
    olena.open(&format!("{shut}/mend")).await;
    olena.fill([("words", "better words")]).press("Keep the new words").await;
    let mut kofi = with_another(&world, &mut ana, &group, "kofi", "Kofi").await;
    assert!(!reads(&mut kofi, &group, (&shut, "better words")).await);
    assert!(reads(&mut ana, &group, (&shut, "better words")).await);
}

#[tokio::test]
async fn pages_say_what_people_who_come_later_may_read() {
    let world = world().await;
    let (mut ana, mut olena, group) = two(&world, "at-once").await;
    olena.open(&format!("{group}/share/new")).await;
    assert!(!olena.page.has("input[name=newcomers]"), "no tick that changes nothing");
    assert!(olena.page.says("Our agreement lets people who come later read what is shared"));
    ana.open(&format!("{group}/meetings/new")).await;
    ana.fill([("date", TONIGHT), ("time", "18:30")]).press("Keep it").await;
    let at = ana.page.path.clone();
    ana.press("We begin").await;
    let harvest = format!("{at}/harvest");
    ana.open(&harvest).await;
    assert!(ana.page.says("and so may people who come later"));
    change(&mut ana, &group, "never").await;
    ana.open(&harvest).await;
    assert!(ana.page.says("who comes later does not"));
    change(&mut ana, &group, "after-72-hours").await;
    ana.open(&harvest).await;
    assert!(ana.page.says("People who come later may read it after 72 hours"));
    olena.open(&format!("{group}/share/new")).await;
    assert!(olena.page.says("Without it, our agreement lets them read it after 72 hours"));
}
