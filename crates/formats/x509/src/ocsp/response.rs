//! OCSP responses.

use super::{CertId, Nonce, nonce_extensions};
use crate::algorithm::SignatureAlgorithm;
use crate::asn1::{self, Reader, tag, tlv};
use crate::certificate::Certificate;
use crate::crypto::{Crypto, VerifyError};
use crate::error::{EncodeError, ParseError};
use crate::extension::{self, Extension, ExtensionValue};
use crate::name::Name;
use crate::oid;
use crate::public_key::PublicKeyInfo;
use crate::revocation::RevocationReason;
use crate::time;

/// `OCSPResponseStatus` (RFC 6960 section 4.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResponseStatus {
    /// A signed answer follows.
    Successful,
    /// The request could not be read.
    MalformedRequest,
    /// The responder is in an inconsistent state.
    InternalError,
    /// Ask again later.
    TryLater,
    /// A signature on the request is wanted.
    SigRequired,
    /// Not for this client, or not an issuer that this responder speaks for.
    Unauthorized,
}

impl ResponseStatus {
    const ALL: [Self; 6] = [
        Self::Successful,
        Self::MalformedRequest,
        Self::InternalError,
        Self::TryLater,
        Self::SigRequired,
        Self::Unauthorized,
    ];

    /// The number on the wire; 4 is not used.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Successful => 0,
            Self::MalformedRequest => 1,
            Self::InternalError => 2,
            Self::TryLater => 3,
            Self::SigRequired => 5,
            Self::Unauthorized => 6,
        }
    }
}

/// Who answers (`ResponderID`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResponderId {
    /// By subject of the responder's certificate.
    ByName(Name),
    /// By SHA-1 of its `subjectPublicKey` bits.
    ByKey(Vec<u8>),
}

impl ResponderId {
    /// By key: shorter, and independent of names.
    #[must_use]
    pub fn by_key(key: &PublicKeyInfo, crypto: &dyn Crypto) -> Self {
        Self::ByKey(key.key_identifier(crypto))
    }
}

/// `CertStatus`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CertStatus {
    /// Issued and not revoked.
    Good,
    /// Revoked.
    Revoked {
        /// When.
        revoked_at: i64,
        /// Why; `Unspecified` is left out of the encoding.
        reason: RevocationReason,
    },
    /// Not known to this responder.
    Unknown,
}

/// `SingleResponse`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SingleResponse {
    /// The certificate, as the request names it.
    pub cert_id: CertId,
    /// Its status.
    pub status: CertStatus,
    /// When this was known to be so.
    pub this_update: i64,
    /// When newer information comes at the latest.
    pub next_update: Option<i64>,
}

/// `ResponseData` (RFC 6960 section 4.2.1).
///
/// ```asn1
/// ResponseData ::= SEQUENCE {
///     version [0] EXPLICIT Version DEFAULT v1, responderID ResponderID, producedAt GeneralizedTime,
///     responses SEQUENCE OF SingleResponse, responseExtensions [1] EXPLICIT Extensions OPTIONAL }
/// SingleResponse ::= SEQUENCE {
///     certID CertID, certStatus CertStatus, thisUpdate GeneralizedTime,
///     nextUpdate [0] EXPLICIT GeneralizedTime OPTIONAL, singleExtensions [1] EXPLICIT Extensions OPTIONAL }
/// CertStatus ::= CHOICE {
///     good [0] IMPLICIT NULL, revoked [1] IMPLICIT SEQUENCE {
///         revocationTime GeneralizedTime, revocationReason [0] EXPLICIT CRLReason OPTIONAL }, unknown [2] IMPLICIT NULL }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponseData {
    /// Who answers.
    pub responder_id: ResponderId,
    /// When the answer was signed.
    pub produced_at: i64,
    /// One for each certificate asked about.
    pub responses: Vec<SingleResponse>,
    /// The nonce of the request.
    pub nonce: Option<Vec<u8>>,
}

impl ResponseData {
    /// The octets to sign.
    pub fn to_der(&self) -> Result<Vec<u8>, EncodeError> {
        let responder = match &self.responder_id {
            ResponderId::ByName(name) => asn1::explicit(1, name.as_der()),
            ResponderId::ByKey(hash) => asn1::explicit(2, &asn1::octet_string(hash)),
        };
        let responses: Vec<_> = self
            .responses
            .iter()
            .map(SingleResponse::to_der)
            .collect::<Result<_, _>>()?;
        let extensions = extension::encode_all(&nonce_extensions(self.nonce.as_deref()));
        let extensions = if extensions.is_empty() {
            extensions
        } else {
            asn1::explicit(1, &extensions)
        };
        Ok(asn1::sequence(&[
            &responder,
            &time::encode_generalized(self.produced_at)?,
            &asn1::sequence_of(&responses),
            &extensions,
        ]))
    }

