//! The one private operation that `WebCrypto` lacks: RSAES-PKCS1-v1_5 decryption (RFC 8017 section 7.2.2).
//!
//! The key is opened from the store's file for this operation and wiped after it. The `rsa` crate's exponentiation is blinded with fresh
//! randomness, which is what stands against RUSTSEC-2023-0071 here, and it rejects implicitly (draft-irtf-cfrg-rsa-guidance-10 section 7.2):
//! bad padding gives a plain text computed from the private key and the cipher text, without a branch, so that the message goes on
//! with a key that nobody can predict and fails at its end like any other (RFC 3218).

use chancery_pkcs12::Opened;
use chancery_x509::asn1::{Reader, tag};
use rsa::traits::PaddingScheme;
use rsa::{BoxedUint, Pkcs1v15Encrypt, RsaPrivateKey};
use serde_json::json;
use zeroize::Zeroizing;

use crate::operation::{Begun, Given};
use crate::step::Step;
use crate::{Refusal, key, open, provider};

/// Parts: the store's file; the cipher text.
pub(crate) fn begin(mut given: Given) -> Begun {
    let (file, cipher_text) = (given.next()?, given.next()?);
    given.finish()?;
    open::start(&file, &[], true, open::Then::Unwrap(cipher_text))
}

/// Decrypts with the first key of the file, which in the store is the only one.
pub(crate) fn decrypt(opened: &Opened, cipher_text: &[u8]) -> Result<Step, Refusal> {
    let identities = opened.identities()?;
    let identity = identities.first().ok_or(Refusal::NoKey)?;
    let public_key = identity.certificate.certificate.public_key();
    let der = key::normalise(&identity.key.private_key, public_key)?;
    let private_key = private_key(&der).ok_or_else(|| Refusal::UnsupportedKey {
        kind: public_key.kind().to_string(),
    })?;
    let mut generator = provider::generator()?;
    // An error here is one that everybody sees in the message: a cipher text of the wrong length, or one past the modulus.
    let plain = Pkcs1v15Encrypt
        .decrypt(Some(&mut generator), &private_key, cipher_text)
        .ok();
    let parts = plain.map(Zeroizing::new).into_iter().collect();
    Ok(Step::Done(json!({}), parts))
}

/// `PrivateKeyInfo` with an `RSAPrivateKey` of two primes (RFC 8017 appendix A.1.2); the crate computes what else is in it anew.
fn private_key(der: &[u8]) -> Option<RsaPrivateKey> {
    let mut info = Reader::sequence(der, "private key").ok()?;
    info.integer_u64("version").ok()?;
    info.nested("private key algorithm").ok()?;
    let key = info.read(tag::OCTET_STRING, "private key").ok()?;
    let mut key = Reader::sequence(key, "RSA private key").ok()?;
    if key.integer_u64("version").ok()? != 0 {
        return None;
    }
    let mut number = |what| {
        let octets = key.integer(what).ok()?;
        let octets = octets.strip_prefix(&[0]).unwrap_or(octets);
        let bits = u32::try_from(octets.len()).ok()?.checked_mul(8)?;
        BoxedUint::from_be_slice(octets, bits).ok()
    };
    let (modulus, public, private) = (number("n")?, number("e")?, number("d")?);
    let primes = vec![number("p")?, number("q")?];
    RsaPrivateKey::from_components(modulus, public, private, primes).ok()
}
