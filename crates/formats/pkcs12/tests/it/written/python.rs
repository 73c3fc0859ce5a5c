//! Python's `cryptography`, with an OpenSSL that knows PBMAC1.

use chancery_pkcs12::Profile;

use crate::support::{EC, RSA, python};

#[test]
fn cryptography_opens_every_profile() {
    for person in [&*RSA, &*EC] {
        let folder = person.folder();
        for profile in Profile::ALL {
            let path = folder.path().join(profile.name());
            std::fs::write(path, person.write(profile, "Beží 🔑")).unwrap();
        }
        let text = "
from cryptography import x509
from cryptography.hazmat.primitives import serialization as s
from cryptography.hazmat.primitives.serialization import pkcs12
key = s.load_pem_private_key(open('key.pem', 'rb').read(), None).public_key()
cert = x509.load_pem_x509_certificate(open('cert.pem', 'rb').read())
ca = x509.load_pem_x509_certificate(open('ca.pem', 'rb').read())
for name in ('modern', 'legacy', 'stored'):
    data = open(name, 'rb').read()
    opened = pkcs12.load_pkcs12(data, 'Beží 🔑'.encode())
    assert opened.key.public_key() == key, name
    assert opened.cert.certificate == cert, name
    assert opened.cert.friendly_name == 'Jana Nováková (2026)'.encode(), name
    assert [other.certificate for other in opened.additional_certs] == [ca], name
    for password, file in ((b'wrong', data), ('Beží 🔑'.encode(), data[:-40] + bytes([data[-40] ^ 1]) + data[-39:])):
        try:
            pkcs12.load_pkcs12(file, password)
        except ValueError:
            continue
        raise SystemExit(name + ' opened')
print('ok')
";
        let Some(printed) = python(folder.path(), text) else {
            return;
        };
        assert_eq!(printed.trim(), "ok");
    }
}
