use chancery_keys::{KeyAlgorithm, Signer, SoftwareKey};
use chancery_pkcs12::Profile;
use chancery_x509::Certificate;

use crate::support::{EC, Person, RSA, done, printed, run};

#[test]
fn key_and_certificates_come_out_as_they_went_in() {
    for (algorithm, profile) in [
        (KeyAlgorithm::Rsa2048, Profile::Modern),
        (KeyAlgorithm::EcP384, Profile::Modern),
        (KeyAlgorithm::EcP521, Profile::Modern),
        (KeyAlgorithm::Ed25519, Profile::Modern),
        (KeyAlgorithm::Rsa2048, Profile::Legacy),
        (KeyAlgorithm::EcP256, Profile::Legacy),
    ] {
        let person = Person::new(algorithm);
        let folder = person.folder();
        std::fs::write(
            folder.path().join("f.p12"),
            person.write(profile, "Beží €uro"),
        )
        .unwrap();
        let open = "pkcs12 -in f.p12 -nodes -legacy -info -out all.pem -passin";
        let open: Vec<_> = open.split(' ').chain(["pass:Beží €uro"]).collect();
        let Some(shown) = done(folder.path(), "openssl", &open) else {
            return;
        };
        let (mac, encryption) = match profile {
            Profile::Legacy => (
                "MAC: sha1, Iteration 100000",
                "pbeWithSHA1And3-KeyTripleDES-CBC, Iteration 100000",
            ),
            _ => (
                "MAC: sha256, Iteration 600000",
                "PBES2, PBKDF2, AES-256-CBC, Iteration 600000, PRF hmacWithSHA256",
            ),
        };
        assert!(shown.contains(mac), "{shown}");
        assert_eq!(shown.matches(encryption).count(), 2, "{shown}");
        // It prints names in Latin-1; certutil shows the whole of this one in another test.
        let text = std::fs::read(folder.path().join("all.pem")).unwrap();
        let text = String::from_utf8_lossy(&text);
        assert_eq!(text.matches("friendlyName: Jana Nov").count(), 2, "{text}");
        assert_eq!(text.matches("localKeyID").count(), 2, "{text}");
        let public: String = text
            .split_inclusive('\n')
            .scan(false, skip_private_keys)
            .collect();
        let certificates = Certificate::chain_from_pem(&public).unwrap();
        assert_eq!(
            certificates,
            [person.certificate.clone(), person.root.clone()]
        );
        let convert = "pkcs8 -topk8 -nocrypt -in all.pem -outform DER -out p8.der";
        let convert: Vec<_> = convert.split(' ').collect();
        done(folder.path(), "openssl", &convert);
        let key = std::fs::read(folder.path().join("p8.der")).unwrap();
        let key = SoftwareKey::from_pkcs8(&key).unwrap();
        assert_eq!(key.public_key(), person.key.public_key(), "{algorithm}");
    }
}

/// Lines outside private keys; empty strings for those inside.
#[allow(clippy::unnecessary_wraps)] // the form that `scan` wants
fn skip_private_keys<'a>(inside: &mut bool, line: &'a str) -> Option<&'a str> {
    if line.contains("PRIVATE KEY") {
        *inside = line.contains("BEGIN");
        return Some("");
    }
    Some(if *inside { "" } else { line })
}

#[test]
fn another_password_and_an_altered_file_are_refused() {
    for profile in [Profile::Modern, Profile::Legacy] {
        let folder = EC.folder();
        let mut file = EC.write(profile, "right");
        std::fs::write(folder.path().join("f.p12"), &file).unwrap();
        let open = |password: &str| {
            let password = format!("pass:{password}");
            let arguments = [
                "pkcs12", "-in", "f.p12", "-nodes", "-legacy", "-passin", &password,
            ];
            run(folder.path(), "openssl", &arguments)
        };
        let Some(output) = open("right") else { return };
        assert!(output.status.success(), "{}", printed(&output));
        let refused = |output| {
            let shown = printed(&output);
            assert!(shown.contains("Mac verify error"), "{shown}");
        };
        refused(open("wrong").unwrap());
        let middle = file.len() / 2;
        file[middle] ^= 1;
        std::fs::write(folder.path().join("f.p12"), &file).unwrap();
        refused(open("right").unwrap());
    }
}

#[test]
fn several_keys_come_out() {
    let folder = EC.folder();
    let contents = chancery_pkcs12::Contents {
        identities: vec![RSA.identity(), EC.identity()],
        authorities: vec![RSA.root.clone(), EC.root.clone(), RSA.root.clone()],
    };
    let file = crate::support::write_contents(contents, Profile::Modern, "secret");
    std::fs::write(folder.path().join("f.p12"), file).unwrap();
    let open = "pkcs12 -in f.p12 -nodes -passin pass:secret";
    let open: Vec<_> = open.split(' ').collect();
    let Some(shown) = done(folder.path(), "openssl", &open) else {
        return;
    };
    assert_eq!(shown.matches("BEGIN PRIVATE KEY").count(), 2);
    assert_eq!(shown.matches("BEGIN CERTIFICATE").count(), 4);
}
