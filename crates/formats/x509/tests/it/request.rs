//! Certification requests: both ways, and everything that people send instead.

use chancery_keys::{AwsLc, KeyAlgorithm, Signer, SoftwareKey};
use chancery_x509::extension::{self, GeneralName, KeyUsage};
use chancery_x509::pem::PemError;
use chancery_x509::request::request_info;
use chancery_x509::{AttributeKind, CertificationRequest, EcCurve, PublicKeyKind, RequestError};

use crate::support::{Authority, OpenSsl, name, public_key};

fn made(algorithm: KeyAlgorithm) -> CertificationRequest {
    let key = SoftwareKey::generate(algorithm).unwrap();
    let subject = name(&[
        (AttributeKind::CommonName, "Jana Nováková"),
        (AttributeKind::EmailAddress, "jana@sever.example.org"),
    ]);
    let names = vec![
        GeneralName::Rfc822("jana@sever.example.org".into()),
        GeneralName::Rfc822("info@sever.example.org".into()),
    ];
    let extensions = [
        extension::subject_alt_name(names, false),
        extension::key_usage(KeyUsage::DIGITAL_SIGNATURE),
    ];
    let info = request_info(&subject, &public_key(&key), &extensions);
    let signature = key.sign(&info).unwrap();
    CertificationRequest::assemble(&info, key.algorithm(), &signature).unwrap()
}

fn read(input: impl AsRef<[u8]>) -> Result<CertificationRequest, RequestError> {
    CertificationRequest::from_pem_or_der(input.as_ref())
}

#[test]
fn what_is_made_is_read_back_and_verified() {
    for algorithm in [
        KeyAlgorithm::Rsa2048,
        KeyAlgorithm::EcP256,
        KeyAlgorithm::EcP384,
        KeyAlgorithm::Ed25519,
    ] {
        let request = made(algorithm);
        assert_eq!(read(request.as_der()), Ok(request.clone()));
        assert_eq!(read(request.to_pem()), Ok(request.clone()));
        assert_eq!(request.verify(&AwsLc), Ok(()), "{algorithm}");
        assert_eq!(
            request.requested_emails(),
            ["jana@sever.example.org", "info@sever.example.org"]
        );
        assert_eq!(request.extensions().len(), 2);
    }
}

#[test]
fn openssl_verifies_what_is_made() {
    let Some(openssl) = OpenSsl::find() else {
        return;
    };
    for algorithm in [
        KeyAlgorithm::Rsa2048,
        KeyAlgorithm::EcP384,
        KeyAlgorithm::Ed25519,
    ] {
        openssl.write("r.pem", made(algorithm).to_pem().as_bytes());
        let printed =
            openssl.run("req -in r.pem -noout -verify -text -nameopt utf8,sep_comma_plus");
        assert!(printed.contains("verify OK"), "{printed}");
        assert!(printed.contains("email:jana@sever.example.org, email:info@sever.example.org"));
        assert!(printed.contains("Jana Nováková"));
    }
}

#[test]
fn what_openssl_makes_is_read_and_verified() {
    let Some(openssl) = OpenSsl::find() else {
        return;
    };
    for (key, kind) in [
        (
            "rsa:2048",
            PublicKeyKind::Rsa {
                bits: 2_048,
                exponent: 65_537,
            },
        ),
        (
            "ec -pkeyopt ec_paramgen_curve:P-256",
            PublicKeyKind::Ec {
                curve: EcCurve::P256,
            },
        ),
        ("ed25519", PublicKeyKind::Ed25519),
    ] {
        openssl
            .run_with(
                &format!("req -new -newkey {key} -nodes -keyout k.pem -out r.pem -utf8 -addext subjectAltName=email:x@y.example -subj"),
                &["/CN=Žofie/emailAddress=z@y.example"],
            )
            .unwrap();
        let request = read(openssl.read("r.pem")).unwrap();
        assert_eq!(request.public_key().kind(), kind);
        assert_eq!(request.subject().common_name(), Some("Žofie"));
        assert_eq!(request.requested_emails(), ["x@y.example", "z@y.example"]);
        assert_eq!(request.verify(&AwsLc), Ok(()));
        // As a Windows user pastes it: byte order mark, other line ends, words around it, the older label.
        let text = openssl.text("r.pem");
        let pasted = format!(
            "\u{feff}Dobrý den,\r\n\r\n{}\r\nJana",
            text.replace('\n', "\r\n")
        );
        assert_eq!(read(pasted), Ok(request.clone()));
        let older = text.replace("CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST");
        assert_eq!(read(older), Ok(request.clone()));
        openssl.run("req -in r.pem -out r.der -outform DER");
        assert_eq!(read(openssl.read("r.der")), Ok(request));
        // As PowerShell writes it, and the other way round.
        let units = || text.encode_utf16();
        let little: Vec<u8> = units().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = units().flat_map(u16::to_be_bytes).collect();
        assert!(read([&[0xff, 0xfe], &little[..]].concat()).is_ok());
        assert!(read([&[0xfe, 0xff], &big[..]].concat()).is_ok());
        // With the text form before it.
        openssl.run("req -in r.pem -out t.pem -text");
        assert!(read(openssl.read("t.pem")).is_ok());
    }
}

