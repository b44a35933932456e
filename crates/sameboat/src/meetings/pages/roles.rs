use askama::Template;
use axum::extract::{Path, State};

use crate::access::Member;
use crate::agreements::Frame;
use crate::app::App;
use crate::error::Refusal;
use crate::ids::{MeetingId, MemberId};
use crate::meetings::actions;
use crate::meetings::model::{RoleAsk, role_of};
use crate::meetings::pages::circle::CircleView;
use crate::meetings::pages::look::{Answering, circle_of, find};
use crate::meetings::pages::{id, write};
use crate::web::{Answer, Form, Page, go, show};

#[derive(Template)]
#[template(path = "meetings/pages/roles.html")]
struct RolesPage {
    page: Page,
    group: Frame,
    id: MeetingId,
    circle: CircleView,
}

impl RolesPage {
    /// Seats that may be asked: everybody but whoever looks.
    fn others(&self) -> Vec<(u32, &str)> {
        let chairs = self.circle.picture.chairs.iter();
        let others = chairs.filter(|chair| Some(chair.seat) != self.circle.seat);
        others.map(|chair| (chair.seat, chair.name.as_str())).collect()
    }
}

/// Roles while people sit together: laid down, taken, handed on.
pub async fn form(
    State(app): State<App>,
    member: Member,
    page: Page,
    Path((_, word)): Path<(String, String)>,
) -> Answer {
    let (group, meeting) = find(&app, member, id(&word)?).await?;
    let id = meeting.id;
    match circle_of(&app, &page, (&group, &meeting), Answering::default()) {
        Some(circle) => show(&RolesPage { page, group, id, circle }),
        None => go(format!("{}/meetings/{id}#roles", group.home())),
    }
}

/// Takes a role of a meeting to come, lays it down, or asks somebody.
pub async fn ask(
    State(app): State<App>,
    member: Member,
    Path((_, word)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let (there, group) = (id(&word)?, member.group());
    let role = role_of(form.text("role")).ok_or(Refusal::NotFound)?;
    let ask = match form.text("do") {
        "take" => RoleAsk::Take,
        "leave" => RoleAsk::Leave,
        "offer" => {
            let to: MemberId = form.text("to").parse().map_err(|_| Refusal::NotFound)?;
            RoleAsk::Offer(to)
        }
        _ => return Err(Refusal::NotFound.into()),
    };
    let role = (role, ask);
    let done =
        write(&app, member, move |tx, member| actions::ask_role(tx, member, there, role)).await?;
    let path = format!("/g/{group}/meetings/{there}");
    go(if done {
        format!("{path}?done=role-kept#roles")
    } else {
        format!("{path}?done=role-taken#roles")
    })
}
