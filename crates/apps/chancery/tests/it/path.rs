//! `chancery path validate` on certificates, lists and responses that OpenSSL made.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::support::{Printed, chancery, file, folder, has, run};

/// An OpenSSL authority of two steps in a folder: `root.pem`, `ca.pem`, `leaf.pem`, `root.crl`, `ca.crl`, and responders.
const CONFIG: &str = "
[ca]
default_ca = own
[own]
database = index.txt
new_certs_dir = .
serial = serial
crlnumber = crlnumber
default_md = sha256
default_days = 30
default_crl_days = 7
policy = any
email_in_dn = no
unique_subject = no
[any]
commonName = supplied
[req]
distinguished_name = dn
prompt = no
[dn]
CN = unused
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[ca_ext]
basicConstraints = critical,CA:TRUE,pathlen:0
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[leaf]
keyUsage = critical,digitalSignature
extendedKeyUsage = emailProtection,serverAuth
subjectAltName = email:jana@example.com,DNS:*.example.com
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[responder]
keyUsage = critical,digitalSignature
extendedKeyUsage = OCSPSigning
1.3.6.1.5.5.7.48.1.5 = ASN1:NULL
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[plain]
keyUsage = critical,digitalSignature
extendedKeyUsage = emailProtection
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[list]
authorityKeyIdentifier = keyid
";

fn openssl(folder: &Path, words: &str) {
    let mut command = Command::new("openssl");
    command
        .current_dir(folder)
        .args(words.split_whitespace().map(|word| word.replace('~', " ")));
    run(&mut command, 0);
}

/// A key and a certificate for it by `issuer`, whose database is its folder.
fn issue(folder: &Path, name: &str, issuer: &str, extensions: &str) {
    openssl(
        folder,
        &format!(
            "req -new -config c.cnf -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout {name}.key -out {name}.csr -subj /CN={name}"
        ),
    );
    openssl(
        folder,
        &format!(
            "ca -batch -notext -config c.cnf -cert {issuer}.pem -keyfile {issuer}.key -extensions {extensions} -in {name}.csr -out {name}.pem"
        ),
    );
}

/// A folder with all of it, where OpenSSL is at hand.
fn authority() -> Option<TempDir> {
    if !has("openssl") {
        return None;
    }
    let kept = folder();
    let folder = kept.path();
    file(folder, "c.cnf", CONFIG);
    file(folder, "index.txt", "");
    file(folder, "serial", "1000");
    file(folder, "crlnumber", "01");
    openssl(
        folder,
        "req -x509 -config c.cnf -extensions root -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout root.key -out root.pem -days 300 -subj /CN=root",
    );
    issue(folder, "ca", "root", "ca_ext");
    list(folder, "root");
    file(folder, "index.txt", "");
    issue(folder, "leaf", "ca", "leaf");
    list(folder, "ca");
    Some(kept)
}

/// `root.der.crl` and `ca.der.crl`.
fn lists_as_der(folder: &Path) {
    for name in ["root", "ca"] {
        openssl(
            folder,
            &format!("crl -in {name}.crl -outform DER -out {name}.der.crl"),
        );
    }
}

fn list(folder: &Path, issuer: &str) {
    openssl(
        folder,
        &format!(
            "ca -gencrl -config c.cnf -crlexts list -cert {issuer}.pem -keyfile {issuer}.key -out {issuer}.crl"
        ),
    );
}

fn validate(folder: &Path, words: &str, code: i32) -> Printed {
    let mut command = chancery();
    command
        .current_dir(folder)
        .args(["path", "validate", "--anchor", "root.pem"])
        .args(words.split_whitespace());
    run(&mut command, code)
}

const ALL: &str = "--intermediate ca.pem --crl root.crl --crl ca.crl";

