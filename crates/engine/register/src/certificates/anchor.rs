//! Supported authorities: the trust anchors that an operator manages.

use chancery_audit::Actor;
use chancery_store::{Batch, CommitError, FromRow, Row, RowError, Timestamp, args};
use chancery_x509::extension::KeyUsage;
use chancery_x509::{Certificate, DigestAlgorithm, ObjectIdentifier, PublicKeyKind, oid};

use super::{FileError, file};
use crate::{AnchorId, Fault, Granted, Permission, Register};

/// Most policies that one authority is limited to.
const MAX_POLICIES: usize = 32;

/// Fewest bits of an authority's RSA key.
const LEAST_RSA_BITS: u32 = 2048;

/// What certificates under an authority are accepted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AnchorPurpose {
    /// Logging in.
    LogIn,
    /// Signing.
    Sign,
    /// Being encrypted to.
    Encrypt,
}

impl AnchorPurpose {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::LogIn, Self::Sign, Self::Encrypt];

    /// The name in forms and in the store.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::LogIn => "log-in",
            Self::Sign => "sign",
            Self::Encrypt => "encrypt",
        }
    }

    /// By its name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// The terms on which an authority is supported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnchorTerms {
    /// Whether it is the environment's own.
    pub own: bool,
    /// What its certificates are accepted for; at least one.
    pub purposes: Vec<AnchorPurpose>,
    /// The key purpose that extKeyUsage must name for log-in.
    pub log_in_purpose: ObjectIdentifier,
    /// Certificate policies of which one must hold; none for any.
    pub policies: Vec<ObjectIdentifier>,
}

impl AnchorTerms {
    /// For everything, log-in with clientAuth, under any policy.
    #[must_use]
    pub fn new(own: bool) -> Self {
        Self {
            own,
            purposes: AnchorPurpose::ALL.to_vec(),
            log_in_purpose: oid::EKU_CLIENT_AUTH,
            policies: Vec::new(),
        }
    }
}

/// A supported authority.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// Its id.
    pub id: AnchorId,
    /// On which terms.
    pub terms: AnchorTerms,
    /// Since when.
    pub added_at: Timestamp,
    /// Its certificate.
    pub certificate: Certificate,
}

/// An authority was not added or removed.
#[derive(Debug, thiserror::Error)]
pub enum AnchorError {
    /// The permission is for something else.
    #[error("{0:?} does not permit to change the supported authorities")]
    NotPermitted(Permission),
    /// The file gives no certificate.
    #[error(transparent)]
    File(#[from] FileError),
    /// Several certificates: each authority has terms of its own.
    #[error("there are {count} certificates in the file; add one authority at a time")]
    Several {
        /// How many.
        count: usize,
    },
    /// The certificate is no authority's (RFC 5280 section 4.2.1.9).
    #[error("this is no authority's certificate: its basicConstraints do not say so")]
    NoAuthority,
    /// keyUsage does not let it sign certificates (RFC 5280 section 4.2.1.3).
    #[error("this authority's keyUsage does not allow keyCertSign")]
    MaySignNothing,
    /// An RSA key that is too short.
    #[error("this authority's RSA key has {bits} bits; at least {least} are asked for")]
    WeakKey {
        /// Its bits.
        bits: u32,
        /// The bits asked for.
        least: u32,
    },
    /// Past its validity.
    #[error("this authority's certificate has expired")]
    Expired {
        /// Its last second of validity.
        not_after: Timestamp,
    },
    /// Before its validity.
    #[error("this authority's certificate is not valid yet")]
    NotYetValid {
        /// Its first second of validity.
        not_before: Timestamp,
    },
    /// Accepted for nothing.
    #[error("say what the authority's certificates are accepted for")]
    NoPurpose,
    /// Too many policies.
    #[error("{count} policies are given; at most {limit} are kept")]
    TooManyPolicies {
        /// How many.
        count: usize,
        /// How many are kept.
        limit: usize,
    },
    /// It is on the list.
    #[error("this authority is supported already")]
    AlreadyListed,
    /// It is not on the list.
    #[error("there is no such authority on the list")]
    NoSuchAnchor,
    /// Something beneath failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl FromRow for Anchor {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        Ok(Self {
            id: AnchorId::new(row.id(0)?),
            certificate: certificate(row, 1)?,
            terms: AnchorTerms {
                own: row.bool(2)?,
                purposes: words(row, 3, "purposes of an authority", AnchorPurpose::from_name)?,
                log_in_purpose: identifier(&row.text(4)?).ok_or(RowError {
                    column: 4,
                    expected: "an object identifier",
                })?,
                policies: words(row, 5, "object identifiers", identifier)?,
            },
            added_at: row.time(6)?,
        })
    }
}

