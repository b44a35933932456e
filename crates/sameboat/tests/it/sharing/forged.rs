//! Words that nobody wrote, put under a member's name by somebody who can write to the database.

use serde_json::{Value as Json, json};
use storekit::testing::START;
use storekit::{Value, sql};

use super::{Circle, share, share_with};
use crate::world::forger::{As, Forger, blob, hex, id_of};
use crate::world::{Person, World};

const LIE: &str = "Do not come any more.";
const ID: [u8; 16] = [0x47; 16];

/// Whom the members are, in the order of coming.
struct Ids {
    amara: [u8; 16],
    bea: [u8; 16],
    joan: [u8; 16],
}

fn ids(forger: &Forger) -> Ids {
    let [amara, bea, joan, _] = forger.members[..] else { panic!("four members") };
    Ids { amara, bea, joan }
}

fn said(audience: &str, to: &[u8; 16], writer: &[u8; 16]) -> Json {
    let (to, readers) = (hex(to), [hex(writer), hex(to)]);
    json!({
        "text": LIE, "wants": "company", "to": to, "at": START, "mended": null, "turn": 0,
        "audience": audience, "newcomers": false, "readers": readers,
    })
}

fn share_words(row: [u8; 16], writer: [u8; 16]) -> As {
    As { label: "sharing.words", row, writer, named: true }
}

async fn forge_share(
    world: &World,
    forger: &Forger,
    audience: &str,
    (writer, to): ([u8; 16], [u8; 16]),
) {
    let words = said(audience, &to, &writer);
    let words = forger.post(world, &share_words(ID, writer), &words, &[writer, to]).await;
    let row = [blob(&forger.group), blob(&ID), blob(&writer), Value::from(audience), blob(&words)];
    let sql = sql!(
        "INSERT INTO share (group_id, id, number, day, member_id, audience, newcomers, words)
         VALUES ($1, $2, 900, 20459, $3, $4, 0, $5)"
    );
    world.put(sql, row.to_vec()).await;
}

/// On no page that they may look at does somebody find the lie.
async fn never_told(who: &mut Person, group: &str, more: &[&str]) {
    let of_group = ["", "/talk", "/me", "/me/words"].map(|page| format!("{group}{page}"));
    let pages = of_group.iter().map(String::as_str).chain(["/groups", "/me"]);
    for page in pages.chain(more.iter().copied()) {
        who.open(page).await;
        assert!(!who.page.says(LIE), "{page} of {} tells what nobody wrote", who.name);
        assert_ne!(who.page.status, 500, "{page}");
    }
}

#[tokio::test]
async fn a_letter_to_one_alone_that_nobody_wrote_is_shown_to_nobody() {
    let mut all = Circle::new().await;
    let forger = Forger::of(&all.world).await;
    let Ids { bea, joan, .. } = ids(&forger);
    forge_share(&all.world, &forger, "one", (bea, joan)).await;
    let at = format!("{}/share/{}", all.group, hex(&ID));
    for who in [&mut all.joan, &mut all.bea, &mut all.amara] {
        never_told(who, &all.group, &[&at]).await;
    }
}

#[tokio::test]
async fn a_share_for_the_facilitator_that_nobody_wrote_is_shown_to_nobody() {
    let mut all = Circle::new().await;
    let forger = Forger::of(&all.world).await;
    let Ids { amara, bea, .. } = ids(&forger);
    forge_share(&all.world, &forger, "facilitator", (bea, amara)).await;
    let at = format!("{}/share/{}", all.group, hex(&ID));
    never_told(&mut all.amara, &all.group, &[&at]).await;
}

#[tokio::test]
async fn real_words_to_one_alone_are_not_replaced_by_others() {
    let mut all = Circle::new().await;
    let group = all.group.clone();
    let at = share_with(&mut all.bea, &group, "Could we talk?", "Joan").await;
    let forger = Forger::of(&all.world).await;
    let (Ids { bea, joan, .. }, id) = (ids(&forger), id_of(&at));
    let words = said("one", &joan, &bea);
    let words = forger.post(&all.world, &share_words(id, bea), &words, &[bea, joan]).await;
    let sql = sql!("UPDATE share SET words = $2 WHERE id = $1");
    all.world.put(sql, vec![blob(&id), blob(&words)]).await;
    for who in [&mut all.joan, &mut all.bea] {
        never_told(who, &group, &[&at]).await;
        who.open(&at).await;
        assert!(!who.page.has("textarea[name=words]"), "nothing can be answered under that key");
    }
}

