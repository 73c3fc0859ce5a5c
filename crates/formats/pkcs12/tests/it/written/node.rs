//! Node.js carries an OpenSSL that knows PBMAC1, from 24 on.

use chancery_pkcs12::Profile;

use crate::support::{EC, printed, run};

#[test]
fn node_opens_stored() {
    let folder = EC.folder();
    std::fs::write(
        folder.path().join("f.p12"),
        EC.write(Profile::Stored, "Beží 🔑"),
    )
    .unwrap();
    let script = "
        const [major, minor] = process.versions.openssl.split('.').map(Number);
        if (major === 3 && minor < 4) { console.log('too old'); process.exit(0); }
        const open = passphrase => require('tls').createSecureContext({ pfx: require('fs').readFileSync('f.p12'), passphrase });
        open('Beží 🔑');
        try { open('wrong'); console.log('wrong'); } catch { console.log('opened'); }";
    let Some(output) = run(folder.path(), "node", &["-e", script]) else {
        return;
    };
    match printed(&output).trim() {
        "opened" => {}
        "too old" => eprintln!("skipped: this Node.js has an OpenSSL before 3.4"),
        other => panic!("{other}"),
    }
}
