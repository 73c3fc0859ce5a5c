//! For each lint at least one certificate that breaks its rule.

mod authority;
mod key;
mod rfc5280;
mod smime;

use chancery_x509::{ObjectIdentifier, asn1};

use super::{Base, Case};
use crate::tree::Tbs;

pub const AKI: &str = "2.5.29.35";
pub const SKI: &str = "2.5.29.14";
pub const KEY_USAGE: &str = "2.5.29.15";
pub const ALT_NAME: &str = "2.5.29.17";
pub const BASIC_CONSTRAINTS: &str = "2.5.29.19";
pub const CRL_POINTS: &str = "2.5.29.31";
pub const POLICIES: &str = "2.5.29.32";
pub const PURPOSES: &str = "2.5.29.37";
pub const ACCESS: &str = "1.3.6.1.5.5.7.1.1";
pub const NO_CHECK: &str = "1.3.6.1.5.5.7.48.1.5";

pub const COMMON_NAME: &str = "2.5.4.3";
pub const SURNAME: &str = "2.5.4.4";
pub const SERIAL_NUMBER: &str = "2.5.4.5";
pub const COUNTRY: &str = "2.5.4.6";
pub const LOCALITY: &str = "2.5.4.7";
pub const STATE: &str = "2.5.4.8";
pub const ORGANIZATION: &str = "2.5.4.10";
pub const UNIT: &str = "2.5.4.11";
pub const GIVEN_NAME: &str = "2.5.4.42";
pub const PSEUDONYM: &str = "2.5.4.65";
pub const ORGANIZATION_IDENTIFIER: &str = "2.5.4.97";
pub const EMAIL: &str = "1.2.840.113549.1.9.1";

pub const SERVER_AUTH: &str = "1.3.6.1.5.5.7.3.1";
pub const CLIENT_AUTH: &str = "1.3.6.1.5.5.7.3.2";
pub const EMAIL_PROTECTION: &str = "1.3.6.1.5.5.7.3.4";
pub const OCSP_SIGNING: &str = "1.3.6.1.5.5.7.3.9";
pub const ANY_PURPOSE: &str = "2.5.29.37.0";

pub fn all() -> Vec<Case> {
    [
        rfc5280::cases(),
        key::cases(),
        authority::cases(),
        smime::cases(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn case(lint: &'static str, base: Base, bend: fn(&mut Tbs)) -> Case {
    Case { lint, base, bend }
}

fn oids(oids: &[&str]) -> Vec<u8> {
    let encoded: Vec<Vec<u8>> = oids
        .iter()
        .map(|oid| asn1::oid(&ObjectIdentifier::new_unwrap(oid)))
        .collect();
    asn1::sequence_of(&encoded)
}

/// Policies without qualifiers.
fn policies(policies: &[&str]) -> Vec<u8> {
    let encoded: Vec<Vec<u8>> = policies.iter().map(|policy| oids(&[policy])).collect();
    asn1::sequence_of(&encoded)
}

/// Key usage from the numbers of its bits.
fn bits(numbers: &[u8]) -> Vec<u8> {
    let bits = numbers
        .iter()
        .fold(0_u16, |bits, number| bits | (1 << number));
    asn1::tlv(asn1::tag::BIT_STRING, &asn1::named_bits(bits))
}

/// General names from context tag number and text.
fn names(names: &[(u8, &str)]) -> Vec<u8> {
    let encoded: Vec<Vec<u8>> = names
        .iter()
        .map(|(number, text)| asn1::implicit(*number, text.as_bytes()))
        .collect();
    asn1::sequence_of(&encoded)
}

/// One distribution point with a full name of this address.
fn crl_point(address: &str) -> Vec<u8> {
    let full_name = asn1::explicit(0, &asn1::implicit(6, address.as_bytes()));
    asn1::sequence(&[&asn1::sequence(&[&asn1::explicit(0, &full_name)])])
}

/// Access descriptions from the last arc of the method and the address.
fn access(descriptions: &[(&str, &str)]) -> Vec<u8> {
    let encoded: Vec<Vec<u8>> = descriptions
        .iter()
        .map(|(method, address)| {
            let method = asn1::oid(&ObjectIdentifier::new_unwrap(method));
            asn1::sequence(&[&method, &asn1::implicit(6, address.as_bytes())])
        })
        .collect();
    asn1::sequence_of(&encoded)
}
