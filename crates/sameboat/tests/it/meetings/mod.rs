//! Meetings: before, while and after people sit together.

mod alone;
mod circle;
mod closing;
mod ending;
mod harvest;
mod mood;
mod phone;
mod planning;
mod stopping;
mod telling;
mod whispers;

use crate::world::{Group, Person, World};

/// The day at which the clock of a test stands, at half past six in London.
pub const TONIGHT: &str = "2026-01-06";

/// A group with a meeting that is set, and who is in it.
pub struct Evening {
    /// The founder, called Ana, leads the first evening.
    pub group: Group,
    /// The others, called by their words.
    pub others: Vec<Person>,
    /// The meeting's address.
    pub at: String,
}

/// A group whose first meeting is set.
pub async fn evening(world: &World, words: &[&str]) -> Evening {
    let mut group = world.group("ana", "The lamps").await;
    let mut others = Vec::new();
    for word in words {
        others.push(group.let_in(world, word).await);
    }
    let at = set(&mut group).await;
    Evening { group, others, at }
}

/// The founder sets a meeting for tonight: the clock stands at that moment.
pub async fn set(group: &mut Group) -> String {
    let address = group.address("/meetings/new");
    group.founder.open(&address).await;
    group.founder.fill([("date", TONIGHT)]).press("Keep it").await;
    assert_eq!(group.founder.page.notice(), "The meeting is set.");
    group.founder.page.path.clone()
}

impl Evening {
    /// Begins, and everybody sits down.
    pub async fn together(&mut self) {
        self.group.founder.open(&self.at).await;
        self.group.founder.press("We begin").await;
        for other in &mut self.others {
            other.open(&self.at).await;
            other.press("I am here").await;
            assert_eq!(other.page.status, 200);
        }
    }

    /// The founder begins steps until this one goes on; rounds before it are passed through.
    pub async fn until(&mut self, step: &str) {
        for _ in 0..12 {
            self.group.founder.open(&self.at).await;
            if self.group.founder.page.says(&format!("{step} · now")) {
                return;
            }
            self.round().await;
            self.begin_next().await;
        }
        panic!("no step {step}");
    }

    /// The founder begins the next step.
    pub async fn begin_next(&mut self) {
        self.group.founder.open(&self.at).await;
        let begin = self.group.founder.page.texts("button");
        let begin = begin.iter().find(|text| text.starts_with("Begin:")).expect("a next step");
        let begin = begin.clone();
        self.group.founder.press(&begin).await;
    }

    /// Whoever is asked now, by name; nobody when no round is going on.
    pub async fn asked(&mut self) -> Option<String> {
        self.group.founder.open(&self.at).await;
        self.group.founder.page.texts(".seats li.now bdi").into_iter().next()
    }

    /// Somebody by name.
    pub fn who(&mut self, name: &str) -> &mut Person {
        if name == "Ana" {
            return &mut self.group.founder;
        }
        let found = self.others.iter_mut().find(|person| person.name.starts_with(name));
        found.unwrap_or_else(|| panic!("nobody is called {name}"))
    }

    /// The piece goes round: some speak and some pass. Gives the order.
    pub async fn round(&mut self) -> Vec<String> {
        let (mut order, at) = (Vec::new(), self.at.clone());
        while let Some(name) = self.asked().await {
            let speaks = order.len() % 2 == 0;
            order.push(name.clone());
            let person = self.who(&name);
            person.open(&at).await;
            if speaks {
                person.press("Take the talking piece").await;
                person.press("Pass it on").await;
            } else {
                person.press("I'd like to pass this time").await;
            }
            assert!(order.len() < 40, "the round does not end");
        }
        order
    }
}
