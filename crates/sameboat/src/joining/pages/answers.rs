use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use storekit::Tx;

use crate::access::Person;
use crate::agreements::{self, Clause, ClauseView, Position, Stance};
use crate::app::App;
use crate::door::{self, Letter, MustNotMeet, Opened, Typed};
use crate::error::{FieldIssue, Outcome, Refusal, Stop};
use crate::groups::MemberName;
use crate::joining::pages::link::{dead, followed, opened};
use crate::web::{Answer, Form, Page, cookies, go, once_is_enough, show, show_with};

/// The longest reason of an objection, in characters.
const REASON: usize = 500;

#[derive(Template)]
#[template(path = "joining/pages/answers.html")]
struct Answers {
    page: Page,
    link: String,
    typed: Typed,
    /// The day of what stands in the form, when it is a draft.
    draft: Option<String>,
    clauses: Vec<Asked>,
}

/// The fields of this door in a form that was sent.
fn read(form: &Form, opened: &Opened) -> Typed {
    Typed::read(opened, |field| form.has(field).then(|| form.text(field)))
}

/// Whether a form was shown for this door: another link may have been followed in this browser since.
fn is_for(form: &Form, opened: &Opened) -> bool {
    form.text("link") == opened.name()
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
    fn of(page: Page, opened: &Opened, draft: Option<(i64, Typed)>) -> Answers {
        let day = draft.as_ref().map(|(day, _)| page.day(*day));
        let typed = draft.map(|(_, typed)| typed).unwrap_or_default();
        Answers { draft: day, ..Answers::with(page, opened, typed, |_, _| "") }
    }

    /// With what was sent and what is to be mended in it.
    fn again(page: Page, opened: &Opened, form: &Form) -> Answers {
        // A form that was shown for another card says nothing about these lines.
        let (typed, sent) = (read(form, opened), is_for(form, opened));
        let issue = |clause: &Clause, typed: &Typed| {
            position(clause, typed).err().filter(|_| sent).unwrap_or_default()
        };
        Answers::with(page, opened, typed, issue)
    }

    fn with(
        page: Page,
        opened: &Opened,
        typed: Typed,
        issue: impl Fn(&Clause, &Typed) -> &'static str,
    ) -> Answers {
        let clauses = opened.copy.papers.all_clauses();
        let asked = clauses.iter().map(|clause| Asked {
            clause: ClauseView::of(&page, clause),
            position: typed.position(clause).to_owned(),
            why: typed.reason(clause).to_owned(),
            issue: issue(clause, &typed),
        });
        let clauses = asked.collect();
        Answers { clauses, link: opened.name(), typed, draft: None, page }
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
    let secret = followed(&headers);
    let (draft, opened) = app
        .db
        .read(move |tx| {
            // Nobody fills this in for nothing.
            door::may_knock_with(tx, &person, &secret)?;
            Outcome::Ok((door::find_typed(tx, &person, &opened)?, opened))
        })
        .await?;
    show(&Answers::of(page, &opened, draft))
}

/// What the page sends by itself every few seconds.
pub async fn keep_typed(
    State(app): State<App>,
    headers: HeaderMap,
    person: Person,
    form: Form,
) -> Answer {
    let secret = followed(&headers);
    let keep = move |tx: &mut Tx<'_>| {
        let opened =
            door::find_copy(tx, person.instance(), &secret)?.filter(|opened| is_for(&form, opened));
        let opened = opened.ok_or(Refusal::NotFound)?;
        door::keep_typed(tx, &person, (&opened, &read(&form, &opened)), form.once)
    };
    let kept: Outcome<()> = app.db.write(keep).await;
    kept?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Throws it away.
pub async fn forget_typed(
    State(app): State<App>,
    headers: HeaderMap,
    person: Person,
    form: Form,
) -> Answer {
    let (secret, once) = (followed(&headers), form.once);
    let done = app
        .db
        .write(move |tx| {
            let opened = door::find_copy(tx, person.instance(), &secret)?
                .filter(|opened| is_for(&form, opened));
            let opened = opened.ok_or(Refusal::NotFound)?;
            once.spend(tx)?;
            door::forget_typed(tx, &person, &opened)
        })
        .await;
    once_is_enough(done, || Ok(()))?;
    go("/joining/answers?done=draft-gone")
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
            let again = Answers::again(page.with_issues(issues), &opened, &form);
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
    if !is_for(form, opened) {
        return Err(vec![FieldIssue { field: "name", key: "joining-other-link" }]);
    }
    let typed = read(form, opened);
    let name = MemberName::parse(typed.text("name"));
    let reach = door::answer("reach", typed.text("reach"));
    let hard = door::answer("hard", typed.text("hard"));
    let list = MustNotMeet::parse(typed.text("must-not-meet"), typed.tell());
    let stance = stance(&opened.copy.papers.all_clauses(), &typed);
    match (name, reach, hard, list, stance) {
        (Ok(name), Ok(reach), Ok(hard), Ok(must_not_meet), Ok(stance)) => Ok(Letter {
            name,
            reach,
            hard,
            must_not_meet,
            version: opened.copy.version,
            stance,
            public: [0; 32],
            stopped: false,
            fill: String::new(),
        }),
        (name, reach, hard, list, stance) => {
            let all = [name.err(), reach.err(), hard.err(), list.err(), stance.err()];
            Err(all.into_iter().flatten().collect())
        }
    }
}

/// What is said to each clause; accepting is not written down.
fn stance(clauses: &[Clause], typed: &Typed) -> Result<Stance, FieldIssue> {
    let mut stance = Stance::default();
    for clause in clauses {
        match position(clause, typed) {
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
fn position(clause: &Clause, typed: &Typed) -> Result<Position, &'static str> {
    let (said, why) = (typed.position(clause), typed.reason(clause));
    match agreements::position(said, why, matches!(clause, Clause::Floor(_)))? {
        Position::Object(why) if why.chars().count() > REASON => Err("joining-long"),
        position => Ok(position),
    }
}
