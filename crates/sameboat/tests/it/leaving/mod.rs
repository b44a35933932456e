//! A name, a break, going, and asking somebody to go.

mod asking;
mod deciding;
mod forever;
mod going;
mod names;
mod random;

use axum::http::StatusCode;

use crate::joining::{found, knock, let_in, link, with_another};
use crate::world::{Person, World};

/// A group of Ana, who began it, Bo and Cy, in which nothing is ratified yet or everything is.
pub struct Three {
    pub world: World,
    pub ana: Person,
    pub bo: Person,
    pub cy: Person,
    pub group: String,
}

impl Three {
    /// All three have said yes by coming in, so the agreement is in force.
    pub async fn new() -> Three {
        let world = World::new().await;
        let mut ana = world.person_at_home("ana").await;
        let group = found(&mut ana, "Ana").await;
        let bo = with_another(&world, &mut ana, &group, "bo", "Bo").await;
        let cy = with_another(&world, &mut ana, &group, "cy", "Cy").await;
        Three { world, ana, bo, cy, group }
    }

    /// The same on devices that only they use, so that days can go by.
    pub async fn at_home() -> Three {
        let world = World::new().await;
        let mut ana = world.person_at_home("ana").await;
        let group = found(&mut ana, "Ana").await;
        let mut others = Vec::new();
        for (word, name) in [("bo", "Bo"), ("cy", "Cy")] {
            let link = link(&mut ana, &group).await;
            let mut other = world.person_at_home(word).await;
            knock(&mut other, &link, name, &[]).await;
            let_in(&mut ana, &group).await;
            others.push(other);
        }
        let (cy, bo) = (others.pop().expect("Cy"), others.pop().expect("Bo"));
        Three { world, ana, bo, cy, group }
    }
}

/// Leaves with this choice.
pub async fn leave(person: &mut Person, group: &str, words: &str) {
    person.open(&format!("{group}/leave")).await;
    person.fill([("words", words)]).press("Leave now").await;
    assert!(person.page.notice().starts_with("You have left."), "{}", person.page.text());
}

/// The address of the page on which this member is asked to leave.
pub async fn page_about(person: &mut Person, group: &str, name: &str) -> String {
    person.open(&format!("{group}/ask-to-leave")).await;
    person.follow(name).await;
    person.page.path.clone()
}

/// Every page of the group is not there for them.
pub async fn sees_nothing(person: &mut Person, group: &str) {
    let pages =
        ["", "/us", "/me", "/card", "/agreement", "/agreement/say", "/door", "/invite", "/leave"];
    for page in pages {
        person.open(&format!("{group}{page}")).await;
        assert_eq!(person.page.status, StatusCode::NOT_FOUND, "{page} is still there");
    }
    person.open("/me").await;
    let once = person.once();
    for form in ["/me/name", "/me/break", "/leave", "/agreement/say", "/must-not-meet"] {
        person.post(&format!("{group}{form}"), &[("once", &once), ("name", "Me")]).await;
        assert_eq!(person.page.status, StatusCode::NOT_FOUND, "{form} still takes words");
    }
}
