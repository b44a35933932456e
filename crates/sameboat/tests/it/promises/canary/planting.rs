//! Where each of the words is planted. Whoever makes a page where people write adds its words to
//! [`super::planted`] and a step here; a test asks for every field.

use super::planted::*;
use crate::agreements::say;
use crate::sharing::{share, share_with};
use crate::world::{Browser, GroupAnswers, World};

/// Types all of them into the pages where they belong. Gives back the browsers of those who did:
/// somebody who is not signed in, and members.
pub async fn plant(world: &World) -> Vec<Browser> {
    let mut ana = world.browser();
    ana.open("/join").await;
    ana.fill([("own-word", REFUSED_NAME), ("own-passphrase", WEAK_PASSPHRASE)]);
    ana.press("Make my sign-in").await;
    assert_eq!(ana.page.issues().len(), 2);
    ana.fill([("own-word", NAME), ("own-passphrase", PASSPHRASE)]).press("Make my sign-in").await;
    assert_eq!(ana.page.heading(), "You have a sign-in");
    let name = ana.page.texts("#sheet-name").concat();

    ana.open("/me/passphrase?own=1").await;
    ana.fill([("old", PASSPHRASE), ("passphrase", NEXT_PASSPHRASE)]).press("Change it").await;
    assert!(ana.page.notice().starts_with("Your passphrase is changed"));
    ana.open("/me/sheet").await;
    let once = ana.once();
    ana.post("/me/sheet", &[("once", &once), ("old", NEXT_PASSPHRASE), ("note", NO_FIELD)]).await;
    assert_eq!(ana.page.heading(), "Your new recovery sheet");

    write(&mut ana).await;
    let group = begin(&mut ana).await;
    others(world, &mut ana, &group).await;
    let [sharer, reader] = talk(world).await;
    locks(world).await;
    // The answers on the way to a second group stay as they are.
    ana.open("/start/purpose").await;
    ana.fill([("who", PURPOSE), ("what-for", &LONG_LINE.repeat(50))]).press("Back").await;

    let mut stranger = world.browser();
    for (name, passphrase) in [(&*name, WRONG_PASSPHRASE), (WRONG_NAME, WRONG_PASSPHRASE)] {
        stranger.open("/sign-in").await;
        stranger.fill([("name", name), ("passphrase", passphrase)]);
        stranger.press_in("main", "Sign in").await;
        assert_eq!(stranger.page.status, 422);
    }
    vec![stranger, ana, sharer, reader]
}

/// Passphrases and codes on the pages where somebody needs one they have.
async fn locks(world: &World) {
    let mut person = world.person("locksmith").await;
    let old = person.passphrase.clone();
    for (old, status) in [(NO_OLD_PASSPHRASE, 422_u16), (old.as_str(), 200)] {
        person.open("/me/renew?own=1").await;
        person.fill([("old", old), ("passphrase", RENEWED_PASSPHRASE)]);
        assert_eq!(person.press("Make my keys new").await.status, status);
    }
    let code = person.page.texts("#sheet-code").concat();
    person.open("/me/leave").await;
    person.fill([("old", NO_OLD_PASSPHRASE)]).tick("sure").press("Leave for good").await;
    assert_eq!(person.page.status, 422);
    let mut phone = world.browser();
    for (code, status) in [(NO_CODE, 422_u16), (code.as_str(), 200)] {
        phone.open("/sign-in/recovery?own=1").await;
        phone.fill([("code", code), ("passphrase", RECOVERED_PASSPHRASE)]);
        assert_eq!(phone.press("Let me back in").await.status, status);
    }
}

/// Pages, changed pages and drafts in the notebook.
async fn write(ana: &mut Browser) {
    ana.open("/notebook/new?kind=page").await;
    ana.fill([("words", EARLIER_PAGE)]).press("Keep it").await;
    let page = ana.page.attribute(".leaf a", "href").expect("a page");
    ana.open(&page).await;
    ana.follow("Write on").await;
    ana.fill([("words", CHANGED_PAGE)]).press("Keep it").await;
    for (kind, words) in [("page", PAGE), ("trouble", TROUBLE), ("goal", GOAL)] {
        ana.open(&format!("/notebook/new?kind={kind}")).await;
        ana.fill([("words", words)]).press("Keep it").await;
        assert!(ana.page.notice().starts_with("Kept"), "{kind}");
    }
    // The same window writes twice: the words of another one it would not take away.
    ana.open("/notebook/new?kind=page").await;
    let once = ana.once();
    for words in [THROWN_DRAFT, DRAFT] {
        let fields = [("once", &*once), ("kind", "page"), ("words", words)];
        assert_eq!(ana.post("/notebook/draft", &fields).await.status, 204);
    }
}

