//! Bags (RFC 7292 section 4.2).
//!
//! ```asn1
//! SafeContents ::= SEQUENCE OF SafeBag
//! SafeBag ::= SEQUENCE { bagId OBJECT IDENTIFIER, bagValue [0] EXPLICIT ANY, bagAttributes SET OF Attribute OPTIONAL }
//! ```

use chancery_x509::asn1::{self, tag};
use chancery_x509::{Certificate, ObjectIdentifier};

const SHROUDED_KEY_BAG: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.10.1.2");
const CERT_BAG: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.10.1.3");
const X509_CERTIFICATE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.22.1");
const FRIENDLY_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.20");
const LOCAL_KEY_ID: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.21");

/// What ties the key to its certificate, and the name under which programs list them.
pub(crate) struct Tie {
    pub local_key_id: Vec<u8>,
    pub friendly_name: Option<String>,
}

impl Tie {
    fn attributes(&self) -> Vec<u8> {
        let mut attributes = vec![attribute(
            &LOCAL_KEY_ID,
            asn1::octet_string(&self.local_key_id),
        )];
        if let Some(name) = &self.friendly_name {
            let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_be_bytes).collect();
            attributes.push(attribute(
                &FRIENDLY_NAME,
                asn1::tlv(tag::BMP_STRING, &units),
            ));
        }
        asn1::set_of(attributes)
    }
}

fn attribute(kind: &ObjectIdentifier, value: Vec<u8>) -> Vec<u8> {
    asn1::sequence(&[&asn1::oid(kind), &asn1::set_of(vec![value])])
}

/// `SafeContents` with the certificate first, then its chain.
pub(crate) fn certificates(leaf: &Certificate, tie: &Tie, chain: &[Certificate]) -> Vec<u8> {
    let mut bags = vec![certificate(leaf, &tie.attributes())];
    let others = chain.iter().filter(|other| *other != leaf);
    bags.extend(others.map(|other| certificate(other, &[])));
    asn1::sequence_of(&bags)
}

fn certificate(certificate: &Certificate, attributes: &[u8]) -> Vec<u8> {
    let value = asn1::sequence(&[
        &asn1::oid(&X509_CERTIFICATE),
        &asn1::explicit(0, &asn1::octet_string(certificate.as_der())),
    ]);
    asn1::sequence(&[
        &asn1::oid(&CERT_BAG),
        &asn1::explicit(0, &value),
        attributes,
    ])
}

/// `SafeContents` with the encrypted key (`EncryptedPrivateKeyInfo`, RFC 5958 section 3).
pub(crate) fn shrouded_key(algorithm: &[u8], cipher_text: &[u8], tie: &Tie) -> Vec<u8> {
    let value = asn1::sequence(&[algorithm, &asn1::octet_string(cipher_text)]);
    asn1::sequence(&[&asn1::sequence(&[
        &asn1::oid(&SHROUDED_KEY_BAG),
        &asn1::explicit(0, &value),
        &tie.attributes(),
    ])])
}
