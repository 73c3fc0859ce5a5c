//! Signing.

use std::{path::Path, sync::Arc};

use chancery_cms::signed::{
    AttributeOptions, SignError, SignStep, SignedDataOptions, SignedDataWriter, SignerOptions,
    default_algorithm,
};
use chancery_keys::{AwsLc, SecretKey, SoftwareKey};
use chancery_x509::{Certificate, DigestAlgorithm, PssParameters, SignatureAlgorithm};

use super::stamp::Authority;
use crate::{
    cli::SignWords,
    commands::{cert, key_file, password},
    failure::Failure,
    fetch::Fetcher,
    files, os, token,
};

/// Who signs.
pub struct Signers {
    keys: Vec<Arc<dyn SecretKey>>,
    options: Vec<SignerOptions>,
    enclosed: Vec<Certificate>,
    authority: Option<Authority>,
}

impl Signers {
    /// Reads keys and certificates from their files.
    pub fn read(words: &SignWords) -> Result<Self, Failure> {
        if words.inkey.len() > words.signer.len() {
            return Err(Failure::usage("there are more keys than signers")
                .hint("give one --inkey for each --signer, in the same order"));
        }
        if words.pin_file.is_some() && !words.inkey.iter().any(|path| in_token(path).is_some()) {
            return Err(Failure::usage(
                "--pin-file is for a key in a token, which no --inkey names",
            ));
        }
        let is_pss = is_pss(&words.keyopt)?;
        let mut signers = Self {
            keys: Vec::new(),
            options: Vec::new(),
            enclosed: Vec::new(),
            authority: words.tsa.as_ref().map(|url| Authority {
                url: url.clone(),
                fetcher: Fetcher {
                    private: words.fetch_private,
                },
            }),
        };
        for (at, path) in words.signer.iter().enumerate() {
            let key_path = words.inkey.get(at).unwrap_or(path);
            let key = read_key(key_path, words)?;
            let mut certificates = cert::all(&path.display().to_string(), &files::read(path)?)?;
            let own = certificates
                .iter()
                .position(|one| one.public_key().as_der() == key.subject_public_key_info())
                .ok_or_else(|| {
                    Failure::new(format!(
                        "the key in {} belongs to no certificate in {}",
                        key_path.display(),
                        path.display()
                    ))
                    .hint("take the key that the certificate's request was made with")
                })?;
            let certificate = certificates.remove(own);
            signers.options.push(options(&certificate, words, is_pss)?);
            signers.keys.push(key);
            signers.enclosed.push(certificate);
            signers.enclosed.extend(certificates);
        }
        for path in &words.certfile {
            let more = cert::all(&path.display().to_string(), &files::read(path)?)?;
            signers.enclosed.extend(more);
        }
        if words.nocerts {
            signers.enclosed.clear();
        }
        Ok(signers)
    }

    /// The digests that they take.
    pub fn digests(&self) -> Vec<DigestAlgorithm> {
        let mut digests = Vec::new();
        for options in &self.options {
            let digest = options
                .algorithm
                .digest()
                .unwrap_or(DigestAlgorithm::Sha512);
            if !digests.contains(&digest) {
                digests.push(digest);
            }
        }
        digests
    }

    /// The certificates that sign.
    pub fn certificates(&self) -> impl Iterator<Item = &Certificate> {
        self.options.iter().map(|options| &options.certificate)
    }

    /// A structure to be signed by all of them.
    pub fn writer(&self, options: SignedDataOptions) -> Result<SignedDataWriter<'static>, Failure> {
        let options = SignedDataOptions {
            certificates: self.enclosed.clone(),
            time_stamps: self.authority.is_some(),
            ..options
        };
        SignedDataWriter::new(self.options.clone(), options, &AwsLc)
            .map_err(|error| refused(&error))
    }

    /// Signs: the rest of the structure.
    pub fn finish(&self, writer: SignedDataWriter<'_>) -> Result<Vec<u8>, Failure> {
        let (mut signing, mut step) = writer.finish().map_err(|error| refused(&error))?;
        loop {
            step = match step {
                SignStep::Done(rest) => return Ok(rest),
                SignStep::Need { signer, need } => {
                    let key = self
                        .keys
                        .get(signer)
                        .ok_or_else(|| refused(&SignError::NotAsked))?;
                    let signature = key
                        .answer(&need)
                        .map_err(|error| Failure::because("the key does not sign", &error))?;
                    signing
                        .resume(&signature)
                        .map_err(|error| refused(&error))?
                }
                SignStep::Stamp {
                    digest, imprint, ..
                } => {
                    let authority = self
                        .authority
                        .as_ref()
                        .ok_or_else(|| refused(&SignError::NotAsked))?;
                    signing
                        .resume(&authority.stamp(digest, imprint)?)
                        .map_err(|error| refused(&error))?
                }
            };
        }
    }
}

