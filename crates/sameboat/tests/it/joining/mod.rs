//! Links, the door, lists, and who can't slip in.

mod again;
mod door;
mod links;
mod lists;
mod tampering;
mod unsent;
mod words;

use sameboat::config::Starting;
use storekit::testing::TestDb;

use crate::world::{Person, World};

/// An instance where anyone may begin a group.
pub async fn world() -> World {
    World::with(TestDb::chosen(), |settings| settings.starting = Starting::Anyone).await
}

/// Begins a group through the walk, as this person, with this name; gives back its address.
pub async fn found(person: &mut Person, name: &str) -> String {
    found_with(person, name, &[]).await
}

/// The same, with some answers changed.
pub async fn found_with(person: &mut Person, name: &str, changed: &[(&str, &str)]) -> String {
    answer_all(person, name, changed).await;
    let once = person.once();
    person.post("/start/card", &[("once", &once)]).await;
    assert!(person.page.path.starts_with("/g/"), "no group: {}", person.page.text());
    person.page.path.clone()
}

/// Answers every question, and stops at the card.
pub async fn answer_all(person: &mut Person, name: &str, changed: &[(&str, &str)]) {
    let walk: [(&str, &[(&str, &str)]); 11] = [
        ("purpose", &[("who", "care for a parent"), ("what-for", "sleep again")]),
        ("not-for", &[("not-for", "people who sell something")]),
        ("aim", &[("aim", "live")]),
        ("names", &[("inside", "The night watch"), ("outside", "Tuesdays")]),
        ("rhythm", &[("rhythm", "weekly"), ("zone", "Europe/London"), ("minutes", "75")]),
        ("place", &[("way", "room"), ("place", "The library, room 4")]),
        ("size", &[("most", "8"), ("newcomers", "open")]),
        ("ending", &[("end", "review"), ("date", "2035-01-01"), ("adults", "1")]),
        ("agreement", &[("clause", "one-voice"), ("earlier", "never")]),
        ("safety", &[("country", "NZ"), ("lines", "Help: 111"), ("confirmed", "1")]),
        ("you", &[("name", name), ("role", "member")]),
    ];
    for (question, fields) in walk {
        person.open(&format!("/start/{question}")).await;
        let once = person.once();
        let mut sent = vec![("once", once.as_str()), ("do", "on")];
        for (field, value) in fields {
            let other = changed.iter().find(|(name, _)| name == field);
            sent.push((field, other.map_or(*value, |(_, value)| value)));
        }
        person.post(&format!("/start/{question}"), &sent).await;
        assert!(person.page.issues().is_empty(), "{question}: {:?}", person.page.issues());
    }
    person.open("/start/card").await;
}

/// A link that this member makes.
pub async fn link(member: &mut Person, group: &str) -> String {
    member.open(&format!("{group}/invite")).await;
    member.press("Make the link").await;
    let shown = member.page.texts("code.secret");
    shown.first().unwrap_or_else(|| panic!("no link: {}", member.page.text())).clone()
}

/// Somebody follows a link and answers with a name, and with other fields. To a line of which these
/// say nothing they say yes.
pub async fn knock(person: &mut Person, link: &str, name: &str, more: &[(&str, &str)]) {
    person.open(link).await;
    person.open("/joining/answers").await;
    let once = person.once();
    let open = person.page.has("input[name='link']");
    let shown_for = if open { person.page.value("link") } else { String::new() };
    let mut fields = vec![("once", once.as_str()), ("name", name), ("link", &shown_for)];
    fields.extend(more);
    let lines = person.page.names("input[value=accept]");
    let others = lines.iter().filter(|line| !more.iter().any(|(name, _)| name == line));
    fields.extend(others.map(|line| (line.as_str(), "accept")));
    person.post("/joining/answers", &fields).await;
}

/// Whom a member sees at the door.
pub async fn seen_at_door(member: &mut Person, group: &str) -> Vec<String> {
    member.open(&format!("{group}/door")).await;
    assert_eq!(member.page.heading(), "At the door");
    member.page.texts("article h2")
}

/// A member lets the only one at the door in.
pub async fn let_in(member: &mut Person, group: &str) {
    member.open(&format!("{group}/door")).await;
    member.press("Let them in").await;
    assert_eq!(member.page.notice(), "They are in. Say hello to each other.");
}

/// The group with another member, who came by a link.
pub async fn with_another(
    world: &World,
    founder: &mut Person,
    group: &str,
    word: &str,
    name: &str,
) -> Person {
    let link = link(founder, group).await;
    let mut other = world.person(word).await;
    knock(&mut other, &link, name, &[]).await;
    let_in(founder, group).await;
    other
}

/// Somebody's phone is lost for a while: they sign in on another one.
pub async fn sign_in_again(world: &World, person: &mut Person) {
    let mut phone = world.browser();
    person.browser = person.sign_in_on(&mut phone).await.clone();
}
