//! The recipient's private key.

use std::{path::Path, sync::Arc};

use chancery_cms::enveloped::RejectionSecret;
use chancery_keys::{
    AwsLc, KeyOperationError, SecretKey, SystemEntropy, pkcs11::TokenKey, random, read_secret_key,
};
use chancery_x509::{Crypto, DigestAlgorithm, PublicKeyKind, SignatureAlgorithm};
use pkcs8::{SecretDocument, der::pem::PemLabel};
use zeroize::Zeroizing;

use crate::{failure::Failure, files, token};

/// What the digest of a private key is taken under, so that it is no other digest of that key.
const LABEL: &[u8] = b"chancery: replacement of content-encryption keys\0";

/// A private key, and what stands in for the keys that messages do not yield to it.
pub fn read(
    path: &Path,
    pin_file: Option<&Path>,
) -> Result<(Arc<dyn SecretKey>, RejectionSecret), Failure> {
    if let Some(uri) = path.to_str().filter(|text| token::is_uri(text)) {
        let key = token::key("--inkey", uri, pin_file)?;
        let secret = of_token(&key)?;
        return Ok((Arc::new(key), secret));
    }
    if pin_file.is_some() {
        return Err(Failure::usage(
            "--pin-file is for a key in a token, which --inkey does not name",
        ));
    }
    let place = path.display().to_string();
    let content = files::read_secret(path)?;
    let der = document(&place, &content)?;
    let key = read_secret_key(&der).map_err(|error| {
        Failure::because(format!("{place} is not a key that can be used"), &error)
    })?;
    Ok((key, digested(&der)))
}

fn digested(known: &[u8]) -> RejectionSecret {
    let labelled = Zeroizing::new([LABEL, known].concat());
    let digest = Zeroizing::new(AwsLc.digest(DigestAlgorithm::Sha256, &labelled));
    let mut secret = Zeroizing::new([0; 32]);
    for (to, from) in secret.iter_mut().zip(digest.iter()) {
        *to = *from;
    }
    RejectionSecret::new(*secret)
}

/// A token does not show its key, but does what nobody else can, the same each time: an RSA signature by PKCS#1 v1.5, or
/// the secret that a key on a curve shares with itself. Of an RSA key that may only decrypt neither is to be had; then it is
/// random, and another in each run.
fn of_token(key: &TokenKey) -> Result<RejectionSecret, Failure> {
    let known = if matches!(key.kind(), PublicKeyKind::Rsa { .. }) {
        key.sign_with(SignatureAlgorithm::RsaPkcs1Sha256, LABEL)
            .map(Zeroizing::new)
    } else {
        key.agree(key.subject_public_key_info())
    };
    match known {
        Ok(known) => Ok(digested(&known)),
        Err(KeyOperationError::Unsupported(_)) => random(&SystemEntropy)
            .map(RejectionSecret::new)
            .map_err(|error| Failure::because("nothing random is to be had", &error)),
        Err(error) => Err(Failure::because("the key in the token", &error)),
    }
}

fn document(place: &str, content: &[u8]) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let unreadable = |error: pkcs8::der::Error| {
        Failure::because(format!("{place} is not a private key"), &error)
            .hint("make a PKCS#8 key of it: openssl pkcs8 -topk8 -nocrypt")
    };
    let document = match std::str::from_utf8(content) {
        Ok(text) if text.contains("-----BEGIN") => {
            let (label, document) = SecretDocument::from_pem(text.trim()).map_err(unreadable)?;
            pkcs8::PrivateKeyInfoRef::validate_pem_label(label).map_err(|_| {
                Failure::new(format!("{place} holds a {label}, not a private key"))
                    .hint("make a PKCS#8 key of it: openssl pkcs8 -topk8 -nocrypt")
            })?;
            document
        }
        _ => SecretDocument::try_from(content).map_err(unreadable)?,
    };
    Ok(Zeroizing::new(document.as_bytes().to_vec()))
}
