//! The only place that asks what time it is.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
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
