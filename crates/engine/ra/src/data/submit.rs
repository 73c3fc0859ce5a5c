//! Submissions.

use std::sync::Arc;

use chancery_register::{Denied, Granted, Language, Permission, Principal};
use chancery_store::{Batch, Id, Timestamp, args};

use super::{APPLICATION, SignedApplication, check};
use crate::{
    ApplicationData, EventKind, Fault, Field, FieldError, Problem, Product, Ra, Statement,
    StatementAt, StatementVersion, Step, StepState, WrongTransition, event,
    fault::{fault_into, refused_into},
    notice::{About, Notice},
    order::Order,
};

/// What an applicant submits.
#[derive(Clone, Debug)]
pub struct Submission {
    /// The data as typed.
    pub data: ApplicationData,
    /// "The number is right although its check digit is not."
    pub wrong_number_knowingly: bool,
    /// The statements ticked.
    pub ticked: Vec<StatementVersion>,
    /// The language in which they were read.
    pub language: Language,
}

/// Data were not submitted.
#[derive(Debug, thiserror::Error)]
pub enum SubmitError {
    /// Not permitted.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// There is no such order, or it is another person's.
    #[error("there is no such order")]
    NotFound,
    /// The step is not open for data.
    #[error(transparent)]
    WrongState(#[from] WrongTransition),
    /// The application was signed by somebody else.
    #[error("the application was signed by somebody else")]
    OtherSigner,
    /// Fields are wrong; all of them are listed, and the draft is kept.
    #[error("{} fields are wrong", .0.len())]
    Fields(Vec<FieldError>),
    /// Somebody changed the order meanwhile.
    #[error("the order was changed meanwhile")]
    Stale,
    /// Something beneath failed.
    #[error(transparent)]
    Fault(Fault),
}

fault_into!(SubmitError);
refused_into!(SubmitError);

impl From<Fault> for SubmitError {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl Ra {
    /// Checks data as [`Ra::submit_data`] does, statements apart, and changes nothing
    /// ([`Permission::EditOwnOrders`]); gives them as they would be kept.
    pub async fn check_data(
        &self,
        principal: &Principal,
        order: Id,
        submission: &Submission,
        now: Timestamp,
    ) -> Result<ApplicationData, SubmitError> {
        let granted = principal.require(Permission::EditOwnOrders)?;
        let order = self
            .own_order(granted.person(), order)
            .await?
            .ok_or(SubmitError::NotFound)?;
        self.open_for_data(&order, now)?;
        let checked = self.checked(&order, submission).await?;
        Ok(checked.data)
    }

    /// Submits data to the registration authority ([`Permission::EditOwnOrders`]).
    pub async fn submit_data(
        &self,
        principal: &Principal,
        order: Id,
        submission: &Submission,
        now: Timestamp,
    ) -> Result<(), SubmitError> {
        self.submit(principal, order, submission, None, now).await
    }

    /// The same with an application that the applicant signed: document and signature are kept with the submission.
    pub async fn submit_signed(
        &self,
        principal: &Principal,
        order: Id,
        submission: &Submission,
        signed: &SignedApplication,
        now: Timestamp,
    ) -> Result<(), SubmitError> {
        self.submit(principal, order, submission, Some(signed), now)
            .await
    }

    async fn submit(
        &self,
        principal: &Principal,
        order: Id,
        submission: &Submission,
        signed: Option<&SignedApplication>,
        now: Timestamp,
    ) -> Result<(), SubmitError> {
        let granted = principal.require(Permission::EditOwnOrders)?;
        let mut order = self
            .own_order(granted.person(), order)
            .await?
            .ok_or(SubmitError::NotFound)?;
        let too_old = self.open_for_data(&order, now)?;
        if let Some(signed) = signed {
            if signed.document.signer() != granted.person() {
                return Err(SubmitError::OtherSigner);
            }
            if signed.version != order.version {
                return Err(SubmitError::Stale);
            }
        }
        let checked = self.checked(&order, submission).await;
        let product = Arc::clone(&order.product);
        let statements = check_statements(&product, StatementAt::Data, &submission.ticked);
        let (checked, statements) = match (checked, statements) {
            (Ok(checked), Ok(statements)) => (checked, statements),
            (Err(SubmitError::Fields(mut fields)), statements) => {
                fields.extend(statements.err().unwrap_or_default());
                return Err(SubmitError::Fields(fields));
            }
            (Err(error), _) => return Err(error),
            (_, Err(fields)) => return Err(SubmitError::Fields(fields)),
        };

        let mut batch = order.change();
        if too_old {
            order.pass(&mut batch, Step::DataVerification, now, StepState::reopen)?;
            event::record(&mut batch, &order, 0, EventKind::DataReopened, None, now);
        }
        order.pass(&mut batch, Step::DataVerification, now, |state| {
            state.submit(now)
        })?;
        order.reflow(&mut batch, now)?;
        let application = self.new_id()?;
        batch.one(
            "insert into ra_applications (id, order_id, revision, person, kind, data, number_wrong,
                submitted_at, state) values ($1, $2, $3, $4, $5, $6, $7, $8, 'submitted')",
            args![
                application,
                order.id,
                self.next_revision(order.id).await?,
                order.person,
                order.kind().id(),
                self.seal(APPLICATION, application, &checked.data)?,
                checked.number_wrong,
                now
            ],
        );
        batch.one(
            "update ra_orders set draft = null where id = $1",
            args![order.id],
        );
        self.keep_statements(
            &mut batch,
            &order,
            Some(application),
            &statements,
            submission.language,
            now,
        )?;
        self.tell_submitted(&mut batch, &granted, &order, application, signed, now)
            .await?;
        let Some(signed) = signed else {
            return Ok(self.commit(batch).await?);
        };
        let kept = self.keep_signed(&order, signed, now).await?;
        kept.insert(&mut batch, &order, application, signed, now);
        let committed = self.commit(batch).await;
        if committed.is_err() {
            self.drop_signed(&kept).await;
        }
        Ok(committed?)
    }

