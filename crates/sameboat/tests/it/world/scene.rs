//! Every kind of person there is, for the tests that must hold for all of them.

use super::{Browser, Group, Person, World};

/// A kind of person. A new one makes the access matrix one column wider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Not signed in.
    Nobody,
    /// Signed in, and in no group.
    SignedIn,
    /// Began the group that addresses name.
    Founder,
    /// Was let in.
    Member,
    /// Was let in, and leads the meeting that is open just now.
    OnDuty,
    /// Knocked, and waits.
    AtDoor,
    /// Was let in, and has left.
    Former,
    /// Began another group.
    OtherGroup,
}

impl Who {
    /// All of them.
    pub const ALL: [Who; 8] = [
        Who::Nobody,
        Who::SignedIn,
        Who::Founder,
        Who::Member,
        Who::OnDuty,
        Who::AtDoor,
        Who::Former,
        Who::OtherGroup,
    ];

    /// What the access matrix calls them.
    pub fn name(self) -> &'static str {
        match self {
            Who::Nobody => "nobody",
            Who::SignedIn => "signed in",
            Who::Founder => "founder",
            Who::Member => "member",
            Who::OnDuty => "facilitator on duty",
            Who::AtDoor => "at the door",
            Who::Former => "former member",
            Who::OtherGroup => "of another group",
        }
    }
}

/// A group, and one person of every kind.
pub struct Scene<'w> {
    world: &'w World,
    stranger: Person,
    group: Group,
    member: Person,
    on_duty: Person,
    meeting: String,
    at_door: Person,
    former: Person,
    other: Group,
}

impl<'w> Scene<'w> {
    /// Everybody comes in.
    pub async fn new(world: &'w World) -> Scene<'w> {
        let mut group = world.group("founder", "The lamps").await;
        let former = group.let_in(world, "former").await;
        let former = leave(former, &group).await;
        let mut on_duty = group.let_in(world, "keeper").await;
        let meeting = lead(&mut group, &mut on_duty).await;
        Scene {
            on_duty,
            meeting,
            stranger: world.person("stranger").await,
            member: group.let_in(world, "member").await,
            at_door: group.knock(world, "knocker").await,
            other: world.group("other", "The ropes").await,
            former,
            group,
            world,
        }
    }

    /// A browser in which somebody of this kind has just come, and which shows a page with forms.
    pub async fn browser(&self, who: Who) -> Browser {
        let mut browser = self.world.browser();
        let person = match who {
            Who::Nobody => None,
            Who::SignedIn => Some(&self.stranger),
            Who::Founder => Some(&self.group.founder),
            Who::Member => Some(&self.member),
            Who::OnDuty => Some(&self.on_duty),
            Who::AtDoor => Some(&self.at_door),
            Who::Former => Some(&self.former),
            Who::OtherGroup => Some(&self.other.founder),
        };
        if let Some(person) = person {
            person.sign_in_on(&mut browser).await;
        }
        browser.open("/host").await;
        browser
    }

    /// The same for somebody who only looks: it names the meeting that is open, too.
    pub fn address_to_look(&self, pattern: &str) -> String {
        self.address(&pattern.replace("{meeting}", &self.meeting))
    }

    /// An address that goes with a route's pattern. Apart from the group, it names things that are
    /// not there.
    pub fn address(&self, pattern: &str) -> String {
        let filled = pattern.split('/').map(|part| match part {
            "{group}" => self.group.id.clone(),
            "{question}" => "purpose".to_owned(),
            "{number}" => "1".to_owned(),
            "{hash}" => "0000000000000000".to_owned(),
            "{folder}" => "css".to_owned(),
            "{file}" => "style.css".to_owned(),
            part if part.starts_with('{') => "ab".repeat(16),
            part => part.to_owned(),
        });
        filled.collect::<Vec<_>>().join("/")
    }
}

/// Sets the group's first meeting, hands its facilitator's role to somebody, and begins it. Gives
/// the meeting's id.
async fn lead(group: &mut Group, to: &mut Person) -> String {
    let new = group.address("/meetings/new");
    let founder = &mut group.founder;
    founder.open(&new).await;
    founder.fill([("date", "2026-01-06")]).press("Keep it").await;
    let at = founder.page.path.clone();
    for (person, does) in [(&mut *founder, "leave"), (&mut *to, "take")] {
        person.open(&at).await;
        let once = person.once();
        let fields = [("once", &*once), ("role", "facilitator"), ("do", does)];
        person.post(&format!("{at}/roles"), &fields).await;
        assert_eq!(person.page.status, 200, "{does}: {}", person.page.text());
    }
    founder.open(&at).await;
    founder.press("We begin").await;
    to.open(&at).await;
    to.press("I am here").await;
    assert!(to.page.has("button[value=begin]"), "whoever leads begins the steps");
    let id = at.rsplit('/').next().expect("a meeting has an address");
    id.to_owned()
}

async fn leave(mut person: Person, group: &Group) -> Person {
    person.open(&group.address("/leave")).await;
    let words = person.page.attribute("input[name=words]", "value").expect("a choice");
    person.fill([("words", &words)]).press("Leave now").await;
    person.open(&group.address("")).await;
    assert_eq!(person.page.status, 404, "somebody who left is still in");
    person
}
