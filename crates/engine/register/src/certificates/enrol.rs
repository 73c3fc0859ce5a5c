//! Registering the public part of a certificate, for oneself or for a member of one's organisation.

use chancery_audit::Actor;
use chancery_cms::certificates_only;
use chancery_path::{Purpose, Revocation};
use chancery_store::{Batch, CommitError, FromRow, Row, RowError, Timestamp, args};
use chancery_x509::Certificate;
use zeroize::Zeroizing;

use super::{
    Anchor, AnchorPurpose, CertificateError, Certificates, Proof, ProofProblem, TokenProblem, Uses,
    anchor::fingerprint,
    challenge::{self, Open},
    file,
    trust::{self, Distrust, Memory, Question},
};
use crate::{
    Fault, Notice, ParticipantId, Permission, PersonId, Principal, Register,
    RegisteredCertificateId, person::roles,
};

/// Most pairs of certificates (signing and encryption) a person.
pub const MAX_PAIRS: u8 = 4;

/// How often a registration is decided anew when others write the same rows.
const RACES: usize = 3;

/// A certificate to be registered.
#[derive(Debug)]
pub struct EnrolCertificate {
    /// Whose it will be: the person themselves, or a member of an organisation that they are authorised for.
    pub holder: PersonId,
    /// That organisation; none for oneself.
    pub participant: Option<ParticipantId>,
    /// The file: `.cer` in PEM or DER, or `.p7b` with its chain; wiped afterwards, for people send the wrong one.
    pub file: Zeroizing<Vec<u8>>,
    /// What for; none for whatever it allows.
    pub uses: Option<Uses>,
    /// Proof that the person holds its key, where it is at hand; for oneself only.
    pub proof: Option<Proof>,
}

/// A certificate that may be registered, as far as it can be said without its neighbours.
struct Judged {
    leaf: Certificate,
    fingerprint: Vec<u8>,
    chain: Option<Vec<u8>>,
    uses: Uses,
    anchor: Option<Vec<u8>>,
    revocation_known: bool,
}

/// Whose certificates somebody acts upon, and as whom it is recorded.
pub(super) struct Management {
    pub(super) actor: Actor,
    /// The organisation, where they are somebody else's.
    pub(super) participant: Option<ParticipantId>,
}

/// What [`Certificates::trusted`] finds out.
struct Trusted {
    /// The chain to keep with it.
    chain: Option<Vec<u8>>,
    /// SHA-256 of the supported authority.
    anchor: Option<Vec<u8>>,
    revocation_known: bool,
}

impl Certificates {
    /// Registers a certificate; usable for log-in at once if it is for signing. Whoever has a full session may do it for themselves; for
    /// others only who is authorised for an organisation that both have joined, and never for staff. With proof that its key is at hand
    /// it is the person's alone; without, others may say that it is theirs until somebody proves it.
    pub async fn enrol(
        &self,
        principal: &Principal,
        enrol: &EnrolCertificate,
        now: Timestamp,
    ) -> Result<RegisteredCertificateId, CertificateError> {
        let management = self
            .may_manage(principal, enrol.holder, enrol.participant)
            .await?;
        let anchors = self.register.anchors().await?;
        let (leaf, mut chain) = sort(file::read(&enrol.file)?)?;
        chain.extend(self.between.iter().cloned());
        let fingerprint = fingerprint(&leaf);
        self.is_free(&fingerprint, enrol.holder).await?;
        let uses = fit(&leaf, &anchors, enrol.uses)?;
        in_validity(&leaf, now)?;
        let open = match &enrol.proof {
            Some(_) if enrol.holder != principal.person => {
                return Err(ProofProblem::OtherHolder.into());
            }
            Some(proof) => Some(self.check_possession(principal, &leaf, proof, now).await?),
            None => None,
        };
        let trusted = match self.trusted(&leaf, &chain, uses, &anchors, now).await {
            Ok(trusted) => trusted,
            Err(error) => {
                if let Some(open) = &open {
                    self.burn(open, now).await?;
                }
                return Err(error);
            }
        };
        let judged = Judged {
            leaf,
            fingerprint,
            chain: trusted.chain,
            uses,
            anchor: trusted.anchor,
            revocation_known: trusted.revocation_known,
        };
        for _ in 0..RACES {
            let entered = self.enter(
                &judged,
                enrol.holder,
                principal,
                &management,
                open.as_ref(),
                now,
            );
            if let Some(id) = entered.await? {
                return Ok(id);
            }
            self.is_free(&judged.fingerprint, enrol.holder).await?;
        }
        Err(CertificateError::NoFreePair { limit: MAX_PAIRS })
    }

