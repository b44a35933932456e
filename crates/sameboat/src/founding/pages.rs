use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use storekit::Tx;

use crate::access::Person;
use crate::agreements::CardView;
use crate::app::App;
use crate::clock;
use crate::drafts;
use crate::error::{FieldIssue, Outcome, Refusal};
use crate::founding::actions::{self, Leave};
use crate::founding::model::{Answers, Question};
use crate::founding::typed::{self, on_the_way};
use crate::founding::view::{self, Choice};
use crate::groups::Role;
use crate::meetings::{Item, last_order};
use crate::web::{Answer, Form, Page, cookies, go, once_is_enough, show, show_with};

/// Seconds that the host's leave waits in the browser for its holder to make a sign-in and begin.
const LEAVE_AGE: i64 = 7 * 24 * 60 * 60;

/// A link's secret leaves the address bar at once: a cookie, then a clean address. Looking at a
/// link spends nothing.
pub async fn link(Path(secret): Path<String>) -> Answer {
    let bytes: Option<[u8; 32]> =
        URL_SAFE_NO_PAD.decode(secret).ok().and_then(|bytes| bytes.try_into().ok());
    let bytes = bytes.ok_or(Refusal::NotFound)?;
    let cookie = cookies::set(cookies::START, &cookies::encode(&bytes), Some(LEAVE_AGE));
    let mut response = go("/begin?to=/start")?;
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

fn leave(headers: &HeaderMap) -> Leave {
    cookies::bytes(headers, cookies::START)
}

#[derive(Template)]
#[template(path = "founding/intro.html")]
struct Intro {
    page: Page,
    may: bool,
    begun: bool,
    on: &'static str,
    count: usize,
}

pub async fn intro(
    State(app): State<App>,
    person: Person,
    headers: HeaderMap,
    page: Page,
) -> Answer {
    let (here, leave) = (app.clone(), leave(&headers));
    let (may, answers, typed, today) = app
        .db
        .read(move |tx| {
            let may = actions::may_begin(tx, &here, leave)?;
            let typed = typed::first(tx, &person)?;
            Outcome::Ok((may, actions::answers(tx, &person)?, typed, actions::today(tx)))
        })
        .await?;
    let begun = answers.has("who") || typed.is_some();
    let on = typed.or(answers.first_open(today)).unwrap_or(Question::Card).word();
    show(&Intro { page, may, begun, on, count: Question::ALL.len() })
}

#[derive(Template)]
#[template(path = "founding/walk.html")]
struct Walk {
    page: Page,
    question: Question,
    answers: Answers,
    steps: Vec<&'static str>,
    choices: Vec<Choice>,
    more: Vec<Choice>,
    card: Option<CardView>,
    may: bool,
    /// The day of what stands in the form, when it was typed and not sent.
    draft: Option<String>,
}

impl Walk {
    fn of(page: Page, question: Question, answers: Answers, may: bool, now: i64) -> Walk {
        let today = clock::date_of_day(clock::day(now));
        let here = question.place();
        let step = |place: usize| match place.cmp(&here) {
            std::cmp::Ordering::Less => "done",
            std::cmp::Ordering::Equal => "now",
            std::cmp::Ordering::Greater => "",
        };
        let described = answers.papers(today, now).filter(|_| question == Question::Card);
        Walk {
            steps: (1..=Question::ALL.len()).map(step).collect(),
            choices: view::choices(&page, question, &answers),
            more: view::more(&page, question, &answers),
            card: described.map(|(papers, _, role)| CardView {
                worker: role == Role::Worker,
                ..CardView::of(&page, &papers)
            }),
            page,
            question,
            answers,
            may,
            draft: None,
        }
    }

    fn key(&self, part: &str) -> String {
        format!("start-{}-{part}", self.question.word())
    }

    fn zones(&self) -> Vec<(&'static str, Vec<String>)> {
        view::zones()
    }

    fn is_card(&self) -> bool {
        self.question == Question::Card
    }

    /// Whether a country was chosen for which there are no numbers.
    fn holds_none(&self) -> bool {
        view::holds_none(&self.answers)
    }

    /// The field that the question's main choices fill.
    fn field(&self) -> &'static str {
        view::field(self.question)
    }

    fn value(&self, field: &str) -> String {
        view::shown(&self.answers, field)
    }
}

