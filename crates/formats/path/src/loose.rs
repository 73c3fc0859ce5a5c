//! Certificates and lists that strict reading refuses, as far as they can be read: to take a trust anchor from them, or to say whose they are.

use chancery_x509::asn1::{Reader, tag};
use chancery_x509::{Name, ParseError, time};

/// The parts of a certificate; the serial number may be any, the signature too.
pub(crate) struct Loose<'a> {
    pub(crate) version: u8,
    pub(crate) not_before: i64,
    pub(crate) not_after: i64,
    pub(crate) subject: Name,
    /// `SubjectPublicKeyInfo`.
    pub(crate) public_key: &'a [u8],
    /// `Extensions`.
    pub(crate) extensions: Option<&'a [u8]>,
}

impl<'a> Loose<'a> {
    pub(crate) fn read(der: &'a [u8]) -> Result<Self, ParseError> {
        const WHAT: &str = "certificate";
        let mut outer = Reader::sequence(der, WHAT)?;
        let mut tbs = outer.nested(WHAT)?;
        outer.raw(tag::SEQUENCE, "signature algorithm")?;
        outer.read(tag::BIT_STRING, "signature")?;
        outer.finish()?;
        let version = match tbs.optional(tag::context_constructed(0), "version")? {
            None => 1,
            Some([tag::INTEGER, 1, number @ 1..=2]) => number + 1,
            Some(_) => {
                return Err(ParseError::Invalid {
                    what: "version",
                    clause: "RFC 5280 section 4.1.2.1",
                });
            }
        };
        tbs.read(tag::INTEGER, "serial number")?;
        tbs.raw(tag::SEQUENCE, "signature algorithm")?;
        tbs.raw(tag::SEQUENCE, "issuer")?;
        let mut validity = tbs.nested("validity")?;
        let not_before = time::read(&mut validity, "notBefore")?;
        let not_after = time::read(&mut validity, "notAfter")?;
        validity.finish()?;
        let subject = Name::from_der(tbs.raw(tag::SEQUENCE, "subject")?)?;
        let public_key = tbs.raw(tag::SEQUENCE, "public key")?;
        tbs.optional(tag::context(1), "issuer unique identifier")?;
        tbs.optional(tag::context(2), "subject unique identifier")?;
        let extensions = tbs.optional(tag::context_constructed(3), "extensions")?;
        tbs.finish()?;
        Ok(Self {
            version,
            not_before,
            not_after,
            subject,
            public_key,
            extensions,
        })
    }
}

/// The issuer of a revocation list.
pub(crate) fn list_issuer(der: &[u8]) -> Result<Name, ParseError> {
    const WHAT: &str = "revocation list";
    let mut tbs = Reader::sequence(der, WHAT)?.nested(WHAT)?;
    tbs.optional(tag::INTEGER, "version")?;
    tbs.raw(tag::SEQUENCE, "signature algorithm")?;
    Name::from_der(tbs.raw(tag::SEQUENCE, "issuer")?)
}
