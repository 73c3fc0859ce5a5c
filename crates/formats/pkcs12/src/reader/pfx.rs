//! The outer structures of a file.
//!
//! ```asn1
//! PFX ::= SEQUENCE { version INTEGER { v3(3) }, authSafe ContentInfo, macData MacData OPTIONAL }
//! AuthenticatedSafe ::= SEQUENCE OF ContentInfo
//! ContentInfo ::= SEQUENCE { contentType OBJECT IDENTIFIER, content [0] EXPLICIT ANY OPTIONAL }
//! EncryptedData ::= SEQUENCE { version INTEGER, encryptedContentInfo SEQUENCE {
//!     contentType OBJECT IDENTIFIER, contentEncryptionAlgorithm AlgorithmIdentifier, encryptedContent [0] IMPLICIT OCTET STRING } }
//! ```

use chancery_x509::ParseError;
use chancery_x509::asn1::ber::{self, BerError};
use chancery_x509::asn1::{Reader, tag};
use zeroize::Zeroizing;

use crate::error::{Feature, Lookalike, OpenError, Place, ReadError};
use crate::mac::MacData;
use crate::oid;
use crate::scheme::Scheme;

/// Elements inside one another: a file nests `SafeContents` a few times at most.
const MAX_DEPTH: usize = 32;

/// Elements of one structure: a certificate is one octet string here, a bag some twenty elements.
const MAX_ELEMENTS: usize = 200_000;

/// A file before it is opened.
pub(super) struct Pfx {
    pub mac: Option<MacData>,
    /// The encoding of the `AuthenticatedSafe`, which the MAC is taken over.
    pub authenticated_safe: Zeroizing<Vec<u8>>,
}

/// A part of an `AuthenticatedSafe`.
pub(super) enum Part {
    /// The encoding of `SafeContents` in the clear.
    Plain(Zeroizing<Vec<u8>>),
    /// The same, encrypted.
    Encrypted {
        scheme: Scheme,
        cipher_text: Vec<u8>,
    },
}

/// Definite lengths; wiped afterwards, for there may be keys in the clear.
pub(super) fn definite(
    input: &[u8],
    octets: usize,
    what: &'static str,
) -> Result<Zeroizing<Vec<u8>>, ParseError> {
    let limits = ber::Limits {
        octets,
        depth: MAX_DEPTH,
        elements: MAX_ELEMENTS,
    };
    match ber::to_definite(input, limits) {
        Ok(der) => Ok(Zeroizing::new(der.into_owned())),
        Err(BerError::TooLarge { octets, limit }) => Err(ParseError::TooLarge {
            what,
            octets,
            limit,
        }),
        Err(source) => Err(ParseError::Ber { what, source }),
    }
}

impl Pfx {
    pub fn read(input: &[u8], octets: usize) -> Result<Self, OpenError> {
        if let Some(other) = lookalike(input) {
            return Err(OpenError::NotPkcs12(other));
        }
        let damaged = |source| ReadError::Parse(source).at(Place::Pfx);
        let der = definite(input, octets, "PFX").map_err(damaged)?;
        let mut pfx = Reader::sequence(&der, "PFX").map_err(damaged)?;
        // Version 3, then a ContentInfo: what begins otherwise is something else.
        let begin = pfx
            .integer_u64("version")
            .and_then(|version| pfx.nested("authSafe").map(|safe| (version, safe)));
        let Ok((3, safe)) = begin else {
            return Err(OpenError::NotPkcs12(Lookalike::OtherStructure));
        };
        let authenticated_safe = Self::data(safe).map_err(|error| error.at(Place::Pfx))?;
        let mac = if pfx.is_empty() {
            None
        } else {
            let mac_data = pfx.nested("MacData").map_err(damaged)?;
            Some(MacData::read(mac_data).map_err(|error| error.at(Place::MacData))?)
        };
        pfx.finish().map_err(damaged)?;
        Ok(Self {
            mac,
            authenticated_safe,
        })
    }

    fn data(mut info: Reader<'_>) -> Result<Zeroizing<Vec<u8>>, ReadError> {
        let content_type = info.oid("content type")?;
        if content_type != oid::ID_DATA {
            // signedData: integrity by somebody's signature (RFC 7292 section 3.1).
            return Err(ReadError::unsupported(Feature::ContentType, content_type));
        }
        let mut content = Reader::new(
            info.read(tag::context_constructed(0), "content")?,
            "content",
        );
        info.finish()?;
        let octets = content.read(tag::OCTET_STRING, "content")?;
        content.finish()?;
        Ok(Zeroizing::new(octets.to_vec()))
    }
}

/// The parts of an `AuthenticatedSafe`.
pub(super) fn parts(authenticated_safe: &[u8], octets: usize) -> Result<Vec<Part>, OpenError> {
    let damaged = |source| ReadError::Parse(source).at(Place::AuthenticatedSafe);
    let der = definite(authenticated_safe, octets, "AuthenticatedSafe").map_err(damaged)?;
    let mut infos = Reader::sequence(&der, "AuthenticatedSafe").map_err(damaged)?;
    let mut parts = Vec::new();
    while !infos.is_empty() {
        let place = Place::Part(parts.len() + 1);
        let info = infos.nested("ContentInfo").map_err(damaged)?;
        parts.push(part(info).map_err(|error| error.at(place))?);
    }
    Ok(parts)
}

fn part(mut info: Reader<'_>) -> Result<Part, ReadError> {
    let mut peeked = info.clone();
    if peeked.oid("content type")? != oid::ID_ENCRYPTED_DATA {
        return Pfx::data(info).map(Part::Plain);
    }
    info.oid("content type")?;
    let content = info.read(tag::context_constructed(0), "content")?;
    info.finish()?;
    let mut encrypted = Reader::sequence(content, "EncryptedData")?;
    encrypted.integer_u64("version")?;
    let mut content = encrypted.nested("EncryptedContentInfo")?;
    // Unprotected attributes may follow (RFC 5652 section 8); nobody writes them.
    encrypted.optional(tag::context_constructed(1), "unprotected attributes")?;
    encrypted.finish()?;
    content.oid("content type")?;
    let scheme = Scheme::read(content.nested("encryption algorithm")?)?;
    let cipher_text = ber::implicit_octets(&mut content, 0, "encrypted content")?
        .ok_or(ParseError::Truncated {
            what: "encrypted content",
        })?
        .into_owned();
    content.finish()?;
    Ok(Part::Encrypted {
        scheme,
        cipher_text,
    })
}

/// What an input is that cannot be a PFX.
fn lookalike(input: &[u8]) -> Option<Lookalike> {
    match input {
        [] => Some(Lookalike::Empty),
        // SEQUENCE
        [0x30, ..] => None,
        [0xfe, 0xed, 0xfe, 0xed, ..] | [0xce, 0xce, 0xce, 0xce, ..] => {
            Some(Lookalike::JavaKeyStore)
        }
        _ if input
            .iter()
            .take(64)
            .all(|octet| octet.is_ascii_graphic() || octet.is_ascii_whitespace()) =>
        {
            Some(Lookalike::Text)
        }
        _ => Some(Lookalike::Unknown),
    }
}
