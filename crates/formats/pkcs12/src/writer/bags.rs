//! Bags as they are written.

use chancery_x509::asn1::{self, tag};
use chancery_x509::{Certificate, ObjectIdentifier};

use crate::oid;

/// What ties a key to its certificate, and the name under which programs list them.
#[derive(Default)]
pub(crate) struct Tie {
    pub local_key_id: Option<Vec<u8>>,
    pub friendly_name: Option<String>,
}

impl Tie {
    fn attributes(&self) -> Vec<u8> {
        let mut attributes = Vec::new();
        if let Some(id) = &self.local_key_id {
            attributes.push(attribute(&oid::LOCAL_KEY_ID, asn1::octet_string(id)));
        }
        if let Some(name) = &self.friendly_name {
            let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_be_bytes).collect();
            let value = asn1::tlv(tag::BMP_STRING, &units);
            attributes.push(attribute(&oid::FRIENDLY_NAME, value));
        }
        if attributes.is_empty() {
            return Vec::new();
        }
        asn1::set_of(attributes)
    }
}

fn attribute(kind: &ObjectIdentifier, value: Vec<u8>) -> Vec<u8> {
    asn1::sequence(&[&asn1::oid(kind), &asn1::set_of(vec![value])])
}

/// A bag with a certificate.
pub(crate) fn certificate(certificate: &Certificate, tie: &Tie) -> Vec<u8> {
    let value = asn1::sequence(&[
        &asn1::oid(&oid::X509_CERTIFICATE),
        &asn1::explicit(0, &asn1::octet_string(certificate.as_der())),
    ]);
    asn1::sequence(&[
        &asn1::oid(&oid::CERT_BAG),
        &asn1::explicit(0, &value),
        &tie.attributes(),
    ])
}

/// A bag with an encrypted key (`EncryptedPrivateKeyInfo`, RFC 5958 section 3).
pub(crate) fn shrouded_key(algorithm: &[u8], cipher_text: &[u8], tie: &Tie) -> Vec<u8> {
    let value = asn1::sequence(&[algorithm, &asn1::octet_string(cipher_text)]);
    asn1::sequence(&[
        &asn1::oid(&oid::SHROUDED_KEY_BAG),
        &asn1::explicit(0, &value),
        &tie.attributes(),
    ])
}
