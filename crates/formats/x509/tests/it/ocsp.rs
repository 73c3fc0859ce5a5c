//! OCSP both ways.

use chancery_keys::{AwsLc, KeyAlgorithm, Signer, SoftwareKey};
use chancery_x509::extension;
use chancery_x509::ocsp::{
    self, CertId, CertStatus, MAX_CERT_IDS, Request, ResponderId, Response, ResponseData,
    ResponseStatus, SingleResponse, parse_request,
};
use chancery_x509::{
    AttributeKind, Certificate, DigestAlgorithm, ParseError, RevocationReason, VerifyError, oid,
};

use crate::support::{Authority, DAY, NOW, OpenSsl, name, serial};

fn responder(authority: &Authority) -> (SoftwareKey, Certificate) {
    let key = SoftwareKey::generate(KeyAlgorithm::EcP256).unwrap();
    let subject = name(&[(AttributeKind::CommonName, "OCSP responder")]);
    let extensions = vec![
        extension::extended_key_usage(&[oid::EKU_OCSP_SIGNING]),
        extension::ocsp_no_check(),
    ];
    let certificate = authority.issue(serial(&[0x77]), subject, &key, extensions);
    (key, certificate)
}

fn answer(
    request: &Request,
    key: &SoftwareKey,
    certificate: &Certificate,
    now: i64,
    status: impl Fn(&CertId) -> CertStatus,
) -> Vec<u8> {
    let responses = request
        .cert_ids
        .iter()
        .map(|id| SingleResponse {
            cert_id: id.clone(),
            status: status(id),
            this_update: now - 60,
            next_update: Some(now + DAY),
        })
        .collect();
    let data = ResponseData {
        responder_id: ResponderId::by_key(certificate.public_key(), &AwsLc),
        produced_at: now,
        responses,
        nonce: request.nonce.clone(),
    };
    let data = data.to_der().unwrap();
    let signature = key.sign(&data).unwrap();
    ocsp::assemble(
        &data,
        key.algorithm(),
        &signature,
        std::slice::from_ref(certificate),
    )
}

#[test]
fn requests_are_read_back() {
    let authority = Authority::new(KeyAlgorithm::EcP256);
    let stranger = Authority::new(KeyAlgorithm::EcP256);
    for algorithm in [
        DigestAlgorithm::Sha1,
        DigestAlgorithm::Sha256,
        DigestAlgorithm::Sha384,
    ] {
        let id = CertId::new(
            algorithm,
            &authority.certificate,
            serial(&[0x81, 7]),
            &AwsLc,
        );
        for nonce in [None, Some(vec![7; 1]), Some(vec![7; 128])] {
            let request = Request {
                cert_ids: vec![id.clone(); 2],
                nonce,
            };
            assert_eq!(parse_request(&request.to_der()), Ok(request));
        }
        assert!(id.is_of(&authority.certificate, &AwsLc));
        assert!(!id.is_of(&stranger.certificate, &AwsLc));
    }
}

#[test]
fn bad_requests_are_refused() {
    let authority = Authority::new(KeyAlgorithm::EcP256);
    let id = CertId::new(
        DigestAlgorithm::Sha1,
        &authority.certificate,
        serial(&[1]),
        &AwsLc,
    );
    let with = |count: usize, nonce: Option<usize>| {
        let nonce = nonce.map(|length| vec![7; length]);
        parse_request(
            &Request {
                cert_ids: vec![id.clone(); count],
                nonce,
            }
            .to_der(),
        )
    };
    assert!(with(MAX_CERT_IDS, None).is_ok());
    assert!(matches!(
        with(MAX_CERT_IDS + 1, None),
        Err(ParseError::TooLarge { .. })
    ));
    assert!(with(0, None).is_err());
    // RFC 9654 section 2.1: 1 to 128 octets.
    assert!(with(1, Some(0)).is_err());
    assert!(with(1, Some(129)).is_err());
    assert!(matches!(
        parse_request(&vec![0x30; 20_000]),
        Err(ParseError::TooLarge { .. })
    ));
    assert!(parse_request(b"").is_err());
    let trailing = [with(1, None).unwrap().to_der(), vec![0]].concat();
    assert!(matches!(
        parse_request(&trailing),
        Err(ParseError::TrailingData { .. })
    ));
}

#[test]
fn answers_are_read_back() {
    let authority = Authority::new(KeyAlgorithm::EcP256);
    let (key, certificate) = responder(&authority);
    let id = |number| {
        CertId::new(
            DigestAlgorithm::Sha1,
            &authority.certificate,
            serial(&[number]),
            &AwsLc,
        )
    };
    let request = Request {
        cert_ids: vec![id(1), id(2), id(3), id(4)],
        nonce: Some(vec![9; 32]),
    };
    let status = |id: &CertId| match id.serial().as_bytes() {
        [1] => CertStatus::Good,
        [2] => CertStatus::Unknown,
        [3] => CertStatus::Revoked {
            revoked_at: NOW - DAY,
            reason: RevocationReason::Unspecified,
        },
        _ => CertStatus::Revoked {
            revoked_at: NOW,
            reason: RevocationReason::KeyCompromise,
        },
    };
    let der = answer(&request, &key, &certificate, NOW, status);
    let read = Response::from_der(&der).unwrap();
    assert_eq!(read.status, ResponseStatus::Successful);
    let basic = read.basic.unwrap();
    assert_eq!(basic.certificates, std::slice::from_ref(&certificate));
    assert_eq!(basic.data.nonce, request.nonce);
    for (response, id) in basic.data.responses.iter().zip(&request.cert_ids) {
        assert_eq!(&response.cert_id, id);
        assert_eq!(response.status, status(id));
        assert_eq!(response.next_update, Some(NOW + DAY));
    }
    assert_eq!(basic.data.to_der().unwrap(), basic.data_der);
    assert_eq!(
        basic.verify_signature(certificate.public_key(), &AwsLc),
        Ok(())
    );
    assert_eq!(
        basic.verify_signature(authority.certificate.public_key(), &AwsLc),
        Err(VerifyError::Mismatch)
    );
    let by_name = ResponseData {
        responder_id: ResponderId::ByName(certificate.subject().clone()),
        ..basic.data
    };
    let data = by_name.to_der().unwrap();
    let der = ocsp::assemble(&data, key.algorithm(), &[0; 64], &[]);
    assert_eq!(
        Response::from_der(&der).unwrap().basic.unwrap().data,
        by_name
    );
}

