//! Whether a certificate leads to a supported authority.

use std::collections::HashMap;

use chancery_cms::read_certificates;
use chancery_keys::AwsLc;
use chancery_path::{
    Conformance, Failure, FailureKind, Fetch, FetchKind, Finding, InvalidPath, PathCertificate,
    PolicyInputs, Purpose, Revocation, Settings, Step, Store, TrustAnchor, ValidatedPath,
    Validation,
};
use chancery_store::Timestamp;
use chancery_x509::extension::{ExtendedKeyUsage, KeyUsage};
use chancery_x509::{Certificate, ObjectIdentifier, RevocationReason, oid};

use super::{Anchor, AnchorPurpose, Fetcher};
use crate::Fault;

/// What is asked of a certificate.
pub(super) struct Question<'a> {
    pub(super) leaf: &'a Certificate,
    /// Authorities that came with it.
    pub(super) chain: &'a [Certificate],
    /// Of these purposes the authority must be supported for each.
    pub(super) purposes: &'a [AnchorPurpose],
    /// What it must be made for itself, log-in apart, which the authority's terms say.
    pub(super) made_for: Purpose,
    pub(super) revocation: Revocation,
    pub(super) now: Timestamp,
}

/// Why a certificate is not accepted, as far as it matters to its holder.
#[derive(Debug)]
pub(super) enum Distrust {
    /// No supported authority issued it, or none that is supported for this.
    Unsupported(Option<InvalidPath>),
    /// It was revoked itself.
    Revoked {
        at: Timestamp,
        reason: RevocationReason,
    },
    /// Whether it is revoked cannot be said now.
    RevocationUnknown(InvalidPath),
    Expired,
    NotYetValid,
    /// It does not name the key purpose that the authority's terms ask for.
    Purpose,
    /// Something else is wrong with it or an authority between.
    Invalid(InvalidPath),
    Fault(Fault),
}

/// Most octets of what was fetched that are remembered: one list may be as large.
const MAX_REMEMBERED: usize = 64 << 20;

/// What was fetched in one check or round, so that a second look asks nobody again.
#[derive(Default)]
pub(super) struct Memory {
    known: HashMap<Fetch, Option<Vec<u8>>>,
    octets: usize,
}

/// Checks the path to one of the anchors and gives the authorities between.
pub(super) async fn check(
    anchors: &[Anchor],
    question: &Question<'_>,
    fetcher: Option<&dyn Fetcher>,
    memory: &mut Memory,
) -> Result<ValidatedPath, Distrust> {
    let mut worst: Option<InvalidPath> = None;
    let mut without_purpose = false;
    for group in groups(anchors, question.purposes) {
        match check_group(&group, question, fetcher, memory).await {
            Ok(Ok(path)) => {
                if may_log_in(&path, question, &group) {
                    return Ok(path);
                }
                without_purpose = true;
            }
            Ok(Err(invalid)) => {
                if worst
                    .as_ref()
                    .is_none_or(|worst| invalid.finding() > worst.finding())
                {
                    worst = Some(invalid);
                }
            }
            Err(fault) => return Err(Distrust::Fault(fault)),
        }
    }
    Err(match worst {
        _ if without_purpose => Distrust::Purpose,
        None => Distrust::Unsupported(None),
        Some(invalid) => judge(invalid),
    })
}

/// Anchors on the same terms: one validation serves them all.
struct Group<'a> {
    log_in_purpose: ObjectIdentifier,
    policies: &'a [ObjectIdentifier],
    anchors: Vec<&'a Anchor>,
}

fn groups<'a>(anchors: &'a [Anchor], purposes: &[AnchorPurpose]) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for anchor in anchors {
        let terms = &anchor.terms;
        if !purposes.iter().all(|one| terms.purposes.contains(one)) {
            continue;
        }
        let same = groups.iter_mut().find(|group| {
            group.log_in_purpose == terms.log_in_purpose && group.policies == terms.policies
        });
        match same {
            Some(group) => group.anchors.push(anchor),
            None => groups.push(Group {
                log_in_purpose: terms.log_in_purpose,
                policies: &terms.policies,
                anchors: vec![anchor],
            }),
        }
    }
    groups
}

