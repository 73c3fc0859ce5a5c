use chancery_pkcs12::Profile;

use crate::support::{EC, RSA, done, printed, run};

#[test]
fn keytool_lists_modern_and_legacy() {
    for (person, profile) in [
        (&*RSA, Profile::Modern),
        (&*EC, Profile::Modern),
        (&*RSA, Profile::Legacy),
        (&*EC, Profile::Legacy),
    ] {
        let folder = person.folder();
        std::fs::write(folder.path().join("f.p12"), person.write(profile, "secret")).unwrap();
        let list = |password| {
            let store = ["-list", "-v", "-keystore", "f.p12", "-storetype", "PKCS12"];
            [&store[..], &["-storepass", password]].concat()
        };
        let Some(shown) = done(folder.path(), "keytool", &list("secret")) else {
            return;
        };
        assert!(shown.contains("PrivateKeyEntry"), "{shown}");
        assert!(shown.contains("Certificate chain length: 2"), "{shown}");
        let output = run(folder.path(), "keytool", &list("geheim")).unwrap();
        assert!(
            printed(&output).contains("password was incorrect"),
            "{}",
            printed(&output)
        );
    }
}
