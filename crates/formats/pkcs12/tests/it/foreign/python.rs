//! Python's `cryptography`.

use crate::support::{EC, open_file, python};

/// Writes a file for each algorithm that it offers.
const WRITE: &str = "
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization as s
from cryptography.hazmat.primitives.serialization import pkcs12
key = s.load_pem_private_key(open('key.pem', 'rb').read(), None)
cert = x509.load_pem_x509_certificate(open('cert.pem', 'rb').read())
ca = x509.load_pem_x509_certificate(open('ca.pem', 'rb').read())
def write(name, encryption):
    data = pkcs12.serialize_key_and_certificates('jána 🔑'.encode(), key, cert, [ca], encryption)
    open(name + '.p12', 'wb').write(data)
    print(name)
write('none', s.NoEncryption())
write('best', s.BestAvailableEncryption('Beží 🔑'.encode()))
P = pkcs12.PBES
for pbe in (P.PBESv1SHA1And3KeyTripleDESCBC, P.PBESv2SHA256AndAES256CBC):
    for digest in (hashes.SHA1(), hashes.SHA256(), hashes.SHA384(), hashes.SHA512()):
        builder = s.PrivateFormat.PKCS12.encryption_builder().kdf_rounds(5000)
        builder = builder.key_cert_algorithm(pbe).hmac_hash(digest)
        write(pbe.name + '-' + digest.name, builder.build('Beží 🔑'.encode()))
trust = pkcs12.serialize_java_truststore([pkcs12.PKCS12Certificate(ca, b'root')], s.BestAvailableEncryption('Beží 🔑'.encode()))
open('trust.p12', 'wb').write(trust)
";

#[test]
fn what_it_writes() {
    let folder = EC.folder();
    let Some(names) = python(folder.path(), WRITE) else {
        return;
    };
    assert_eq!(names.lines().count(), 10, "{names}");
    let open = |name: &str| {
        let file = std::fs::read(folder.path().join(name).with_extension("p12")).unwrap();
        let password = if name == "none" { "" } else { "Beží 🔑" };
        open_file(&file, password).unwrap_or_else(|error| panic!("{name}: {error}"))
    };
    for name in names.lines() {
        let opened = open(name);
        EC.is_in(&opened, name);
        assert_eq!(
            opened.keys[0].friendly_name.as_deref(),
            Some("jána 🔑"),
            "{name}"
        );
    }
    let trust = open("trust");
    assert!(trust.keys.is_empty());
    assert_eq!(trust.certificates[0].certificate, EC.root);
    assert_eq!(trust.certificates[0].friendly_name.as_deref(), Some("root"));
}
