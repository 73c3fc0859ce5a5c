//! OpenSSL in both directions.

use std::fs;
use std::path::Path;

use chancery_cms::signed::{
    AttributeOptions, Binding, ContentDigests, SignedDataOptions, SignerOptions, VerifyPolicy,
};
use chancery_keys::{AwsLc, KeyAlgorithm};
use chancery_x509::{DigestAlgorithm, PssParameters, SignatureAlgorithm};
use tempfile::TempDir;

use crate::support::{NOW, Party, only, read, run, sign, verify};

const KINDS: [(&str, KeyAlgorithm); 4] = [
    ("rsa", KeyAlgorithm::Rsa2048),
    ("p256", KeyAlgorithm::EcP256),
    ("p384", KeyAlgorithm::EcP384),
    ("p521", KeyAlgorithm::EcP521),
];

/// A folder with a message, keys and certificates; none where OpenSSL is missing.
fn folder(parties: &[(&str, &Party)]) -> Option<TempDir> {
    let folder = TempDir::new().unwrap();
    run("openssl", folder.path(), "version")?;
    for (name, party) in parties {
        party.write(folder.path(), name);
    }
    fs::write(folder.path().join("text"), "a message\r\nof two lines\r\n").unwrap();
    Some(folder)
}

fn message(folder: &Path) -> Vec<u8> {
    fs::read(folder.join("text")).unwrap()
}

#[test]
fn what_openssl_signs_is_right() {
    let parties = KINDS.map(|(name, kind)| (name, Party::new(name, kind)));
    let borrowed: Vec<_> = parties.iter().map(|(name, party)| (*name, party)).collect();
    let Some(folder) = folder(&borrowed) else {
        return;
    };
    let folder = folder.path();
    let pss = "-keyopt rsa_padding_mode:pss";
    let cases = [
        ("", Binding::Absent, true),
        ("-nosmimecap", Binding::Absent, true),
        ("-keyid", Binding::Absent, true),
        ("-stream", Binding::Absent, true),
        ("-noattr", Binding::Absent, false),
        ("-noattr -stream", Binding::Absent, false),
        (
            "-cades",
            Binding::SigningCertificateV2(DigestAlgorithm::Sha256),
            true,
        ),
        (
            "-cades -md sha512",
            Binding::SigningCertificateV2(DigestAlgorithm::Sha256),
            true,
        ),
        ("-md sha384", Binding::Absent, true),
        (pss, Binding::Absent, true),
        (
            "-keyopt rsa_padding_mode:pss -keyopt rsa_pss_saltlen:20 -md sha384",
            Binding::Absent,
            true,
        ),
    ];
    for (words, binding, has_attributes) in cases {
        for (name, _) in &borrowed {
            if words.contains("pss") && *name != "rsa" {
                continue;
            }
            run(
                "openssl",
                folder,
                &format!(
                    "cms -sign -binary -nodetach -in text -signer {name}.pem -inkey {name}.key -outform DER -out s.der {words}"
                ),
            );
            let der = fs::read(folder.join("s.der")).unwrap();
            let report = only(verify(&der));
            assert_eq!(report.faults, [], "{name} {words}");
            assert_eq!(report.has_attributes, has_attributes);
            match (report.binding, binding) {
                (
                    Binding::SigningCertificateV2(_) | Binding::SigningCertificate,
                    Binding::SigningCertificateV2(_),
                ) => {}
                (met, wanted) => assert_eq!(met, wanted, "{name} {words}"),
            }
            assert_eq!(read(&der).1, message(folder));
        }
    }
}

