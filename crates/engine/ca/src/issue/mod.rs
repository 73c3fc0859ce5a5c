//! Issuance: check, prepare, lint, sign, commit once, and only then hand out.

mod error;
mod preview;

use std::time::Duration;

use chancery_audit::{Act, Actor, Object};
use chancery_keys::{digest_code, random_id};
use chancery_profile::{Kind, Profile, SubjectData};
use chancery_store::{Batch, CommitError, Id, ReadError, Timestamp, args};
use chancery_x509::{Certificate, CertificationRequest, PublicKeyInfo};
use serde_json::json;

pub use error::IssueError;
pub use preview::Preview;

use crate::{
    Ca,
    authority::Authority,
    context::SHARD,
    mint::{Blank, IssuerKey, mint},
    record::{KEY_GUARD, NewRow, insert, issuer_text, key_digest},
};

/// What an issuance rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Evidence {
    /// Nothing was given.
    #[default]
    None,
    /// An operator's own words.
    Text(String),
    /// SHA-256 of the verified data.
    Digest([u8; 32]),
}

impl Evidence {
    fn text(&self) -> String {
        match self {
            Self::None => String::new(),
            Self::Text(text) => text.clone(),
            Self::Digest(digest) => {
                format!("sha256:{}", chancery_x509::hex::encode(digest, ""))
            }
        }
    }

    /// The audit entry holds a digest only: words may name people.
    fn digest(&self) -> Option<[u8; 32]> {
        match self {
            Self::None => None,
            Self::Text(text) => Some(digest_code(text)),
            Self::Digest(digest) => Some(*digest),
        }
    }
}

/// Whatever the caller's statements could fail with.
pub type AlsoError = Box<dyn std::error::Error + Send + Sync>;
/// Makes the caller's own statements once the certificate is signed; they are committed with it.
pub type Also = Box<dyn FnOnce(&Issued) -> Result<Batch, AlsoError> + Send>;

/// A certificate that is asked for.
pub struct IssueRequest {
    /// Name of the profile.
    pub profile: String,
    /// The verified subject.
    pub subject: SubjectData,
    /// The request; its key is certified once its signature proves possession. Its subject and extensions
    /// are not used.
    pub request: CertificationRequest,
    /// How long it shall be valid, from now.
    pub validity: Duration,
    /// Who has it issued.
    pub actor: Actor,
    /// What it rests on.
    pub evidence: Evidence,
    /// The person who will hold it.
    pub holder: Option<Id>,
    /// The order that it comes from.
    pub order: Option<Id>,
    /// The caller's own statements; [`no_more`] for none.
    pub also: Also,
}

/// For [`IssueRequest::also`]: nothing else is committed.
#[must_use]
pub fn no_more() -> Also {
    Box::new(|_| Ok(Batch::new()))
}

impl std::fmt::Debug for IssueRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IssueRequest")
            .field("profile", &self.profile)
            .field("validity", &self.validity)
            .finish_non_exhaustive()
    }
}

/// A certificate that was issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issued {
    /// Row identifier.
    pub id: Id,
    /// The certificate.
    pub certificate: Certificate,
    /// Its issuer, that one's issuer and so on to the root.
    pub chain: Vec<Certificate>,
    /// Serial number, 40 hexadecimal digits.
    pub serial: String,
}

