//! The steps of an order and the states they pass through (H2).
//!
//! A state carries its evidence, and a transition consumes the state it leaves: there is no way to a
//! verified step that does not name who verified it, when and on what.

use chancery_store::{Id, Timestamp};
use serde::{Deserialize, Serialize};

/// A step of an order, in the order in which they are passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Organisation or person, vetted by the registration authority.
    DataVerification,
    /// Control of the mailbox.
    EmailVerification,
    /// Fields, key and agreement; ends with the certificate.
    Activation,
}

impl Step {
    /// Every step in order.
    pub const ALL: [Self; 3] = [
        Self::DataVerification,
        Self::EmailVerification,
        Self::Activation,
    ];

    /// The name in rows, addresses and locale keys.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::DataVerification => "data-verification",
            Self::EmailVerification => "email-verification",
            Self::Activation => "activation",
        }
    }

    /// The step of that name.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.id() == id)
    }
}

/// On what a step was verified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum StepEvidence {
    /// An officer compared this revision of the data with its documents.
    Vetted {
        /// The revision of the data that was decided on.
        revision: i64,
    },
    /// Data of an earlier application of the same person, verified then.
    Reused {
        /// The application, an [`Id`] in text.
        application: String,
        /// When it was verified, microseconds UTC: the age of the evidence counts from here.
        verified_at: i64,
    },
    /// The holder of the mailbox answered with the random value sent there (S/MIME BR 3.2.2.2).
    Mailbox {
        /// The sending that was answered, an [`Id`] in text.
        sending: String,
        /// By link or by typed code.
        answer: Answer,
    },
    /// The certificate was issued.
    Certificate {
        /// Its row, an [`Id`] in text.
        certificate: String,
    },
}

/// How the holder of a mailbox answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// Opened the one-time link and confirmed.
    Link,
    /// Typed the code into the portal.
    Code,
}

/// Where a step stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepState {
    /// A step before it is not verified.
    NotAvailableYet,
    /// The applicant is to act.
    AwaitingData,
    /// Submitted or sent; somebody is to answer.
    WaitingForVerification {
        /// Since when.
        since: Timestamp,
    },
    /// Done.
    Verified {
        /// The officer; nobody where the evidence speaks for itself (mailbox, issuance).
        by: Option<Id>,
        /// When.
        at: Timestamp,
        /// On what.
        evidence: StepEvidence,
    },
    /// Sent back.
    Rejected {
        /// The officer.
        by: Id,
        /// When.
        at: Timestamp,
        /// What the applicant is to correct, in the officer's words.
        reason: String,
    },
}

/// The step cannot go from this state to that one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a step that is {from} cannot become {to}")]
pub struct WrongTransition {
    /// The state it is in.
    pub from: &'static str,
    /// The state that was asked for.
    pub to: &'static str,
}

