//! Applications that are signed as documents when they are submitted.

use chancery_keys::AwsLc;
use chancery_register::SignedDocument;
use chancery_store::{Batch, Id, Row, RowError, Timestamp, args};
use chancery_x509::{Certificate, Crypto as _, DigestAlgorithm, hex};

use super::SubmitError;
use crate::{DocumentError, DocumentKind, Ra, document::Kept, order::Order};

/// An application as its applicant signed it.
#[derive(Clone, Debug)]
pub struct SignedApplication {
    /// The document, which the caller made of the very data that are submitted, with the signature.
    pub document: SignedDocument,
    /// The [`Order::version`] of which it was made: the order must be as it was then, so that a signature is good for one submission.
    pub version: i64,
}

/// The signature under a submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApplicationSignature {
    /// The document that was signed; [`Ra::document`] gives it.
    pub document: Id,
    /// The signature over it, which is had in the same way.
    pub signature: Id,
    /// With which certificate.
    pub certificate: Certificate,
    /// When it was verified here and kept.
    pub at: Timestamp,
}

impl ApplicationSignature {
    /// From the four columns that begin at `first`; none where there is no signature.
    pub(super) fn from_columns(row: &Row, first: usize) -> Result<Option<Self>, RowError> {
        let Some(document) = row.opt_id(first)? else {
            return Ok(None);
        };
        let certificate = Certificate::from_der(&row.bytes(first + 2)?).map_err(|_| RowError {
            column: first + 2,
            expected: "a certificate",
        })?;
        Ok(Some(Self {
            document,
            signature: row.id(first + 1)?,
            certificate,
            at: row.time(first + 3)?,
        }))
    }
}

/// Document and signature in their places, to be named by a batch.
pub(super) struct KeptApplication {
    document: Kept,
    signature: Kept,
}

impl SignedApplication {
    /// What the record of the act says of it.
    pub(super) fn told(&self) -> (serde_json::Value, [u8; 32]) {
        let certificate = self.document.certificate();
        let fingerprint = certificate.fingerprint(DigestAlgorithm::Sha256, &AwsLc);
        let told = serde_json::json!({
            "certificate": hex::encode(&fingerprint, ""),
            "document": hex::encode(&sha256(self.document.document()), ""),
        });
        (told, sha256(self.document.signature()))
    }
}

fn sha256(octets: &[u8]) -> [u8; 32] {
    let digest = AwsLc.digest(DigestAlgorithm::Sha256, octets);
    digest.try_into().unwrap_or_default()
}

impl Ra {
    /// Puts document and signature where documents are.
    pub(super) async fn keep_signed(
        &self,
        order: &Order,
        signed: &SignedApplication,
        now: Timestamp,
    ) -> Result<KeptApplication, SubmitError> {
        let name = format!("application-{}-{}.txt", order.number, order.version);
        let (kind, content) = (DocumentKind::Application, signed.document.document());
        let document = self.keep_own(order, kind, name.clone(), content.to_vec(), now);
        let document = document.await.map_err(fault_of)?;
        let (kind, content) = (DocumentKind::Signature, signed.document.signature());
        let name = format!("{name}.p7s");
        let signature = self.keep_own(order, kind, name, content.to_vec(), now);
        match signature.await {
            Ok(signature) => Ok(KeptApplication {
                document,
                signature,
            }),
            Err(error) => {
                self.drop_blob(&document.address).await;
                Err(fault_of(error))
            }
        }
    }

    /// Removes what no batch named.
    pub(super) async fn drop_signed(&self, kept: &KeptApplication) {
        self.drop_blob(&kept.document.address).await;
        self.drop_blob(&kept.signature.address).await;
    }
}

impl KeptApplication {
    /// The rows; none of them where the certificate is worth nothing any more.
    pub(super) fn insert(
        &self,
        batch: &mut Batch,
        order: &Order,
        application: Id,
        signed: &SignedApplication,
        now: Timestamp,
    ) {
        self.document.insert(batch, order);
        self.signature.insert(batch, order);
        batch.one(
            "insert into ra_signatures (application, document, signature, certificate, signed_at)
             values ($1, $2, $3, $4, $5)",
            args![
                application,
                self.document.document.id,
                self.signature.document.id,
                signed.document.certificate().as_der(),
                now
            ],
        );
        signed.document.guard(batch);
    }
}

/// What is of our own making is not judged: only what lies beneath can fail.
fn fault_of(error: DocumentError) -> SubmitError {
    match error {
        DocumentError::Fault(fault) => SubmitError::Fault(fault),
        DocumentError::Denied(denied) => SubmitError::Denied(denied),
        _ => SubmitError::Stale,
    }
}
