//! The `pkcs12` folder of `PyPI`'s `cryptography_vectors`: every file, with what is expected of it.

use std::collections::BTreeMap;
use std::path::Path;

use chancery_keys::{AwsLc, Signer, SoftwareKey};
use chancery_pkcs12::{NoIdentity, OpenError};
use chancery_x509::{DigestAlgorithm, hex};

use crate::support::{open_file, python, refused};

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    /// A key, its certificate, and this many others.
    Identity(usize),
    /// A key without its certificate.
    KeyOnly,
    /// Certificates only.
    Certificates(usize),
}

use Holds::{Certificates, Identity, KeyOnly};

/// File, password, contents, and the name of its first entry. Those with `no-pwd` are in the clear under the MAC of an empty password
/// (one zero character), those with `pwd` under one; `no-password` is encrypted under no password at all (no character, not even the zero).
const FILES: [(&str, &str, Holds, Option<&str>); 31] = [
    (
        "cert-aes256cbc-no-key",
        "cryptography",
        Certificates(1),
        None,
    ),
    ("cert-key-aes256cbc", "cryptography", Identity(0), None),
    ("cert-none-key-none", "cryptography", Identity(0), None),
    ("cert-rc2-key-3des", "cryptography", Identity(0), None),
    ("java-truststore", "", Certificates(2), Some("cert1")),
    ("name-1-no-pwd", "", Identity(2), Some("name")),
    ("name-1-pwd", "password", Identity(2), Some("name")),
    ("name-2-3-no-pwd", "", Identity(2), None),
    ("name-2-3-pwd", "password", Identity(2), None),
    ("name-2-no-pwd", "", Identity(2), None),
    ("name-2-pwd", "password", Identity(2), None),
    ("name-3-no-pwd", "", Identity(2), None),
    ("name-3-pwd", "password", Identity(2), None),
    ("name-all-no-pwd", "", Identity(2), Some("name")),
    ("name-all-pwd", "password", Identity(2), Some("name")),
    ("name-unicode-no-pwd", "", Identity(2), Some("\u{263a}")),
    (
        "name-unicode-pwd",
        "password",
        Identity(2),
        Some("\u{263a}"),
    ),
    ("no-cert-key-aes256cbc", "cryptography", KeyOnly, None),
    ("no-cert-name-2-no-pwd", "", Certificates(2), Some("name2")),
    (
        "no-cert-name-2-pwd",
        "password",
        Certificates(2),
        Some("name2"),
    ),
    ("no-cert-name-3-no-pwd", "", Certificates(2), None),
    ("no-cert-name-3-pwd", "password", Certificates(2), None),
    (
        "no-cert-name-all-no-pwd",
        "",
        Certificates(2),
        Some("name2"),
    ),
    (
        "no-cert-name-all-pwd",
        "password",
        Certificates(2),
        Some("name2"),
    ),
    (
        "no-cert-name-unicode-no-pwd",
        "",
        Certificates(2),
        Some("\u{2639}"),
    ),
    (
        "no-cert-name-unicode-pwd",
        "password",
        Certificates(2),
        Some("\u{2639}"),
    ),
    ("no-cert-no-name-no-pwd", "", Certificates(2), None),
    ("no-cert-no-name-pwd", "password", Certificates(2), None),
    ("no-name-no-pwd", "", Identity(2), None),
    ("no-name-pwd", "password", Identity(2), None),
    ("no-password", "", Identity(0), Some("cryptography CA")),
];

/// The folder's place, then each file as `cryptography` opens it: name, public key, certificate's and further certificates' digests.
const OPEN: &str = "
import os, cryptography_vectors
from cryptography.hazmat.primitives import hashes, serialization as s
from cryptography.hazmat.primitives.serialization import pkcs12
folder = os.path.join(os.path.dirname(cryptography_vectors.__file__), 'pkcs12')
print(folder)
digest = lambda c: c.certificate.fingerprint(hashes.SHA256()).hex()
for name in sorted(os.listdir(folder)):
    if not name.endswith('.p12'): continue
    for password in (None, b'', b'cryptography', b'password'):
        try: opened = pkcs12.load_pkcs12(open(os.path.join(folder, name), 'rb').read(), password)
        except ValueError: continue
        break
    else: raise SystemExit(name)
    key = opened.key and opened.key.public_key().public_bytes(s.Encoding.DER, s.PublicFormat.SubjectPublicKeyInfo).hex()
    cert = opened.cert and digest(opened.cert)
    print(name[:-4], key or '-', cert or '-', *sorted(digest(other) for other in opened.additional_certs))
";

#[test]
fn every_file_opens_as_python_opens_it() {
    let Some(printed) = python(Path::new("."), OPEN) else {
        return;
    };
    let mut lines = printed.lines();
    let folder = Path::new(lines.next().unwrap());
    let theirs: BTreeMap<_, _> = lines.filter_map(|line| line.split_once(' ')).collect();
    let mut seen = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "p12") {
            seen.push(path.file_stem().unwrap().to_str().unwrap().to_owned());
        }
    }
    for name in &seen {
        let known = FILES.iter().find(|(known, ..)| known == name);
        let (name, password, holds, friendly_name) =
            known.unwrap_or_else(|| panic!("{name} is new"));
        let file = std::fs::read(folder.join(name).with_extension("p12")).unwrap();
        let opened = open_file(&file, password).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(
            refused(&file, "another"),
            OpenError::WrongPassword,
            "{name}"
        );

        let digest = |certificate: &chancery_x509::Certificate| {
            hex::encode(
                &certificate.fingerprint(DigestAlgorithm::Sha256, &AwsLc),
                "",
            )
        };
        let (mut key, mut own) = (String::from("-"), None);
        if let Some(entry) = opened.keys.first() {
            let software = SoftwareKey::from_pkcs8(&entry.private_key).unwrap();
            key = hex::encode(software.public_key(), "");
            own = opened.certificate_of(entry);
        }
        let mut others: Vec<_> = opened
            .certificates
            .iter()
            .filter(|entry| !own.is_some_and(|own| std::ptr::eq(own, *entry)))
            .map(|entry| digest(&entry.certificate))
            .collect();
        others.sort();
        let held = match opened.identities() {
            Ok(_) => Identity(others.len()),
            Err(NoIdentity::NoCertificate) => KeyOnly,
            Err(_) => Certificates(others.len()),
        };
        assert_eq!(held, *holds, "{name}");
        let first = own.or(opened.certificates.first());
        let first = first.and_then(|entry| entry.friendly_name.as_deref());
        assert_eq!(first, *friendly_name, "{name}");

        let own = own.map_or("-".to_owned(), |entry| digest(&entry.certificate));
        let ours = [&[key, own][..], &others].concat().join(" ");
        assert_eq!(theirs.get(name), Some(&ours.as_str()), "{name}");
    }
    assert!(seen.len() >= 31, "{seen:?}");
}
