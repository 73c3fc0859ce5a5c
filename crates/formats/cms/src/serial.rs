//! Serial numbers as CMS names certificates by them.

use chancery_x509::{Certificate, asn1};

/// The content of the serial number's INTEGER: two's complement, minimal (RFC 5652 section 10.2.4).
pub(crate) fn serial_octets(certificate: &Certificate) -> Vec<u8> {
    let der = asn1::integer(certificate.serial().as_bytes());
    // A serial number has at most 20 octets: identifier and length take one octet each.
    der.get(2..).unwrap_or_default().to_vec()
}
