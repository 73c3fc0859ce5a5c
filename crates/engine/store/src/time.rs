//! Times as they are stored.

use std::time::Duration;

/// Microseconds since 1970-01-01T00:00:00Z, as every `bigint` time column holds them.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    serde::Serialize,
    serde::Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// A time from microseconds UTC.
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// A time from whole seconds UTC.
    #[must_use]
    pub const fn from_secs(secs: i64) -> Self {
        Self(secs.saturating_mul(1_000_000))
    }

    /// Microseconds UTC.
    #[must_use]
    pub const fn as_micros(self) -> i64 {
        self.0
    }

    /// Whole seconds UTC, rounded down.
    #[must_use]
    pub const fn as_secs(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }

    /// This time and `span` later, saturating.
    #[must_use]
    pub fn plus(self, span: Duration) -> Self {
        Self(
            self.0
                .saturating_add(i64::try_from(span.as_micros()).unwrap_or(i64::MAX)),
        )
    }

    /// This time and `span` earlier, saturating.
    #[must_use]
    pub fn minus(self, span: Duration) -> Self {
        Self(
            self.0
                .saturating_sub(i64::try_from(span.as_micros()).unwrap_or(i64::MAX)),
        )
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Timestamp;

    #[test]
    fn seconds_are_rounded_down_also_before_1970() {
        assert_eq!(Timestamp::from_micros(1_999_999).as_secs(), 1);
        assert_eq!(Timestamp::from_micros(-1).as_secs(), -1);
        assert_eq!(Timestamp::from_secs(3).as_micros(), 3_000_000);
    }

    #[test]
    fn times_stop_at_the_ends() {
        let day = Duration::from_hours(24);
        let time = Timestamp::from_secs(86_400);
        assert_eq!(time.plus(day), Timestamp::from_secs(172_800));
        assert_eq!(time.minus(day), Timestamp::from_secs(0));
        assert_eq!(
            Timestamp::from_micros(i64::MAX).plus(day).as_micros(),
            i64::MAX
        );
        assert_eq!(time.plus(Duration::MAX).as_micros(), i64::MAX);
        assert_eq!(
            Timestamp::from_micros(i64::MIN).minus(day).as_micros(),
            i64::MIN
        );
    }
}
