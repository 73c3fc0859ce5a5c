//! Online certificate status (RFC 6960, nonces as RFC 9654 has them).

mod cert_id;
mod request;
mod response;

use const_oid::ObjectIdentifier;

use crate::asn1::{self, tag};
use crate::error::ParseError;
use crate::extension::{Extension, ExtensionValue};
use crate::oid;

pub use cert_id::CertId;
pub use request::{MAX_CERT_IDS, MAX_OCSP_REQUEST, Request, parse_request};
pub use response::{
    BasicResponse, CertStatus, ResponderId, Response, ResponseData, ResponseStatus, SingleResponse,
    assemble, error_response,
};

/// `Nonce ::= OCTET STRING (SIZE (1..128))` (RFC 9654 section 2.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Nonce(pub Vec<u8>);

impl ExtensionValue for Nonce {
    const OID: ObjectIdentifier = oid::OCSP_NONCE;

    fn decode(value: &[u8]) -> Result<Self, ParseError> {
        let nonce = asn1::element(value, tag::OCTET_STRING, "nonce")?;
        if (1..=128).contains(&nonce.len()) {
            Ok(Self(nonce.to_vec()))
        } else {
            Err(ParseError::Invalid {
                what: "nonce",
                clause: "RFC 9654 section 2.1",
            })
        }
    }

    fn encode(&self) -> Vec<u8> {
        asn1::octet_string(&self.0)
    }
}

/// The extensions that carry a nonce, or none.
fn nonce_extensions(nonce: Option<&[u8]>) -> Vec<Extension> {
    nonce
        .map(|nonce| Nonce(nonce.to_vec()).to_extension(false))
        .into_iter()
        .collect()
}
