use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use rounds::Refused;

use crate::access::Member;
use crate::agreements::Frame;
use crate::app::App;
use crate::error::{Outcome, Refusal};
use crate::ids::MeetingId;
use crate::meetings::pages::circle::CircleView;
use crate::meetings::pages::look::{Answering, circle_of, find};
use crate::meetings::pages::{id, view};
use crate::web::{Answer, Form, Page, go, show, show_with};

#[derive(Template)]
#[template(path = "meetings/pages/phone.html")]
struct PhonePage {
    page: Page,
    group: Frame,
    id: MeetingId,
    circle: CircleView,
    /// Names at this phone: seat and name.
    names: Vec<(u32, String)>,
    /// What the field for a name holds.
    name: String,
}

impl PhonePage {
    fn back(&self) -> &'static str {
        "phone"
    }
}

async fn page_of(
    app: &App,
    member: Member,
    page: Page,
    (id, refused): (MeetingId, Option<Refused>),
) -> Outcome<PhonePage> {
    let (group, meeting) = find(app, member, id).await?;
    let answering = Answering { refused: refused.map(view::why), ..Answering::default() };
    let circle = circle_of(app, &page, (&group, &meeting), answering);
    let circle = circle.ok_or(Refusal::Conflict("meet-not-open"))?;
    let running = meeting.open().ok_or(Refusal::Conflict("meet-not-open"))?;
    let mine = running.seat_of(group.me).map(|seat| running.names_at(seat)).unwrap_or_default();
    let name = |seat: &rounds::SeatId| {
        let chair = circle.picture.chairs.iter().find(|chair| chair.seat == seat.0)?;
        Some((seat.0, chair.name.clone()))
    };
    let names = mine.iter().filter_map(name).collect();
    Ok(PhonePage { page, group, id, circle, names, name: String::new() })
}

/// One phone that goes round the room.
pub async fn phone(
    State(app): State<App>,
    member: Member,
    page: Page,
    Path((_, word)): Path<(String, String)>,
) -> Answer {
    let (there, group) = (id(&word)?, member.group());
    match page_of(&app, member, page, (there, None)).await {
        Err(crate::error::Stop::Refused(Refusal::Conflict(_))) => {
            go(format!("/g/{group}/meetings/{there}"))
        }
        shown => show(&shown?),
    }
}

/// The same after a move that was not made.
pub async fn refused(
    app: &App,
    member: Member,
    page: Page,
    (id, why): (MeetingId, Refused),
) -> Answer {
    let shown = page_of(app, member, page, (id, Some(why))).await?;
    show_with(StatusCode::CONFLICT, &shown)
}

/// The same with a name to mend.
pub async fn again(
    app: &App,
    member: Member,
    page: Page,
    (id, form): (MeetingId, &Form),
) -> Answer {
    let mut shown = page_of(app, member, page, (id, None)).await?;
    shown.name = form.text("name").to_owned();
    show_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
}