    /// Removes a certificate from the register: the holder any of theirs, an authorised person one that was registered for their
    /// organisation. The holder is told of what others remove. Other sessions of theirs that it opened end.
    pub async fn withdraw(
        &self,
        principal: &Principal,
        id: RegisteredCertificateId,
        now: Timestamp,
    ) -> Result<(), CertificateError> {
        principal.require(Permission::EditProfile)?;
        let known = self.registered(id).await?;
        let known = known.ok_or(CertificateError::NoSuchCertificate)?;
        let managed = self.may_manage(principal, known.holder, known.participant);
        let actor = match managed.await {
            Err(CertificateError::NotTheirs) => return Err(CertificateError::NoSuchCertificate),
            other => other?.actor,
        };
        let register = &self.register;
        let mut batch = Batch::new();
        batch.any(
            "delete from register_sessions where id <> $1 and person = $3 and certificate =
                (select fingerprint from register_certificates where id = $2)",
            args![principal.session, id, known.holder],
        );
        batch.one("delete from register_certificates where id = $1", args![id]);
        let object = ("registered-certificate", id.to_string());
        let after = serde_json::json!({ "holder": known.holder });
        let action = "certificate.withdraw";
        register.record(&mut batch, action, actor, object, Some(after), now)?;
        if known.holder != principal.person
            && let Some(person) = register.person(known.holder).await?
        {
            let notice = Notice::CertificateRemoved {
                subject: known.certificate.subject().one_line(),
                serial: known.certificate.serial().to_string(),
                at: now.as_secs(),
            };
            register.notify(&mut batch, &person.email, person.language, notice, now)?;
        }
        match register.store.commit(batch).await {
            Ok(()) => Ok(()),
            Err(CommitError::Conflict { .. }) => Err(CertificateError::NoSuchCertificate),
            Err(error) => Err(Fault::from(error).into()),
        }
    }

    /// Whether the person may manage the holder's certificates, their own or those of an organisation's member, and as whom it is recorded.
    pub(super) async fn may_manage(
        &self,
        principal: &Principal,
        holder: PersonId,
        participant: Option<ParticipantId>,
    ) -> Result<Management, CertificateError> {
        let granted = principal.require(Permission::EditProfile)?;
        if principal.person == holder {
            return Ok(Management {
                actor: granted.actor(),
                participant: None,
            });
        }
        let participant = participant.ok_or(CertificateError::NotTheirs)?;
        let held: Option<HeldRoles> = self
            .register
            .store
            .first(
                "select p.roles from register_members o
                 join register_members m on m.participant = o.participant
                 join register_people p on p.id = m.person
                 where o.participant = $1 and o.person = $2 and o.authorised
                    and o.joined_at is not null and m.person = $3 and m.joined_at is not null
                    and p.disabled_at is null",
                args![participant, principal.person, holder],
            )
            .await
            .map_err(Fault::from)?;
        match held {
            // Whose certificate it is decides who is logged in with it: nobody becomes an officer this way.
            Some(HeldRoles(roles)) if !roles.any_staff() => Ok(Management {
                actor: granted.actor(),
                participant: Some(participant),
            }),
            _ => Err(CertificateError::NotTheirs),
        }
    }

    /// Whether nobody proved to hold its key and the holder has not registered it.
    async fn is_free(&self, fingerprint: &[u8], holder: PersonId) -> Result<(), CertificateError> {
        let known: Vec<Claim> = self
            .register
            .store
            .all(
                "select person, proved_at from register_certificates where fingerprint = $1",
                args![fingerprint],
            )
            .await
            .map_err(Fault::from)?;
        if known.iter().any(|claim| claim.person == holder) {
            return Err(CertificateError::AlreadyRegistered);
        }
        if known.iter().any(|claim| claim.proved) {
            return Err(CertificateError::RegisteredByOther);
        }
        Ok(())
    }

