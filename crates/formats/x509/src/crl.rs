//! Certificate revocation lists, version 2 (RFC 5280 section 5).

mod entry;
mod number;

use std::ops::Range;

use crate::algorithm::SignatureAlgorithm;
use crate::asn1::{self, Reader, tag, tlv};
use crate::crypto::{Crypto, VerifyError};
use crate::error::{EncodeError, ParseError};
use crate::extension::{
    self, AuthorityKeyIdentifier, Extension, ExtensionValue, IssuingDistributionPoint,
};
use crate::name::Name;
use crate::oid;
use crate::pem::{self, Label, PemError};
use crate::public_key::PublicKeyInfo;
use crate::revocation::RevocationReason;
use crate::serial::SerialNumber;
use crate::time;

pub use entry::RawEntry;
use entry::read_reason;
pub use number::{CrlNumber, DeltaCrlIndicator, number_octets};

/// What is signed in a list, its entries apart: those come as an iterator when it is written.
///
/// ```asn1
/// TBSCertList ::= SEQUENCE {
///     version Version, signature AlgorithmIdentifier, issuer Name, thisUpdate Time, nextUpdate Time,
///     revokedCertificates SEQUENCE OF SEQUENCE {
///         userCertificate CertificateSerialNumber, revocationDate Time, crlEntryExtensions Extensions OPTIONAL } OPTIONAL,
///     crlExtensions [0] EXPLICIT Extensions }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TbsCertList {
    /// The algorithm that the issuer signs with.
    pub signature: SignatureAlgorithm,
    /// The issuer's name, byte for byte its certificate's subject.
    pub issuer: Name,
    /// When the list was made.
    pub this_update: i64,
    /// When the next one comes at the latest.
    pub next_update: i64,
    /// cRLNumber, growing with each list of an issuer and scope (section 5.2.3).
    pub number: u64,
    /// The issuer's key identifier (section 5.2.1).
    pub authority_key_identifier: Vec<u8>,
    /// What the list covers and where it is found, where that is not everything of the issuer (section 5.2.5); critical.
    pub issuing_distribution_point: Option<IssuingDistributionPoint>,
}

/// One entry of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RevokedCertificate {
    /// Whose.
    pub serial: SerialNumber,
    /// When the authority revoked it.
    pub revoked_at: i64,
    /// Why; `Unspecified` is left out of the encoding (section 5.3.1).
    pub reason: RevocationReason,
    /// Since when the key is known or thought to be compromised (section 5.3.2).
    pub invalid_since: Option<i64>,
}

impl TbsCertList {
    /// The octets to sign. Entries are written as they come; without any the field is absent (section 5.1.2.6).
    pub fn to_der(
        &self,
        entries: impl IntoIterator<Item = RevokedCertificate>,
    ) -> Result<Vec<u8>, EncodeError> {
        if self.issuer.is_empty() {
            return Err(EncodeError::EmptyIssuer);
        }
        if self.next_update < self.this_update {
            return Err(EncodeError::InvertedValidity);
        }
        let mut revoked = Vec::new();
        for entry in entries {
            revoked.extend(entry.to_der()?);
        }
        if !revoked.is_empty() {
            revoked = tlv(tag::SEQUENCE, &revoked);
        }
        let mut extensions = vec![
            extension::authority_key_identifier(&self.authority_key_identifier),
            CrlNumber(self.number).to_extension(false),
        ];
        if let Some(point) = &self.issuing_distribution_point {
            extensions.push(point.to_extension(true));
        }
        Ok(asn1::sequence(&[
            &asn1::integer_u64(1),
            &self.signature.to_der(),
            self.issuer.as_der(),
            &time::encode(self.this_update)?,
            &time::encode(self.next_update)?,
            &revoked,
            &asn1::explicit(0, &extension::encode_all(&extensions)),
        ]))
    }
}

impl RevokedCertificate {
    fn to_der(self) -> Result<Vec<u8>, EncodeError> {
        let mut extensions = Vec::new();
        match self.reason {
            RevocationReason::Unspecified => {}
            RevocationReason::RemoveFromCrl => return Err(EncodeError::ReasonNotAllowed),
            reason => extensions.push(Extension {
                oid: oid::CRL_REASON,
                critical: false,
                value: tlv(tag::ENUMERATED, &[reason.code()]),
            }),
        }
        if let Some(since) = self.invalid_since {
            extensions.push(Extension {
                oid: oid::INVALIDITY_DATE,
                critical: false,
                value: time::encode_generalized(since)?,
            });
        }
        Ok(asn1::sequence(&[
            &self.serial.to_der(),
            &time::encode(self.revoked_at)?,
            &extension::encode_all(&extensions),
        ]))
    }