async fn check_group(
    group: &Group<'_>,
    question: &Question<'_>,
    fetcher: Option<&dyn Fetcher>,
    memory: &mut Memory,
) -> Result<Result<ValidatedPath, InvalidPath>, Fault> {
    let mut store = Store::new();
    for anchor in &group.anchors {
        store.add_anchor(TrustAnchor::from_certificate(&anchor.certificate));
    }
    for certificate in question.chain {
        store.add_certificate(certificate.clone());
    }
    let by_client = question.purposes.contains(&AnchorPurpose::LogIn)
        && group.log_in_purpose == oid::EKU_CLIENT_AUTH;
    let settings = Settings {
        purpose: if by_client {
            Purpose::Client
        } else {
            question.made_for
        },
        policies: PolicyInputs {
            user_initial: (!group.policies.is_empty()).then(|| group.policies.to_vec()),
            explicit: !group.policies.is_empty(),
            ..PolicyInputs::default()
        },
        revocation: question.revocation,
        // Authorities are on the list by an operator's choice; how well they keep to the profile is not the holder's affair.
        conformance: Conformance::Algorithm,
        ..Settings::at(question.now.as_secs())
    };
    let leaf = PathCertificate::new(question.leaf.clone());
    let mut validation = Validation::new(leaf, store, settings);
    loop {
        // Off the async threads: lists may be long.
        let step = tokio::task::spawn_blocking(move || {
            let step = validation.step(&AwsLc);
            (validation, step)
        });
        let (returned, step) = step.await.map_err(Fault::Check)?;
        validation = returned;
        match step {
            Step::Done(result) => return Ok(*result),
            Step::Need(wanted) => {
                let content = memory.fetch(fetcher, wanted).await;
                validation.resume(content.as_deref());
            }
        }
    }
}

impl Memory {
    async fn fetch(&mut self, fetcher: Option<&dyn Fetcher>, wanted: Fetch) -> Option<Vec<u8>> {
        if let Some(known) = self.known.get(&wanted) {
            return known.clone();
        }
        let content = match fetcher {
            Some(fetcher) => fetcher.fetch(&wanted).await,
            None => None,
        };
        let content = content.map(|content| match wanted.kind {
            FetchKind::Certificates => out_of_message(content),
            _ => content,
        });
        let octets = content.as_ref().map_or(0, Vec::len);
        let total = self.octets.saturating_add(octets);
        if total <= MAX_REMEMBERED {
            self.octets = total;
            self.known.insert(wanted, content.clone());
        }
        content
    }
}

/// The certificates of a certificates-only message, which issuers are often published in (RFC 5280 section 4.2.2.1).
fn out_of_message(content: Vec<u8>) -> Vec<u8> {
    match read_certificates(&content) {
        Ok(certificates) => {
            let blocks = certificates.iter().map(Certificate::to_pem);
            blocks.collect::<String>().into_bytes()
        }
        Err(_) => content,
    }
}

/// Whether the end entity names the log-in purpose outright, may sign, and every authority between lets it. RFC 5280 lets a certificate
/// without extKeyUsage do anything; to log in here it must be made for that.
fn may_log_in(path: &ValidatedPath, question: &Question<'_>, group: &Group<'_>) -> bool {
    if !question.purposes.contains(&AnchorPurpose::LogIn) {
        return true;
    }
    let purpose = &group.log_in_purpose;
    let leaf = question.leaf;
    let named =
        matches!(leaf.extension::<ExtendedKeyUsage>(), Ok(Some(usage)) if usage.contains(purpose));
    let signs = match leaf.extension::<KeyUsage>() {
        Ok(None) => true,
        Ok(Some(usage)) => usage.intersects(KeyUsage::DIGITAL_SIGNATURE),
        Err(_) => false,
    };
    let authorities = path.certificates().iter().skip(1);
    let let_by = |one: &PathCertificate| match one.certificate().extension::<ExtendedKeyUsage>() {
        Ok(None) => true,
        Ok(Some(usage)) => usage.contains(purpose) || usage.contains(&oid::EKU_ANY),
        Err(_) => false,
    };
    named && signs && authorities.into_iter().all(let_by)
}

/// What the most telling failure means to the holder: what is wrong with an authority is not their certificate's state.
fn judge(invalid: InvalidPath) -> Distrust {
    let Some(Failure { place, kind }) = invalid.failures().first() else {
        return Distrust::Unsupported(Some(invalid));
    };
    let is_own = place.as_ref().is_none_or(|place| place.index == 0);
    match kind {
        FailureKind::Revoked { revoked_at, reason } if is_own => Distrust::Revoked {
            at: Timestamp::from_secs(*revoked_at),
            reason: *reason,
        },
        FailureKind::Expired { .. } if is_own => Distrust::Expired,
        FailureKind::NotYetValid { .. } if is_own => Distrust::NotYetValid,
        kind => match kind.finding() {
            Finding::RevocationUnknown => Distrust::RevocationUnknown(invalid),
            Finding::Purpose if is_own => Distrust::Purpose,
            Finding::Untrusted | Finding::BadSignature | Finding::Policy => {
                Distrust::Unsupported(Some(invalid))
            }
            _ => Distrust::Invalid(invalid),
        },
    }
}
