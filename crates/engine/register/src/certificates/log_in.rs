//! Log-in with a registered certificate.

use std::{net::IpAddr, time::Duration};

use chancery_keys::AwsLc;
use chancery_path::{InvalidPath, Purpose, Revocation, ValidatedPath};
use chancery_store::{Batch, Timestamp, args};
use chancery_x509::{Certificate, RevocationReason};

use super::{
    AnchorPurpose, Certificates, RegisteredCertificate, RegisteredState,
    anchor::fingerprint,
    challenge::{self, Open},
    trust::{self, Distrust, Memory, Question},
    watch,
};
use crate::{
    AuthLevel, Fault, LogIn, OpenedBy, Register, devices,
    log_in::{Secrets, Standing},
    person::themselves,
    session::{NewSession, add_session, is_conflict},
    throttle::{self, Place},
    web_eid::{AuthToken, TokenError},
};

/// Why a token was not accepted: for the log, never for whoever sent it.
#[derive(Debug, thiserror::Error)]
pub enum TokenProblem {
    /// The token cannot be read, or its signature is wrong: for another origin or challenge, by another key, or altered.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// The challenge was never made, or is spent.
    #[error("the challenge was never made, or has been answered")]
    NoChallenge,
    /// The challenge is another visitor's.
    #[error("the challenge was made for another visitor")]
    OtherVisitor,
    /// The challenge is too old.
    #[error("the challenge is too old")]
    Late,
    /// The act is confirmed by a certificate of somebody else.
    #[error("the certificate is another person's")]
    OtherPerson,
}

