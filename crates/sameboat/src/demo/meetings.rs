//! Evenings of the example groups: what was kept from those before, and the next one.

use std::sync::atomic::Ordering;

use jiff::civil::Time;
use storekit::Tx;

use crate::access::{Member, Person};
use crate::app::App;
use crate::clock::{self, DAY, HOUR};
use crate::demo::build::{Behind, text};
use crate::demo::file::{Evening, Example};
use crate::error::{Fault, Outcome};
use crate::groups;
use crate::meetings::{self, Close, Plan, RoleAsk};

/// Holds the evenings that are past, each on its day, and sets the one to come.
pub async fn hold(app: &App, behind: &Behind, example: &Example, people: &[Person]) -> Outcome<()> {
    for evening in &example.meetings {
        let starts_at = starts_at(example, evening, app.now())?;
        let plan = Plan { starts_at, place: evening.place.clone() };
        let past = evening.days_ago > 0;
        if past {
            behind.store(app.now() - starts_at, Ordering::SeqCst);
        }
        let (evening, names, people) = (evening.clone(), names(example), people.to_vec());
        let done = app.db.write(move |tx| {
            let members = members(tx, &people)?;
            let who = |name: &str| {
                let place = names.iter().position(|one| one == name);
                let member = place.and_then(|place| members.get(place));
                member.ok_or_else(|| Fault::because("an example role for nobody"))
            };
            let id = meetings::add(tx, &members[0], &plan, None)?;
            for (role, name) in &evening.roles {
                let role = meetings::role_of(role);
                let role = role.ok_or_else(|| Fault::because("an example role that is none"))?;
                let (founder, holder) = (&members[0], who(name)?);
                meetings::ask_role(tx, founder, id, (role, RoleAsk::Leave))?;
                meetings::ask_role(tx, holder, id, (role, RoleAsk::Take))?;
            }
            for name in &evening.coming {
                meetings::say_coming(tx, who(name)?, id, true)?;
            }
            if !past {
                return Outcome::Ok(());
            }
            let leads = who(evening.roles.get("facilitator").map_or("", String::as_str))?;
            meetings::begin(tx, leads, id)?;
            for member in &members {
                meetings::come(tx, member, id)?;
            }
            let harvest = (evening.harvest.clone(), 0);
            let close = Close { harvest, next: None, only_me: false, asked: [None; 4] };
            meetings::close(tx, leads, id, &close, &|_| 0).map(|_| ())
        });
        let done = done.await;
        behind.store(0, Ordering::SeqCst);
        done?;
    }
    Ok(())
}

fn names(example: &Example) -> Vec<String> {
    example.people.iter().map(|somebody| somebody.name.clone()).collect()
}

fn members(tx: &mut Tx<'_>, people: &[Person]) -> Outcome<Vec<Member>> {
    let nobody = || Fault::because("an example person without a group");
    let mut members = Vec::new();
    for person in people {
        let seat = person.seats().first().ok_or_else(nobody)?;
        members.push(groups::member(tx, person, seat)?.ok_or_else(nobody)?);
    }
    Ok(members)
}

/// On its day, on the group's clock. Tonight's is soon, so that whoever looks can begin it.
fn starts_at(example: &Example, evening: &Evening, now: i64) -> Outcome<i64> {
    let zone = text(example, "zone");
    let wrong = || Fault::because("an example evening without a time");
    let time: Time = evening.time.parse().map_err(|_| wrong())?;
    let mut days = evening.days_ago;
    if days > 0 {
        // Not longer ago than that, on the group's own day of the week.
        let own: i64 = text(example, "weekday").parse().map_err(|_| wrong())?;
        let today = clock::on_the_wall(now, &zone).date().weekday().to_monday_one_offset();
        days -= (own - i64::from(today)).rem_euclid(7);
    }
    let date = clock::on_the_wall(now - days * DAY, &zone).date();
    let starts_at = clock::instant(date.to_datetime(time), &zone).ok_or_else(wrong)?;
    if evening.days_ago == 0 {
        return Ok((now / HOUR + 1) * HOUR);
    }
    Ok(starts_at)
}
