use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};

use crate::access::Person;
use crate::agreements::{self, Clause, ClauseView, Position, Stance};
use crate::app::App;
use crate::door::{self, Letter, MustNotMeet, Opened};
use crate::error::{FieldIssue, Outcome, Refusal, Stop};
use crate::groups::MemberName;
use crate::joining::pages::link::{dead, followed, opened};
use crate::web::{Answer, Form, Page, cookies, go, show, show_with};

/// The longest reason of an objection, in characters.
const REASON: usize = 500;

#[derive(Template)]
#[template(path = "joining/pages/answers.html")]
struct Answers {
    page: Page,
    link: String,
    name: String,
    reach: String,
    hard: String,
    names: String,
    tell: bool,
    clauses: Vec<Asked>,
}

/// A clause and what is said to it.
struct Asked {
    clause: ClauseView,
    position: String,
    why: String,
    /// The key of the sentence that says what to mend, or empty.
    issue: &'static str,
}

impl Asked {
    fn is(&self, position: &str) -> bool {
        self.position == position
    }
}

impl Answers {
    fn of(page: Page, opened: &Opened, form: Option<&Form>) -> Answers {
        let text = |field: &str| form.map(|form| form.text(field)).unwrap_or_default();
        let clauses = opened.copy.papers.all_clauses();
        // A form that was shown for another card says nothing about these lines.
        let sent = form.filter(|form| form.text("link") == opened.name());
        let asked = clauses.iter().map(|clause| Asked {
            clause: ClauseView::of(&page, clause),
            position: text(&format!("c-{}", clause.name())).to_owned(),
            why: text(&format!("why-{}", clause.name())).to_owned(),
            issue: sent.and_then(|form| position(clause, form).err()).unwrap_or_default(),
        });
        Answers {
            clauses: asked.collect(),
            link: opened.name(),
            name: text("name").to_owned(),
            reach: text("reach").to_owned(),
            hard: text("hard").to_owned(),
            names: text("must-not-meet").to_owned(),
            tell: form.is_some_and(|form| form.has("tell")),
            page,
        }
    }
}

pub async fn form(
    State(app): State<App>,
    headers: HeaderMap,
    person: Person,
    page: Page,
) -> Answer {
    let Some(opened) = opened(&app, &headers).await? else {
        return not_open(&app, person, page).await;
    };
    // Nobody fills this in for nothing.
    let secret = followed(&headers);
    app.db.read(move |tx| door::may_knock_with(tx, &person, &secret)).await?;
    show(&Answers::of(page, &opened, None))
}

/// A link that opens nothing: perhaps because this person used it, so whoever waits is shown that.
async fn not_open(app: &App, person: Person, page: Page) -> Answer {
    let here = app.clone();
    let doors = app.db.read(move |tx| door::doors_of(tx, &here.keys, &person)).await?;
    if doors.iter().any(|door| door.waiting) { go("/joining/waiting") } else { dead(page) }
}

/// Puts the answers into the letter-box; the link is used up in the same transaction.
pub async fn send(
    State(app): State<App>,
    headers: HeaderMap,
    person: Person,
    page: Page,
    form: Form,
) -> Answer {
    if app.settings.host.is_none() {
        return Err(Refusal::NotAllowed("join-closed").into());
    }
    let Some(opened) = opened(&app, &headers).await? else {
        return not_open(&app, person, page).await;
    };
    let letter = match letter(&opened, &form) {
        Ok(letter) => letter,
        Err(issues) => {
            let again = Answers::of(page.with_issues(issues), &opened, Some(&form));
            return show_with(StatusCode::UNPROCESSABLE_ENTITY, &again);
        }
    };
    let (here, once, by) = (app.clone(), form.once, person.clone());
    let knocked: Outcome<bool> = app
        .db
        .write(move |tx| {
            once.spend(tx)?;
            let secret = followed(&headers);
            door::knock(tx, &here.keys, &by, &secret, letter.clone())
        })
        .await;
    match knocked {
        Ok(true) => {}
        Ok(false) => return not_open(&app, person, page).await,
        Err(Stop::Refused(Refusal::Repeated)) => return go("/joining/waiting"),
        Err(stop) => return Err(stop),
    }
    let mut response = go("/joining/waiting?done=at-the-door")?;
    response.headers_mut().append(header::SET_COOKIE, cookies::clear(cookies::INVITED));
    Ok(response)
}

/// The answers, for the group whose card was shown with this form: another link that this browser
/// followed since must not turn them to another door.
fn letter(opened: &Opened, form: &Form) -> Result<Letter, Vec<FieldIssue>> {
    if form.text("link") != opened.name() {
        return Err(vec![FieldIssue { field: "name", key: "joining-other-link" }]);
    }
    let name = MemberName::parse(form.text("name"));
    let reach = door::answer("reach", form.text("reach"));
    let hard = door::answer("hard", form.text("hard"));
    let list = MustNotMeet::parse(form.text("must-not-meet"), form.has("tell"));
    let stance = stance(&opened.copy.papers.all_clauses(), form);
    match (name, reach, hard, list, stance) {
        (Ok(name), Ok(reach), Ok(hard), Ok(must_not_meet), Ok(stance)) => Ok(Letter {
            name,
            reach,
            hard,
            must_not_meet,
            version: opened.copy.version,
            stance,
            public: [0; 32],
            fill: String::new(),
        }),
        (name, reach, hard, list, stance) => {
            let all = [name.err(), reach.err(), hard.err(), list.err(), stance.err()];
            Err(all.into_iter().flatten().collect())
        }
    }
}

/// What is said to each clause; accepting is not written down.
fn stance(clauses: &[Clause], form: &Form) -> Result<Stance, FieldIssue> {
    let mut stance = Stance::default();
    for clause in clauses {
        match position(clause, form) {
            Ok(Position::Accept) => {}
            Ok(position) => {
                stance.positions.insert(clause.name(), position);
            }
            Err(_) => return Err(FieldIssue { field: "clauses", key: "say-mend" }),
        }
    }
    Ok(stance)
}

/// What is said to one clause.
fn position(clause: &Clause, form: &Form) -> Result<Position, &'static str> {
    let name = clause.name();
    let (said, why) = (form.text(&format!("c-{name}")), form.text(&format!("why-{name}")));
    match agreements::position(said, why, matches!(clause, Clause::Floor(_)))? {
        Position::Object(why) if why.chars().count() > REASON => Err("joining-long"),
        position => Ok(position),
    }
}