/// A group with every answer in words.
async fn begin(ana: &mut Browser) -> String {
    let answers = GroupAnswers {
        who: PURPOSE,
        what_for: WHAT_FOR,
        not_for: NOT_FOR,
        inside: INSIDE,
        outside: OUTSIDE,
        place: PLACE,
        own: OWN_CLAUSE,
        lines: LINES,
        name: MEMBER,
    };
    let id = ana.begin_group(&answers).await;
    ana.open(&format!("/g/{id}/card")).await;
    assert!(ana.page.says(OWN_CLAUSE));
    meet(ana, &id).await;
    format!("/g/{id}")
}

/// Others come, object, change their name, wait at the door, and are asked to leave.
async fn others(world: &World, ana: &mut Browser, group: &str) {
    let mut guest = world.person("guest").await;
    let link = invite(ana, group).await;
    knock(&mut guest, &link, GUEST).await;
    ana.open(&format!("{group}/door")).await;
    ana.press("Let them in").await;
    guest.open(&format!("{group}/me")).await;
    guest.fill([("name", GUEST_LATER)]).press("Use this name").await;
    // A line is kept in two parts, and the name is the one that was typed in words.
    let new_lines = format!("{NEW_LINES}: 0161 496 0456");
    for (part, field, words) in [
        ("purpose", "who", NEW_WHO),
        ("purpose", "what-for", NEW_WHAT_FOR),
        ("not-for", "not-for", NEW_NOT_FOR),
        ("names", "inside", NEW_INSIDE),
        ("names", "outside", NEW_OUTSIDE),
        ("place", "place", NEW_PLACE),
        ("agreement", "own", NEW_CLAUSE),
        ("safety", "lines", &new_lines),
    ] {
        ana.open(&format!("{group}/change/{part}")).await;
        if part == "safety" {
            ana.tick("confirmed");
        }
        ana.fill([(field, words)]).press("Change it").await;
        assert_eq!(ana.page.notice(), "Changed. Everybody sees it on Today.", "{part}");
    }
    ana.open(&format!("{group}/change/purpose")).await;
    let once = ana.once();
    let fields = [("once", &*once), ("who", CHANGE_DRAFT)];
    assert_eq!(ana.post(&format!("{group}/change/purpose/draft"), &fields).await.status, 204);
    ana.open(&format!("{group}/must-not-meet")).await;
    ana.fill([("must-not-meet", OWN_LIST)]).press("Keep this list").await;
    say(&mut guest, group, "accept", &[("one-voice", OBJECTION)]).await;
    ana.open(&format!("{group}/agreement/say")).await;
    assert!(ana.page.says(OBJECTION));
    let mut waits = world.person("waits").await;
    let link = invite(ana, group).await;
    waits.open("/start/purpose").await;
    let once = waits.once();
    let fields = [("once", &*once), ("who", WALK_DRAFT), ("what-for", "")];
    assert_eq!(waits.post("/start/purpose/draft", &fields).await.status, 204);
    type_at_door(world, ana, group).await;
    knock(&mut waits, &link, WAITS).await;
    // All open invitations end when somebody is asked to leave, so one is made afterwards.
    ana.open(&format!("{group}/ask-to-leave")).await;
    ana.follow(GUEST_LATER).await;
    ana.fill([("reason", REASON)]).press("Ask them to leave").await;
    assert!(ana.page.notice().starts_with("They are out"), "{}", ana.page.text());
    invite(ana, group).await;
}

async fn invite(ana: &mut Browser, group: &str) -> String {
    ana.open(&format!("{group}/invite")).await;
    ana.fill([("label", LINK_LABEL)]).press("Make the link").await;
    ana.page.texts("code.secret").concat()
}

async fn knock(guest: &mut Browser, link: &str, name: &str) {
    guest.open(link).await;
    guest.open("/joining/answers").await;
    guest.fill([("name", name), ("reach", REACH), ("hard", HARD), ("must-not-meet", STRANGER)]);
    guest.accept_all().fill([("c-one-voice", "object"), ("why-one-voice", DOOR_OBJECTION)]);
    guest.press("Knock at the door").await;
    assert_eq!(guest.page.path, "/joining/waiting");
}

