//! Certificate collections both ways, with OpenSSL as referee.

use std::path::Path;
use std::process::Command;

use chancery_cms::{
    CertificatesError, certificates_only, certificates_only_pem, read_certificates,
};
use chancery_keys::{KeyAlgorithm, Signer, SoftwareKey};
use chancery_x509::pem::PemError;
use chancery_x509::{
    Attribute, AttributeKind, Certificate, Name, PublicKeyInfo, SerialNumber, TbsCertificate,
};
use proptest::prelude::*;
use tempfile::TempDir;

/// Self-issued, by its common name.
fn certificate(common_name: &str) -> Certificate {
    let key = SoftwareKey::generate(KeyAlgorithm::EcP256).unwrap();
    let name = Name::new([Attribute::new(AttributeKind::CommonName, common_name)]).unwrap();
    let tbs = TbsCertificate {
        serial: SerialNumber::new(&[1]).unwrap(),
        signature: key.algorithm(),
        issuer: name.clone(),
        not_before: 1_795_152_833,
        not_after: 1_826_688_833,
        subject: name,
        subject_public_key: PublicKeyInfo::from_der(key.public_key()).unwrap(),
        extensions: Vec::new(),
    };
    let der = tbs.to_der().unwrap();
    Certificate::assemble(&der, key.algorithm(), &key.sign(&der).unwrap()).unwrap()
}

fn names(certificates: &[Certificate]) -> Vec<&str> {
    let mut names: Vec<_> = certificates
        .iter()
        .filter_map(|certificate| certificate.subject().common_name())
        .collect();
    names.sort_unstable();
    names
}

/// Runs openssl in a folder; none, with a word about it, where it is missing.
fn openssl(folder: &Path, arguments: &str) -> Option<String> {
    let Ok(output) = Command::new("openssl")
        .args(arguments.split_whitespace())
        .current_dir(folder)
        .output()
    else {
        eprintln!("skipped: the openssl command is not installed");
        return None;
    };
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "openssl {arguments}: {errors}");
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn what_is_made_is_read_back() {
    let chain = [
        certificate("leaf"),
        certificate("issuing"),
        certificate("root"),
    ];
    let der = certificates_only(&chain);
    assert_eq!(
        names(&read_certificates(&der).unwrap()),
        ["issuing", "leaf", "root"]
    );
    let text = certificates_only_pem(&chain);
    assert_eq!(read_certificates(text.as_bytes()), read_certificates(&der));
    // The order in which they are given and doubles make no difference.
    let [leaf, issuing, root] = chain;
    let again = certificates_only(&[root, leaf.clone(), issuing, leaf]);
    assert_eq!(again, der);
}

#[test]
fn openssl_reads_what_is_made() {
    let folder = TempDir::new().unwrap();
    let der = certificates_only(&[certificate("leaf"), certificate("root")]);
    std::fs::write(folder.path().join("c.p7b"), &der).unwrap();
    let Some(printed) = openssl(
        folder.path(),
        "pkcs7 -in c.p7b -inform DER -print_certs -noout",
    ) else {
        return;
    };
    assert_eq!(printed.matches("subject=").count(), 2, "{printed}");
    assert!(
        printed.contains("CN = leaf") && printed.contains("CN = root"),
        "{printed}"
    );
    let printed = openssl(
        folder.path(),
        "cms -cmsout -print -noout -in c.p7b -inform DER",
    )
    .unwrap();
    assert!(printed.contains("signerInfos:\n      <EMPTY>"), "{printed}");
    openssl(
        folder.path(),
        "pkcs7 -in c.p7b -inform DER -out again.der -outform DER",
    );
    assert_eq!(std::fs::read(folder.path().join("again.der")).unwrap(), der);
}