#[test]
fn paths_made_by_openssl_are_judged() {
    let Some(folder) = authority() else { return };
    let folder = folder.path();
    let valid = validate(folder, &format!("{ALL} leaf.pem"), 0);
    assert!(
        valid.stdout.starts_with("valid for any purpose at "),
        "{}",
        valid.stdout
    );
    assert!(
        valid.stdout.contains("not revoked by the list of CN=ca"),
        "{}",
        valid.stdout
    );
    for words in [
        "--purpose smime-sign --email jana@EXAMPLE.com",
        "--purpose server --host www.example.com",
    ] {
        validate(folder, &format!("{ALL} {words} leaf.pem"), 0);
    }
    for (words, finding, clause) in [
        ("--purpose client", "purpose", "RFC 5280 section 4.2.1.12"),
        (
            "--purpose smime-encrypt",
            "purpose",
            "RFC 5280 section 4.2.1.3",
        ),
        ("--email eva@example.com", "identity", "RFC 8550 section 3"),
        ("--host example.com", "identity", "RFC 9525 section 6"),
        ("--explicit-policy", "policy", "RFC 5280 section 6.1.3 (f)"),
        (
            "--at 2060-01-01T00:00:00Z",
            "expired",
            "RFC 5280 section 6.1.3 (a)(2)",
        ),
        (
            "--at 2001-01-01T00:00:00+01:00",
            "not-yet-valid",
            "RFC 5280 section 6.1.3 (a)(2)",
        ),
    ] {
        let told = validate(folder, &format!("{ALL} {words} leaf.pem"), 1).stderr;
        assert!(
            told.starts_with(&format!("error: not valid, {finding}: ")),
            "{told}"
        );
        assert!(told.contains(clause), "{told}");
    }
    let told = validate(folder, "--intermediate ca.pem leaf.pem", 1).stderr;
    assert!(
        told.contains("revocation-unknown") && told.contains("hint: "),
        "{told}"
    );
    validate(folder, "--intermediate ca.pem --no-revocation leaf.pem", 0);
    let told = validate(folder, "--no-revocation leaf.pem", 1).stderr;
    assert!(
        told.contains("untrusted") && told.contains("CN=ca"),
        "{told}"
    );
    for words in [
        "",
        "--at yesterday leaf.pem",
        "missing.pem",
        "--email a@b.test --host b.test leaf.pem",
        "--email jana leaf.pem",
        "--policy x leaf.pem",
    ] {
        validate(folder, words, 2);
    }
}

#[test]
fn files_may_be_bundles_of_any_form() {
    let Some(folder) = authority() else { return };
    let folder = folder.path();
    for name in ["root", "ca", "leaf"] {
        openssl(
            folder,
            &format!("x509 -in {name}.pem -outform DER -out {name}.cer"),
        );
    }
    lists_as_der(folder);
    openssl(
        folder,
        "crl2pkcs7 -nocrl -certfile ca.pem -certfile root.pem -outform DER -out chain.p7b",
    );
    let read = |names: &[&str]| -> Vec<u8> {
        let contents = names
            .iter()
            .map(|name| std::fs::read(folder.join(name)).unwrap());
        contents.collect::<Vec<_>>().concat()
    };
    file(
        folder,
        "chain.pem",
        read(&["leaf.pem", "ca.pem", "root.pem"]),
    );
    file(folder, "lists.pem", read(&["root.crl", "ca.crl"]));
    file(folder, "lists.crl", read(&["root.der.crl", "ca.der.crl"]));
    for words in [
        "--crl lists.pem chain.pem",
        "--crl lists.crl --intermediate chain.p7b leaf.cer",
        "--crl lists.crl --anchor root.cer --intermediate ca.cer leaf.cer",
    ] {
        let json = validate(folder, &format!("--json {words}"), 0).stdout;
        let answer: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(answer["valid"], true);
        assert_eq!(answer["anchor"], "CN=root");
        assert_eq!(answer["path"][0]["subject"], "CN=leaf");
        assert_eq!(answer["path"][1]["checks"][0]["check"], "signature");
        assert_eq!(answer["failures"], serde_json::json!([]));
    }
    // What cannot be read is passed over with a word; a certificate in question that cannot be read is not valid.
    file(folder, "cut.cer", &read(&["ca.cer"])[..100]);
    let json = validate(
        folder,
        "--json --crl lists.pem --intermediate cut.cer --intermediate ca.pem leaf.pem",
        0,
    )
    .stdout;
    assert!(
        json.contains("cut.cer: the intermediate certificate was passed over"),
        "{json}"
    );
    let told = validate(folder, "cut.cer", 1).stderr;
    assert!(told.contains("not valid, malformed"), "{told}");
    let told = validate(folder, "--json --no-revocation leaf.pem", 1).stdout;
    let answer: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!(answer["finding"], "untrusted");
    assert_eq!(answer["failures"][0]["certificate"]["index"], 0);
}

