//! Revocation lists ready for validation.

use std::collections::{HashMap, HashSet};
use std::sync::Mutex;

use chancery_x509::crl::{CrlNumber, DeltaCrlIndicator, RawEntry, number_octets};
use chancery_x509::extension::{
    AuthorityKeyIdentifier, ExtensionValue, GeneralName, IssuingDistributionPoint,
};
use chancery_x509::{
    CertificateList, Extension, ObjectIdentifier, ParseError, RevocationReason, SerialNumber, oid,
};
use thiserror::Error;

use super::point::PointName;
use crate::name::NameKey;

/// Most keys for which it is remembered whether they verify a list.
const MAX_VERDICTS: usize = 64;

/// Largest value of an extension that is read, octets: each name in it takes many times its own size. Certificates are no larger.
const MAX_EXTENSION: usize = 64 * 1024;

/// A list whose entries were read once and are found by serial number; its signature is verified once for each key.
#[derive(Debug)]
pub struct RevocationList {
    list: CertificateList,
    issuer: NameKey,
    head: Result<Head, UnusableList>,
    // Whether the signature is right, by encoded key.
    verdicts: Mutex<HashMap<Vec<u8>, bool>>,
}

/// thisUpdate, then cRLNumber as its length and octets; the greater is the newer.
pub(crate) type Recency = (i64, usize, Vec<u8>);

/// What a usable list says.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) point: Option<IssuingDistributionPoint>,
    /// The names of `point`, to compare.
    pub(super) point_names: HashSet<PointName>,
    /// The number, big-endian without leading zeros.
    pub(super) number: Option<Vec<u8>>,
    /// `BaseCRLNumber` of a delta list.
    pub(super) base: Option<Vec<u8>>,
    pub(super) authority_key: Option<Vec<u8>>,
    // Issuers of entries; the first is the list's own.
    issuers: Vec<Vec<NameKey>>,
    // In ascending order.
    entries: Vec<Entry>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    serial: SerialNumber,
    issuer: usize,
    revoked_at: i64,
    reason: u8,
}

/// Why a list must not be used to tell whether anything is revoked.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum UnusableList {
    /// A critical extension that is not processed.
    #[error("its critical extension {oid} is not known here")]
    UnknownCriticalExtension {
        /// Which.
        oid: ObjectIdentifier,
    },
    /// An entry with a critical extension that is not processed.
    #[error("the critical extension {oid} of an entry is not known here")]
    UnknownCriticalEntryExtension {
        /// Which.
        oid: ObjectIdentifier,
    },
    /// A part that cannot be read.
    #[error("{0}")]
    Unreadable(ParseError),
    /// certificateIssuer in a list that is not an indirect one, or without a directory name.
    #[error("an entry names another issuer, which this list may not have")]
    EntryIssuer,
    /// removeFromCRL outside a delta list.
    #[error("an entry removes a certificate from a list that is not a delta list")]
    RemovedFromComplete,
    /// deltaCRLIndicator that is not critical.
    #[error("its deltaCRLIndicator is not critical")]
    DeltaNotCritical,
}

impl UnusableList {
    /// The standard and clause.
    #[must_use]
    pub const fn clause(&self) -> &'static str {
        match self {
            Self::UnknownCriticalExtension { .. } => "RFC 5280 section 5.2",
            Self::UnknownCriticalEntryExtension { .. } => "RFC 5280 section 5.3",
            Self::Unreadable(ParseError::Invalid { clause, .. }) => clause,
            Self::Unreadable(_) => "RFC 5280 section 5.1",
            Self::EntryIssuer => "RFC 5280 section 5.3.3",
            Self::RemovedFromComplete => "RFC 5280 section 5.3.1",
            Self::DeltaNotCritical => "RFC 5280 section 5.2.4",
        }
    }
}

impl From<ParseError> for UnusableList {
    fn from(problem: ParseError) -> Self {
        Self::Unreadable(problem)
    }
}

impl RevocationList {
    /// Makes a list ready. Looks at every entry; what is wrong is told when the list is needed.
    #[must_use]
    pub fn new(list: CertificateList) -> Self {
        let issuer = NameKey::new(list.issuer());
        let head = Head::read(&list, &issuer);
        Self {
            list,
            issuer,
            head,
            verdicts: Mutex::default(),
        }
    }

    /// The list.
    #[must_use]
    pub fn list(&self) -> &CertificateList {
        &self.list
    }

    pub(crate) fn issuer(&self) -> &NameKey {
        &self.issuer
    }

    pub(super) fn head(&self) -> Result<&Head, UnusableList> {
        self.head.as_ref().map_err(Clone::clone)
    }

    /// Whether this is a delta list, or claims to be one.
    pub(super) fn is_delta(&self) -> bool {
        let mut extensions = self.list.extensions().iter();
        extensions.any(|extension| extension.oid == oid::DELTA_CRL_INDICATOR)
    }

