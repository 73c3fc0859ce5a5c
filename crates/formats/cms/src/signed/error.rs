//! What can be wrong with signed data as a whole, and with one signature.

use chancery_x509::{DigestAlgorithm, ObjectIdentifier, ParseError, VerifyError};
use thiserror::Error;

use crate::stream::{ContentKind, StreamError, StreamWriteError};

/// Why octets are not signed data that can be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SignedDataError {
    /// Not a CMS structure, damaged, or too large.
    #[error(transparent)]
    Stream(#[from] StreamError),
    /// A CMS structure of another type.
    #[error("this is CMS content of the type {}, not signed data", .kind.name())]
    NotSigned {
        /// The type met.
        kind: ContentKind,
    },
    /// A field is damaged.
    #[error("the signed data is damaged")]
    Damaged(#[from] ParseError),
    /// More signers, certificates or revocation lists than any honest structure has.
    #[error("over {limit} {what}")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many are read.
        limit: usize,
    },
}

/// What is wrong with one signature. It is right when nothing is.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SignatureFault {
    /// The certificate is neither in the structure nor among those given.
    #[error("the signer's certificate is not at hand")]
    NoCertificate,
    /// The signature value does not fit.
    #[error("the signature is wrong")]
    Signature(#[source] VerifyError),
    /// The digest of the content is not the one that was signed (RFC 5652 section 5.6).
    #[error("the content is not what was signed")]
    Content,
    /// The content is detached and was not given, or was not digested with this algorithm.
    #[error("there is no digest of the content to compare")]
    ContentMissing,
    /// Signed without attributes by a key that signs no digests, content larger than is kept.
    #[error("the content is too large for a signature of this kind without attributes")]
    ContentTooLarge,
    /// The digest algorithm is not known.
    #[error("the digest algorithm {oid} is not supported")]
    UnsupportedDigest {
        /// Which.
        oid: ObjectIdentifier,
    },
    /// The signature algorithm is not known, or has parameters that its standard does not allow.
    #[error("the signature algorithm {oid} is not supported in this form")]
    UnsupportedSignature {
        /// Which.
        oid: ObjectIdentifier,
    },
    /// The content is digested with another algorithm than the signature, so that the weaker of the two decides (RFC 5754 section 3, RFC 4056
    /// section 3, RFC 8419 section 3.1).
    #[error("the content is digested with {content}, the signature wants {signature}")]
    DigestDiffers {
        /// Of the content.
        content: DigestAlgorithm,
        /// Of the signature.
        signature: DigestAlgorithm,
    },
    /// The digest is broken: others can be found with the same value.
    #[error("the digest {digest} is too weak to rely on")]
    WeakDigest {
        /// Which.
        digest: DigestAlgorithm,
    },
    /// A signed attribute that must be there is not (RFC 5652 section 5.3).
    #[error("the signed attribute {name} is missing")]
    AttributeMissing {
        /// Its name.
        name: &'static str,
    },
    /// An attribute occurs twice, or without exactly one value (RFC 5652 section 11).
    #[error("the attribute {oid} occurs more than once or has not exactly one value")]
    AttributeNotSingle {
        /// Which.
        oid: ObjectIdentifier,
    },
    /// An attribute is damaged.
    #[error("the attribute {name} is damaged")]
    AttributeDamaged {
        /// Its name.
        name: &'static str,
        /// What was met.
        #[source]
        source: ParseError,
    },
    /// The signed content type is another than the structure's (RFC 5652 section 11.1).
    #[error("{signed} was signed as type of the content, {stated} is stated")]
    ContentType {
        /// In the attribute.
        signed: ObjectIdentifier,
        /// In the structure.
        stated: ObjectIdentifier,
    },
    /// Content of another type than data must be signed with attributes (RFC 5652 section 5.3).
    #[error("content of the type {stated} is signed without attributes")]
    AttributesRequired {
        /// In the structure.
        stated: ObjectIdentifier,
    },
    /// Signed without attributes, but the content could be the signed attributes of another message, whose signature was taken over.
    #[error(
        "the content has the form of signed attributes: the signature may belong to another message"
    )]
    ContentLooksLikeAttributes,
    /// A counter-signature states a type of content (RFC 5652 section 11.4).
    #[error("a counter-signature states a type of content")]
    ContentTypeInCounterSignature,
    /// The algorithms that were signed are others than those beside the signature (RFC 6211 section 2).
    #[error("other algorithms were signed than are stated")]
    AlgorithmProtection,
    /// The signing-certificate attribute names another certificate than the one found (RFC 5035 section 3).
    #[error("the signature was made for another certificate")]
    SigningCertificate,
    /// More counter-signatures than are looked at: the rest are not verified.
    #[error("over {limit} counter-signatures, of which the rest are not looked at")]
    TooManyCounterSignatures {
        /// How many of one signature are looked at.
        limit: usize,
    },
    /// Counter-signatures of counter-signatures, of which the innermost are not verified.
    #[error("counter-signatures are nested over {limit} deep, and the innermost are not looked at")]
    TooDeep {
        /// The depth allowed.
        limit: usize,
    },
    /// The message asks for more work than any honest one, and here it was used up.
    #[error("over {limit} {what}, where verifying the message ends")]
    Budget {
        /// What was counted.
        what: &'static str,
        /// How many a message may have.
        limit: usize,
    },
}

