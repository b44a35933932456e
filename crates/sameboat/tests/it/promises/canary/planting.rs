//! What is planted, and where. Whoever makes a page where people write adds a line and a step.

use crate::agreements::say;
use crate::sharing::{share, share_with};
use crate::world::{Browser, GroupAnswers, World};

/// What becomes of planted words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// They are kept, sealed: a build without sealing shows them.
    Sealed,
    /// They were kept, sealed, until others took their place.
    Replaced,
    /// They open something or were refused, and are not kept at all.
    Nowhere,
}

/// Words to look for.
pub struct Planted {
    /// The words, as somebody types them.
    pub words: &'static str,
    /// What becomes of them.
    pub kept: Kept,
}

const NAME: &str = "zwergtaucherin";
const PASSPHRASE: &str = "Quillwort & basalt <regatta> “99”";
const NEXT_PASSPHRASE: &str = "Öljylamppu; gherkin / 47% thistle";
const WRONG_PASSPHRASE: &str = "brackish+lantern&museum=3";
const WRONG_NAME: &str = "schnabeligel-0042";
const REFUSED_NAME: &str = "two <b>marzipan</b> words";
const WEAK_PASSPHRASE: &str = "pumpernickel";
const NO_FIELD: &str = "nobody asked for “cardamom” here";
const PAGE: &str = "I could not sleep: “vermilion heron” & <owl>\nthen 3% rain";
const EARLIER_PAGE: &str = "before: “celadon” & <stoat>";
const CHANGED_PAGE: &str = "Schlaf & “perlmutt” – besser?";
const TROUBLE: &str = "the <stairwell> at 7 & the marmalade dog";
const GOAL: &str = "Ask Ignatz for the “accordion” back";
const DRAFT: &str = "half a sentence about tamarind/";
const THROWN_DRAFT: &str = "thrown away: obsidian?";
const LONG_LINE: &str = "kumquat & co. ";
const PURPOSE: &str = "people with a “lighthouse” at home";
const WHAT_FOR: &str = "marzipan-free company & <hush>";
const NOT_FOR: &str = "fire brigade “Orange” things";
const INSIDE: &str = "The Quiet Pelicans & Co";
const OUTSIDE: &str = "Thursdays <at> Ottokar's";
const PLACE: &str = "Behind the walnut door, 2nd floor";
const OWN_CLAUSE: &str = "Nobody mentions the “hovercraft”.";
const LINES: &str = "Pigeon & Post: 0161 496 0123";
const MEMBER: &str = "Ludmilla “Lu” of the kites";
const SHARE: &str = "the “umbrella” fell on the <tram> again";
const SHARE_BEFORE: &str = "mended away: ‘quince’ & tin";
const SHARE_FOR_ONE: &str = "only for you: saffron & “gravel”";
const ANSWER: &str = "my aunt’s <harmonium> did that too";
const ANSWER_FOR_ONE: &str = "between us: pistachio/91%";
const SHARE_DRAFT: &str = "begun and not sent: mulberry?";
const WORRY: &str = "she said “turpentine” twice & hung up";
const THEME: &str = "Nightbus & <nettles>";

const MEETING_PLACE: &str = "Under the “copper” beech, gate 3";
const STEP: &str = "What would the <otter> say?";
const FREE_NAME: &str = "Old “Nutmeg” Tom";
const FIRST_HARVEST: &str = "we owe Ignatz a “ladder”";
const HARVEST: &str = "Saffron buns & <quiet> on Fridays";
const TITLE: &str = "Gymnastics “Ostrich” club";
const LINK_LABEL: &str = "the one for “Saffron” & her dog";
const GUEST: &str = "Ottilie of the <weir>";
const GUEST_LATER: &str = "Ottilie “Tilly” Marsh";
const WAITS: &str = "Bartholomew & the rushes";
const REACH: &str = "ring twice at the “bakery”, ask for 3/4 rye";
const HARD: &str = "stairs & the smell of <turpentine>";
const STRANGER: &str = "Leopold “Pebble” Quince";
const OBJECTION: &str = "I hum when I am “nervous” & can't stop";
const REASON: &str = "you fed the <ferret> with our minutes";
const NEW_PLACE: &str = "Under the viaduct, by the “third” lamp";

const fn sealed(words: &'static str) -> Planted {
    Planted { words, kept: Kept::Sealed }
}

const fn replaced(words: &'static str) -> Planted {
    Planted { words, kept: Kept::Replaced }
}

const fn nowhere(words: &'static str) -> Planted {
    Planted { words, kept: Kept::Nowhere }
}

