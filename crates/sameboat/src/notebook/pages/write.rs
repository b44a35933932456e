use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;

use crate::access::Person;
use crate::app::App;
use crate::drafts;
use crate::error::{FieldIssue, Outcome, Refusal, Stop};
use crate::ids::PageId;
use crate::notebook::actions::{self, Change, New, Target};
use crate::notebook::model::{Kind, Leaf, Text};
use crate::notebook::pages::{heading, page_id, window};
use crate::web::{Answer, Form, Page, go, show, show_with};

#[derive(Template)]
#[template(path = "notebook/pages/write.html")]
struct WritePage {
    page: Page,
    kind: Kind,
    title: &'static str,
    /// What the field holds.
    words: String,
    /// The day of the words, when they are a draft.
    draft: Option<String>,
    /// The windows whose draft this form goes on with.
    took: String,
    /// The page that is changed; none for a new one.
    there: Option<There>,
}

/// A page that is changed.
struct There {
    id: PageId,
    /// When it was last changed (microseconds UTC): a form that comes later than another device's
    /// must not wipe out what that one kept.
    seen: i64,
    /// What is kept, where the field holds something else.
    kept: Option<String>,
}

impl WritePage {
    fn action(&self) -> String {
        match &self.there {
            None => "/notebook".to_owned(),
            Some(there) => format!("/notebook/{}", there.id),
        }
    }
}

pub async fn new(State(app): State<App>, person: Person, page: Page) -> Answer {
    let kind = Kind::from_word(&page.query("kind")).unwrap_or(Kind::Page);
    let form = Target::New(kind).form();
    let draft = app.db.read(move |tx| drafts::find(tx, &person, &form)).await?;
    let day = draft.as_ref().map(|draft| page.day(draft.day));
    let (words, took) = draft.map(|draft| (draft.text, draft.by)).unwrap_or_default();
    show(&WritePage { page, kind, title: heading(kind), words, draft: day, took, there: None })
}

pub async fn add(State(app): State<App>, person: Person, page: Page, form: Form) -> Answer {
    let kind = Kind::from_word(form.text("kind")).ok_or(Refusal::NotFound)?;
    match try_add(&app, person, kind, &form).await {
        Ok(_) => go("/notebook?done=notebook-kept"),
        Err(Stop::Refused(Refusal::Fields(issues))) => {
            let again = WritePage {
                page: page.with_issues(issues),
                kind,
                title: heading(kind),
                words: form.text("words").to_owned(),
                draft: None,
                took: window(&form).taken(),
                there: None,
            };
            show_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(stop) => Err(stop),
    }
}

async fn try_add(app: &App, person: Person, kind: Kind, form: &Form) -> Outcome<PageId> {
    let new = New { kind, text: text(app, form)?, window: window(form) };
    let once = form.once;
    app.db.write(move |tx| actions::add(tx, &person, &new, once)).await
}

fn text(app: &App, form: &Form) -> Outcome<Text> {
    let text = Text::parse(form.text("words")).map_err(|issue| Refusal::Fields(vec![issue]))?;
    if text.is_long() && app.is_disk_low() {
        return Err(FieldIssue::only("words", "notebook-no-room"));
    }
    Ok(text)
}

pub async fn open(
    State(app): State<App>,
    person: Person,
    page: Page,
    Path(id): Path<String>,
) -> Answer {
    let id = page_id(&id)?;
    let (leaf, draft) = app
        .db
        .read(move |tx| -> Outcome<_> {
            let leaf = actions::get(tx, &person, id)?;
            Ok((leaf, drafts::find(tx, &person, &Target::Page(id).form())?))
        })
        .await?;
    let day = draft.as_ref().map(|draft| page.day(draft.day));
    let (words, took) = draft.map(|draft| (draft.text, draft.by)).unwrap_or_default();
    let words = if day.is_some() { words } else { leaf.text.clone() };
    show(&WritePage { draft: day, took, ..on(page, id, leaf, words) })
}

pub async fn change(
    State(app): State<App>,
    person: Person,
    page: Page,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let id = page_id(&id)?;
    match try_change(&app, person.clone(), id, &form).await {
        Ok(()) => go(format!("/notebook/{id}?done=notebook-kept")),
        Err(Stop::Refused(Refusal::Fields(issues))) => {
            let leaf = app.db.read(move |tx| actions::get(tx, &person, id)).await?;
            let again = on(page.with_issues(issues), id, leaf, form.text("words").to_owned());
            let again = WritePage { took: window(&form).taken(), ..again };
            show_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(stop) => Err(stop),
    }
}

async fn try_change(app: &App, person: Person, id: PageId, form: &Form) -> Outcome<()> {
    // Without a moment it never saw the page, and so may not replace what stands there unasked.
    let seen = form.text("seen").parse().unwrap_or(-1);
    let change = Change { page: id, text: text(app, form)?, seen, window: window(form) };
    let once = form.once;
    app.db.write(move |tx| actions::change(tx, &person, &change, once)).await
}

/// The form for a page that is there, with these words in its field.
fn on(page: Page, id: PageId, leaf: Leaf, words: String) -> WritePage {
    let kept = (leaf.text != words).then_some(leaf.text);
    WritePage {
        page,
        kind: leaf.kind,
        title: heading(leaf.kind),
        words,
        draft: None,
        took: String::new(),
        there: Some(There { id, seen: leaf.changed, kept }),
    }
}
