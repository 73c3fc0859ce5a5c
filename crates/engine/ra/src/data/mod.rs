//! Data verification: drafts, submissions and what became of them.

mod check;
mod draft;
mod identifier;
mod reuse;
mod sign;
mod submit;
mod withdraw;

use chancery_register::PersonId;
use chancery_store::{FromRow, Id, Row, RowError, Timestamp, args};

use crate::{ApplicationData, Fault, Ra};
pub(crate) use check::problem_of;
pub use draft::DraftError;
pub(crate) use identifier::identifier;
pub(crate) use reuse::Found;
pub use reuse::{ReuseError, VerifiedData};
pub use sign::{ApplicationSignature, SignedApplication};
pub(crate) use submit::check_statements;
pub use submit::{Submission, SubmitError};

/// The vault's purposes; the context is the id of the row.
const DRAFT: &str = "ra-draft";
const APPLICATION: &str = "ra-application";

/// What became of a submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It waits for an officer.
    Waiting,
    /// An officer verified it.
    Verified {
        /// Who.
        by: PersonId,
        /// When.
        at: Timestamp,
    },
    /// An officer sent it back.
    Rejected {
        /// Who.
        by: PersonId,
        /// When.
        at: Timestamp,
        /// Why.
        reason: String,
    },
    /// Taken over from an earlier application that was verified.
    Reused {
        /// That application.
        source: Id,
        /// Who verified it then.
        by: PersonId,
        /// When that was.
        at: Timestamp,
    },
}

/// A statement as it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementMade {
    /// [`crate::Statement::id`]
    pub statement: String,
    /// [`crate::Statement::version`]
    pub version: String,
    /// In which language it was read.
    pub language: String,
    /// SHA-256 of the text that was read.
    pub text_hash: Vec<u8>,
    /// When.
    pub at: Timestamp,
}

impl FromRow for StatementMade {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        Ok(Self {
            statement: row.text(0)?,
            version: row.text(1)?,
            language: row.text(2)?,
            text_hash: row.bytes(3)?,
            at: row.time(4)?,
        })
    }
}

/// Data as they were submitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submitted {
    /// Its row.
    pub application: Id,
    /// Counts the submissions of the order from 1.
    pub revision: i64,
    /// The data, cleaned.
    pub data: ApplicationData,
    /// The number's check digit is wrong and the applicant insisted on it.
    pub number_wrong_knowingly: bool,
    /// When.
    pub at: Timestamp,
    /// What became of it.
    pub outcome: Outcome,
    /// The statements made with it.
    pub statements: Vec<StatementMade>,
    /// Its signature, where it was signed.
    pub signature: Option<ApplicationSignature>,
}

/// A row of `ra_applications`, its data sealed.
pub(crate) struct ApplicationRow {
    pub id: Id,
    pub revision: i64,
    pub data: Vec<u8>,
    pub number_wrong: bool,
    pub submitted_at: Timestamp,
    pub outcome: Outcome,
}

/// The same with its signature.
struct SignedRow {
    application: ApplicationRow,
    signature: Option<ApplicationSignature>,
}

impl FromRow for SignedRow {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        Ok(Self {
            application: ApplicationRow::from_row(row)?,
            signature: ApplicationSignature::from_columns(row, 10)?,
        })
    }
}

impl FromRow for ApplicationRow {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        let outcome = match row.text(5)?.as_str() {
            "submitted" => Outcome::Waiting,
            "verified" => Outcome::Verified {
                by: PersonId::new(row.id(7)?),
                at: row.time(6)?,
            },
            "rejected" => Outcome::Rejected {
                by: PersonId::new(row.id(7)?),
                at: row.time(6)?,
                reason: row.text(8)?,
            },
            "reused" => Outcome::Reused {
                source: row.id(9)?,
                by: PersonId::new(row.id(7)?),
                at: row.time(6)?,
            },
            _ => {
                return Err(RowError {
                    column: 5,
                    expected: "a state of an application",
                });
            }
        };
        Ok(Self {
            id: row.id(0)?,
            revision: row.int(1)?,
            data: row.bytes(2)?,
            number_wrong: row.bool(3)?,
            submitted_at: row.time(4)?,
            outcome,
        })
    }
}

impl Ra {
    pub(crate) fn open_application(
        &self,
        application: Id,
        sealed: &[u8],
    ) -> Result<ApplicationData, Fault> {
        self.unseal(APPLICATION, application, sealed)
    }

    /// What was typed and not submitted.
    pub(crate) async fn draft(&self, order: Id) -> Result<Option<ApplicationData>, Fault> {
        let rows = self
            .store
            .rows("select draft from ra_orders where id = $1", args![order])
            .await?;
        match rows
            .first()
            .map(|row| row.opt_bytes(0))
            .transpose()?
            .flatten()
        {
            Some(sealed) => self.unseal(DRAFT, order, &sealed).map(Some),
            None => Ok(None),
        }
    }

    /// The submissions of an order, newest first.
    pub(crate) async fn submissions(&self, order: Id, limit: u32) -> Result<Vec<Submitted>, Fault> {
        let rows: Vec<SignedRow> = self
            .store
            .all(
                "select a.id, a.revision, a.data, a.number_wrong, a.submitted_at, a.state,
                    a.decided_at, a.decided_by, a.reason, a.source,
                    s.document, s.signature, s.certificate, s.signed_at
                 from ra_applications a left join ra_signatures s on s.application = a.id
                 where a.order_id = $1 order by a.revision desc limit $2",
                args![order, limit],
            )
            .await?;
        let mut submissions = Vec::with_capacity(rows.len());
        for SignedRow {
            application: row,
            signature,
        } in rows
        {
            submissions.push(Submitted {
                application: row.id,
                revision: row.revision,
                data: self.open_application(row.id, &row.data)?,
                number_wrong_knowingly: row.number_wrong,
                at: row.submitted_at,
                outcome: row.outcome,
                statements: self.statements_made(order, Some(row.id)).await?,
                signature,
            });
        }
        Ok(submissions)
    }

    /// The number of the next submission of an order.
    async fn next_revision(&self, order: Id) -> Result<i64, Fault> {
        let rows = self
            .store
            .rows(
                "select coalesce(max(revision), 0) from ra_applications where order_id = $1",
                args![order],
            )
            .await?;
        let last = rows.first().map(|row| row.int(0)).transpose()?;
        Ok(last.unwrap_or(0) + 1)
    }

    /// The data that were verified or taken over last: what a certificate may say.
    pub(crate) async fn verified_data(&self, order: Id) -> Result<Option<ApplicationData>, Fault> {
        let last = self.submissions(order, 1).await?.pop();
        Ok(last
            .filter(|submitted| {
                matches!(
                    submitted.outcome,
                    Outcome::Verified { .. } | Outcome::Reused { .. }
                )
            })
            .map(|submitted| submitted.data))
    }

    async fn statements_made(
        &self,
        order: Id,
        application: Option<Id>,
    ) -> Result<Vec<StatementMade>, Fault> {
        let made = self
            .store
            .all(
                "select statement, version, language, text_hash, made_at
                    from ra_statements where order_id = $1 and application = $2
                    order by made_at, statement",
                args![order, application],
            )
            .await?;
        Ok(made)
    }

    /// The agreement made at activation.
    pub(crate) async fn agreement(&self, order: Id) -> Result<Vec<StatementMade>, Fault> {
        let made = self
            .store
            .all(
                "select statement, version, language, text_hash, made_at
                    from ra_statements where order_id = $1 and application is null
                    order by made_at, statement",
                args![order],
            )
            .await?;
        Ok(made)
    }
}
