//! What a private key tells of its public key without computing.

use chancery_x509::asn1::{self, Reader, tag};
use chancery_x509::{ObjectIdentifier, ParseError, oid};

/// The content of the `subjectPublicKey` BIT STRING that belongs to a DER `PrivateKeyInfo` or `OneAsymmetricKey`, if the key carries
/// it: RSA keys always, elliptic curve keys mostly (RFC 5915 section 3), others in version 2 (RFC 5958 section 2).
#[must_use]
pub fn public_key(private_key: &[u8]) -> Option<Vec<u8>> {
    read(private_key).ok().flatten()
}

/// The algorithm of a DER `PrivateKeyInfo`.
pub(crate) fn algorithm(private_key: &[u8]) -> Option<ObjectIdentifier> {
    let mut info = Reader::sequence(private_key, "private key").ok()?;
    info.integer_u64("version").ok()?;
    info.nested("algorithm").ok()?.oid("algorithm").ok()
}

fn read(private_key: &[u8]) -> Result<Option<Vec<u8>>, ParseError> {
    let mut info = Reader::sequence(private_key, "private key")?;
    info.integer_u64("version")?;
    let algorithm = info.nested("private key algorithm")?.oid("algorithm")?;
    let octets = info.read(tag::OCTET_STRING, "private key octets")?;
    info.optional(tag::context_constructed(0), "attributes")?;
    if let Some(bits) = info.optional(tag::context(1), "public key")? {
        return Ok(whole_octets(bits));
    }
    match algorithm {
        oid::RSA_ENCRYPTION | oid::RSASSA_PSS => rsa(octets).map(Some),
        oid::EC_PUBLIC_KEY => ec(octets),
        _ => Ok(None),
    }
}

/// `RSAPrivateKey` to `RSAPublicKey` (RFC 8017 appendix A.1).
fn rsa(octets: &[u8]) -> Result<Vec<u8>, ParseError> {
    let mut key = Reader::sequence(octets, "RSA private key")?;
    key.integer_u64("version")?;
    let modulus = key.integer("modulus")?;
    let exponent = key.integer("public exponent")?;
    Ok(asn1::sequence(&[
        &asn1::tlv(tag::INTEGER, modulus),
        &asn1::tlv(tag::INTEGER, exponent),
    ]))
}

/// `ECPrivateKey` (RFC 5915 section 3).
fn ec(octets: &[u8]) -> Result<Option<Vec<u8>>, ParseError> {
    let mut key = Reader::sequence(octets, "EC private key")?;
    key.integer_u64("version")?;
    key.read(tag::OCTET_STRING, "private key")?;
    key.optional(tag::context_constructed(0), "parameters")?;
    match key.optional(tag::context_constructed(1), "public key")? {
        Some(explicit) => {
            let mut bits = Reader::new(explicit, "public key");
            bits.bit_string("public key")
                .map(|bits| Some(bits.to_vec()))
        }
        None => Ok(None),
    }
}

fn whole_octets(bits: &[u8]) -> Option<Vec<u8>> {
    match bits.split_first() {
        Some((0, octets)) => Some(octets.to_vec()),
        _ => None,
    }
}
