//! Groups and sign-ins, made by a process of its own: what it leaves in memory must not be counted.

use std::path::Path;

use anyhow::Context;
use sameboat::access::{self, Person};
use sameboat::app::App;
use sameboat::error::{Fault, Outcome};
use sameboat::groups::{self, About, MemberName, Role};
use sameboat::ids::{MemberId, PersonId};
use sameboat::people::{self, Device, Join, Keys};
use sameboat::{random, start};
use seal::{Argon2Cost, GroupSeat, MemberSecret, Passphrase};

use crate::{EACH, GROUPS, MEMBERS, Made, said, settings};

pub async fn run(folder: &Path) -> anyhow::Result<()> {
    let app = start::open(settings(folder)).await?;
    let mut people = Vec::new();
    for _ in 0..MEMBERS {
        people.push(join(&app).await.map_err(said)?);
    }
    let mut made = Vec::new();
    for _ in 0..GROUPS {
        let (here, members) = (app.clone(), people.clone());
        let id = app.db.write(move |tx| begin(tx, &here, &members)).await.map_err(said)?;
        made.push(Made { id, cookies: Vec::new() });
    }
    for person in &people {
        for groups in made.chunks_mut(EACH) {
            let cookies = sign_in(&app, person.clone()).await.map_err(said)?;
            groups.iter_mut().for_each(|group| group.cookies.push(cookies.clone()));
        }
    }
    app.db.close().await;
    std::fs::write(folder.join("made.json"), serde_json::to_vec(&made)?).context("no room")
}

async fn join(app: &App) -> Outcome<Person> {
    let phrase = random::outside(app, |c| seal::make_words(5, c).to_string());
    let phrase = Passphrase::parse(&phrase).map_err(Fault::new)?;
    let id = PersonId::from(app.chance::<16>());
    let key = random::outside(app, seal::PersonKey::random);
    let cost = Argon2Cost::new(19, 1).map_err(Fault::new)?;
    let keys = random::outside(app, |c| Keys::wrap(id, key, &phrase, &app.keys, cost, c));
    let wish = Join { word: "heron".to_owned(), device: Device::Own, sheet: false };
    let here = app.clone();
    app.db
        .write(move |tx| {
            let secret = people::join(tx, &here.keys, &keys, &wish)?.secret;
            let person = access::open_sign_in(tx, &here.keys, &secret)?;
            person.ok_or_else(|| Fault::because("no sign-in was made").into())
        })
        .await
}

fn begin(tx: &mut storekit::Tx<'_>, app: &App, people: &[Person]) -> Outcome<String> {
    let about = |founder| -> Outcome<About> {
        let name = MemberName::parse("Ana").map_err(|_| Fault::because("no name"))?;
        Ok(About { founder, ..About::new(name, Role::Member, 0) })
    };
    let (mut by, seat) = groups::found(tx, &app.keys, &people[0], &about(true)?, "Evenings")?;
    people::add_seat(tx, &people[0], seat)?;
    for person in &people[1..] {
        let id = MemberId::random(tx);
        let secret = random::within(tx, MemberSecret::random);
        by = groups::come_in(tx, &app.keys, &by, id, secret.public(), &about(false)?)?;
        groups::reseal(tx, &by)?;
        let seat = GroupSeat { group: *by.scope().bytes(), member: *id.bytes(), secret, epoch: 0 };
        people::add_seat(tx, person, seat)?;
    }
    Ok(by.group().to_string())
}

async fn sign_in(app: &App, person: Person) -> Outcome<String> {
    let begun = app
        .db
        .write(move |tx| people::begin_sign_in(tx, person.id(), person.key(), Device::Own))
        .await?;
    let cookies = access::sign_in_cookies(app, &begun, Device::Own);
    let pairs = cookies.iter().map(|cookie| {
        let line = cookie.to_str().unwrap_or_default();
        line.split(';').next().unwrap_or_default().to_owned()
    });
    Ok(pairs.collect::<Vec<_>>().join("; "))
}
