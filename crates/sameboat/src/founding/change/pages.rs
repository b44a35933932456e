use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use storekit::Tx;

use crate::access::Member;
use crate::agreements::{self, Frame, May, Papers, frame};
use crate::app::App;
use crate::clock;
use crate::drafts;
use crate::error::{Outcome, Refusal};
use crate::founding::change::model;
use crate::founding::model::{Answers, Question};
use crate::founding::typed::{self, Typed, of_change};
use crate::founding::view::{self, Choice};
use crate::standing;
use crate::web::{Answer, Form, Page, go, once_is_enough, show, show_with};

#[derive(Template)]
#[template(path = "founding/change/parts.html")]
struct PartsPage {
    page: Page,
    group: Frame,
    may: May,
    parts: Vec<Question>,
}

/// What can be changed, and how.
pub async fn parts(State(app): State<App>, member: Member, page: Page) -> Answer {
    let (group, may) = app
        .db
        .read(move |tx| Outcome::Ok((frame(tx, &member)?, agreements::may_change(tx, &member)?.0)))
        .await?;
    show(&PartsPage { page, group, may, parts: model::parts().collect() })
}

impl PartsPage {
    fn may_now(&self) -> bool {
        matches!(self.may, May::Directly | May::Propose)
    }

    fn said(&self) -> &'static str {
        said(self.may)
    }

    fn waits_for(&self) -> Option<&str> {
        match self.may {
            May::WaitFor(who) => self.group.name_of(who),
            May::Directly | May::Propose | May::Nothing => None,
        }
    }
}

fn said(may: May) -> &'static str {
    match may {
        May::Directly => "change-directly",
        May::Propose => "change-propose",
        May::WaitFor(_) => "change-wait",
        May::Nothing => "change-founder",
    }
}

#[derive(Template)]
#[template(path = "founding/change/part.html")]
struct PartPage {
    page: Page,
    group: Frame,
    may: May,
    question: Question,
    answers: Answers,
    choices: Vec<Choice>,
    more: Vec<Choice>,
    /// The day on which something was typed and not sent.
    typed: Option<i64>,
}

impl PartPage {
    fn of(page: Page, found: Found, question: Question, answers: Answers) -> PartPage {
        PartPage {
            typed: found.typed.as_ref().map(|typed| typed.day),
            choices: view::choices(&page, question, &answers),
            more: view::more(&page, question, &answers),
            page,
            group: found.group,
            may: found.may,
            question,
            answers,
        }
    }

    /// Whether a change counts at once.
    fn at_once(&self) -> bool {
        self.may == May::Directly
    }

    fn typed_on(&self) -> Option<String> {
        Some(self.page.day(self.typed?))
    }

    fn key(&self, part: &str) -> String {
        format!("start-{}-{part}", self.question.word())
    }

    /// Whether a country was chosen for which there are no numbers.
    fn holds_none(&self) -> bool {
        view::holds_none(&self.answers)
    }

    fn field(&self) -> &'static str {
        view::field(self.question)
    }

    fn value(&self, field: &str) -> String {
        view::shown(&self.answers, field)
    }

    fn zones(&self) -> Vec<(&'static str, Vec<String>)> {
        view::zones()
    }

    fn said(&self) -> &'static str {
        said(self.may)
    }
}

struct Found {
    group: Frame,
    may: May,
    papers: Papers,
    now: i64,
    typed: Option<Typed>,
}

/// Whoever may not change anything just now is told why, on the page of all parts.
async fn find(app: &App, member: Member, part: Question) -> Outcome<Option<Found>> {
    let found = app
        .db
        .read(move |tx| {
            let (may, papers) = agreements::may_change(tx, &member)?;
            let typed = typed::find(tx, member.person(), &of_change(&member, part))?;
            Outcome::Ok(Found { group: frame(tx, &member)?, may, papers, now: tx.now(), typed })
        })
        .await?;
    Ok(match found.may {
        May::Directly | May::Propose => Some(found),
        May::WaitFor(_) | May::Nothing => None,
    })
}

