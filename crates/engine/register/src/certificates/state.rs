//! How a registered certificate stands.

use std::time::Duration;

use chancery_store::Timestamp;
use chancery_x509::RevocationReason;

/// A certificate is expiring when so little of its validity is left.
pub const EXPIRING: Duration = Duration::from_hours(30 * 24);

/// How a registered certificate stands, by its validity and by what was last learnt of its revocation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegisteredState {
    /// Before its validity.
    NotYetValid,
    /// In its validity and not known to be revoked.
    Valid,
    /// Valid, and in its last 30 days.
    Expiring,
    /// Past its validity.
    Expired,
    /// Revoked for good, whether or not it has expired since.
    Revoked {
        /// When.
        at: Timestamp,
        /// Why.
        reason: RevocationReason,
    },
    /// Revoked for a time (certificateHold).
    Suspended {
        /// Since when.
        at: Timestamp,
    },
}

impl RegisteredState {
    pub(super) fn of(
        not_before: Timestamp,
        not_after: Timestamp,
        revoked: Option<(Timestamp, RevocationReason)>,
        now: Timestamp,
    ) -> Self {
        match revoked {
            Some((at, reason)) if reason != RevocationReason::CertificateHold => {
                return Self::Revoked { at, reason };
            }
            _ => {}
        }
        // The last second belongs to the validity (RFC 5280 section 4.1.2.5).
        if now.as_secs() > not_after.as_secs() {
            return Self::Expired;
        }
        if let Some((at, _)) = revoked {
            return Self::Suspended { at };
        }
        if now < not_before {
            Self::NotYetValid
        } else if now.plus(EXPIRING) > not_after {
            Self::Expiring
        } else {
            Self::Valid
        }
    }

    /// Whether it can be relied upon now.
    #[must_use]
    pub const fn is_usable(self) -> bool {
        matches!(self, Self::Valid | Self::Expiring)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_state_has_its_time() {
        let day = |day: i64| Timestamp::from_secs(day * 86_400);
        let state = |revoked, now| RegisteredState::of(day(10), day(100), revoked, now);
        assert_eq!(state(None, day(9)), RegisteredState::NotYetValid);
        assert_eq!(state(None, day(10)), RegisteredState::Valid);
        assert_eq!(state(None, day(70)), RegisteredState::Valid);
        assert_eq!(state(None, day(71)), RegisteredState::Expiring);
        assert_eq!(state(None, day(100)), RegisteredState::Expiring);
        assert_eq!(state(None, day(101)), RegisteredState::Expired);
        let held = Some((day(20), RevocationReason::CertificateHold));
        assert_eq!(
            state(held, day(30)),
            RegisteredState::Suspended { at: day(20) }
        );
        assert_eq!(state(held, day(101)), RegisteredState::Expired);
        let reason = RevocationReason::KeyCompromise;
        let revoked = RegisteredState::Revoked {
            at: day(20),
            reason,
        };
        assert_eq!(state(Some((day(20), reason)), day(30)), revoked);
        assert_eq!(state(Some((day(20), reason)), day(101)), revoked);
    }
}
