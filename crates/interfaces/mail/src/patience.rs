//! When a letter that did not get through is tried again.

use std::time::Duration;

/// Waits between the tries: soon at first, for servers that restart or grey-list; three days in all, as
/// RFC 5321 section 4.5.4.1 wants (at least 4 to 5 days for a mail server, which we are not: behind us
/// stands one that queues).
const WAITS: [Duration; 11] = [
    Duration::from_mins(1),
    Duration::from_mins(5),
    Duration::from_mins(30),
    Duration::from_hours(2),
    Duration::from_hours(4),
    Duration::from_hours(8),
    Duration::from_hours(12),
    Duration::from_hours(12),
    Duration::from_hours(12),
    Duration::from_hours(12),
    Duration::from_hours(12),
];

/// How long to wait after the given try (from 1); `None` after the last.
pub(crate) fn after(attempt: i64) -> Option<Duration> {
    let index = usize::try_from(attempt).ok()?.checked_sub(1)?;
    WAITS.get(index).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end_after_three_days() {
        let waits: Vec<Duration> = (1..).map_while(after).collect();
        assert!(waits.is_sorted());
        let tries = i64::try_from(waits.len()).unwrap() + 1;
        assert_eq!(tries, chancery_store::outbox::MAX_ATTEMPTS);
        let days = waits.iter().sum::<Duration>().as_secs() / 86_400;
        assert_eq!(days, 3);
        assert_eq!(after(0), None);
    }
}
