//! Times as people read them.

use chancery_store::Timestamp;
use jiff::tz::TimeZone;

use crate::words::Language;

/// Seconds since 1970, as both the store and certificates can give them.
#[derive(Clone, Copy)]
pub(crate) struct Seconds(i64);

impl From<Timestamp> for Seconds {
    fn from(at: Timestamp) -> Self {
        Self(at.as_secs())
    }
}

impl From<&Timestamp> for Seconds {
    fn from(at: &Timestamp) -> Self {
        Self(at.as_secs())
    }
}

impl From<i64> for Seconds {
    fn from(at: i64) -> Self {
        Self(at)
    }
}

impl From<&i64> for Seconds {
    fn from(at: &i64) -> Self {
        Self(*at)
    }
}

impl Seconds {
    fn instant(self) -> jiff::Timestamp {
        let limit = if self.0 < 0 {
            jiff::Timestamp::MIN
        } else {
            jiff::Timestamp::MAX
        };
        jiff::Timestamp::from_second(self.0).unwrap_or(limit)
    }
}

pub(crate) fn date(language: Language, zone: &TimeZone, at: Seconds) -> String {
    let local = at.instant().to_zoned(zone.clone());
    language
        .message("date")
        .with("day", local.day())
        .with("month", local.month())
        .with("year", local.year().to_string())
        .to_string()
}

pub(crate) fn date_time(language: Language, zone: &TimeZone, at: Seconds) -> String {
    let local = at.instant().to_zoned(zone.clone());
    language
        .message("date-and-time")
        .with("date", date(language, zone, at))
        .with("time", format!("{:02}:{:02}", local.hour(), local.minute()))
        .to_string()
}

pub(crate) fn iso(at: Seconds) -> String {
    at.instant().to_string()
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::{Seconds, date, date_time, iso};
    use crate::words::Language;

    #[test]
    fn each_language_writes_a_date_in_its_own_way() {
        let zone = TimeZone::get("Europe/Prague").unwrap();
        let at = Seconds(1_794_356_700);
        assert_eq!(iso(at), "2026-11-11T00:25:00Z");
        let [en, cs] = ["en", "cs"].map(|tag| Language::from_tag(tag).unwrap());
        assert_eq!(date(en, &zone, at), "11\u{a0}November\u{a0}2026");
        assert_eq!(date(cs, &zone, at), "11.\u{a0}listopadu\u{a0}2026");
        assert_eq!(
            date_time(en, &zone, at),
            "11\u{a0}November\u{a0}2026 at\u{a0}01:25"
        );
        assert_eq!(
            date_time(cs, &zone, at),
            "11.\u{a0}listopadu\u{a0}2026 v\u{a0}01:25"
        );
    }

    #[test]
    fn a_time_beyond_the_calendar_is_still_shown() {
        assert!(iso(Seconds(i64::MAX)).starts_with("9999"));
    }
}
