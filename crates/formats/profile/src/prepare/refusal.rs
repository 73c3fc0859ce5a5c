//! Why a certificate is not prepared.

use chancery_x509::{EcCurve, EncodeError, NameError, PublicKeyKind};
use thiserror::Error;

use crate::key::KeyWeakness;
use crate::{IdentifierError, SubjectAttribute};

/// Why a certificate is not prepared. Each case names what is wrong, so that a form can show it beside its field.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PrepareError {
    /// A mandatory attribute has no value.
    #[error("{attribute} is missing")]
    Missing {
        /// The attribute.
        attribute: SubjectAttribute,
    },
    /// The profile has no place for an attribute that has a value.
    #[error("{attribute} has no place in this kind of certificate")]
    NoPlace {
        /// The attribute.
        attribute: SubjectAttribute,
    },
    /// A value is longer than certificates allow.
    #[error("{attribute} has {length} characters, at most {maximum} are allowed")]
    TooLong {
        /// The attribute.
        attribute: SubjectAttribute,
        /// Its length in characters.
        length: usize,
        /// The longest allowed.
        maximum: usize,
    },
    /// A value that says nothing: empty, or only spaces and punctuation.
    #[error("{attribute} says nothing")]
    Insignificant {
        /// The attribute.
        attribute: SubjectAttribute,
    },
    /// A value with a space before or after it, which nobody sees and programs compare.
    #[error("{attribute} begins or ends with a space")]
    Padded {
        /// The attribute.
        attribute: SubjectAttribute,
    },
    /// A character that has no business in a name.
    #[error("{attribute} holds {character:?}, which is not allowed")]
    Character {
        /// The attribute.
        attribute: SubjectAttribute,
        /// The character.
        character: char,
    },
    /// A country that is no code of ISO 3166-1.
    #[error("\"{found}\" is no country code of ISO 3166-1")]
    Country {
        /// What stands there.
        found: String,
    },
    /// A registration reference that is none.
    #[error("the registration reference is wrong")]
    OrganizationIdentifier(#[source] IdentifierError),
    /// The registration reference is of another country than the certificate says.
    #[error("the registration reference is of {reference}, the country is {country}")]
    CountryMismatch {
        /// The country of the reference.
        reference: String,
        /// The country of the subject.
        country: String,
    },
    /// The common name is none of those that the rules allow.
    #[error("the common name \"{found}\" is not allowed; allowed: {}", .allowed.join(", "))]
    CommonName {
        /// What stands there.
        found: String,
        /// What may stand there.
        allowed: Vec<String>,
    },
    /// No e-mail address, and there must be one.
    #[error("an e-mail address is missing")]
    NoEmail,
    /// Not an e-mail address that a certificate can hold.
    #[error("\"{found}\" is no e-mail address that a certificate can hold")]
    Email {
        /// What stands there.
        found: String,
    },
    /// E-mail addresses where the profile has no place for them.
    #[error("e-mail addresses have no place in this kind of certificate")]
    EmailNoPlace,
    /// No host name and no address, and there must be one.
    #[error("a host name is missing")]
    NoHost,
    /// Not a host name.
    #[error("\"{found}\" is no host name that a certificate can hold")]
    Host {
        /// What stands there.
        found: String,
    },
    /// Host names or addresses where the profile has no place for them.
    #[error("host names and addresses have no place in this kind of certificate")]
    HostNoPlace,
    /// The end of validity lies before its beginning.
    #[error("the validity ends before it begins")]
    InvertedValidity {
        /// First second, Unix time.
        not_before: i64,
        /// Last second, Unix time.
        not_after: i64,
    },
    /// The validity is longer than the profile allows.
    #[error("{days} days of validity are too many, at most {maximum} are allowed")]
    ValidityTooLong {
        /// Days asked for.
        days: i64,
        /// The most allowed.
        maximum: u32,
    },
    /// The certificate would be valid while its issuer's is not.
    #[error("the validity would go beyond that of the issuing authority")]
    OutlivesIssuer {
        /// The end asked for, Unix time.
        not_after: i64,
        /// First second of the issuer, Unix time.
        issuer_not_before: i64,
        /// Last second of the issuer, Unix time.
        issuer_not_after: i64,
    },
    /// An RSA key of a size that the profile does not allow.
    #[error("an RSA key of {bits} bits is not allowed: from {minimum} to {maximum}")]
    KeySize {
        /// Its size in bits.
        bits: u32,
        /// The smallest allowed.
        minimum: u32,
        /// The largest allowed.
        maximum: u32,
    },
    /// An RSA key whose size is no multiple of eight (S/MIME BR 6.1.5).
    #[error("an RSA key of {bits} bits is not allowed: the size must be a multiple of 8")]
    OddModulusSize {
        /// Its size in bits.
        bits: u32,
    },
    /// A curve that the profile does not allow.
    #[error("keys on the curve {found} are not allowed")]
    Curve {
        /// The curve.
        found: EcCurve,
    },
    /// A kind of key that the profile does not allow.
    #[error("keys of this kind are not allowed: {found}")]
    KeyKind {
        /// The kind.
        found: PublicKeyKind,
    },
    /// A key that nobody should use.
    #[error("the key is weak")]
    WeakKey(#[source] KeyWeakness),
    /// A root without itself as issuer, or another certificate without an issuer.
    #[error("a certificate of kind \"{kind}\" cannot have this issuer")]
    WrongIssuer {
        /// The kind of the profile.
        kind: &'static str,
    },
    /// The issuer's certificate has no key identifier to point at.
    #[error("the issuing authority's certificate has no subject key identifier")]
    IssuerWithoutKeyIdentifier,
    /// The base of the status addresses is not an `http:` address without a slash at the end.
    #[error("\"{found}\" is no base for status addresses: http://…, without a slash at the end")]
    StatusUrl {
        /// What stands there.
        found: String,
    },
    /// The name cannot be written.
    #[error("the subject's name cannot be written")]
    Name(#[source] NameError),
    /// The certificate cannot be written.
    #[error("the certificate cannot be written")]
    Encode(#[source] EncodeError),
}