    /// Whether it leads to authorities that are supported for these uses.
    async fn trusted(
        &self,
        leaf: &Certificate,
        chain: &[Certificate],
        uses: Uses,
        anchors: &[Anchor],
        now: Timestamp,
    ) -> Result<Trusted, CertificateError> {
        let mut memory = Memory::default();
        let mut purposes = Vec::new();
        if uses.signing {
            purposes.push(AnchorPurpose::Sign);
        }
        if uses.encryption {
            purposes.push(AnchorPurpose::Encrypt);
        }
        let mut question = Question {
            leaf,
            chain,
            purposes: &purposes,
            made_for: Purpose::Any,
            revocation: Revocation::default(),
            now,
        };
        let fetcher = Some(self.fetcher.as_ref());
        let mut known = true;
        let mut result = trust::check(anchors, &question, fetcher, &mut memory).await;
        if matches!(result, Err(Distrust::RevocationUnknown(_))) {
            // Registered all the same: log-in asks again, and the daily check.
            known = false;
            question.revocation = Revocation::Off;
            result = trust::check(anchors, &question, fetcher, &mut memory).await;
        }
        let path = result.map_err(|distrust| refusal(leaf, distrust))?;
        let between: Vec<Certificate> = path
            .certificates()
            .iter()
            .skip(1)
            .map(|one| one.certificate().clone())
            .collect();
        let anchor = path.anchor().certificate_der();
        let anchor = anchor.and_then(|der| Certificate::from_der(der).ok());
        Ok(Trusted {
            chain: (!between.is_empty()).then(|| certificates_only(&between)),
            anchor: anchor.as_ref().map(super::anchor::fingerprint),
            revocation_known: known,
        })
    }

    /// Commits it into the first free pair; none where somebody was faster.
    async fn enter(
        &self,
        judged: &Judged,
        holder: PersonId,
        principal: &Principal,
        management: &Management,
        open: Option<&Open>,
        now: Timestamp,
    ) -> Result<Option<RegisteredCertificateId>, CertificateError> {
        let register = &self.register;
        let taken = register.taken_by(holder).await?;
        let pair = (1..=MAX_PAIRS)
            .find(|pair| Taken::leave(&taken, *pair, judged.uses))
            .ok_or(CertificateError::NoFreePair { limit: MAX_PAIRS })?;
        let id = chancery_keys::random_id(register.entropy.as_ref()).map_err(Fault::from)?;
        let id = RegisteredCertificateId::new(id);
        let leaf = &judged.leaf;
        let mut batch = Batch::new();
        batch.one(
            "insert into register_certificates (id, fingerprint, person, subject, der, chain,
                not_before, not_after, pair, signing, encryption, listed, registered_at,
                registered_by, checked_at, tried_at, second_factor, proved_at, participant, anchor)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $13, $16,
                $17, $18, $19)",
            args![
                id,
                judged.fingerprint.as_slice(),
                holder,
                leaf.subject().one_line(),
                leaf.as_der(),
                judged.chain.clone(),
                Timestamp::from_secs(leaf.not_before()),
                Timestamp::from_secs(leaf.not_after()),
                i64::from(pair),
                judged.uses.signing,
                judged.uses.encryption,
                false,
                now,
                principal.person,
                judged.revocation_known.then_some(now),
                principal.proved_two_factors(),
                open.map(|_| now),
                management.participant,
                judged.anchor.clone()
            ],
        );
        if let Some(open) = open {
            challenge::spend(&mut batch, open, now);
            self.displace(&mut batch, leaf, holder, now).await?;
        }
        let after = serde_json::json!({
            "holder": holder,
            "sha256": chancery_x509::hex::encode(&judged.fingerprint, ""),
            "pair": pair,
            "signing": judged.uses.signing,
            "encryption": judged.uses.encryption,
            "level": principal.level.name(),
            "proved": open.is_some(),
            "participant": management.participant,
        });
        let object = ("registered-certificate", id.to_string());
        register.record(
            &mut batch,
            "certificate.register",
            management.actor.clone(),
            object,
            Some(after),
            now,
        )?;
        if let Some(person) = register.person(holder).await? {
            let notice = Notice::CertificateRegistered {
                subject: leaf.subject().one_line(),
                serial: leaf.serial().to_string(),
                by_other: holder != principal.person,
                at: now.as_secs(),
            };
            register.notify(&mut batch, &person.email, person.language, notice, now)?;
        }
        match register.store.commit(batch).await {
            Ok(()) => Ok(Some(id)),
            Err(CommitError::Constraint { unique: true, .. }) => Ok(None),
            Err(CommitError::Conflict { .. }) => {
                Err(ProofProblem::Challenge(TokenProblem::NoChallenge).into())
            }
            Err(error) => Err(Fault::from(error).into()),
        }
    }
}

