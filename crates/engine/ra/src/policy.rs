//! The rules of the registration authority that change by ballot or by decision: data, not code.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Limits and ages; the `[ra]` table of the environment's configuration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Policy {
    /// How old the answer from the mailbox may be at issuance, in days (S/MIME BR 3.2.2.2 and 4.2.1).
    pub email_evidence_days: u32,
    /// How old the verification of organisation and person may be at issuance, in days (S/MIME BR 4.2.1).
    pub identity_evidence_days: u32,
    /// How long a link and code sent to a mailbox are valid, in hours (S/MIME BR 3.2.2.2).
    pub email_code_hours: u32,
    /// How many wrong codes close a sending.
    pub email_code_tries: u32,
    /// How long codes for collecting a certificate are valid, in days.
    pub collection_code_days: u32,
    /// How many verification mails one person may have sent in 24 hours, to any address.
    pub email_sends_per_day: u32,
    /// In how many days an application is usually decided on, as applicants are told.
    pub usual_days: u32,
    /// Octets of one document.
    pub document_max_bytes: usize,
    /// Documents of one order.
    pub documents_per_order: usize,
    /// Orders of one person that are not finished.
    pub open_orders_per_person: u32,
    /// Rows of a page of a list.
    pub page_size: u32,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            email_evidence_days: 30,
            identity_evidence_days: 825,
            email_code_hours: 24,
            email_code_tries: 5,
            collection_code_days: 14,
            email_sends_per_day: 20,
            usual_days: 7,
            document_max_bytes: 10 * 1024 * 1024,
            documents_per_order: 20,
            open_orders_per_person: 50,
            page_size: 50,
        }
    }
}

const DAY: u64 = 24 * 60 * 60;

/// A setting that is out of its bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{setting} is {value}, and may be 1 to {most}")]
pub struct PolicyError {
    /// Its name.
    pub setting: &'static str,
    /// Its value.
    pub value: u64,
    /// The most that it may be.
    pub most: u64,
}

impl Policy {
    /// Checks that the settings keep within the S/MIME Baseline Requirements, which may be tightened and not
    /// loosened, and within what one server bears.
    pub fn check(&self) -> Result<(), PolicyError> {
        let octets = |size: usize| u64::try_from(size).unwrap_or(u64::MAX);
        let bounds = [
            // S/MIME BR 4.2.1.
            (
                "email_evidence_days",
                u64::from(self.email_evidence_days),
                30,
            ),
            (
                "identity_evidence_days",
                u64::from(self.identity_evidence_days),
                825,
            ),
            // S/MIME BR 3.2.2.2.
            ("email_code_hours", u64::from(self.email_code_hours), 24),
            ("email_code_tries", u64::from(self.email_code_tries), 100),
            (
                "collection_code_days",
                u64::from(self.collection_code_days),
                30,
            ),
            (
                "email_sends_per_day",
                u64::from(self.email_sends_per_day),
                1_000,
            ),
            ("usual_days", u64::from(self.usual_days), 365),
            // What forms take.
            (
                "document_max_bytes",
                octets(self.document_max_bytes),
                10 * 1024 * 1024,
            ),
            ("documents_per_order", octets(self.documents_per_order), 100),
            (
                "open_orders_per_person",
                u64::from(self.open_orders_per_person),
                10_000,
            ),
            ("page_size", u64::from(self.page_size), 200),
        ];
        match bounds
            .into_iter()
            .find(|(_, value, most)| !(1..=*most).contains(value))
        {
            None => Ok(()),
            Some((setting, value, most)) => Err(PolicyError {
                setting,
                value,
                most,
            }),
        }
    }

    /// How old the answer from the mailbox may be at issuance.
    #[must_use]
    pub fn email_evidence(&self) -> Duration {
        Duration::from_secs(u64::from(self.email_evidence_days) * DAY)
    }

    /// How old the verification of organisation and person may be at issuance.
    #[must_use]
    pub fn identity_evidence(&self) -> Duration {
        Duration::from_secs(u64::from(self.identity_evidence_days) * DAY)
    }

    /// How long codes for collecting a certificate are valid.
    #[must_use]
    pub fn collection_code(&self) -> Duration {
        Duration::from_secs(u64::from(self.collection_code_days) * DAY)
    }

    /// How long a link and code are valid.
    #[must_use]
    pub fn email_code(&self) -> Duration {
        Duration::from_secs(u64::from(self.email_code_hours) * 60 * 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_may_be_tightened_and_not_loosened() {
        assert_eq!(Policy::default().check(), Ok(()));
        let tighter = Policy {
            email_evidence_days: 7,
            ..Policy::default()
        };
        assert_eq!(tighter.check(), Ok(()));
        for (policy, setting) in [
            (
                Policy {
                    email_evidence_days: 31,
                    ..Policy::default()
                },
                "email_evidence_days",
            ),
            (
                Policy {
                    identity_evidence_days: 826,
                    ..Policy::default()
                },
                "identity_evidence_days",
            ),
            (
                Policy {
                    email_code_hours: 25,
                    ..Policy::default()
                },
                "email_code_hours",
            ),
            (
                Policy {
                    page_size: 0,
                    ..Policy::default()
                },
                "page_size",
            ),
        ] {
            assert_eq!(policy.check().map_err(|error| error.setting), Err(setting));
        }
    }
}
