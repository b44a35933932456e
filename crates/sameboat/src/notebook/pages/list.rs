use askama::Template;
use axum::extract::State;

use crate::access::Person;
use crate::app::App;
use crate::drafts;
use crate::error::Outcome;
use crate::ids::PageId;
use crate::notebook::actions::{self, Target};
use crate::notebook::model::{Entry, Kind, Notebook, glimpse};
use crate::notebook::pages::heading;
use crate::web::{Answer, Page, show};

/// Leaves that one section shows at once.
const AT_ONCE: usize = 30;

#[derive(Template)]
#[template(path = "notebook/pages/list.html")]
struct ListPage {
    page: Page,
    empty: bool,
    begun: Vec<(Kind, String)>,
    goal: Option<LeafView>,
    troubles: Section,
    pages: Section,
    older: bool,
}

impl ListPage {
    fn heading(&self, kind: &Kind) -> &'static str {
        heading(*kind)
    }
}

/// A run of leaves, and the number before which the earlier ones stand.
#[derive(Default)]
struct Section {
    leaves: Vec<LeafView>,
    earlier: Option<i64>,
}

struct LeafView {
    id: PageId,
    day: String,
    earlier_goal: bool,
    words: Option<(String, bool)>,
}

pub async fn list(State(app): State<App>, person: Person, page: Page) -> Answer {
    let (entries, drafts) = app
        .db
        .read_long(move |tx| -> Outcome<_> {
            let mut begun = Vec::new();
            for kind in Kind::ALL {
                if let Some(draft) = drafts::find(tx, &person, &Target::New(kind).form())? {
                    begun.push((kind, draft.day));
                }
            }
            Ok((actions::list(tx, &person)?, begun))
        })
        .await?;
    let begun = drafts.into_iter().map(|(kind, day)| (kind, page.day(day))).collect();
    let notebook = Notebook::of(entries);
    let empty = notebook.is_empty();
    // Earlier leaves come a section at a time.
    let before = page.query("before").parse::<i64>().ok();
    let only = before.map(|_| Kind::from_word(&page.query("kind")).unwrap_or(Kind::Page));
    let section = |kind: Kind, entries: Vec<Entry>| match only {
        Some(only) if only != kind => Section::default(),
        _ => section(&page, entries, before.unwrap_or(i64::MAX)),
    };
    let (troubles, pages) =
        (section(Kind::Trouble, notebook.troubles), section(Kind::Page, notebook.pages));
    let goal = notebook.goal.filter(|_| only.is_none()).map(|entry| leaf(&page, entry));
    show(&ListPage { older: only.is_some(), page, empty, begun, goal, troubles, pages })
}

fn section(page: &Page, entries: Vec<Entry>, before: i64) -> Section {
    let mut entries = entries.into_iter().filter(|entry| entry.number < before);
    let shown: Vec<Entry> = entries.by_ref().take(AT_ONCE).collect();
    let last = shown.last().map(|entry| entry.number);
    Section {
        earlier: entries.next().and(last),
        leaves: shown.into_iter().map(|entry| leaf(page, entry)).collect(),
    }
}

fn leaf(page: &Page, entry: Entry) -> LeafView {
    let day = page.day(entry.day);
    let earlier_goal = entry.leaf.as_ref().is_some_and(|leaf| leaf.kind == Kind::Goal);
    let words = entry.leaf.map(|leaf| {
        let (seen, more) = glimpse(&leaf.text);
        (seen.to_owned(), more)
    });
    LeafView { id: entry.id, day, earlier_goal, words }
}