/// That somebody has it registered.
struct Claim {
    person: PersonId,
    proved: bool,
}

impl FromRow for Claim {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        Ok(Self {
            person: PersonId::new(row.id(0)?),
            proved: row.opt_time(1)?.is_some(),
        })
    }
}

struct HeldRoles(crate::Roles);

impl FromRow for HeldRoles {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        Ok(Self(roles(row, 0)?))
    }
}

/// A place that a certificate has in its holder's pairs.
pub(super) struct Taken {
    pair: i64,
    uses: Uses,
}

impl Taken {
    /// Whether these leave room for such uses in that pair.
    pub(super) fn leave(taken: &[Self], pair: u8, uses: Uses) -> bool {
        !taken.iter().any(|one| {
            one.pair == i64::from(pair)
                && ((one.uses.signing && uses.signing) || (one.uses.encryption && uses.encryption))
        })
    }
}

impl Register {
    pub(super) async fn taken_by(&self, holder: PersonId) -> Result<Vec<Taken>, Fault> {
        let sql = "select pair, signing, encryption from register_certificates where person = $1";
        Ok(self.store.all(sql, args![holder]).await?)
    }
}

impl FromRow for Taken {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        Ok(Self {
            pair: row.int(0)?,
            uses: Uses {
                signing: row.bool(1)?,
                encryption: row.bool(2)?,
            },
        })
    }
}

/// The one certificate that is no authority's, and the others.
fn sort(all: Vec<Certificate>) -> Result<(Certificate, Vec<Certificate>), CertificateError> {
    let (chain, mut leaves): (Vec<_>, Vec<_>) = all.into_iter().partition(Certificate::is_ca);
    leaves.dedup_by(|one, other| one.as_der() == other.as_der());
    match (leaves.pop(), leaves.len()) {
        (None, _) => Err(CertificateError::OnlyAuthorities),
        (Some(leaf), 0) => Ok((leaf, chain)),
        (Some(_), more) => Err(CertificateError::Several {
            count: more.saturating_add(1),
        }),
    }
}

/// The uses that it is registered for.
fn fit(
    leaf: &Certificate,
    anchors: &[Anchor],
    wanted: Option<Uses>,
) -> Result<Uses, CertificateError> {
    let log_in: Vec<_> = anchors.iter().map(|one| one.terms.log_in_purpose).collect();
    let allowed = Uses::of(leaf, &log_in).map_err(CertificateError::Unreadable)?;
    let uses = wanted.unwrap_or(allowed);
    if uses.is_none() || !allowed.contain(uses) {
        return Err(CertificateError::Unfit { wanted, allowed });
    }
    Ok(uses)
}

fn in_validity(leaf: &Certificate, now: Timestamp) -> Result<(), CertificateError> {
    if now.as_secs() > leaf.not_after() {
        return Err(expired(leaf));
    }
    if now.as_secs() < leaf.not_before() {
        return Err(not_yet_valid(leaf));
    }
    Ok(())
}

fn expired(leaf: &Certificate) -> CertificateError {
    CertificateError::Expired {
        not_after: Timestamp::from_secs(leaf.not_after()),
    }
}

fn not_yet_valid(leaf: &Certificate) -> CertificateError {
    CertificateError::NotYetValid {
        not_before: Timestamp::from_secs(leaf.not_before()),
    }
}

fn refusal(leaf: &Certificate, distrust: Distrust) -> CertificateError {
    match distrust {
        Distrust::Unsupported(source) => CertificateError::UnsupportedAuthority {
            issuer: leaf.issuer().one_line(),
            source: source.map(Box::new),
        },
        Distrust::Revoked { at, reason } => CertificateError::Revoked { at, reason },
        Distrust::Expired => expired(leaf),
        Distrust::NotYetValid => not_yet_valid(leaf),
        Distrust::Purpose => CertificateError::Unfit {
            wanted: None,
            allowed: Uses::default(),
        },
        Distrust::RevocationUnknown(invalid) | Distrust::Invalid(invalid) => {
            CertificateError::InvalidPath(Box::new(invalid))
        }
        Distrust::Fault(fault) => fault.into(),
    }
}
