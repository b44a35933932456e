//! Who stands at the door of an example group.

use crate::access::Person;
use crate::agreements::Stance;
use crate::app::App;
use crate::demo::file::Knocking;
use crate::door::{self, Letter, Made, MustNotMeet, UNTIL_DAYS};
use crate::error::{Fault, Outcome};
use crate::groups::{self, MemberName};

/// The founder makes a link, and somebody knocks with it.
pub async fn knock(
    app: &App,
    founder: &Person,
    guest: &Person,
    knocking: &Knocking,
) -> Outcome<()> {
    let letter = letter(knocking)?;
    let (here, founder, guest) = (app.clone(), founder.clone(), guest.clone());
    app.db
        .write(move |tx| {
            let missing = || Fault::because("an example founder without a group");
            let seat = founder.seats().first().ok_or_else(missing)?;
            let member = groups::member(tx, &founder, seat)?.ok_or_else(missing)?;
            let wish = Made { days: UNTIL_DAYS[0], count: 1, label: String::new() };
            let link = door::invite(tx, &member, &wish)?.pop();
            let link = link.ok_or_else(|| Fault::because("an example link was not made"))?;
            let opened = door::knock(tx, &here.keys, &guest, &link, letter.clone())?;
            if opened {
                Ok(())
            } else {
                Err(Fault::because("an example link opens nothing").into())
            }
        })
        .await
}

/// Knocking puts in the version that the link shows, and the key made for this group.
fn letter(knocking: &Knocking) -> Outcome<Letter> {
    let bad = || Fault::because("an example letter that nobody could send");
    Ok(Letter {
        name: MemberName::parse(&knocking.who.name).map_err(|_| bad())?,
        reach: door::answer("reach", &knocking.reach).map_err(|_| bad())?,
        hard: door::answer("hard", &knocking.hard).map_err(|_| bad())?,
        must_not_meet: MustNotMeet::default(),
        version: 0,
        stance: Stance::default(),
        public: [0; 32],
        stopped: false,
        fill: String::new(),
    })
}