#[test]
fn revoked_is_told_by_list_and_by_response() {
    let Some(folder) = authority() else { return };
    let folder = folder.path();
    issue(folder, "responder", "ca", "responder");
    issue(folder, "impostor", "ca", "plain");
    let ask = |signer: &str, extra: &str| {
        openssl(
            folder,
            &format!(
                "ocsp -index index.txt -CA ca.pem -rsigner {signer}.pem -rkey {signer}.key -issuer ca.pem {extra} -cert leaf.pem -respout {signer}.ors -noverify -ndays 1"
            ),
        );
    };
    for digest in ["", "-sha256", "-sha384", "-sha512"] {
        ask("responder", digest);
        let valid = validate(
            folder,
            "--intermediate ca.pem --crl root.crl --ocsp responder.ors leaf.pem",
            0,
        );
        assert!(
            valid.stdout.contains("good by the OCSP response"),
            "{}",
            valid.stdout
        );
    }
    ask("ca", "");
    validate(
        folder,
        "--intermediate ca.pem --crl root.crl --ocsp ca.ors leaf.pem",
        0,
    );
    ask("impostor", "");
    let told = validate(
        folder,
        "--intermediate ca.pem --crl root.crl --ocsp impostor.ors leaf.pem",
        1,
    )
    .stderr;
    assert!(
        told.contains("revocation-unknown") && told.contains("RFC 6960 section 4.2.2.2"),
        "{told}"
    );
    openssl(
        folder,
        "ca -config c.cnf -cert ca.pem -keyfile ca.key -revoke leaf.pem -crl_reason keyCompromise",
    );
    ask("responder", "");
    list(folder, "ca");
    for words in [
        "--ocsp responder.ors",
        "--crl ca.crl",
        "--crl ca.crl --ocsp ca.ors",
    ] {
        let told = validate(
            folder,
            &format!("--intermediate ca.pem --crl root.crl {words} leaf.pem"),
            1,
        )
        .stderr;
        assert!(
            told.contains("not valid, revoked: certificate 0 (CN=leaf)"),
            "{told}"
        );
        assert!(told.contains("keyCompromise"), "{told}");
    }
}

#[test]
fn old_algorithms_are_refused_unless_allowed() {
    let Some(folder) = authority() else { return };
    let folder = folder.path();
    openssl(
        folder,
        "req -new -config c.cnf -newkey rsa:1024 -nodes -keyout small.key -out small.csr -subj /CN=small",
    );
    openssl(
        folder,
        "ca -batch -notext -config c.cnf -cert ca.pem -keyfile ca.key -extensions leaf -in small.csr -out small.pem",
    );
    openssl(
        folder,
        "req -x509 -config c.cnf -extensions root -newkey rsa:2048 -nodes -keyout rsa.key -out rsa.pem -days 300 -subj /CN=rsa",
    );
    openssl(
        folder,
        "ca -batch -notext -config c.cnf -cert rsa.pem -keyfile rsa.key -extensions leaf -md sha1 -in leaf.csr -out sha1.pem",
    );
    openssl(
        folder,
        "ca -batch -notext -config c.cnf -cert rsa.pem -keyfile rsa.key -extensions leaf -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 -in leaf.csr -out pss.pem",
    );
    let small = "--no-revocation --intermediate ca.pem small.pem";
    let told = validate(folder, small, 1).stderr;
    assert!(
        told.contains("not valid, algorithm") && told.contains("1024 bits"),
        "{told}"
    );
    validate(folder, &format!("--least-rsa-bits 1024 {small}"), 0);
    let sha1 = "--no-revocation --anchor rsa.pem sha1.pem";
    let told = validate(folder, sha1, 1).stderr;
    assert!(told.contains("RSA with SHA-1, which is refused"), "{told}");
    validate(folder, &format!("--allow-sha1 {sha1}"), 0);
    let valid = validate(folder, "--no-revocation --anchor rsa.pem pss.pem", 0).stdout;
    assert!(valid.contains("PSS"), "{valid}");
}