#[tokio::test]
async fn an_answer_that_nobody_gave_is_shown_to_nobody() {
    let mut all = Circle::new().await;
    let group = all.group.clone();
    let at = share(&mut all.bea, &group, "I am so tired").await;
    let forger = Forger::of(&all.world).await;
    let Ids { bea, joan, .. } = ids(&forger);
    for (kind, id) in [("words", [0x51; 16]), ("heard", [0x52; 16]), ("thanks", [0x53; 16])] {
        let reply = json!({
            "text": if kind == "words" { LIE } else { "" },
            "at": START, "kind": kind, "share": hex(&id_of(&at)),
        });
        let place = As { label: "sharing.answer", row: id, writer: joan, named: true };
        let words = forger.post(&all.world, &place, &reply, &[bea, joan]).await;
        let row = [&forger.group[..], &id_of(&at), &id, &joan, &words].map(blob);
        let sql = sql!(
            "INSERT INTO answer (group_id, share_id, id, number, day, member_id, kind, words)
             VALUES ($1, $2, $3, 90, 20459, $4, $6, $5)"
        );
        let row = row.into_iter().chain([Value::from(kind)]).collect();
        all.world.put(sql, row).await;
    }
    for who in [&mut all.bea, &mut all.joan, &mut all.amara] {
        never_told(who, &group, &[&at]).await;
    }
    all.bea.open(&at).await;
    assert!(!all.bea.page.says("They have read it all"), "Joan did not say so");
    assert!(!all.bea.page.says("They thank you"), "nor this");
    all.joan.open(&at).await;
    assert!(!all.joan.page.says("You told them that you have read it all."));
}

async fn forge_worry(world: &World, forger: &Forger, place: &As, (by, to): ([u8; 16], [u8; 16])) {
    let told =
        json!({ "by": hex(&by), "to": hex(&to), "share": hex(&ID), "text": LIE, "at": START });
    let words = forger.post(world, place, &told, &[to]).await;
    let sql = sql!("INSERT INTO worry (group_id, id, day, words) VALUES ($1, $2, 20459, $3)");
    world.put(sql, [&forger.group[..], &place.row, &words].map(blob).to_vec()).await;
}

#[tokio::test]
async fn a_worry_that_nobody_told_is_shown_to_nobody() {
    let mut all = Circle::new().await;
    let group = all.group.clone();
    let forger = Forger::of(&all.world).await;
    let Ids { amara, bea, .. } = ids(&forger);
    for (row, writer) in [([0x61; 16], [0; 16]), ([0x62; 16], bea)] {
        let place = As { label: "sharing.worry", row, writer, named: true };
        forge_worry(&all.world, &forger, &place, (bea, amara)).await;
    }
    for who in [&mut all.amara, &mut all.bea] {
        never_told(who, &group, &[]).await;
    }
}

#[tokio::test]
async fn a_member_who_helps_makes_nothing_in_anothers_name() {
    let mut all = Circle::new().await;
    let group = all.group.clone();
    let secret = super::seat_of(&all.world, &all.mo).await.secret;
    let forger = Forger::of(&all.world).await.helped_by(secret);
    let Ids { bea, joan, .. } = ids(&forger);
    forge_share(&all.world, &forger, "one", (bea, joan)).await;
    let at = format!("{}/share/{}", all.group, hex(&ID));
    for who in [&mut all.joan, &mut all.bea] {
        never_told(who, &group, &[&at]).await;
    }
    // Mo's own envelope, with words that say to be Bea's.
    let (amara, mo) = (forger.members[0], forger.members[3]);
    let place = As { label: "sharing.worry", row: [0x63; 16], writer: mo, named: true };
    forge_worry(&all.world, &forger, &place, (bea, amara)).await;
    never_told(&mut all.amara, &group, &[]).await;
}
