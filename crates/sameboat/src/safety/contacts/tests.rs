mod numbers;

use std::collections::BTreeSet;

use jiff::civil::date;

use super::*;

const HELD: [&str; 10] = ["AU", "CA", "DE", "ES", "FR", "GB", "IE", "IN", "NZ", "US"];

fn here(code: &str) -> &'static [Service] {
    for_country(Country::parse(code).unwrap()).unwrap()
}

const GOOD: &str = r#"
country = "GB"
language = "en"
[[service]]
names = { en = "Help" }
purpose = "life"
emergency = true
call = "999"
languages = ["en"]
source = "https://example.org/"
"#;

fn refused(change: &str, to: &str) -> String {
    assert!(file::read(GOOD).is_ok());
    assert!(GOOD.contains(change), "{change}");
    let why = file::read(&GOOD.replace(change, to)).unwrap_err();
    match why {
        file::BadFile::Service { why, .. } => why.to_string(),
        other => other.to_string(),
    }
}

#[test]
fn every_file_reads() {
    let read: Vec<_> =
        file::ALL.iter().map(|text| file::read(text).unwrap().0.to_string()).collect();
    assert_eq!(read, HELD);
    assert_eq!(SERVICES.keys().map(|country| country.to_string()).collect::<Vec<_>>(), HELD);
}

#[test]
fn every_country_has_the_emergency_number_first_and_help_for_each_purpose() {
    for code in HELD {
        let services = here(code);
        assert!(services[0].emergency, "{code}");
        assert!(services.len() >= 4, "{code}");
        let emergencies = services.iter().take_while(|service| service.emergency).count();
        assert!(services[emergencies..].iter().all(|service| !service.emergency), "{code}");
        for purpose in [Purpose::Life, Purpose::Violence, Purpose::Children] {
            let beyond = services[emergencies..].iter().any(|service| service.purpose == purpose);
            assert!(beyond, "{code} has nobody for {purpose:?}");
        }
    }
}

#[test]
fn no_service_stands_twice() {
    for code in HELD {
        let mut seen = BTreeSet::new();
        for service in here(code) {
            for number in service.way.call().into_iter().chain(&service.other_calls) {
                assert!(seen.insert(number.digits()), "{code} {number}");
            }
        }
    }
}

#[test]
fn where_we_hold_nothing_we_say_so() {
    assert!(for_country(Country::parse("BR").unwrap()).is_none());
}

#[test]
fn countries_are_read_by_code() {
    assert_eq!(Country::all().count(), 249);
    assert_eq!(Country::parse(" nz ").unwrap().code(), "NZ");
    for wrong in ["", "N", "NZL", "XX", "Z1", "é", "UK"] {
        assert!(Country::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_check_holds_180_days() {
    let on = date(2026, 1, 1);
    assert!(!is_old(Some(on), on));
    assert!(!is_old(Some(on), date(2026, 6, 30)));
    assert!(is_old(Some(on), date(2026, 7, 1)));
    assert!(is_old(Some(on), date(2028, 1, 1)));
}

#[test]
fn a_missing_check_or_one_from_tomorrow_is_old() {
    assert!(is_old(None, date(2026, 1, 1)));
    assert!(is_old(Some(date(2026, 1, 2)), date(2026, 1, 1)));
    let unchecked = here("IN").iter().find(|service| service.checked.is_none()).unwrap();
    assert!(unchecked.is_old(date(2026, 11, 22)));
}

#[test]
fn links_hold_digits_only() {
    let us = here("US");
    let violence = us.iter().find(|service| service.purpose == Purpose::Violence).unwrap();
    assert_eq!(violence.way.call().unwrap().call_link(), "tel:18007997233");
    assert_eq!(violence.way.text().unwrap().link(), "sms:88788?body=START");
    let lifeline = us.iter().find(|service| !service.emergency).unwrap();
    assert_eq!(lifeline.way.text().unwrap().link(), "sms:988");
    assert_eq!(here("GB")[0].way.call().unwrap().call_link(), "tel:999");
}

#[test]
fn numbers_are_written_as_dialled() {
    for good in ["15", "000", "0808 2000 247", "1 800 363-9010"] {
        assert_eq!(Number::parse(good).unwrap().as_written(), good);
    }
    for wrong in ["", "1", "+44 20", "0808  2000", "-112", "112 ", "12a", "1234567890123456", "٩٩٩"]
    {
        assert!(Number::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn names_are_in_the_language_asked_for_or_the_services_own() {
    let canada = here("CA");
    assert_eq!(canada[0].name("fr"), ("fr", "Services d’urgence"));
    assert_eq!(canada[0].name("pl"), ("en", "Emergency services"));
    assert_eq!(here("FR")[1].name("en"), ("fr", "Samu"));
}

#[test]
fn hours_are_told_where_known() {
    assert_eq!(here("GB")[0].hours, Some(Hours::Always));
    let children = here("DE").iter().find(|service| service.purpose == Purpose::Children).unwrap();
    let Some(Hours::Times(spans)) = &children.hours else { panic!("{:?}", children.hours) };
    assert_eq!(spans[0].days.len(), 6);
    assert_eq!(spans[0].from.to_string(), "14:00:00");
    assert_eq!(jiff::civil::Weekday::from(spans[1].days[1]), jiff::civil::Weekday::Wednesday);
}

#[test]
fn an_entry_that_would_mislead_is_refused() {
    for (change, to, why) in [
        ("call = \"999\"", "", "neither be called"),
        ("call = \"999\"", "press = \"2\"\ntext = { to = \"999\" }", "without one"),
        ("call = \"999\"", "call = \"nine\"", "a number"),
        ("call = \"999\"", "text = { to = \"999\", word = \"a&b\" }", "the word"),
        ("call = \"999\"", "call = \"999\"\npress = \"two\"", "press"),
        ("call = \"999\"", "call = \"999\"\nhours = []", "hours"),
        ("en = \"Help\"", "cy = \"Help\"", "no name"),
        ("[\"en\"]", "[]", "no language"),
        ("https:", "http:", "https"),
        ("emergency = true", "", "emergency number"),
        ("\"GB\"", "\"XX\"", "country"),
        ("purpose = \"life\"", "purpose = \"fun\"", "not written"),
        ("emergency = true", "emergency = true\nphone = 1", "not written"),
        ("source", "checked = { on = \"2026-02-30\", against = \"call\" }\nsource", "date"),
        ("source", "checked = { on = \"2026-02-03\", against = \"live-page\" }\nsource", "page"),
    ] {
        let said = refused(change, to);
        assert!(said.contains(why), "{to}: {said}");
    }
}
