use chancery_pkcs12::Profile;

use crate::support::{RSA, open_file};
use crate::written::gpgsm::Home;

#[test]
fn what_it_exports() {
    let home = Home::new();
    let Some(output) = home.import(&RSA.write(Profile::Legacy, "secret"), "secret") else {
        return;
    };
    assert!(output.contains("secret keys imported: 1"), "{output}");
    // Its agent keeps the key under the same passphrase and asks for that, too.
    let file = home.export("Jana", "secret");
    RSA.is_in(&open_file(&file, "secret").unwrap(), "gpgsm");
}
