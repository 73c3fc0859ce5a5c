//! Private keys in files.

use chancery_keys::SoftwareKey;
use pkcs8::{
    PrivateKeyInfoRef, SecretDocument,
    der::pem::{LineEnding, PemLabel},
};
use zeroize::Zeroizing;

use crate::failure::Failure;

/// Unencrypted PKCS#8 PEM.
pub fn to_pem(key: &SoftwareKey) -> Result<Zeroizing<String>, Failure> {
    let unwritable =
        |error: pkcs8::der::Error| Failure::because("the key cannot be written", &error);
    let der = key
        .to_pkcs8()
        .map_err(|error| Failure::because("the key cannot be written", &error))?;
    let document = SecretDocument::try_from(der.as_slice()).map_err(unwritable)?;
    document
        .to_pem(PrivateKeyInfoRef::PEM_LABEL, LineEnding::LF)
        .map_err(unwritable)
}

/// A key from PKCS#8, PEM or DER; `place` names the file in errors.
pub fn read(place: &str, content: &[u8]) -> Result<SoftwareKey, Failure> {
    let document = match std::str::from_utf8(content) {
        Ok(text) if text.contains("-----BEGIN") => from_pem(place, text)?,
        _ => SecretDocument::try_from(content)
            .map_err(|error| Failure::because(format!("{place} is not a private key"), &error))?,
    };
    SoftwareKey::from_pkcs8(document.as_bytes())
        .map_err(|error| Failure::because(format!("{place} is not a key that can be used"), &error))
}

fn from_pem(place: &str, text: &str) -> Result<SecretDocument, Failure> {
    let begin = text.lines().find_map(|line| {
        line.trim()
            .strip_prefix("-----BEGIN ")?
            .strip_suffix("-----")
    });
    let to_pkcs8 = |what: &str| {
        Failure::new(format!("{place} holds {what}")).hint(format!(
            "make a PKCS#8 key of it: openssl pkcs8 -topk8 -nocrypt -in {place} -out key.pem"
        ))
    };
    match begin {
        Some("PRIVATE KEY") => {}
        Some("RSA PRIVATE KEY") if !text.contains("ENCRYPTED") => return from_pkcs1(place, text),
        Some("ENCRYPTED PRIVATE KEY") => return Err(to_pkcs8("an encrypted key")),
        Some("EC PRIVATE KEY" | "EC PARAMETERS") => {
            return Err(to_pkcs8("a key in OpenSSL's older format"));
        }
        Some("RSA PRIVATE KEY") => {
            return Err(to_pkcs8("an encrypted key in OpenSSL's older format"));
        }
        Some(other) => {
            return Err(Failure::new(format!(
                "{place} holds a {other}, not a private key"
            )));
        }
        None => return Err(Failure::new(format!("{place} holds no private key"))),
    }
    let damaged = |error: pkcs8::der::Error| {
        Failure::because(format!("the key in {place} is damaged"), &error)
    };
    let (_, document) = SecretDocument::from_pem(text.trim()).map_err(damaged)?;
    Ok(document)
}

/// RFC 8017 appendix A.1.2 inside RFC 5208: the same key with its algorithm in front.
fn from_pkcs1(place: &str, text: &str) -> Result<SecretDocument, Failure> {
    let damaged = |error: pkcs8::der::Error| {
        Failure::because(format!("the key in {place} is damaged"), &error)
    };
    let (_, inner) = SecretDocument::from_pem(text.trim()).map_err(damaged)?;
    let algorithm = pkcs8::AlgorithmIdentifierRef {
        oid: pkcs8::ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1"),
        parameters: Some(pkcs8::der::AnyRef::NULL),
    };
    let key = pkcs8::der::asn1::OctetStringRef::new(inner.as_bytes()).map_err(damaged)?;
    SecretDocument::encode_msg(&PrivateKeyInfoRef::new(algorithm, key)).map_err(damaged)
}

#[cfg(test)]
mod tests {
    use chancery_keys::{KeyAlgorithm, Signer};

    use pkcs8::der::Decode;

    use super::*;

    #[test]
    fn a_key_survives_its_file() {
        let key = SoftwareKey::generate(KeyAlgorithm::EcP256).unwrap();
        let pem = to_pem(&key).unwrap();
        assert!(pem.starts_with("-----BEGIN PRIVATE KEY-----\n"));
        assert_eq!(
            read("k", pem.as_bytes()).unwrap().public_key(),
            key.public_key()
        );
        let der = key.to_pkcs8().unwrap();
        assert_eq!(read("k", &der).unwrap().public_key(), key.public_key());
        // Its own encoding decodes, as a check of the test's ground.
        PrivateKeyInfoRef::from_der(&der).unwrap();
    }

    #[test]
    fn what_is_no_key_is_told_apart() {
        for (text, told) in [
            ("hello", "not a private key"),
            (
                "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n",
                "holds a CERTIFICATE",
            ),
            (
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAA==\n",
                "an encrypted key",
            ),
            (
                "-----BEGIN EC PRIVATE KEY-----\nAA==\n",
                "openssl pkcs8 -topk8",
            ),
            (
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
                "damaged",
            ),
        ] {
            let Err(failure) = read("k", text.as_bytes()) else {
                panic!("{text} was read")
            };
            assert!(failure.to_string().contains(told), "{failure}");
        }
    }
}
