//! Time-stamps by OpenSSL's authority inside signatures (CAdES-T).

use std::fs;

use chancery_cms::signed::{
    AttributeOptions, SignerOptions, Signing, TimeStampRequest, TimeStampResponseError,
};
use chancery_cms::signed::{
    SignError, SignStep, SignatureFault, SignedDataOptions, SignedDataWriter, TimeStampError,
};
use chancery_keys::{AwsLc, KeyAlgorithm, SecretKey};
use chancery_x509::asn1::{self, tag};
use chancery_x509::{DigestAlgorithm, hex};
use tempfile::TempDir;

use crate::support::{Party, only, run, sign, verify};

const CONFIGURATION: &str = "
[req]
distinguished_name = dn
[dn]
[tsa_ext]
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[tsa]
default_tsa = tsa1
[tsa1]
serial = serial
crypto_device = builtin
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256,sha384,sha512
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
";

/// A token over a digest, SHA-256.
fn token(folder: &TempDir, imprint: &[u8], certificate: &str) -> Option<Vec<u8>> {
    let folder = folder.path();
    fs::write(folder.join("c.cnf"), CONFIGURATION).unwrap();
    fs::write(folder.join("serial"), "01\n").unwrap();
    if !folder.join("tsa.pem").exists() {
        run(
            "openssl",
            folder,
            "req -x509 -config c.cnf -extensions tsa_ext -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.pem -subj /CN=tsa -days 9",
        )?;
    }
    let digest = hex::encode(imprint, "");
    run(
        "openssl",
        folder,
        &format!("ts -query -config c.cnf -digest {digest} -sha256 {certificate} -out q.tsq"),
    )?;
    run(
        "openssl",
        folder,
        "ts -reply -config c.cnf -queryfile q.tsq -token_out -out t.der",
    )?;
    Some(fs::read(folder.join("t.der")).unwrap())
}

#[test]
fn a_signature_is_stamped_and_the_stamp_is_verified() {
    let folder = TempDir::new().unwrap();
    if run("openssl", folder.path(), "version").is_none() {
        return;
    }
    let party = Party::new("signer", KeyAlgorithm::EcP256);
    let options = SignedDataOptions {
        time_stamps: true,
        certificates: vec![party.certificate.clone()],
        ..SignedDataOptions::default()
    };
    let mut writer = SignedDataWriter::new(vec![party.options()], options, &AwsLc).unwrap();
    let mut out = Vec::new();
    writer.content(b"hello", &mut out).unwrap();
    let (mut signing, step) = writer.finish().unwrap();
    let SignStep::Need { need, .. } = step else {
        panic!("nothing is to be signed")
    };
    let step = signing.resume(&party.key.answer(&need).unwrap()).unwrap();
    let SignStep::Stamp { imprint, .. } = step else {
        panic!("no time-stamp is asked for")
    };
    // A token for something else is refused, and so is what is no token.
    let other = token(&folder, &[7; 32], "-cert").unwrap();
    assert_eq!(
        signing.resume(&other).err(),
        Some(SignError::TimeStamp(TimeStampError::Imprint))
    );
    assert!(matches!(
        signing.resume(b"token"),
        Err(SignError::TimeStamp(_))
    ));
    let good = token(&folder, &imprint, "-cert").unwrap();
    let SignStep::Done(rest) = signing.resume(&good).unwrap() else {
        panic!("more is asked for")
    };
    out.extend(rest);
    let report = only(verify(&out));
    assert_eq!(report.faults, []);
    let stamp = report.time_stamps[0].as_ref().unwrap();
    assert_eq!(stamp.authority.faults, []);
    assert_eq!(stamp.info.policy.to_string(), "1.2.3.4.1");
    assert_eq!(
        stamp
            .authority
            .certificate
            .as_ref()
            .unwrap()
            .subject()
            .common_name(),
        Some("tsa")
    );
    assert!(stamp.info.generated_at > 1_700_000_000);

    // Any altered octet of what the authority signed shows.
    let at = out
        .windows(good.len())
        .position(|part| part == good)
        .unwrap();
    let signed_at = at + good.windows(32).position(|part| part == imprint).unwrap();
    let mut altered = out.clone();
    altered[signed_at] ^= 1;
    assert_eq!(
        only(verify(&altered)).time_stamps,
        [Err(TimeStampError::Imprint)]
    );
    let mut altered = out.clone();
    altered[at + good.len() - 1] ^= 1;
    let report = only(verify(&altered));
    assert!(report.is_right());
    assert!(matches!(
        report.time_stamps[0].as_ref().unwrap().authority.faults[..],
        [SignatureFault::Signature(_)]
    ));
}

