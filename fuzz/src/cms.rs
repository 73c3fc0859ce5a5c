use std::convert::Infallible;

use chancery_cms::compressed::{Decompressor, InflateBudget, Inflation};
use chancery_cms::enveloped::{self, Decryptor, Recipient, RejectionSecret};
use chancery_cms::read_certificates;
use chancery_cms::signed::{ContentDigests, VerifyPolicy, read_signed_data};
use chancery_cms::stream::{Event, Limits, Parser, Prefix, Suffix};
use chancery_x509::PublicKeyInfo;
use chancery_x509::asn1;
use chancery_x509::crypto::KeyNeed;
use zeroize::Zeroizing;

use crate::provider::CRYPTO;

/// The base point of P-256 (SEC 2 section 2.4.2), both numbers.
const P256_BASE: [u64; 8] = [
    0x6b17_d1f2_e12c_4247,
    0xf8bc_e6e5_63a4_40f2,
    0x7703_7d81_2deb_33a0,
    0xf4a1_3945_d898_c296,
    0x4fe3_42e2_fe1a_7f9b,
    0x8ee7_eb4a_7c0f_9e16,
    0x2bce_3357_6b31_5ece,
    0xcbb6_4068_37bf_51f5,
];

/// Collections of certificates.
pub fn certificates(data: &[u8]) {
    if let Ok(certificates) = read_certificates(data) {
        let again = read_certificates(&chancery_cms::certificates_only(&certificates));
        assert!(!again.expect("its own encoding").is_empty());
    }
}

#[derive(Debug, Default, PartialEq)]
struct Read {
    prefix: Option<Prefix>,
    content: Vec<u8>,
    suffix: Option<Suffix>,
    whole: bool,
}

fn read<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> Read {
    let limits = Limits {
        depth: 16,
        prefix: 1 << 16,
        suffix: 1 << 16,
        content: 1 << 20,
    };
    let mut parser = Parser::new(limits);
    let mut read = Read::default();
    for mut piece in pieces {
        while let Ok(Some(event)) = parser.next(&mut piece) {
            match event {
                Event::Prefix(prefix) => assert!(read.prefix.replace(prefix).is_none()),
                Event::Content(octets) => {
                    assert!(!octets.is_empty() && read.prefix.is_some() && read.suffix.is_none());
                    read.content.extend_from_slice(octets);
                }
                Event::Suffix(suffix) => {
                    assert!(read.prefix.is_some());
                    assert!(read.suffix.replace(suffix).is_none());
                }
            }
        }
    }
    read.whole = parser.finish().is_ok();
    read
}

/// CMS as a stream: however it is cut into pieces, the same is read.
pub fn stream(data: &[u8]) {
    let Some((size, data)) = data.split_first() else {
        return;
    };
    let whole = read(std::iter::once(data));
    let pieces = read(data.chunks(usize::from(*size).max(1)));
    assert_eq!(whole, pieces);
}

/// Signed data: what is read is verified, whoever signed it.
pub fn signed(data: &[u8]) {
    let mut content = Vec::new();
    let limits = Limits {
        depth: 24,
        prefix: 1 << 16,
        // Enough for signers whose certificates and counter-signatures ask for more work than is given.
        suffix: 2 << 20,
        content: 1 << 20,
    };
    let Ok(signed) = read_signed_data(data, &mut content, limits, &CRYPTO) else {
        return;
    };
    assert!(content.len() <= data.len());
    let detached = ContentDigests::of(data, signed.digests(), &CRYPTO);
    for policy in [VerifyPolicy { sha1: false }, VerifyPolicy { sha1: true }] {
        let reports = signed.verify(Some(&detached), &[], policy, &CRYPTO);
        assert_eq!(reports.len(), signed.signers().len());
    }
}

/// A key that nobody has: an answer comes from elsewhere anyway.
fn recipients() -> [Recipient; 2] {
    let modulus = [&[0xc1_u8][..], &[0x5b; 255]].concat();
    let rsa = asn1::sequence(&[
        &asn1::sequence(&[
            &asn1::oid(&chancery_x509::oid::RSA_ENCRYPTION),
            &asn1::null(),
        ]),
        &asn1::bit_string(&asn1::sequence(&[
            &asn1::integer(&modulus),
            &asn1::integer_u64(65_537),
        ])),
    ]);
    let base: Vec<u8> = P256_BASE
        .iter()
        .flat_map(|word| word.to_be_bytes())
        .collect();
    let ec = asn1::sequence(&[
        &asn1::sequence(&[
            &asn1::oid(&chancery_x509::oid::EC_PUBLIC_KEY),
            &asn1::oid(&chancery_x509::oid::SECP256R1),
        ]),
        &asn1::bit_string(&[&[4_u8][..], &base].concat()),
    ]);
    [rsa, ec].map(|der| Recipient::Key(Box::new(PublicKeyInfo::from_der(&der).expect("a key"))))
}

/// Encrypted data, for a reader whose key answers something to everything.
pub fn enveloped(data: &[u8]) {
    for recipient in recipients() {
        let limits = Limits {
            depth: 24,
            prefix: 1 << 16,
            suffix: 1 << 16,
            content: 1 << 20,
        };
        let decryptor =
            Decryptor::with_limits(&CRYPTO, recipient, RejectionSecret::new([7; 32]), limits);
        let answer = |_: &KeyNeed| Ok::<_, Infallible>(Some(Zeroizing::new(vec![3; 32])));
        if let Ok((plain, _)) = enveloped::decrypt(decryptor, data, answer) {
            assert!(plain.len() <= data.len());
        }
    }
}

/// Compressed data: never more comes out than the budget has.
pub fn compressed(data: &[u8]) {
    let budget = InflateBudget {
        content: 1 << 20,
        ratio: 100,
        free: 1 << 16,
    };
    let mut decompressor = Decompressor::new(budget);
    let (mut rest, mut out, mut all) = (data, Vec::new(), 0_u64);
    loop {
        match decompressor.push(&mut rest, &mut out) {
            Ok(Inflation::More) => {
                all += out.len() as u64;
                out.clear();
            }
            Ok(Inflation::Reads) => break,
            Err(_) => return,
        }
        assert!(all <= budget.content + (128 << 10));
    }
    let _ = decompressor.finish(&mut out);
}
