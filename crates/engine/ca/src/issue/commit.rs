//! Signing and the one commit.

use chancery_audit::{Act, Actor, Object};
use chancery_keys::random_id;
use chancery_profile::SubjectData;
use chancery_store::{Batch, CommitError, Id, Timestamp};
use chancery_x509::PublicKeyInfo;
use serde_json::json;

use super::{Also, Decided, IssueError, Issued};
use crate::{
    Ca,
    context::SHARD,
    mint::mint,
    record::{KEY_GUARD, NewRow, insert, issuer_text},
};

/// Whose certificate it is and what stands beside it.
pub(crate) struct Commit<'a> {
    pub owner: Id,
    pub holder: Option<Id>,
    pub order: Option<Id>,
    pub actor: &'a Actor,
    pub evidence: &'a str,
    pub evidence_digest: Option<[u8; 32]>,
    pub also: Also,
}

impl Ca {
    pub(crate) async fn commit(
        &self,
        decided: &Decided<'_>,
        subject: &SubjectData,
        key: &PublicKeyInfo,
        commit: Commit<'_>,
        now: Timestamp,
    ) -> Result<Issued, IssueError> {
        let context = self.context();
        let entropy = context.entropy.as_ref();
        let blank = decided.blank(subject, key);
        let certificate = mint(context, decided.authority.issuer_key(), blank, now).await?;
        let id = random_id(entropy)?;
        let issued_by = issuer_text(commit.actor);
        let mut batch = Batch::new();
        let row = NewRow {
            id,
            certificate: &certificate,
            authority: &decided.authority.slug,
            shard: SHARD,
            profile: decided.profile.name(),
            holder: commit.holder,
            order: commit.order,
            owner: commit.owner,
            evidence: commit.evidence,
            issued_by: &issued_by,
        };
        insert(&mut batch, &row, now);
        let act = Act {
            action: "certificate.issue",
            actor: commit.actor.clone(),
            object: Object {
                kind: "certificate",
                id: certificate.serial().to_hex(),
            },
            before: None,
            after: Some(json!({
                "id": id.to_string(),
                "authority": row.authority,
                "profile": row.profile,
                "holder": commit.holder.map(|id| id.to_string()),
                "order": commit.order.map(|id| id.to_string()),
            })),
            evidence: commit.evidence_digest,
        };
        chancery_audit::record(&mut batch, entropy, &act, now)?;
        let issued = Issued {
            id,
            serial: certificate.serial().to_hex(),
            chain: self.chain(&certificate),
            certificate,
        };
        let own = batch.statements().len();
        batch.append((commit.also)(&issued).map_err(IssueError::Also)?);
        match context.store.commit(batch).await {
            Ok(()) => Ok(issued),
            Err(CommitError::Conflict { statement, .. }) if statement == KEY_GUARD => {
                Err(IssueError::KeyOfAnother)
            }
            Err(
                CommitError::Conflict { statement, .. }
                | CommitError::Constraint {
                    statement,
                    unique: true,
                    ..
                },
            ) if statement >= own => Err(IssueError::Superseded),
            Err(error) => Err(error.into()),
        }
    }
}
