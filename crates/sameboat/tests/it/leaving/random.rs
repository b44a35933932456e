//! People come, go, freeze, thaw, write and renew in any order, and what must hold does.

use axum::http::StatusCode;
use storekit::Value;
use storekit::testing::Table;

use super::{leave, page_about};
use crate::agreements::other_place;
use crate::common_ground::write_cause;
use crate::joining::{found_with, knock, let_in, link};
use crate::world::{Person, World};

/// Tables whose words are sealed anew with every turn.
const STANDING: [&str; 11] = [
    "member",
    "cause",
    "must_not_meet",
    "paper",
    "stance",
    "invitation",
    "newcomer",
    "nameless",
    "coming_back",
    "freezing",
    "asking",
];

/// The same draws in every run.
struct Draw(u64);

impl Draw {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        usize::try_from(self.0 >> 33).expect("31 bits") % most
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stands {
    Here,
    Frozen,
    Gone,
}

struct Somebody {
    person: Person,
    name: String,
    stands: Stands,
}

struct Play {
    world: World,
    group: String,
    people: Vec<Somebody>,
    draw: Draw,
}

impl Play {
    async fn new(seed: u64) -> Play {
        let world = World::new().await;
        let mut person = world.person_at_home("first").await;
        let group = found_with(&mut person, "P0", &[("earlier", "after-72-hours")]).await;
        write_cause(&mut person, &group, "We want to stay.").await;
        let first = Somebody { person, name: "P0".to_owned(), stands: Stands::Here };
        Play { world, group, people: vec![first], draw: Draw(seed) }
    }

    fn those(&self, stands: Stands) -> Vec<usize> {
        let all = self.people.iter().enumerate();
        all.filter(|(_, one)| one.stands == stands).map(|(at, _)| at).collect()
    }

    /// Somebody of this kind.
    fn any(&mut self, stands: Stands) -> usize {
        let all = self.those(stands);
        all[self.draw.below(all.len())]
    }

    async fn step(&mut self) -> &'static str {
        let here = self.those(Stands::Here).len();
        let frozen = !self.those(Stands::Frozen).is_empty();
        match self.draw.below(8) {
            0..3 if here < 6 => self.join().await,
            3 if here > 3 => self.leave().await,
            4 if here > 3 && self.leaves_half() => self.freeze().await,
            5 if frozen && here > 1 => self.thaw().await,
            6 if here > 3 => self.ask_out().await,
            7 => self.renew().await,
            _ => self.write().await,
        }
    }