/// Serves these files on loopback by GET and `POST /ocsp` until the test ends.
fn serve(folder: &Path) -> std::net::SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let folder = folder.to_owned();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = vec![0; 8192];
            let length = stream.read(&mut request).unwrap();
            let head = String::from_utf8_lossy(&request[..length]).into_owned();
            let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
            let moved = |to: &str| {
                format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n")
                    .into_bytes()
            };
            let answer = match path.as_str() {
                "/moved.crl" => moved("/ca.der.crl"),
                "/circle.crl" => moved("/circle.crl"),
                "/away.crl" => moved(&format!("ftp://{address}/ca.der.crl")),
                // Larger than any OCSP response that is worth reading, without a word of how large.
                "/endless" => {
                    let mut answer = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".to_vec();
                    answer.resize(200 << 10, 0x30);
                    answer
                }
                name => match std::fs::read(folder.join(&name[1..])) {
                    Ok(body) => [
                        format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len())
                            .into_bytes(),
                        body,
                    ]
                    .concat(),
                    Err(_) => "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
                        .as_bytes()
                        .to_vec(),
                },
            };
            let _ = stream.write_all(&answer);
        }
    });
    address
}

#[test]
fn what_is_missing_is_fetched_from_where_it_is_allowed() {
    let Some(folder) = authority() else { return };
    let folder = folder.path();
    let address = serve(folder);
    lists_as_der(folder);
    openssl(
        folder,
        "crl2pkcs7 -nocrl -certfile ca.pem -outform DER -out ca.p7c",
    );
    let issue_at = |name: &str, access: &str, list: &str| {
        let section = format!(
            "[web_{name}]\nsubjectKeyIdentifier = hash\nauthorityKeyIdentifier = keyid\nauthorityInfoAccess = {access}caIssuers;URI:http://{address}/none.cer,caIssuers;URI:http://{address}/ca.p7c\ncrlDistributionPoints = URI:http://{address}/{list}\n"
        );
        file(folder, "c.cnf", format!("{CONFIG}{section}"));
        issue(folder, name, "ca", &format!("web_{name}"));
    };
    issue_at("moved", "", "moved.crl");
    issue_at("circle", "", "circle.crl");
    let endless = format!("OCSP;URI:http://{address}/endless,");
    issue_at("away", &endless, "away.crl");
    let told = validate(folder, "--crl root.crl moved.pem", 1).stderr;
    assert!(told.contains("untrusted"), "{told}");
    let told = validate(folder, "--crl root.crl --fetch moved.pem", 1).stderr;
    assert!(told.contains("private network; --fetch-private"), "{told}");
    let valid = validate(
        folder,
        "--crl root.crl --fetch --fetch-private moved.pem",
        0,
    )
    .stdout;
    assert!(
        valid.contains("none.cer") && valid.contains("404"),
        "{valid}"
    );
    let told = validate(
        folder,
        "--crl root.crl --fetch --fetch-private circle.pem",
        1,
    )
    .stderr;
    assert!(
        told.contains("revocation-unknown") && told.contains("redirections"),
        "{told}"
    );
    let told = validate(folder, "--crl root.crl --fetch --fetch-private away.pem", 1).stderr;
    for said in [
        "revocation-unknown",
        "the address is not one of the web",
        "more than 131072 octets",
    ] {
        assert!(told.contains(said), "{said}: {told}");
    }
    validate(folder, "--fetch-private moved.pem", 2);
}
