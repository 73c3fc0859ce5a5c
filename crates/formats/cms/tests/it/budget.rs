//! What verifying costs, whatever hangs on the signatures of a message.

use std::sync::{Arc, LazyLock};

use chancery_cms::oid;
use chancery_cms::signed::{SignatureFault, SignerReport, TimeStampError};
use chancery_keys::{AwsLc, KeyAlgorithm, SecretKey};
use chancery_x509::asn1::{self, tag};
use chancery_x509::{Certificate, Crypto, DigestAlgorithm, KeyNeed, SignatureAlgorithm};

use crate::support::{Party, only, sign_one, verify};

static PARTY: LazyLock<Party> = LazyLock::new(|| Party::new("signer", KeyAlgorithm::EcP256));

const CONTENT: &[u8] = b"content";

/// A signer without signed attributes, and what hangs on its signature.
fn signer(party: &Party, signature: &[u8], unsigned: &[Vec<u8>]) -> Vec<u8> {
    let serial = asn1::integer(party.certificate.serial().as_bytes());
    let unsigned = if unsigned.is_empty() {
        Vec::new()
    } else {
        asn1::tlv(tag::context_constructed(1), &unsigned.concat())
    };
    asn1::sequence(&[
        &asn1::integer_u64(1),
        &asn1::sequence(&[party.certificate.issuer().as_der(), &serial]),
        &DigestAlgorithm::Sha256.to_der(),
        &SignatureAlgorithm::EcdsaSha256.to_der(),
        &asn1::octet_string(signature),
        &unsigned,
    ])
}

/// One whose signature is nobody's.
fn wrong(unsigned: &[Vec<u8>]) -> Vec<u8> {
    signer(&PARTY, b"no signature", unsigned)
}

fn right(party: &Party, content: &[u8], unsigned: &[Vec<u8>]) -> Vec<u8> {
    let need = KeyNeed::Sign {
        algorithm: SignatureAlgorithm::EcdsaSha256,
        message: content.to_vec(),
    };
    signer(party, &party.key.answer(&need).unwrap(), unsigned)
}

/// One attribute for each value: an attribute of many is refused as damaged.
fn attributes(kind: &chancery_x509::ObjectIdentifier, values: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let one = |value: &Vec<u8>| asn1::sequence(&[&asn1::oid(kind), &asn1::tlv(tag::SET, value)]);
    values.iter().map(one).collect()
}

fn counters(values: &[Vec<u8>]) -> Vec<Vec<u8>> {
    attributes(&oid::COUNTERSIGNATURE, values)
}

fn structure(
    content_type: &chancery_x509::ObjectIdentifier,
    content: &[u8],
    signers: &[Vec<u8>],
    certificates: &[&Certificate],
) -> Vec<u8> {
    let certificates: Vec<_> = certificates.iter().map(|one| one.as_der()).collect();
    let body = asn1::sequence(&[
        &asn1::integer_u64(1),
        &asn1::set_of(vec![DigestAlgorithm::Sha256.to_der()]),
        &asn1::sequence(&[
            &asn1::oid(content_type),
            &asn1::explicit(0, &asn1::octet_string(content)),
        ]),
        &asn1::tlv(tag::context_constructed(0), &certificates.concat()),
        &asn1::tlv(tag::SET, &signers.concat()),
    ]);
    asn1::sequence(&[&asn1::oid(&oid::SIGNED_DATA), &asn1::explicit(0, &body)])
}

fn message(signers: &[Vec<u8>]) -> Vec<u8> {
    structure(&oid::DATA, CONTENT, signers, &[&PARTY.certificate])
}

/// All reports, those of counter-signatures included.
fn all(reports: &[SignerReport]) -> Vec<&SignerReport> {
    reports
        .iter()
        .flat_map(|report| [vec![report], all(&report.counter_signatures)].concat())
        .collect()
}

const fn is_budget(fault: &SignatureFault) -> bool {
    matches!(fault, SignatureFault::Budget { .. })
}

/// Sixteen counter-signatures, each with sixteen: one more signer than is looked at, and then some.
#[test]
fn what_hangs_on_signatures_is_counted_in_all() {
    let leaf = wrong(&[]);
    let branch = wrong(&counters(&vec![leaf; 16]));
    let hostile = wrong(&counters(&vec![branch; 16]));
    // DER would put the honest signer wherever it belongs; whoever attacks puts it last.
    let honest = right(&PARTY, CONTENT, &counters(&[wrong(&[])]));
    let reports = verify(&message(&[hostile, honest]));
    let [hostile, honest] = &reports[..] else {
        panic!("two signed")
    };
    assert_eq!(all(&reports).len(), 256);
    let last = hostile.counter_signatures.last().unwrap();
    assert!(last.faults.iter().any(is_budget), "{:?}", last.faults);
    // The signature itself comes before all that hangs on another's; that what hangs on it is not looked at is told, once.
    assert!(matches!(honest.faults[..], [SignatureFault::Budget { .. }]));
    assert!(honest.counter_signatures.is_empty());
}