fn part_of(word: &str) -> Outcome<Question> {
    let part = Question::from_word(word).filter(|part| model::parts().any(|known| known == *part));
    Ok(part.ok_or(Refusal::NotFound)?)
}

/// One part, filled in as it stands.
pub async fn part(
    State(app): State<App>,
    member: Member,
    Path((_, word)): Path<(String, String)>,
    page: Page,
) -> Answer {
    let part = part_of(&word)?;
    let group = member.group();
    let Some(found) = find(&app, member, part).await? else {
        return go(format!("/g/{group}/change"));
    };
    let mut answers = model::answers(&found.papers);
    if let Some(typed) = &found.typed {
        answers.put_all(&typed.answers);
    }
    show(&PartPage::of(page, found, part, answers))
}

/// Changes one part, or proposes to.
pub async fn change(
    State(app): State<App>,
    member: Member,
    Path((_, word)): Path<(String, String)>,
    page: Page,
    form: Form,
) -> Answer {
    let part = part_of(&word)?;
    let group = member.group();
    let Some(found) = find(&app, member.clone(), part).await? else {
        return go(format!("/g/{group}/change"));
    };
    let mut answers = model::answers(&found.papers);
    answers.put_all(&view::read(&form, part));
    if part == Question::Purpose {
        answers.part_purpose(&view::beginnings(&page));
    }
    let looked = form.text("do") == "look";
    let moved = part == Question::Safety && view::settle_country(&mut answers, looked);
    if looked {
        return show(&PartPage::of(page, found, part, answers));
    }
    let today = clock::date_of_day(clock::day(found.now));
    let mut issues = answers.issues(part, today);
    if moved {
        view::say_moved(&mut issues);
    }
    if !issues.is_empty() {
        let again = PartPage::of(page.with_issues(issues), found, part, answers);
        return show_with(StatusCode::UNPROCESSABLE_ENTITY, &again);
    }
    let direct = found.may == May::Directly;
    let (here, once) = (app.clone(), form.once);
    let done = app
        .db
        .write(move |tx| {
            once.spend(tx)?;
            drafts::remove(tx, member.person(), &of_change(&member, part))?;
            let (_, papers) = agreements::may_change(tx, &member)?;
            let new = model::changed(&answers, part, &papers, today, tx.now());
            let new = new.ok_or(Refusal::NotFound)?;
            if new == papers {
                return Outcome::Ok(false);
            }
            agreements::change(tx, &here.keys, &member, &new)?;
            standing::settle(tx, &here.keys, &member)?;
            Ok(true)
        })
        .await;
    let changed = once_is_enough(done, || Ok(true))?;
    go(match (changed, direct) {
        (false, _) => format!("/g/{group}/change?done=nothing-changed"),
        (true, true) => format!("/g/{group}/change?done=changed"),
        (true, false) => format!("/g/{group}/change?done=change-proposed"),
    })
}

/// What the page sends by itself every few seconds.
pub async fn keep_typed(
    State(app): State<App>,
    member: Member,
    Path((_, word)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let part = part_of(&word)?;
    let (answers, once) = (view::read(&form, part), form.once);
    let draft = of_change(&member, part);
    let keep =
        move |tx: &mut Tx<'_>| drafts::keep_fields(tx, member.person(), (&draft, &answers), once);
    app.db.write(keep).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Throws it away, and shows what stands.
pub async fn forget_typed(
    State(app): State<App>,
    member: Member,
    Path((_, word)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let part = part_of(&word)?;
    let group = member.group();
    let once = form.once;
    let done = app
        .db
        .write(move |tx| {
            once.spend(tx)?;
            drafts::remove(tx, member.person(), &of_change(&member, part))
        })
        .await;
    once_is_enough(done, || Ok(()))?;
    go(format!("/g/{group}/change/{}?done=change-draft-gone", part.word()))
}