    /// What was found before about the signature under this key.
    pub(super) fn verdict(&self, key: &[u8]) -> Option<bool> {
        let verdicts = self.verdicts.lock().ok()?;
        verdicts.get(key).copied()
    }

    pub(super) fn remember(&self, key: &[u8], right: bool) {
        if let Ok(mut verdicts) = self.verdicts.lock()
            // Room for the right key is left however many wrong ones are tried.
            && (right || verdicts.len() < MAX_VERDICTS)
        {
            verdicts.insert(key.to_vec(), right);
        }
    }

    /// What orders the lists of an issuer: thisUpdate, and of equals cRLNumber, which grows with each list (section 5.2.3).
    pub(crate) fn recency(&self) -> Recency {
        let number = self.head.as_ref().ok();
        let number = number.and_then(|head| head.number.clone());
        let number = number.unwrap_or_default();
        (self.list.this_update(), number.len(), number)
    }

    pub(super) fn shown(&self) -> String {
        self.list.issuer().one_line()
    }
}

impl Head {
    fn read(list: &CertificateList, issuer: &NameKey) -> Result<Self, UnusableList> {
        let mut head = Self {
            issuers: vec![vec![issuer.clone()]],
            ..Self::default()
        };
        for extension in list.extensions() {
            check_size(extension)?;
            let value = extension.value.as_slice();
            match extension.oid {
                CrlNumber::OID => head.number = Some(number_octets(value, "cRLNumber")?),
                oid::DELTA_CRL_INDICATOR if !extension.critical => {
                    return Err(UnusableList::DeltaNotCritical);
                }
                oid::DELTA_CRL_INDICATOR => head.base = Some(DeltaCrlIndicator::decode(value)?.0),
                oid::ISSUING_DISTRIBUTION_POINT => {
                    let point = IssuingDistributionPoint::decode(value)?;
                    head.point_names = PointName::of_list(&point, issuer);
                    head.point = Some(point);
                }
                oid::AUTHORITY_KEY_IDENTIFIER => {
                    head.authority_key = AuthorityKeyIdentifier::decode(value)?.key_identifier;
                }
                unknown if extension.critical => {
                    return Err(UnusableList::UnknownCriticalExtension { oid: unknown });
                }
                _ => {}
            }
        }
        let indirect = head.point.as_ref().is_some_and(|point| point.indirect);
        let delta = head.base.is_some();
        let mut current = 0;
        for entry in list.raw_entries() {
            let entry = entry?;
            check_entry(&entry)?;
            // The issuer of an entry without certificateIssuer is that of the entry before it (section 5.3.3).
            if let Some(names) = entry.certificate_issuer()? {
                let names: Vec<_> = names.0.iter().filter_map(directory).collect();
                if names.is_empty() || !indirect {
                    return Err(UnusableList::EntryIssuer);
                }
                current = head.issuers.len();
                head.issuers.push(names);
            }
            let reason = entry.reason()?;
            if reason == RevocationReason::RemoveFromCrl && !delta {
                return Err(UnusableList::RemovedFromComplete);
            }
            if let Some(serial) = entry.serial {
                head.entries.push(Entry {
                    serial,
                    issuer: current,
                    revoked_at: entry.revoked_at,
                    reason: reason.code(),
                });
            }
        }
        head.entries.sort_unstable();
        Ok(head)
    }

    /// When and why a certificate of this issuer and number was revoked.
    pub(super) fn find(
        &self,
        issuer: &NameKey,
        serial: SerialNumber,
    ) -> Option<(i64, RevocationReason)> {
        let start = self.entries.partition_point(|entry| entry.serial < serial);
        let mut same = self.entries.iter().skip(start);
        let entry = same
            .by_ref()
            .take_while(|entry| entry.serial == serial)
            .find(|entry| {
                let names = self.issuers.get(entry.issuer);
                names.is_some_and(|names| names.contains(issuer))
            })?;
        let reason = RevocationReason::from_code(entry.reason).unwrap_or_default();
        Some((entry.revoked_at, reason))
    }
}

fn check_size(extension: &Extension) -> Result<(), ParseError> {
    let octets = extension.value.len();
    if octets > MAX_EXTENSION {
        return Err(ParseError::TooLarge {
            what: "extension of a revocation list",
            octets,
            limit: MAX_EXTENSION,
        });
    }
    Ok(())
}

fn check_entry(entry: &RawEntry) -> Result<(), UnusableList> {
    entry.extensions.iter().try_for_each(check_size)?;
    let known = [
        oid::CRL_REASON,
        oid::INVALIDITY_DATE,
        oid::CERTIFICATE_ISSUER,
    ];
    let unknown = entry
        .extensions
        .iter()
        .find(|extension| extension.critical && !known.contains(&extension.oid));
    match unknown {
        Some(extension) => Err(UnusableList::UnknownCriticalEntryExtension { oid: extension.oid }),
        None => Ok(()),
    }
}

pub(super) fn directory(name: &GeneralName) -> Option<NameKey> {
    match name {
        GeneralName::Directory(name) => Some(NameKey::new(name)),
        _ => None,
    }
}
