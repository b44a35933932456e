//! The example groups' files.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::journey::Stage;

/// One example group.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// Days since it began.
    pub begun_days_ago: i64,
    /// Days until it looks at whether to go on.
    pub review_in_days: i64,
    /// Where it says that it is.
    pub stage: Option<Stage>,
    /// Answers of the founding walk.
    pub answers: BTreeMap<String, OneOrMore>,
    /// Who is in it; the founder first.
    pub people: Vec<Somebody>,
    /// Who has followed a link and waits to be let in.
    #[serde(default)]
    pub at_door: Vec<Knocking>,
    /// What they shared, the earliest first.
    #[serde(default)]
    pub shares: Vec<Shared>,
    /// What they want together.
    pub cause: Option<Said>,
    /// What they have in common.
    #[serde(default)]
    pub common: Vec<Held>,
    /// Where they want to get to.
    #[serde(default)]
    pub goals: Vec<Held>,
    /// Meetings that were, and the one to come.
    #[serde(default)]
    pub meetings: Vec<Evening>,
}

/// One meeting of an example group.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evening {
    /// How many days ago it was; 0 for tonight, below 0 for one to come.
    pub days_ago: i64,
    /// At what time, on the group's clock.
    pub time: String,
    /// Where.
    pub place: String,
    /// Role → who holds it.
    pub roles: BTreeMap<String, String>,
    /// Who says that they come.
    pub coming: Vec<String>,
    /// What was kept.
    #[serde(default)]
    pub harvest: String,
}

/// Somebody at the door.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Knocking {
    /// Who, with the role `at the door`.
    pub who: Somebody,
    /// How to reach them safely.
    pub reach: String,
    /// What would make it hard to come.
    pub hard: String,
}

/// Something that somebody shared. People are named by their names in the group.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shared {
    /// Who.
    pub by: String,
    /// With whom alone; with the group, if nobody is named.
    pub to: Option<String>,
    /// Days since.
    pub days_ago: i64,
    /// Which answer is wanted.
    pub wants: String,
    /// The words.
    pub words: String,
    /// Who said *me too*.
    #[serde(default)]
    pub me_too: Vec<String>,
    /// Who said *heard*.
    #[serde(default)]
    pub heard: Vec<String>,
    /// Who said thanks.
    #[serde(default)]
    pub thanks: Vec<String>,
    /// What others wrote.
    #[serde(default)]
    pub answers: Vec<Answered>,
    /// What others would give, if it is welcome.
    #[serde(default)]
    pub offers: Vec<Offered>,
}

/// A question whether another kind of answer would be welcome.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offered {
    /// Who.
    pub by: String,
    /// Which kind.
    pub what: String,
}

/// The sentence that somebody wrote for all.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// Who.
    pub by: String,
    /// Days since.
    pub days_ago: i64,
    /// The sentence.
    pub words: String,
}

/// An answer in words.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answered {
    /// Who.
    pub by: String,
    /// The words.
    pub words: String,
}

/// A trouble or a goal, and who holds it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Held {
    /// One of ours, or own words.
    pub theme: String,
    /// Who.
    pub by: Vec<String>,
}

/// A text, or several.
#[derive(Clone, Deserialize)]
#[serde(untagged)]
pub enum OneOrMore {
    /// One.
    One(String),
    /// Several.
    More(Vec<String>),
}

/// An example person.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Somebody {
    /// The word of the sign-in name.
    pub word: String,
    /// The name in the group.
    pub name: String,
    /// `founder`, `member`, `worker` or `at the door`.
    pub role: String,
}

/// All example groups.
///
/// # Panics
/// Never in a build that passed its tests: one of them reads these files.
pub fn all() -> Vec<Example> {
    [include_str!("../../data/demo/carers.toml"), include_str!("../../data/demo/seekers.toml")]
        .into_iter()
        .map(|text| toml::from_str(text).expect("the example files parse"))
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_example_files_parse_and_begin_with_a_founder() {
        let all = super::all();
        assert!(all.iter().all(|example| example.people[0].role == "founder"));
        assert!(all.iter().map(|example| example.people.len()).sum::<usize>() >= 5);
    }

    #[test]
    fn somebody_waits_at_a_door() {
        let all = super::all();
        let waiting: Vec<_> = all.iter().flat_map(|example| &example.at_door).collect();
        assert!(!waiting.is_empty());
        assert!(waiting.iter().all(|knocking| knocking.who.role == "at the door"));
    }

    #[test]
    fn whoever_says_something_in_an_example_is_in_its_group() {
        for example in super::all() {
            let said = example.shares.iter().flat_map(|share| {
                let answered = share.answers.iter().map(|answer| &answer.by);
                let signs = share.me_too.iter().chain(&share.heard).chain(&share.thanks);
                let offered = share.offers.iter().map(|offer| &offer.by);
                let said = [&share.by].into_iter().chain(&share.to).chain(answered);
                said.chain(signs).chain(offered)
            });
            let held = example.common.iter().chain(&example.goals).flat_map(|held| &held.by);
            let wrote = example.cause.iter().map(|said| &said.by);
            for name in said.chain(held).chain(wrote) {
                assert!(example.people.iter().any(|somebody| somebody.name == *name), "{name}");
            }
        }
    }
}