    /// None for a serial number that no certificate can have.
    fn read(mut reader: Reader<'_>) -> Result<Option<Self>, ParseError> {
        const WHAT: &str = "revoked certificate";
        let Ok(serial) = SerialNumber::from_integer(reader.integer(WHAT)?) else {
            return Ok(None);
        };
        let revoked_at = time::read(&mut reader, WHAT)?;
        let mut entry = Self {
            serial,
            revoked_at,
            reason: RevocationReason::Unspecified,
            invalid_since: None,
        };
        if !reader.is_empty() {
            let extensions = extension::decode_all(reader.raw(tag::SEQUENCE, WHAT)?)?;
            for extension in extensions {
                entry.read_extension(&extension)?;
            }
        }
        reader.finish()?;
        Ok(Some(entry))
    }

    fn read_extension(&mut self, extension: &Extension) -> Result<(), ParseError> {
        match extension.oid {
            oid::CRL_REASON => {
                self.reason = read_reason(&extension.value)?;
            }
            oid::INVALIDITY_DATE => {
                let mut value = Reader::new(&extension.value, "invalidityDate");
                self.invalid_since = Some(time::read_generalized(&mut value, "invalidityDate")?);
                value.finish()?;
            }
            // An entry that is not understood must not be taken for another (section 5.3).
            _ if extension.critical => {
                return Err(ParseError::Invalid {
                    what: "critical extension of an entry",
                    clause: "RFC 5280 section 5.3",
                });
            }
            _ => {}
        }
        Ok(())
    }
}

/// A revocation list: its DER as it came, and what its head says. Entries are read as they are asked for.
#[derive(Clone)]
pub struct CertificateList {
    der: Vec<u8>,
    tbs: Range<usize>,
    entries: Range<usize>,
    version: u8,
    algorithm: Vec<u8>,
    issuer: Name,
    this_update: i64,
    next_update: Option<i64>,
    extensions: Vec<Extension>,
    // None where the signature is not whole octets: no key verifies it.
    signature: Option<Vec<u8>>,
}

impl CertificateList {
    /// Reads a DER list. Its entries are not looked at yet.
    pub fn from_der(der: &[u8]) -> Result<Self, ParseError> {
        const WHAT: &str = "revocation list";
        let mut outer = Reader::sequence(der, WHAT)?;
        let tbs_start = der.len().saturating_sub(outer.rest().len());
        let tbs_der = outer.raw(tag::SEQUENCE, "signed part")?;
        let tbs_end = tbs_start.saturating_add(tbs_der.len());
        let outer_algorithm = outer.raw(tag::SEQUENCE, "signature algorithm")?;
        let signature = outer.signature("signature")?;
        outer.finish()?;

        let mut tbs = Reader::sequence(tbs_der, WHAT)?;
        let version = match tbs.optional(tag::INTEGER, "version")? {
            None => 1,
            Some([1]) => 2,
            Some(_) => {
                return Err(ParseError::Invalid {
                    what: "version",
                    clause: "RFC 5280 section 5.1.2.1",
                });
            }
        };
        let algorithm = tbs.raw(tag::SEQUENCE, "signature algorithm")?;
        if algorithm != outer_algorithm {
            return Err(ParseError::Invalid {
                what: "signature algorithm",
                clause: "RFC 5280 section 5.1.1.2",
            });
        }
        let issuer = Name::from_der(tbs.raw(tag::SEQUENCE, "issuer")?)?;
        let this_update = time::read(&mut tbs, "thisUpdate")?;
        let next_update = match tbs.peek() {
            Some(tag::UTC_TIME | tag::GENERALIZED_TIME) => {
                Some(time::read(&mut tbs, "nextUpdate")?)
            }
            _ => None,
        };
        let revoked = tbs.optional(tag::SEQUENCE, "revoked certificates")?;
        let entries_end = tbs_end.saturating_sub(tbs.rest().len());
        let entries = entries_end.saturating_sub(revoked.map_or(0, <[u8]>::len))..entries_end;
        let extensions = match tbs.optional(tag::context_constructed(0), "extensions")? {
            Some(list) if version == 2 => extension::decode_all(list)?,
            Some(_) => {
                return Err(ParseError::Invalid {
                    what: "version",
                    clause: "RFC 5280 section 5.1.2.1",
                });
            }
            None => Vec::new(),
        };
        tbs.finish()?;
        Ok(Self {
            tbs: tbs_start..tbs_end,
            entries,
            version,
            algorithm: algorithm.to_vec(),
            issuer,
            this_update,
            next_update,
            extensions,
            signature: signature.map(<[u8]>::to_vec),
            der: der.to_vec(),
        })
    }

    /// Reads the one list of a PEM text.
    pub fn from_pem(text: &str) -> Result<Self, PemError> {
        let der = pem::decode(text, Label::X509Crl)?;
        Self::from_der(&der).map_err(PemError::Content)
    }

