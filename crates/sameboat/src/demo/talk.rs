//! What the example people shared and answered, and what they have in common.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use seal::{InstanceKey, SignInSecret};
use storekit::Tx;

use crate::access::{self, Member};
use crate::app::App;
use crate::clock;
use crate::common_ground::{self, Own, Theme};
use crate::demo::build::Behind;
use crate::demo::file::{Example, Held, Shared};
use crate::error::{Fault, Outcome};
use crate::groups;
use crate::ids::ShareId;
use crate::sharing::{self, Audience, Door, Kind, New, NewAnswer, Text, Wants};

/// The people of one example group.
#[derive(Clone)]
pub struct People {
    /// The instance key.
    pub keys: Arc<InstanceKey>,
    /// Their names, and what opens their sign-ins.
    pub all: Arc<Vec<(String, [u8; 32])>>,
}

/// Puts in everything that was said, each on its day.
pub async fn fill(
    app: &App,
    behind: &Behind,
    example: &Arc<Example>,
    people: &People,
) -> Outcome<()> {
    for at in 0..example.shares.len() {
        behind.store(example.shares[at].days_ago * clock::DAY, Ordering::SeqCst);
        let (here, whole, all) = (app.clone(), example.clone(), people.clone());
        app.db.write(move |tx| share(tx, &here.keys, &all, &whole.shares[at])).await?;
    }
    if let Some(said) = &example.cause {
        behind.store(said.days_ago * clock::DAY, Ordering::SeqCst);
        let sentence = common_ground::Sentence::parse(&said.words);
        let sentence = sentence.map_err(|_| Fault::because("an example cause that is none"))?;
        let (by, all) = (said.by.clone(), people.clone());
        app.db
            .write(move |tx| {
                let by = member(tx, &all, &by)?;
                common_ground::say(tx, &by, &sentence)
            })
            .await?;
    }
    behind.store(0, Ordering::SeqCst);
    let (whole, all) = (example.clone(), people.clone());
    app.db
        .write(move |tx| {
            let (troubles, goals) = (common_ground::Kind::Trouble, common_ground::Kind::Goal);
            for (kind, held) in [(troubles, &whole.common), (goals, &whole.goals)] {
                held.iter().try_for_each(|held| hold(tx, &all, kind, held))?;
            }
            Ok(())
        })
        .await
}

fn member(tx: &mut Tx<'_>, people: &People, name: &str) -> Outcome<Member> {
    let missing = || Fault::because("the example names somebody who is not there");
    let found = people.all.iter().find(|(known, _)| known == name);
    let secret = SignInSecret::from_bytes(found.ok_or_else(missing)?.1);
    let person = access::open_sign_in(tx, &people.keys, &secret)?.ok_or_else(missing)?;
    let seat = person.seats().first().ok_or_else(missing)?;
    Ok(groups::member(tx, &person, seat)?.ok_or_else(missing)?)
}

fn text(words: &str) -> Outcome<Text> {
    Ok(Text::parse(words).map_err(|_| Fault::because("example words that are none"))?)
}

fn wants(word: &str) -> Outcome<Wants> {
    let wants = Wants::from_word(word);
    Ok(wants.ok_or_else(|| Fault::because("an example that wants nothing known"))?)
}

fn share(tx: &mut Tx<'_>, instance: &InstanceKey, people: &People, shared: &Shared) -> Outcome<()> {
    let by = member(tx, people, &shared.by)?;
    let to = match &shared.to {
        Some(name) => Some(member(tx, people, name)?.id()),
        None => None,
    };
    let audience = if to.is_some() { Audience::One } else { Audience::Group };
    let wants = wants(&shared.wants)?;
    let door = Door { audience, to, newcomers: false };
    let new = New { text: text(&shared.words)?, wants, door, leaving: false };
    let id = sharing::add(tx, instance, &by, &new)?;
    answers(tx, instance, people, (id, shared))
}

fn answers(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    people: &People,
    (id, shared): (ShareId, &Shared),
) -> Outcome<()> {
    for name in &shared.me_too {
        let who = member(tx, people, name)?;
        sharing::say_me_too(tx, &who, id)?;
    }
    for (kind, names) in [(Kind::Heard, &shared.heard), (Kind::Thanks, &shared.thanks)] {
        for name in names {
            let who = member(tx, people, name)?;
            sharing::answer(tx, instance, &who, &NewAnswer { share: id, kind, text: None })?;
        }
    }
    for said in &shared.answers {
        let who = member(tx, people, &said.by)?;
        let text = Some(text(&said.words)?);
        sharing::answer(tx, instance, &who, &NewAnswer { share: id, kind: Kind::Words, text })?;
    }
    for offered in &shared.offers {
        let who = member(tx, people, &offered.by)?;
        sharing::offer(tx, instance, &who, (id, wants(&offered.what)?))?;
    }
    Ok(())
}

fn hold(tx: &mut Tx<'_>, people: &People, kind: common_ground::Kind, held: &Held) -> Outcome<()> {
    let (ours, own) = match Theme::ours(kind, &held.theme) {
        Some(theme) => (vec![theme], Vec::new()),
        None => {
            let own = Own::parse(kind, &held.theme);
            (Vec::new(), vec![own.map_err(|_| Fault::because("an example theme that is none"))?])
        }
    };
    for name in &held.by {
        let who = member(tx, people, name)?;
        common_ground::hold(tx, &who, &ours, &own)?;
    }
    Ok(())
}
