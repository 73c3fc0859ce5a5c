//! Making `SignedData`, without touching a key.

use chancery_x509::asn1::{self, tag};
use chancery_x509::{Certificate, Crypto, DigestAlgorithm, KeyNeed, SignatureAlgorithm, time};

use super::budget::Budget;
use super::digest::{ContentDigester, ContentDigests, MAX_KEPT};
use super::options::{AttributeOptions, SignedDataOptions, SignerOptions, smime_capabilities};
use super::report::VerifyPolicy;
use super::time_stamp::verify_time_stamp;
use super::verify::Verifier;
use super::{SignError, SignatureFault, binding};
use crate::stream::{ContentKind, Size, Writer};
use crate::{Attribute, oid};

/// Content up to this size is held back until its signatures are there, so that DER can be written.
const MAX_HELD: usize = 1 << 20;

/// Signs content that comes in pieces: [`content`](Self::content) as often as needed, then [`finish`](Self::finish), which says what it needs.
/// What is to be sent is appended to the `out` of each call; nothing of it may be shown to others before [`SignStep::Done`].
pub struct SignedDataWriter<'c> {
    crypto: &'c dyn Crypto,
    signers: Vec<SignerOptions>,
    options: SignedDataOptions,
    digester: ContentDigester,
    held: Vec<u8>,
    writer: Option<Writer>,
}

/// Where signing stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignStep {
    /// A signer's key has work to do; go on with [`Signing::resume`] and the signature.
    Need {
        /// Which signer, by its place in the list.
        signer: usize,
        /// What to do.
        need: KeyNeed,
    },
    /// A time-stamping authority has work to do; go on with [`Signing::resume`] and the token, DER.
    Stamp {
        /// Which signer's signature is stamped.
        signer: usize,
        /// The digest in the request.
        digest: DigestAlgorithm,
        /// The message imprint.
        imprint: Vec<u8>,
    },
    /// Signed: the rest of the structure.
    Done(Vec<u8>),
}

struct Pending {
    options: SignerOptions,
    /// DER of the SET OF signed attributes.
    attributes: Option<Vec<u8>>,
    signature: Option<Vec<u8>>,
    token: Option<Vec<u8>>,
}

/// Signed data whose content has passed.
pub struct Signing<'c> {
    crypto: &'c dyn Crypto,
    options: SignedDataOptions,
    pending: Vec<Pending>,
    content: ContentDigests,
    held: Vec<u8>,
    writer: Option<Writer>,
}

impl<'c> SignedDataWriter<'c> {
    /// Before the first octet of content.
    pub fn new(
        signers: Vec<SignerOptions>,
        options: SignedDataOptions,
        crypto: &'c dyn Crypto,
    ) -> Result<Self, SignError> {
        if signers.is_empty() {
            return Err(SignError::NoSigner);
        }
        for signer in &signers {
            signer.check(options.content_type)?;
            signer.identifier()?;
        }
        let digester = ContentDigester::new(signers.iter().map(SignerOptions::digest), crypto);
        Ok(Self {
            crypto,
            signers,
            options,
            digester,
            held: Vec::new(),
            writer: None,
        })
    }

    /// A piece of the content.
    pub fn content(&mut self, piece: &[u8], out: &mut Vec<u8>) -> Result<(), SignError> {
        self.digester.update(piece);
        if self.options.detached {
            return Ok(());
        }
        if let Some(writer) = &mut self.writer {
            return Ok(writer.content(piece, out)?);
        }
        self.held.extend_from_slice(piece);
        if self.held.len() > MAX_HELD {
            let size = match (self.options.content_length, self.suffix_len()?) {
                (Some(content), Some(suffix)) => Size::Known { content, suffix },
                _ => Size::Unknown,
            };
            let mut writer = begin(&self.options, self.signers.iter(), size, out)?;
            writer.content(&std::mem::take(&mut self.held), out)?;
            self.writer = Some(writer);
        }
        Ok(())
    }

    /// The end of the content: what is to be signed, and the first thing needed.
    pub fn finish(self) -> Result<(Signing<'c>, SignStep), SignError> {
        let content = self.digester.finish();
        let mut pending = Vec::new();
        for options in self.signers {
            let attributes = match &options.attributes {
                None if content.looks_like_attributes() => {
                    return Err(SignError::ContentLooksLikeAttributes);
                }
                None => None,
                Some(wanted) => {
                    let digest = content.digest(options.digest()).unwrap_or_default();
                    Some(attributes(
                        &options,
                        wanted,
                        &self.options,
                        digest,
                        self.crypto,
                    )?)
                }
            };
            pending.push(Pending {
                options,
                attributes,
                signature: None,
                token: None,
            });
        }
        let mut signing = Signing {
            crypto: self.crypto,
            options: self.options,
            pending,
            content,
            held: self.held,
            writer: self.writer,
        };
        let step = signing.step()?;
        Ok((signing, step))
    }

