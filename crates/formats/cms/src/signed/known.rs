//! The certificates among which a signer's is looked for.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::rc::Rc;
use std::sync::Arc;

use chancery_x509::Certificate;

use super::signer_info::SignerIdentifier;
use crate::serial::serial_octets;

/// A certificate with what signers name it by, read once however many of them there are.
#[derive(Debug)]
pub(super) struct Known<'a> {
    certificate: &'a Certificate,
    serial: Vec<u8>,
    key_identifier: Option<Vec<u8>>,
    shared: OnceCell<Arc<Certificate>>,
}

impl<'a> Known<'a> {
    /// Each certificate once.
    pub(super) fn all(certificates: impl Iterator<Item = &'a Certificate>) -> Vec<Rc<Self>> {
        let mut met = HashSet::new();
        certificates
            .filter(|certificate| met.insert(certificate.as_der()))
            .map(|certificate| {
                Rc::new(Self {
                    certificate,
                    serial: serial_octets(certificate),
                    key_identifier: certificate.subject_key_identifier(),
                    shared: OnceCell::new(),
                })
            })
            .collect()
    }

    pub(super) const fn certificate(&self) -> &'a Certificate {
        self.certificate
    }

    /// For a report: all that name this certificate share one.
    pub(super) fn share(&self) -> Arc<Certificate> {
        Arc::clone(
            self.shared
                .get_or_init(|| Arc::new(self.certificate.clone())),
        )
    }

    /// As [`SignerIdentifier::names`].
    pub(super) fn answers_to(&self, identifier: &SignerIdentifier) -> bool {
        match identifier {
            SignerIdentifier::IssuerAndSerialNumber { issuer, serial } => {
                self.serial == *serial && self.certificate.issuer() == issuer
            }
            SignerIdentifier::SubjectKeyIdentifier(identifier) => {
                self.key_identifier.as_ref() == Some(identifier)
            }
        }
    }
}
