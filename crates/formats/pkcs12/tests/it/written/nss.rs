//! NSS: Firefox and Thunderbird.

use chancery_keys::KeyAlgorithm;
use chancery_pkcs12::Profile;

use crate::support::{NAME, Person, done, printed, run};

#[test]
fn pk12util_imports_modern_and_legacy() {
    for algorithm in [KeyAlgorithm::Rsa2048, KeyAlgorithm::EcP256] {
        for profile in [Profile::Modern, Profile::Legacy] {
            let person = Person::new(algorithm);
            let folder = person.folder();
            std::fs::write(folder.path().join("f.p12"), person.write(profile, "Beží 7")).unwrap();
            let new = ["-N", "-d", "sql:.", "--empty-password"];
            if done(folder.path(), "certutil", &new).is_none() {
                return;
            }
            let import = |password| ["-i", "f.p12", "-d", "sql:.", "-W", password, "-K", ""];
            if done(folder.path(), "pk12util", &import("Beží 7")).is_none() {
                return;
            }
            let listed = done(folder.path(), "certutil", &["-L", "-d", "sql:."]).unwrap();
            // "u": the private key is there too.
            let line = listed.lines().find(|line| line.contains(NAME));
            assert!(
                line.is_some_and(|line| line.trim().ends_with("u,u,u")),
                "{listed}"
            );
            assert!(listed.contains("Test Root"), "{listed}");
            let output = run(folder.path(), "pk12util", &import("wrong")).unwrap();
            assert!(!output.status.success(), "{}", printed(&output));
        }
    }
}