#[test]
fn signatures_are_tried_with_so_many_keys_in_all() {
    let parties: Vec<_> = (0..8)
        .map(|_| Party::new("signer", KeyAlgorithm::EcP256))
        .collect();
    let certificates: Vec<_> = parties.iter().map(|party| &party.certificate).collect();
    let signers = vec![signer(&parties[0], b"no signature", &[]); 40];
    let reports = verify(&structure(&oid::DATA, CONTENT, &signers, &certificates));
    assert_eq!(reports.len(), 40);
    let (tried, left) = reports.split_at(256 / 8);
    let is_wrong = |fault: &SignatureFault| matches!(fault, SignatureFault::Signature(_));
    assert!(tried.iter().all(|one| one.faults.iter().all(is_wrong)));
    assert!(left.iter().all(|one| one.faults.iter().all(is_budget)));
    assert!(reports.iter().all(|report| !report.is_right()));
}

#[test]
fn reports_share_their_certificate() {
    let reports = verify(&message(&[
        wrong(&counters(&[wrong(&[]), wrong(&[])])),
        right(&PARTY, CONTENT, &[]),
    ]));
    let found = all(&reports);
    assert_eq!(found.len(), 4);
    let first = found[0].certificate.as_ref().unwrap();
    for report in found {
        assert!(Arc::ptr_eq(report.certificate.as_ref().unwrap(), first));
    }
}

#[test]
fn what_is_not_looked_at_is_told() {
    let many = vec![wrong(&[]); 17];
    let report = only(verify(&message(&[right(
        &PARTY,
        CONTENT,
        &counters(&many),
    )])));
    assert_eq!(
        report.faults,
        [SignatureFault::TooManyCounterSignatures { limit: 16 }]
    );
    assert_eq!(report.counter_signatures.len(), 16);

    let tokens = attributes(&oid::SIGNATURE_TIME_STAMP, &vec![asn1::null(); 17]);
    let report = only(verify(&message(&[right(&PARTY, CONTENT, &tokens)])));
    assert_eq!(report.faults, []);
    assert_eq!(report.time_stamps.len(), 17);
    assert_eq!(
        report.time_stamps[16],
        Err(TimeStampError::TooMany { limit: 16 })
    );

    let deep = (0..5).fold(wrong(&[]), |inner, _| wrong(&counters(&[inner])));
    let reports = verify(&message(&[deep]));
    let found = all(&reports);
    assert_eq!(found.len(), 4);
    let too_deep = SignatureFault::TooDeep { limit: 3 };
    assert!(found[3].faults.contains(&too_deep));
    assert!(!found[2].faults.contains(&too_deep));
}

/// A token of many signers is refused before one of them is verified.
#[test]
fn a_token_has_one_signer_before_any_is_verified() {
    let parties: Vec<_> = (0..8)
        .map(|_| Party::new("authority", KeyAlgorithm::EcP256))
        .collect();
    let certificates: Vec<_> = parties.iter().map(|party| &party.certificate).collect();
    let signature = b"no signature";
    let info = asn1::sequence(&[
        &asn1::integer_u64(1),
        &asn1::oid(&oid::DATA),
        &asn1::sequence(&[
            &DigestAlgorithm::Sha256.to_der(),
            &asn1::octet_string(&AwsLc.digest(DigestAlgorithm::Sha256, signature)),
        ]),
        &asn1::integer_u64(7),
        &asn1::tlv(tag::GENERALIZED_TIME, b"20261120053353Z"),
    ]);
    let signers = vec![signer(&parties[0], b"no signature", &[]); 64];
    let token = structure(&oid::TST_INFO, &info, &signers, &certificates);
    let unsigned = [
        attributes(&oid::SIGNATURE_TIME_STAMP, &[token]),
        counters(&[wrong(&[])]),
    ]
    .concat();
    let report = only(verify(&message(&[wrong(&unsigned)])));
    assert_eq!(
        report.time_stamps,
        [Err(TimeStampError::Signers { signers: 64 })]
    );
    let counter = &report.counter_signatures[0];
    assert!(
        !counter.faults.iter().any(is_budget),
        "{:?}",
        counter.faults
    );
}

#[test]
fn an_endless_signature_value_is_not_read() {
    use chancery_cms::signed::{SignedDataError, read_signed_data};
    use chancery_cms::stream::Limits;
    let endless = signer(&PARTY, &vec![1; 65_537], &[]);
    let read = read_signed_data(
        &message(&[endless]),
        &mut Vec::new(),
        Limits::default(),
        &AwsLc,
    );
    assert!(matches!(read, Err(SignedDataError::Damaged(_))));
    assert!(only(verify(&sign_one(&PARTY, CONTENT))).is_right());
}
