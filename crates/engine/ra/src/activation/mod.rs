//! Activation: which fields, which key, the agreement, and then the certificate (H5 to H7).

mod csr;
mod issue;
mod subject;

use std::{sync::Arc, time::Duration};

use chancery_ca::{CertificateRecord, CertificateState, IssueError};
use chancery_profile::Profile;
use chancery_register::{Denied, Language, Permission, Principal};
use chancery_store::{Id, Timestamp};

use crate::{
    Fault, FieldError, KeyPlace, Ra, Statement, StatementAt, StatementVersion, Step, StepState,
    WrongTransition,
    fault::{fault_into, refused_into},
    order::Order,
};
pub use csr::{CsrCheck, CsrProblem};
pub(crate) use issue::With;
use subject::Verified;
pub use subject::{CertificateField, CommonName, CommonNameChoice, FieldChoice, certificate_field};

/// What the applicant chose and agreed to.
#[derive(Clone, Debug)]
pub struct ActivationData {
    /// The common name, where one is wanted.
    pub common_name: Option<CommonName>,
    /// The optional fields wanted; mandatory ones need not be listed.
    pub fields: Vec<CertificateField>,
    /// Where the key is made.
    pub key_place: KeyPlace,
    /// The certification request, PEM as pasted.
    pub csr: String,
    /// Whether the certificate is to be registered, so that it logs its holder in; the successor of a registered one is anyway.
    pub register: bool,
    /// The statements ticked.
    pub agreed: Vec<StatementVersion>,
    /// The language in which they were read.
    pub language: Language,
}

/// What the page of the activation step shows.
#[derive(Clone, Debug)]
pub struct ActivationView {
    /// The order.
    pub order: Order,
    /// The verified mailbox; it stands in every certificate, as an alternative name.
    pub email: String,
    /// The common names to choose from, the most telling first.
    pub common_names: Vec<CommonNameChoice>,
    /// Whether one must be chosen.
    pub common_name_mandatory: bool,
    /// The fields that the verified data and the profile allow, in the order in which they will stand.
    pub fields: Vec<FieldChoice>,
    /// Whether the certificate will log its holder in.
    pub log_in: LogInChoice,
    /// What is agreed to.
    pub statements: Vec<Arc<Statement>>,
    /// Until when a certificate can be issued on the answer from the mailbox.
    pub email_until: Timestamp,
    /// Until when a certificate can be issued on the verified data, where the product has any.
    pub data_until: Option<Timestamp>,
    /// How long the certificate will be valid.
    pub validity_days: u32,
}

/// Whether a certificate will be registered, so that it logs its holder in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogInChoice {
    /// Where the applicant wants it ([`ActivationData::register`]).
    Offered,
    /// It will: the one that it renews is.
    AsBefore,
    /// It cannot be: all places are taken.
    NoPlace,
}

/// A certificate was not issued, or what it would be could not be shown.
#[derive(Debug, thiserror::Error)]
pub enum ActivateError {
    /// Not permitted.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// There is no such order, or it is another person's.
    #[error("there is no such order")]
    NotFound,
    /// A step before is not verified.
    #[error(transparent)]
    WrongState(#[from] WrongTransition),
    /// The certificate is issued already: also what the second of two equal forms is told.
    #[error("the certificate is issued already")]
    AlreadyIssued {
        /// Its row.
        certificate: Id,
    },
    /// The evidence of a step is too old for a certificate; the step is to be done again.
    #[error("the evidence of {} ended at second {}", step.id(), ended_at.as_secs())]
    EvidenceTooOld {
        /// Which step.
        step: Step,
        /// Since when.
        ended_at: Timestamp,
    },
    /// The certificate that the order renews was revoked meanwhile: what it said may not hold any more.
    #[error("the certificate that is renewed is revoked")]
    FormerRevoked {
        /// Its row.
        former: Id,
    },
    /// Fields are wrong; all of them are listed.
    #[error("{} fields are wrong", .0.len())]
    Fields(Vec<FieldError>),
    /// The request is not good.
    #[error("the certification request is not good: {}", .0.id)]
    Csr(CsrProblem),
    /// The authority refuses.
    #[error("the authority refuses")]
    Refused(#[source] Box<IssueError>),
    /// The authority is busy: try again in a moment.
    #[error("the authority is busy")]
    Busy,
    /// The product names a profile that there is not.
    #[error("there is no profile {profile}")]
    NoProfile {
        /// Its name.
        profile: String,
    },
    /// Somebody changed the order meanwhile.
    #[error("the order was changed meanwhile")]
    Stale,
    /// Something beneath failed.
    #[error(transparent)]
    Fault(Fault),
}

fault_into!(ActivateError);
refused_into!(ActivateError);

impl From<Fault> for ActivateError {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// An order that can be activated, with what its certificate may say.
pub(crate) struct Ready<'a> {
    pub(crate) order: Order,
    profile: &'a Profile,
    verified: Verified,
    /// The certificate that it renews.
    former: Option<CertificateRecord>,
}

impl Ready<'_> {
    /// The mailbox that stands in the certificate.
    pub(crate) fn email(&self) -> &str {
        self.verified.email()
    }

    /// The data with the fields that are chosen unless the applicant says otherwise.
    pub(crate) fn usual(&self, data: &ActivationData) -> ActivationData {
        let names = subject::common_names(self.profile, &self.verified);
        let names = subject::as_before(names, self.former.as_ref());
        let fields = subject::fields(self.profile, &self.verified);
        let fields = subject::chosen_before(fields, self.former.as_ref());
        ActivationData {
            common_name: names.first().map(|name| name.choice),
            fields: fields
                .into_iter()
                .filter(|field| field.chosen)
                .map(|field| field.field)
                .collect(),
            ..data.clone()
        }
    }
}

impl Ra {
    /// What can be chosen for the certificate ([`Permission::EditOwnOrders`]).
    pub async fn activation(
        &self,
        principal: &Principal,
        order: Id,
        now: Timestamp,
    ) -> Result<ActivationView, ActivateError> {
        let ready = self.ready(principal, order, now).await?;
        let statements = ready
            .order
            .product
            .statements_at(StatementAt::Activation)
            .map(Arc::clone)
            .collect();
        let until = |step, span| {
            ready
                .order
                .state(step)
                .and_then(StepState::evidence_at)
                .map(|at| at.plus(span))
        };
        Ok(ActivationView {
            email: ready.verified.email().to_owned(),
            common_names: subject::as_before(
                subject::common_names(ready.profile, &ready.verified),
                ready.former.as_ref(),
            ),
            common_name_mandatory: subject::common_name_mandatory(ready.profile),
            fields: subject::chosen_before(
                subject::fields(ready.profile, &ready.verified),
                ready.former.as_ref(),
            ),
            log_in: self.log_in_choice(principal, &ready).await?,
            statements,
            email_until: until(Step::EmailVerification, self.policy.email_evidence())
                .unwrap_or(now),
            data_until: until(Step::DataVerification, self.policy.identity_evidence()),
            validity_days: ready.order.product.validity_days,
            order: ready.order,
        })
    }