pub(super) fn certificate(row: &Row, column: usize) -> Result<Certificate, RowError> {
    Certificate::from_der(&row.bytes(column)?).map_err(|_| RowError {
        column,
        expected: "a certificate in DER",
    })
}

fn identifier(text: &str) -> Option<ObjectIdentifier> {
    text.parse().ok()
}

fn words<T>(
    row: &Row,
    column: usize,
    expected: &'static str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Vec<T>, RowError> {
    row.text(column)?
        .split_whitespace()
        .map(|word| read(word).ok_or(RowError { column, expected }))
        .collect()
}

/// SHA-256 of a certificate: what it is found by.
pub(super) fn fingerprint(certificate: &Certificate) -> Vec<u8> {
    certificate.fingerprint(DigestAlgorithm::Sha256, &chancery_keys::AwsLc)
}

impl Register {
    /// Supports an authority, whose certificate comes as a file; needs [`Permission::OperateAuthorities`]. It is trusted from then
    /// on as it stands, self-issued or not: nothing above it is looked at.
    pub async fn add_anchor(
        &self,
        granted: &Granted,
        file: &[u8],
        terms: &AnchorTerms,
        now: Timestamp,
    ) -> Result<AnchorId, AnchorError> {
        permitted(granted)?;
        let certificates = file::read(file)?;
        let [certificate] = certificates.as_slice() else {
            return Err(AnchorError::Several {
                count: certificates.len(),
            });
        };
        judge(certificate, terms, now)?;
        let mut batch = Batch::new();
        let id = self.list(&mut batch, certificate, terms, granted.actor(), now)?;
        match self.store.commit(batch).await {
            Ok(()) => Ok(id),
            Err(CommitError::Constraint { unique: true, .. }) => Err(AnchorError::AlreadyListed),
            Err(error) => Err(Fault::from(error).into()),
        }
    }