pub async fn question(
    State(app): State<App>,
    person: Person,
    headers: HeaderMap,
    Path(word): Path<String>,
    page: Page,
) -> Answer {
    let question = Question::from_word(&word).ok_or(Refusal::NotFound)?;
    let (here, leave) = (app.clone(), leave(&headers));
    let (may, mut answers, typed, first, now) = app
        .db
        .read(move |tx| {
            let may = actions::may_begin(tx, &here, leave)?;
            let typed = typed::find(tx, &person, &on_the_way(question))?;
            let first = typed::first(tx, &person)?;
            Outcome::Ok((may, actions::answers(tx, &person)?, typed, first, tx.now()))
        })
        .await?;
    // The card would leave out what was typed and not sent.
    let open = first.or(answers.first_open(clock::date_of_day(clock::day(now))));
    if let (Question::Card, Some(open)) = (question, open) {
        return go(address(open));
    }
    let day = typed.as_ref().map(|typed| page.day(typed.day));
    if let Some(typed) = typed {
        answers.put_all(&typed.answers);
    }
    show(&Walk { draft: day, ..Walk::of(page, question, answers, may, now) })
}

/// Keeps the answer, whatever it is, then goes on, or back, or says what to mend.
pub async fn answer(
    State(app): State<App>,
    person: Person,
    headers: HeaderMap,
    Path(word): Path<String>,
    page: Page,
    form: Form,
) -> Answer {
    let question = Question::from_word(&word).ok_or(Refusal::NotFound)?;
    if question == Question::Card {
        return begin(&app, person, (leave(&headers), last_order(&page)), &form).await;
    }
    let given = view::read(&form, question);
    let looked = form.text("do") == "look";
    let beginnings = view::beginnings(&page);
    let (answers, moved, now) = app
        .db
        .write(move |tx| {
            let mut answers = actions::answers(tx, &person)?;
            answers.put_all(&given);
            if question == Question::Purpose {
                answers.part_purpose(&beginnings);
            }
            let safety = question == Question::Safety;
            let moved = safety && view::settle_country(&mut answers, looked);
            actions::save(tx, &person, &answers)?;
            drafts::remove(tx, &person, &on_the_way(question))?;
            Outcome::Ok((answers, moved, tx.now()))
        })
        .await?;
    let today = clock::date_of_day(clock::day(now));
    if looked {
        return go(format!("/start/{}", question.word()));
    }
    if form.text("do") == "back" {
        let back = question.previous().map_or("/start".to_owned(), address);
        return go(back);
    }
    let mut issues: Vec<FieldIssue> = answers.issues(question, today);
    if moved {
        view::say_moved(&mut issues);
    }
    if issues.is_empty() {
        return go(question.next().map_or("/start".to_owned(), address));
    }
    let walk = Walk::of(page.with_issues(issues), question, answers, true, now);
    show_with(StatusCode::UNPROCESSABLE_ENTITY, &walk)
}

/// A question that has fields.
fn asked(word: &str) -> Outcome<Question> {
    let question = Question::from_word(word).filter(|question| *question != Question::Card);
    Ok(question.ok_or(Refusal::NotFound)?)
}

/// What the page sends by itself every few seconds.
pub async fn keep_typed(
    State(app): State<App>,
    person: Person,
    Path(word): Path<String>,
    form: Form,
) -> Answer {
    let question = asked(&word)?;
    let (typed, once) = (view::read(&form, question), form.once);
    let keep = move |tx: &mut Tx<'_>| {
        drafts::keep_fields(tx, &person, (&on_the_way(question), &typed), once)
    };
    app.db.write(keep).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Throws it away, and shows what was answered.
pub async fn forget_typed(
    State(app): State<App>,
    person: Person,
    Path(word): Path<String>,
    form: Form,
) -> Answer {
    let (question, once) = (asked(&word)?, form.once);
    let done = app
        .db
        .write(move |tx| {
            once.spend(tx)?;
            drafts::remove(tx, &person, &on_the_way(question))
        })
        .await;
    once_is_enough(done, || Ok(()))?;
    go(format!("/start/{}?done=change-draft-gone", question.word()))
}

fn address(question: Question) -> String {
    format!("/start/{}", question.word())
}

async fn begin(
    app: &App,
    person: Person,
    (leave, last): (Leave, Vec<Item>),
    form: &Form,
) -> Answer {
    let (here, once) = (app.clone(), form.once);
    let begin = move |tx: &mut Tx<'_>| actions::begin(tx, &here, &person, (leave, &last), once);
    let begun = app.db.write(begin).await;
    // The same press twice: the group stands in the list.
    let place = once_is_enough(begun.map(|group| format!("/g/{group}?done=begun")), || {
        Ok("/groups".to_owned())
    })?;
    let mut response = go(place)?;
    response.headers_mut().append(header::SET_COOKIE, cookies::clear(cookies::START));
    Ok(response)
}
