//! What is signed here is read and verified here, in every form.

use chancery_cms::oid;
use chancery_cms::signed::{
    AttributeOptions, Binding, ContentDigests, SignError, SignStep, SignatureFault,
    SignedDataOptions, SignedDataWriter, SignerOptions, SignerReport, VerifyPolicy,
};
use chancery_keys::{AwsLc, KeyAlgorithm, SecretKey};
use chancery_x509::extension::KeyUsage;
use chancery_x509::{DigestAlgorithm, PssParameters, SignatureAlgorithm};

use crate::support::{NOW, Party, only, read, sign, sign_one, verify};

fn algorithms() -> Vec<(KeyAlgorithm, SignatureAlgorithm)> {
    let pss = |digest| SignatureAlgorithm::RsaPss(PssParameters::with(digest));
    vec![
        (KeyAlgorithm::Rsa2048, SignatureAlgorithm::RsaPkcs1Sha256),
        (KeyAlgorithm::Rsa2048, SignatureAlgorithm::RsaPkcs1Sha512),
        (KeyAlgorithm::Rsa2048, pss(DigestAlgorithm::Sha256)),
        (KeyAlgorithm::Rsa2048, pss(DigestAlgorithm::Sha384)),
        (KeyAlgorithm::EcP256, SignatureAlgorithm::EcdsaSha256),
        (KeyAlgorithm::EcP384, SignatureAlgorithm::EcdsaSha384),
        (KeyAlgorithm::EcP521, SignatureAlgorithm::EcdsaSha512),
        (KeyAlgorithm::Ed25519, SignatureAlgorithm::Ed25519),
    ]
}

#[test]
fn every_algorithm_signs_with_and_without_attributes() {
    for (kind, algorithm) in algorithms() {
        let party = Party::new("signer", kind);
        for attributes in [Some(AttributeOptions::at(NOW)), None] {
            for by_key_identifier in [false, true] {
                let options = SignerOptions {
                    certificate: party.certificate.clone(),
                    algorithm,
                    by_key_identifier,
                    attributes: attributes.clone(),
                };
                let der = sign(
                    &[(&party, options)],
                    SignedDataOptions::default(),
                    b"hello",
                    2,
                );
                let (signed, content) = read(&der);
                assert_eq!(content, b"hello");
                assert_eq!(signed.version(), if by_key_identifier { 3 } else { 1 });
                let report = only(verify(&der));
                assert_eq!(report.faults, [], "{algorithm}");
                assert!(report.is_right() && !report.unordered);
                assert_eq!(report.certificate.as_deref(), Some(&party.certificate));
                assert_eq!(report.algorithm.known(), Some(algorithm));
                assert_eq!(report.has_attributes, attributes.is_some());
                if attributes.is_some() {
                    let digest = algorithm.digest().unwrap_or(DigestAlgorithm::Sha512);
                    assert_eq!(report.binding, Binding::SigningCertificateV2(digest));
                    assert!(report.algorithms_protected);
                    assert_eq!(report.claimed_at, Some(NOW));
                } else {
                    assert_eq!(report.binding, Binding::Absent);
                }
            }
        }
    }
}

#[test]
fn several_sign_and_each_is_told_apart() {
    let one = Party::new("one", KeyAlgorithm::EcP256);
    let two = Party::new("two", KeyAlgorithm::Ed25519);
    let parties = [(&one, one.options()), (&two, two.options())];
    let der = sign(&parties, SignedDataOptions::default(), b"hello", 5);
    let reports = verify(&der);
    assert_eq!(reports.len(), 2);
    assert!(reports.iter().all(SignerReport::is_right));
    // One signature altered leaves the other right.
    let (signed, _) = read(&der);
    let signature = signed.signers()[0].signature();
    let at = der
        .windows(signature.len())
        .position(|part| part == signature)
        .unwrap();
    let mut altered = der.clone();
    altered[at + signature.len() - 1] ^= 1;
    let right: Vec<_> = verify(&altered)
        .iter()
        .map(SignerReport::is_right)
        .collect();
    assert_eq!(right.iter().filter(|right| **right).count(), 1, "{right:?}");
}

#[test]
fn detached_content_is_compared() {
    let party = Party::new("signer", KeyAlgorithm::Rsa2048);
    let options = SignedDataOptions {
        detached: true,
        ..SignedDataOptions::default()
    };
    let der = sign(&[(&party, party.options())], options, b"hello", 5);
    let (signed, content) = read(&der);
    assert!(content.is_empty() && signed.content().is_none());
    let with = |content: &[u8]| {
        let digests = ContentDigests::of(content, signed.digests(), &AwsLc);
        only(signed.verify(Some(&digests), &[], VerifyPolicy::default(), &AwsLc)).faults
    };
    assert_eq!(with(b"hello"), []);
    assert_eq!(with(b"hullo"), [SignatureFault::Content]);
    let without = signed.verify(None, &[], VerifyPolicy::default(), &AwsLc);
    assert_eq!(only(without).faults, [SignatureFault::ContentMissing]);
}