    /// Supports the environment's own authorities for everything, each once: one that an operator took off the list stays off. Gives how
    /// many were added. Call it whenever the environment starts.
    pub async fn support_own(
        &self,
        authorities: &[Certificate],
        now: Timestamp,
    ) -> Result<usize, Fault> {
        let mut added = 0;
        for certificate in authorities {
            let mut batch = Batch::new();
            batch.one(
                "insert into register_own_anchors (fingerprint) values ($1)",
                args![fingerprint(certificate)],
            );
            let terms = AnchorTerms::new(true);
            self.list(&mut batch, certificate, &terms, Actor::System, now)?;
            match self.store.commit(batch).await {
                Ok(()) => added += 1,
                // Offered before, or listed by an operator.
                Err(CommitError::Constraint { unique: true, .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(added)
    }

    /// Adds an authority to the batch.
    fn list(
        &self,
        batch: &mut Batch,
        certificate: &Certificate,
        terms: &AnchorTerms,
        actor: Actor,
        now: Timestamp,
    ) -> Result<AnchorId, Fault> {
        let id = AnchorId::new(chancery_keys::random_id(self.entropy.as_ref())?);
        let fingerprint = fingerprint(certificate);
        let names = terms.purposes.iter().map(|one| one.name());
        let purposes = names.collect::<Vec<_>>().join(" ");
        let policies = terms.policies.iter().map(ToString::to_string);
        let policies = policies.collect::<Vec<_>>().join(" ");
        let log_in_purpose = terms.log_in_purpose.to_string();
        batch.one(
            "insert into register_anchors (id, fingerprint, subject, der, own, purposes,
                log_in_purpose, policies, added_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            args![
                id,
                fingerprint.as_slice(),
                certificate.subject().one_line(),
                certificate.as_der(),
                terms.own,
                &purposes,
                &log_in_purpose,
                &policies,
                now
            ],
        );
        let after = serde_json::json!({
            "sha256": chancery_x509::hex::encode(&fingerprint, ""),
            "own": terms.own,
            "purposes": purposes,
            "log-in-purpose": log_in_purpose,
            "policies": policies,
        });
        let object = ("anchor", id.to_string());
        self.record(batch, "anchor.add", actor, object, Some(after), now)?;
        Ok(id)
    }

    /// Supports an authority no more: nobody logs in or registers with its certificates from then on. Those that are registered
    /// stay, and count again once it is back. Needs [`Permission::OperateAuthorities`].
    pub async fn remove_anchor(
        &self,
        granted: &Granted,
        id: AnchorId,
        now: Timestamp,
    ) -> Result<(), AnchorError> {
        permitted(granted)?;
        let mut batch = Batch::new();
        batch.one("delete from register_anchors where id = $1", args![id]);
        let object = ("anchor", id.to_string());
        self.record(
            &mut batch,
            "anchor.remove",
            granted.actor(),
            object,
            None,
            now,
        )?;
        match self.store.commit(batch).await {
            Ok(()) => Ok(()),
            Err(CommitError::Conflict { .. }) => Err(AnchorError::NoSuchAnchor),
            Err(error) => Err(Fault::from(error).into()),
        }
    }

    /// All supported authorities by name: no secret, for whoever registers a certificate wants to know.
    pub async fn anchors(&self) -> Result<Vec<Anchor>, Fault> {
        Ok(self
            .store
            .all(
                "select id, der, own, purposes, log_in_purpose, policies, added_at
                 from register_anchors order by subject, id",
                args![],
            )
            .await?)
    }
}

pub(super) fn permitted(granted: &Granted) -> Result<(), AnchorError> {
    match granted.permission() {
        Permission::OperateAuthorities => Ok(()),
        other => Err(AnchorError::NotPermitted(other)),
    }
}

/// Whether an authority can be supported on these terms.
pub(super) fn judge_terms(terms: &AnchorTerms) -> Result<(), AnchorError> {
    if terms.purposes.is_empty() {
        return Err(AnchorError::NoPurpose);
    }
    if terms.policies.len() > MAX_POLICIES {
        return Err(AnchorError::TooManyPolicies {
            count: terms.policies.len(),
            limit: MAX_POLICIES,
        });
    }
    Ok(())
}

/// Whether the certificate can stand on the list on these terms.
fn judge(
    certificate: &Certificate,
    terms: &AnchorTerms,
    now: Timestamp,
) -> Result<(), AnchorError> {
    judge_terms(terms)?;
    if !certificate.is_ca() {
        return Err(AnchorError::NoAuthority);
    }
    let usage = certificate
        .extension::<KeyUsage>()
        .map_err(FileError::Damaged)?;
    if usage.is_some_and(|usage| !usage.contains(KeyUsage::KEY_CERT_SIGN)) {
        return Err(AnchorError::MaySignNothing);
    }
    if let PublicKeyKind::Rsa { bits, .. } | PublicKeyKind::RsaPss { bits, .. } =
        certificate.public_key().kind()
        && bits < LEAST_RSA_BITS
    {
        return Err(AnchorError::WeakKey {
            bits,
            least: LEAST_RSA_BITS,
        });
    }
    if certificate.not_after() < now.as_secs() {
        return Err(AnchorError::Expired {
            not_after: Timestamp::from_secs(certificate.not_after()),
        });
    }
    if certificate.not_before() > now.as_secs() {
        return Err(AnchorError::NotYetValid {
            not_before: Timestamp::from_secs(certificate.not_before()),
        });
    }
    Ok(())
}
