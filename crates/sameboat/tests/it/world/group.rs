//! Beginning a group, question by question.

use super::{Browser, Person, World};

/// A group that somebody has begun.
pub struct Group {
    /// Who began it.
    pub founder: Person,
    /// Its id, as it stands in addresses.
    pub id: String,
}

impl World {
    /// Somebody joins with this word and begins a group of this name.
    pub async fn group(&self, founder: &str, inside: &str) -> Group {
        let mut founder = self.person(founder).await;
        let answers = GroupAnswers { inside, ..GroupAnswers::default() };
        let id = founder.begin_group(&answers).await;
        Group { founder, id }
    }
}

impl Group {
    /// Somebody joins with this word, follows a link that the founder made, and knocks.
    pub async fn knock(&mut self, world: &World, word: &str) -> Person {
        let address = self.address("/invite");
        self.founder.open(&address).await;
        self.founder.press("Make the link").await;
        let link = self.founder.page.texts("code.secret").concat();
        let mut guest = world.person(word).await;
        guest.open(&link).await;
        guest.open("/joining/answers").await;
        guest.fill([("name", word)]).accept_all().press("Knock at the door").await;
        assert_eq!(guest.page.path, "/joining/waiting", "{}", guest.page.text());
        guest
    }

    /// The same, and the founder lets them in.
    pub async fn let_in(&mut self, world: &World, word: &str) -> Person {
        let guest = self.knock(world, word).await;
        let address = self.address("/door");
        self.founder.open(&address).await;
        self.founder.press_in("article:has(h2)", "Let them in").await;
        guest
    }

    /// The address of a page of the group, say `/us`.
    pub fn address(&self, page: &str) -> String {
        format!("/g/{}{page}", self.id)
    }
}

/// What somebody answers in words on the way to a group.
#[derive(Clone)]
pub struct GroupAnswers<'a> {
    pub who: &'a str,
    pub what_for: &'a str,
    pub not_for: &'a str,
    pub inside: &'a str,
    pub outside: &'a str,
    pub place: &'a str,
    pub own: &'a str,
    pub lines: &'a str,
    pub name: &'a str,
}

impl Default for GroupAnswers<'_> {
    fn default() -> Self {
        GroupAnswers {
            who: "people who cannot sleep",
            what_for: "quiet company",
            not_for: "advice about medicines",
            inside: "The lamps",
            outside: "Tuesday evenings",
            place: "The back room of the library",
            own: "Tea first.",
            lines: "Night line: 0161 496 0000",
            name: "Ana",
        }
    }
}

impl Browser {
    /// Answers every question and begins a group. Gives back its id.
    pub async fn begin_group(&mut self, answers: &GroupAnswers<'_>) -> String {
        let a = answers;
        self.open("/start").await;
        self.follow("To the first question").await;
        self.fill([("who", a.who), ("what-for", a.what_for)]).press("Go on").await;
        self.fill([("not-for", a.not_for)]).press("Go on").await;
        let aim = self.page.attribute("input[name=aim]", "value").expect("an aim");
        self.fill([("aim", &aim)]).press("Go on").await;
        self.fill([("inside", a.inside), ("outside", a.outside)]).press("Go on").await;
        self.fill([("weekday", "2"), ("time", "18:30"), ("zone", "Europe/London")]);
        self.press("Go on").await;
        self.fill([("place", a.place)]).press("Go on").await;
        self.press("Go on").await;
        self.fill([("date", "2026-06-30")]).tick("adults").press("Go on").await;
        self.fill([("own", a.own)]).press("Go on").await;
        self.fill([("country", "GB"), ("lines", a.lines)]);
        self.tick("confirmed").press("Go on").await;
        self.fill([("name", a.name)]).press("Go on").await;
        assert_eq!(self.page.path, "/start/card", "{:?}", self.page.issues());
        self.press("Begin this group").await;
        let id = self.page.path.strip_prefix("/g/").expect("the page of the new group");
        id.to_owned()
    }
}