#[test]
fn what_openssl_makes_is_read() {
    let folder = TempDir::new().unwrap();
    let both = certificate("leaf").to_pem() + &certificate("root").to_pem();
    std::fs::write(folder.path().join("c.pem"), both).unwrap();
    if openssl(folder.path(), "crl2pkcs7 -nocrl -certfile c.pem -out c.p7b").is_none() {
        return;
    }
    openssl(
        folder.path(),
        "crl2pkcs7 -nocrl -certfile c.pem -out c.der -outform DER",
    );
    for file in ["c.p7b", "c.der"] {
        let read = read_certificates(&std::fs::read(folder.path().join(file)).unwrap()).unwrap();
        assert_eq!(names(&read), ["leaf", "root"]);
    }
    // A signed message carries certificates too; an encrypted one does not.
    openssl(
        folder.path(),
        "req -x509 -newkey rsa:2048 -nodes -keyout k.pem -out s.pem -subj /CN=signer -days 9",
    );
    std::fs::write(folder.path().join("text"), "hello").unwrap();
    openssl(
        folder.path(),
        "cms -sign -binary -in text -signer s.pem -inkey k.pem -out signed.der -outform DER",
    );
    let signed = std::fs::read(folder.path().join("signed.der")).unwrap();
    assert_eq!(names(&read_certificates(&signed).unwrap()), ["signer"]);
    openssl(
        folder.path(),
        "cms -encrypt -binary -in text -out sealed.der -outform DER s.pem",
    );
    let sealed = std::fs::read(folder.path().join("sealed.der")).unwrap();
    let content_type = "1.2.840.113549.1.7.3".parse().unwrap();
    assert_eq!(
        read_certificates(&sealed),
        Err(CertificatesError::OtherContent { content_type })
    );
}

/// What `openssl cms -stream` writes: indefinite lengths, content in segments.
#[test]
fn indefinite_lengths_are_read() {
    let folder = TempDir::new().unwrap();
    if openssl(
        folder.path(),
        "req -x509 -newkey rsa:2048 -nodes -keyout k.pem -out s.pem -subj /CN=signer -days 9",
    )
    .is_none()
    {
        return;
    }
    std::fs::write(folder.path().join("text"), "hello".repeat(10_000)).unwrap();
    openssl(
        folder.path(),
        "cms -sign -binary -nodetach -stream -in text -signer s.pem -inkey k.pem -out signed.der -outform DER",
    );
    let signed = std::fs::read(folder.path().join("signed.der")).unwrap();
    assert_eq!(signed[..2], [0x30, 0x80]);
    assert_eq!(names(&read_certificates(&signed).unwrap()), ["signer"]);
    let cut = read_certificates(&signed[..signed.len() - 2]);
    assert!(
        matches!(&cut, Err(CertificatesError::Damaged(error)) if error.is_truncation()),
        "{cut:?}"
    );
}

#[test]
fn what_is_no_collection_is_refused() {
    let one = certificate("one");
    assert!(matches!(
        read_certificates(one.as_der()),
        Err(CertificatesError::Damaged(_))
    ));
    assert!(matches!(
        read_certificates(one.to_pem().as_bytes()),
        Err(CertificatesError::Pem(PemError::WrongLabel { .. }))
    ));
    assert_eq!(
        read_certificates(&certificates_only(&[])),
        Err(CertificatesError::Empty)
    );
    let der = certificates_only(&[one]);
    assert!(read_certificates(&der[..der.len() - 1]).is_err());
    assert!(read_certificates(&[&der[..], &[0]].concat()).is_err());
    assert!(matches!(
        read_certificates(&vec![0x30; 5 * 1024 * 1024]),
        Err(CertificatesError::Damaged(_))
    ));
}

proptest! {
    #[test]
    fn damaged_collections_never_panic(at in any::<prop::sample::Index>(), octet in any::<u8>(), cut in any::<bool>()) {
        static GOOD: std::sync::LazyLock<Vec<u8>> =
            std::sync::LazyLock::new(|| certificates_only(&[certificate("one"), certificate("two")]));
        let mut der = GOOD.clone();
        let at = at.index(der.len());
        if cut {
            der.truncate(at);
        } else {
            der[at] = octet;
        }
        let _ = read_certificates(&der);
    }
}
