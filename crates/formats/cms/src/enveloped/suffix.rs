//! The fields behind encrypted content.

use chancery_x509::asn1::{Reader, tag};

use super::DecryptError;
use crate::Attribute;
use crate::stream::ContentKind;

/// What stands behind the content.
pub(super) struct Suffix {
    /// `authAttrs [1]`, where there are any.
    pub(super) authenticated: Option<Vec<Attribute>>,
    /// `unprotectedAttrs [1]` or `unauthAttrs [2]`.
    pub(super) unauthenticated: Vec<Attribute>,
    /// `mac`; empty in an `EnvelopedData`.
    pub(super) tag: Vec<u8>,
}

/// Reads the end of an `EnvelopedData` (RFC 5652 section 6.1) or `AuthEnvelopedData` (RFC 5083 section 2.1).
pub(super) fn read(
    kind: ContentKind,
    fields: &[u8],
    tag_len: Option<usize>,
) -> Result<Suffix, DecryptError> {
    let mut reader = Reader::new(fields, "end of the encrypted message");
    let first = reader.optional(tag::context_constructed(1), "attributes")?;
    let first = first.map(Attribute::read_all).transpose()?;
    let suffix = if kind == ContentKind::AuthEnvelopedData {
        let tag = reader
            .read(tag::OCTET_STRING, "authentication tag")?
            .to_vec();
        let unauthenticated = match reader.optional(tag::context_constructed(2), "attributes")? {
            Some(content) => Attribute::read_all(content)?,
            None => Vec::new(),
        };
        let said = tag_len.unwrap_or_default();
        if tag.len() != said {
            return Err(DecryptError::TagLength {
                octets: tag.len(),
                said,
            });
        }
        Suffix {
            authenticated: first.filter(|attributes| !attributes.is_empty()),
            unauthenticated,
            tag,
        }
    } else {
        Suffix {
            authenticated: None,
            unauthenticated: first.unwrap_or_default(),
            tag: Vec::new(),
        }
    };
    reader.finish()?;
    Ok(suffix)
}
