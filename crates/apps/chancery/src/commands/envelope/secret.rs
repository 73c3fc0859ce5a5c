//! The recipient's private key, from whatever file it lies in.

use std::{path::Path, sync::Arc};

use chancery_cms::enveloped::RejectionSecret;
use chancery_keys::{
    AwsLc, KeyOperationError, SecretKey, SystemEntropy, pkcs11::TokenKey, random, read_secret_key,
};
use chancery_x509::{Certificate, Crypto, DigestAlgorithm, PublicKeyKind, SignatureAlgorithm};
use zeroize::Zeroizing;

use crate::{
    cli::DecryptWords,
    commands::{key_file, p12, password},
    failure::Failure,
    files, token,
};

/// What the digest of a private key is taken under, so that it is no other digest of that key.
const LABEL: &[u8] = b"chancery: replacement of content-encryption keys\0";

/// A private key with what belongs to it.
pub struct Identity {
    pub key: Arc<dyn SecretKey>,
    /// What stands in for the keys that messages do not yield to it.
    pub secret: RejectionSecret,
    /// Its certificate, where that lies beside it.
    pub certificate: Option<Certificate>,
}

/// Reads PKCS#8, PKCS#1 or SEC 1, in the clear or encrypted, PEM or DER, with a certificate beside it or without; or PKCS#12. Of several
/// keys, that of the `wanted` certificate. Or names a key in a token.
pub fn read(
    path: &Path,
    words: &DecryptWords,
    wanted: Option<&Certificate>,
) -> Result<Identity, Failure> {
    let pin_file = words.pin_file.as_deref();
    if let Some(uri) = path.to_str().filter(|text| token::is_uri(text)) {
        let key = token::key("--inkey", uri, pin_file)?;
        let secret = of_token(&key)?;
        return Ok(Identity {
            key: Arc::new(key),
            secret,
            certificate: None,
        });
    }
    if pin_file.is_some() {
        return Err(Failure::usage(
            "--pin-file is for a key in a token, which --inkey does not name",
        ));
    }
    let password_file = words.password_file.as_deref();
    let place = path.display().to_string();
    let content = files::read_secret(path)?;
    if is_pkcs12(&content) {
        return from_pkcs12(&place, &content, password_file, wanted);
    }
    let mut ask = || {
        password::existing(
            password_file,
            &format!("the password of {place}"),
            "--password-file",
        )
    };
    let der = key_file::to_pkcs8(&place, &content, &mut ask)?;
    identity(&place, &der, certificate_beside(&content))
}

fn from_pkcs12(
    place: &str,
    content: &[u8],
    password_file: Option<&Path>,
    wanted: Option<&Certificate>,
) -> Result<Identity, Failure> {
    let opened = p12::open_content(place, content, password_file)?;
    let certificate = |key| opened.certificate_of(key).map(|entry| &entry.certificate);
    let key = match (wanted, opened.keys.as_slice()) {
        (_, []) => return Err(Failure::new(format!("there is no private key in {place}"))),
        (_, [only]) => only,
        (Some(wanted), keys) => keys
            .iter()
            .find(|key| certificate(key) == Some(wanted))
            .ok_or_else(|| {
                Failure::new(format!("none of the keys in {place} is the certificate's"))
            })?,
        (None, _) => {
            return Err(
                Failure::new(format!("there are several private keys in {place}"))
                    .hint("name the certificate of the right one with --recip"),
            );
        }
    };
    identity(place, &key.private_key, certificate(key).cloned())
}

fn identity(
    place: &str,
    der: &[u8],
    certificate: Option<Certificate>,
) -> Result<Identity, Failure> {
    let key = read_secret_key(der).map_err(|error| {
        Failure::because(format!("{place} is not a key that can be used"), &error)
    })?;
    let certificate = certificate
        .filter(|certificate| certificate.public_key().as_der() == key.subject_public_key_info());
    Ok(Identity {
        key,
        secret: digested(der),
        certificate,
    })
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

/// A SEQUENCE that begins with the number 3 (RFC 7292 section 4): private keys of all other forms begin with 0 or 1, or a SEQUENCE.
fn is_pkcs12(content: &[u8]) -> bool {
    let [0x30, length, rest @ ..] = content else {
        return false;
    };
    let more = match length {
        0x81..=0x88 => usize::from(length & 0x7f),
        _ => 0,
    };
    rest.get(more..)
        .is_some_and(|parts| parts.starts_with(&[0x02, 0x01, 0x03]))
}

/// The first certificate of a PEM file that holds a key, too.
fn certificate_beside(content: &[u8]) -> Option<Certificate> {
    const END: &str = "-----END CERTIFICATE-----";
    let text = std::str::from_utf8(content).ok()?;
    let (_, from) = text.split_at_checked(text.find("-----BEGIN CERTIFICATE-----")?)?;
    let (block, _) = from.split_at_checked(from.find(END)?.checked_add(END.len())?)?;
    Certificate::from_pem(block).ok()
}
