//! One service, put into words.

use jiff::civil::{Date, Time, Weekday};

use crate::safety::contacts::{
    Against, Check, Cost, DAYS_A_CHECK_HOLDS, Day, Hours, Number, Only, Purpose, Service, Span,
};
use crate::web::Page;

/// Services for one purpose.
pub struct Group {
    /// The key of its heading.
    pub title: &'static str,
    pub services: Vec<ServiceView>,
}

/// A service as the page shows it.
pub struct ServiceView {
    pub name: String,
    /// The language of the name.
    pub lang: String,
    pub ways: Vec<WayView>,
    /// Whom it is for, when it answers, in which languages, what it costs.
    pub lines: Vec<Line>,
    /// How its numbers were checked.
    pub check: String,
    /// What to say when the check is too old to be trusted.
    pub stale: Option<String>,
    pub source: String,
    /// The name of the machine that the page is on.
    pub source_name: String,
}

/// A sentence, and what follows it in the service's own language.
pub struct Line {
    pub says: String,
    pub own: String,
}

/// A number and what to do with it.
pub struct WayView {
    pub label: String,
    pub number: String,
    pub link: String,
}

/// The services that are not for emergencies, by what they are for.
pub fn groups(page: &Page, services: &[&Service], today: Date) -> Vec<Group> {
    [Purpose::Life, Purpose::Violence, Purpose::Children, Purpose::Any]
        .into_iter()
        .map(|purpose| Group {
            title: title(purpose),
            services: services
                .iter()
                .filter(|service| !service.emergency && service.purpose == purpose)
                .map(|service| ServiceView::new(page, service, today))
                .collect(),
        })
        .filter(|group| !group.services.is_empty())
        .collect()
}

fn title(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Life => "help-for-life",
        Purpose::Violence => "help-for-violence",
        Purpose::Children => "help-for-children",
        Purpose::Any => "help-for-any",
    }
}

impl ServiceView {
    pub fn new(page: &Page, service: &Service, today: Date) -> ServiceView {
        let (lang, name) = service.name(page.lang());
        let own = |key: &str, own: &String| Line { says: page.t(key), own: own.clone() };
        let word = service.way.text().and_then(|text| text.word.as_ref());
        let mut lines = Vec::new();
        lines.extend(word.map(|word| own("help-word", word)));
        lines.extend(service.press.as_ref().map(|keys| own("help-press", keys)));
        lines.extend(service.area.as_ref().map(|area| own("help-area", area)));
        let mut said: Vec<String> = whom(page, service.only).into_iter().collect();
        said.extend(hours(page, service.hours.as_ref()));
        said.push(languages(page, service));
        said.extend(cost(page, service.cost));
        lines.extend(said.into_iter().map(|says| Line { says, own: String::new() }));
        ServiceView {
            name: name.to_owned(),
            lang: lang.to_owned(),
            ways: ways(page, service),
            lines,
            check: check(page, service.checked.as_ref(), today),
            stale: stale(page, service, today),
            source: service.source.clone(),
            source_name: machine(&service.source).to_owned(),
        }
    }
}

fn ways(page: &Page, service: &Service) -> Vec<WayView> {
    let call = |number: &Number| WayView {
        label: page.t("help-call"),
        number: number.as_written().to_owned(),
        link: number.call_link(),
    };
    let mut ways: Vec<WayView> = service.way.call().map(call).into_iter().collect();
    ways.extend(service.way.text().map(|text| WayView {
        label: page.t("help-text"),
        number: text.number.as_written().to_owned(),
        link: text.link(),
    }));
    ways.extend(service.other_calls.iter().map(call));
    ways
}

fn whom(page: &Page, only: Only) -> Option<String> {
    match only {
        Only::Everyone => None,
        Only::Women => Some(page.t("help-only-women")),
        Only::Men => Some(page.t("help-only-men")),
        Only::Indigenous => Some(page.t("help-only-indigenous")),
    }
}

fn cost(page: &Page, cost: Option<Cost>) -> Option<String> {
    match cost {
        Some(Cost::Free) => Some(page.t("help-free")),
        Some(Cost::Usual) => Some(page.t("help-usual-cost")),
        None => None,
    }
}

fn languages(page: &Page, service: &Service) -> String {
    let names: Vec<String> =
        service.languages.iter().map(|code| page.t(format!("language-{code}"))).collect();
    let key = if service.interpreters { "help-interpreters" } else { "help-languages" };
    page.t1(key, "languages", list(page, names))
}

fn check(page: &Page, check: Option<&Check>, today: Date) -> String {
    let Some(check) = check.filter(|check| check.on <= today) else {
        return page.t("help-unchecked");
    };
    let key = match check.against {
        Against::LivePage => "help-checked-page",
        Against::StoredCopy => "help-checked-copy",
        Against::Call => "help-checked-call",
    };
    page.t1(key, "day", page.date(check.on))
}

fn stale(page: &Page, service: &Service, today: Date) -> Option<String> {
    let checked = service.checked.as_ref().is_some_and(|check| check.on <= today);
    (checked && service.is_old(today)).then(|| page.t1("help-stale", "days", DAYS_A_CHECK_HOLDS))
}

fn hours(page: &Page, hours: Option<&Hours>) -> Vec<String> {
    match hours {
        Some(Hours::Always) => vec![page.t("help-always")],
        Some(Hours::Times(spans)) => spans.iter().map(|span| times(page, span)).collect(),
        None => vec![page.t("help-hours-unknown")],
    }
}

fn times(page: &Page, span: &Span) -> String {
    let key = if span.to <= span.from { "help-times-overnight" } else { "help-times" };
    let times = page.t2(key, "from", clock(span.from), "to", clock(span.to));
    page.t2("help-hours", "days", days(page, &span.days), "times", times)
}

fn clock(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// Days in a row become “Monday to Saturday”.
fn days(page: &Page, days: &[Day]) -> String {
    let mut numbers: Vec<i8> =
        days.iter().map(|day| Weekday::from(*day).to_monday_one_offset()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let name = |number: &i8| page.t(format!("weekday-{number}"));
    match (numbers.as_slice(), numbers.first(), numbers.last()) {
        ([1, 2, 3, 4, 5, 6, 7], ..) => page.t("help-every-day"),
        (all, Some(first), Some(last)) if all.len() > 2 && in_a_row(all) => {
            page.t2("help-days", "first", name(first), "last", name(last))
        }
        (all, ..) => list(page, all.iter().map(name).collect()),
    }
}

fn in_a_row(numbers: &[i8]) -> bool {
    numbers.windows(2).all(|pair| pair[1] - pair[0] == 1)
}

/// “a, b and c”, as the language puts it.
fn list(page: &Page, mut items: Vec<String>) -> String {
    let Some(last) = items.pop() else { return String::new() };
    let most = items
        .into_iter()
        .reduce(|before, next| page.t2("help-list-more", "before", before, "next", next));
    match most {
        Some(most) => page.t2("help-list-last", "before", most, "last", last),
        None => last,
    }
}

fn machine(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let name = rest.split('/').next().unwrap_or(rest);
    name.strip_prefix("www.").unwrap_or(name)
}
