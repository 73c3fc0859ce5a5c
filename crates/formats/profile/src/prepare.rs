//! From verified data to the bytes that will be signed.

mod build;
mod names;
mod refusal;

use chancery_x509::{
    Certificate, Crypto, PublicKeyInfo, PublicKeyKind, SerialNumber, SignatureAlgorithm,
};

pub use refusal::PrepareError;

use crate::key::{check_strength, known_curve};
use crate::{Kind, Profile, SubjectData};

/// The authority that will sign.
#[derive(Clone, Copy, Debug)]
pub struct Issuer<'a> {
    /// Its own certificate; `None` where the certificate signs itself, which only a root does.
    pub certificate: Option<&'a Certificate>,
    /// The algorithm that its key signs with.
    pub signature: SignatureAlgorithm,
    /// Where OCSP, CRLs and issuer certificates are served, without a slash at the end: `http://pki.….com`.
    pub status_url: &'a str,
    /// The authority's name in those addresses.
    pub slug: &'a str,
    /// Which part of its CRL will tell of this certificate.
    pub shard: u32,
}

/// What is to be certified.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The verified data of the subject.
    pub subject: &'a SubjectData,
    /// The subject's key; that its holder has the private part was proved before.
    pub public_key: &'a PublicKeyInfo,
    /// The serial number, at least 64 bits of it random.
    pub serial: SerialNumber,
    /// First second of validity, seconds since 1970-01-01T00:00:00Z.
    pub not_before: i64,
    /// Last second of validity.
    pub not_after: i64,
}

/// A to-be-signed certificate that has not been linted yet.
#[derive(Clone, Debug)]
pub struct Prepared {
    pub(crate) tbs_der: Vec<u8>,
    pub(crate) signature: SignatureAlgorithm,
    pub(crate) context: Context,
}

/// What the lints know beside the bytes themselves.
#[derive(Clone, Debug)]
pub(crate) struct Context {
    pub profile: Profile,
    /// Name, key and key identifier of the issuer; of the certificate itself where it signs itself.
    pub issuer_name: Option<Vec<u8>>,
    pub issuer_key: PublicKeyInfo,
    pub issuer_key_identifier: Option<Vec<u8>>,
    /// The issuer's certificate; `None` where the certificate signs itself.
    pub issuer: Option<Certificate>,
}

impl Prepared {
    /// The bytes, DER of `TBSCertificate`.
    #[must_use]
    pub fn tbs_der(&self) -> &[u8] {
        &self.tbs_der
    }

    /// The same preparation with other bytes. The lints judge the bytes and nothing else, so this gives no way
    /// around them; it lets tests show each lint what it is there for.
    #[must_use]
    pub fn with_tbs_der(self, tbs_der: Vec<u8>) -> Self {
        Self { tbs_der, ..self }
    }
}

impl Profile {
    /// Builds the to-be-signed certificate, or says what stands against it.
    pub fn prepare(
        &self,
        issuer: &Issuer<'_>,
        wanted: &Wanted<'_>,
        crypto: &dyn Crypto,
    ) -> Result<Prepared, PrepareError> {
        self.check_issuer(issuer)?;
        self.check_validity(issuer, wanted)?;
        self.check_key(wanted.public_key)?;
        build::build(self, issuer, wanted, crypto)
    }

    /// Whether keys like this one are certified: what the live check of a request asks.
    pub fn check_key(&self, key: &PublicKeyInfo) -> Result<(), PrepareError> {
        match key.kind() {
            PublicKeyKind::Rsa { bits, .. } => {
                let Some((minimum, maximum)) = self.key.rsa_bits else {
                    return Err(PrepareError::KeyKind { found: key.kind() });
                };
                if !(minimum..=maximum).contains(&bits) {
                    return Err(PrepareError::KeySize {
                        bits,
                        minimum,
                        maximum,
                    });
                }
                if bits % 8 != 0 {
                    return Err(PrepareError::OddModulusSize { bits });
                }
            }
            PublicKeyKind::Ec { curve } => {
                let allowed =
                    known_curve(curve).is_some_and(|curve| self.key.curves.contains(&curve));
                if !allowed {
                    return Err(PrepareError::Curve { found: curve });
                }
            }
            PublicKeyKind::Ed25519 if self.key.ed25519 => {}
            found => return Err(PrepareError::KeyKind { found }),
        }
        check_strength(key).map_err(PrepareError::WeakKey)
    }

    fn check_issuer(&self, issuer: &Issuer<'_>) -> Result<(), PrepareError> {
        if issuer.certificate.is_none() != (self.kind == Kind::Root) {
            return Err(PrepareError::WrongIssuer {
                kind: self.kind.name(),
            });
        }
        let serves = crate::address::http_host(issuer.status_url).is_some()
            && !issuer.status_url.ends_with('/');
        if !serves && self.kind != Kind::Root {
            return Err(PrepareError::StatusUrl {
                found: issuer.status_url.to_owned(),
            });
        }
        Ok(())
    }

    fn check_validity(&self, issuer: &Issuer<'_>, wanted: &Wanted<'_>) -> Result<(), PrepareError> {
        let (not_before, not_after) = (wanted.not_before, wanted.not_after);
        if not_after < not_before {
            return Err(PrepareError::InvertedValidity {
                not_before,
                not_after,
            });
        }
        // Both ends count, and a part of a day is a day (RFC 5280 section 4.1.2.5, S/MIME BR 6.3.2).
        let days = (not_after - not_before) / 86_400 + 1;
        if days > i64::from(self.maximum_days) {
            return Err(PrepareError::ValidityTooLong {
                days,
                maximum: self.maximum_days,
            });
        }
        if let Some(certificate) = issuer.certificate
            && (not_after > certificate.not_after() || not_before < certificate.not_before())
        {
            return Err(PrepareError::OutlivesIssuer {
                not_after,
                issuer_not_before: certificate.not_before(),
                issuer_not_after: certificate.not_after(),
            });
        }
        Ok(())
    }
}
