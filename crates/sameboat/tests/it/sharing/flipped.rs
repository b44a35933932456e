//! Columns in clear that somebody turned over: they decide nothing about who reads what.

use storekit::{Value, sql};

use super::{Circle, look, reads, share, share_with};
use crate::joining::with_another;
use crate::world::forger::{Forger, blob, id_of};

#[tokio::test]
async fn words_that_were_not_opened_to_newcomers_are_not_opened_by_a_column() {
    let mut all = Circle::new().await;
    let (group, words) = (all.group.clone(), "only for you three");
    let at = share(&mut all.bea, &group, words).await;
    all.joan.open(&at).await;
    all.joan.fill([("words", "an answer among us")]).press("Send it").await;
    let sql = sql!("UPDATE share SET newcomers = 1 WHERE id = $1");
    all.world.put(sql, vec![blob(&id_of(&at))]).await;
    all.mo.open(&at).await;
    assert!(!all.mo.page.says("People who come later can read it too"), "nobody said so");
    let mut rosa = with_another(&all.world, &mut all.amara, &group, "rosa", "Rosa").await;
    assert!(!reads(&mut rosa, &group, (&at, words)).await);
    assert!(!rosa.page.says("an answer among us"));
    all.mo.open(&at).await;
    all.mo.fill([("words", "said after Rosa came")]).press("Send it").await;
    assert!(!rosa.open(&at).await.says("said after Rosa came"));
    all.bea.open(&format!("{at}/mend")).await;
    rosa.open(&group).await;
    assert!(!rosa.page.says(words));
}

#[tokio::test]
async fn for_whom_words_are_is_not_turned_by_a_column() {
    let mut all = Circle::new().await;
    let group = all.group.clone();
    let at = share_with(&mut all.bea, &group, "only you and I", "Joan").await;
    let sql = sql!("UPDATE share SET audience = $2 WHERE id = $1");
    let again = sql.clone();
    all.world.put(sql, vec![blob(&id_of(&at)), Value::from("group")]).await;
    all.joan.open(&at).await;
    assert!(all.joan.page.says("Only you and whoever wrote it can see this."));
    assert!(!all.joan.page.says("Me too"), "among two it would bear a name");
    let open = share(&mut all.bea, &group, "for all of us").await;
    all.world.put(again, vec![blob(&id_of(&open)), Value::from("one")]).await;
    all.joan.open(&open).await;
    assert!(!all.joan.page.says("Only you and whoever wrote it can see this."));
}

#[tokio::test]
async fn an_envelope_of_random_bytes_makes_no_reader() {
    let mut all = Circle::new().await;
    let group = all.group.clone();
    let at = share_with(&mut all.bea, &group, "Only you know", "Joan").await;
    let forger = Forger::of(&all.world).await;
    let amara = forger.members[0];
    forger.envelope(&all.world, (&id_of(&at), &amara), vec![9; 117]).await;
    all.joan.open(&format!("{at}/worried")).await;
    assert!(all.joan.page.says("The words you mean are not open to them"), "Amara can't read it");
    all.joan.open(&at).await;
    all.joan.fill([("words", "an answer for you")]).press("Send it").await;
    let sql = sql!("SELECT COUNT(*) AS count FROM envelope WHERE member_id = $1");
    let read = move |tx: &mut storekit::Tx<'_>| tx.one(sql, &[blob(&amara)])?.get::<i64>("count");
    let count: Result<i64, storekit::Error> = all.world.app.db.read(read).await;
    assert_eq!(count, Ok(1), "nothing more was put into envelopes for her");
    assert!(!reads(&mut all.amara, &group, (&at, "Only you know")).await);
}

#[tokio::test]
async fn an_answer_stays_beneath_the_share_it_was_given_to() {
    let mut all = Circle::new().await;
    let group = all.group.clone();
    let asked = share(&mut all.bea, &group, "Was it my fault?").await;
    let other = share(&mut all.mo, &group, "Shall we meet on Tuesday?").await;
    all.joan.open(&other).await;
    all.joan.fill([("words", "Yes, of course")]).press("Send it").await;
    let sql = sql!("UPDATE answer SET share_id = $1 WHERE kind = $2");
    all.world.put(sql, vec![blob(&id_of(&asked)), Value::from("words")]).await;
    for who in [&mut all.bea, &mut all.joan, &mut all.mo] {
        who.open(&asked).await;
        assert!(!who.page.says("Yes, of course"), "Joan did not say that to Bea");
    }
}

#[tokio::test]
async fn an_answer_moved_beneath_an_open_share_is_not_opened_with_it() {
    let mut all = Circle::new().await;
    let group = all.group.clone();
    look(&mut all.bea, &group, "for all who come", "group").await;
    all.bea.press("Change something").await;
    all.bea.tick("newcomers");
    all.bea.press("See who will read it").await;
    all.bea.press("Share it").await;
    let open = super::address(&all.bea, &group);
    let shut = share(&mut all.mo, &group, "only for us").await;
    all.joan.open(&shut).await;
    all.joan.fill([("words", "an answer among us")]).press("Send it").await;
    let sql = sql!("UPDATE answer SET share_id = $1 WHERE kind = $2");
    all.world.put(sql, vec![blob(&id_of(&open)), Value::from("words")]).await;
    let mut rosa = with_another(&all.world, &mut all.amara, &group, "rosa", "Rosa").await;
    assert!(reads(&mut rosa, &group, (&open, "for all who come")).await);
    assert!(!rosa.page.says("an answer among us"));
}

#[tokio::test]
async fn what_kind_of_answer_it_is_is_not_turned_by_a_column() {
    let mut all = Circle::new().await;
    let at = share(&mut all.bea, &all.group, "just listen").await;
    all.joan.open(&at).await;
    all.joan.press("I have read it all").await;
    let sql = sql!("UPDATE answer SET kind = $2 WHERE kind = $1");
    all.world.put(sql, vec![Value::from("heard"), Value::from("thanks")]).await;
    all.bea.open(&at).await;
    assert!(!all.bea.page.says("They thank you for saying it"), "Joan did not thank");
    assert!(all.bea.page.says("They have read it all: Joan"));
}
