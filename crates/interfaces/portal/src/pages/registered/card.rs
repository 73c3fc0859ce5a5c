//! A registered certificate as it stands in lists.

use std::collections::HashMap;

use chancery_keys::AwsLc;
use chancery_register::{ParticipantId, Principal, RegisteredCertificate, RegisteredState, Uses};
use chancery_store::Timestamp;
use chancery_x509::{Certificate, DigestAlgorithm};

use crate::{
    error::PageError,
    page::Page,
    pages::certificates::{grouped, reason_words, show::Revoked},
    show::Badge,
    state::Portal,
};

/// The names of the organisations that a person belongs to.
pub(crate) type Names = HashMap<ParticipantId, String>;

/// A certificate with its state.
pub(crate) struct Card {
    pub id: String,
    /// Where it is looked at; none where it is somebody else's.
    pub address: Option<String>,
    pub title: String,
    pub subject: String,
    /// What people call the authority.
    pub authority: String,
    pub issuer: String,
    pub serial: String,
    /// SHA-256, hexadecimal: what the browser's store calls it.
    pub fingerprint: String,
    pub not_before: i64,
    pub not_after: i64,
    pub badge: Badge,
    pub revoked: Option<Revoked>,
    pub uses: Uses,
    pub listed: bool,
    pub proved_at: Option<Timestamp>,
    pub registered_at: Timestamp,
    /// The organisation that registered it.
    pub organization: Option<String>,
    /// When its revocation was last learnt.
    pub checked_at: Option<Timestamp>,
}

/// What people call a certificate's subject or issuer.
pub(crate) fn called(name: &chancery_x509::Name) -> String {
    name.common_name()
        .or_else(|| name.first(chancery_x509::AttributeKind::OrganizationName))
        .map_or_else(|| name.one_line(), ToOwned::to_owned)
}

/// The state as people read it.
pub(crate) fn badge(state: RegisteredState) -> Badge {
    match state {
        RegisteredState::NotYetValid => Badge::NotYetValid,
        RegisteredState::Valid => Badge::Valid,
        RegisteredState::Expiring => Badge::Expiring,
        RegisteredState::Expired => Badge::Expired,
        RegisteredState::Revoked { .. } => Badge::Revoked,
        RegisteredState::Suspended { .. } => Badge::Suspended,
    }
}

/// The key of what it is used for.
pub(crate) const fn use_words(uses: Uses) -> &'static str {
    match (uses.signing, uses.encryption) {
        (true, true) => "registered-use-both",
        (true, false) => "registered-use-signing",
        _ => "registered-use-encryption",
    }
}

/// SHA-256 of a certificate, hexadecimal.
pub(crate) fn fingerprint(certificate: &Certificate) -> String {
    let digest = certificate.fingerprint(DigestAlgorithm::Sha256, &AwsLc);
    chancery_x509::hex::encode(&digest, "")
}

impl Card {
    pub(crate) fn new(page: &Page, known: &RegisteredCertificate, names: &Names) -> Self {
        let certificate = &known.certificate;
        Self {
            id: known.id.to_string(),
            address: None,
            title: called(certificate.subject()),
            subject: certificate.subject().one_line(),
            authority: called(certificate.issuer()),
            issuer: certificate.issuer().one_line(),
            serial: grouped(&certificate.serial().to_hex()),
            fingerprint: fingerprint(certificate),
            not_before: certificate.not_before(),
            not_after: certificate.not_after(),
            badge: badge(known.state(page.now)),
            revoked: known.revoked.map(|(at, reason)| Revoked {
                at,
                reason: reason_words(reason),
            }),
            uses: known.uses,
            listed: known.listed,
            proved_at: known.proved_at,
            registered_at: known.registered_at,
            organization: known
                .participant
                .map(|id| names.get(&id).cloned().unwrap_or_default()),
            checked_at: known.checked_at,
        }
    }

    /// With the part of the portal where its own page is.
    pub(crate) fn with_address(mut self, part: &str) -> Self {
        self.address = Some(format!("{part}/{}", self.id));
        self
    }

    pub(crate) fn use_words(&self) -> &'static str {
        use_words(self.uses)
    }

    pub(crate) fn is_suspended(&self) -> bool {
        self.badge == Badge::Suspended
    }

    pub(crate) fn is_expired(&self) -> bool {
        self.badge == Badge::Expired
    }

    pub(crate) fn is_expiring(&self) -> bool {
        self.badge == Badge::Expiring
    }
}

/// A pair: a certificate for signing and one for encryption, or one for both.
pub(crate) struct Pair {
    pub number: u8,
    pub cards: Vec<Card>,
}

impl Pair {
    /// The pairs in their order.
    pub(crate) fn sorted(cards: impl IntoIterator<Item = (u8, Card)>) -> Vec<Self> {
        let mut pairs: Vec<Self> = Vec::new();
        for (number, card) in cards {
            match pairs.iter_mut().find(|pair| pair.number == number) {
                Some(pair) => pair.cards.push(card),
                None => pairs.push(Self {
                    number,
                    cards: vec![card],
                }),
            }
        }
        pairs.sort_by_key(|pair| pair.number);
        pairs
    }

    /// Whether both places are taken.
    pub(crate) fn is_complete(&self) -> bool {
        self.missing().is_none()
    }

    /// The key of what there is room for.
    pub(crate) fn missing(&self) -> Option<&'static str> {
        let signing = self.cards.iter().any(|card| card.uses.signing);
        let encryption = self.cards.iter().any(|card| card.uses.encryption);
        match (signing, encryption) {
            (true, true) => None,
            (true, false) => Some("registered-room-encryption"),
            _ => Some("registered-room-signing"),
        }
    }
}

/// The organisations of a person by id.
pub(crate) async fn organizations(
    portal: &Portal,
    principal: &Principal,
) -> Result<Names, PageError> {
    let memberships = portal.register.memberships(principal).await?;
    Ok(memberships
        .into_iter()
        .map(|one| (one.participant.id, one.participant.name))
        .collect())
}
