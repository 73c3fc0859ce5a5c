//! Finding the reader's own way to the key among the recipients.

use chancery_x509::{
    Certificate, Crypto, KeyTransport, ObjectIdentifier, ParseError, PublicKeyInfo, PublicKeyKind,
};
use thiserror::Error;

use super::{Agreement, KeyAgreeRecipientInfo, KeyTransRecipientInfo, RecipientInfo};

/// Who reads.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Recipient {
    /// The holder of this certificate, by whose names the message says whose each key is.
    Certificate(Box<Certificate>),
    /// The holder of this key without a certificate: found by the key's identifier, or as the only recipient with such a key.
    Key(Box<PublicKeyInfo>),
}

/// Why there is no way to the key for this reader. All of it is seen in the message without any secret.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SelectError {
    /// Nobody among the recipients is the reader.
    #[error(
        "the message is for {recipients} other recipient(s), none of them this certificate or key"
    )]
    OtherRecipients {
        /// How many there are.
        recipients: usize,
    },
    /// Several recipients could be the reader.
    #[error("several of the recipients could be the holder of this key")]
    Ambiguous,
    /// All recipients share a secret or a password with the sender.
    #[error("the message is encrypted for a shared secret or a password, which is not supported")]
    SharedSecret,
    /// All recipients are of a kind that is not known here.
    #[error("the message is encrypted for recipients of the kind {kind}, which is not supported")]
    OtherKind {
        /// The first.
        kind: ObjectIdentifier,
    },
    /// The reader's key is encrypted in a way that is not known here.
    #[error("the content's key is encrypted in a way that is not supported")]
    Algorithm(#[source] ParseError),
    /// The sender's key is that of a certificate, or does not fit the reader's.
    #[error(
        "the sender's key in the key agreement is missing, damaged or on another curve than the recipient's"
    )]
    OriginatorKey,
}

/// The reader's way to the key.
#[derive(Clone, Debug)]
pub(crate) enum Selected {
    Transport {
        transport: KeyTransport,
        encrypted_key: Vec<u8>,
    },
    Agreement {
        peer_spki: Vec<u8>,
        agreement: Agreement,
        ukm: Option<Vec<u8>>,
        wrapped: Vec<u8>,
    },
}

/// A place where the reader's key may be.
enum Candidate<'a> {
    Transport(&'a KeyTransRecipientInfo),
    Agreement(&'a KeyAgreeRecipientInfo, usize),
}

impl Recipient {
    fn public_key(&self) -> &PublicKeyInfo {
        match self {
            Self::Certificate(certificate) => certificate.public_key(),
            Self::Key(key) => key,
        }
    }

    pub(crate) fn select(
        &self,
        recipients: &[RecipientInfo],
        crypto: &dyn Crypto,
    ) -> Result<Selected, SelectError> {
        let candidates = candidates(recipients);
        let named = candidates.iter().find(|candidate| {
            let name = candidate.name();
            name.is_some_and(|name| match self {
                Self::Certificate(certificate) => name.names(certificate, crypto),
                Self::Key(key) => name.names_key(key, crypto),
            })
        });
        let chosen = match (named, self) {
            (Some(candidate), _) => candidate,
            (None, Self::Certificate(_)) => return Err(none_of(recipients, candidates.len())),
            (None, Self::Key(key)) => {
                let mut fitting = candidates.iter().filter(|candidate| candidate.fits(key));
                match (fitting.next(), fitting.next()) {
                    (Some(only), None) => only,
                    (Some(_), Some(_)) => return Err(SelectError::Ambiguous),
                    (None, _) => return Err(none_of(recipients, candidates.len())),
                }
            }
        };
        chosen.take(self.public_key())
    }
}

fn candidates(recipients: &[RecipientInfo]) -> Vec<Candidate<'_>> {
    recipients
        .iter()
        .flat_map(|recipient| match recipient {
            RecipientInfo::KeyTransport(info) => vec![Candidate::Transport(info)],
            RecipientInfo::KeyAgreement(info) => (0..info.encrypted_keys.len())
                .map(|at| Candidate::Agreement(info, at))
                .collect(),
            _ => Vec::new(),
        })
        .collect()
}

/// What to say where nobody is the reader.
fn none_of(recipients: &[RecipientInfo], candidates: usize) -> SelectError {
    if candidates > 0 {
        return SelectError::OtherRecipients {
            recipients: candidates,
        };
    }
    recipients
        .iter()
        .find_map(|recipient| match recipient {
            RecipientInfo::Other { kind } => Some(SelectError::OtherKind { kind: *kind }),
            _ => None,
        })
        .unwrap_or(SelectError::SharedSecret)
}

impl Candidate<'_> {
    fn name(&self) -> Option<&super::RecipientIdentifier> {
        match self {
            Self::Transport(info) => Some(&info.recipient),
            Self::Agreement(info, at) => info.encrypted_keys.get(*at).map(|key| &key.recipient),
        }
    }

    /// Whether a key of this kind could be meant.
    fn fits(&self, key: &PublicKeyInfo) -> bool {
        match self {
            Self::Transport(_) => matches!(key.kind(), PublicKeyKind::Rsa { .. }),
            Self::Agreement(info, _) => info.originator.spki_for(key).is_some(),
        }
    }

    fn take(&self, key: &PublicKeyInfo) -> Result<Selected, SelectError> {
        match self {
            Self::Transport(info) => Ok(Selected::Transport {
                transport: info.transport.clone().map_err(SelectError::Algorithm)?,
                encrypted_key: info.encrypted_key.clone(),
            }),
            Self::Agreement(info, at) => Ok(Selected::Agreement {
                agreement: info.agreement.clone().map_err(SelectError::Algorithm)?,
                peer_spki: info
                    .originator
                    .spki_for(key)
                    .ok_or(SelectError::OriginatorKey)?,
                ukm: info.user_keying_material.clone(),
                wrapped: info
                    .encrypted_keys
                    .get(*at)
                    .map(|key| key.wrapped.clone())
                    .unwrap_or_default(),
            }),
        }
    }
}
