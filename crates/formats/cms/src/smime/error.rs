//! What can be wrong with a message.

use thiserror::Error;

/// Why a message is not read or written.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SmimeError {
    /// The message does not begin with header fields.
    #[error("this is not a MIME message: it does not begin with header fields")]
    NotMime,
    /// The header is larger than any honest one.
    #[error("the message's header is over {limit} octets long")]
    HeaderTooLarge {
        /// The size allowed.
        limit: usize,
    },
    /// A header of more fields than any honest one.
    #[error("the header has over {limit} fields")]
    TooManyFields {
        /// How many are read.
        limit: usize,
    },
    /// A field that must not be there twice is: two readers could see two messages.
    #[error("the header field {name} occurs twice")]
    DuplicateField {
        /// Which.
        name: &'static str,
    },
    /// A Content-Type that cannot be read (RFC 2045 section 5.1).
    #[error("the Content-Type cannot be read")]
    ContentType,
    /// A Content-Type with more parameters than any honest one.
    #[error("the Content-Type has over {limit} parameters")]
    TooManyParameters {
        /// How many are read.
        limit: usize,
    },
    /// A From or Sender of more addresses than any honest one.
    #[error("the header field {field} names over {limit} addresses")]
    TooManyAddresses {
        /// Which.
        field: &'static str,
        /// How many are read.
        limit: usize,
    },
    /// A part without what makes it one.
    #[error("the {what} of the message is missing")]
    Missing {
        /// What.
        what: &'static str,
    },
    /// A signed message consists of the signed part and the signature (RFC 1847 section 2.1).
    #[error("a signed message has two parts, this one has {parts}")]
    Parts {
        /// How many were met.
        parts: usize,
    },
    /// Signed in another way than S/MIME's.
    #[error(
        "the message is signed in another way: its protocol is not application/pkcs7-signature"
    )]
    Protocol,
    /// A transfer encoding in which CMS does not travel.
    #[error("the structure is in another transfer encoding than base64 or binary")]
    TransferEncoding,
    /// Not base64.
    #[error("the base64 text is damaged")]
    Base64,
    /// The message ends too early.
    #[error("the message is cut short: it ends inside its {part}")]
    Truncated {
        /// What was being read.
        part: &'static str,
    },
    /// Text is UTF-8.
    #[error("the text is not UTF-8")]
    NotUtf8,
    /// What is signed in the open must survive any mail server (RFC 8551 section 3.1.3).
    #[error("line {line} of the message would not survive mail servers: {why}")]
    NotTransportable {
        /// Which line, from 1.
        line: usize,
        /// What is wrong with it.
        why: &'static str,
    },
}
