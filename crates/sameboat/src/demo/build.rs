//! Making the example groups, through the same actions as people's own.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use seal::{GroupSeat, MemberSecret, Passphrase, SignInSecret};
use storekit::Tx;

use crate::access::{self, Person};
use crate::app::App;
use crate::clock;
use crate::demo::file::{self, Example, OneOrMore, Somebody};
use crate::demo::{door, meetings, talk};
use crate::error::{Fault, Outcome, Refusal, Stop};
use crate::founding::{self, Answers};
use crate::groups::{self, About, MemberName, Role};
use crate::ids::{MemberId, PersonId};
use crate::people::{self, Device, Join, Keys};
use crate::{agreements, journey, random, standing};

/// An example person with the link that signs them in.
pub struct Guest {
    /// The name in the group.
    pub name: String,
    /// The group's inside name.
    pub group: String,
    /// `founder`, `member`, `facilitator`, `worker` or `at the door`.
    pub role: String,
    /// The cookie's secret, which the link carries.
    pub secret: SignInSecret,
}

/// How far the example's clock stands behind the machine's, in microseconds: the groups' past is
/// written in the past.
pub type Behind = Arc<AtomicI64>;

/// Makes all example groups.
pub async fn build(app: &App, behind: &Behind) -> Outcome<Vec<Guest>> {
    let mut guests = Vec::new();
    for example in file::all() {
        behind.store(example.begun_days_ago * clock::DAY, Ordering::SeqCst);
        let mut people = Vec::new();
        for somebody in &example.people {
            people.push(join(app, somebody).await?);
        }
        let example = Arc::new(example);
        let (here, whole, members) = (app.clone(), example.clone(), people.clone());
        app.db.write(move |tx| begin(tx, &here, &whole, &members)).await?;
        behind.store(0, Ordering::SeqCst);
        let mut inside = Vec::new();
        for (somebody, person) in example.people.iter().zip(people) {
            let guest = sign_in(app, &example, somebody, person).await?;
            inside.push((somebody.name.clone(), *guest.secret.expose()));
            guests.push(guest);
        }
        let crew = talk::People { keys: app.keys.clone(), all: Arc::new(inside) };
        talk::fill(app, behind, &example, &crew).await?;
        let here = guests.len() - example.people.len();
        let seated = seated(app, &guests[here..]).await?;
        meetings::hold(app, behind, &example, &seated).await?;
        for knocking in &example.at_door {
            let person = join(app, &knocking.who).await?;
            door::knock(app, &seated[0], &person, knocking).await?;
            guests.push(sign_in(app, &example, &knocking.who, person).await?);
        }
    }
    Ok(guests)
}

/// The sign-in that their link gives.
async fn sign_in(
    app: &App,
    example: &Example,
    somebody: &Somebody,
    person: Person,
) -> Outcome<Guest> {
    let begun = app
        .db
        .write(move |tx| people::begin_sign_in(tx, person.id(), person.key(), Device::Own))
        .await?;
    Ok(Guest {
        name: somebody.name.clone(),
        group: text(example, "inside"),
        role: role(example, somebody),
        secret: begun,
    })
}

/// The first text of an answer; empty where there is none.
pub fn text(example: &Example, field: &str) -> String {
    match example.answers.get(field) {
        Some(OneOrMore::One(text)) => text.clone(),
        Some(OneOrMore::More(texts)) => texts.first().cloned().unwrap_or_default(),
        None => String::new(),
    }
}

/// What they are; and whoever leads tonight says so.
fn role(example: &Example, somebody: &Somebody) -> String {
    let tonight = example.meetings.iter().find(|evening| evening.days_ago <= 0);
    let leads = tonight.and_then(|evening| evening.roles.get("facilitator"));
    let leads = leads == Some(&somebody.name) && somebody.role == "member";
    if leads { "facilitator".to_owned() } else { somebody.role.clone() }
}

/// The same people, with the seats that they have by now.
async fn seated(app: &App, guests: &[Guest]) -> Outcome<Vec<Person>> {
    let mut people = Vec::new();
    for guest in guests {
        let secret = SignInSecret::from_bytes(*guest.secret.expose());
        let keys = app.keys.clone();
        let person = app.db.read(move |tx| access::open_sign_in(tx, &keys, &secret)).await?;
        let person = person.ok_or_else(|| Fault::because("an example person without a sign-in"));
        people.push(person?);
    }
    Ok(people)
}

/// A person with a passphrase that nobody was told: the way in is the link.
async fn join(app: &App, somebody: &Somebody) -> Outcome<Person> {
    let phrase = random::outside(app, |c| seal::make_words(5, c).to_string());
    let phrase = Passphrase::parse(&phrase).map_err(Fault::new)?;
    let id = PersonId::from(app.chance::<16>());
    let key = random::outside(app, seal::PersonKey::random);
    let keys = random::outside(app, |c| Keys::wrap(id, key, &phrase, &app.keys, app.cost, c));
    let wish = Join { word: somebody.word.clone(), device: Device::Own, sheet: false };
    let here = app.clone();
    app.db
        .write(move |tx| {
            let secret = people::join(tx, &here.keys, &keys, &wish)?.secret;
            let person = access::open_sign_in(tx, &here.keys, &secret)?;
            person.ok_or_else(|| Fault::because("an example person without a sign-in").into())
        })
        .await
}

/// What the founder of an example group answered.
pub fn answers_of(example: &Example) -> Answers {
    let mut answers = Answers::default();
    for (field, given) in &example.answers {
        let texts = match given {
            OneOrMore::One(text) => vec![text.clone()],
            OneOrMore::More(texts) => texts.clone(),
        };
        answers.put(field, texts);
    }
    answers
}

fn begin(tx: &mut Tx<'_>, app: &App, example: &Example, people: &[Person]) -> Outcome<()> {
    let mut answers = answers_of(example);
    let review = clock::day(tx.now()) + example.begun_days_ago + example.review_in_days;
    answers.put("date", vec![clock::date_of_day(review).to_string()]);
    answers.put("name", vec![example.people[0].name.clone()]);
    answers.put("role", vec!["member".to_owned()]);
    let mut by = founding::found(tx, app, &people[0], &answers)?;
    for (somebody, person) in example.people.iter().zip(people).skip(1) {
        let id = MemberId::random(tx);
        let secret = random::within(tx, MemberSecret::random);
        let role = if somebody.role == "worker" { Role::Worker } else { Role::Member };
        let name = MemberName::parse(&somebody.name);
        let name = name.map_err(|_| Fault::because("an example name that is no name"))?;
        let about = About::new(name, role, tx.now());
        let after = groups::come_in(tx, &app.keys, &by, id, secret.public(), &about)?;
        standing::reseal(tx, &after)?;
        crate::door::begin(tx, &after)?;
        by = after;
        let seat = GroupSeat { group: *by.scope().bytes(), member: *id.bytes(), secret, epoch: 0 };
        people::add_seat(tx, person, seat.clone())?;
        let member = groups::member(tx, person, &seat)?;
        let member = member.ok_or_else(|| Fault::because("an example member without a key"))?;
        let number = agreements::holding(tx, &member)?.number;
        if example.begun_days_ago > 7 {
            let yes = agreements::Stance::default();
            match agreements::say(tx, &app.keys, &member, number, &yes) {
                // Once three have said yes it holds, and the later ones accept it at the door.
                Err(Stop::Refused(Refusal::Conflict(_))) => {
                    agreements::bind(tx, &by, number, id, &yes)?;
                }
                said => said?,
            }
        }
    }
    if let Some(stage) = example.stage {
        journey::say(tx, &by, stage)?;
    }
    Ok(())
}
