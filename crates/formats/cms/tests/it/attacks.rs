//! Forgeries: what a signature does not cover must not pass for signed.

use std::sync::LazyLock;

use chancery_cms::oid;
use chancery_cms::signed::{
    SignatureFault, SignedDataOptions, SignerOptions, VerifyPolicy, read_signed_data,
};
use chancery_cms::stream::Limits;
use chancery_keys::{AwsLc, KeyAlgorithm, SecretKey};
use chancery_x509::asn1::{self, Reader, tag};
use chancery_x509::{Certificate, KeyNeed, SignatureAlgorithm, TbsCertificate};
use proptest::prelude::*;

use crate::support::{Party, only, read, sign, sign_one, verify};

static PARTY: LazyLock<Party> = LazyLock::new(|| Party::new("signer", KeyAlgorithm::EcP256));

/// The parts of a structure with one signer, to be put together otherwise.
struct Parts {
    content_type: Vec<u8>,
    content: Vec<u8>,
    attributes: Option<Vec<u8>>,
    digest: Vec<u8>,
    algorithm: Vec<u8>,
    signature: Vec<u8>,
    unsigned: Vec<u8>,
    certificate: Certificate,
}

impl Parts {
    /// Of a message signed in the usual way.
    fn signed(content: &[u8]) -> Self {
        let (data, _) = read(&sign_one(&PARTY, content));
        let signer = &data.signers()[0];
        Self {
            content_type: asn1::oid(&oid::DATA),
            content: content.to_vec(),
            attributes: Some(signer.signed_attributes().unwrap().to_der()),
            digest: signer.digest().known().unwrap().to_der(),
            algorithm: signer.signature_algorithm().known().unwrap().to_der(),
            signature: signer.signature().to_vec(),
            unsigned: Vec::new(),
            certificate: PARTY.certificate.clone(),
        }
    }

    /// Signs these attributes anew, in the order given.
    fn with_attributes(mut self, attributes: &[Vec<u8>]) -> Self {
        let set = asn1::tlv(tag::SET, &attributes.concat());
        self.signature = bare_signature(&set);
        self.attributes = Some(set);
        self
    }

    fn to_der(&self) -> Vec<u8> {
        let attributes = self.attributes.as_ref().map_or_else(Vec::new, |set| {
            let content = asn1::element(set, tag::SET, "attributes").unwrap();
            asn1::tlv(0xa0, content)
        });
        let certificate = &self.certificate;
        let serial = asn1::integer(certificate.serial().as_bytes());
        let sid = asn1::sequence(&[certificate.issuer().as_der(), &serial]);
        let signer = asn1::sequence(&[
            &asn1::integer_u64(1),
            &sid,
            &self.digest,
            &attributes,
            &self.algorithm,
            &asn1::octet_string(&self.signature),
            &self.unsigned,
        ]);
        structure(
            &self.content_type,
            &self.content,
            &self.digest,
            vec![signer],
            certificate,
        )
    }

    fn faults(&self) -> Vec<SignatureFault> {
        only(verify(&self.to_der())).faults
    }
}

fn structure(
    content_type: &[u8],
    content: &[u8],
    digest: &[u8],
    signers: Vec<Vec<u8>>,
    certificate: &Certificate,
) -> Vec<u8> {
    let body = asn1::sequence(&[
        &asn1::integer_u64(1),
        &asn1::set_of(vec![digest.to_vec()]),
        &asn1::sequence(&[
            content_type,
            &asn1::explicit(0, &asn1::octet_string(content)),
        ]),
        &asn1::tlv(0xa0, certificate.as_der()),
        &asn1::set_of(signers),
    ]);
    asn1::sequence(&[&asn1::oid(&oid::SIGNED_DATA), &asn1::explicit(0, &body)])
}

fn bare_signature(message: &[u8]) -> Vec<u8> {
    let need = KeyNeed::Sign {
        algorithm: SignatureAlgorithm::EcdsaSha256,
        message: message.to_vec(),
    };
    PARTY.key.answer(&need).unwrap().to_vec()
}

fn attribute(kind: &chancery_x509::ObjectIdentifier, values: &[Vec<u8>]) -> Vec<u8> {
    asn1::sequence(&[&asn1::oid(kind), &asn1::tlv(tag::SET, &values.concat())])
}

fn content_type() -> Vec<u8> {
    attribute(&oid::CONTENT_TYPE, &[asn1::oid(&oid::DATA)])
}

fn digest_of(content: &[u8]) -> Vec<u8> {
    use chancery_x509::Crypto as _;
    asn1::octet_string(&AwsLc.digest(chancery_x509::DigestAlgorithm::Sha256, content))
}

#[test]
fn the_ground_is_right() {
    assert_eq!(Parts::signed(b"hello").faults(), []);
    let set = [
        content_type(),
        attribute(&oid::MESSAGE_DIGEST, &[digest_of(b"hello")]),
    ];
    assert_eq!(Parts::signed(b"hello").with_attributes(&set).faults(), []);
}

