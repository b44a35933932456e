//! A meeting as a calendar file (RFC 5545): when, how long, and a title that whoever takes it
//! chooses. No place, no purpose, no name of the group.

use icalendar::{Calendar, Component, Event};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use seal::InstanceKey;

use crate::access::Member;
use crate::ids::MeetingId;

const UID_LABEL: &str = "meetings.calendar";

/// What stands in the file.
pub struct Entry<'a> {
    /// The title that the member chose.
    pub title: &'a str,
    /// When it begins (microseconds UTC).
    pub starts_at: i64,
    /// How long it is planned.
    pub minutes: u32,
    /// [`uid`].
    pub uid: String,
    /// The moment (microseconds UTC).
    pub now: i64,
}

/// A name for the entry: the same each time this member takes this meeting, so that a changed time
/// moves the entry; another one for every member, so that nobody who keeps calendars for two of
/// them sees that they meet. A change of the instance key leaves it, until the old line goes.
pub fn uid(keys: &InstanceKey, member: &Member, id: MeetingId) -> String {
    let (scope, member) = (member.scope(), member.id());
    let mac = keys.oldest().mac(UID_LABEL, &[scope.bytes(), member.bytes(), id.bytes()]);
    mac[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The file.
pub fn file(entry: &Entry<'_>) -> String {
    let end = entry.starts_at + i64::from(entry.minutes) * crate::clock::MINUTE;
    let event = Event::new()
        .uid(&entry.uid)
        .summary(entry.title)
        .add_property("DTSTAMP", stamp(entry.now))
        .add_property("DTSTART", stamp(entry.starts_at))
        .add_property("DTEND", stamp(end))
        .add_property("CLASS", "PRIVATE")
        .done();
    Calendar::new().push(event).done().to_string()
}

fn stamp(micros: i64) -> String {
    let at = Timestamp::from_microsecond(micros).unwrap_or(Timestamp::MIN);
    at.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use icalendar::parser::{read_calendar, unfold};

    use super::*;

    #[test]
    fn the_file_reads_back_as_one_entry() {
        let starts_at = 1_783_443_600_000_000;
        let title = "Tuesday; class, and “tea”\nat 6";
        let uid = "0011223344556677".to_owned();
        let text = file(&Entry { title, starts_at, minutes: 75, uid, now: starts_at });
        assert!(text.lines().all(|line| line.len() <= 75), "{text}");
        let unfolded = unfold(&text);
        let calendar = read_calendar(&unfolded).expect("a calendar");
        let calendar = Calendar::from(calendar);
        let events: Vec<&Event> = calendar.iter().filter_map(|one| one.as_event()).collect();
        assert_eq!(events.len(), 1);
        assert_eq!(events[0].get_summary(), Some("Tuesday; class, and “tea”\nat 6"));
        assert_eq!(events[0].property_value("DTSTART"), Some("20260707T170000Z"));
        assert_eq!(events[0].property_value("DTEND"), Some("20260707T181500Z"));
        assert_eq!(events[0].property_value("LOCATION"), None);
    }
}