    /// The order, if it can be activated now.
    async fn ready(
        &self,
        principal: &Principal,
        order: Id,
        now: Timestamp,
    ) -> Result<Ready<'_>, ActivateError> {
        let granted = principal.require(Permission::EditOwnOrders)?;
        let order = self
            .own_order(granted.person(), order)
            .await?
            .ok_or(ActivateError::NotFound)?;
        self.ready_order(order, now).await
    }

    /// The same, whoever asks; the caller knows that they may.
    pub(crate) async fn ready_order(
        &self,
        order: Order,
        now: Timestamp,
    ) -> Result<Ready<'_>, ActivateError> {
        if let Some(certificate) = order.certificate {
            return Err(ActivateError::AlreadyIssued { certificate });
        }
        // Why it was closed, if it is.
        let former = self.former(&order, now).await?;
        let state = order.state(Step::Activation);
        if order.closed || state != Some(&StepState::AwaitingData) {
            return Err(WrongTransition {
                from: state.map_or("absent", StepState::id),
                to: "verified",
            }
            .into());
        }
        self.check_ages(&order, now)?;
        let name = &order.product.profile;
        let profile = self
            .profiles
            .get(name)
            .ok_or_else(|| ActivateError::NoProfile {
                profile: name.clone(),
            })?;
        let verified = self.verified(&order).await?;
        Ok(Ready {
            order,
            profile,
            verified,
            former,
        })
    }

    /// The certificate that the order renews, which may have been revoked since that began.
    async fn former(
        &self,
        order: &Order,
        now: Timestamp,
    ) -> Result<Option<CertificateRecord>, ActivateError> {
        let Some(former) = order.renews else {
            return Ok(None);
        };
        let record = self.ca.certificate(former).await?;
        let state = record.as_ref().map(|record| record.state(now));
        if let Some(CertificateState::Revoked { .. }) = state {
            return Err(ActivateError::FormerRevoked { former });
        }
        Ok(record)
    }

    async fn log_in_choice(
        &self,
        principal: &Principal,
        ready: &Ready<'_>,
    ) -> Result<LogInChoice, ActivateError> {
        if let Some(former) = &ready.former {
            let beside = self
                .register
                .place_beside(principal, &former.certificate)
                .await?;
            if beside.is_some() {
                return Ok(LogInChoice::AsBefore);
            }
        }
        Ok(match self.register.place_for(principal).await? {
            Some(_) => LogInChoice::Offered,
            None => LogInChoice::NoPlace,
        })
    }

    /// S/MIME BR 4.2.1: evidence has an age at which no certificate is issued on it any more.
    fn check_ages(&self, order: &Order, now: Timestamp) -> Result<(), ActivateError> {
        let spans: [(Step, Duration); 2] = [
            (Step::DataVerification, self.policy.identity_evidence()),
            (Step::EmailVerification, self.policy.email_evidence()),
        ];
        for (step, span) in spans {
            let Some(state) = order.state(step) else {
                continue;
            };
            let at = state.evidence_at().ok_or(WrongTransition {
                from: state.id(),
                to: "verified",
            })?;
            let ended_at = at.plus(span);
            if ended_at <= now {
                return Err(ActivateError::EvidenceTooOld { step, ended_at });
            }
        }
        Ok(())
    }
}
