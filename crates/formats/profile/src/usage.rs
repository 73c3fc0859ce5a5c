//! Key usage bits and extended key purposes under the names that profile files use.

use const_oid::ObjectIdentifier;
use serde::Deserialize;

/// A bit of the key usage extension (RFC 5280 section 4.2.1.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum KeyUsageBit {
    /// Signatures other than those on certificates and CRLs.
    DigitalSignature,
    /// `nonRepudiation`, which newer texts call `contentCommitment`.
    NonRepudiation,
    /// A key wraps other keys (RSA).
    KeyEncipherment,
    /// A key enciphers data directly.
    DataEncipherment,
    /// A key agrees on other keys (elliptic curves).
    KeyAgreement,
    /// Signatures on certificates.
    KeyCertSign,
    /// Signatures on CRLs.
    #[serde(rename = "cRLSign")]
    CrlSign,
    /// With key agreement: only to encipher.
    EncipherOnly,
    /// With key agreement: only to decipher.
    DecipherOnly,
}

impl KeyUsageBit {
    /// Every bit, in the order of RFC 5280.
    pub const ALL: [Self; 9] = [
        Self::DigitalSignature,
        Self::NonRepudiation,
        Self::KeyEncipherment,
        Self::DataEncipherment,
        Self::KeyAgreement,
        Self::KeyCertSign,
        Self::CrlSign,
        Self::EncipherOnly,
        Self::DecipherOnly,
    ];

    /// The name in RFC 5280.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::DigitalSignature => "digitalSignature",
            Self::NonRepudiation => "nonRepudiation",
            Self::KeyEncipherment => "keyEncipherment",
            Self::DataEncipherment => "dataEncipherment",
            Self::KeyAgreement => "keyAgreement",
            Self::KeyCertSign => "keyCertSign",
            Self::CrlSign => "cRLSign",
            Self::EncipherOnly => "encipherOnly",
            Self::DecipherOnly => "decipherOnly",
        }
    }

    /// The number of the bit, counted from the most significant bit of the first octet.
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8
    }
}

/// `id-kp-serverAuth`
pub const SERVER_AUTH: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.1");
/// `id-kp-clientAuth`
pub const CLIENT_AUTH: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.2");
/// `id-kp-codeSigning`
pub const CODE_SIGNING: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.3");
/// `id-kp-emailProtection`
pub const EMAIL_PROTECTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.4");
/// `id-kp-timeStamping`
pub const TIME_STAMPING: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.8");
/// `id-kp-OCSPSigning`
pub const OCSP_SIGNING: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.9");
/// `anyExtendedKeyUsage`
pub const ANY_PURPOSE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.37.0");
/// `anyPolicy`
pub const ANY_POLICY: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.32.0");

const PURPOSES: [(&str, ObjectIdentifier); 6] = [
    ("serverAuth", SERVER_AUTH),
    ("clientAuth", CLIENT_AUTH),
    ("codeSigning", CODE_SIGNING),
    ("emailProtection", EMAIL_PROTECTION),
    ("timeStamping", TIME_STAMPING),
    ("OCSPSigning", OCSP_SIGNING),
];

/// The names of key purposes that a profile file may use instead of a dotted identifier.
pub const PURPOSE_NAMES: &str = "serverAuth, clientAuth, codeSigning, emailProtection, timeStamping, OCSPSigning, or a dotted object identifier";

/// The key usage bits of which a purpose needs at least one (RFC 5280 section 4.2.1.12); `None` for purposes that are
/// not known here.
#[must_use]
pub fn bits_for(purpose: ObjectIdentifier) -> Option<&'static [KeyUsageBit]> {
    use KeyUsageBit as Bit;
    Some(match purpose {
        SERVER_AUTH => &[
            Bit::DigitalSignature,
            Bit::KeyEncipherment,
            Bit::KeyAgreement,
        ],
        CLIENT_AUTH => &[Bit::DigitalSignature, Bit::KeyAgreement],
        CODE_SIGNING => &[Bit::DigitalSignature],
        EMAIL_PROTECTION => &[
            Bit::DigitalSignature,
            Bit::NonRepudiation,
            Bit::KeyEncipherment,
            Bit::KeyAgreement,
        ],
        TIME_STAMPING | OCSP_SIGNING => &[Bit::DigitalSignature, Bit::NonRepudiation],
        _ => return None,
    })
}

/// A key purpose by its name or as a dotted object identifier.
#[must_use]
pub fn purpose(text: &str) -> Option<ObjectIdentifier> {
    PURPOSES
        .iter()
        .find_map(|(name, oid)| (*name == text).then_some(*oid))
        .or_else(|| ObjectIdentifier::new(text).ok())
}

/// The name of a key purpose, or its dotted identifier where it has none here.
#[must_use]
pub fn purpose_name(oid: ObjectIdentifier) -> String {
    PURPOSES
        .iter()
        .find_map(|(name, known)| (*known == oid).then(|| (*name).to_owned()))
        .unwrap_or_else(|| oid.to_string())
}
