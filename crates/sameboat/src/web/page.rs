//! What every template needs: words, form keys, addresses of assets.

use std::borrow::Borrow;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use fluent_bundle::FluentArgs;
use jiff::civil::{Date, DateTime};

use crate::access::Person;
use crate::app::App;
use crate::clock;
use crate::config::HostCard;
use crate::error::{Fault, FieldIssue, Stop};
use crate::web::assets;
use crate::web::ending::Ending;
use crate::web::once::Once;
use crate::web::visit::Visit;
use crate::words::{Lang, Part};

/// The frame of a page. Templates hold it in a field named `page`. Cheap to clone.
#[derive(Clone)]
pub struct Page {
    app: App,
    visit: Visit,
    issues: Vec<FieldIssue>,
}

impl Page {
    /// A page for this visit.
    pub fn new(app: App, visit: Visit) -> Page {
        Page { app, visit, issues: Vec::new() }
    }

    /// The same page with sentences beside the fields that need mending.
    pub fn with_issues(mut self, issues: Vec<FieldIssue>) -> Page {
        self.issues = issues;
        self
    }

    /// A sentence.
    pub fn t(&self, key: impl AsRef<str>) -> String {
        self.visit.words.say(key.as_ref(), &FluentArgs::new())
    }

    /// A sentence with one part.
    pub fn t1(&self, key: &str, name: &str, part: impl Part) -> String {
        let mut args = FluentArgs::new();
        args.set(name.to_owned(), part.part());
        self.visit.words.say(key, &args)
    }

    /// A sentence with two parts.
    pub fn t2(&self, key: &str, a: &str, one: impl Part, b: &str, two: impl Part) -> String {
        let mut args = FluentArgs::new();
        args.set(a.to_owned(), one.part());
        args.set(b.to_owned(), two.part());
        self.visit.words.say(key, &args)
    }

    /// The moment in which the page is made (microseconds UTC).
    pub fn now(&self) -> i64 {
        self.app.now()
    }

    /// Whether there is a sentence with this key.
    pub fn has(&self, key: &str) -> bool {
        self.visit.words.has(key)
    }

    /// Whether somebody may be signed in, and it can't be looked up.
    pub fn who_knows(&self) -> bool {
        self.visit.who_knows
    }

    /// A one-time key for one form.
    pub fn once(&self) -> String {
        Once::issue(&self.app.keys, self.visit.binding, self.app.chance())
    }

    /// The key of the sentence beside this field, if it needs mending.
    pub fn issue(&self, field: &str) -> Option<&'static str> {
        self.issues.iter().find(|issue| issue.field == field).map(|issue| issue.key)
    }

    /// All that needs mending, for the summary on top.
    pub fn issues(&self) -> &[FieldIssue] {
        &self.issues
    }

    /// A day (days since 1970, UTC) in words.
    pub fn day(&self, day: impl Borrow<i64>) -> String {
        self.date(clock::date_of_day(*day.borrow()))
    }

    /// A calendar date in words.
    pub fn date(&self, date: Date) -> String {
        self.spell("when-day", date, None)
    }

    /// An instant (microseconds UTC) in words, in UTC.
    pub fn moment(&self, micros: impl Borrow<i64>) -> String {
        let micros = *micros.borrow();
        let time = clock::time_of_day(micros);
        self.spell("when-moment", clock::date_of_day(clock::day(micros)), Some(time))
    }

    /// What a clock on the wall shows, in words.
    pub fn wall(&self, wall: DateTime) -> String {
        let time = format!("{:02}:{:02}", wall.hour(), wall.minute());
        self.spell("when-wall", wall.date(), Some(time))
    }

    fn spell(&self, key: &str, date: Date, time: Option<String>) -> String {
        let mut args = FluentArgs::new();
        let weekday = self.t(format!("weekday-{}", date.weekday().to_monday_one_offset()));
        let month = self.t(format!("month-{}", date.month()));
        args.set("weekday", weekday);
        args.set("day", i64::from(date.day()));
        args.set("month", month);
        args.set("year", date.year().to_string());
        args.set("time", time.unwrap_or_default());
        self.visit.words.say(key, &args)
    }

    /// What was just done, as a sentence; not if another site led here, which may say anything.
    pub fn done(&self) -> Option<String> {
        if !self.visit.from_here {
            return None;
        }
        let key = format!("done-{}", self.query("done"));
        self.has(&key).then(|| self.t(&key))
    }

    /// What the address says after the question mark under this name; never somebody's words.
    pub fn query(&self, name: &str) -> String {
        let pairs = self.visit.query.split('&').filter_map(|pair| pair.split_once('='));
        let found = pairs.into_iter().find(|(key, _)| *key == name);
        found.map(|(_, value)| value.to_owned()).unwrap_or_default()
    }

    /// Whether the address asks for this with `=1`.
    pub fn asked(&self, name: &str) -> bool {
        self.query(name) == "1"
    }

    /// Who is signed in.
    pub fn person(&self) -> Option<&Person> {
        self.visit.person.as_ref()
    }

    /// Whether somebody is signed in.
    pub fn signed_in(&self) -> bool {
        self.visit.person.is_some()
    }

    /// When the sign-in ends, if somebody is signed in.
    pub fn ending(&self) -> Option<Ending> {
        let person = self.person()?;
        Some(Ending::of(person, self.app.now()))
    }

    /// The language of the page (BCP 47).
    pub fn lang(&self) -> &'static str {
        self.visit.words.lang().tag()
    }

    /// Which way it runs.
    pub fn dir(&self) -> &'static str {
        self.visit.words.lang().direction()
    }

    /// The address of this page.
    pub fn path(&self) -> &str {
        &self.visit.path
    }

    /// Where looking at it again leads: to this page, or above the form that it answers.
    pub fn back(&self) -> &str {
        &self.visit.back
    }

    /// `true` when this address, or one below it, is shown.
    pub fn within(&self, path: impl AsRef<str>) -> bool {
        let rest = self.visit.path.strip_prefix(path.as_ref());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The hashed address of an asset.
    pub fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    /// The address of the style sheet; without the font when the browser asks to save data.
    pub fn sheet(&self) -> String {
        assets::address(if self.visit.save_data { "css/plain.css" } else { "css/style.css" })
    }

    /// The ids of what describes a field, for `aria-describedby`.
    pub fn described(&self, field: &str, hint: &str) -> String {
        let hint = (!hint.is_empty()).then(|| format!("{field}-hint"));
        let issue = self.issue(field).map(|_| format!("{field}-error"));
        hint.into_iter().chain(issue).collect::<Vec<_>>().join(" ")
    }

    /// Whether testers may switch to a made-up language.
    pub fn test_languages(&self) -> bool {
        self.app.settings.test_languages
    }

    /// The tags of all languages.
    pub fn languages(&self) -> Vec<&'static str> {
        Lang::ALL.map(Lang::tag).to_vec()
    }

    /// Who runs this instance, if they said so.
    pub fn host(&self) -> Option<&HostCard> {
        self.app.settings.host.as_ref()
    }

    /// The address that leaving fast goes to.
    pub fn leave_to(&self) -> &str {
        &self.app.settings.leave_to
    }
}

impl FromRequestParts<App> for Page {
    type Rejection = Stop;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Page, Stop> {
        let visit = parts.extensions.get::<Visit>().cloned();
        let visit = visit.ok_or_else(|| Fault::because("a page outside the stack"))?;
        Ok(Page::new(app.clone(), visit))
    }
}
