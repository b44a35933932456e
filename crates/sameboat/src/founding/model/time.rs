//! A time of day as people write it.

use jiff::civil::Time;
use unicode_normalization::UnicodeNormalization;

/// Reads `18:30`, `18.30`, `6:30 pm`, `6 p.m.`; none where anything is left over.
pub fn parse(typed: &str) -> Option<Time> {
    let plain = typed.nfkc().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace());
    let plain: String = plain.collect();
    let (clock, half) = halves(&plain);
    let (hour, minute) = match clock.split_once([':', '.']) {
        Some(both) => both,
        None => (clock, half.map(|_| "00")?),
    };
    let (hour, minute) = (number(hour, 1..=2)?, number(minute, 2..=2)?);
    let hour = match half {
        None => hour,
        Some(add) => (1..=12).contains(&hour).then_some(hour % 12 + add)?,
    };
    Time::new(hour, minute, 0, 0).ok()
}

/// The clock, and the hours that its half of the day adds, if one was named.
fn halves(plain: &str) -> (&str, Option<i8>) {
    for (words, add) in [(["am", "a.m.", "a.m"], 0), (["pm", "p.m.", "p.m"], 12)] {
        if let Some(clock) = words.iter().find_map(|word| plain.strip_suffix(word)) {
            return (clock, Some(add));
        }
    }
    (plain, None)
}

fn number(digits: &str, long: std::ops::RangeInclusive<usize>) -> Option<i8> {
    let good = long.contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|_| good)
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;

    use super::parse;

    #[test]
    fn a_time_is_understood_or_refused_and_never_half_read() {
        for (typed, hour, minute) in [
            ("18:30", 18, 30),
            (" 6.05 ", 6, 5),
            ("6:30pm", 18, 30),
            ("6.30 p.m.", 18, 30),
            ("6 PM", 18, 0),
            ("12:15 am", 0, 15),
            ("12 pm", 12, 0),
            ("１８：３０", 18, 30),
        ] {
            assert_eq!(parse(typed), Some(time(hour, minute, 0, 0)), "{typed}");
        }
        for typed in [
            "",
            "6",
            "pm",
            "25:00",
            "6:3",
            "6:300",
            "18:30:00",
            "13:00 pm",
            "0:30 am",
            "6:30 p",
            "half past six",
            "18:30 sharp",
            "+6:30",
            "006:30",
        ] {
            assert_eq!(parse(typed), None, "{typed}");
        }
    }
}