#[test]
fn errors_are_five_octets() {
    for (status, code) in [
        (ResponseStatus::MalformedRequest, 1),
        (ResponseStatus::InternalError, 2),
        (ResponseStatus::TryLater, 3),
        (ResponseStatus::SigRequired, 5),
        (ResponseStatus::Unauthorized, 6),
    ] {
        let der = ocsp::error_response(status);
        assert_eq!(der, [0x30, 3, 0x0a, 1, code]);
        let read = Response::from_der(&der).unwrap();
        assert_eq!(read.status, status);
        assert!(read.basic.is_none());
    }
    // Success without content, and a status that does not exist.
    assert!(Response::from_der(&[0x30, 3, 0x0a, 1, 0]).is_err());
    assert!(Response::from_der(&[0x30, 3, 0x0a, 1, 4]).is_err());
}

#[test]
fn openssl_asks_and_believes_the_answer() {
    let Some(openssl) = OpenSsl::find() else {
        return;
    };
    let authority = Authority::new(KeyAlgorithm::EcP256);
    let (key, certificate) = responder(&authority);
    let subscriber = SoftwareKey::generate(KeyAlgorithm::EcP256).unwrap();
    let subject = name(&[(AttributeKind::CommonName, "Jana")]);
    let good = authority.issue(serial(&[0x11]), subject.clone(), &subscriber, vec![]);
    let revoked = authority.issue(serial(&[0x22]), subject, &subscriber, vec![]);
    openssl
        .write("ca.pem", authority.certificate.to_pem().as_bytes())
        .write("good.pem", good.to_pem().as_bytes())
        .write("revoked.pem", revoked.to_pem().as_bytes());
    for hash in ["", "-sha256"] {
        openssl.run(&format!(
            "ocsp {hash} -issuer ca.pem -cert good.pem -cert revoked.pem -serial 0x33 -nonce -reqout q.der"
        ));
        let request = parse_request(&openssl.read("q.der")).unwrap();
        assert_eq!(request.cert_ids.len(), 3);
        assert!(
            request
                .nonce
                .as_ref()
                .is_some_and(|nonce| nonce.len() >= 16)
        );
        assert!(
            request
                .cert_ids
                .iter()
                .all(|id| id.is_of(&authority.certificate, &AwsLc))
        );
        let status = |id: &CertId| match id.serial().as_bytes() {
            [0x11] => CertStatus::Good,
            [0x22] => CertStatus::Revoked {
                revoked_at: NOW - DAY,
                reason: RevocationReason::Superseded,
            },
            _ => CertStatus::Unknown,
        };
        openssl.write("a.der", &answer(&request, &key, &certificate, NOW, status));
        // With -no_nonce it keeps the nonce of -reqin and compares; -attime stands for its clock.
        let printed = openssl
            .run_with(
                &format!("ocsp {hash} -no_nonce -reqin q.der -respin a.der -issuer ca.pem -CAfile ca.pem -cert good.pem -cert revoked.pem -serial 0x33 -attime {NOW} -validity_period 999999999"),
                &[],
            )
            .unwrap();
        for expected in [
            "Response verify OK",
            "good.pem: good",
            "revoked.pem: revoked",
            "Reason: superseded",
            "0x33: unknown",
        ] {
            assert!(
                printed.contains(expected),
                "{expected} missing in {printed}"
            );
        }
        let shown = openssl.run("ocsp -respin a.der -noverify -resp_text");
        assert!(shown.contains("OCSP Nonce"), "{shown}");
    }
}

#[test]
fn what_an_openssl_responder_answers_is_read() {
    let Some(openssl) = OpenSsl::find() else {
        return;
    };
    openssl.write(
        "index.txt",
        b"V\t400101000000Z\t\t0A\tunknown\t/CN=a\n\
          R\t400101000000Z\t260102030405Z,keyCompromise\t0B\tunknown\t/CN=b\n",
    );
    openssl
        .run("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 30 -subj /CN=CA");
    openssl.run("ocsp -issuer ca.pem -serial 0x0A -serial 0x0B -serial 0x0C -reqout q.der");
    for by in ["", "-resp_key_id"] {
        openssl.run(&format!(
            "ocsp -index index.txt -CA ca.pem -rsigner ca.pem -rkey ca.key -reqin q.der -respout a.der -ndays 2 {by}"
        ));
        let response = Response::from_der(&openssl.read("a.der")).unwrap();
        let basic = response.basic.unwrap();
        let issuer = Certificate::from_pem(&openssl.text("ca.pem")).unwrap();
        assert_eq!(basic.verify_signature(issuer.public_key(), &AwsLc), Ok(()));
        let statuses: Vec<_> = basic.data.responses.iter().map(|one| one.status).collect();
        let revoked = CertStatus::Revoked {
            revoked_at: 1_767_323_045,
            reason: RevocationReason::KeyCompromise,
        };
        assert_eq!(statuses, [CertStatus::Good, revoked, CertStatus::Unknown]);
    }
}
