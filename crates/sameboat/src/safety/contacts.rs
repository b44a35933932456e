//! Crisis contacts: who to call or text, country by country.
//!
//! The numbers lie in `data/crisis/`, one file a country, and are parsed at first use.
//! What is always true of them:
//! - the country is chosen by a person, never guessed;
//! - the emergency number comes first;
//! - a number is a suggestion until a person of the group has confirmed it;
//! - where we hold nothing we say so: [`for_country`] gives `None`, never a neighbour's numbers.
//!
//! Nothing here reads a clock, a file or the network.

mod country;
mod file;
mod hours;
mod number;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;

pub use country::{Country, UnknownCountry};
pub use hours::{Day, Hours, Span};
pub use number::{BadNumber, Number, TextTo, Way};

/// A check older than this many days shows a note beside the number (practice (f), 8).
pub const DAYS_A_CHECK_HOLDS: i32 = 180;

/// One service that helps people in a crisis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    pub country: Country,
    /// True for the numbers that send help at once.
    pub emergency: bool,
    pub purpose: Purpose,
    /// Whom the service is for.
    pub only: Only,
    /// The part of the country it serves, named in its own language; `None` is all of it.
    pub area: Option<String>,
    pub way: Way,
    /// What to press once the call is answered, such as `2`.
    pub press: Option<String>,
    /// More numbers that reach the same service by voice.
    pub other_calls: Vec<Number>,
    /// `None` where we do not know.
    pub hours: Option<Hours>,
    /// Codes of the languages spoken (BCP 47), the main one first; never empty.
    pub languages: Vec<String>,
    /// True when the service calls in interpreters for other languages.
    pub interpreters: bool,
    /// `None` where we do not know.
    pub cost: Option<Cost>,
    /// The service's own page; always `https`.
    pub source: String,
    /// `None` when nobody has checked the numbers yet.
    pub checked: Option<Check>,
    names: BTreeMap<String, String>,
    language: String,
}

impl Service {
    /// The service's name in `language` (BCP 47) if it has one there, else in its own;
    /// with the language the name is in, for the page's `lang` attribute.
    pub fn name(&self, language: &str) -> (&str, &str) {
        self.names
            .get_key_value(language)
            .or_else(|| self.names.get_key_value(&self.language))
            .map(|(language, name)| (language.as_str(), name.as_str()))
            .expect("an entry without a name in its file's language is refused when it is read")
    }

    /// True when the page should say that these numbers may be out of date.
    pub fn is_old(&self, today: Date) -> bool {
        is_old(self.checked.as_ref().map(|check| check.on), today)
    }
}

/// What a service is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// Somebody's life is in danger, from accident, illness, others or themselves.
    Life,
    /// Violence and abuse, at home or elsewhere.
    Violence,
    /// For children and young people, or about a child in danger.
    Children,
    /// Any trouble that cannot wait for the next meeting.
    Any,
}

/// Whom a service is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Only {
    #[default]
    Everyone,
    Women,
    Men,
    /// The first peoples of the country.
    Indigenous,
}

/// What a call or text costs the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cost {
    Free,
    /// What the person's own phone plan charges for an ordinary call.
    Usual,
}

/// When, and against what, somebody compared every number of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    pub on: Date,
    pub against: Against,
    /// The page compared with, which need not be the service's own; `None` after a call.
    pub page: Option<String>,
}

/// What the numbers were compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Against {
    /// The page as it stood that day.
    LivePage,
    /// A saved copy of the page, which may be older than the day of the check. The page must say so.
    StoredCopy,
    /// Somebody called or texted, and the service answered.
    Call,
}

/// The services of a country, emergency first; `None` where we hold no numbers.
pub fn for_country(country: Country) -> Option<&'static [Service]> {
    SERVICES.get(&country).map(Vec::as_slice)
}

/// The countries we hold numbers for, by code.
pub fn countries() -> impl Iterator<Item = Country> {
    SERVICES.keys().copied()
}

/// The services of a country that somebody compared with a page, or called: no other is shown.
pub fn checked(country: Country) -> Vec<&'static Service> {
    let all = for_country(country).unwrap_or_default();
    all.iter().filter(|service| service.checked.is_some()).collect()
}

/// Whether a country has services that nobody has checked.
pub fn has_unchecked(country: Country) -> bool {
    for_country(country).unwrap_or_default().iter().any(|service| service.checked.is_none())
}

/// True when a check is missing, more than [`DAYS_A_CHECK_HOLDS`] days past, or dated after `today`
/// (a day that has not come yet is a mistake, and a mistake proves nothing).
pub fn is_old(checked: Option<Date>, today: Date) -> bool {
    let Some(on) = checked else { return true };
    let days = (today - on).get_days();
    !(0..=DAYS_A_CHECK_HOLDS).contains(&days)
}

static SERVICES: LazyLock<BTreeMap<Country, Vec<Service>>> = LazyLock::new(|| {
    file::ALL
        .iter()
        .map(|text| file::read(text).expect("a test reads every file that is built in"))
        .collect()
});