    /// Octets behind the content, if they can be told before anything is signed.
    fn suffix_len(&self) -> Result<Option<u64>, SignError> {
        if self.options.time_stamps {
            return Ok(None);
        }
        let mut pending = Vec::new();
        for options in &self.signers {
            let Some(length) = options.signature_len() else {
                return Ok(None);
            };
            let blank = vec![0; options.digest().output_len()];
            let attributes = match &options.attributes {
                None => None,
                Some(wanted) => Some(attributes(
                    options,
                    wanted,
                    &self.options,
                    &blank,
                    self.crypto,
                )?),
            };
            pending.push(Pending {
                options: options.clone(),
                attributes,
                signature: Some(vec![0; length]),
                token: None,
            });
        }
        Ok(Some(suffix(&self.options, &pending)?.len() as u64))
    }
}

impl Signing<'_> {
    /// Takes the answer to the last step.
    pub fn resume(&mut self, answer: &[u8]) -> Result<SignStep, SignError> {
        let time_stamps = self.options.time_stamps;
        let crypto = self.crypto;
        let message = self.open().map(|at| self.message(at)).transpose()?;
        let one = self.pending.iter_mut().find(|one| one.is_open(time_stamps));
        let (Some(one), Some(message)) = (one, message) else {
            return Err(SignError::NotAsked);
        };
        if let Some(signature) = &one.signature {
            check_token(answer, signature, &self.options.certificates, crypto)?;
            one.token = Some(answer.to_vec());
        } else {
            // A signature by another key, or by a faulty device, must not leave.
            let key = one.options.certificate.public_key().as_der();
            crypto
                .verify(one.options.algorithm, key, &message, answer)
                .map_err(SignError::WrongSignature)?;
            one.signature = Some(answer.to_vec());
        }
        self.step()
    }

    /// The signer who still has to sign or be stamped.
    fn open(&self) -> Option<usize> {
        self.pending
            .iter()
            .position(|one| one.is_open(self.options.time_stamps))
    }

    fn step(&mut self) -> Result<SignStep, SignError> {
        let Some(signer) = self.open() else {
            return self.write().map(SignStep::Done);
        };
        let Some(one) = self.pending.get(signer) else {
            return Err(SignError::NotAsked);
        };
        Ok(match &one.signature {
            None => SignStep::Need {
                signer,
                need: KeyNeed::Sign {
                    algorithm: one.options.algorithm,
                    message: self.message(signer)?,
                },
            },
            Some(signature) => {
                let digest = one.options.digest();
                SignStep::Stamp {
                    signer,
                    digest,
                    imprint: self.crypto.digest(digest, signature),
                }
            }
        })
    }

    fn message(&self, signer: usize) -> Result<Vec<u8>, SignError> {
        match self
            .pending
            .get(signer)
            .and_then(|one| one.attributes.as_ref())
        {
            Some(attributes) => Ok(attributes.clone()),
            None => self
                .content
                .whole()
                .map(<[u8]>::to_vec)
                .ok_or(SignError::TooLargeWithoutAttributes { limit: MAX_KEPT }),
        }
    }

    fn write(&mut self) -> Result<Vec<u8>, SignError> {
        let suffix = suffix(&self.options, &self.pending)?;
        let mut out = Vec::new();
        let writer = if let Some(writer) = self.writer.take() {
            writer
        } else {
            let size = if self.options.detached {
                Size::Detached
            } else {
                Size::Known {
                    content: self.held.len() as u64,
                    suffix: suffix.len() as u64,
                }
            };
            let signers = self.pending.iter().map(|one| &one.options);
            let mut writer = begin(&self.options, signers, size, &mut out)?;
            if !self.options.detached {
                writer.content(&std::mem::take(&mut self.held), &mut out)?;
            }
            writer
        };
        writer.finish(&suffix, &mut out)?;
        Ok(out)
    }
}

/// A token that readers would refuse must not leave. Its authority's certificate may be left out of it (RFC 3161 section 2.4.1): then
/// readers have to have it, and nothing more can be said here.
fn check_token(
    token: &[u8],
    signature: &[u8],
    certificates: &[Certificate],
    crypto: &dyn Crypto,
) -> Result<(), SignError> {
    let budget = Budget::new();
    let verifier = Verifier::new(certificates, VerifyPolicy::default(), crypto, &budget);
    let stamp = verify_time_stamp(token, signature, &verifier, 1)?;
    let mut faults = stamp.authority.faults.into_iter();
    match faults.find(|fault| *fault != SignatureFault::NoCertificate) {
        Some(fault) => Err(SignError::TimeStampSignature(fault)),
        None => Ok(()),
    }
}

impl Pending {
    const fn is_open(&self, time_stamps: bool) -> bool {
        self.signature.is_none() || (time_stamps && self.token.is_none())
    }

