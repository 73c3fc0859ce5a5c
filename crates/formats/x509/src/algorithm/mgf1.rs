//! MGF1, the mask generation function under RSASSA-PSS and RSAES-OAEP (RFC 8017 appendix B.2.1).

use super::DigestAlgorithm;
use crate::asn1::{self, Reader};
use crate::error::ParseError;
use crate::oid;

/// The `MaskGenAlgorithm` (RFC 4055 section 2.2): id-mgf1 with the digest's `AlgorithmIdentifier`.
pub(super) fn to_der(digest: DigestAlgorithm) -> Vec<u8> {
    asn1::sequence(&[&asn1::oid(&oid::MGF1), &digest.to_der_with_null()])
}

/// Reads what an EXPLICIT tag holds.
pub(super) fn read(content: &[u8]) -> Result<DigestAlgorithm, ParseError> {
    let mut reader = Reader::sequence(content, "mask generation function")?;
    let function = reader.oid("mask generation function")?;
    if function != oid::MGF1 {
        return Err(ParseError::UnknownAlgorithm { oid: function });
    }
    let digest = DigestAlgorithm::read(reader.nested("mask generation digest")?)?;
    reader.finish()?;
    Ok(digest)
}