/// What was decided before anything is signed.
pub(crate) struct Decided<'a> {
    profile: &'a Profile,
    authority: &'a Authority,
    not_before: i64,
    not_after: i64,
}

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

    async fn decide<'a>(
        &'a self,
        name: &str,
        validity: Duration,
        now: Timestamp,
    ) -> Result<Decided<'a>, IssueError> {
        let (profile, authority) = self.choose(name)?;
        let not_before = now.as_secs();
        // The last second belongs to the validity (RFC 5280 section 4.1.2.5): 365 days end one second early.
        let seconds = i64::try_from(validity.as_secs()).unwrap_or(i64::MAX);
        let not_after = not_before.saturating_add(seconds).saturating_sub(1);
        if not_after <= not_before {
            return Err(IssueError::NoValidity);
        }
        self.check_authority(authority, not_before, not_after)
            .await?;
        Ok(Decided {
            profile,
            authority,
            not_before,
            not_after,
        })
    }

    /// For the profile's default validity, or what the authority has left of it.
    pub(crate) async fn decide_longest<'a>(
        &'a self,
        name: &str,
        now: Timestamp,
    ) -> Result<Decided<'a>, IssueError> {
        let (profile, authority) = self.choose(name)?;
        let not_before = now.as_secs();
        let life = i64::from(profile.default_days()) * 86_400;
        let not_after = (not_before + life - 1).min(authority.certificate.not_after());
        self.check_authority(authority, not_before, not_after)
            .await?;
        Ok(Decided {
            profile,
            authority,
            not_before,
            not_after,
        })
    }

    fn choose(&self, name: &str) -> Result<(&Profile, &Authority), IssueError> {
        let profile = self
            .context()
            .profiles
            .get(name)
            .filter(|profile| matches!(profile.kind(), Kind::Smime { .. } | Kind::TlsServer))
            .ok_or_else(|| IssueError::UnknownProfile {
                profile: name.to_owned(),
            })?;
        let authority = self
            .authority_for(profile)
            .ok_or_else(|| IssueError::NoAuthority {
                profile: name.to_owned(),
            })?;
        Ok((profile, authority))
    }

    async fn check_authority(
        &self,
        authority: &Authority,
        not_before: i64,
        not_after: i64,
    ) -> Result<(), IssueError> {
        let slug = || authority.slug.clone();
        let ends = authority.certificate.not_after();
        if ends < not_before {
            return Err(IssueError::AuthorityExpired { authority: slug() });
        }
        if ends < not_after {
            return Err(IssueError::BeyondAuthority {
                authority: slug(),
                ends_at: Timestamp::from_secs(ends),
            });
        }
        // Read, not remembered: it may have been revoked through another server on the same database.
        let revoked = self
            .context()
            .store
            .rows(
                "select 1 from certificate where id = $1 and revoked_at is not null",
                args![authority.certificate_id],
            )
            .await?;
        if revoked.is_empty() {
            Ok(())
        } else {
            Err(IssueError::AuthorityRevoked { authority: slug() })
        }
    }

    async fn check_owner(&self, key: &PublicKeyInfo, owner: Id) -> Result<(), IssueError> {
        let rows = self
            .context()
            .store
            .rows(
                "select holder, compromised_at from certified_key where digest = $1",
                args![key_digest(key.as_der())],
            )
            .await?;
        let Some(row) = rows.first() else {
            return Ok(());
        };
        if row.opt_int(1).map_err(ReadError::from)?.is_some() {
            Err(IssueError::KeyCompromised)
        } else if row.id(0).map_err(ReadError::from)? == owner {
            Ok(())
        } else {
            Err(IssueError::KeyOfAnother)
        }
    }

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
        let blank = Blank {
            profile: decided.profile,
            subject,
            public_key: key,
            not_before: decided.not_before,
            not_after: decided.not_after,
        };
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

    fn prepare_only(
        &self,
        decided: &Decided<'_>,
        subject: &SubjectData,
        key: &PublicKeyInfo,
    ) -> Result<Preview, IssueError> {
        let blank = Blank {
            profile: decided.profile,
            subject,
            public_key: key,
            not_before: decided.not_before,
            not_after: decided.not_after,
        };
        preview::prepare(self.context(), decided.authority, blank)
    }
}

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

/// Whose key it is: the person's, or, where an operator issues without one, whoever has these addresses.
fn owner(holder: Option<Id>, subject: &SubjectData) -> Id {
    holder.unwrap_or_else(|| {
        let mut names: Vec<String> = subject
            .emails
            .iter()
            .chain(&subject.dns_names)
            .map(|name| name.to_lowercase())
            .collect();
        names.sort_unstable();
        let digest = digest_code(&format!("owner\n{}", names.join("\n")));
        let mut octets = [0; 16];
        for (to, from) in octets.iter_mut().zip(digest) {
            *to = from;
        }
        Id::from_bytes(octets)
    })
}

impl Authority {
    pub(crate) fn issuer_key(&self) -> IssuerKey<'_> {
        IssuerKey {
            slug: &self.slug,
            certificate: Some(&self.certificate),
            signer: &self.signer,
        }
    }
}