#[test]
fn large_content_is_der_where_its_length_is_known_and_ber_elsewhere() {
    let content: Vec<u8> = (0..3_000_000_u32).map(|at| at.to_le_bytes()[1]).collect();
    let rsa = Party::new("rsa", KeyAlgorithm::Rsa2048);
    let ec = Party::new("ec", KeyAlgorithm::EcP256);
    for (party, length, definite) in [
        (&rsa, Some(content.len() as u64), true),
        (&rsa, None, false),
        (&ec, Some(content.len() as u64), false),
    ] {
        let options = SignedDataOptions {
            content_length: length,
            ..SignedDataOptions::default()
        };
        let der = sign(&[(party, party.options())], options, &content, 70_000);
        assert_eq!(der[1] != 0x80, definite);
        assert!(read(&der).1 == content);
        assert_eq!(only(verify(&der)).faults, []);
    }
    // A length that turns out wrong is an error, not a broken file.
    let options = SignedDataOptions {
        content_length: Some(3_000_001),
        ..SignedDataOptions::default()
    };
    let mut writer = SignedDataWriter::new(vec![rsa.options()], options, &AwsLc).unwrap();
    writer.content(&content, &mut Vec::new()).unwrap();
    let (mut signing, step) = writer.finish().unwrap();
    let SignStep::Need { need, .. } = step else {
        panic!("nothing is to be signed")
    };
    let signature = rsa.key.answer(&need).unwrap();
    assert!(matches!(
        signing.resume(&signature),
        Err(SignError::Write(_))
    ));
}

#[test]
fn commitments_and_other_types_of_content_are_signed() {
    let party = Party::new("signer", KeyAlgorithm::EcP256);
    let mut options = party.options();
    options.attributes.as_mut().unwrap().commitments = vec![oid::PROOF_OF_APPROVAL];
    options.attributes.as_mut().unwrap().smime_capabilities = true;
    let structure = SignedDataOptions {
        content_type: oid::TST_INFO,
        ..SignedDataOptions::default()
    };
    let der = sign(&[(&party, options.clone())], structure.clone(), b"hello", 5);
    assert_eq!(read(&der).0.version(), 3);
    let report = only(verify(&der));
    assert_eq!(report.faults, []);
    assert_eq!(report.commitments, [oid::PROOF_OF_APPROVAL]);
    // Without attributes such content is refused (RFC 5652 section 5.3).
    options.attributes = None;
    assert!(matches!(
        SignedDataWriter::new(vec![options], structure, &AwsLc).err(),
        Some(SignError::AttributesRequired { .. })
    ));
}

#[test]
fn what_should_not_be_signed_is_refused() {
    let ec = Party::new("ec", KeyAlgorithm::EcP256);
    let rsa = Party::new("rsa", KeyAlgorithm::Rsa2048);
    let new = |options: Vec<SignerOptions>| {
        SignedDataWriter::new(options, SignedDataOptions::default(), &AwsLc).err()
    };
    assert_eq!(new(vec![]), Some(SignError::NoSigner));
    assert!(matches!(
        new(vec![ec.with(SignatureAlgorithm::RsaPkcs1Sha256)]),
        Some(SignError::KeyMismatch { .. })
    ));
    assert!(matches!(
        new(vec![rsa.with(SignatureAlgorithm::RsaPkcs1Sha1)]),
        Some(SignError::WeakDigest { .. })
    ));
    for (usage, refused) in [
        (Some(KeyUsage::KEY_ENCIPHERMENT), true),
        (Some(KeyUsage::KEY_CERT_SIGN), true),
        (Some(KeyUsage::NON_REPUDIATION), false),
        (
            Some(KeyUsage::DIGITAL_SIGNATURE | KeyUsage::KEY_ENCIPHERMENT),
            false,
        ),
        (None, false),
    ] {
        let party = Party::with_usage("ec", KeyAlgorithm::EcP256, 1, usage);
        let error = new(vec![party.options()]);
        assert_eq!(error, refused.then_some(SignError::KeyUsage), "{usage:?}");
    }
    // Another key's signature does not leave.
    let mut writer =
        SignedDataWriter::new(vec![ec.options()], SignedDataOptions::default(), &AwsLc).unwrap();
    writer.content(b"hello", &mut Vec::new()).unwrap();
    let (mut signing, step) = writer.finish().unwrap();
    let SignStep::Need { need, .. } = step else {
        panic!("nothing is to be signed")
    };
    let other = Party::new("other", KeyAlgorithm::EcP256);
    assert!(matches!(
        signing.resume(&other.key.answer(&need).unwrap()),
        Err(SignError::WrongSignature(_))
    ));
    // Content that looks like attributes is not signed bare.
    let with = sign_one(&ec, b"hello");
    let attributes = read(&with).0.signers()[0]
        .signed_attributes()
        .unwrap()
        .to_der();
    let mut options = ec.options();
    options.attributes = None;
    let mut writer =
        SignedDataWriter::new(vec![options], SignedDataOptions::default(), &AwsLc).unwrap();
    writer.content(&attributes, &mut Vec::new()).unwrap();
    assert_eq!(
        writer.finish().err(),
        Some(SignError::ContentLooksLikeAttributes)
    );
}
