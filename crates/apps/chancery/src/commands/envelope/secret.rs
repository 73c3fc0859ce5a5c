//! The recipient's private key.

use std::{path::Path, sync::Arc};

use chancery_cms::enveloped::RejectionSecret;
use chancery_keys::{AwsLc, SecretKey, read_secret_key};
use chancery_x509::{Crypto, DigestAlgorithm};
use pkcs8::{SecretDocument, der::pem::PemLabel};
use zeroize::Zeroizing;

use crate::{failure::Failure, files};

/// What the digest of a private key is taken under, so that it is no other digest of that key.
const LABEL: &[u8] = b"chancery: replacement of content-encryption keys\0";

/// A private key, and what stands in for the keys that messages do not yield to it.
pub fn read(path: &Path) -> Result<(Arc<dyn SecretKey>, RejectionSecret), Failure> {
    let place = path.display().to_string();
    let content = files::read_secret(path)?;
    let der = document(&place, &content)?;
    let key = read_secret_key(&der).map_err(|error| {
        Failure::because(format!("{place} is not a key that can be used"), &error)
    })?;
    let labelled = Zeroizing::new([LABEL, &der].concat());
    let digest = Zeroizing::new(AwsLc.digest(DigestAlgorithm::Sha256, &labelled));
    let mut secret = Zeroizing::new([0; 32]);
    for (to, from) in secret.iter_mut().zip(digest.iter()) {
        *to = *from;
    }
    Ok((key, RejectionSecret::new(*secret)))
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
