//! `chancery cms sign --tsa`, with OpenSSL as the authority.

use std::{
    fs,
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
};

use super::{command, community, json, openssl};
use crate::support::{file, run};

const AUTHORITY: &str = "
[req]
distinguished_name = dn
[dn]
[stamping]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[tsa]
default_tsa = tsa1
[tsa1]
serial = stamps
crypto_device = builtin
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256,sha384,sha512
ess_cert_id_chain = no
ess_cert_id_alg = sha256
";

/// The path and the body of a request.
fn read(stream: &mut TcpStream) -> (String, Vec<u8>) {
    let mut request = Vec::new();
    loop {
        let mut piece = [0; 4096];
        let length = stream.read(&mut piece).unwrap();
        assert!(length > 0, "the request broke off");
        request.extend_from_slice(&piece[..length]);
        let Some(end) = request.windows(4).position(|four| four == b"\r\n\r\n") else {
            continue;
        };
        let head = String::from_utf8_lossy(&request[..end]).to_ascii_lowercase();
        assert!(head.contains("content-type: application/timestamp-query"));
        let length = head.split("content-length: ").nth(1).unwrap();
        let length: usize = length.lines().next().unwrap().trim().parse().unwrap();
        if request.len() >= end + 4 + length {
            let path = head.split(' ').nth(1).unwrap().to_owned();
            return (path, request[end + 4..].to_vec());
        }
    }
}

/// An authority on loopback until the test ends.
fn authority(folder: &Path) -> SocketAddr {
    file(folder, "tsa.cnf", AUTHORITY);
    file(folder, "stamps", "01\n");
    openssl(
        folder,
        "req -config tsa.cnf -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.csr -subj /CN=tsa",
    );
    openssl(
        folder,
        "x509 -req -in tsa.csr -CA root.pem -CAkey root.key -CAcreateserial -extfile tsa.cnf -extensions stamping -out tsa.pem -days 20",
    );
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let folder = folder.to_owned();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let (path, mut query) = read(&mut stream);
            let answer = match path.as_str() {
                "/large" => vec![0; (1 << 20) + 1],
                "/refuses" => b"\x30\x05\x30\x03\x02\x01\x02".to_vec(),
                path => {
                    if path == "/replays" {
                        // The nonce ends before the wish for a certificate.
                        let at = query.len() - 4;
                        query[at] ^= 1;
                    }
                    fs::write(folder.join("q.tsq"), &query).unwrap();
                    openssl(
                        &folder,
                        "ts -reply -config tsa.cnf -queryfile q.tsq -out q.tsr",
                    );
                    fs::read(folder.join("q.tsr")).unwrap()
                }
            };
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n",
                answer.len()
            );
            // Whoever reads no more has closed the connection.
            let _ = stream.write_all(&[head.into_bytes(), answer].concat());
        }
    });
    address
}

#[test]
fn signatures_are_stamped_by_an_authority() {
    let Some(folder) = community() else { return };
    let path = folder.path();
    let address = authority(path);
    let sign = |out: &str, words: &str| {
        format!(
            "cms sign --in content --nodetach --signer jana.pem --inkey jana.key --out {out} {words}"
        )
    };
    let stamped = sign("m", &format!("--tsa http://{address}/tsa --fetch-private"));
    run(&mut command(path, &stamped), 0);
    let value = json(
        path,
        "cms verify --in m --CAfile root.pem --crl root.crl",
        0,
    );
    let stamp = &value["signers"][0]["time_stamps"][0];
    assert_eq!(stamp["valid"], true, "{stamp}");
    assert_eq!(stamp["policy"], "1.2.3.4.1");
    openssl(
        path,
        "cms -verify -in m -inform DER -CAfile root.pem -purpose any -out back",
    );

    // Whatever else comes, nothing is written.
    for (words, told) in [
        (
            format!("--tsa http://{address}/replays --fetch-private"),
            "answers another request",
        ),
        (
            format!("--tsa http://{address}/refuses --fetch-private"),
            "the authority refuses, with the status 2",
        ),
        (
            format!("--tsa http://{address}/large --fetch-private"),
            "more than 1048576 octets",
        ),
        (
            format!("--tsa http://{address}/tsa"),
            "--fetch-private allows it",
        ),
        (
            "--tsa file:///etc/passwd --fetch-private".to_owned(),
            "not one of the web",
        ),
    ] {
        let printed = run(&mut command(path, &sign("none", &words)), 1);
        assert!(printed.stderr.contains(told), "{words}: {}", printed.stderr);
        assert!(!path.join("none").exists(), "{words}");
    }
}