#[test]
fn an_altered_request_does_not_verify() {
    let mut der = made(KeyAlgorithm::EcP256).as_der().to_vec();
    let at = der.windows(4).position(|part| part == b"Jana").unwrap();
    der[at] = b'H';
    let altered = read(&der).unwrap();
    assert_eq!(altered.verify(&AwsLc), Err(RequestError::SignatureMismatch));
}

#[test]
fn what_is_not_a_request_is_called_by_its_name() {
    let Some(openssl) = OpenSsl::find() else {
        return;
    };
    openssl.run("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out k.pem");
    openssl.run("ec -in k.pem -out sec1.pem");
    openssl.run("ec -in k.pem -out sec1.der -outform DER");
    openssl.run("pkcs8 -topk8 -in k.pem -out p8.der -outform DER -nocrypt");
    openssl.run("pkcs8 -topk8 -in k.pem -out p8enc.der -outform DER -passout pass:x");
    openssl.run("pkcs8 -topk8 -in k.pem -out p8enc.pem -passout pass:x");
    openssl.run("genrsa -traditional -out rsa.pem 2048");
    openssl.run("rsa -in rsa.pem -traditional -out rsa.der -outform DER");
    openssl.run("pkey -in k.pem -pubout -out pub.pem");
    openssl.run("pkey -in k.pem -pubout -out pub.der -outform DER");
    openssl.run("req -x509 -new -key k.pem -out c.pem -days 9 -subj /CN=x");
    openssl.run("x509 -in c.pem -out c.der -outform DER");
    openssl.run("pkcs12 -export -in c.pem -inkey k.pem -out f.p12 -passout pass:x");
    openssl.run("crl2pkcs7 -nocrl -certfile c.pem -out f.p7b");
    openssl.run("crl2pkcs7 -nocrl -certfile c.pem -out f7.der -outform DER");
    openssl.run("req -new -key k.pem -out r.pem -subj /CN=x");
    openssl.run("ecparam -name prime256v1 -out param.pem");

    let of = |file: &str| read(openssl.read(file)).unwrap_err();
    assert_eq!(of("c.pem"), RequestError::IsCertificate);
    assert_eq!(of("c.der"), RequestError::IsCertificate);
    assert_eq!(of("pub.pem"), RequestError::IsPublicKey);
    assert_eq!(of("pub.der"), RequestError::IsPublicKey);
    assert_eq!(of("f.p7b"), RequestError::IsPkcs7);
    assert_eq!(of("f7.der"), RequestError::IsPkcs7);
    assert_eq!(of("f.p12"), RequestError::IsPkcs12);
    for file in ["sec1.der", "p8.der", "p8enc.der", "rsa.der"] {
        assert_eq!(of(file), RequestError::IsPrivateKey, "{file}");
    }
    for file in ["k.pem", "p8enc.pem", "rsa.pem", "sec1.pem"] {
        let error = of(file);
        assert_eq!(error.id(), "private-key", "{file}");
        assert_eq!(error.line(), Some(1), "{file}");
    }
    assert!(
        matches!(of("param.pem"), RequestError::WrongLabel { found, line: 1 } if found == "EC PARAMETERS")
    );
    // A good request with the key pasted below it is refused for the key.
    let both = format!("{}{}", openssl.text("r.pem"), openssl.text("k.pem"));
    let line = openssl.text("r.pem").lines().count() + 1;
    assert_eq!(
        read(both),
        Err(RequestError::Pem(PemError::PrivateKey { line }))
    );
    let twice = openssl.text("r.pem").repeat(2);
    assert_eq!(
        read(twice),
        Err(RequestError::Pem(PemError::Several { count: 2 }))
    );
}

