//! NSS and python's `cryptography` in both directions.

use std::fs;
use std::process::Command;

use chancery_cms::signed::{AttributeOptions, SignedDataOptions, SignerOptions};
use chancery_keys::KeyAlgorithm;
use tempfile::TempDir;

use crate::support::{NOW, Party, only, python, read, run, sign, verify};

const CONTENT: &[u8] = b"a line\r\nand another\r\n";

const CONFIGURATION: &str = "
[req]
distinguished_name = dn
[dn]
[root]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[person]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature,keyEncipherment
extendedKeyUsage = emailProtection
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = email:jana@example.com
";

/// A database of NSS with a key and certificate for mail; none where a program is missing.
fn database() -> Option<TempDir> {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    fs::write(path.join("content"), CONTENT).unwrap();
    fs::write(path.join("c.cnf"), CONFIGURATION).unwrap();
    let openssl = |words: &str| run("openssl", path, words);
    openssl(
        "req -x509 -config c.cnf -extensions root -newkey rsa:2048 -nodes -keyout r.key -out root.pem -days 30 -subj /CN=Root",
    )?;
    openssl("req -config c.cnf -newkey rsa:2048 -nodes -keyout k.pem -out c.csr -subj /CN=Jana")?;
    openssl(
        "x509 -req -in c.csr -CA root.pem -CAkey r.key -CAcreateserial -extfile c.cnf -extensions person -out c.pem -days 20",
    )?;
    openssl("pkcs12 -export -in c.pem -inkey k.pem -name jana -passout pass:geheim -out jana.p12")?;
    let db = format!("sql:{}", path.display());
    let program = |program: &str, words: &str| run(program, path, &format!("{words} -d {db}"));
    program("certutil", "-N --empty-password")?;
    let imported = Command::new("pk12util")
        .args(["-i", "jana.p12", "-W", "geheim", "-K", "", "-d", &db])
        .current_dir(path)
        .output()
        .ok()?;
    assert!(imported.status.success(), "{imported:?}");
    program("certutil", "-A -n root -t CT,CT,CT -i root.pem")?;
    Some(folder)
}

#[test]
fn what_nss_signs_is_right() {
    let Some(folder) = database() else { return };
    let path = folder.path();
    let db = format!("sql:{}", path.display());
    for words in ["", "-G", "-G -P -H SHA512", "-H SHA384 -T"] {
        if run(
            "cmsutil",
            path,
            &format!("-S -d {db} -N jana {words} -i content -o s.der"),
        )
        .is_none()
        {
            return;
        }
        let der = fs::read(path.join("s.der")).unwrap();
        let (data, content) = read(&der);
        let report = if words.contains("-T") {
            let digests = chancery_cms::signed::ContentDigests::of(
                CONTENT,
                data.digests(),
                &chancery_keys::AwsLc,
            );
            only(data.verify(
                Some(&digests),
                &[],
                chancery_cms::signed::VerifyPolicy::default(),
                &chancery_keys::AwsLc,
            ))
        } else {
            assert_eq!(content, CONTENT);
            only(verify(&der))
        };
        assert_eq!(report.faults, [], "{words}");
        assert_eq!(report.claimed_at.is_some(), words.contains("-G"));
    }
}

#[test]
fn nss_reads_what_is_signed_here() {
    let Some(folder) = database() else { return };
    let path = folder.path();
    let db = format!("sql:{}", path.display());
    let key = fs::read_to_string(path.join("k.pem")).unwrap();
    let party = Party::from_pem(&fs::read_to_string(path.join("c.pem")).unwrap(), &key);
    let full = AttributeOptions {
        smime_capabilities: true,
        ..AttributeOptions::at(NOW)
    };
    for (options, content_length) in [
        (
            SignerOptions {
                attributes: Some(full),
                ..party.options()
            },
            None,
        ),
        (
            SignerOptions {
                by_key_identifier: true,
                ..party.options()
            },
            Some(CONTENT.len() as u64),
        ),
        (
            SignerOptions {
                attributes: None,
                ..party.options()
            },
            None,
        ),
    ] {
        let structure = SignedDataOptions {
            content_length,
            ..SignedDataOptions::default()
        };
        let der = sign(&[(&party, options)], structure, CONTENT, 3);
        fs::write(path.join("s.der"), &der).unwrap();
        let Some(content) = run("cmsutil", path, &format!("-D -d {db} -i s.der")) else {
            return;
        };
        assert_eq!(content.as_bytes(), CONTENT);
        // It does not take what was altered.
        let at = der
            .windows(CONTENT.len())
            .position(|part| part == CONTENT)
            .unwrap();
        let mut altered = der;
        altered[at] ^= 1;
        fs::write(path.join("a.der"), altered).unwrap();
        let refused = Command::new("cmsutil")
            .args(["-D", "-d", &db, "-i", "a.der"])
            .current_dir(path)
            .output()
            .unwrap();
        assert!(!refused.status.success());
    }
}

/// What scripts need: the signer's certificate and key.
const PRELUDE: &str = "
import sys
try:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.serialization import pkcs7
    pkcs7.PKCS7SignatureBuilder
except (ImportError, AttributeError):
    sys.exit(77)
cert = x509.load_pem_x509_certificate(open('s.pem', 'rb').read())
key = serialization.load_pem_private_key(open('s.key', 'rb').read(), None)
";

#[test]
fn what_python_signs_is_right() {
    for kind in [KeyAlgorithm::Rsa2048, KeyAlgorithm::EcP256] {
        let folder = TempDir::new().unwrap();
        let party = Party::new("signer", kind);
        party.write(folder.path(), "s");
        fs::write(folder.path().join("content"), CONTENT).unwrap();
        let script = "
content = open('content', 'rb').read()
for name, options in [('plain', [pkcs7.PKCS7Options.Binary]), ('noattr', [pkcs7.PKCS7Options.Binary, pkcs7.PKCS7Options.NoAttributes]), ('nocap', [pkcs7.PKCS7Options.Binary, pkcs7.PKCS7Options.NoCapabilities])]:
    for digest in [hashes.SHA256(), hashes.SHA384(), hashes.SHA512()]:
        signed = pkcs7.PKCS7SignatureBuilder().set_data(content).add_signer(cert, key, digest).sign(serialization.Encoding.DER, options)
        open(name + '-' + digest.name + '.der', 'wb').write(signed)
";
        if !python(folder.path(), PRELUDE, script) {
            return;
        }
        let mut seen = 0;
        for entry in fs::read_dir(folder.path()).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "der") {
                let der = fs::read(&path).unwrap();
                assert_eq!(read(&der).1, CONTENT);
                assert_eq!(only(verify(&der)).faults, [], "{}", path.display());
                seen += 1;
            }
        }
        assert_eq!(seen, 9);
    }
}

#[test]
fn python_reads_the_certificates_of_what_is_signed_here() {
    let folder = TempDir::new().unwrap();
    let party = Party::new("signer", KeyAlgorithm::Rsa2048);
    party.write(folder.path(), "s");
    let der = sign(
        &[(&party, party.options())],
        SignedDataOptions::default(),
        CONTENT,
        5,
    );
    fs::write(folder.path().join("s.der"), der).unwrap();
    python(
        folder.path(),
        PRELUDE,
        "assert pkcs7.load_der_pkcs7_certificates(open('s.der', 'rb').read()) == [cert]",
    );
}
