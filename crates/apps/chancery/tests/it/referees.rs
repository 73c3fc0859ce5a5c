//! What relying parties would measure us by: pkilint on certificates, lists and answers of a public environment.

use std::{
    io::{Read, Write},
    net::TcpStream,
    path::Path,
    process::Command,
};

use crate::support::{Server, chancery, file, folder, has, run};

/// Fails on every finding of pkilint's at notice or above: its exit code counts them.
fn lint(program: &str, words: &[&str], path: &Path, name: &str) {
    let mut lint = Command::new(program);
    lint.current_dir(path)
        .arg("lint")
        .args(words)
        .args(["-s", "NOTICE", name]);
    let found = run(&mut lint, 0);
    assert!(!found.stdout.contains("ERROR"), "{}", found.stdout);
}

/// The body of `GET path` from a server on loopback that knows itself by another name.
pub fn get(server: &Server, path: &str) -> Vec<u8> {
    let mut stream = TcpStream::connect(server.http.strip_prefix("http://").unwrap()).unwrap();
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let end = answer
        .windows(4)
        .position(|part| part == b"\r\n\r\n")
        .unwrap();
    assert!(
        answer.starts_with(b"HTTP/1.1 200"),
        "{}",
        String::from_utf8_lossy(&answer[..end])
    );
    answer.split_off(end + 4)
}

/// One certificate of each of the four kinds, issued at the command line.
fn issue_and_lint_each_kind(path: &Path) {
    let organization = "O=Example Trading s.r.o.,L=Brno,C=CZ,organizationIdentifier=NTRCZ-27074358";
    let kinds = [
        ("mailbox", String::new()),
        ("organization", organization.to_owned()),
        (
            "sponsor",
            format!("CN=Jana Nováková,GN=Jana,SN=Nováková,{organization}"),
        ),
        (
            "individual",
            "CN=Jana Nováková,GN=Jana,SN=Nováková,C=CZ".to_owned(),
        ),
    ];
    for (kind, subject) in &kinds {
        let (key, request, certificate) = (
            format!("{kind}.key"),
            format!("{kind}.csr"),
            format!("{kind}.pem"),
        );
        run(
            chancery()
                .current_dir(path)
                .args([
                    "csr",
                    "new",
                    "--subject",
                    "CN=ignored",
                    "--email",
                    "jana@chancery-demo.com",
                ])
                .args(["--key-out", &key, "--out", &request]),
            0,
        );
        let mut issue = chancery();
        issue
            .current_dir(path)
            .args(["cert", "issue", "--data", "d", "--csr", &request]);
        issue.args([
            "--profile",
            &format!("smime-{kind}-multipurpose"),
            "--email",
            "jana@chancery-demo.com",
        ]);
        issue.args(["--evidence", "identity seen", "--out", &certificate]);
        if !subject.is_empty() {
            issue.args(["--subject", subject]);
        }
        run(&mut issue, 0);
        lint("lint_cabf_smime_cert", &["-d"], path, &certificate);
    }
}

#[test]
fn pkilint_finds_nothing_in_what_a_public_environment_publishes() {
    if !has("openssl") || !has("lint_cabf_smime_cert") {
        return;
    }
    let folder = folder();
    let path = folder.path();
    let configuration = include_str!("../../src/chancery.toml")
        .replace(
            "http://pki.chancery.internal",
            "http://pki.chancery-demo.com",
        )
        .replace("https://chancery.internal", "https://chancery-demo.com");
    file(path, "c.toml", configuration);
    run(
        chancery()
            .current_dir(path)
            .args(["init", "--data", "d", "--config", "c.toml"]),
        0,
    );
    let data = path.join("d");
    let server = Server::start(&["--data", data.to_str().unwrap()]);

    issue_and_lint_each_kind(path);
    // The root's list names authorities only and may be a year old (S/MIME BR 4.9.7).
    for (authority, kind) in [("root-g1", "ARL"), ("smime-g1", "CRL"), ("tls-g1", "CRL")] {
        let name = format!("{authority}.crl");
        file(
            path,
            &name,
            get(&server, &format!("/crl/{authority}/0.crl")),
        );
        lint("lint_crl", &["-t", kind, "-p", "BR"], path, &name);
        let shown = run(chancery().current_dir(path).args(["crl", "show", &name]), 0);
        assert!(shown.stdout.contains("thisUpdate"), "{}", shown.stdout);
    }

    file(path, "issuer.cer", get(&server, "/issuer/smime-g1.cer"));
    let openssl = |words: &[&str]| run(Command::new("openssl").current_dir(path).args(words), 0);
    openssl(&[
        "x509",
        "-in",
        "issuer.cer",
        "-inform",
        "DER",
        "-out",
        "issuer.pem",
    ]);
    let url = format!("{}/ocsp", server.http);
    for (name, digest) in [("mailbox.pem", "-sha1"), ("sponsor.pem", "-sha256")] {
        openssl(&[
            "ocsp",
            digest,
            "-issuer",
            "issuer.pem",
            "-cert",
            name,
            "-url",
            &url,
            "-noverify",
            "-respout",
            "answer.der",
        ]);
        lint("lint_ocsp_response", &[], path, "answer.der");
    }
}