#[test]
fn damage_is_told_with_its_line() {
    let request = made(KeyAlgorithm::Rsa2048);
    let pem = request.to_pem();
    let lines: Vec<_> = pem.lines().collect();
    let last = lines.len();
    let with = |number: usize, line: &str| {
        let mut changed = lines.clone();
        changed[number - 1] = line;
        read(changed.join("\n")).unwrap_err()
    };
    let without = |from: usize, to: usize| {
        let kept: Vec<_> = lines
            .iter()
            .enumerate()
            .filter(|(at, _)| !(from..=to).contains(&(at + 1)))
            .map(|(_, line)| *line)
            .collect();
        read(kept.join("\n")).unwrap_err()
    };
    let begin = "-----BEGIN CERTIFICATE REQUEST-----";

    assert_eq!(read("  \n"), Err(RequestError::Pem(PemError::Empty)));
    assert_eq!(read(""), Err(RequestError::Pem(PemError::Empty)));
    assert_eq!(
        with(7, "MIIB*abc"),
        RequestError::Pem(PemError::NotBase64 {
            line: 7,
            character: '*'
        })
    );
    let unseen = with(3, "MIIB\u{200b}abc");
    assert_eq!(
        unseen.args(),
        [("line", "3".to_owned()), ("character", "U+200B".to_owned())]
    );
    assert_eq!(
        without(last, last),
        RequestError::Pem(PemError::MissingEnd {
            label: "CERTIFICATE REQUEST".into(),
            line: 1
        })
    );
    assert_eq!(
        without(1, 1),
        RequestError::Pem(PemError::MissingBeginOf { line: last - 1 })
    );
    assert_eq!(
        read(lines[1..last - 1].join("\n")),
        Err(RequestError::Pem(PemError::MissingBegin))
    );
    assert_eq!(
        with(last, "-----END CERTIFICATE-----"),
        RequestError::Pem(PemError::EndMismatch {
            label: "CERTIFICATE REQUEST".into(),
            found: "CERTIFICATE".into(),
            line: last,
        })
    );
    for damaged in [
        "----BEGIN CERTIFICATE REQUEST-----",
        "—–BEGIN CERTIFICATE REQUEST—–",
        "> -----BEGIN CERTIFICATE REQUEST-----",
        "-----begin certificate request-----",
        "-----BEGIN CERTIFICATE REQUEST----- MIIC",
    ] {
        assert_eq!(
            with(1, damaged),
            RequestError::Pem(PemError::DamagedMarker { line: 1 })
        );
    }
    assert_eq!(
        read(lines.join(" ")),
        Err(RequestError::Pem(PemError::LineBreaksLost { line: 1 }))
    );
    assert_eq!(
        read(format!("{begin}\n\n-----END CERTIFICATE REQUEST-----")),
        Err(RequestError::Pem(PemError::EmptyBody { line: 1 }))
    );
    // A character lost: the base64 no longer comes out even.
    let shorter = &lines[4][1..];
    assert!(matches!(
        with(5, shorter),
        RequestError::Pem(PemError::Padding { line }) if line == last - 1
    ));
    // Whole lines lost in the middle or at the end.
    assert_eq!(without(last - 4, last - 1), RequestError::CutShort);
    assert!(matches!(
        without(5, 5),
        RequestError::CutShort | RequestError::Content(_)
    ));
    assert_eq!(
        read("hello, here is my request"),
        Err(RequestError::Pem(PemError::NotPem))
    );
    assert_eq!(read([0xff, 0xfe, 0x2d]), Err(RequestError::NotText));
    let der = request.as_der();
    assert_eq!(read(&der[..der.len() - 5]), Err(RequestError::CutShort));
    assert!(matches!(
        read(vec![b'A'; 70_000]),
        Err(RequestError::TooLarge { octets: 70_000, .. })
    ));
}