/// Somebody who types at a door, and does not knock.
async fn type_at_door(world: &World, ana: &mut Browser, group: &str) {
    let mut types = world.person("types").await;
    let link = invite(ana, group).await;
    types.open(&link).await;
    types.open("/joining/answers").await;
    let (once, door) = (types.once(), types.page.value("link"));
    let fields = [("once", &*once), ("link", &*door), ("hard", DOOR_DRAFT)];
    assert_eq!(types.post("/joining/answers/draft", &fields).await.status, 204);
}

/// A meeting with everything in words.
async fn meet(ana: &mut Browser, id: &str) {
    ana.open(&format!("/g/{id}/meetings/new")).await;
    ana.fill([("place", MEETING_PLACE), ("date", "2026-01-06")]).press("Keep it").await;
    let at = ana.page.path.clone();
    ana.open(&format!("{at}/change")).await;
    ana.fill([("place", LATER_PLACE)]).press("Keep it").await;
    ana.open(&format!("{at}/order")).await;
    ana.fill([("kind", "ask"), ("words", STEP)]).press("Add it at the end").await;
    ana.open(&format!("{at}/calendar")).await;
    ana.fill([("title", TITLE)]).press("Give me the file").await;
    assert!(ana.page.body.contains("SUMMARY:Gymnastics"));
    ana.open(&at).await;
    ana.press("We begin").await;
    ana.open(&format!("{at}/phone")).await;
    ana.fill([("name", FREE_NAME)]).press("Sit down at this phone").await;
    assert!(ana.page.says(FREE_NAME));
    ana.open(&format!("{at}/write")).await;
    ana.fill([("words", CIRCLE_PAGE)]).press("Keep it").await;
    assert_eq!(ana.page.path, at, "back in the circle");
    ana.open(&format!("{at}/harvest")).await;
    ana.fill([("harvest", FIRST_HARVEST)]).press("Keep it").await;
    ana.open(&format!("{at}/close")).await;
    ana.fill([("harvest", HARVEST)]).untick("next").press("Close the meeting").await;
    assert!(ana.page.words().contains(&HARVEST.to_owned()));
    ana.open(&format!("{at}/harvest")).await;
    let once = ana.once();
    let fields = [("once", &*once), ("harvest", HARVEST_DRAFT)];
    assert_eq!(ana.post(&format!("{at}/harvest/draft"), &fields).await.status, 204);
}

/// Shares, answers, a worry and a theme, in a group of three.
async fn talk(world: &World) -> [Browser; 2] {
    let mut group = world.group("sharer", "The lamps").await;
    let mut reader = group.let_in(world, "reader").await;
    let mut third = group.let_in(world, "third").await;
    let path = group.address("");
    let worrying = share(&mut third, &path, "I can't go on like this").await;
    let mended = share(&mut group.founder, &path, SHARE_BEFORE).await;
    group.founder.open(&format!("{mended}/mend")).await;
    group.founder.fill([("words", SHARE)]).press("Keep the new words").await;
    let alone = share_with(&mut group.founder, &path, SHARE_FOR_ONE, "reader").await;
    for (address, words) in [(&mended, ANSWER), (&alone, ANSWER_FOR_ONE)] {
        reader.open(address).await;
        reader.fill([("words", words)]).press("Send it").await;
        assert_eq!(reader.page.notice(), "Your answer stands here.");
    }
    reader.open(&format!("{worrying}/worried")).await;
    reader.fill([("words", WORRY)]).press("Tell them").await;
    assert_eq!(reader.page.notice(), "The facilitator will find it on Today.");
    reader.open(&format!("{path}/common-ground")).await;
    reader.fill([("own", THEME), ("own-goal", OWN_GOAL)]).press("Add these").await;
    for cause in [CAUSE_BEFORE, CAUSE] {
        reader.open(&format!("{path}/common-ground/cause")).await;
        reader.fill([("cause", cause)]).press("Keep it").await;
        assert!(reader.page.says(cause));
    }
    reader.open(&format!("{path}/share/new")).await;
    let once = reader.once();
    let fields = [("once", &*once), ("words", SHARE_DRAFT)];
    assert_eq!(reader.post(&format!("{path}/share/draft"), &fields).await.status, 204);
    group.founder.open(&alone).await;
    let mut drafted = group.founder.ready("form[data-draft]", "Send it");
    drafted.action = format!("{path}/share/draft");
    drafted.fields.retain(|(name, _)| name != "words");
    drafted.fields.push(("words".to_owned(), ANSWER_DRAFT.to_owned()));
    assert_eq!(group.founder.send(&drafted).await.status, 204);
    [group.founder.browser, reader.browser]
}