/// Nobody was logged in.
#[derive(Debug, thiserror::Error)]
pub enum CertificateLogInError {
    /// The proof is worth nothing; why, is for the log.
    #[error("the proof that the certificate is at hand was not accepted")]
    Proof(#[source] TokenProblem),
    /// Past its validity.
    #[error("the certificate has expired")]
    Expired {
        /// Its last second of validity.
        not_after: Timestamp,
    },
    /// Before its validity.
    #[error("the certificate is not valid yet")]
    NotYetValid {
        /// Its first second of validity.
        not_before: Timestamp,
    },
    /// Revoked for good.
    #[error("the certificate is revoked ({reason})")]
    Revoked {
        /// When.
        at: Timestamp,
        /// Why.
        reason: RevocationReason,
    },
    /// Revoked for a time.
    #[error("the certificate is suspended")]
    Suspended {
        /// Since when.
        at: Timestamp,
    },
    /// Issued by a supported authority and registered by nobody, or not for signing.
    #[error("the certificate is not registered")]
    NotRegistered,
    /// Somebody registered it, but never proved to hold its key, nor does it name them: it may as well be a stranger's account.
    #[error(
        "the certificate is registered, but nobody proved to hold its key: log in by password and prove it there"
    )]
    NotProved,
    /// One factor registered it, or somebody else, and its holder is staff: that makes nobody staff.
    #[error("the certificate was not registered with two factors by its holder")]
    OneFactor,
    /// It is a device's own, whose key asks for no password: it logs in, and confirms nothing.
    #[error("the certificate is a device's own, which confirms nothing")]
    OfDevice,
    /// No supported authority issued it, or none whose certificates are accepted for log-in.
    #[error("the certificate was not issued by a supported authority: {issuer}")]
    UnsupportedAuthority {
        /// Who issued it, as RFC 4514 writes names.
        issuer: String,
        /// What is wrong with the path.
        #[source]
        source: Option<Box<InvalidPath>>,
    },
    /// It is not made for log-in: extKeyUsage does not name the purpose, or keyUsage lacks digitalSignature.
    #[error("the certificate is not made for log-in")]
    PurposeMissing,
    /// Whether it is revoked cannot be said now; another try may help.
    #[error("whether the certificate is revoked cannot be said now")]
    RevocationUnknown(#[source] Box<InvalidPath>),
    /// The path to a supported authority is not valid for another reason.
    #[error("the certificate's path to a supported authority is not valid")]
    InvalidPath(#[source] Box<InvalidPath>),
    /// Too many tries; the next one after this time.
    #[error("too many tries")]
    Wait(Duration),
    /// Something beneath failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// What opens a session, or confirms an act.
pub(super) struct Recognised {
    pub(super) known: RegisteredCertificate,
    pub(super) secrets: Secrets,
    /// Whether it stands for two factors.
    pub(super) two_factors: bool,
}

impl Certificates {
    /// Logs somebody in by a Web eID authentication token in JSON. `visitor` is the cookie under which the challenge `nonce` was made, `from`
    /// the peer's address as far as it can be trusted. Whatever comes of it, the challenge is spent once somebody
    /// showed it with its cookie. What is told of the certificate is told to the holder of its key only.
    pub async fn log_in(
        &self,
        token: &str,
        nonce: &str,
        visitor: &str,
        from: IpAddr,
        now: Timestamp,
    ) -> Result<LogIn, CertificateLogInError> {
        let network = self.try_from(from, now).await?;
        let open = self
            .open_challenge(visitor, nonce, now)
            .await?
            .map_err(CertificateLogInError::Proof)?;
        let recognised = match self.proved(token, nonce) {
            Ok(leaf) => self.recognise(&leaf, now).await,
            Err(error) => Err(error),
        };
        match recognised {
            Ok(recognised) => {
                let mut batch = Batch::new();
                challenge::spend(&mut batch, &open, now);
                throttle::give_back(&mut batch, &network);
                self.admit(batch, &recognised, false, from, now).await
            }
            Err(error) => {
                self.burn(&open, now).await?;
                Err(error)
            }
        }
    }

    /// Logs somebody in whose key a TLS handshake proved to be at hand: RFC 8446 section 4.4.3 binds the proof to that connection, which is
    /// the caller's to know. Apart from that it is [`Self::log_in`].
    pub async fn log_in_by_handshake(
        &self,
        leaf: &Certificate,
        from: IpAddr,
        now: Timestamp,
    ) -> Result<LogIn, CertificateLogInError> {
        let network = self.try_from(from, now).await?;
        let recognised = self.recognise(leaf, now).await?;
        let mut batch = Batch::new();
        throttle::give_back(&mut batch, &network);
        self.admit(batch, &recognised, true, from, now).await
    }

    /// Counts a try from a network before it is made.
    async fn try_from(&self, from: IpAddr, now: Timestamp) -> Result<Place, CertificateLogInError> {
        let network = Place::network(from);
        match throttle::reserve(&self.register.store, &network, now).await? {
            Ok(()) => Ok(network),
            Err(early) => Err(CertificateLogInError::Wait(early.wait)),
        }
    }

    /// The certificate whose key signed this challenge for this portal.
    pub(super) fn proved(
        &self,
        token: &str,
        nonce: &str,
    ) -> Result<Certificate, CertificateLogInError> {
        let proof = |error: TokenError| CertificateLogInError::Proof(error.into());
        let token = AuthToken::parse(token).map_err(proof)?;
        token.verify(&self.origin, nonce, &AwsLc).map_err(proof)?;
        Ok(token.certificate().clone())
    }

    /// Whose certificate it is, once path, revocation and register agree. The caller has proof that its key is at hand.
    pub(super) async fn recognise(
        &self,
        leaf: &Certificate,
        now: Timestamp,
    ) -> Result<Recognised, CertificateLogInError> {
        let claim = self.by_fingerprint(&fingerprint(leaf)).await?;
        let claim = claim.filter(|claim| claim.known.uses.signing);
        let theirs = claim.as_ref().is_some_and(|claim| claim.theirs);
        let known = claim.map(|claim| claim.known);
        if let Some(known) = &known {
            stands(known, now)?;
        }
        let anchors = self.register.anchors().await?;
        let mut chain = known
            .as_ref()
            .map_or_else(Vec::new, |one| one.chain.clone());
        chain.extend(self.between.iter().cloned());
        let question = Question {
            leaf,
            chain: &chain,
            purposes: &[AnchorPurpose::LogIn],
            made_for: Purpose::Any,
            // A stranger's certificate makes the server fetch nothing.
            revocation: if known.is_some() {
                Revocation::default()
            } else {
                Revocation::Off
            },
            now,
        };
        let fetcher = known.is_some().then_some(self.fetcher.as_ref());
        let mut memory = Memory::default();
        let path = trust::check(&anchors, &question, fetcher, &mut memory).await;
        // Of a device's certificate nothing needs to be kept: its authority is this environment's.
        if let Some(known) = known.as_ref().filter(|known| known.device.is_none()) {
            self.learn(known, &path, now).await?;
        }
        path.map_err(|distrust| refusal(leaf, distrust))?;
        let known = known.ok_or(CertificateLogInError::NotRegistered)?;
        if !theirs {
            return Err(CertificateLogInError::NotProved);
        }
        let secrets = self.register.secrets_of_person(known.holder).await?;
        let secrets = secrets.ok_or(CertificateLogInError::NotRegistered)?;
        let two_factors = factors(&known, &secrets)?;
        Ok(Recognised {
            known,
            secrets,
            two_factors,
        })
    }

    /// Keeps what was learnt of the revocation of a registered certificate.
    pub(super) async fn learn(
        &self,
        known: &RegisteredCertificate,
        path: &Result<ValidatedPath, Distrust>,
        now: Timestamp,
    ) -> Result<(), Fault> {
        let batch = match path {
            Err(Distrust::Revoked { at, reason }) if known.revoked != Some((*at, *reason)) => {
                self.found_revoked(known, *at, *reason, now).await?
            }
            // A suspension has ended.
            Ok(_) if known.revoked.is_some() => watch::learnt(known, now),
            _ => return Ok(()),
        };
        match self.register.store.commit(batch).await {
            Err(error) if !is_conflict(&error) => Err(error.into()),
            // Removed meanwhile.
            _ => Ok(()),
        }
    }

    /// Opens the session in the batch that spends what led to it.
    async fn admit(
        &self,
        mut batch: Batch,
        recognised: &Recognised,
        handshake: bool,
        from: IpAddr,
        now: Timestamp,
    ) -> Result<LogIn, CertificateLogInError> {
        let register: &Register = &self.register;
        let Recognised {
            known,
            secrets,
            two_factors,
        } = recognised;
        // Removed or revoked meanwhile, it opens nothing.
        match known.device {
            Some(device) => {
                devices::used(&mut batch, device, &fingerprint(&known.certificate), now);
            }
            None => {
                batch.one(
                    "update register_certificates set tried_at = tried_at
                     where id = $1 and person = $2",
                    args![known.id, known.holder],
                );
            }
        }
        let level = AuthLevel::Certificate;
        let new = NewSession {
            person: known.holder,
            level,
            second_factor: *two_factors,
            opened_by: Some(OpenedBy {
                sha256: fingerprint(&known.certificate),
                handshake,
                two_factors: *two_factors,
            }),
            proved_at: now,
        };
        let session = add_session(&mut batch, register, &new, now)?;
        let after = serde_json::json!({
            "level": level.name(),
            "certificate": known.id,
            "handshake": handshake,
        });
        let object = ("person", known.holder.to_string());
        let actor = themselves(known.holder, Some(from));
        register.record(&mut batch, "session.start", actor, object, Some(after), now)?;
        match register.store.commit(batch).await {
            Ok(()) => {}
            Err(error) if is_conflict(&error) => {
                return Err(CertificateLogInError::Proof(TokenProblem::NoChallenge));
            }
            Err(error) => return Err(Fault::from(error).into()),
        }
        let standing = Standing {
            roles: &secrets.roles,
            has_second_factor: secrets.has_second_factor,
        };
        Ok(LogIn::of(session, level, *two_factors, standing))
    }

    /// Spends a challenge that brought nothing.
    pub(super) async fn burn(&self, open: &Open, now: Timestamp) -> Result<(), Fault> {
        let mut batch = Batch::new();
        challenge::spend(&mut batch, open, now);
        match self.register.store.commit(batch).await {
            Err(error) if !is_conflict(&error) => Err(error.into()),
            _ => Ok(()),
        }
    }
}

/// Whether the certificate stands for two factors. One that one factor registered, or somebody else, is one factor: it makes nobody staff,
/// whenever the role was given, and does not spare the second factor of those who have one.
fn factors(
    known: &RegisteredCertificate,
    secrets: &Secrets,
) -> Result<bool, CertificateLogInError> {
    let theirs = known.registered_by == known.holder;
    if theirs && known.second_factor {
        return Ok(true);
    }
    if secrets.roles.any_staff() && !(theirs && secrets.has_second_factor) {
        return Err(CertificateLogInError::OneFactor);
    }
    Ok(false)
}

/// What the register knows of the certificate before anybody is asked.
pub(super) fn stands(
    known: &RegisteredCertificate,
    now: Timestamp,
) -> Result<(), CertificateLogInError> {
    match known.state(now) {
        // A suspension may have ended since: the path is asked.
        RegisteredState::Valid | RegisteredState::Expiring | RegisteredState::Suspended { .. } => {
            Ok(())
        }
        RegisteredState::Expired => Err(expired(&known.certificate)),
        RegisteredState::NotYetValid => Err(not_yet_valid(&known.certificate)),
        RegisteredState::Revoked { at, reason } => {
            Err(CertificateLogInError::Revoked { at, reason })
        }
    }
}

fn expired(leaf: &Certificate) -> CertificateLogInError {
    CertificateLogInError::Expired {
        not_after: Timestamp::from_secs(leaf.not_after()),
    }
}

fn not_yet_valid(leaf: &Certificate) -> CertificateLogInError {
    CertificateLogInError::NotYetValid {
        not_before: Timestamp::from_secs(leaf.not_before()),
    }
}

pub(super) fn refusal(leaf: &Certificate, distrust: Distrust) -> CertificateLogInError {
    match distrust {
        Distrust::Unsupported(source) => CertificateLogInError::UnsupportedAuthority {
            issuer: leaf.issuer().one_line(),
            source: source.map(Box::new),
        },
        Distrust::Revoked {
            at,
            reason: RevocationReason::CertificateHold,
        } => CertificateLogInError::Suspended { at },
        Distrust::Revoked { at, reason } => CertificateLogInError::Revoked { at, reason },
        Distrust::RevocationUnknown(invalid) => {
            CertificateLogInError::RevocationUnknown(Box::new(invalid))
        }
        Distrust::Expired => expired(leaf),
        Distrust::NotYetValid => not_yet_valid(leaf),
        Distrust::Purpose => CertificateLogInError::PurposeMissing,
        Distrust::Invalid(invalid) => CertificateLogInError::InvalidPath(Box::new(invalid)),
        Distrust::Fault(fault) => fault.into(),
    }
}