impl StepState {
    /// The name in rows and locale keys.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        match self {
            Self::NotAvailableYet => "not-available-yet",
            Self::AwaitingData => "awaiting-data",
            Self::WaitingForVerification { .. } => "waiting-for-verification",
            Self::Verified { .. } => "verified",
            Self::Rejected { .. } => "rejected",
        }
    }

    /// Whether the applicant is to act on it.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::AwaitingData | Self::Rejected { .. })
    }

    /// Whether it is done.
    #[must_use]
    pub const fn is_verified(&self) -> bool {
        matches!(self, Self::Verified { .. })
    }

    /// When it was verified; the age of its evidence counts from here.
    #[must_use]
    pub fn evidence_at(&self) -> Option<Timestamp> {
        match self {
            Self::Verified {
                evidence: StepEvidence::Reused { verified_at, .. },
                ..
            } => Some(Timestamp::from_micros(*verified_at)),
            Self::Verified { at, .. } => Some(*at),
            _ => None,
        }
    }

    const fn refuse(&self, to: &'static str) -> WrongTransition {
        WrongTransition {
            from: self.id(),
            to,
        }
    }

    /// The step before it was verified.
    pub fn open(self) -> Result<Self, WrongTransition> {
        match self {
            Self::NotAvailableYet => Ok(Self::AwaitingData),
            other => Err(other.refuse("awaiting-data")),
        }
    }

    /// Data were submitted, or the code was sent (again).
    pub fn submit(self, at: Timestamp) -> Result<Self, WrongTransition> {
        match self {
            Self::AwaitingData | Self::Rejected { .. } => {
                Ok(Self::WaitingForVerification { since: at })
            }
            other => Err(other.refuse("waiting-for-verification")),
        }
    }

    /// The code was sent again to the same or another mailbox; the clock of the step starts anew.
    pub fn resend(self, at: Timestamp) -> Result<Self, WrongTransition> {
        match self {
            Self::WaitingForVerification { .. } => Ok(Self::WaitingForVerification { since: at }),
            other => other.submit(at),
        }
    }

    /// An officer verified what was submitted, or the mailbox answered.
    pub fn verify(
        self,
        by: Option<Id>,
        at: Timestamp,
        evidence: StepEvidence,
    ) -> Result<Self, WrongTransition> {
        match self {
            Self::WaitingForVerification { .. } => Ok(Self::Verified { by, at, evidence }),
            other => Err(other.refuse("verified")),
        }
    }

    /// Evidence that exists already settles an open step: verified data reused, certificate issued.
    pub fn settle(self, at: Timestamp, evidence: StepEvidence) -> Result<Self, WrongTransition> {
        match self {
            Self::AwaitingData | Self::Rejected { .. } => Ok(Self::Verified {
                by: None,
                at,
                evidence,
            }),
            other => Err(other.refuse("verified")),
        }
    }

    /// An officer sent it back.
    pub fn reject(self, by: Id, at: Timestamp, reason: String) -> Result<Self, WrongTransition> {
        match self {
            Self::WaitingForVerification { .. } => Ok(Self::Rejected { by, at, reason }),
            other => Err(other.refuse("rejected")),
        }
    }

    /// The evidence grew too old, or the applicant wants another mailbox: the step is done again.
    pub fn reopen(self) -> Result<Self, WrongTransition> {
        match self {
            Self::Verified { .. } => Ok(Self::AwaitingData),
            other => Err(other.refuse("awaiting-data")),
        }
    }

    /// A step before it was reopened.
    pub fn close(self) -> Result<Self, WrongTransition> {
        match self {
            Self::AwaitingData => Ok(Self::NotAvailableYet),
            other => Err(other.refuse("not-available-yet")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Timestamp = Timestamp::from_secs(5);
    const BY: Id = Id::from_bytes([1; 16]);

    fn evidence() -> StepEvidence {
        StepEvidence::Vetted { revision: 1 }
    }

    fn all() -> [StepState; 5] {
        [
            StepState::NotAvailableYet,
            StepState::AwaitingData,
            StepState::WaitingForVerification { since: AT },
            StepState::Verified {
                by: Some(BY),
                at: AT,
                evidence: evidence(),
            },
            StepState::Rejected {
                by: BY,
                at: AT,
                reason: "older than 3 months".to_owned(),
            },
        ]
    }

    #[test]
    fn each_transition_leaves_its_states_only() {
        type Transition = fn(StepState) -> Result<StepState, WrongTransition>;
        let matrix: [(Transition, [bool; 5], &str); 8] = [
            (
                StepState::open,
                [true, false, false, false, false],
                "awaiting-data",
            ),
            (
                |state| state.submit(AT),
                [false, true, false, false, true],
                "waiting-for-verification",
            ),
            (
                |state| state.resend(AT),
                [false, true, true, false, true],
                "waiting-for-verification",
            ),
            (
                |state| state.verify(Some(BY), AT, evidence()),
                [false, false, true, false, false],
                "verified",
            ),
            (
                |state| state.settle(AT, evidence()),
                [false, true, false, false, true],
                "verified",
            ),
            (
                |state| state.reject(BY, AT, "no".to_owned()),
                [false, false, true, false, false],
                "rejected",
            ),
            (
                StepState::reopen,
                [false, false, false, true, false],
                "awaiting-data",
            ),
            (
                StepState::close,
                [false, true, false, false, false],
                "not-available-yet",
            ),
        ];
        for (transition, allowed, to) in matrix {
            for (state, allowed) in all().into_iter().zip(allowed) {
                let from = state.id();
                match transition(state) {
                    Ok(after) => {
                        assert!(allowed, "{from} became {to}");
                        assert_eq!(after.id(), to);
                    }
                    Err(refused) => {
                        assert!(!allowed, "{from} did not become {to}");
                        assert_eq!((refused.from, refused.to), (from, to));
                    }
                }
            }
        }
    }

    #[test]
    fn the_age_of_reused_evidence_counts_from_the_first_time() {
        let reused = StepEvidence::Reused {
            application: BY.to_string(),
            verified_at: 7,
        };
        let state = StepState::AwaitingData.settle(AT, reused).unwrap();
        assert_eq!(state.evidence_at(), Some(Timestamp::from_micros(7)));
    }
}
