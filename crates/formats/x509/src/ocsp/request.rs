//! OCSP requests.

use super::{Nonce, nonce_extensions};
use crate::asn1::{self, Reader, tag};
use crate::error::ParseError;
use crate::extension::{self, Extension, ExtensionValue};
use crate::ocsp::CertId;
use crate::oid;

/// Largest request that is read.
pub const MAX_OCSP_REQUEST: usize = 16 * 1024;

/// Most certificates asked about in one request.
pub const MAX_CERT_IDS: usize = 64;

/// `OCSPRequest` (RFC 6960 section 4.1.1). A signature on it is read over: status is public here.
///
/// ```asn1
/// OCSPRequest ::= SEQUENCE { tbsRequest TBSRequest, optionalSignature [0] EXPLICIT Signature OPTIONAL }
/// TBSRequest ::= SEQUENCE {
///     version [0] EXPLICIT Version DEFAULT v1, requestorName [1] EXPLICIT GeneralName OPTIONAL,
///     requestList SEQUENCE OF Request, requestExtensions [2] EXPLICIT Extensions OPTIONAL }
/// Request ::= SEQUENCE { reqCert CertID, singleRequestExtensions [0] EXPLICIT Extensions OPTIONAL }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The certificates asked about; at least one.
    pub cert_ids: Vec<CertId>,
    /// To be repeated in the answer; 1 to 128 octets.
    pub nonce: Option<Vec<u8>>,
}

impl Request {
    /// `OCSPRequest`, DER.
    #[must_use]
    pub fn to_der(&self) -> Vec<u8> {
        let list: Vec<_> = self
            .cert_ids
            .iter()
            .map(|id| asn1::sequence(&[id.as_der()]))
            .collect();
        let extensions = extension::encode_all(&nonce_extensions(self.nonce.as_deref()));
        let extensions = if extensions.is_empty() {
            extensions
        } else {
            asn1::explicit(2, &extensions)
        };
        asn1::sequence(&[&asn1::sequence(&[&asn1::sequence_of(&list), &extensions])])
    }
}

/// Reads a DER `OCSPRequest` of at most 16 KiB with at most 64 questions. Any error is the client's: answer `malformedRequest`.
pub fn parse_request(der: &[u8]) -> Result<Request, ParseError> {
    const WHAT: &str = "OCSP request";
    if der.len() > MAX_OCSP_REQUEST {
        return Err(ParseError::TooLarge {
            what: WHAT,
            octets: der.len(),
            limit: MAX_OCSP_REQUEST,
        });
    }
    let mut outer = Reader::sequence(der, WHAT)?;
    let mut tbs = outer.nested(WHAT)?;
    outer.optional(tag::context_constructed(0), "request signature")?;
    outer.finish()?;
    // Only version 1 exists; some clients write the default out.
    match tbs.optional(tag::context_constructed(0), "version")? {
        None | Some([tag::INTEGER, 1, 0]) => {}
        Some(_) => {
            return Err(ParseError::Invalid {
                what: "version",
                clause: "RFC 6960 section 4.1.1",
            });
        }
    }
    tbs.optional(tag::context_constructed(1), "requestor name")?;
    let mut list = tbs.nested("request list")?;
    let mut cert_ids = Vec::new();
    // At least one.
    while cert_ids.is_empty() || !list.is_empty() {
        if cert_ids.len() >= MAX_CERT_IDS {
            return Err(ParseError::TooLarge {
                what: "request list",
                octets: der.len(),
                limit: MAX_CERT_IDS,
            });
        }
        let mut one = list.nested("request")?;
        cert_ids.push(CertId::read(&mut one)?);
        if let Some(extensions) = one.optional(tag::context_constructed(0), "request extensions")? {
            check_critical(&extension::decode_all(extensions)?)?;
        }
        one.finish()?;
    }
    let extensions = match tbs.optional(tag::context_constructed(2), "request extensions")? {
        Some(extensions) => extension::decode_all(extensions)?,
        None => Vec::new(),
    };
    tbs.finish()?;
    check_critical(&extensions)?;
    let nonce = Nonce::find(&extensions)?.map(|nonce| nonce.0);
    Ok(Request { cert_ids, nonce })
}

/// Extensions that are not understood are read over unless critical (RFC 6960 section 4.4).
fn check_critical(extensions: &[Extension]) -> Result<(), ParseError> {
    let unknown = extensions
        .iter()
        .any(|extension| extension.critical && extension.oid != oid::OCSP_NONCE);
    if unknown {
        return Err(ParseError::Invalid {
            what: "critical request extension",
            clause: "RFC 6960 section 4.4",
        });
    }
    Ok(())
}
