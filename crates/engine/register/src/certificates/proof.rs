//! Proof that somebody holds a certificate's key, and what it does to those who only said so.
//!
//! A certificate is public: anybody may hand it in. So whoever says that one is theirs neither blocks others nor keeps it once somebody
//! proves to hold its key. At most one registration of a certificate is proved; the others are removed, and their holders told.

use chancery_keys::AwsLc;
use chancery_store::{Batch, CommitError, FromRow, Row, RowError, Timestamp, args};
use chancery_x509::Certificate;

use super::{
    CertificateError, Certificates, Challenge, RegisteredCertificate, TokenProblem,
    anchor::{certificate, fingerprint},
    challenge::{self, Open},
};
use crate::{
    Fault, Notice, Permission, PersonId, Principal, RegisteredCertificateId,
    web_eid::{AuthToken, TokenError},
};

/// A Web eID authentication token over a challenge of the same session ([`Certificates::proof_challenge`]).
#[derive(Clone, Debug)]
pub struct Proof {
    /// The token in JSON.
    pub token: String,
    /// The challenge that it answers.
    pub nonce: String,
}

/// Why a proof is none; for the log.
#[derive(Debug, thiserror::Error)]
pub enum ProofProblem {
    /// The challenge was never made, is spent, too old or another session's.
    #[error(transparent)]
    Challenge(#[from] TokenProblem),
    /// The token cannot be read, or its signature is wrong.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// It proves the key of another certificate.
    #[error("the token was made with another certificate")]
    OtherCertificate,
    /// Nobody proves for others.
    #[error("only the holder proves to hold the key")]
    OtherHolder,
}

/// A registration of the same certificate by somebody else, without proof.
pub(super) struct Rival {
    id: RegisteredCertificateId,
    person: PersonId,
}

impl FromRow for Rival {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        Ok(Self {
            id: RegisteredCertificateId::new(row.id(0)?),
            person: PersonId::new(row.id(1)?),
        })
    }
}

struct Own {
    certificate: Certificate,
    proved: bool,
}

impl FromRow for Own {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        Ok(Self {
            certificate: certificate(row, 0)?,
            proved: row.opt_time(1)?.is_some(),
        })
    }
}

impl Certificates {
    /// A challenge that a certificate's key signs to prove that the person holds it; it counts in this session only.
    pub async fn proof_challenge(
        &self,
        principal: &Principal,
        now: Timestamp,
    ) -> Result<Challenge, CertificateError> {
        principal.require(Permission::EditProfile)?;
        Ok(self.make_challenge(asker(principal), now).await?)
    }

    /// Proves that the person holds the key of a certificate that they have registered. Others who said that it is theirs lose it.
    pub async fn prove(
        &self,
        principal: &Principal,
        id: RegisteredCertificateId,
        proof: &Proof,
        now: Timestamp,
    ) -> Result<(), CertificateError> {
        principal.require(Permission::EditProfile)?;
        let own = self.claimed(principal, id).await?;
        let open = self
            .check_possession(principal, &own.certificate, proof, now)
            .await?;
        if own.proved {
            self.burn(&open, now).await?;
            return Ok(());
        }
        let mut batch = Batch::new();
        challenge::spend(&mut batch, &open, now);
        self.keep_proved(batch, principal, id, &own.certificate, now)
            .await
    }

    /// The same by the session itself, which the certificate opened: its key was proved to be at hand then.
    pub async fn prove_by_session(
        &self,
        principal: &Principal,
        id: RegisteredCertificateId,
        now: Timestamp,
    ) -> Result<(), CertificateError> {
        principal.require(Permission::EditProfile)?;
        let own = self.claimed(principal, id).await?;
        if !opened_by(principal, &own.certificate) {
            return Err(ProofProblem::OtherCertificate.into());
        }
        if own.proved {
            return Ok(());
        }
        self.keep_proved(Batch::new(), principal, id, &own.certificate, now)
            .await
    }

    /// A ticket that takes this proof to a TLS handshake, on a connection that knows nothing of the page which asked for it: it counts in
    /// this session, for this certificate, once and soon ([`crate::CHALLENGE_LIFE`]).
    pub async fn handshake_ticket(
        &self,
        principal: &Principal,
        id: RegisteredCertificateId,
        now: Timestamp,
    ) -> Result<Challenge, CertificateError> {
        principal.require(Permission::EditProfile)?;
        self.claimed(principal, id).await?;
        Ok(self.make_challenge(traveller(principal, id), now).await?)
    }

    /// The certificate that such a ticket is for; whoever looks spends nothing.
    pub async fn by_ticket(
        &self,
        principal: &Principal,
        id: RegisteredCertificateId,
        ticket: &str,
        now: Timestamp,
    ) -> Result<RegisteredCertificate, CertificateError> {
        let known = self.own_certificate(principal, id).await?;
        self.find_challenge(traveller(principal, id), ticket, now)
            .await?
            .map_err(ProofProblem::from)?;
        Ok(known)
    }

