//! Numbers to call, and what to say to somebody one worries about. Nothing is counted or kept:
//! the country stands in the address alone, because a phone may have more than one reader.

mod service;

use askama::Template;
use axum::extract::State;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::app::App;
use crate::clock;
use crate::safety::contacts::{self, Country, Service};
use crate::web::{Answer, Page, show};
use service::{Group, ServiceView};

#[derive(Template)]
#[template(path = "safety/pages/help/help.html")]
struct Help {
    page: Page,
    chosen: Option<Chosen>,
    held: Vec<Named>,
    other: Vec<Named>,
}

/// The country somebody chose.
struct Chosen {
    code: String,
    name: String,
    emergency: Vec<ServiceView>,
    /// The services that are not for emergencies, by what they are for.
    groups: Vec<Group>,
    /// Some of the services answer at certain hours only.
    has_hours: bool,
    /// There are numbers that nobody has checked yet.
    left_out: bool,
}

struct Named {
    code: String,
    name: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "safety/pages/help/someone.html")]
struct Someone {
    page: Page,
    chosen: Option<Chosen>,
    steps: [(&'static str, &'static str); 11],
    harmed: [&'static str; 3],
}

/// What to do, and how, in this order.
const STEPS: [(&str, &str); 11] = [
    ("someone-thank", "someone-thank-how"),
    ("someone-believe", "someone-believe-how"),
    ("someone-ask", "someone-ask-how"),
    ("someone-secret", "someone-secret-how"),
    ("someone-wish", "someone-wish-how"),
    ("someone-limits", "someone-limits-how"),
    ("someone-stay", "someone-stay-how"),
    ("someone-call", "someone-call-how"),
    ("someone-tell", "someone-tell-how"),
    ("someone-note", "someone-note-how"),
    ("someone-you", "someone-you-how"),
];

/// When the danger is another person.
const HARMED: [&str; 3] =
    ["someone-harmed-confront", "someone-harmed-write", "someone-harmed-device"];

pub async fn help_now(State(app): State<App>, page: Page) -> Answer {
    let chosen = chosen(&app, &page);
    let code = chosen.as_ref().map(|chosen| chosen.code.as_str());
    let held = named(&page, contacts::countries(), code);
    let other = Country::all().filter(|country| contacts::for_country(*country).is_none());
    let other = named(&page, other, code);
    show(&Help { held, other, chosen, page })
}

/// What helps when somebody else is in trouble (practice (f), 4 to 6).
pub async fn someone(State(app): State<App>, page: Page) -> Answer {
    let chosen = chosen(&app, &page).filter(|chosen| !chosen.emergency.is_empty());
    show(&Someone { chosen, page, steps: STEPS, harmed: HARMED })
}

fn chosen(app: &App, page: &Page) -> Option<Chosen> {
    let country = Country::parse(&page.query("country")).ok()?;
    let today = clock::date_of_day(clock::day(app.now()));
    let services = contacts::checked(country);
    let shown = |service: &&Service| ServiceView::new(page, service, today);
    Some(Chosen {
        code: country.code().to_owned(),
        name: name(page, country),
        emergency: services.iter().filter(|s| s.emergency).map(shown).collect(),
        groups: service::groups(page, &services, today),
        left_out: contacts::has_unchecked(country),
        has_hours: services.iter().any(|s| matches!(s.hours, Some(contacts::Hours::Times(_)))),
    })
}

fn name(page: &Page, country: Country) -> String {
    page.t(format!("country-{country}"))
}

fn named(
    page: &Page,
    countries: impl Iterator<Item = Country>,
    chosen: Option<&str>,
) -> Vec<Named> {
    let mut names: Vec<Named> = countries
        .map(|country| Named {
            code: country.code().to_owned(),
            name: name(page, country),
            chosen: chosen == Some(country.code()),
        })
        .collect();
    names.sort_by_cached_key(|named| plain(&named.name));
    names
}

/// Letters without their marks, so that Åland stands among the As.
fn plain(name: &str) -> String {
    name.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}
