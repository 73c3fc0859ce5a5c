//! Who signs and is certified where something is measured.

use chancery_keys::{AwsLc, KeyAlgorithm, Signer, SoftwareKey};
use chancery_x509::{
    Attribute, AttributeKind, Certificate, Extension, Name, PublicKeyInfo, SerialNumber,
    TbsCertificate, extension,
};

use crate::failure::Failure;

/// 2026-11-20T05:33:53Z: any time will do.
pub const NOW: i64 = 1_795_152_833;
pub const DAY: i64 = 86_400;

/// A name with a key.
pub struct Party {
    pub name: Name,
    pub key: SoftwareKey,
    pub public_key: PublicKeyInfo,
}

impl Party {
    pub fn new(name: &str, algorithm: KeyAlgorithm) -> Result<Self, Failure> {
        let refused = |error: &dyn std::error::Error| Failure::because("no key", error);
        let key = SoftwareKey::generate(algorithm).map_err(|error| refused(&error))?;
        let name = [
            Attribute::new(AttributeKind::CountryName, "CZ"),
            Attribute::new(AttributeKind::OrganizationName, "Příklad a.s."),
            Attribute::new(AttributeKind::CommonName, name),
        ];
        Ok(Self {
            name: Name::new(name).map_err(|error| refused(&error))?,
            public_key: PublicKeyInfo::from_der(key.public_key())
                .map_err(|error| refused(&error))?,
            key,
        })
    }

    /// A certificate of `subject` that this one signs; for itself, it is self-signed.
    pub fn certify(
        &self,
        subject: &Self,
        extensions: &[Extension],
    ) -> Result<Certificate, Failure> {
        let refused = |error: &dyn std::error::Error| Failure::because("no certificate", error);
        let identifier = |party: &Self| party.public_key.key_identifier(&AwsLc);
        let mut extensions = extensions.to_vec();
        extensions.push(extension::subject_key_identifier(&identifier(subject)));
        extensions.push(extension::authority_key_identifier(&identifier(self)));
        let tbs = TbsCertificate {
            serial: SerialNumber::new(&[1, 2, 3, 4, 5, 6, 7, 8])
                .map_err(|error| refused(&error))?,
            signature: self.key.algorithm(),
            issuer: self.name.clone(),
            not_before: NOW - DAY,
            not_after: NOW + DAY,
            subject: subject.name.clone(),
            subject_public_key: subject.public_key.clone(),
            extensions,
        };
        let der = tbs.to_der().map_err(|error| refused(&error))?;
        let signature = self.key.sign(&der).map_err(|error| refused(&error))?;
        Certificate::assemble(&der, self.key.algorithm(), &signature)
            .map_err(|error| refused(&error))
    }
}