    /// Proves by the certificate of a TLS handshake that the person holds the key of one that they have registered; see
    /// [`Self::log_in_by_handshake`]. Browsers answer handshakes by themselves: the caller has told the person whose account it is, and was
    /// told on this very connection that it is theirs. Whatever comes of it, the ticket is spent.
    pub async fn prove_by_handshake(
        &self,
        principal: &Principal,
        id: RegisteredCertificateId,
        ticket: &str,
        shown: &Certificate,
        now: Timestamp,
    ) -> Result<(), CertificateError> {
        principal.require(Permission::EditProfile)?;
        let own = self.claimed(principal, id).await?;
        let open = self
            .find_challenge(traveller(principal, id), ticket, now)
            .await?
            .map_err(ProofProblem::from)?;
        let other = own.certificate.as_der() != shown.as_der();
        if other || own.proved {
            self.burn(&open, now).await?;
        }
        if other {
            return Err(ProofProblem::OtherCertificate.into());
        }
        if own.proved {
            return Ok(());
        }
        let mut batch = Batch::new();
        challenge::spend(&mut batch, &open, now);
        self.keep_proved(batch, principal, id, &own.certificate, now)
            .await
    }

    /// A registration of the person's own.
    async fn claimed(
        &self,
        principal: &Principal,
        id: RegisteredCertificateId,
    ) -> Result<Own, CertificateError> {
        let own: Option<Own> = self
            .register
            .store
            .first(
                "select der, proved_at from register_certificates where id = $1 and person = $2",
                args![id, principal.person],
            )
            .await
            .map_err(Fault::from)?;
        own.ok_or(CertificateError::NoSuchCertificate)
    }

    /// Commits a proof, in the batch that spends what led to it.
    async fn keep_proved(
        &self,
        mut batch: Batch,
        principal: &Principal,
        id: RegisteredCertificateId,
        leaf: &Certificate,
        now: Timestamp,
    ) -> Result<(), CertificateError> {
        let register = &self.register;
        batch.one(
            "update register_certificates set proved_at = $1 where id = $2 and proved_at is null",
            args![now, id],
        );
        self.displace(&mut batch, leaf, principal.person, now)
            .await?;
        let object = ("registered-certificate", id.to_string());
        let (action, actor) = ("certificate.prove", principal.actor());
        register.record(&mut batch, action, actor, object, None, now)?;
        match register.store.commit(batch).await {
            Ok(()) => Ok(()),
            Err(CommitError::Constraint { unique: true, .. }) => {
                Err(CertificateError::RegisteredByOther)
            }
            Err(CommitError::Conflict { .. }) => {
                Err(ProofProblem::Challenge(TokenProblem::NoChallenge).into())
            }
            Err(error) => Err(Fault::from(error).into()),
        }
    }

    /// Checks a proof for this certificate; the challenge is to be spent in the batch of what it is for. One that proves nothing is spent here.
    pub(super) async fn check_possession(
        &self,
        principal: &Principal,
        leaf: &Certificate,
        proof: &Proof,
        now: Timestamp,
    ) -> Result<Open, CertificateError> {
        let open = self
            .find_challenge(asker(principal), &proof.nonce, now)
            .await?
            .map_err(ProofProblem::from)?;
        match self.check_proof(leaf, proof) {
            Ok(()) => Ok(open),
            Err(problem) => {
                self.burn(&open, now).await?;
                Err(problem.into())
            }
        }
    }

    fn check_proof(&self, leaf: &Certificate, proof: &Proof) -> Result<(), ProofProblem> {
        let token = AuthToken::parse(&proof.token)?;
        token.verify(&self.origin, &proof.nonce, &AwsLc)?;
        if token.certificate().as_der() == leaf.as_der() {
            Ok(())
        } else {
            Err(ProofProblem::OtherCertificate)
        }
    }

    /// Takes a certificate from those who registered it without proof.
    pub(super) async fn displace(
        &self,
        batch: &mut Batch,
        leaf: &Certificate,
        holder: PersonId,
        now: Timestamp,
    ) -> Result<(), Fault> {
        let register = &self.register;
        let rivals: Vec<Rival> = register
            .store
            .all(
                "select id, person from register_certificates
                 where fingerprint = $1 and person <> $2 and proved_at is null",
                args![fingerprint(leaf), holder],
            )
            .await?;
        for rival in rivals {
            batch
                .any(
                    "delete from register_sessions where person = $1 and certificate = $2",
                    args![rival.person, fingerprint(leaf)],
                )
                .any(
                    "delete from register_certificates where id = $1 and proved_at is null",
                    args![rival.id],
                );
            let object = ("registered-certificate", rival.id.to_string());
            let action = "certificate.displaced";
            let after = serde_json::json!({ "holder": rival.person });
            let actor = chancery_audit::Actor::System;
            register.record(batch, action, actor, object, Some(after), now)?;
            let Some(person) = register.person(rival.person).await? else {
                continue;
            };
            if person.disabled_at.is_none() {
                let notice = Notice::CertificateTaken {
                    subject: leaf.subject().one_line(),
                    serial: leaf.serial().to_string(),
                    at: now.as_secs(),
                };
                register.notify(batch, &person.email, person.language, notice, now)?;
            }
        }
        Ok(())
    }
}

/// Whether this certificate opened the session.
fn opened_by(principal: &Principal, certificate: &Certificate) -> bool {
    let opened = principal.opened_by.as_ref();
    opened.is_some_and(|by| by.sha256 == fingerprint(certificate))
}

/// Who asks for a challenge to prove a key: a session, which is nobody's cookie.
fn asker(principal: &Principal) -> [u8; 32] {
    chancery_keys::digest_code(&format!("proof|{}", principal.session))
}

/// Who shows a ticket: the session that asked for it, for the certificate that it asked for.
fn traveller(principal: &Principal, id: RegisteredCertificateId) -> [u8; 32] {
    chancery_keys::digest_code(&format!("handshake|{}|{id}", principal.session))
}
