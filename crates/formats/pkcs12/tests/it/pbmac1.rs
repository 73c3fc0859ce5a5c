//! PBMAC1 (RFC 9579), attached by Python's standard library to files without a MAC.

use chancery_pkcs12::{OpenError, Place, Profile};

use crate::support::{EC, done, open_file, printed, refused, run};

/// Takes the `AuthenticatedSafe` of `in.p12`, a file without `MacData`, and writes one file for each line `NAME PRF HMAC ROUNDS KEYLENGTH
/// [WHAT]`; lengths are DER of up to four octets.
const ATTACH: &str = r"
import hashlib, hmac, sys
def tlv(tag, content):
    n = len(content)
    if n < 128: return bytes([tag, n]) + content
    size = (n.bit_length() + 7) // 8
    return bytes([tag, 128 | size]) + n.to_bytes(size, 'big') + content
def read(data, at):
    n, at = data[at + 1], at + 2
    if n & 128: at, n = at + (n & 127), int.from_bytes(data[at:at + (n & 127)], 'big')
    return at, at + n
def integer(n): return tlv(2, n.to_bytes(n.bit_length() // 8 + 1, 'big'))
def oid(last): return tlv(6, bytes.fromhex('2a864886f70d' + last))
hmacs = {'sha1': '0207', 'sha224': '0208', 'sha256': '0209', 'sha384': '020a', 'sha512': '020b'}
def algorithm(name): return tlv(48, oid(hmacs[name]) + tlv(5, b''))
data = open('in.p12', 'rb').read()
begin, end = read(data, 0)
at = read(data, begin)[1]
info, after = read(data, at)
content, _ = read(data, read(data, info)[1])
safe = data[slice(*read(data, content))]
for line in sys.argv[1:]:
    name, prf, mac, rounds, length, *what = line.split()
    rounds, length, salt = int(rounds), int(length), b'salz' * 4
    key = hashlib.pbkdf2_hmac(prf, 'Beží 🔑'.encode(), salt, rounds, length)
    value = hmac.new(key, safe, mac).digest()
    if 'short' in what: value = value[:1]
    if 'long' in what: value += b'\0'
    if 'rounds' in what: rounds += 1
    if 'salt' in what: salt = b'NOT USED'
    keylength = b'' if 'nolength' in what else integer(length)
    kdf = tlv(48, oid('01050c') + tlv(48, tlv(4, salt) + integer(rounds) + keylength + algorithm(prf)))
    pbmac1 = tlv(48, oid('01050e') + tlv(48, kdf + algorithm(mac)))
    macdata = tlv(48, tlv(48, pbmac1 + tlv(4, value)) + tlv(4, b'NOT USED') + integer(1))
    open(name, 'wb').write(tlv(48, data[begin:after] + macdata))
";

/// Writes these files; the folder they are in.
fn attach(lines: &[&str]) -> Option<tempfile::TempDir> {
    let folder = EC.folder();
    let words =
        "pkcs12 -export -in cert.pem -inkey key.pem -certfile ca.pem -nomac -out in.p12 -passout";
    let words: Vec<_> = words.split(' ').chain(["pass:Beží 🔑"]).collect();
    done(folder.path(), "openssl", &words)?;
    let words = [&["-c", ATTACH], lines].concat();
    done(folder.path(), "python3", &words)?;
    Some(folder)
}

#[test]
fn every_digest_is_read() {
    let digests = ["sha1", "sha224", "sha256", "sha384", "sha512"];
    let mut lines = Vec::new();
    for prf in digests {
        for mac in digests {
            lines.push(format!("{prf}-{mac} {prf} {mac} 1000 32"));
        }
    }
    lines.push(String::from("long-key sha512 sha512 1000 200"));
    lines.push(String::from("shortest-key sha256 sha256 1000 20"));
    let lines: Vec<_> = lines.iter().map(String::as_str).collect();
    let Some(folder) = attach(&lines) else { return };
    for line in lines {
        let name = line.split(' ').next().unwrap();
        let file = std::fs::read(folder.path().join(name)).unwrap();
        let opened = open_file(&file, "Beží 🔑").unwrap_or_else(|error| panic!("{name}: {error}"));
        EC.is_in(&opened, name);
        let integrity = opened.integrity.unwrap().to_string();
        assert!(
            integrity.starts_with("PBMAC1 with HMAC-SHA-"),
            "{integrity}"
        );
        assert_eq!(refused(&file, "other"), OpenError::WrongPassword, "{name}");
    }
}

/// The faulty files of RFC 9579 appendix A, and more: what the check's parameters are changed to after it was taken.
#[test]
fn faulty_ones_are_refused() {
    let Some(folder) = attach(&[
        "short sha256 sha256 1000 32 short",
        "long sha256 sha256 1000 32 long",
        "rounds sha256 sha256 1000 32 rounds",
        "salt sha256 sha256 1000 32 salt",
        "nolength sha256 sha256 1000 32 nolength",
        "short-key sha256 sha256 1000 19",
        "one-octet-key sha256 sha256 1000 1",
        "one-round sha256 sha256 1 32",
    ]) else {
        return;
    };
    let error = |name: &str| refused(&std::fs::read(folder.path().join(name)).unwrap(), "Beží 🔑");
    // Few rounds are weak, not wrong.
    let file = std::fs::read(folder.path().join("one-round")).unwrap();
    assert!(open_file(&file, "Beží 🔑").is_ok());
    for name in ["short", "long", "rounds", "salt"] {
        assert_eq!(error(name), OpenError::Altered, "{name}");
    }
    for name in ["nolength", "short-key", "one-octet-key"] {
        let error = error(name);
        assert!(
            matches!(
                &error,
                OpenError::Damaged {
                    place: Place::MacData,
                    ..
                }
            ),
            "{name}: {error}"
        );
        let cause = std::error::Error::source(&error).unwrap().to_string();
        assert!(cause.contains("RFC 9579"), "{cause}");
    }
}

/// OpenSSL knows PBMAC1 from 3.4 on: from there it opens the file, before it takes the check for a wrong one.
#[test]
fn openssl_opens_stored_once_it_knows_pbmac1() {
    let folder = EC.folder();
    std::fs::write(folder.path().join("f.p12"), EC.write(Profile::Stored, "x")).unwrap();
    let Some(version) = done(folder.path(), "openssl", &["version"]) else {
        return;
    };
    let mut numbers = version
        .split([' ', '.'])
        .skip(1)
        .map_while(|number| number.parse::<u32>().ok());
    let knows = (numbers.next().unwrap(), numbers.next().unwrap()) >= (3, 4);
    let words = ["pkcs12", "-in", "f.p12", "-nodes", "-passin", "pass:x"];
    let output = run(folder.path(), "openssl", &words).unwrap();
    assert_eq!(output.status.success(), knows, "{}", printed(&output));
    assert_eq!(printed(&output).contains("PRIVATE KEY"), knows);
}
