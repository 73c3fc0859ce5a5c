//! Rules for the certified key.

use super::case;
use crate::lints::{Base, Case};
use crate::tree::Node;

/// 65537 to the power of 128, 2049 bits: what a faulty generator's moduli look like modulo small primes.
fn power_of_the_generator() -> Vec<u8> {
    let mut octets = vec![1_u8];
    for _ in 0..128 {
        // Times 65537 is the number, two octets shifted, plus the number.
        let shifted = [octets.clone(), vec![0, 0]].concat();
        let mut carry = 0_u16;
        let mut sum: Vec<u8> = shifted
            .iter()
            .rev()
            .zip(octets.iter().rev().copied().chain(std::iter::repeat(0)))
            .map(|(a, b)| {
                carry += u16::from(*a) + u16::from(b);
                let [high, low] = carry.to_be_bytes();
                carry = u16::from(high);
                low
            })
            .collect();
        sum.push(carry.to_be_bytes()[1]);
        sum.reverse();
        let first = sum.iter().position(|octet| *octet != 0).unwrap();
        octets = sum.split_off(first);
    }
    octets
}

/// 2^(bits-1) + 1: an odd number of this many bits.
fn modulus(bits: usize) -> Vec<u8> {
    let mut octets = vec![0_u8; bits.div_ceil(8)];
    octets[0] = 1 << ((bits - 1) % 8);
    let last = octets.len() - 1;
    octets[last] = 1;
    octets
}

pub fn cases() -> Vec<Case> {
    vec![
        case("key_encoding", Base::SponsorRsa, |tbs| {
            // RSA without the NULL.
            tbs.key().children[0].children.truncate(1);
        }),
        case("key_encoding", Base::SponsorRsa, |tbs| {
            // id-RSASSA-PSS
            tbs.key().children[0].children[0].content =
                chancery_x509::oid::RSASSA_PSS.as_bytes().to_vec();
        }),
        case("key_encoding", Base::Sponsor, |tbs| {
            tbs.key().children[1].content.truncate(9);
        }),
        case("key_allowed", Base::Sponsor, |tbs| {
            let key = [vec![0], vec![7; 32]].concat();
            let algorithm = Node::parse(b"\x30\x05\x06\x03\x2b\x65\x70");
            tbs.key().children = vec![algorithm, Node::primitive(3, &key)];
        }),
        case("key_allowed", Base::SponsorRsa, |tbs| {
            tbs.rsa_key(&modulus(8200), &[1, 0, 1]);
        }),
        case("rsa_modulus_size", Base::SponsorRsa, |tbs| {
            tbs.rsa_key(&modulus(1024), &[1, 0, 1]);
        }),
        case("rsa_modulus_size", Base::SponsorRsa, |tbs| {
            tbs.rsa_key(&modulus(2052), &[1, 0, 1]);
        }),
        case("rsa_modulus_size", Base::SponsorRsa, |tbs| {
            tbs.pss_key(&modulus(1024));
        }),
        case("rsa_exponent", Base::SponsorRsa, |tbs| {
            tbs.rsa_key(&modulus(2048), &[1]);
        }),
        case("rsa_exponent", Base::SponsorRsa, |tbs| {
            tbs.rsa_key(&modulus(2048), &[1, 0, 0]);
        }),
        case("rsa_exponent_range", Base::SponsorRsa, |tbs| {
            tbs.rsa_key(&modulus(2048), &[3]);
        }),
        case("rsa_exponent_range", Base::SponsorRsa, |tbs| {
            tbs.rsa_key(&modulus(2048), &[0xff, 0xff]);
        }),
        case("rsa_exponent_range", Base::SponsorRsa, |tbs| {
            tbs.rsa_key(&modulus(2048), &[1; 33]);
        }),
        case("rsa_small_factor", Base::SponsorRsa, |tbs| {
            let mut even = modulus(2048);
            even[255] = 2;
            tbs.rsa_key(&even, &[1, 0, 1]);
        }),
        case("rsa_roca", Base::SponsorRsa, |tbs| {
            tbs.rsa_key(&power_of_the_generator(), &[1, 0, 1]);
        }),
        // (2^1024 - 1)²
        case("rsa_close_factors", Base::SponsorRsa, |tbs| {
            let mut square = vec![0xff; 256];
            square[127] = 0xfe;
            square[128..].fill(0);
            square[255] = 1;
            tbs.rsa_key(&square, &[1, 0, 1]);
        }),
        case("point_on_curve", Base::Sponsor, |tbs| {
            *tbs.key().children[1].content.last_mut().unwrap() ^= 1;
        }),
    ]
}
