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

impl Policy {
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

    /// How long a link and code are valid.
    #[must_use]
    pub fn email_code(&self) -> Duration {
        Duration::from_secs(u64::from(self.email_code_hours) * 60 * 60)
    }
}
