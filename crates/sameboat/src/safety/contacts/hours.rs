use jiff::civil::{Time, Weekday};

/// When a service answers, in the country's own time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hours {
    /// Day and night, every day.
    Always,
    /// Only then; never empty. A day may stand in several spans.
    Times(Vec<Span>),
}

/// Some days of the week, and from when to when on each of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Never empty.
    pub days: Vec<Day>,
    pub from: Time,
    /// When it closes; not later than `from` means: on the next day.
    pub to: Time,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Day {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

impl From<Day> for Weekday {
    fn from(day: Day) -> Weekday {
        match day {
            Day::Mon => Weekday::Monday,
            Day::Tue => Weekday::Tuesday,
            Day::Wed => Weekday::Wednesday,
            Day::Thu => Weekday::Thursday,
            Day::Fri => Weekday::Friday,
            Day::Sat => Weekday::Saturday,
            Day::Sun => Weekday::Sunday,
        }
    }
}
