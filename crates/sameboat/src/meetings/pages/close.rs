use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;

use crate::access::Member;
use crate::agreements::Frame;
use crate::app::App;
use crate::error::{FieldIssue, Outcome, Refusal, Stop};
use crate::ids::{MeetingId, MemberId};
use crate::meetings::actions::{self, Close, Ended};
use crate::meetings::model::{Meeting, ROLES, Stage, role_word};
use crate::meetings::pages::harvest::Field;
use crate::meetings::pages::look::find;
use crate::meetings::pages::plan::Fields;
use crate::meetings::pages::{harvest, id, last_seen, write};
use crate::web::{Answer, Form, Page, go, show, show_with};

#[derive(Template)]
#[template(path = "meetings/pages/close.html")]
struct ClosePage {
    page: Page,
    group: Frame,
    id: MeetingId,
    harvest: Field,
    /// Whether nobody came but one member.
    alone: bool,
    /// Whether the next meeting is set with this.
    next: bool,
    fields: Fields,
    asked: [Option<MemberId>; 4],
}

impl ClosePage {
    fn harvest_hint(&self) -> &'static str {
        harvest::hint(self.group.papers().earlier)
    }

    fn zone(&self) -> &str {
        &self.group.papers().shape.zone
    }

    fn keeps_who_came(&self) -> bool {
        self.group.papers().keeps_who_came()
    }

    /// For each role: its word, the key of its name, and everybody who may be asked: not those who
    /// take a break.
    fn roles(&self) -> Vec<(&'static str, String, Vec<Choice<'_>>)> {
        let role = |(role, asked): (rounds::Role, Option<MemberId>)| {
            let members = self.group.members.iter().filter(|named| !named.is_on_break());
            let choice = |named: &'_ crate::groups::Named| (named.id, asked == Some(named.id));
            let choices = members.map(|named| {
                let (id, on) = choice(named);
                Choice { id, name: named.about.name.as_str(), on }
            });
            (role_word(role), format!("role-{}", role_word(role)), choices.collect())
        };
        ROLES.into_iter().zip(self.asked).map(role).collect()
    }
}

struct Choice<'a> {
    id: MemberId,
    name: &'a str,
    on: bool,
}

fn page_of(
    app: &App,
    page: Page,
    (group, meeting): (Frame, &Meeting),
    harvest: Field,
) -> ClosePage {
    ClosePage {
        page,
        id: meeting.id,
        alone: meeting.is_alone(),
        harvest,
        next: !meeting.words.last,
        fields: Fields::suggested(&group, app.now()),
        asked: [None; 4],
        group,
    }
}

/// What we keep, when we meet again, who does what then.
pub async fn form(
    State(app): State<App>,
    member: Member,
    page: Page,
    Path((_, word)): Path<(String, String)>,
) -> Answer {
    let (there, group) = (id(&word)?, member.group());
    let (frame, meeting) = find(&app, member.clone(), there).await?;
    if meeting.stage != Stage::Open {
        return go(format!("/g/{group}/meetings/{there}"));
    }
    let harvest = Field::find(&app, &page, member, &meeting).await?;
    show(&page_of(&app, page, (frame, &meeting), harvest))
}

pub async fn close(
    State(app): State<App>,
    member: Member,
    page: Page,
    Path((_, word)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let (there, group) = (id(&word)?, member.group());
    let found = find(&app, member.clone(), there).await?;
    let (status, issues) = match try_close(&app, member.clone(), &found, &form).await {
        Ok(ended) => {
            let said = match ended {
                Ended::Closed => "?done=meet-closed",
                Ended::Before => "?done=meet-closed-before",
                Ended::PutBack => "?done=meet-put-back",
            };
            return go(format!("/g/{group}/meetings/{there}{said}"));
        }
        Err(Stop::Refused(Refusal::Fields(issues))) => (StatusCode::UNPROCESSABLE_ENTITY, issues),
        // A round may have begun while somebody wrote: what they wrote stays.
        Err(Stop::Refused(Refusal::NotAllowed(key))) => {
            (StatusCode::FORBIDDEN, vec![FieldIssue { field: "harvest", key }])
        }
        Err(stop) => return Err(stop),
    };
    let asked = asked(&form);
    // Whoever came in meanwhile, and whatever was written, counts.
    let (group, meeting) = find(&app, member, there).await?;
    let page = page.with_issues(issues);
    if meeting.stage == Stage::Closed {
        return harvest::again(page, (group, meeting), &form);
    }
    let typed = Field::typed(&form, &meeting);
    let mut again = page_of(&app, page, (group, &meeting), typed);
    again.next = form.has("next");
    again.fields = Fields::typed(&form);
    again.asked = asked;
    show_with(status, &again)
}

async fn try_close(
    app: &App,
    member: Member,
    (group, meeting): &(Frame, Meeting),
    form: &Form,
) -> Outcome<Ended> {
    let next = if form.has("next") {
        Some(Fields::typed(form).read(&group.papers().shape.zone, app.now())?)
    } else {
        None
    };
    let there = meeting.id;
    // Who went since the form was shown can't be asked any more.
    let asked = asked(form).map(|who| who.filter(|who| group.name_of(who).is_some()));
    let only_me = form.has("only-me");
    let close = Close { harvest: harvest::read(form)?, next, only_me, asked };
    let last_seen = last_seen(app, group.id);
    write(app, member, move |tx, member| actions::close(tx, member, there, &close, &last_seen))
        .await
}

fn asked(form: &Form) -> [Option<MemberId>; 4] {
    ROLES.map(|role| form.text(role_word(role)).parse().ok())
}