#[test]
fn keys_and_signatures_that_are_not_certified_are_refused_by_name() {
    let Some(openssl) = OpenSsl::find() else {
        return;
    };
    let refused = |key: &str, more: &str| {
        openssl.run(&format!(
            "req -new -newkey {key} -nodes -keyout k.pem -out r.pem -subj /CN=x {more}"
        ));
        read(openssl.read("r.pem")).unwrap_err()
    };
    assert_eq!(
        refused("ed448", ""),
        RequestError::UnsupportedKey {
            kind: PublicKeyKind::Ed448
        }
    );
    let error = refused("ec -pkeyopt ec_paramgen_curve:secp256k1", "");
    assert_eq!(error.args(), [("key", "EC 1.3.132.0.10".to_owned())]);
    let error = refused("rsa:2048", "-sigopt rsa_padding_mode:pss");
    assert_eq!(
        error,
        RequestError::UnsupportedSignature {
            algorithm: "RSASSA-PSS with SHA-256".into()
        }
    );
    openssl.run("req -new -newkey rsa:2048 -sha1 -nodes -keyout k.pem -out r.pem -subj /CN=x");
    let sha1 = read(openssl.read("r.pem")).unwrap();
    assert_eq!(
        sha1.verify(&AwsLc),
        Err(RequestError::UnsupportedSignature {
            algorithm: "RSA with SHA-1".into()
        })
    );
}

#[test]
fn every_error_has_a_listed_id() {
    let authority = Authority::new(KeyAlgorithm::EcP256);
    let label = String::new;
    let errors = [
        RequestError::Pem(PemError::Empty),
        RequestError::Pem(PemError::TooLarge {
            octets: 0,
            limit: 0,
        }),
        RequestError::Pem(PemError::PrivateKey { line: 1 }),
        RequestError::Pem(PemError::MissingBegin),
        RequestError::Pem(PemError::NotPem),
        RequestError::Pem(PemError::MissingEnd {
            label: label(),
            line: 1,
        }),
        RequestError::Pem(PemError::MissingBeginOf { line: 1 }),
        RequestError::Pem(PemError::EndMismatch {
            label: label(),
            found: label(),
            line: 1,
        }),
        RequestError::Pem(PemError::DamagedMarker { line: 1 }),
        RequestError::Pem(PemError::LineBreaksLost { line: 1 }),
        RequestError::Pem(PemError::NotBase64 {
            line: 1,
            character: '*',
        }),
        RequestError::Pem(PemError::Padding { line: 1 }),
        RequestError::Pem(PemError::EmptyBody { line: 1 }),
        RequestError::Pem(PemError::Several { count: 2 }),
        RequestError::TooLarge {
            octets: 0,
            limit: 0,
        },
        RequestError::NotText,
        RequestError::IsCertificate,
        RequestError::IsRevocationList,
        RequestError::IsPublicKey,
        RequestError::IsPrivateKey,
        RequestError::IsPkcs12,
        RequestError::IsPkcs7,
        RequestError::WrongLabel {
            found: label(),
            line: 1,
        },
        RequestError::CutShort,
        RequestError::Content(chancery_x509::Certificate::from_der(b"x").unwrap_err()),
        RequestError::UnsupportedKey {
            kind: authority.certificate.public_key().kind(),
        },
        RequestError::UnsupportedSignature { algorithm: label() },
        RequestError::SignatureMismatch,
        RequestError::UnusableKey,
    ];
    for error in &errors {
        assert!(RequestError::IDS.contains(&error.id()), "{error:?}");
        if let Some(line) = error.line() {
            assert!(
                error.args().contains(&("line", line.to_string())),
                "{error:?}"
            );
        }
    }
    for id in RequestError::IDS {
        assert!(errors.iter().any(|error| error.id() == *id), "{id}");
    }
}
