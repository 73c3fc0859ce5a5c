//! Key transport algorithms: rsaEncryption (RFC 3370 section 4.2.1) and id-RSAES-OAEP (RFC 4055 section 4.1).

use super::{DigestAlgorithm, mgf1};
use crate::asn1::{self, Reader, tag};
use crate::crypto::KeyTransport;
use crate::error::ParseError;
use crate::oid;

/// Octets of label that are read; honest ones are empty.
const MAX_LABEL: usize = 1024;

impl KeyTransport {
    /// RSAES-OAEP with one digest for both and an empty label.
    #[must_use]
    pub const fn oaep(digest: DigestAlgorithm) -> Self {
        Self::Oaep {
            digest,
            mgf1: digest,
            label: Vec::new(),
        }
    }

    /// The `AlgorithmIdentifier`: rsaEncryption with NULL, or id-RSAES-OAEP with its parameters, defaults (SHA-1 twice, an empty
    /// label) left out.
    #[must_use]
    pub fn to_der(&self) -> Vec<u8> {
        let Self::Oaep {
            digest,
            mgf1,
            label,
        } = self
        else {
            return asn1::sequence(&[&asn1::oid(&oid::RSA_ENCRYPTION), &asn1::null()]);
        };
        let mut parts = Vec::new();
        if *digest != DigestAlgorithm::Sha1 {
            parts.extend(asn1::explicit(0, &digest.to_der_with_null()));
        }
        if *mgf1 != DigestAlgorithm::Sha1 {
            parts.extend(asn1::explicit(1, &mgf1::to_der(*mgf1)));
        }
        if !label.is_empty() {
            let source = [asn1::oid(&oid::P_SPECIFIED), asn1::octet_string(label)];
            parts.extend(asn1::explicit(2, &asn1::sequence_of(&source)));
        }
        asn1::sequence(&[&asn1::oid(&oid::RSAES_OAEP), &asn1::sequence(&[&parts])])
    }

    /// Reads a `KeyEncryptionAlgorithmIdentifier` of key transport (RFC 5652 section 6.2.1). Defaults may be written out, and
    /// rsaEncryption may lack its NULL. Other algorithms, key agreement among them, are [`ParseError::UnknownAlgorithm`].
    pub fn from_der(der: &[u8]) -> Result<Self, ParseError> {
        let mut reader = Reader::sequence(der, "key transport algorithm")?;
        let oid = reader.oid("key transport algorithm")?;
        match oid {
            oid::RSA_ENCRYPTION => {
                reader.optional(tag::NULL, "key transport parameters")?;
                reader.finish()?;
                Ok(Self::Pkcs1V15)
            }
            oid::RSAES_OAEP => {
                let parameters = reader.nested("RSAES-OAEP parameters")?;
                reader.finish()?;
                Self::read_oaep(parameters)
            }
            oid => Err(ParseError::UnknownAlgorithm { oid }),
        }
    }

    fn read_oaep(mut reader: Reader<'_>) -> Result<Self, ParseError> {
        let digest = reader.optional(tag::context_constructed(0), "RSAES-OAEP digest")?;
        let mgf = reader.optional(tag::context_constructed(1), "mask generation function")?;
        let source = reader.optional(tag::context_constructed(2), "RSAES-OAEP label")?;
        reader.finish()?;
        let digest = match digest {
            None => DigestAlgorithm::Sha1,
            Some(content) => {
                DigestAlgorithm::read(Reader::sequence(content, "RSAES-OAEP digest")?)?
            }
        };
        let mgf1 = mgf.map_or(Ok(DigestAlgorithm::Sha1), mgf1::read)?;
        let label = source.map_or(Ok(Vec::new()), read_label)?;
        Ok(Self::Oaep {
            digest,
            mgf1,
            label,
        })
    }
}

/// `pSourceAlgorithm`: id-pSpecified with the label.
fn read_label(content: &[u8]) -> Result<Vec<u8>, ParseError> {
    const WHAT: &str = "RSAES-OAEP label";
    let mut reader = Reader::sequence(content, WHAT)?;
    let oid = reader.oid(WHAT)?;
    if oid != oid::P_SPECIFIED {
        return Err(ParseError::UnknownAlgorithm { oid });
    }
    let label = reader.read(tag::OCTET_STRING, WHAT)?;
    reader.finish()?;
    if label.len() > MAX_LABEL {
        return Err(ParseError::TooLarge {
            what: WHAT,
            octets: label.len(),
            limit: MAX_LABEL,
        });
    }
    Ok(label.to_vec())
}
