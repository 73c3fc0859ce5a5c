//! Time-stamp tokens (RFC 3161) in signatures.

use chancery_x509::asn1::{self, Reader, tag};
use chancery_x509::{Certificate, Crypto, DigestAlgorithm, ObjectIdentifier, ParseError, time};

use super::report::SignerReport;
use super::signer_info::{Algorithm, read_digest};
use super::verify::Verifier;
use super::{SignatureFault, SignedData, TimeStampError, read_signed_data};
use crate::oid;
use crate::signed::Binding;
use crate::stream::Limits;

/// Larger tokens are not read.
const LIMITS: Limits = Limits {
    depth: 40,
    prefix: 4 << 10,
    suffix: 1 << 20,
    content: 64 << 10,
};

/// What a time-stamping authority signs (RFC 3161 section 2.4.2).
///
/// ```asn1
/// TSTInfo ::= SEQUENCE {
///     version INTEGER { v1(1) },
///     policy TSAPolicyId,
///     messageImprint SEQUENCE { hashAlgorithm AlgorithmIdentifier, hashedMessage OCTET STRING },
///     serialNumber INTEGER,
///     genTime GeneralizedTime,
///     accuracy Accuracy OPTIONAL,
///     ordering BOOLEAN DEFAULT FALSE,
///     nonce INTEGER OPTIONAL,
///     tsa [0] GeneralName OPTIONAL,
///     extensions [1] IMPLICIT Extensions OPTIONAL }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TstInfo {
    /// The policy that it was issued under.
    pub policy: ObjectIdentifier,
    /// The digest of the message.
    pub digest: Algorithm<DigestAlgorithm>,
    /// Its value.
    pub imprint: Vec<u8>,
    /// The two's complement octets of the serial number.
    pub serial: Vec<u8>,
    /// When the authority saw the imprint: seconds since 1970-01-01T00:00:00Z, fractions cut off.
    pub generated_at: i64,
    /// The two's complement octets of the nonce.
    pub nonce: Option<Vec<u8>>,
}

/// A time-stamp of a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TimeStamp {
    /// What was stamped, and when. The imprint is that of the signature.
    pub info: TstInfo,
    /// Who signed it, and whether rightly; the certificate is yet to be validated for time-stamping.
    pub authority: Box<SignerReport>,
    /// Certificates in the token: what may lead from the authority's to a trust anchor.
    pub certificates: Vec<Certificate>,
    /// Revocation lists in the token, DER.
    pub revocation_lists: Vec<Vec<u8>>,
}

impl TstInfo {
    /// Reads DER.
    pub fn from_der(der: &[u8]) -> Result<Self, ParseError> {
        let mut info = Reader::sequence(der, "time-stamp")?;
        if info.integer_u64("time-stamp version")? != 1 {
            return Err(ParseError::Invalid {
                what: "time-stamp version",
                clause: "RFC 3161 section 2.4.2",
            });
        }
        let policy = info.oid("time-stamp policy")?;
        let mut imprint = info.nested("message imprint")?;
        let digest = read_digest(imprint.raw(tag::SEQUENCE, "imprint digest")?)?;
        let hashed = imprint.read(tag::OCTET_STRING, "imprint")?.to_vec();
        imprint.finish()?;
        let serial = info.integer("time-stamp serial number")?.to_vec();
        let generated_at = read_time(info.read(tag::GENERALIZED_TIME, "time-stamp time")?)?;
        info.optional(tag::SEQUENCE, "time-stamp accuracy")?;
        info.boolean_default_false("time-stamp ordering")?;
        let nonce = match info.peek() {
            Some(tag::INTEGER) => Some(info.integer("time-stamp nonce")?.to_vec()),
            _ => None,
        };
        info.optional(tag::context_constructed(0), "time-stamping authority")?;
        info.optional(tag::context_constructed(1), "time-stamp extensions")?;
        info.finish()?;
        Ok(Self {
            policy,
            digest,
            imprint: hashed,
            serial,
            generated_at,
            nonce,
        })
    }
}

/// `20261120053353.25Z`: unlike certificates, time-stamps may tell fractions of a second (RFC 3161 section 2.4.2).
fn read_time(text: &[u8]) -> Result<i64, ParseError> {
    const WHAT: &str = "time-stamp time";
    let invalid = ParseError::Invalid {
        what: WHAT,
        clause: "RFC 3161 section 2.4.2",
    };
    let whole = match text.iter().position(|octet| *octet == b'.') {
        None => text.to_vec(),
        Some(at) => {
            let (seconds, fraction) = text.split_at(at);
            let digits = fraction
                .strip_prefix(b".")
                .and_then(|rest| rest.strip_suffix(b"Z"))
                .unwrap_or_default();
            if digits.is_empty() || digits.len() > 9 || !digits.iter().all(u8::is_ascii_digit) {
                return Err(invalid);
            }
            [seconds, b"Z"].concat()
        }
    };
    let element = asn1::tlv(tag::GENERALIZED_TIME, &whole);
    time::read_generalized(&mut Reader::new(&element, WHAT), WHAT).map_err(|_| invalid)
}

/// Reads a token; nothing of it is verified yet.
pub(super) fn read_token(
    token: &[u8],
    crypto: &dyn Crypto,
) -> Result<(SignedData, TstInfo), TimeStampError> {
    let mut content = Vec::new();
    let signed = read_signed_data(token, &mut content, LIMITS, crypto)?;
    if signed.content_type() != oid::TST_INFO || signed.content().is_none() {
        return Err(TimeStampError::NotTimeStamp);
    }
    Ok((signed, TstInfo::from_der(&content)?))
}

/// Reads a token, compares its imprint with `signature` and verifies its own signature, from the budget of the message around it.
pub(super) fn verify_time_stamp(
    token: &[u8],
    signature: &[u8],
    verifier: &Verifier<'_>,
    depth: usize,
) -> Result<TimeStamp, TimeStampError> {
    let crypto = verifier.crypto;
    let (signed, info) = read_token(token, crypto)?;
    let digest = match info.digest {
        Algorithm::Known(digest) => digest,
        Algorithm::Unknown(oid) => return Err(TimeStampError::UnsupportedDigest { oid }),
    };
    if crypto.digest(digest, signature) != info.imprint {
        return Err(TimeStampError::Imprint);
    }
    let signers = signed.signers.len();
    if signers != 1 {
        return Err(TimeStampError::Signers { signers });
    }
    let mut reports = verifier
        .inside(&signed)
        .verify_all(&signed, signed.content.as_ref(), depth);
    let Some(mut authority) = reports.pop() else {
        return Err(TimeStampError::Signers { signers: 0 });
    };
    if !digest.is_collision_resistant() && !verifier.policy.sha1 {
        authority.faults.push(SignatureFault::WeakDigest { digest });
    }
    // RFC 3161 section 2.4.2: the token names the authority's certificate.
    if authority.binding == Binding::Absent && authority.certificate.is_some() {
        authority.faults.push(SignatureFault::AttributeMissing {
            name: "signingCertificate",
        });
    }
    Ok(TimeStamp {
        info,
        authority: Box::new(authority),
        certificates: signed.certificates,
        revocation_lists: signed.revocation_lists,
    })
}
