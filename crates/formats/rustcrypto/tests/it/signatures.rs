//! Signatures: known answers, every key's own, and what is wrong in each way.

use chancery_keys::{KeyAlgorithm, SecretKey, Signer, SoftwareKey};
use chancery_x509::{
    DigestAlgorithm, EcCurve, PssParameters, SignatureAlgorithm, VerifyError, asn1, oid,
};

use crate::support::{hex, providers};

fn point(curve: EcCurve, coordinates: &str) -> Vec<u8> {
    let algorithm = asn1::sequence(&[&asn1::oid(&oid::EC_PUBLIC_KEY), &asn1::oid(&curve.oid())]);
    let point = [vec![4], hex(coordinates)].concat();
    asn1::sequence(&[&algorithm, &asn1::bit_string(&point)])
}

fn ecdsa_signature(r: &str, s: &str) -> Vec<u8> {
    asn1::sequence(&[&asn1::integer(&hex(r)), &asn1::integer(&hex(s))])
}

/// RFC 6979 appendix A.2.5: P-256, the message `sample`.
const P256_KEY: &str = "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6
                        7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299";
const P256_SAMPLE: [(DigestAlgorithm, &str, &str); 5] = [
    (
        DigestAlgorithm::Sha1,
        "61340c88c3aaebeb4f6d667f672ca9759a6ccaa9fa8811313039ee4a35471d32",
        "6d7f147dac089441bb2e2fe8f7a3fa264b9c475098fdcf6e00d7c996e1b8b7eb",
    ),
    (
        DigestAlgorithm::Sha224,
        "53b2fff5d1752b2c689df257c04c40a587fababb3f6fc2702f1343af7ca9aa3f",
        "b9afb64fdc03dc1a131c7d2386d11e349f070aa432a4acc918bea988bf75c74c",
    ),
    (
        DigestAlgorithm::Sha256,
        "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716",
        "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
    ),
    (
        DigestAlgorithm::Sha384,
        "0eafea039b20e9b42309fb1d89e213057cbf973dc0cfc8f129edddc800ef7719",
        "4861f0491e6998b9455193e34e7b0d284ddd7149a74b95b9261f13abde940954",
    ),
    (
        DigestAlgorithm::Sha512,
        "8496a60b5e9b47c825488827e0495b0e3fa109ec4568fd3f8d1097678eb97f00",
        "2362ab1adbe2b8adf9cb9edab740ea6049c028114f2460f96554f61fae3302fe",
    ),
];

#[test]
fn ecdsa_with_every_digest_is_that_of_rfc_6979() {
    let key = point(EcCurve::P256, P256_KEY);
    for (name, crypto) in providers() {
        for (digest, r, s) in P256_SAMPLE {
            let algorithm = SignatureAlgorithm::ecdsa(digest);
            let signature = ecdsa_signature(r, s);
            let verify = |message: &[u8]| crypto.verify(algorithm, &key, message, &signature);
            assert_eq!(verify(b"sample"), Ok(()), "{name} {algorithm}");
            assert_eq!(verify(b"simple"), Err(VerifyError::Mismatch), "{name}");
            let hashed = crypto.digest(digest, b"sample");
            let outcome = crypto.verify_digest(algorithm, &key, &hashed, &signature);
            assert_eq!(outcome, Ok(()), "{name} {algorithm}");
            let outcome = crypto.verify_digest(algorithm, &key, &hashed[1..], &signature);
            assert_eq!(outcome, Err(VerifyError::Mismatch), "{name} {algorithm}");
        }
    }
}

/// The forms that implementations have taken wrongly, as Project Wycheproof collects them: numbers out of range, zero, negative, padded,
/// BER lengths, trailing octets, a sequence of one and of three.
#[test]
fn odd_ecdsa_signatures_are_refused() {
    let key = point(EcCurve::P256, P256_KEY);
    let (_, r, s) = P256_SAMPLE[2];
    let good = ecdsa_signature(r, s);
    let order = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
    let [r_number, s_number] = [r, s].map(|number| asn1::integer(&hex(number)));
    let zero = asn1::integer_u64(0);
    let odd = [
        asn1::sequence(&[&zero, &s_number]),
        asn1::sequence(&[&r_number, &zero]),
        asn1::sequence(&[&zero, &zero]),
        ecdsa_signature(r, order),
        ecdsa_signature(order, s),
        asn1::sequence(&[&r_number, &s_number, &zero]),
        asn1::sequence(&[&r_number]),
        // Without the zero octet that keeps them positive.
        asn1::sequence(&[&asn1::tlv(2, &hex(r)), &asn1::tlv(2, &hex(s))]),
        // With one zero octet too many.
        asn1::sequence(&[&asn1::tlv(2, &[&[0, 0], &hex(r)[..]].concat()), &s_number]),
        // A length in the long form where the short one does.
        [&[0x30, 0x81][..], &good[1..]].concat(),
        // An indefinite length.
        [&[0x30, 0x80][..], &good[2..], &[0, 0]].concat(),
        [&good[..], &[0]].concat(),
        good[..good.len() - 1].to_vec(),
        [hex(r), hex(s)].concat(),
        Vec::new(),
    ];
    for (name, crypto) in providers() {
        let verify = |signature: &[u8]| {
            crypto.verify(SignatureAlgorithm::EcdsaSha256, &key, b"sample", signature)
        };
        assert_eq!(verify(&good), Ok(()), "{name}");
        for (at, signature) in odd.iter().enumerate() {
            assert_eq!(verify(signature), Err(VerifyError::Mismatch), "{name} {at}");
        }
    }
}

