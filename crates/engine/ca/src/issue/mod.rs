//! Issuance: check, prepare, lint, sign, commit once, and only then hand out.

mod commit;
mod decide;
mod error;
mod preview;
mod request;

use std::time::Duration;

use chancery_profile::SubjectData;
use chancery_store::{Id, Timestamp};
use chancery_x509::{CertificationRequest, PublicKeyInfo};

pub(crate) use commit::Commit;
pub(crate) use decide::Decided;
use decide::owner;
pub use error::IssueError;
pub use preview::Preview;
pub use request::{Also, AlsoError, Evidence, IssueRequest, Issued, no_more};

use crate::Ca;

impl Ca {
    /// Issues a certificate. On return it is durable, with its index, its audit entry and the caller's
    /// statements; on error nothing of it remains, but for a serial number that is never used.
    pub async fn issue(&self, request: IssueRequest, now: Timestamp) -> Result<Issued, IssueError> {
        let key = request.request.public_key();
        let owner = owner(request.holder, &request.subject);
        let decided = self.decide(&request.profile, request.validity, now).await?;
        // Key and subject first: that a key is too small says more than that its signature was not checked.
        self.prepare_only(&decided, &request.subject, key)?;
        request.request.verify(&self.context().crypto)?;
        self.check_owner(key, owner).await?;
        let evidence = request.evidence.text();
        self.commit(
            &decided,
            &request.subject,
            key,
            Commit {
                owner,
                holder: request.holder,
                order: request.order,
                actor: &request.actor,
                evidence: &evidence,
                evidence_digest: request.evidence.digest(),
                also: request.also,
            },
            now,
        )
        .await
    }

    /// Everything that [`Self::issue`] does but signing and committing: shows what would be issued or why
    /// it would be refused.
    pub async fn check(
        &self,
        profile: &str,
        subject: &SubjectData,
        request: &CertificationRequest,
        validity: Duration,
        holder: Option<Id>,
        now: Timestamp,
    ) -> Result<Preview, IssueError> {
        let key = request.public_key();
        let decided = self.decide(profile, validity, now).await?;
        let preview = self.prepare_only(&decided, subject, key)?;
        request.verify(&self.context().crypto)?;
        self.check_owner(key, owner(holder, subject)).await?;
        Ok(preview)
    }

    /// [`Self::check`] before there is a key, for who is to agree to everything before one is made. The authority's own
    /// public key stands in: it is real, and profiles that want certain kinds of keys are made for such authorities.
    pub async fn foresee(
        &self,
        profile: &str,
        subject: &SubjectData,
        validity: Duration,
        now: Timestamp,
    ) -> Result<Preview, IssueError> {
        let decided = self.decide(profile, validity, now).await?;
        let stand_in = decided.authority.certificate.public_key();
        self.prepare_only(&decided, subject, stand_in)
    }

    fn prepare_only(
        &self,
        decided: &Decided<'_>,
        subject: &SubjectData,
        key: &PublicKeyInfo,
    ) -> Result<Preview, IssueError> {
        let blank = decided.blank(subject, key);
        preview::prepare(self.context(), decided.authority, blank)
    }
}