#[test]
fn several_signers_detached_and_added_later() {
    let (one, two) = (
        Party::new("one", KeyAlgorithm::Rsa2048),
        Party::new("two", KeyAlgorithm::EcP384),
    );
    let Some(folder) = folder(&[("one", &one), ("two", &two)]) else {
        return;
    };
    let folder = folder.path();
    run(
        "openssl",
        folder,
        "cms -sign -binary -in text -signer one.pem -inkey one.key -signer two.pem -inkey two.key -outform DER -out s.der",
    );
    run(
        "openssl",
        folder,
        "cms -sign -binary -in text -signer one.pem -inkey one.key -outform DER -out first.der",
    );
    run(
        "openssl",
        folder,
        "cms -resign -binary -content text -in first.der -inform DER -signer two.pem -inkey two.key -outform DER -out r.der",
    );
    for file in ["s.der", "r.der"] {
        let (signed, _) = read(&fs::read(folder.join(file)).unwrap());
        let digests = ContentDigests::of(&message(folder), signed.digests(), &AwsLc);
        let reports = signed.verify(Some(&digests), &[], VerifyPolicy::default(), &AwsLc);
        assert_eq!(reports.len(), 2, "{file}");
        for report in reports {
            assert_eq!(report.faults, [], "{file}");
        }
    }
    // Without the certificates inside they are taken from elsewhere.
    run(
        "openssl",
        folder,
        "cms -sign -binary -nodetach -nocerts -in text -signer one.pem -inkey one.key -outform DER -out n.der",
    );
    let (signed, _) = read(&fs::read(folder.join("n.der")).unwrap());
    let found = signed.verify(
        None,
        std::slice::from_ref(&one.certificate),
        VerifyPolicy::default(),
        &AwsLc,
    );
    assert_eq!(only(found).faults, []);
    let missing = signed.verify(
        None,
        std::slice::from_ref(&two.certificate),
        VerifyPolicy::default(),
        &AwsLc,
    );
    assert_eq!(
        only(missing).faults,
        [chancery_cms::signed::SignatureFault::NoCertificate]
    );
}

#[test]
fn openssl_verifies_what_is_signed_here() {
    let parties = KINDS.map(|(name, kind)| (name, Party::new(name, kind)));
    let borrowed: Vec<_> = parties.iter().map(|(name, party)| (*name, party)).collect();
    let Some(folder) = folder(&borrowed) else {
        return;
    };
    let folder = folder.path();
    let content = message(folder);
    let pss = SignatureAlgorithm::RsaPss(PssParameters::with(DigestAlgorithm::Sha256));
    for (name, party) in &borrowed {
        let full = AttributeOptions {
            smime_capabilities: true,
            ..AttributeOptions::at(NOW)
        };
        let plain = SignerOptions {
            attributes: Some(full),
            ..party.options()
        };
        let mut cases = vec![
            (plain.clone(), "-cades"),
            (
                SignerOptions {
                    by_key_identifier: true,
                    ..plain.clone()
                },
                "-cades",
            ),
            (
                SignerOptions {
                    attributes: None,
                    ..plain.clone()
                },
                "",
            ),
        ];
        if *name == "rsa" {
            cases.push((
                SignerOptions {
                    algorithm: pss,
                    ..plain.clone()
                },
                "-cades",
            ));
            let algorithm = SignatureAlgorithm::RsaPkcs1Sha512;
            cases.push((SignerOptions { algorithm, ..plain }, "-cades"));
        }
        for (options, words) in cases {
            for detached in [false, true] {
                let structure = SignedDataOptions {
                    detached,
                    ..SignedDataOptions::default()
                };
                let der = sign(&[(party, options.clone())], structure, &content, 7);
                fs::write(folder.join("s.der"), &der).unwrap();
                let given = if detached { "-content text" } else { "" };
                run(
                    "openssl",
                    folder,
                    &format!(
                        "cms -verify -binary -in s.der -inform DER {given} -CAfile {name}.pem -purpose any -out out {words}"
                    ),
                );
                assert_eq!(fs::read(folder.join("out")).unwrap(), content);
                // OpenSSL writes it out again as it was: it is DER.
                run(
                    "openssl",
                    folder,
                    "cms -cmsout -in s.der -inform DER -outform DER -out again.der",
                );
                assert_eq!(fs::read(folder.join("again.der")).unwrap(), der);
            }
        }
    }
}

#[test]
fn openssl_verifies_large_content_and_several_signers() {
    let (one, two) = (
        Party::new("one", KeyAlgorithm::Rsa2048),
        Party::new("two", KeyAlgorithm::EcP256),
    );
    let Some(folder) = folder(&[("one", &one), ("two", &two)]) else {
        return;
    };
    let folder = folder.path();
    let content = vec![b'x'; 2_500_000];
    let both = [(&one, one.options()), (&two, two.options())];
    let alone = [(&one, one.options())];
    let anchors = one.certificate.to_pem() + &two.certificate.to_pem();
    fs::write(folder.join("anchors.pem"), anchors).unwrap();
    for (parties, content_length) in [(&both[..], None), (&alone[..], Some(2_500_000))] {
        let structure = SignedDataOptions {
            content_length,
            ..SignedDataOptions::default()
        };
        fs::write(
            folder.join("s.der"),
            sign(parties, structure, &content, 100_000),
        )
        .unwrap();
        run(
            "openssl",
            folder,
            "cms -verify -binary -in s.der -inform DER -CAfile anchors.pem -purpose any -out out",
        );
        assert!(fs::read(folder.join("out")).unwrap() == content);
    }
}
