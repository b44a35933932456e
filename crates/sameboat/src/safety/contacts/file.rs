//! Reads a country's file, and refuses whatever the page could not say truly.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};
use serde::Deserialize;

use super::{
    Against, BadNumber, Check, Cost, Country, Day, Hours, Number, Only, Purpose, Service, Span,
    TextTo, UnknownCountry, Way,
};

/// The files that are built in.
pub(super) const ALL: [&str; 10] = [
    include_str!("../../../data/crisis/AU.toml"),
    include_str!("../../../data/crisis/CA.toml"),
    include_str!("../../../data/crisis/DE.toml"),
    include_str!("../../../data/crisis/ES.toml"),
    include_str!("../../../data/crisis/FR.toml"),
    include_str!("../../../data/crisis/GB.toml"),
    include_str!("../../../data/crisis/IE.toml"),
    include_str!("../../../data/crisis/IN.toml"),
    include_str!("../../../data/crisis/NZ.toml"),
    include_str!("../../../data/crisis/US.toml"),
];

/// Why a file cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum BadFile {
    #[error("it is not written as these files are")]
    Form(#[source] toml::de::Error),
    #[error("its country is unknown")]
    Country(#[source] UnknownCountry),
    #[error("it holds no service, or the first one is not the emergency number")]
    EmergencyNotFirst,
    #[error("service {place}")]
    Service {
        /// Counted from 1.
        place: usize,
        #[source]
        why: BadService,
    },
}

/// Why one entry cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum BadService {
    #[error("it has no name in the file's language")]
    NoName,
    #[error("it can neither be called nor texted, or has what belongs to a call without one")]
    NoWay,
    #[error("a number is wrong")]
    Number(#[from] BadNumber),
    #[error("the word to text has other signs than letters and digits")]
    Word,
    #[error("what to press is not one or more keys of a phone")]
    Press,
    #[error("it names no language")]
    NoLanguage,
    #[error("a page is not an address that starts with https")]
    Page,
    #[error("its hours name no day or no time")]
    NoHours,
    #[error("a date or time is wrong")]
    When(#[from] jiff::Error),
}

/// Reads one file.
///
/// # Errors
/// When it is not as `data/crisis/README.md` says.
pub(super) fn read(text: &str) -> Result<(Country, Vec<Service>), BadFile> {
    let file: File = toml::from_str(text).map_err(BadFile::Form)?;
    let country = Country::parse(&file.country).map_err(BadFile::Country)?;
    let mut services = Vec::with_capacity(file.service.len());
    for (entry, place) in file.service.into_iter().zip(1..) {
        let service = entry
            .into_service(country, &file.language)
            .map_err(|why| BadFile::Service { place, why })?;
        services.push(service);
    }
    if services.first().is_some_and(|first| first.emergency) {
        Ok((country, services))
    } else {
        Err(BadFile::EmergencyNotFirst)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    country: String,
    language: String,
    service: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    names: BTreeMap<String, String>,
    purpose: Purpose,
    #[serde(default)]
    emergency: bool,
    #[serde(default)]
    only: Only,
    area: Option<String>,
    call: Option<String>,
    press: Option<String>,
    #[serde(default)]
    other_calls: Vec<String>,
    text: Option<TextEntry>,
    hours: Option<HoursEntry>,
    languages: Vec<String>,
    #[serde(default)]
    interpreters: bool,
    cost: Option<Cost>,
    source: String,
    checked: Option<CheckEntry>,
}

impl Entry {
    fn into_service(self, country: Country, language: &str) -> Result<Service, BadService> {
        let way = way(self.call.as_deref(), self.text)?;
        if way.call().is_none() && (self.press.is_some() || !self.other_calls.is_empty()) {
            return Err(BadService::NoWay);
        }
        if self.names.get(language).is_none_or(|name| name.trim().is_empty()) {
            return Err(BadService::NoName);
        }
        if self.languages.is_empty() {
            return Err(BadService::NoLanguage);
        }
        Ok(Service {
            country,
            emergency: self.emergency,
            purpose: self.purpose,
            only: self.only,
            area: self.area,
            way,
            press: self.press.map(keys).transpose()?,
            other_calls: numbers(&self.other_calls)?,
            hours: self.hours.map(HoursEntry::into_hours).transpose()?,
            languages: self.languages,
            interpreters: self.interpreters,
            cost: self.cost,
            source: secure(self.source)?,
            checked: self.checked.map(CheckEntry::into_check).transpose()?,
            names: self.names,
            language: language.to_owned(),
        })
    }
}

fn way(call: Option<&str>, text: Option<TextEntry>) -> Result<Way, BadService> {
    let call = call.map(Number::parse).transpose()?;
    let text = text.map(TextEntry::into_text).transpose()?;
    match (call, text) {
        (Some(call), Some(text)) => Ok(Way::CallOrText(call, text)),
        (Some(call), None) => Ok(Way::Call(call)),
        (None, Some(text)) => Ok(Way::Text(text)),
        (None, None) => Err(BadService::NoWay),
    }
}

fn numbers(texts: &[String]) -> Result<Vec<Number>, BadService> {
    Ok(texts.iter().map(|text| Number::parse(text)).collect::<Result<_, _>>()?)
}

fn keys(press: String) -> Result<String, BadService> {
    let on_a_phone = |key: u8| key.is_ascii_digit() || key == b'*' || key == b'#';
    if !press.is_empty() && press.bytes().all(on_a_phone) {
        Ok(press)
    } else {
        Err(BadService::Press)
    }
}

fn secure(page: String) -> Result<String, BadService> {
    if page.starts_with("https://") { Ok(page) } else { Err(BadService::Page) }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TextEntry {
    to: String,
    word: Option<String>,
}

impl TextEntry {
    fn into_text(self) -> Result<TextTo, BadService> {
        let plain =
            |word: &String| !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric());
        if self.word.as_ref().is_some_and(|word| !plain(word)) {
            return Err(BadService::Word);
        }
        Ok(TextTo { number: Number::parse(&self.to)?, word: self.word })
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum HoursEntry {
    Word(Always),
    Times(Vec<SpanEntry>),
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Always {
    Always,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SpanEntry {
    days: Vec<Day>,
    from: String,
    to: String,
}

impl HoursEntry {
    fn into_hours(self) -> Result<Hours, BadService> {
        let spans = match self {
            HoursEntry::Word(Always::Always) => return Ok(Hours::Always),
            HoursEntry::Times(spans) => spans,
        };
        if spans.is_empty() || spans.iter().any(|span| span.days.is_empty()) {
            return Err(BadService::NoHours);
        }
        let read = |span: SpanEntry| -> Result<Span, BadService> {
            let (from, to): (Time, Time) = (span.from.parse()?, span.to.parse()?);
            Ok(Span { days: span.days, from, to })
        };
        Ok(Hours::Times(spans.into_iter().map(read).collect::<Result<_, _>>()?))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CheckEntry {
    on: String,
    against: Against,
    page: Option<String>,
}

impl CheckEntry {
    /// The page compared with may be an old one without https: it is a record, not a link for people.
    fn into_check(self) -> Result<Check, BadService> {
        if self.against != Against::Call && self.page.is_none() {
            return Err(BadService::Page);
        }
        Ok(Check { on: self.on.parse::<Date>()?, against: self.against, page: self.page })
    }
}
