use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::access::Member;
use crate::agreements::{Frame, frame};
use crate::app::App;
use crate::clock;
use crate::door::{self, Invitation, LINKS_AT_ONCE, Made, UNTIL_DAYS};
use crate::error::{FieldIssue, Outcome, Refusal, Stop};
use crate::groups::plain_line;
use crate::joining::qr::Qr;
use crate::web::{Answer, Form, Page, go, show, show_with};

/// The longest note beside a link, in characters.
const LABEL: usize = 60;

#[derive(Template)]
#[template(path = "joining/pages/invite.html")]
struct InvitePage {
    page: Page,
    group: Frame,
    links: Vec<Invitation>,
    closed: Option<&'static str>,
    days: String,
    count: String,
    label: String,
}

impl InvitePage {
    fn days_offered(&self) -> Vec<i64> {
        UNTIL_DAYS.to_vec()
    }

    fn until(&self, link: &Invitation) -> String {
        let zone = &self.group.papers().shape.zone;
        self.page.wall(clock::on_the_wall(link.until_at, zone))
    }

    fn counts(&self) -> Vec<usize> {
        (1..=LINKS_AT_ONCE).collect()
    }

    fn day_is(&self, days: &i64) -> bool {
        self.days == days.to_string()
    }

    fn count_is(&self, count: &usize) -> bool {
        self.count == count.to_string()
    }
}

pub async fn form(State(app): State<App>, member: Member, page: Page) -> Answer {
    show(&invite_page(&app, member, page, None).await?)
}

async fn invite_page(
    app: &App,
    member: Member,
    page: Page,
    form: Option<&Form>,
) -> Outcome<InvitePage> {
    let (group, links, closed) = app
        .db
        .read(move |tx| {
            let closed = match door::may_come_in(tx, &member) {
                Ok(()) => None,
                Err(Stop::Refused(Refusal::NotAllowed(why))) => Some(why),
                Err(stop) => return Err(stop),
            };
            let links = door::list_invitations(tx, &member)?;
            Outcome::Ok((frame(tx, &member)?, links, closed))
        })
        .await?;
    let text = |field, proposed: &str| {
        form.map_or(proposed.to_owned(), |form: &Form| form.text(field).to_owned())
    };
    let (days, count) = (text("days", "7"), text("count", "1"));
    Ok(InvitePage { page, group, links, closed, days, count, label: text("label", "") })
}

#[derive(Template)]
#[template(path = "joining/pages/made.html")]
struct MadePage {
    page: Page,
    group: Frame,
    links: Vec<Link>,
    days: i64,
    /// The day on which they end, on the group's clock.
    until: String,
}

struct Link {
    number: usize,
    address: String,
    qr: Qr,
}

/// Makes links and shows them, this once.
pub async fn make(State(app): State<App>, member: Member, page: Page, form: Form) -> Answer {
    let wish = match wish(&form) {
        Ok(wish) => wish,
        Err(issues) => {
            let again = invite_page(&app, member, page.with_issues(issues), Some(&form)).await?;
            return show_with(StatusCode::UNPROCESSABLE_ENTITY, &again);
        }
    };
    let (once, days) = (form.once, wish.days);
    let (group, secrets) = app
        .db
        .write(move |tx| {
            once.spend(tx)?;
            let secrets = door::invite(tx, &member, &wish)?;
            Outcome::Ok((frame(tx, &member)?, secrets))
        })
        .await?;
    let links = secrets.iter().zip(1..).map(|(secret, number)| {
        let secret = URL_SAFE_NO_PAD.encode(secret.expose());
        let address = format!("{}/j/{secret}", app.settings.url);
        Ok(Link { number, qr: Qr::of(&address)?, address })
    });
    let links = links.collect::<Outcome<Vec<_>>>()?;
    let end = clock::on_the_wall(app.now() + days * clock::DAY, &group.papers().shape.zone);
    let until = page.date(end.date());
    show(&MadePage { page, group, links, days, until })
}

fn wish(form: &Form) -> Result<Made, Vec<FieldIssue>> {
    let issue = |field, key| FieldIssue { field, key };
    let days = form.text("days").parse().ok().filter(|days| UNTIL_DAYS.contains(days));
    let count = form.text("count").parse().ok().filter(|n| (1..=LINKS_AT_ONCE).contains(n));
    let label = Some(plain_line(form.text("label"))).filter(|l| l.chars().count() <= LABEL);
    match (days, count, label) {
        (Some(days), Some(count), Some(label)) => Ok(Made { days, count, label }),
        (days, count, label) => {
            let issues = [
                days.is_none().then(|| issue("days", "invite-days-issue")),
                count.is_none().then(|| issue("count", "invite-count-issue")),
                label.is_none().then(|| issue("label", "invite-label-issue")),
            ];
            Err(issues.into_iter().flatten().collect())
        }
    }
}

pub async fn take_back(State(app): State<App>, member: Member, form: Form) -> Answer {
    let group = member.group();
    let link = form.text("link").to_owned();
    app.db.write(move |tx| door::take_back(tx, &member, &link)).await?;
    go(format!("/g/{group}/invite?done=taken-back"))
}