    fn read(der: &[u8]) -> Result<Self, ParseError> {
        const WHAT: &str = "response data";
        let mut reader = Reader::sequence(der, WHAT)?;
        match reader.optional(tag::context_constructed(0), "version")? {
            None | Some([tag::INTEGER, 1, 0]) => {}
            Some(_) => {
                return Err(ParseError::Invalid {
                    what: "version",
                    clause: "RFC 6960 section 4.2.1",
                });
            }
        }
        let responder_id = match reader.any("responder")? {
            (0xa1, name) => ResponderId::ByName(Name::from_der(name)?),
            (0xa2, hash) => {
                ResponderId::ByKey(asn1::element(hash, tag::OCTET_STRING, "responder")?.to_vec())
            }
            _ => return Err(ParseError::Unexpected { what: "responder" }),
        };
        let produced_at = time::read_generalized(&mut reader, "producedAt")?;
        let mut list = reader.nested("responses")?;
        let mut responses = Vec::new();
        while !list.is_empty() {
            responses.push(SingleResponse::read(list.nested("response")?)?);
        }
        let extensions = match reader.optional(tag::context_constructed(1), "extensions")? {
            Some(extensions) => extension::decode_all(extensions)?,
            None => Vec::new(),
        };
        reader.finish()?;
        refuse_critical(&extensions)?;
        Ok(Self {
            responder_id,
            produced_at,
            responses,
            nonce: Nonce::find(&extensions)?.map(|nonce| nonce.0),
        })
    }
}

impl SingleResponse {
    fn to_der(&self) -> Result<Vec<u8>, EncodeError> {
        let status = match self.status {
            CertStatus::Good => asn1::implicit(0, &[]),
            CertStatus::Unknown => asn1::implicit(2, &[]),
            CertStatus::Revoked { revoked_at, reason } => {
                let reason = match reason {
                    RevocationReason::Unspecified => Vec::new(),
                    reason => asn1::explicit(0, &tlv(tag::ENUMERATED, &[reason.code()])),
                };
                tlv(
                    tag::context_constructed(1),
                    &[time::encode_generalized(revoked_at)?, reason].concat(),
                )
            }
        };
        let next_update = match self.next_update {
            Some(at) => asn1::explicit(0, &time::encode_generalized(at)?),
            None => Vec::new(),
        };
        Ok(asn1::sequence(&[
            self.cert_id.as_der(),
            &status,
            &time::encode_generalized(self.this_update)?,
            &next_update,
        ]))
    }

    fn read(mut reader: Reader<'_>) -> Result<Self, ParseError> {
        let cert_id = CertId::read(&mut reader)?;
        let status = match reader.any("status")? {
            (0x80, []) => CertStatus::Good,
            (0x82, []) => CertStatus::Unknown,
            (0xa1, info) => read_revoked(Reader::new(info, "revocation"))?,
            _ => return Err(ParseError::Unexpected { what: "status" }),
        };
        let this_update = time::read_generalized(&mut reader, "thisUpdate")?;
        let next_update = match reader.optional(tag::context_constructed(0), "nextUpdate")? {
            Some(time) => {
                let mut time = Reader::new(time, "nextUpdate");
                let at = time::read_generalized(&mut time, "nextUpdate")?;
                time.finish()?;
                Some(at)
            }
            None => None,
        };
        if let Some(extensions) = reader.optional(tag::context_constructed(1), "extensions")? {
            refuse_critical(&extension::decode_all(extensions)?)?;
        }
        reader.finish()?;
        Ok(Self {
            cert_id,
            status,
            this_update,
            next_update,
        })
    }
}

/// Extensions that are not understood are read over unless critical (RFC 6960 section 4.4).
fn refuse_critical(extensions: &[Extension]) -> Result<(), ParseError> {
    let unknown = extensions
        .iter()
        .any(|extension| extension.critical && extension.oid != oid::OCSP_NONCE);
    if unknown {
        return Err(ParseError::Invalid {
            what: "critical response extension",
            clause: "RFC 6960 section 4.4",
        });
    }
    Ok(())
}

fn read_revoked(mut reader: Reader<'_>) -> Result<CertStatus, ParseError> {
    const WHAT: &str = "revocation";
    let revoked_at = time::read_generalized(&mut reader, WHAT)?;
    let reason = match reader.optional(tag::context_constructed(0), WHAT)? {
        None => Some(RevocationReason::Unspecified),
        Some(reason) => match asn1::element(reason, tag::ENUMERATED, WHAT)? {
            [code] => RevocationReason::from_code(*code),
            _ => None,
        },
    };
    reader.finish()?;
    let reason = reason.ok_or(ParseError::Invalid {
        what: WHAT,
        clause: "RFC 5280 section 5.3.1",
    })?;
    Ok(CertStatus::Revoked { revoked_at, reason })
}

