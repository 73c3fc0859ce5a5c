//! The forms in which private keys lie in files: PKCS#8 in the clear and encrypted, PKCS#1 and SEC 1; PEM or DER.

use chancery_keys::AwsLc;
use chancery_pkcs12::{Limits, OpenError, Password, open_key};
use chancery_x509::asn1::{self, Reader, tag};
use chancery_x509::{ParseError, oid};
use pkcs8::SecretDocument;
use zeroize::Zeroizing;

use crate::failure::Failure;

/// Where the password of an encrypted key comes from.
pub type AskPassword<'a> = &'a mut dyn FnMut() -> Result<Password, Failure>;

/// DER `PrivateKeyInfo` from any of the forms; `place` names the file in errors.
pub fn to_pkcs8(
    place: &str,
    content: &[u8],
    password: AskPassword<'_>,
) -> Result<Zeroizing<Vec<u8>>, Failure> {
    match std::str::from_utf8(content) {
        Ok(text) if text.contains("-----BEGIN") => from_pem(place, text, password),
        _ => from_der(place, content, password),
    }
}

fn from_pem(
    place: &str,
    text: &str,
    password: AskPassword<'_>,
) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let mut other = None;
    for (label, block) in blocks(text) {
        match label {
            "PRIVATE KEY" => return decode(place, block),
            "ENCRYPTED PRIVATE KEY" => {
                let der = decode(place, block)?;
                return decrypt(place, &der, password);
            }
            "RSA PRIVATE KEY" | "EC PRIVATE KEY" if block.contains("Proc-Type:") => {
                return Err(Failure::new(format!(
                    "{place} holds an encrypted key in OpenSSL's older format"
                ))
                .hint(format!(
                    "make a PKCS#8 key of it: openssl pkcs8 -topk8 -in {place} -out key.pem"
                )));
            }
            "RSA PRIVATE KEY" | "EC PRIVATE KEY" => {
                let der = decode(place, block)?;
                return older(&der).map_err(|error| damaged(place, &error));
            }
            // OpenSSL writes the curve in front of a key on it.
            "EC PARAMETERS" => {}
            label => other = other.or(Some(label)),
        }
    }
    Err(match other {
        Some(label) => Failure::new(format!("{place} holds a {label}, not a private key")),
        None => Failure::new(format!("{place} holds no private key")),
    })
}

/// Each PEM block from its first dash to its last, with its label.
fn blocks(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (_, from) = rest.split_at_checked(rest.find("-----BEGIN ")?)?;
        let (label, _) = from.strip_prefix("-----BEGIN ")?.split_once("-----")?;
        let end = format!("-----END {label}-----");
        let length = from.find(&end).map_or(from.len(), |at| at + end.len());
        let (block, behind) = from.split_at_checked(length)?;
        rest = behind;
        Some((label, block))
    })
}

fn decode(place: &str, block: &str) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let (_, document) =
        SecretDocument::from_pem(block.trim()).map_err(|error| damaged(place, &error))?;
    Ok(Zeroizing::new(document.as_bytes().to_vec()))
}

fn damaged(place: &str, error: &dyn std::error::Error) -> Failure {
    Failure::because(format!("the key in {place} is damaged"), error)
}

fn from_der(
    place: &str,
    der: &[u8],
    password: AskPassword<'_>,
) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let no_key = |error| Failure::because(format!("{place} is not a private key"), &error);
    let parts = Reader::sequence(der, "private key").map_err(no_key)?;
    match parts.peek() {
        // EncryptedPrivateKeyInfo begins with an AlgorithmIdentifier, the others with a version.
        Some(tag::SEQUENCE) => decrypt(place, der, password),
        _ if is_pkcs8(parts).map_err(no_key)? => Ok(Zeroizing::new(der.to_vec())),
        _ => older(der).map_err(no_key),
    }
}

fn is_pkcs8(mut parts: Reader<'_>) -> Result<bool, ParseError> {
    parts.integer("version")?;
    Ok(parts.peek() == Some(tag::SEQUENCE))
}

/// `RSAPrivateKey` (RFC 8017 appendix A.1.2) or `ECPrivateKey` (RFC 5915 section 3): the same key with its algorithm in front.
fn older(der: &[u8]) -> Result<Zeroizing<Vec<u8>>, ParseError> {
    let mut key = Reader::sequence(der, "private key")?;
    let version = key.integer_u64("version")?;
    let algorithm = if version == 1 && key.peek() == Some(tag::OCTET_STRING) {
        key.read(tag::OCTET_STRING, "EC private key")?;
        let curve = key.read(tag::context_constructed(0), "named curve")?;
        asn1::sequence(&[&asn1::oid(&oid::EC_PUBLIC_KEY), curve])
    } else {
        key.integer("modulus")?;
        asn1::sequence(&[&asn1::oid(&oid::RSA_ENCRYPTION), &asn1::null()])
    };
    // Each part in room of its exact size, lest growing leaves copies of the key behind.
    let octets = Zeroizing::new(asn1::octet_string(der));
    let version = asn1::integer_u64(0);
    let parts = [&version, &algorithm, &*octets];
    let length = parts.iter().map(|part| part.len()).sum();
    let mut info = Zeroizing::new(Vec::with_capacity(length));
    for part in parts {
        info.extend_from_slice(part);
    }
    Ok(Zeroizing::new(asn1::tlv(tag::SEQUENCE, &info)))
}

fn decrypt(
    place: &str,
    der: &[u8],
    password: AskPassword<'_>,
) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let password = password()?;
    open_key(der, &password, Limits::default(), &AwsLc, &AwsLc).map_err(|error| {
        let hint = match error {
            OpenError::WrongPassword => "give the password of the key itself",
            _ => "openssl pkcs8 -topk8 -v2 aes256 encrypts it anew",
        };
        Failure::because(format!("the key in {place} was not opened"), &error).hint(hint)
    })
}

#[cfg(test)]
mod tests;