#[test]
fn attributes_passed_off_as_content_are_caught() {
    let mut parts = Parts::signed(b"hello");
    parts.content = parts.attributes.take().unwrap();
    // The signature itself is right: only the form of the content gives it away.
    assert_eq!(parts.faults(), [SignatureFault::ContentLooksLikeAttributes]);
}

#[test]
fn missing_doubled_and_empty_attributes_are_caught() {
    let right = attribute(&oid::MESSAGE_DIGEST, &[digest_of(b"hello")]);
    let wrong = attribute(&oid::MESSAGE_DIGEST, &[digest_of(b"other")]);
    let both = attribute(
        &oid::MESSAGE_DIGEST,
        &[digest_of(b"other"), digest_of(b"hello")],
    );
    let none = attribute(&oid::MESSAGE_DIGEST, &[]);
    let not_single = |oid| vec![SignatureFault::AttributeNotSingle { oid }];
    let missing = |name| vec![SignatureFault::AttributeMissing { name }];
    let cases = [
        (vec![right.clone()], missing("contentType")),
        (vec![content_type()], missing("messageDigest")),
        (
            vec![content_type(), right.clone(), wrong.clone()],
            not_single(oid::MESSAGE_DIGEST),
        ),
        (
            vec![content_type(), right.clone(), right.clone()],
            not_single(oid::MESSAGE_DIGEST),
        ),
        (vec![content_type(), both], not_single(oid::MESSAGE_DIGEST)),
        (vec![content_type(), none], not_single(oid::MESSAGE_DIGEST)),
        (
            vec![content_type(), content_type(), right.clone()],
            not_single(oid::CONTENT_TYPE),
        ),
        (vec![content_type(), wrong], vec![SignatureFault::Content]),
    ];
    for (attributes, faults) in cases {
        assert_eq!(
            Parts::signed(b"hello")
                .with_attributes(&attributes)
                .faults(),
            faults
        );
    }
}

#[test]
fn another_type_of_content_is_caught() {
    let mut parts = Parts::signed(b"hello");
    parts.content_type = asn1::oid(&oid::TST_INFO);
    assert_eq!(
        parts.faults(),
        [SignatureFault::ContentType {
            signed: oid::DATA,
            stated: oid::TST_INFO
        }]
    );
    parts.attributes = None;
    parts.signature = bare_signature(b"hello");
    assert_eq!(
        parts.faults(),
        [SignatureFault::AttributesRequired {
            stated: oid::TST_INFO
        }]
    );
}

#[test]
fn weaker_and_other_digests_are_caught() {
    use chancery_x509::{Crypto as _, DigestAlgorithm};
    // The content by SHA-1, the attributes by SHA-256.
    let sha1 = asn1::octet_string(&AwsLc.digest(DigestAlgorithm::Sha1, b"hello"));
    let set = [content_type(), attribute(&oid::MESSAGE_DIGEST, &[sha1])];
    let mut parts = Parts::signed(b"hello").with_attributes(&set);
    parts.digest = DigestAlgorithm::Sha1.to_der();
    assert_eq!(
        parts.faults(),
        [
            SignatureFault::DigestDiffers {
                content: DigestAlgorithm::Sha1,
                signature: DigestAlgorithm::Sha256
            },
            SignatureFault::WeakDigest {
                digest: DigestAlgorithm::Sha1
            },
        ]
    );
    // Algorithms that were protected are compared.
    let mut parts = Parts::signed(b"hello");
    parts.digest = DigestAlgorithm::Sha512.to_der();
    assert!(
        parts
            .faults()
            .contains(&SignatureFault::AlgorithmProtection)
    );
}

#[test]
fn a_certificate_put_in_place_of_the_signers_is_caught() {
    // Same key, issuer and serial number, other certificate: what signing-certificate attributes are for.
    let twin = {
        use chancery_keys::Signer as _;
        let mut tbs = TbsCertificate::from_der(PARTY.certificate.tbs_der()).unwrap();
        tbs.not_after += 1;
        let der = tbs.to_der().unwrap();
        let key = &PARTY.key;
        Certificate::assemble(&der, key.algorithm(), &key.sign(&der).unwrap()).unwrap()
    };
    let mut parts = Parts::signed(b"hello");
    parts.certificate = twin;
    assert_eq!(parts.faults(), [SignatureFault::SigningCertificate]);
}

#[test]
fn nobody_signed_is_not_signed() {
    let digest = chancery_x509::DigestAlgorithm::Sha256.to_der();
    let der = structure(
        &asn1::oid(&oid::DATA),
        b"hello",
        &digest,
        vec![],
        &PARTY.certificate,
    );
    assert!(verify(&der).is_empty());
}