fn in_token(path: &Path) -> Option<&str> {
    path.to_str().filter(|text| token::is_uri(text))
}

fn read_key(path: &Path, words: &SignWords) -> Result<Arc<dyn SecretKey>, Failure> {
    if let Some(uri) = in_token(path) {
        let key = token::key("--inkey", uri, words.pin_file.as_deref())?;
        return Ok(Arc::new(key));
    }
    let place = path.display().to_string();
    let mut ask = || {
        password::existing(
            words.password_file.as_deref(),
            &format!("the password of {place}"),
            "--password-file",
        )
    };
    let der = key_file::to_pkcs8(&place, &files::read_secret(path)?, &mut ask)?;
    let key = SoftwareKey::from_pkcs8(&der)
        .map_err(|error| Failure::because(format!("{place} is not a key that signs"), &error))?;
    Ok(Arc::new(key))
}

/// Nothing is signed.
pub fn refused(error: &SignError) -> Failure {
    let failure = Failure::because("nothing was signed", error);
    match error {
        SignError::TooLargeWithoutAttributes { .. } | SignError::ContentLooksLikeAttributes => {
            failure.hint("leave out --noattr")
        }
        SignError::NoKeyIdentifier => failure.hint("leave out --keyid"),
        _ => failure,
    }
}

fn is_pss(words: &[String]) -> Result<bool, Failure> {
    let mut is_pss = false;
    for word in words {
        is_pss = match word.as_str() {
            "rsa_padding_mode:pss" => true,
            "rsa_padding_mode:pkcs1" => false,
            // What is written anyway.
            "rsa_pss_saltlen:digest" | "rsa_pss_saltlen:-1" => is_pss,
            other => {
                return Err(Failure::usage(format!("--keyopt {other} is not known"))
                    .hint("rsa_padding_mode:pss or rsa_padding_mode:pkcs1"));
            }
        };
    }
    Ok(is_pss)
}

fn options(
    certificate: &Certificate,
    words: &SignWords,
    is_pss: bool,
) -> Result<SignerOptions, Failure> {
    let usual = default_algorithm(certificate).ok_or_else(|| {
        Failure::new("the key of the signer's certificate does not sign")
            .hint("take a certificate for signing: RSA, P-256, P-384, P-521 or Ed25519")
    })?;
    let digest = words.md;
    let algorithm = match usual {
        SignatureAlgorithm::RsaPss(parameters) => {
            SignatureAlgorithm::RsaPss(digest.map_or(parameters, PssParameters::with))
        }
        _ if usual.is_rsa_pkcs1() && is_pss => {
            let digest = digest.unwrap_or(DigestAlgorithm::Sha256);
            SignatureAlgorithm::RsaPss(PssParameters::with(digest))
        }
        _ if usual.is_rsa_pkcs1() => digest.map_or(usual, SignatureAlgorithm::rsa_pkcs1),
        _ if usual.is_ecdsa() => digest.map_or(usual, SignatureAlgorithm::ecdsa),
        other => match digest {
            None | Some(DigestAlgorithm::Sha512) => other,
            Some(digest) => {
                return Err(
                    Failure::usage(format!("{other} goes with sha512, not {digest}"))
                        .hint("leave out --md"),
                );
            }
        },
    };
    let attributes = AttributeOptions {
        smime_capabilities: !words.nosmimecap,
        commitments: words.commitment.clone(),
        ..AttributeOptions::at(os::now().as_secs())
    };
    Ok(SignerOptions {
        certificate: certificate.clone(),
        algorithm,
        by_key_identifier: words.keyid,
        attributes: (!words.noattr).then_some(attributes),
    })
}
