//! The place that is tampered with: a group with everything in it, people of every kind around it,
//! and two states of the database from before.

use std::collections::BTreeMap;

use storekit::testing::Table;

use super::phrases::*;
use crate::agreements::{other_place, say};
use crate::common_ground::write_cause;
use crate::joining::{found_with, knock, let_in, link};
use crate::leaving::{leave, page_about};
use crate::notebook::keep;
use crate::returning::{FREEZE, link_back, say as say_about, write};
use crate::sharing::{look, share, share_with};
use crate::world::{Browser, Person, World};

/// A group that was played, and all who were in it or near it.
pub struct Place {
    pub world: World,
    /// The group's address.
    pub group: String,
    /// Everybody, by a short name, in the browser that they are signed in with.
    pub people: Vec<(&'static str, Browser)>,
    /// The states from before: two turns of the key ago, and just before the last one.
    pub before: [Vec<Table>; 2],
    /// The state at the end.
    pub now: Vec<Table>,
    /// Addresses of single things, by short names.
    pub at: Addresses,
}

/// Addresses by short names.
pub type Addresses = BTreeMap<&'static str, String>;

struct Cast {
    world: World,
    group: String,
    at: Addresses,
    ana: Person,
    bea: Person,
    finn: Person,
    gus: Person,
}

/// Somebody on a device that only they use comes in by a link.
async fn comes(world: &World, ana: &mut Person, group: &str, word: &str, name: &str) -> Person {
    let link = link(ana, group).await;
    let mut other = world.person_at_home(word).await;
    knock(&mut other, &link, name, &[]).await;
    let_in(ana, group).await;
    other
}

async fn answer(who: &mut Browser, share: &str, words: &str) {
    who.open(share).await;
    who.fill([("words", words)]).press("Send it").await;
    assert_eq!(who.page.notice(), "Your answer stands here.", "{}", who.page.text());
}

async fn worry(who: &mut Browser, share: &str, words: &str) {
    who.open(&format!("{share}/worried")).await;
    who.fill([("words", words)]).press("Tell them").await;
    assert_eq!(who.page.notice(), "The facilitator will find it on Today.");
}

impl Place {
    /// Somebody's place among the people.
    pub fn person(&self, who: &str) -> usize {
        let found = self.people.iter().position(|(name, _)| *name == who);
        found.unwrap_or_else(|| panic!("nobody is called {who}"))
    }

    /// An address in which short names are filled in.
    pub fn address(&self, pattern: &str) -> String {
        let fill = |text: String, (name, address): (&&str, &String)| {
            text.replace(&format!("{{{name}}}"), address)
        };
        let address = self.at.iter().fold(pattern.to_owned(), fill);
        assert!(!address.contains('{'), "{address} is nowhere");
        address
    }

