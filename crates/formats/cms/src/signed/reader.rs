//! Reading `SignedData`.

use chancery_x509::asn1::{Reader, tag};
use chancery_x509::{Certificate, Crypto, DigestAlgorithm, ObjectIdentifier};

use super::SignedDataError;
use super::digest::{ContentDigester, ContentDigests};
use super::signer_info::{SignerInfo, read_digest};
use crate::oid;
use crate::stream::{ContentKind, Event, Limits, Parser, Prefix, Suffix};

/// Most signers that are read: each may cost several verifications.
const MAX_SIGNERS: usize = 64;
/// Most certificates that are read.
const MAX_CERTIFICATES: usize = 1_000;
/// Most revocation lists and OCSP responses that are read.
const MAX_REVOCATION: usize = 1_000;
/// Most digest algorithms that are announced.
const MAX_DIGESTS: usize = 16;

/// Signed data as read; nothing of it is verified yet.
///
/// ```asn1
/// SignedData ::= SEQUENCE {
///     version CMSVersion,
///     digestAlgorithms SET OF DigestAlgorithmIdentifier,
///     encapContentInfo SEQUENCE { eContentType, eContent [0] EXPLICIT OCTET STRING OPTIONAL },
///     certificates [0] IMPLICIT CertificateSet OPTIONAL,
///     crls [1] IMPLICIT RevocationInfoChoices OPTIONAL,
///     signerInfos SET OF SignerInfo }
/// ```
#[derive(Clone, Debug)]
pub struct SignedData {
    pub(super) version: u64,
    pub(super) content_type: ObjectIdentifier,
    pub(super) content: Option<ContentDigests>,
    pub(super) certificates: Vec<Certificate>,
    pub(super) other_certificates: usize,
    pub(super) revocation_lists: Vec<Vec<u8>>,
    pub(super) ocsp_responses: Vec<Vec<u8>>,
    pub(super) signers: Vec<SignerInfo>,
}

impl SignedData {
    /// The structure's version (RFC 5652 section 5.1).
    #[must_use]
    pub const fn version(&self) -> u64 {
        self.version
    }

    /// The type of the content as the structure states it.
    #[must_use]
    pub const fn content_type(&self) -> ObjectIdentifier {
        self.content_type
    }

    /// What is known of the content inside; none if it is detached.
    #[must_use]
    pub const fn content(&self) -> Option<&ContentDigests> {
        self.content.as_ref()
    }

    /// The certificates inside that can be read, in the order met.
    #[must_use]
    pub fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    /// How many certificates are inside that cannot be read: damaged ones, attribute certificates and other forms.
    #[must_use]
    pub const fn other_certificates(&self) -> usize {
        self.other_certificates
    }

    /// The revocation lists inside, DER.
    #[must_use]
    pub fn revocation_lists(&self) -> &[Vec<u8>] {
        &self.revocation_lists
    }

    /// The OCSP responses inside, DER (RFC 5940).
    #[must_use]
    pub fn ocsp_responses(&self) -> &[Vec<u8>] {
        &self.ocsp_responses
    }

    /// The signers. Without any, nothing is signed.
    #[must_use]
    pub fn signers(&self) -> &[SignerInfo] {
        &self.signers
    }

    /// The digests that the signers took of the content: what a [`ContentDigester`] of detached content needs.
    pub fn digests(&self) -> impl Iterator<Item = DigestAlgorithm> {
        self.signers
            .iter()
            .filter_map(|signer| signer.digest().known())
    }
}

/// What [`SignedDataReader::next`] meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignedEvent<'a> {
    /// A piece of the content. Nothing says yet that it is genuine.
    Content(&'a [u8]),
    /// The structure is whole: call [`SignedDataReader::finish`].
    End,
}

/// Reads signed data that comes in pieces, BER or DER, content of any size.
pub struct SignedDataReader<'c> {
    crypto: &'c dyn Crypto,
    parser: Parser,
    prefix: Option<Prefix>,
    suffix: Option<Suffix>,
    digester: Option<ContentDigester>,
}

impl<'c> SignedDataReader<'c> {
    /// Before the first octet.
    #[must_use]
    pub fn new(limits: Limits, crypto: &'c dyn Crypto) -> Self {
        Self {
            crypto,
            parser: Parser::new(limits),
            prefix: None,
            suffix: None,
            digester: None,
        }
    }

