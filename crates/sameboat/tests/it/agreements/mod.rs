//! What a group agrees on: saying what one thinks, proposing, taking back, and the clock.

mod powers;
mod proposals;

use crate::world::{Browser, Person};

/// Says the same to every line; `but` names lines to which something else is said, with a reason.
pub async fn say(person: &mut Browser, group: &str, word: &str, but: &[(&str, &str)]) {
    person.open(&format!("{group}/agreement/say")).await;
    assert_eq!(person.page.path, format!("{group}/agreement/say"), "nothing waits for a word");
    let (once, number) = (person.once(), person.page.value("number"));
    let mut fields = vec![("once".to_owned(), once), ("number".to_owned(), number)];
    for name in lines(person) {
        let objected = but.iter().find(|(line, _)| *line == name);
        fields.push((format!("say-{name}"), objected.map_or(word, |_| "object").to_owned()));
        if let Some((_, why)) = objected {
            fields.push((format!("why-{name}"), (*why).to_owned()));
        }
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (&**a, &**b)).collect();
    person.post(&format!("{group}/agreement/say"), &fields).await;
}

/// The names of the lines that the page asks about.
fn lines(person: &Browser) -> Vec<String> {
    let rest = person.page.body.split("id=\"item-").skip(1);
    rest.map(|rest| rest.split('"').next().unwrap_or_default().to_owned()).collect()
}

/// Proposes, or makes, another place.
pub async fn other_place(person: &mut Person, group: &str, place: &str) {
    person.open(&format!("{group}/change/place")).await;
    let button = person.page.texts("button.big").concat();
    person.fill([("place", place)]).press_in("main", &button).await;
}

/// Where the card says that the group meets.
pub async fn place(person: &mut Person, group: &str) -> String {
    person.open(&format!("{group}/card")).await;
    person.page.texts("dd p[data-words]").join(" / ")
}