#[test]
fn ber_and_unordered_attributes_verify_and_are_told() {
    let digest = attribute(&oid::MESSAGE_DIGEST, &[digest_of(b"hello")]);
    // DER puts the shorter element first; this is the other way round.
    let set = [digest.clone(), content_type()];
    let report = only(verify(
        &Parts::signed(b"hello").with_attributes(&set).to_der(),
    ));
    assert_eq!(report.faults, []);
    assert!(report.unordered);
    // Signed as DER, sent in another order: what RFC 5652 section 5.4 has verifiers put right.
    let mut parts = Parts::signed(b"hello").with_attributes(&[content_type(), digest.clone()]);
    parts.attributes = Some(asn1::tlv(tag::SET, &[digest, content_type()].concat()));
    let report = only(verify(&parts.to_der()));
    assert_eq!(report.faults, []);
    assert!(!report.unordered);
}

#[test]
fn counter_signatures_are_read_and_cover_the_signature() {
    let mut parts = Parts::signed(b"hello");
    let counter = |over: &[u8], kind: Option<Vec<u8>>| {
        let mut list = vec![attribute(&oid::MESSAGE_DIGEST, &[digest_of(over)])];
        list.extend(kind);
        list.sort();
        let set = asn1::tlv(tag::SET, &list.concat());
        let serial = asn1::integer(PARTY.certificate.serial().as_bytes());
        let info = asn1::sequence(&[
            &asn1::integer_u64(1),
            &asn1::sequence(&[PARTY.certificate.issuer().as_der(), &serial]),
            &chancery_x509::DigestAlgorithm::Sha256.to_der(),
            &asn1::tlv(0xa0, asn1::element(&set, tag::SET, "set").unwrap()),
            &SignatureAlgorithm::EcdsaSha256.to_der(),
            &asn1::octet_string(&bare_signature(&set)),
        ]);
        asn1::explicit(1, &attribute(&oid::COUNTERSIGNATURE, &[info]))
    };
    for (over, kind, faults) in [
        (parts.signature.clone(), None, vec![]),
        (b"hello".to_vec(), None, vec![SignatureFault::Content]),
        (
            parts.signature.clone(),
            Some(content_type()),
            vec![SignatureFault::ContentTypeInCounterSignature],
        ),
    ] {
        parts.unsigned = counter(&over, kind);
        let report = only(verify(&parts.to_der()));
        assert_eq!(report.faults, []);
        assert_eq!(report.counter_signatures.len(), 1);
        assert_eq!(report.counter_signatures[0].faults, faults);
    }
}

/// Where the octets lie that a signature covers: content, signed attributes, signature.
fn covered(der: &[u8]) -> Vec<std::ops::Range<usize>> {
    let (data, content) = read(der);
    let signer = &data.signers()[0];
    let attributes = signer.signed_attributes().unwrap().as_received();
    let inner = Reader::new(&attributes, "attributes")
        .read(tag::SET, "attributes")
        .unwrap()
        .to_vec();
    [content, inner, signer.signature().to_vec()]
        .iter()
        .map(|part| {
            let at = der
                .windows(part.len())
                .rposition(|window| window == part)
                .unwrap();
            at..at + part.len()
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn no_altered_octet_verifies(part in 0_usize..3, at in any::<prop::sample::Index>(), bit in 0_u8..8) {
        static GOOD: LazyLock<Vec<u8>> = LazyLock::new(|| sign_one(&PARTY, b"some content of a message"));
        static RANGES: LazyLock<Vec<std::ops::Range<usize>>> = LazyLock::new(|| covered(&GOOD));
        let range = RANGES[part].clone();
        let mut der = GOOD.clone();
        der[range.start + at.index(range.len())] ^= 1 << bit;
        let mut content = Vec::new();
        let read = read_signed_data(&der, &mut content, Limits::default(), &AwsLc);
        if let Ok(signed) = read {
            let reports = signed.verify(None, &[], VerifyPolicy::default(), &AwsLc);
            prop_assert!(reports.iter().all(|report| !report.is_right()));
        }
    }

    #[test]
    fn damaged_structures_never_panic(at in any::<prop::sample::Index>(), octet in any::<u8>(), cut in any::<bool>()) {
        static GOOD: LazyLock<Vec<u8>> = LazyLock::new(|| {
            let other = Party::new("other", KeyAlgorithm::Ed25519);
            let by_key = SignerOptions { by_key_identifier: true, ..PARTY.options() };
            sign(&[(&PARTY, by_key), (&other, other.options())], SignedDataOptions::default(), b"content", 3)
        });
        let mut der = GOOD.clone();
        let at = at.index(der.len());
        if cut { der.truncate(at) } else { der[at] = octet }
        let mut content = Vec::new();
        let read = read_signed_data(&der, &mut content, Limits::default(), &AwsLc);
        if cut { prop_assert!(read.is_err()) }
        if let Ok(signed) = read {
            let _ = signed.verify(None, &[], VerifyPolicy::default(), &AwsLc);
        }
    }
}