#[test]
fn ed25519_is_that_of_rfc_8032() {
    // Section 7.1, TEST 3.
    let algorithm = asn1::sequence(&[&asn1::oid(&oid::ED25519)]);
    let public = hex("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
    let key = asn1::sequence(&[&algorithm, &asn1::bit_string(&public)]);
    let good = hex(
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac
                    18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    );
    // S + L: the same point, refused by section 5.1.7 step 1.
    let mut malleable = good.clone();
    let order = hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    let mut carry = 0;
    for (octet, add) in malleable[32..].iter_mut().zip(order) {
        let sum = u16::from(*octet) + u16::from(add) + carry;
        *octet = sum.to_le_bytes()[0];
        carry = sum >> 8;
    }
    for (name, crypto) in providers() {
        let verify = |message: &[u8], signature: &[u8]| {
            crypto.verify(SignatureAlgorithm::Ed25519, &key, message, signature)
        };
        assert_eq!(verify(&[0xaf, 0x82], &good), Ok(()), "{name}");
        let mismatch = Err(VerifyError::Mismatch);
        assert_eq!(verify(&[0xaf, 0x83], &good), mismatch, "{name}");
        assert_eq!(verify(&[0xaf, 0x82], &malleable), mismatch, "{name}");
        assert_eq!(verify(&[0xaf, 0x82], &good[..63]), mismatch, "{name}");
        let outcome = crypto.verify_digest(SignatureAlgorithm::Ed25519, &key, &[0; 64], &good);
        let expected = VerifyError::NotOverDigest(SignatureAlgorithm::Ed25519);
        assert_eq!(outcome, Err(expected), "{name}");
    }
}

/// Everything that a key in memory signs, both verify, and nothing near it.
#[test]
fn every_signature_of_a_software_key_verifies() {
    use DigestAlgorithm::{Sha256, Sha384, Sha512};
    let rsa = [
        SignatureAlgorithm::RsaPkcs1Sha256,
        SignatureAlgorithm::RsaPkcs1Sha384,
        SignatureAlgorithm::RsaPkcs1Sha512,
        SignatureAlgorithm::RsaPss(PssParameters::with(Sha256)),
        SignatureAlgorithm::RsaPss(PssParameters::with(Sha384)),
        SignatureAlgorithm::RsaPss(PssParameters::with(Sha512)),
    ];
    for kind in KeyAlgorithm::ALL {
        let key = SoftwareKey::generate(kind).unwrap();
        let own = [key.algorithm()];
        let algorithms = if kind == KeyAlgorithm::Rsa2048 {
            &rsa[..]
        } else {
            &own[..]
        };
        for &algorithm in algorithms {
            let signature = key.sign_with(algorithm, b"message").unwrap();
            let mut altered = signature.clone();
            *altered.last_mut().unwrap() ^= 1;
            let padded = [&[0], &signature[..]].concat();
            for (name, crypto) in providers() {
                let verify = |algorithm, message: &[u8], signature: &[u8]| {
                    crypto.verify(algorithm, key.public_key(), message, signature)
                };
                let told = format!("{name} {kind} {algorithm}");
                assert_eq!(verify(algorithm, b"message", &signature), Ok(()), "{told}");
                let mismatch = Err(VerifyError::Mismatch);
                assert_eq!(
                    verify(algorithm, b"massage", &signature),
                    mismatch,
                    "{told}"
                );
                assert_eq!(verify(algorithm, b"message", &altered), mismatch, "{told}");
                assert_eq!(verify(algorithm, b"message", &padded), mismatch, "{told}");
                if !rsa.contains(&algorithm) {
                    continue;
                }
                for other in rsa.into_iter().filter(|other| *other != algorithm) {
                    let outcome = verify(other, b"message", &signature);
                    assert_eq!(outcome, mismatch, "{told} as {other}");
                }
                let outcome = verify(SignatureAlgorithm::EcdsaSha256, b"message", &signature);
                assert_eq!(outcome, Err(VerifyError::UnusableKey), "{told}");
            }
        }
    }
}