    /// Puts a list together from its signed part and signature: the octets to publish.
    #[must_use]
    pub fn assemble(tbs_der: &[u8], algorithm: SignatureAlgorithm, signature: &[u8]) -> Vec<u8> {
        asn1::sequence(&[tbs_der, &algorithm.to_der(), &asn1::bit_string(signature)])
    }

    /// The list.
    #[must_use]
    pub fn as_der(&self) -> &[u8] {
        &self.der
    }

    /// The list as PEM.
    #[must_use]
    pub fn to_pem(&self) -> String {
        pem::encode(Label::X509Crl, &self.der)
    }

    /// 1 or 2.
    #[must_use]
    pub fn version(&self) -> u8 {
        self.version
    }

    /// The issuer's name.
    #[must_use]
    pub fn issuer(&self) -> &Name {
        &self.issuer
    }

    /// When the list was made.
    #[must_use]
    pub fn this_update(&self) -> i64 {
        self.this_update
    }

    /// When the next one comes at the latest; lists of the profile always say so (section 5.1.2.5).
    #[must_use]
    pub fn next_update(&self) -> Option<i64> {
        self.next_update
    }

    /// The list's extensions.
    #[must_use]
    pub fn extensions(&self) -> &[Extension] {
        &self.extensions
    }

    /// One extension's value, if the list has it.
    pub fn extension<T: ExtensionValue>(&self) -> Result<Option<T>, ParseError> {
        T::find(&self.extensions)
    }

    /// cRLNumber, where it is given and fits 64 bits.
    #[must_use]
    pub fn number(&self) -> Option<u64> {
        let number = self.extension::<CrlNumber>().ok().flatten();
        number.map(|number| number.0)
    }

    /// The issuer's key identifier, where a readable extension gives one.
    #[must_use]
    pub fn authority_key_identifier(&self) -> Option<Vec<u8>> {
        self.extension::<AuthorityKeyIdentifier>()
            .ok()
            .flatten()
            .and_then(|id| id.key_identifier)
    }

    /// The signature algorithm, where it is a known one.
    pub fn signature_algorithm(&self) -> Result<SignatureAlgorithm, ParseError> {
        SignatureAlgorithm::from_der(&self.algorithm)
    }

    /// The entries, read one after the other. After an error nothing more comes.
    #[must_use]
    pub fn entries(&self) -> Entries<'_> {
        Entries {
            reader: Reader::new(
                self.der.get(self.entries.clone()).unwrap_or_default(),
                "revoked certificates",
            ),
            failed: false,
        }
    }

    /// The entries with all their extensions, read one after the other. Ends with the first that cannot be read.
    pub fn raw_entries(&self) -> impl Iterator<Item = Result<RawEntry, ParseError>> {
        let mut reader = self.entries().reader;
        std::iter::from_fn(move || {
            (!reader.is_empty()).then(|| {
                let entry = reader
                    .nested("revoked certificate")
                    .and_then(RawEntry::read);
                if entry.is_err() {
                    reader = Reader::new(&[], "revoked certificates");
                }
                entry
            })
        })
    }

    /// The entry for a serial number. Looks at every entry before it.
    pub fn find(&self, serial: SerialNumber) -> Result<Option<RevokedCertificate>, ParseError> {
        self.entries()
            .find(|entry| entry.as_ref().map_or(true, |entry| entry.serial == serial))
            .transpose()
    }

    /// Verifies the signature with the issuer's key. An algorithm that is not known here counts as an unusable key.
    pub fn verify_signature(
        &self,
        issuer_key: &PublicKeyInfo,
        crypto: &dyn Crypto,
    ) -> Result<(), VerifyError> {
        let algorithm = self
            .signature_algorithm()
            .map_err(|_| VerifyError::UnusableKey)?;
        let tbs_der = self.der.get(self.tbs.clone()).unwrap_or_default();
        let signature = self.signature.as_deref().ok_or(VerifyError::Mismatch)?;
        crypto.verify(algorithm, issuer_key.as_der(), tbs_der, signature)
    }
}

impl std::fmt::Debug for CertificateList {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CertificateList")
            .field("issuer", &self.issuer)
            .field("number", &self.number())
            .finish_non_exhaustive()
    }
}

/// The entries of a list, in its order. Those for numbers that no certificate can have (zero, negative, over 20 octets) are passed over:
/// authorities of old wrote such.
#[derive(Clone, Debug)]
pub struct Entries<'a> {
    reader: Reader<'a>,
    failed: bool,
}

impl Iterator for Entries<'_> {
    type Item = Result<RevokedCertificate, ParseError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.failed && !self.reader.is_empty() {
            let entry = self
                .reader
                .nested("revoked certificate")
                .and_then(RevokedCertificate::read);
            self.failed = entry.is_err();
            if let Some(entry) = entry.transpose() {
                return Some(entry);
            }
        }
        None
    }
}
