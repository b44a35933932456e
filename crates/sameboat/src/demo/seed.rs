//! Made-up groups by the thousand, for measuring. They go through the same actions as people's
//! own; but most of their members are nobody's, and nobody knows a passphrase.

use seal::{Argon2Cost, GroupSeat, MemberSecret, Passphrase, SignInSecret};
use storekit::Tx;

use crate::access::{self, Member, Person};
use crate::app::App;
use crate::clock;
use crate::demo::build::answers_of;
use crate::demo::file;
use crate::error::{Fault, Outcome, Stop};
use crate::founding::{self, Answers};
use crate::groups::{self, About, MemberName, Newcomer, Role};
use crate::ids::{MemberId, PersonId};
use crate::people::{self, Device, Join, Keys};
use crate::sharing::{self, Audience, Door, New, Text, Wants};
use crate::{random, standing};

/// How large a made-up group is.
#[derive(Clone, Copy)]
pub struct Size {
    /// Members, the founder included.
    pub members: u32,
    /// Shares to the group.
    pub shares: u32,
}

/// Somebody who founds made-up groups.
pub struct Founder {
    /// Who it is.
    pub person: Person,
    /// The secret of their sign-in.
    pub secret: SignInSecret,
}

/// Makes somebody.
pub async fn founder(app: &App) -> Outcome<Founder> {
    let phrase = random::outside(app, |c| seal::make_words(5, c).to_string());
    let phrase = Passphrase::parse(&phrase).map_err(Fault::new)?;
    // Nobody will ever type it: the least that may be stored is enough.
    let cost = Argon2Cost::new(19, 1).map_err(Fault::new)?;
    let id = PersonId::from(app.chance::<16>());
    let key = random::outside(app, seal::PersonKey::random);
    let keys = random::outside(app, |c| Keys::wrap(id, key, &phrase, &app.keys, cost, c));
    let wish = Join { word: "seed".to_owned(), device: Device::Own, sheet: false };
    let here = app.clone();
    app.db
        .write(move |tx| {
            let secret = people::join(tx, &here.keys, &keys, &wish)?.secret;
            let person = access::open_sign_in(tx, &here.keys, &secret)?;
            let person = person.ok_or_else(|| Fault::because("somebody without a sign-in"))?;
            Ok::<_, Stop>(Founder { person, secret })
        })
        .await
}

/// Makes a group, and gives it back as its founder sees it.
pub fn group(tx: &mut Tx<'_>, app: &App, person: &Person, size: Size) -> Outcome<Member> {
    let example = file::all().into_iter().next().expect("there is an example group");
    let mut answers: Answers = answers_of(&example);
    let review = clock::day(tx.now()) + 60;
    answers.put("date", vec![clock::date_of_day(review).to_string()]);
    answers.put("name", vec!["One".to_owned()]);
    answers.put("role", vec!["member".to_owned()]);
    let founder = founding::found(tx, app, person, &answers)?;
    let members = let_in(tx, app, &founder, size.members)?;
    for number in 0..size.shares {
        let member = &members[number as usize % members.len()];
        sharing::add(tx, &app.keys, member, &share(number)?)?;
    }
    Ok(founder)
}

/// Fills the group up, with one turn of the key.
fn let_in(tx: &mut Tx<'_>, app: &App, founder: &Member, members: u32) -> Outcome<Vec<Member>> {
    let mut seats = Vec::new();
    let mut newcomers = Vec::new();
    for number in 2..=members {
        let (id, secret) = (MemberId::random(tx), random::within(tx, MemberSecret::random));
        let name = MemberName::parse(&format!("Member {number}"));
        let name = name.map_err(|_| Fault::because("a made-up name that is no name"))?;
        let about = About::new(name, Role::Member, tx.now());
        newcomers.push(Newcomer { id, public: secret.public(), about });
        seats.push(GroupSeat {
            group: *founder.scope().bytes(),
            member: *id.bytes(),
            secret,
            epoch: 0,
        });
    }
    let after = groups::come_in_all(tx, &app.keys, founder, &newcomers)?;
    standing::reseal(tx, &after)?;
    crate::door::begin(tx, &after)?;
    let mut all = vec![after.clone()];
    for seat in &seats {
        let member = groups::member(tx, after.person(), seat)?;
        all.push(member.ok_or_else(|| Fault::because("a made-up member without a key"))?);
    }
    Ok(all)
}

fn share(number: u32) -> Outcome<New> {
    const WORDS: &str = "I slept four hours, and then the phone rang. What helps me is to say it \
        once, here, where nobody tells me to be brave. ";
    let words = format!("{number}. {}", WORDS.repeat(1 + number as usize % 4));
    let text = Text::parse(&words).map_err(|_| Fault::because("made-up words that do not fit"))?;
    let wants = Wants::ALL[number as usize % Wants::ALL.len()];
    let door = Door { audience: Audience::Group, to: None, newcomers: false };
    Ok(New { text, wants, door, leaving: false })
}