/// A signed answer from its data, signature and the responder's certificate (none where the issuing key itself answers).
#[must_use]
pub fn assemble(
    response_data_der: &[u8],
    algorithm: SignatureAlgorithm,
    signature: &[u8],
    certificates: &[Certificate],
) -> Vec<u8> {
    let certificates = if certificates.is_empty() {
        Vec::new()
    } else {
        let all: Vec<_> = certificates
            .iter()
            .map(|certificate| certificate.as_der().to_vec())
            .collect();
        asn1::explicit(0, &asn1::sequence_of(&all))
    };
    let basic = asn1::sequence(&[
        response_data_der,
        &algorithm.to_der(),
        &asn1::bit_string(signature),
        &certificates,
    ]);
    let bytes = asn1::explicit_parts(
        0,
        &[&asn1::oid(&oid::OCSP_BASIC), &asn1::octet_string(&basic)],
    );
    asn1::sequence(&[
        &tlv(tag::ENUMERATED, &[ResponseStatus::Successful.code()]),
        &bytes,
    ])
}

/// An answer without content, which needs no signature.
#[must_use]
pub fn error_response(status: ResponseStatus) -> Vec<u8> {
    asn1::sequence(&[&tlv(tag::ENUMERATED, &[status.code()])])
}

/// `OCSPResponse`, read.
#[derive(Clone, Debug)]
pub struct Response {
    /// Its status.
    pub status: ResponseStatus,
    /// The signed answer; there exactly where the status is `Successful`.
    pub basic: Option<BasicResponse>,
}

/// `BasicOCSPResponse`, read.
#[derive(Clone, Debug)]
pub struct BasicResponse {
    /// The signed part, as it came.
    pub data_der: Vec<u8>,
    /// The signed part, read.
    pub data: ResponseData,
    /// The signature algorithm.
    pub algorithm: SignatureAlgorithm,
    /// The signature.
    pub signature: Vec<u8>,
    /// Certificates that came along.
    pub certificates: Vec<Certificate>,
}

impl Response {
    /// Reads a DER `OCSPResponse`.
    pub fn from_der(der: &[u8]) -> Result<Self, ParseError> {
        const WHAT: &str = "OCSP response";
        let mut outer = Reader::sequence(der, WHAT)?;
        let code = outer.read(tag::ENUMERATED, "response status")?;
        let status = ResponseStatus::ALL
            .into_iter()
            .find(|status| code == [status.code()])
            .ok_or(ParseError::Invalid {
                what: "response status",
                clause: "RFC 6960 section 4.2.1",
            })?;
        let basic = match outer.optional(tag::context_constructed(0), "response bytes")? {
            Some(bytes) => {
                let mut bytes = Reader::sequence(bytes, "response bytes")?;
                let kind = bytes.oid("response type")?;
                if kind != oid::OCSP_BASIC {
                    return Err(ParseError::UnknownAlgorithm { oid: kind });
                }
                let basic = bytes.read(tag::OCTET_STRING, "response")?;
                bytes.finish()?;
                Some(BasicResponse::from_der(basic)?)
            }
            None => None,
        };
        outer.finish()?;
        if basic.is_some() != (status == ResponseStatus::Successful) {
            return Err(ParseError::Invalid {
                what: "response bytes",
                clause: "RFC 6960 section 4.2.1",
            });
        }
        Ok(Self { status, basic })
    }
}

impl BasicResponse {
    fn from_der(der: &[u8]) -> Result<Self, ParseError> {
        let mut reader = Reader::sequence(der, "basic response")?;
        let data_der = reader.raw(tag::SEQUENCE, "response data")?;
        let algorithm =
            SignatureAlgorithm::from_der(reader.raw(tag::SEQUENCE, "signature algorithm")?)?;
        let signature = reader.bit_string("signature")?;
        let mut certificates = Vec::new();
        if let Some(list) = reader.optional(tag::context_constructed(0), "certificates")? {
            let mut list = Reader::sequence(list, "certificates")?;
            while !list.is_empty() {
                let der = list.raw(tag::SEQUENCE, "certificate")?;
                certificates.push(Certificate::from_der(der)?);
            }
        }
        reader.finish()?;
        Ok(Self {
            data: ResponseData::read(data_der)?,
            data_der: data_der.to_vec(),
            algorithm,
            signature: signature.to_vec(),
            certificates,
        })
    }

    /// Verifies the signature with the responder's key. Whether that key may answer for the issuer is another question.
    pub fn verify_signature(
        &self,
        responder_key: &PublicKeyInfo,
        crypto: &dyn Crypto,
    ) -> Result<(), VerifyError> {
        crypto.verify(
            self.algorithm,
            responder_key.as_der(),
            &self.data_der,
            &self.signature,
        )
    }
}