/// Why a time-stamp does not count.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TimeStampError {
    /// Not signed data.
    #[error("the time-stamp token cannot be read")]
    Token(#[from] SignedDataError),
    /// A damaged `TSTInfo`.
    #[error("the time-stamp is damaged")]
    Damaged(#[from] ParseError),
    /// The content is no `TSTInfo`, or there is none.
    #[error("the time-stamp token holds no time-stamp")]
    NotTimeStamp,
    /// One signer is asked for (RFC 3161 section 2.4.2).
    #[error("the time-stamp token has {signers} signers instead of one")]
    Signers {
        /// How many.
        signers: usize,
    },
    /// The digest is not known.
    #[error("the time-stamp's digest {oid} is not supported")]
    UnsupportedDigest {
        /// Which.
        oid: ObjectIdentifier,
    },
    /// It was made for something else.
    #[error("the time-stamp is for something else")]
    Imprint,
    /// Counter-signatures and time-stamps are nested too deep.
    #[error("nested over {limit} deep")]
    TooDeep {
        /// The depth allowed.
        limit: usize,
    },
    /// More time-stamps than are looked at.
    #[error("over {limit} time-stamps of one signature, of which the rest are not looked at")]
    TooMany {
        /// How many of one signature are looked at.
        limit: usize,
    },
    /// The message asks for more work than any honest one, and here it was used up.
    #[error("over {limit} {what}, where verifying the message ends")]
    Budget {
        /// What was counted.
        what: &'static str,
        /// How many a message may have.
        limit: usize,
    },
}

/// Why nothing is signed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SignError {
    /// Nobody signs.
    #[error("there is no signer")]
    NoSigner,
    /// The key of the certificate cannot sign this way.
    #[error("the key of this certificate cannot sign with {algorithm}")]
    KeyMismatch {
        /// The algorithm asked for.
        algorithm: chancery_x509::SignatureAlgorithm,
    },
    /// New signatures are not made with it.
    #[error("new signatures are not made with {digest}")]
    WeakDigest {
        /// The digest.
        digest: DigestAlgorithm,
    },
    /// Another digest than the algorithm's own.
    #[error("{algorithm} goes with the digest {expected}, not {digest}")]
    Digest {
        /// The signature algorithm.
        algorithm: chancery_x509::SignatureAlgorithm,
        /// The digest that belongs to it.
        expected: DigestAlgorithm,
        /// The digest asked for.
        digest: DigestAlgorithm,
    },
    /// Attributes are left out though the content is of another type than data (RFC 5652 section 5.3).
    #[error("content of the type {content_type} must be signed with attributes")]
    AttributesRequired {
        /// The type.
        content_type: ObjectIdentifier,
    },
    /// The certificate has no subjectKeyIdentifier to be named by.
    #[error("the signer's certificate has no subject key identifier to be named by")]
    NoKeyIdentifier,
    /// Without attributes the whole content is signed, and is kept in memory.
    #[error("without signed attributes at most {limit} octets are signed")]
    TooLargeWithoutAttributes {
        /// How much.
        limit: usize,
    },
    /// Without attributes this content could be taken for the attributes of another message.
    #[error(
        "this content must be signed with attributes: it has the form of signed attributes itself"
    )]
    ContentLooksLikeAttributes,
    /// A time that cannot be written.
    #[error("the signing time cannot be written")]
    Time(#[from] chancery_x509::EncodeError),
    /// The structure was not written.
    #[error("the signed data was not written")]
    Write(#[from] StreamWriteError),
    /// The signature that came does not verify under the certificate.
    #[error("the signature made does not belong to the signer's certificate")]
    WrongSignature(#[source] VerifyError),
    /// The certificate's keyUsage is for something else (RFC 5280 section 4.2.1.3).
    #[error(
        "the signer's certificate is not for signatures: its keyUsage has neither digitalSignature nor nonRepudiation"
    )]
    KeyUsage,
    /// The certificate's keyUsage cannot be read, so that nobody knows what it is for.
    #[error("the keyUsage of the signer's certificate cannot be read")]
    KeyUsageDamaged(#[source] ParseError),
    /// The time-stamp that came does not count.
    #[error("the time-stamp cannot be used")]
    TimeStamp(#[from] TimeStampError),
    /// The time-stamp that came is for this signature, but is not signed as it must be.
    #[error("the time-stamp is not rightly signed")]
    TimeStampSignature(#[source] SignatureFault),
    /// An answer came that nobody asked for.
    #[error("nothing was asked for")]
    NotAsked,
}
