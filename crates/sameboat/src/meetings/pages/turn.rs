use axum::extract::{Path, State};
use rounds::{Act, SeatId, StepId, ToWhom};

use crate::access::Member;
use crate::app::App;
use crate::error::{FieldIssue, Refusal, Stop};
use crate::groups::MemberName;
use crate::meetings::actions::{self, Moved};
use crate::meetings::model::{Wish, role_of, signal_of};
use crate::meetings::pages::look::{Answering, find_mine, show_meeting};
use crate::meetings::pages::{id, last_seen, write};
use crate::meetings::pages::{phone, view};
use crate::web::{Answer, Form, Page, go};

/// One wish of somebody in the circle.
pub async fn wish(
    State(app): State<App>,
    member: Member,
    page: Page,
    Path((_, word)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let (there, group) = (id(&word)?, member.group());
    app.presence.seen(group, member.id(), app.now());
    let at_phone = form.text("back") == "phone";
    let wish = match read(&form) {
        Ok(wish) => wish,
        Err(Refusal::Fields(issues)) => {
            return phone::again(&app, member, page.with_issues(issues), (there, &form)).await;
        }
        Err(refusal) => return Err(refusal.into()),
    };
    let seen = form.text("seen").parse().unwrap_or(u64::MAX);
    let (here, last_seen) = (app.clone(), last_seen(&app, group));
    let moved = write(&app, member.clone(), move |tx, member| {
        actions::wish(tx, &here.keys, (member, there), (&wish, seen), &last_seen)
    })
    .await;
    let fresh = form.text("back") == "fresh";
    let path = format!("/g/{group}/meetings/{there}");
    let moved = match moved {
        // The circle is over: what there is now says more than a refusal.
        Err(Stop::Refused(Refusal::Conflict("meet-not-open"))) => {
            return go(format!("{path}?done=meet-is-over"));
        }
        Err(Stop::Refused(Refusal::Fields(issues))) => {
            return phone::again(&app, member, page.with_issues(issues), (there, &form)).await;
        }
        moved => moved?,
    };
    match (moved, at_phone) {
        (Moved::Done, true) => go(format!("{path}/phone")),
        (Moved::Done, false) if fresh => go(format!("{path}?fresh=1")),
        (Moved::Done, false) => go(path),
        (Moved::Refused(why), true) => phone::refused(&app, member, page, (there, why)).await,
        (Moved::Refused(why), false) => {
            let (found, answering) = find_mine(&app, member, there).await?;
            let answering = Answering { refused: Some(view::why(why)), fresh, ..answering };
            show_meeting(&app, page, found, answering)
        }
    }
}

/// What a form asks for.
fn read(form: &Form) -> Result<Wish, Refusal> {
    let seat = || Ok::<_, Refusal>(SeatId(number(form, "seat")?));
    let step = || Ok::<_, Refusal>(StepId(number(form, "step")?));
    let role = || role_of(form.text("role")).ok_or(Refusal::NotFound);
    let signal = || signal_of(form.text("signal")).ok_or(Refusal::NotFound);
    Ok(match form.text("do") {
        "sit" => Wish::Sit,
        "away" => Wish::Away,
        "leave" => Wish::Leave,
        "name" => {
            let name = MemberName::parse(form.text("name"));
            let name = name.map_err(|issue: FieldIssue| Refusal::Fields(vec![issue]))?;
            Wish::AddName(name.as_str().to_owned())
        }
        "goes" => Wish::Do(Act::Leave { seat: seat()? }),
        "take" => Wish::Do(Act::Take { seat: seat()? }),
        "pass" => Wish::Do(Act::Pass { seat: seat()? }),
        "after" => Wish::Do(Act::Later { seat: seat()? }),
        "help" => {
            let from = number(form, "from")?;
            Wish::Do(Act::MoveOn { from: (from > 0).then_some(SeatId(from)) })
        }
        "hush" => Wish::Do(Act::Silence { on: true }),
        "sound" => Wish::Do(Act::Silence { on: false }),
        "begin" => Wish::Do(Act::Begin { step: step()? }),
        "end" => Wish::Do(Act::End { step: StepId(number(form, "ends")?) }),
        "hold" => Wish::Do(Act::TakeRole { role: role()? }),
        "offer" => Wish::Do(Act::OfferRole { role: role()?, to: SeatId(number(form, "to")?) }),
        "accept" => Wish::Do(Act::AcceptRole { role: role()?, seat: seat()? }),
        "decline" => Wish::Do(Act::DeclineRole { role: role()?, seat: seat()? }),
        "lay" => Wish::Do(Act::LayDownRole { role: role()?, seat: seat()? }),
        "raise" => {
            let all = form.text("to") == "all";
            Wish::Raise(signal()?, if all { ToWhom::All } else { ToWhom::Facilitator })
        }
        "lower" => Wish::Lower(seat()?, signal()?),
        _ => return Err(Refusal::NotFound),
    })
}

fn number(form: &Form, field: &str) -> Result<u32, Refusal> {
    form.text(field).parse().map_err(|_| Refusal::NotFound)
}