    async fn join(&mut self) -> &'static str {
        let name = format!("P{}", self.people.len());
        let (by, opens) = (self.any(Stands::Here), self.any(Stands::Here));
        let link = link(&mut self.people[by].person, &self.group).await;
        let mut person = self.world.person_at_home("guest").await;
        knock(&mut person, &link, &name, &[("must-not-meet", "Nobody Here")]).await;
        let_in(&mut self.people[opens].person, &self.group).await;
        self.people.push(Somebody { person, name, stands: Stands::Here });
        "somebody came in"
    }

    async fn leave(&mut self) -> &'static str {
        let who = self.any(Stands::Here);
        let words = ["with-name", "without-name", "removed"][self.draw.below(3)];
        leave(&mut self.people[who].person, &self.group, words).await;
        self.people[who].stands = Stands::Gone;
        "somebody left"
    }

    /// One after the other presses a button on the page about somebody, until it is decided; if it
    /// is not, they take it back.
    async fn all_say(&mut self, who: usize, button: &str) -> bool {
        let name = self.people[who].name.clone();
        let group = self.group.clone();
        for button in [button, "Take it back"] {
            for by in self.those(Stands::Here).into_iter().filter(|by| *by != who) {
                let member = &mut self.people[by].person;
                member.open(&format!("{group}/freeze")).await;
                member.follow(&name).await;
                member.press(button).await;
                if member.page.notice() != "Kept. Everybody sees it." {
                    return true;
                }
            }
        }
        false
    }

    /// Whether half of the group keeps the key when one more place is frozen.
    fn leaves_half(&self) -> bool {
        let here = self.those(Stands::Here).len();
        2 * (here - 1) >= here + self.those(Stands::Frozen).len()
    }

    async fn freeze(&mut self) -> &'static str {
        let who = self.any(Stands::Here);
        if !self.all_say(who, "Freeze this place").await {
            return "newcomers could not freeze somebody";
        }
        self.people[who].stands = Stands::Frozen;
        "somebody was frozen"
    }

    async fn thaw(&mut self) -> &'static str {
        let who = self.any(Stands::Frozen);
        assert!(self.all_say(who, "Give them the key again").await, "all others undo it");
        self.people[who].stands = Stands::Here;
        "somebody was given the key again"
    }

    async fn ask_out(&mut self) -> &'static str {
        let who = self.any(Stands::Here);
        let (name, group) = (self.people[who].name.clone(), self.group.clone());
        let others = self.those(Stands::Here).into_iter().filter(|by| *by != who);
        for (at, by) in others.enumerate() {
            let member = &mut self.people[by].person;
            page_about(member, &group, &name).await;
            if at == 0 && member.page.says("At least two others must decide this") {
                return "newcomers could not ask somebody to leave";
            }
            if at == 0 {
                member.fill([("reason", "You shouted.")]).press("Ask them to leave").await;
                if member.page.notice().starts_with("They are out") {
                    break;
                }
            } else if member.page.has("button[value=yes]") {
                member.press("Yes, they should leave").await;
                if member.page.notice().starts_with("They are out") {
                    break;
                }
            }
        }
        self.people[who].stands = Stands::Gone;
        "somebody was asked to leave"
    }

    async fn renew(&mut self) -> &'static str {
        let who = self.any(Stands::Here);
        let person = &mut self.people[who].person;
        person.open("/me/renew").await;
        let (old, new) = (person.passphrase.clone(), person.page.value("passphrase"));
        person.fill([("old", &old)]).press("Make my keys new").await;
        assert_eq!(person.page.heading(), "Your keys are new");
        person.passphrase = new;
        "somebody made their keys new"
    }

    async fn write(&mut self) -> &'static str {
        let who = self.any(Stands::Here);
        let (group, draw) = (self.group.clone(), self.draw.below(3));
        let person = &mut self.people[who].person;
        match draw {
            0 => {
                person.open(&format!("{group}/change")).await;
                if person.page.has("main a.card") {
                    other_place(person, &group, &format!("Room {who}")).await;
                }
                "somebody proposed something"
            }
            1 => {
                person.open(&group).await;
                let form = person.page.attribute("form:has(button[value=wait])", "action");
                if let Some(address) = form {
                    let once = person.once();
                    person.post(&address, &[("once", &once), ("say", "wait")]).await;
                }
                "somebody would rather not yet"
            }
            _ => {
                person.open(&format!("{group}/must-not-meet")).await;
                person.press("Keep this list").await;
                "somebody kept their list"
            }
        }
    }

    async fn check(&mut self, done: &str) {
        let dump = self.world.db().dump().await;
        check_tables(&dump, &STANDING, done);
        let members = one(&dump, "member");
        for grant in one(&dump, "key_grant") {
            let whose = members.iter().find(|row| row["member_id"] == grant["member_id"]);
            let state = &whose.expect("a grant of a member")["state"];
            let has = [Value::Text("here".into()), Value::Text("break".into())].contains(state);
            assert!(has, "after {done}, a key is with somebody who is {state:?}");
        }
        let group = self.group.clone();
        for somebody in &mut self.people {
            let status = somebody.person.open(&group).await.status;
            let right = match somebody.stands {
                Stands::Here => StatusCode::OK,
                Stands::Frozen | Stands::Gone => StatusCode::NOT_FOUND,
            };
            assert_eq!(status, right, "{} after {done}", somebody.name);
        }
    }
}

/// Everything of these tables that counts is sealed under the key of now, after what was done.
pub fn check_tables(dump: &[Table], tables: &[&str], done: &str) {
    let epoch = one(dump, "epoch").iter().map(|row| number(&row["number"])).max();
    let epoch = epoch.expect("an epoch");
    for table in tables {
        check_table(dump, table, epoch, done);
    }
}

pub type Row<'t> = std::collections::BTreeMap<&'t str, Value>;

pub fn one<'t>(dump: &'t [Table], name: &str) -> Vec<Row<'t>> {
    let table = dump.iter().find(|table| table.name == name);
    let table = table.unwrap_or_else(|| panic!("no table {name}"));
    let names = || table.columns.iter().map(String::as_str);
    table.rows.iter().map(|row| names().zip(row.iter().cloned()).collect()).collect()
}

pub fn number(value: &Value) -> u32 {
    match value {
        Value::Int(number) => u32::try_from(*number).expect("an epoch"),
        other => panic!("{other:?} is no number"),
    }
}

/// Everything that counts is sealed under the key of now.
fn check_table(dump: &[Table], name: &str, epoch: u32, done: &str) {
    let passed: Vec<Value> = one(dump, "paper")
        .into_iter()
        .filter(|row| row["state"] == Value::Text("passed".into()))
        .map(|row| row["number"].clone())
        .collect();
    for row in one(dump, name) {
        let gone = row.get("state") == Some(&Value::Text("gone".into()));
        let over = ["paper", "stance"].contains(&name) && passed.contains(&row["number"]);
        let Value::Blob(words) = &row["words"] else { panic!("no words in {name}") };
        if gone || over {
            continue;
        }
        // version (1) | key kind (1) | key number (4)
        let under = u32::from_be_bytes(words[2..6].try_into().expect("four bytes"));
        assert_eq!(under, epoch, "{name} is under an old key after {done}");
    }
}

#[tokio::test]
async fn whatever_people_do_no_value_is_old_and_no_key_is_with_somebody_gone() {
    let mut play = Play::new(2026).await;
    for _ in 0..45 {
        let done = play.step().await;
        play.check(done).await;
        play.world.pass_hours(7);
    }
    assert!(play.people.len() > 5, "people came");
    assert!(!play.those(Stands::Gone).is_empty(), "people went");
}