/// All of them.
pub const PLANTED: [Planted; 49] = [
    sealed(NAME),
    sealed(PAGE),
    sealed(CHANGED_PAGE),
    sealed(TROUBLE),
    sealed(GOAL),
    sealed(DRAFT),
    sealed(PURPOSE),
    sealed(WHAT_FOR),
    sealed(NOT_FOR),
    sealed(INSIDE),
    sealed(PLACE),
    sealed(OWN_CLAUSE),
    sealed(LINES),
    sealed(MEMBER),
    sealed(OUTSIDE),
    nowhere(PASSPHRASE),
    nowhere(NEXT_PASSPHRASE),
    nowhere(WRONG_PASSPHRASE),
    nowhere(WRONG_NAME),
    nowhere(REFUSED_NAME),
    nowhere(WEAK_PASSPHRASE),
    nowhere(NO_FIELD),
    replaced(THROWN_DRAFT),
    replaced(EARLIER_PAGE),
    sealed(LONG_LINE),
    sealed(SHARE),
    replaced(SHARE_BEFORE),
    sealed(SHARE_FOR_ONE),
    sealed(ANSWER),
    sealed(ANSWER_FOR_ONE),
    sealed(SHARE_DRAFT),
    sealed(WORRY),
    sealed(THEME),
    sealed(MEETING_PLACE),
    sealed(STEP),
    replaced(FREE_NAME),
    replaced(FIRST_HARVEST),
    sealed(HARVEST),
    nowhere(TITLE),
    sealed(LINK_LABEL),
    replaced(GUEST),
    sealed(GUEST_LATER),
    sealed(WAITS),
    sealed(REACH),
    sealed(HARD),
    sealed(STRANGER),
    sealed(OBJECTION),
    sealed(REASON),
    sealed(NEW_PLACE),
];

/// Types all of them into the pages where they belong.
pub async fn plant(world: &World) {
    let mut ana = world.browser();
    ana.open("/join?own=1").await;
    ana.fill([("own-word", REFUSED_NAME), ("passphrase", WEAK_PASSPHRASE)]);
    ana.press("Make my sign-in").await;
    assert_eq!(ana.page.issues().len(), 2);
    ana.fill([("own-word", NAME), ("passphrase", PASSPHRASE)]).press("Make my sign-in").await;
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
    talk(world).await;
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
    for words in [THROWN_DRAFT, DRAFT] {
        ana.open("/notebook/new?kind=page").await;
        let once = ana.once();
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
    ana.open(&format!("{group}/change/place")).await;
    ana.fill([("place", NEW_PLACE)]).press("Change it").await;
    say(&mut guest, group, "accept", &[("one-voice", OBJECTION)]).await;
    ana.open(&format!("{group}/agreement/say")).await;
    assert!(ana.page.says(OBJECTION));
    let mut waits = world.person("waits").await;
    let link = invite(ana, group).await;
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
    guest.press("Knock at the door").await;
    assert_eq!(guest.page.path, "/joining/waiting");
}

/// A meeting with everything in words.
async fn meet(ana: &mut Browser, id: &str) {
    ana.open(&format!("/g/{id}/meetings/new")).await;
    ana.fill([("place", MEETING_PLACE)]).press("Keep it").await;
    let at = ana.page.path.clone();
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
    ana.open(&format!("{at}/harvest")).await;
    ana.fill([("harvest", FIRST_HARVEST)]).press("Keep it").await;
    ana.open(&format!("{at}/close")).await;
    ana.fill([("harvest", HARVEST)]).untick("next").press("Close the meeting").await;
    assert!(ana.page.words().contains(&HARVEST.to_owned()));
}

/// Shares, answers, a worry and a theme, in a group of two.
async fn talk(world: &World) {
    let mut group = world.group("sharer", "The lamps").await;
    let mut reader = group.let_in(world, "reader").await;
    let path = group.address("");
    let mended = share(&mut group.founder, &path, SHARE_BEFORE).await;
    group.founder.open(&format!("{mended}/mend")).await;
    group.founder.fill([("words", SHARE)]).press("Keep the new words").await;
    let alone = share_with(&mut group.founder, &path, SHARE_FOR_ONE, "reader").await;
    for (address, words) in [(&mended, ANSWER), (&alone, ANSWER_FOR_ONE)] {
        reader.open(address).await;
        reader.fill([("words", words)]).press("Send it").await;
        assert_eq!(reader.page.notice(), "Your answer stands here.");
    }
    reader.open(&format!("{mended}/worried")).await;
    reader.fill([("words", WORRY)]).press("Tell them").await;
    assert_eq!(reader.page.notice(), "The facilitator will find it on Today.");
    reader.open(&format!("{path}/common-ground")).await;
    reader.fill([("own", THEME)]).press("Add these").await;
    reader.open(&format!("{path}/share/new")).await;
    let once = reader.once();
    let fields = [("once", &*once), ("words", SHARE_DRAFT)];
    assert_eq!(reader.post(&format!("{path}/share/draft"), &fields).await.status, 204);
}