#[test]
fn a_stamp_without_its_certificate_is_not_right() {
    let folder = TempDir::new().unwrap();
    if run("openssl", folder.path(), "version").is_none() {
        return;
    }
    let party = Party::new("signer", KeyAlgorithm::EcP256);
    let (mut signing, imprint) = to_be_stamped(&party);
    let bare = token(&folder, &imprint, "").unwrap();
    let SignStep::Done(rest) = signing.resume(&bare).unwrap() else {
        panic!("more is asked for")
    };
    let report = only(verify(&rest));
    let stamp = report.time_stamps[0].as_ref().unwrap();
    assert_eq!(stamp.authority.faults, [SignatureFault::NoCertificate]);
}

/// Signs, and stops where the time-stamp is wanted.
fn to_be_stamped(party: &Party) -> (Signing<'static>, Vec<u8>) {
    let options = SignedDataOptions {
        time_stamps: true,
        ..SignedDataOptions::default()
    };
    let mut writer = SignedDataWriter::new(vec![party.options()], options, &AwsLc).unwrap();
    writer.content(b"hello", &mut Vec::new()).unwrap();
    let (mut signing, step) = writer.finish().unwrap();
    let SignStep::Need { need, .. } = step else {
        panic!("nothing is to be signed")
    };
    match signing.resume(&party.key.answer(&need).unwrap()).unwrap() {
        SignStep::Stamp { imprint, .. } => (signing, imprint),
        _ => panic!("no time-stamp is asked for"),
    }
}

/// A token over a digest, SHA-256, by an authority of our own.
fn own_token(authority: &Party, imprint: &[u8], signing_certificate: bool) -> Vec<u8> {
    let info = asn1::sequence(&[
        &asn1::integer_u64(1),
        &asn1::oid(&chancery_cms::oid::DATA),
        &asn1::sequence(&[
            &DigestAlgorithm::Sha256.to_der(),
            &asn1::octet_string(imprint),
        ]),
        &asn1::integer_u64(7),
        &asn1::tlv(tag::GENERALIZED_TIME, b"20261120053353Z"),
    ]);
    let signer = SignerOptions {
        attributes: Some(AttributeOptions {
            signing_certificate,
            ..AttributeOptions::at(crate::support::NOW)
        }),
        ..authority.options()
    };
    let options = SignedDataOptions {
        content_type: chancery_cms::oid::TST_INFO,
        ..SignedDataOptions::default()
    };
    sign(&[(authority, signer)], options, &info, 1000)
}

#[test]
fn a_token_that_is_not_rightly_signed_does_not_leave() {
    let party = Party::new("signer", KeyAlgorithm::EcP256);
    let authority = Party::new("authority", KeyAlgorithm::EcP256);
    let (mut signing, imprint) = to_be_stamped(&party);

    let unnamed = own_token(&authority, &imprint, false);
    assert_eq!(
        signing.resume(&unnamed).err(),
        Some(SignError::TimeStampSignature(
            SignatureFault::AttributeMissing {
                name: "signingCertificate"
            }
        ))
    );
    let mut forged = own_token(&authority, &imprint, true);
    *forged.last_mut().unwrap() ^= 1;
    assert!(matches!(
        signing.resume(&forged),
        Err(SignError::TimeStampSignature(SignatureFault::Signature(_)))
    ));
    let good = own_token(&authority, &imprint, true);
    assert!(matches!(signing.resume(&good), Ok(SignStep::Done(_))));
}

#[test]
fn an_answer_is_compared_with_its_request() {
    let authority = Party::new("authority", KeyAlgorithm::EcP256);
    let request = TimeStampRequest::new(DigestAlgorithm::Sha256, vec![7; 32], &[0x80; 8]);
    let response = |status: &[&[u8]], token: &[u8]| {
        let response = asn1::sequence(&[&asn1::sequence(status), token]);
        request.token(&response, &AwsLc)
    };
    let granted = asn1::integer_u64(0);
    assert_eq!(
        response(&[&granted], &own_token(&authority, &[7; 32], true)),
        Err(TimeStampResponseError::Nonce)
    );
    assert_eq!(
        response(&[&granted], &own_token(&authority, &[8; 32], true)),
        Err(TimeStampResponseError::TimeStamp(TimeStampError::Imprint))
    );
    assert!(matches!(
        response(&[&granted], &[]),
        Err(TimeStampResponseError::Damaged(_))
    ));
    let words = asn1::sequence(&[&asn1::utf8_string(&"no ".repeat(1_000))]);
    assert_eq!(
        response(&[&asn1::integer_u64(2), &words], &[]),
        Err(TimeStampResponseError::Refused {
            status: 2,
            words: "no ".repeat(67)[..200].to_owned()
        })
    );
}
