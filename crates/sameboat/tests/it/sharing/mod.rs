//! Sharing if willing: who reads what, answers, and taking back.

mod answers;
mod audiences;
mod changed;
mod flipped;
mod forged;
mod later;
mod words;
mod worries;

use crate::joining::{found, with_another, world};
use crate::meetings::TONIGHT;
use crate::world::{Person, World};

/// A group of four: who began it, and three who were let in.
pub struct Circle {
    pub world: World,
    pub group: String,
    pub amara: Person,
    pub bea: Person,
    pub joan: Person,
    pub mo: Person,
}

impl Circle {
    pub async fn new() -> Circle {
        let world = world().await;
        let mut amara = world.person("amara").await;
        let group = found(&mut amara, "Amara").await;
        let bea = with_another(&world, &mut amara, &group, "bea", "Bea").await;
        let joan = with_another(&world, &mut amara, &group, "joan", "Joan").await;
        let mo = with_another(&world, &mut amara, &group, "momo", "Mo").await;
        Circle { world, group, amara, bea, joan, mo }
    }

    /// A meeting begins that Mo leads: until then it was Amara, who began the group.
    pub async fn mo_leads(&mut self) {
        self.amara.open(&format!("{}/meetings/new", self.group)).await;
        self.amara.fill([("date", TONIGHT), ("time", "18:30")]).press("Keep it").await;
        let at = self.amara.page.path.clone();
        let once = self.amara.once();
        let leave = [("once", &*once), ("role", "facilitator"), ("do", "leave")];
        self.amara.post(&format!("{at}/roles"), &leave).await;
        self.mo.open(&at).await;
        self.mo.press("I'll do it facilitator").await;
        assert!(self.mo.page.says("facilitator: Mo"), "{}", self.mo.page.text());
        self.mo.press("We begin").await;
        assert_eq!(self.mo.page.status, 200);
    }
}

/// Fills the form for a new share, and looks who will see it.
pub async fn look(who: &mut Person, group: &str, words: &str, audience: &str) {
    who.open(&format!("{group}/share/new")).await;
    who.fill([("words", words), ("wants", "listening"), ("audience", audience)]);
    who.press("See who will read it").await;
}

/// Shares words with the whole group; gives back the address of the share.
pub async fn share(who: &mut Person, group: &str, words: &str) -> String {
    look(who, group, words, "group").await;
    who.press("Share it").await;
    assert_eq!(who.page.notice(), "It is shared.", "{}", who.page.text());
    address(who, group)
}

/// Shares words with one member alone.
pub async fn share_with(who: &mut Person, group: &str, words: &str, name: &str) -> String {
    who.open(&format!("{group}/share/new")).await;
    let to = option(who, name);
    who.fill([("words", words), ("wants", "company"), ("audience", "one"), ("to", &to)]);
    who.press("See who will read it").await;
    assert_eq!(who.page.texts(".audience bdi"), [name]);
    who.press("Share it").await;
    assert_eq!(who.page.notice(), "It is shared.");
    address(who, group)
}

fn option(who: &Person, name: &str) -> String {
    let html = who.page.html();
    let options = crate::world::selector("select[name=to] option");
    let found = html.select(&options).find(|option| option.text().collect::<String>() == name);
    found.expect("they are here").value().attr("value").unwrap_or_default().to_owned()
}

/// The address of the newest share on the page.
fn address(who: &Person, group: &str) -> String {
    let links = who.page.links();
    let start = format!("{group}/share/");
    let found = links.iter().find(|link| link.starts_with(&start) && !link.ends_with("/new"));
    found.expect("a share on the page").clone()
}

/// Whether somebody finds these words in Talk and at the share's own address.
pub async fn reads(who: &mut Person, group: &str, (share, words): (&str, &str)) -> bool {
    who.open(&format!("{group}/talk")).await;
    let listed = who.page.words().iter().any(|found| found == words);
    who.open(share).await;
    let opened = who.page.words().iter().any(|found| found == words);
    assert_eq!(listed, opened, "the list and the page say the same");
    assert_eq!(opened, who.page.status == 200);
    opened
}

/// Somebody's seat in their only group, from their keyring.
pub async fn seat_of(world: &World, who: &Person) -> seal::GroupSeat {
    let cookies = who.cookies.line(world.app.now()).expect("a sign-in");
    let cookies = axum::http::HeaderValue::from_str(&cookies).expect("cookies");
    let headers = axum::http::HeaderMap::from_iter([(axum::http::header::COOKIE, cookies)]);
    let person = sameboat::access::find_person(&world.app, &headers).await;
    let person = person.expect("the database answers").expect("somebody is signed in");
    person.seats()[0].clone()
}