    /// Whether data can be given for the order: the step is open, or was verified too long ago.
    #[must_use]
    pub fn takes_data(&self, order: &Order, now: Timestamp) -> bool {
        self.open_for_data(order, now).is_ok()
    }

    /// Whether the step takes data: it is open, or (true) was verified too long ago.
    pub(super) fn open_for_data(
        &self,
        order: &Order,
        now: Timestamp,
    ) -> Result<bool, WrongTransition> {
        let refuse = |state: &'static str| WrongTransition {
            from: state,
            to: "waiting-for-verification",
        };
        let state = order
            .state(Step::DataVerification)
            .ok_or(refuse("absent"))?;
        if order.closed {
            return Err(refuse("closed"));
        }
        let too_old = order.certificate.is_none()
            && state
                .evidence_at()
                .is_some_and(|at| at.plus(self.policy.identity_evidence()) <= now);
        if state.is_open() || too_old {
            Ok(too_old)
        } else {
            Err(refuse(state.id()))
        }
    }

    async fn checked(
        &self,
        order: &Order,
        submission: &Submission,
    ) -> Result<check::Checked, SubmitError> {
        let documents = self.documents_of(order.id).await?;
        check::check(
            &order.product,
            &submission.data,
            &documents,
            submission.wrong_number_knowingly,
        )
        .map_err(SubmitError::Fields)
    }

    async fn tell_submitted(
        &self,
        batch: &mut Batch,
        granted: &Granted,
        order: &Order,
        application: Id,
        signed: Option<&SignedApplication>,
        now: Timestamp,
    ) -> Result<(), SubmitError> {
        let by = Some(granted.person());
        event::record(batch, order, 1, EventKind::DataSubmitted, by, now);
        let (after, evidence) = match signed {
            None => (serde_json::json!({ "order": order.id }), None),
            Some(signed) => {
                event::record(batch, order, 2, EventKind::DataSigned, by, now);
                let (told, signature) = signed.told();
                let after = serde_json::json!({ "order": order.id, "signed": told });
                (after, Some(signature))
            }
        };
        self.record_on(
            batch,
            "application.submit",
            &granted.actor(),
            ("application", application),
            Some(after),
            evidence,
            now,
        )?;
        if let Some(person) = self.register.person(order.person).await? {
            let about = About::new(order, &person);
            self.notify(
                batch,
                &person.email,
                &person,
                Notice::DataSubmitted { about },
                now,
            )?;
        }
        Ok(())
    }

    /// Keeps the statements with the version and hash of their text.
    pub(crate) fn keep_statements(
        &self,
        batch: &mut Batch,
        order: &Order,
        application: Option<Id>,
        statements: &[&Statement],
        language: Language,
        now: Timestamp,
    ) -> Result<(), chancery_keys::EntropyError> {
        for statement in statements {
            batch.one(
                "insert into ra_statements (id, order_id, application, statement, version, language,
                    text_hash, made_at, made_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                args![
                    self.new_id()?,
                    order.id,
                    application,
                    &statement.id,
                    &statement.version,
                    language.tag(),
                    statement.text_hash(language.tag()),
                    now,
                    order.person
                ],
            );
        }
        Ok(())
    }
}

/// The statements of a step, all of which must be ticked in the version that is shown now.
pub(crate) fn check_statements<'a>(
    product: &'a Product,
    at: StatementAt,
    ticked: &[StatementVersion],
) -> Result<Vec<&'a Statement>, Vec<FieldError>> {
    let mut errors = Vec::new();
    let mut made = Vec::new();
    for statement in product.statements_at(at) {
        let problem = if ticked.contains(&statement.reference()) {
            made.push(statement.as_ref());
            continue;
        } else if ticked.iter().any(|other| other.id == statement.id) {
            Problem::NewVersion {
                statement: statement.id.clone(),
            }
        } else {
            Problem::NotTicked {
                statement: statement.id.clone(),
            }
        };
        errors.push(FieldError {
            field: Field::Statements,
            problem,
        });
    }
    if errors.is_empty() {
        Ok(made)
    } else {
        Err(errors)
    }
}
