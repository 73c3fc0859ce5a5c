//! What is read from a stream, and how much of it.

use super::shape::ContentKind;

/// How much is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Levels of nesting.
    pub depth: usize,
    /// Octets of the fields before the content: recipients, above all. They are kept in memory.
    pub prefix: u64,
    /// Octets of the fields behind the content: certificates, revocation lists, signers. They are kept in memory.
    pub suffix: u64,
    /// Octets of content. They pass through.
    pub content: u64,
}

impl Default for Limits {
    /// 48 levels, 8 MiB before and 16 MiB behind content of any size.
    fn default() -> Self {
        Self {
            depth: 48,
            prefix: 8 << 20,
            suffix: 16 << 20,
            content: u64::MAX,
        }
    }
}

/// The fields before the content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prefix {
    /// The type of the structure.
    pub kind: ContentKind,
    /// The fields of the structure before the one that carries the content, as consecutive DER elements: version,
    /// digest algorithms or recipients. Empty for [`ContentKind::Data`].
    pub fields: Vec<u8>,
    /// The fields of the carrier before the content: the type of the content, for encrypted content its algorithm too.
    /// Empty for [`ContentKind::Data`].
    pub carrier: Vec<u8>,
    /// Whether content follows; without, it is detached.
    pub has_content: bool,
}

/// The fields behind the content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suffix {
    /// As consecutive DER elements: certificates and signers, attributes, authentication code.
    pub fields: Vec<u8>,
}

/// What was met, in this order: one prefix, any number of pieces of content, one suffix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event<'a> {
    /// All before the content.
    Prefix(Prefix),
    /// A piece of the content, never empty.
    Content(&'a [u8]),
    /// All behind the content; the structure is whole.
    Suffix(Suffix),
}