    /// Plays it all.
    pub async fn played() -> Place {
        let mut cast = begin().await;
        let first = cast.world.db().dump().await;
        let mut cleo = talk(&mut cast).await;
        let meeting = meet(&mut cast).await;
        let mut nora = come_later(&mut cast).await;
        let mut dora = around(&mut cast, (&mut cleo, &mut nora), &meeting).await;
        let olga = elsewhere(&cast.world).await;
        // What waits in boxes is wrapped at a member's own write; Cleo's boxes stay.
        for who in [&mut cast.ana, &mut cast.bea, &mut nora] {
            write(who, &cast.group).await;
        }
        let second = cast.world.db().dump().await;
        freeze(&mut cast, &mut nora).await;
        let Cast { world, group, at, ana, bea, finn, gus } = cast;
        dora.open("/joining/waiting").await;
        let now = world.db().dump().await;
        let nobody = world.browser();
        let people = [
            ("ana", ana),
            ("bea", bea),
            ("cleo", cleo),
            ("nora", nora),
            ("finn", finn),
            ("gus", gus),
            ("dora", dora),
            ("olga", olga),
        ];
        let people = people.map(|(who, person)| (who, person.browser)).into_iter();
        let people = people.chain([("nobody", nobody)]).collect();
        Place { world, group, people, before: [first, second], now, at }
    }
}

/// A group of four, what they say to one another, and what each keeps for themselves.
async fn begin() -> Cast {
    let world = crate::joining::world().await;
    let mut ana = world.person_at_home("ana").await;
    let answers = [
        ("who", WHO),
        ("what-for", WHAT_FOR),
        ("not-for", NOT_FOR),
        ("inside", INSIDE),
        ("outside", OUTSIDE),
        ("place", PLACE),
        ("earlier", "after-72-hours"),
    ];
    let group = found_with(&mut ana, ANA, &answers).await;
    let mut finn = comes(&world, &mut ana, &group, "finn", FINN).await;
    let mut bea = comes(&world, &mut ana, &group, "bea", BEA).await;
    let gus = comes(&world, &mut ana, &group, "gus", GUS).await;
    let worrying = share(&mut finn, &group, FINN_SHARE).await;
    let asked = share(&mut ana, &group, MENDED).await;
    ana.open(&format!("{asked}/mend")).await;
    ana.fill([("words", ANA_SHARE)]).press("Keep the new words").await;
    answer(&mut bea, &asked, BEA_ANSWER).await;
    let alone = share_with(&mut finn, &group, FINN_TO_BEA, BEA).await;
    answer(&mut bea, &alone, BEA_TO_FINN).await;
    worry(&mut bea, &worrying, BEA_WORRY).await;
    write_cause(&mut finn, &group, CAUSE_BEFORE).await;
    ana.open(&format!("{group}/must-not-meet")).await;
    ana.fill([("must-not-meet", ANA_LIST)]).press("Keep this list").await;
    keep(&mut ana, "page", ANA_PAGE).await;
    keep(&mut bea, "page", BEA_PAGE).await;
    let at = [("finn-share", worrying), ("ana-share", asked), ("finn-alone", alone)];
    let at = at
        .into_iter()
        .chain([("g", group.clone()), ("id", group["/g/".len()..].to_owned())])
        .collect();
    Cast { world, group, at, ana, bea, finn, gus }
}

/// Finn goes, Cleo comes, and they go on.
async fn talk(cast: &mut Cast) -> Person {
    let Cast { world, group, at, ana, bea, finn, gus } = cast;
    leave(finn, group, "with-name").await;
    write_cause(bea, group, CAUSE).await;
    let mut cleo = comes(world, ana, group, "cleo", CLEO).await;
    share(&mut cleo, group, CLEO_SHARE).await;
    let asked = share(bea, group, BEA_SHARE).await;
    let alone = share_with(bea, group, BEA_TO_CLEO, CLEO).await;
    answer(&mut cleo, &alone, CLEO_TO_BEA).await;
    answer(ana, &asked, ANA_ANSWER).await;
    worry(&mut cleo, &asked, CLEO_WORRY).await;
    cleo.open(&asked).await;
    cleo.press("I have read it all").await;
    cleo.open(&asked).await;
    cleo.press("Me too").await;
    at.extend([("bea-share", asked), ("bea-alone", alone)]);
    look(bea, group, BEA_TO_LEAD, "facilitator").await;
    bea.press("Share it").await;
    assert_eq!(bea.page.notice(), "It is shared.");
    look(bea, group, OPEN_SHARE, "group").await;
    bea.press("Change something").await;
    bea.tick("newcomers");
    bea.press("See who will read it").await;
    bea.press("Share it").await;
    for who in [&mut *ana, &mut *bea, &mut cleo, gus] {
        who.open(&format!("{group}/common-ground")).await;
        who.fill([("own", THEME)]).press("Add these").await;
    }
    other_place(bea, group, NEW_PLACE).await;
    assert_eq!(bea.page.notice(), "Proposed. Everybody is asked on Today.");
    say(&mut cleo, group, "accept", &[]).await;
    say(ana, group, "accept", &[("papers", OBJECTION)]).await;
    ana.open(&format!("{group}/journey")).await;
    ana.fill([("stage", "beginning")]).press("This is where we are").await;
    cleo
}

/// A meeting that is closed. Gives back the address of the page where one is set.
async fn meet(cast: &mut Cast) -> String {
    let Cast { group, at: known, ana, bea, .. } = cast;
    let new = format!("{group}/meetings/new");
    ana.open(&new).await;
    ana.fill([("date", "2026-01-06"), ("time", "18:30")]).press("Keep it").await;
    let at = ana.page.path.clone();
    ana.open(&at).await;
    ana.press("We begin").await;
    bea.open(&at).await;
    bea.press("I am here").await;
    ana.open(&format!("{at}/close")).await;
    ana.fill([("harvest", HARVEST)]).untick("next").press("Close the meeting").await;
    assert!(ana.page.words().contains(&HARVEST.to_owned()), "{}", ana.page.text());
    known.insert("closed", at);
    new
}

/// Nora comes later; Bea would rather not yet that she reads what was said before.
async fn come_later(cast: &mut Cast) -> Person {
    let Cast { world, group, ana, bea, .. } = cast;
    let nora = comes(world, ana, group, "nora", NORA).await;
    bea.open(group).await;
    let form = not_yet(bea);
    let once = bea.once();
    bea.post(&form, &[("once", &once), ("say", "wait")]).await;
    assert_eq!(bea.page.notice(), "Kept. Nobody sees what you chose.");
    world.pass_hours(72);
    share(bea, group, LATE_SHARE).await;
    nora
}

/// The form by which somebody would rather not yet that Nora reads earlier words.
fn not_yet(who: &Browser) -> String {
    let page = who.page.html();
    let [items, form] = ["main li", "form[action$='/not-yet']"].map(crate::world::selector);
    let mut items = page.select(&items);
    let item = items.find(|item| item.text().any(|text| text.contains(NORA)));
    let form = item.and_then(|item| item.select(&form).next()).expect("Nora waits");
    form.value().attr("action").expect("an address").to_owned()
}

/// A meeting that is open and one that is planned, a door, a draft, and the hard things.
async fn around(cast: &mut Cast, (cleo, nora): (&mut Person, &mut Person), new: &str) -> Person {
    let Cast { world, group, at, ana, bea, .. } = cast;
    for (date, place) in [("2026-01-09", PLACE), ("2026-01-20", MEETING_PLACE)] {
        ana.open(new).await;
        ana.fill([("date", date), ("time", "18:30"), ("place", place)]).press("Keep it").await;
        assert_eq!(ana.page.notice(), "The meeting is set.", "{}", ana.page.text());
        let meeting = ana.page.path.clone();
        if place == PLACE {
            ana.press("We begin").await;
            cleo.open(&meeting).await;
            cleo.press("I am here").await;
            at.insert("open", meeting);
        } else {
            bea.open(&meeting).await;
            bea.press("I'm coming").await;
            at.insert("planned", meeting);
        }
    }
    cleo.open(&at["bea-share"]).await;
    let once = cleo.once();
    cleo.post(&format!("{}/hide", at["finn-share"]), &[("once", &once), ("do", "hide")]).await;
    bea.open(&format!("{group}/share/new")).await;
    let once = bea.once();
    let fields = [("once", &*once), ("words", BEA_DRAFT)];
    assert_eq!(bea.post(&format!("{group}/share/draft"), &fields).await.status, 204);
    let asked = page_about(ana, group, CLEO).await;
    at.insert("asked", asked);
    ana.fill([("reason", REASON)]).press("Ask them to leave").await;
    assert_eq!(ana.page.notice(), "Kept.", "{}", ana.page.text());
    say_about(nora, group, BEA, FREEZE).await;
    link_back(ana, group, NORA).await;
    let spare = link(ana, group).await;
    let mut dora = world.person_at_home("dora").await;
    let more = [
        ("reach", REACH),
        ("hard", HARD),
        ("must-not-meet", DORA_LIST),
        ("c-one-voice", "object"),
        ("why-one-voice", DORA_OBJECTS),
    ];
    knock(&mut dora, &spare, DORA, &more).await;
    link(ana, group).await;
    world.start_link().await;
    dora
}

/// Somebody with a group of their own.
async fn elsewhere(world: &World) -> Person {
    let mut olga = world.person_at_home("olga").await;
    let group = found_with(&mut olga, OLGA, &[("outside", OLGA_OUTSIDE)]).await;
    share(&mut olga, &group, OLGA_SHARE).await;
    keep(&mut olga, "page", OLGA_PAGE).await;
    olga.open("/start/purpose").await;
    olga.fill([("who", OLGA_WALK), ("what-for", "to rest")]).press("Go on").await;
    olga
}

/// Gus is frozen, and goes for good: what hung on him waits for a member's write.
async fn freeze(cast: &mut Cast, nora: &mut Person) {
    let Cast { group, bea, gus, .. } = cast;
    say_about(nora, group, GUS, FREEZE).await;
    say_about(bea, group, GUS, FREEZE).await;
    assert!(bea.page.notice().contains("frozen"), "{}", bea.page.text());
    let old = gus.passphrase.clone();
    gus.open("/me/leave").await;
    gus.fill([("old", &old), ("words", "with-name")]).tick("sure").press("Leave for good").await;
    assert!(gus.page.notice().starts_with("You are gone from here"), "{}", gus.page.text());
}