    /// Takes octets off the front of `input` up to the next event; none when all are taken and more are needed.
    pub fn next<'a>(
        &mut self,
        input: &mut &'a [u8],
    ) -> Result<Option<SignedEvent<'a>>, SignedDataError> {
        loop {
            match self.parser.next(input)? {
                None => return Ok(None),
                Some(Event::Prefix(prefix)) => {
                    if prefix.kind != ContentKind::SignedData {
                        return Err(SignedDataError::NotSigned { kind: prefix.kind });
                    }
                    if prefix.has_content {
                        let (_, announced) = read_head(&prefix)?;
                        self.digester = Some(ContentDigester::new(announced, self.crypto));
                    }
                    self.prefix = Some(prefix);
                }
                Some(Event::Content(piece)) => {
                    if let Some(digester) = &mut self.digester {
                        digester.update(piece);
                    }
                    return Ok(Some(SignedEvent::Content(piece)));
                }
                Some(Event::Suffix(suffix)) => {
                    self.suffix = Some(suffix);
                    return Ok(Some(SignedEvent::End));
                }
            }
        }
    }

    /// No more octets come.
    pub fn finish(self) -> Result<SignedData, SignedDataError> {
        self.parser.finish()?;
        let prefix = self.prefix.unwrap_or_else(|| Prefix {
            kind: ContentKind::SignedData,
            fields: Vec::new(),
            carrier: Vec::new(),
            has_content: false,
        });
        let (version, _) = read_head(&prefix)?;
        let mut carrier = Reader::new(&prefix.carrier, "content type");
        let content_type = carrier.oid("content type")?;
        carrier.finish()?;
        let mut signed = SignedData {
            version,
            content_type,
            content: self.digester.map(ContentDigester::finish),
            certificates: Vec::new(),
            other_certificates: 0,
            revocation_lists: Vec::new(),
            ocsp_responses: Vec::new(),
            signers: Vec::new(),
        };
        signed.read_suffix(&self.suffix.unwrap_or(Suffix { fields: Vec::new() }).fields)?;
        Ok(signed)
    }
}

/// Reads a structure at hand; `content` receives what is inside.
pub fn read_signed_data(
    input: &[u8],
    content: &mut Vec<u8>,
    limits: Limits,
    crypto: &dyn Crypto,
) -> Result<SignedData, SignedDataError> {
    let mut reader = SignedDataReader::new(limits, crypto);
    let mut rest = input;
    while let Some(event) = reader.next(&mut rest)? {
        if let SignedEvent::Content(piece) = event {
            content.extend_from_slice(piece);
        }
    }
    reader.finish()
}

/// Version and announced digests, as far as they are known.
fn read_head(prefix: &Prefix) -> Result<(u64, Vec<DigestAlgorithm>), SignedDataError> {
    let mut fields = Reader::new(&prefix.fields, "signed data");
    let version = fields.integer_u64("version")?;
    let mut set = Reader::new(
        fields.read(tag::SET, "digest algorithms")?,
        "digest algorithms",
    );
    fields.finish()?;
    let mut announced = Vec::new();
    for met in 0_usize.. {
        if set.is_empty() {
            break;
        }
        if met >= MAX_DIGESTS {
            return Err(too_many("digest algorithms", MAX_DIGESTS));
        }
        let algorithm = read_digest(set.raw(tag::SEQUENCE, "digest algorithm")?)?;
        announced.extend(algorithm.known());
    }
    Ok((version, announced))
}

const fn too_many(what: &'static str, limit: usize) -> SignedDataError {
    SignedDataError::TooMany { what, limit }
}

impl SignedData {
    fn read_suffix(&mut self, fields: &[u8]) -> Result<(), SignedDataError> {
        let mut reader = Reader::new(fields, "signed data");
        let certificates = reader.optional(tag::context_constructed(0), "certificates")?;
        let revocation = reader.optional(tag::context_constructed(1), "revocation information")?;
        let signers = reader.read(tag::SET, "signers")?;
        reader.finish()?;
        self.read_certificates(certificates.unwrap_or_default())?;
        self.read_revocation(revocation.unwrap_or_default())?;
        let mut reader = Reader::new(signers, "signers");
        while !reader.is_empty() {
            if self.signers.len() >= MAX_SIGNERS {
                return Err(too_many("signers", MAX_SIGNERS));
            }
            self.signers
                .push(SignerInfo::from_der(reader.raw(tag::SEQUENCE, "signer")?)?);
        }
        Ok(())
    }

    /// A certificate that cannot be read must not keep others from being found.
    fn read_certificates(&mut self, set: &[u8]) -> Result<(), SignedDataError> {
        let mut reader = Reader::new(set, "certificates");
        while let Some(next) = reader.peek() {
            if self
                .certificates
                .len()
                .saturating_add(self.other_certificates)
                >= MAX_CERTIFICATES
            {
                return Err(too_many("certificates", MAX_CERTIFICATES));
            }
            let der = reader.raw(next, "certificate")?;
            match Certificate::from_der(der) {
                Ok(certificate) => self.certificates.push(certificate),
                Err(_) => self.other_certificates = self.other_certificates.saturating_add(1),
            }
        }
        Ok(())
    }

    fn read_revocation(&mut self, set: &[u8]) -> Result<(), SignedDataError> {
        let mut reader = Reader::new(set, "revocation information");
        let mut met = 0_usize;
        while let Some(next) = reader.peek() {
            met = met.saturating_add(1);
            if met > MAX_REVOCATION {
                return Err(too_many("revocation lists", MAX_REVOCATION));
            }
            let der = reader.raw(next, "revocation information")?;
            if next == tag::SEQUENCE {
                self.revocation_lists.push(der.to_vec());
            } else if next == tag::context_constructed(1) {
                let mut other = Reader::new(der, "revocation information");
                let content = other.read(next, "revocation information")?;
                let mut other = Reader::new(content, "revocation information");
                if other.oid("form of revocation information")? == oid::OCSP_RESPONSE {
                    self.ocsp_responses.push(other.rest().to_vec());
                }
            }
        }
        Ok(())
    }
}
