//! The only place that asks what time it is.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// A second, in the microseconds that all instants are kept in.
pub const SECOND: i64 = 1_000_000;
/// A minute, in microseconds.
pub const MINUTE: i64 = 60 * SECOND;
/// An hour, in microseconds.
pub const HOUR: i64 = 60 * MINUTE;
/// A day of 24 hours, in microseconds.
pub const DAY: i64 = 24 * HOUR;

/// The machine's clock: microseconds UTC since 1970.
pub fn system() -> storekit::Clock {
    #[expect(clippy::disallowed_methods, reason = "the one place where time comes in")]
    Arc::new(|| Timestamp::now().as_microsecond())
}

/// The day (UTC) of an instant, as days since 1970-01-01: what stands in clear beside words.
pub fn day(micros: i64) -> i64 {
    micros.div_euclid(DAY)
}

/// The calendar date (UTC) of a day number. Days outside the calendar become its first day.
pub fn date_of_day(day: i64) -> Date {
    Timestamp::from_second(day.saturating_mul(86_400))
        .map(|t| t.to_zoned(TimeZone::UTC).date())
        .unwrap_or(Date::MIN)
}

/// The day number of a calendar date (UTC).
pub fn day_of_date(date: Date) -> i64 {
    let since = date.duration_since(Date::constant(1970, 1, 1));
    since.as_secs().div_euclid(86_400)
}

/// The time of day (UTC) of an instant, as `18:05`.
pub fn time_of_day(micros: i64) -> String {
    let minutes = micros.rem_euclid(DAY) / MINUTE;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// What a clock on the wall shows at an instant, in a zone (IANA name); an unknown zone is UTC.
pub fn on_the_wall(micros: i64, zone: &str) -> DateTime {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    Timestamp::from_microsecond(micros).unwrap_or(Timestamp::MIN).to_zoned(zone).datetime()
}

/// The instant at which a clock on the wall of a zone shows this. Where it shows it twice, the
/// first; where it never does because it is put forward, as long after.
pub fn instant(wall: DateTime, zone: &str) -> Option<i64> {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    Some(wall.to_zoned(zone).ok()?.timestamp().as_microsecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wall_and_the_instant_go_together() {
        let wall: DateTime = "2026-07-07T18:00".parse().expect("a moment");
        let at = instant(wall, "Europe/London").expect("an instant");
        assert_eq!(time_of_day(at), "17:00");
        assert_eq!(on_the_wall(at, "Europe/London"), wall);
        assert_eq!(time_of_day(instant(wall, "Nowhere/Land").expect("an instant")), "18:00");
    }
}
