use super::evening;
use crate::world::World;

#[tokio::test]
async fn a_round_goes_on_where_it_stopped_when_the_program_starts_again() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben", "cleo"]).await;
    evening.together().await;
    evening.until("Round: names, and what brought me").await;
    let first = evening.asked().await.expect("somebody is asked");
    let at = evening.at.clone();
    let person = evening.who(&first);
    person.open(&at).await;
    person.press("Take the talking piece").await;
    let mut browser = world.started_again().await;
    evening.who(&first).sign_in_on(&mut browser).await;
    browser.open(&at).await;
    assert!(browser.page.says("You have the talking piece"), "{}", browser.page.text());
    browser.press("Pass it on").await;
    assert!(!browser.page.says("I take over as facilitator"), "a start is no lost connection");
}

#[tokio::test]
async fn whoever_leaves_the_group_in_the_middle_of_a_round_leaves_no_gap() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben", "cleo"]).await;
    evening.together().await;
    evening.until("Round: names, and what brought me").await;
    let at = evening.at.clone();
    while evening.asked().await.as_deref() != Some("ben") {
        let name = evening.asked().await.expect("the round goes on");
        let person = evening.who(&name);
        person.open(&at).await;
        person.press("I'd like to pass this time").await;
    }
    let leave = evening.group.address("/leave");
    let ben = evening.who("ben");
    ben.open(&leave).await;
    let words = ben.page.attribute("input[name=words]", "value").expect("a choice");
    ben.fill([("words", &words)]).press("Leave now").await;
    evening.round().await;
    let page = &evening.group.founder.page;
    assert!(page.says("Everybody was asked."), "{}", page.text());
    assert_eq!(page.texts(".seats li").len(), 2);
}

#[tokio::test]
async fn somebody_let_in_while_the_piece_goes_round_reads_the_circle() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben"]).await;
    evening.together().await;
    evening.until("Round: names, and what brought me").await;
    let at = evening.at.clone();
    let mut cleo = evening.group.let_in(&world, "cleo").await;
    cleo.open(&at).await;
    cleo.press("I am here").await;
    evening.others.push(cleo);
    let order = evening.round().await;
    assert_eq!(order.len(), 3);
    assert_eq!(order[2], "cleo", "who comes late sits last");
}