    fn to_der(&self) -> Result<Vec<u8>, SignError> {
        let identifier = self.options.identifier()?;
        let signed = self.attributes.as_deref().map_or_else(Vec::new, |set| {
            asn1::tlv(
                tag::context_constructed(0),
                asn1::element(set, tag::SET, "signed attributes").unwrap_or_default(),
            )
        });
        let unsigned = self.token.as_ref().map_or_else(Vec::new, |token| {
            let stamp = Attribute::new(oid::SIGNATURE_TIME_STAMP, token.clone());
            asn1::explicit(1, &stamp.to_der())
        });
        Ok(asn1::sequence(&[
            &asn1::integer_u64(identifier.version()),
            &identifier.to_der(),
            &self.options.digest().to_der(),
            &signed,
            &self.options.algorithm_der(),
            &asn1::octet_string(self.signature.as_deref().unwrap_or_default()),
            &unsigned,
        ]))
    }
}

/// The fields before the content.
fn begin<'a>(
    options: &SignedDataOptions,
    signers: impl Iterator<Item = &'a SignerOptions>,
    size: Size,
    out: &mut Vec<u8>,
) -> Result<Writer, SignError> {
    let mut digests: Vec<DigestAlgorithm> = Vec::new();
    let mut by_key_identifier = false;
    for signer in signers {
        by_key_identifier |= signer.by_key_identifier;
        if !digests.contains(&signer.digest()) {
            digests.push(signer.digest());
        }
    }
    // RFC 5652 section 5.1, without attribute certificates and other forms.
    let version = if by_key_identifier || options.content_type != oid::DATA {
        3
    } else {
        1
    };
    let fields = [
        asn1::integer_u64(version),
        asn1::set_of(digests.into_iter().map(DigestAlgorithm::to_der).collect()),
    ]
    .concat();
    let carrier = asn1::oid(&options.content_type);
    Ok(Writer::begin(
        ContentKind::SignedData,
        &fields,
        &carrier,
        size,
        out,
    )?)
}

/// The fields behind the content.
fn suffix(options: &SignedDataOptions, pending: &[Pending]) -> Result<Vec<u8>, SignError> {
    let set = |number, mut elements: Vec<Vec<u8>>| {
        elements.sort_unstable();
        elements.dedup();
        if elements.is_empty() {
            Vec::new()
        } else {
            asn1::tlv(tag::context_constructed(number), &elements.concat())
        }
    };
    let certificates = options.certificates.iter().map(|one| one.as_der().to_vec());
    let signers = pending
        .iter()
        .map(Pending::to_der)
        .collect::<Result<_, _>>()?;
    Ok([
        set(0, certificates.collect()),
        set(1, options.revocation_lists.clone()),
        asn1::set_of(signers),
    ]
    .concat())
}

/// DER of the SET OF signed attributes.
fn attributes(
    signer: &SignerOptions,
    wanted: &AttributeOptions,
    options: &SignedDataOptions,
    digest: &[u8],
    crypto: &dyn Crypto,
) -> Result<Vec<u8>, SignError> {
    let mut list = vec![
        Attribute::new(oid::CONTENT_TYPE, asn1::oid(&options.content_type)),
        Attribute::new(oid::MESSAGE_DIGEST, asn1::octet_string(digest)),
    ];
    if let Some(at) = wanted.signing_time {
        list.push(Attribute::new(oid::SIGNING_TIME, time::encode(at)?));
    }
    if wanted.signing_certificate {
        list.push(binding::signing_certificate(
            &signer.certificate,
            signer.digest(),
            crypto,
        ));
    }
    if wanted.algorithm_protection {
        list.push(binding::algorithm_protection(
            &signer.digest().to_der(),
            &signer.algorithm_der(),
        ));
    }
    if wanted.smime_capabilities {
        list.push(smime_capabilities());
    }
    list.extend(wanted.commitments.iter().map(binding::commitment));
    list.extend(wanted.more.iter().cloned());
    Ok(Attribute::set_to_der(&list))
}

/// How the key of a certificate signs unless told otherwise: RSASSA-PKCS1-v1_5 with SHA-256, ECDSA with the digest of its
/// curve's strength, Ed25519. None for a key that signs in no way known here.
#[must_use]
pub fn default_algorithm(certificate: &Certificate) -> Option<SignatureAlgorithm> {
    use chancery_x509::{EcCurve, PssParameters, PublicKeyKind};
    match certificate.public_key().kind() {
        PublicKeyKind::Rsa { .. } => Some(SignatureAlgorithm::RsaPkcs1Sha256),
        PublicKeyKind::Ec { curve } => match curve {
            EcCurve::P256 => Some(SignatureAlgorithm::EcdsaSha256),
            EcCurve::P384 => Some(SignatureAlgorithm::EcdsaSha384),
            EcCurve::P521 => Some(SignatureAlgorithm::EcdsaSha512),
            _ => None,
        },
        PublicKeyKind::RsaPss { parameters, .. } => Some(SignatureAlgorithm::RsaPss(
            parameters.unwrap_or(PssParameters::with(DigestAlgorithm::Sha256)),
        )),
        PublicKeyKind::Ed25519 => Some(SignatureAlgorithm::Ed25519),
        _ => None,
    }
}
