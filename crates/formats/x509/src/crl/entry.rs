//! Entries with all their extensions.

use const_oid::ObjectIdentifier;

use crate::asn1::{self, Reader, tag};
use crate::error::ParseError;
use crate::extension::{self, Extension, ExtensionValue, SubjectAltName};
use crate::oid;
use crate::revocation::RevocationReason;
use crate::serial::SerialNumber;
use crate::time;

/// One entry of a list with all its extensions, as validation needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawEntry {
    /// Whose; none for a number that no certificate can have.
    pub serial: Option<SerialNumber>,
    /// When the authority revoked it.
    pub revoked_at: i64,
    /// In the order of the encoding.
    pub extensions: Vec<Extension>,
}

impl RawEntry {
    pub(super) fn read(mut reader: Reader<'_>) -> Result<Self, ParseError> {
        const WHAT: &str = "revoked certificate";
        let serial = SerialNumber::from_integer(reader.integer(WHAT)?).ok();
        let revoked_at = time::read(&mut reader, WHAT)?;
        let extensions = if reader.is_empty() {
            Vec::new()
        } else {
            extension::decode_all(reader.raw(tag::SEQUENCE, WHAT)?)?
        };
        reader.finish()?;
        Ok(Self {
            serial,
            revoked_at,
            extensions,
        })
    }

    /// reasonCode; `Unspecified` where absent.
    pub fn reason(&self) -> Result<RevocationReason, ParseError> {
        let reason = self.extension(oid::CRL_REASON);
        reason.map_or(Ok(RevocationReason::Unspecified), |extension| {
            read_reason(&extension.value)
        })
    }

    /// certificateIssuer: who issued this and the following certificates, where the list is an indirect one (section 5.3.3).
    pub fn certificate_issuer(&self) -> Result<Option<SubjectAltName>, ParseError> {
        let names = self.extension(oid::CERTIFICATE_ISSUER);
        names
            .map(|extension| SubjectAltName::decode(&extension.value))
            .transpose()
    }

    fn extension(&self, oid: ObjectIdentifier) -> Option<&Extension> {
        self.extensions
            .iter()
            .find(|extension| extension.oid == oid)
    }
}

pub(super) fn read_reason(value: &[u8]) -> Result<RevocationReason, ParseError> {
    let reason = match asn1::element(value, tag::ENUMERATED, "reasonCode")? {
        [code] => RevocationReason::from_code(*code),
        _ => None,
    };
    reason.ok_or(ParseError::Invalid {
        what: "reasonCode",
        clause: "RFC 5280 section 5.3.1",
    })
}
