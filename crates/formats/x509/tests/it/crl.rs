//! Revocation lists both ways.

use chancery_keys::{AwsLc, KeyAlgorithm, Signer, SoftwareKey};
use chancery_x509::extension::{GeneralName, IssuingDistributionPoint, ListScope};
use chancery_x509::{
    AttributeKind, CertificateList, EncodeError, RevocationReason, RevokedCertificate, TbsCertList,
    VerifyError,
};

use crate::support::{Authority, DAY, NOW, OpenSsl, name, serial};

const ADDRESS: &str = "http://status.example.org/crl/smime/0.crl";

fn head(authority: &Authority) -> TbsCertList {
    TbsCertList {
        signature: authority.key.algorithm(),
        issuer: authority.certificate.subject().clone(),
        this_update: NOW,
        next_update: NOW + 7 * DAY,
        number: 0x1234_5678_9abc,
        authority_key_identifier: authority.certificate.subject_key_identifier().unwrap(),
        issuing_distribution_point: Some(IssuingDistributionPoint {
            full_name: vec![GeneralName::Uri(ADDRESS.into())],
            scope: ListScope::UserCertificates,
            ..IssuingDistributionPoint::default()
        }),
    }
}

fn made(authority: &Authority, entries: &[RevokedCertificate]) -> Vec<u8> {
    let tbs = head(authority).to_der(entries.iter().copied()).unwrap();
    let signature = authority.key.sign(&tbs).unwrap();
    CertificateList::assemble(&tbs, authority.key.algorithm(), &signature)
}

fn entry(octets: &[u8], reason: RevocationReason) -> RevokedCertificate {
    RevokedCertificate {
        serial: serial(octets),
        revoked_at: NOW - 60,
        reason,
        invalid_since: None,
    }
}

#[test]
fn what_is_made_is_read_back() {
    let authority = Authority::new(KeyAlgorithm::EcP256);
    let mut entries: Vec<_> = RevocationReason::ALL
        .into_iter()
        .filter(|reason| *reason != RevocationReason::RemoveFromCrl)
        .map(|reason| entry(&[0x90, reason.code()], reason))
        .collect();
    entries[1].invalid_since = Some(NOW - 9 * DAY);
    let list = CertificateList::from_der(&made(&authority, &entries)).unwrap();

    let read: Result<Vec<_>, _> = list.entries().collect();
    assert_eq!(read, Ok(entries.clone()));
    assert_eq!(list.version(), 2);
    assert_eq!(list.number(), Some(0x1234_5678_9abc));
    assert_eq!(
        (list.this_update(), list.next_update()),
        (NOW, Some(NOW + 7 * DAY))
    );
    assert_eq!(list.issuer(), authority.certificate.subject());
    assert_eq!(
        list.authority_key_identifier(),
        authority.certificate.subject_key_identifier()
    );
    let point = list.extension::<IssuingDistributionPoint>().unwrap();
    assert_eq!(point, head(&authority).issuing_distribution_point);
    assert_eq!(list.find(entries[3].serial), Ok(Some(entries[3])));
    assert_eq!(list.find(serial(&[1])), Ok(None));
    let key = authority.certificate.public_key();
    assert_eq!(list.verify_signature(key, &AwsLc), Ok(()));
    let stranger = Authority::new(KeyAlgorithm::EcP256);
    assert_eq!(
        list.verify_signature(stranger.certificate.public_key(), &AwsLc),
        Err(VerifyError::Mismatch)
    );
    assert_eq!(
        CertificateList::from_pem(&list.to_pem()).unwrap().as_der(),
        list.as_der()
    );
}

#[test]
fn an_empty_list_and_one_of_many_entries() {
    let authority = Authority::new(KeyAlgorithm::EcP256);
    let empty = CertificateList::from_der(&made(&authority, &[])).unwrap();
    assert_eq!(empty.entries().count(), 0);
    let many: Vec<_> = (1..=20_000_u32)
        .map(|n| entry(&n.to_be_bytes(), RevocationReason::Superseded))
        .collect();
    let list = CertificateList::from_der(&made(&authority, &many)).unwrap();
    assert_eq!(list.entries().flatten().count(), 20_000);
}

#[test]
fn openssl_reads_verifies_and_obeys_it() {
    let Some(openssl) = OpenSsl::find() else {
        return;
    };
    let authority = Authority::new(KeyAlgorithm::EcP384);
    let key = SoftwareKey::generate(KeyAlgorithm::EcP256).unwrap();
    let subject = name(&[(AttributeKind::CommonName, "Jana")]);
    let point = || {
        vec![chancery_x509::extension::crl_distribution_points(&[
            ADDRESS,
        ])]
    };
    let good = authority.issue(serial(&[0x11]), subject.clone(), &key, point());
    let revoked = authority.issue(serial(&[0x22]), subject, &key, point());
    let mut gone = entry(&[0x22], RevocationReason::KeyCompromise);
    gone.invalid_since = Some(NOW - DAY);
    let list = made(
        &authority,
        &[gone, entry(&[0x33], RevocationReason::Unspecified)],
    );
    let list = CertificateList::from_der(&list).unwrap();
    openssl
        .write("ca.pem", authority.certificate.to_pem().as_bytes())
        .write("list.der", list.as_der())
        .write("list.pem", list.to_pem().as_bytes())
        .write("good.pem", good.to_pem().as_bytes())
        .write("revoked.pem", revoked.to_pem().as_bytes());

    let shown = openssl.run("crl -in list.der -inform DER -noout -text -CAfile ca.pem");
    for expected in [
        "verify OK",
        "Version 2 (0x1)",
        "Key Compromise",
        "Invalidity Date",
        "Only User Certificates",
        ADDRESS,
        "20015998343868",
    ] {
        assert!(shown.contains(expected), "{expected} missing in {shown}");
    }
    assert_eq!(shown.matches("CRL Reason Code").count(), 1, "{shown}");
    let verify = |file: &str| {
        openssl.run_with(
            &format!("verify -crl_check -attime {NOW} -CAfile ca.pem -CRLfile list.pem {file}"),
            &[],
        )
    };
    assert!(verify("good.pem").unwrap().contains("OK"));
    assert!(
        verify("revoked.pem")
            .unwrap_err()
            .contains("certificate revoked")
    );
}

#[test]
fn what_openssl_makes_is_read() {
    let Some(openssl) = OpenSsl::find() else {
        return;
    };
    openssl.write(
        "ca.cnf",
        b"[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\ncrlnumber=number\ndefault_md=sha256\n\
          default_crl_days=30\ncrl_extensions=e\n[e]\nauthorityKeyIdentifier=keyid\n\
          issuingDistributionPoint=critical,@idp\n[idp]\nfullname=URI:http://x.example/l.crl\nonlyuser=TRUE\n",
    );
    openssl.write(
        "index.txt",
        b"R\t300101000000Z\t260101000000Z,keyCompromise\t0A\tunknown\t/CN=a\n\
          R\t300101000000Z\t260102030405Z\t0B\tunknown\t/CN=b\n\
          R\t300101000000Z\t260102030405Z,keyTime,20251231000000Z\t0C\tunknown\t/CN=c\n",
    );
    openssl.write("number", b"1F\n");
    openssl
        .run("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 30 -subj /CN=CA");
    openssl.run("ca -config ca.cnf -gencrl -keyfile ca.key -cert ca.pem -out list.pem");
    let list = CertificateList::from_pem(&openssl.text("list.pem")).unwrap();
    let entries: Result<Vec<_>, _> = list.entries().collect();
    let entries = entries.unwrap();
    assert_eq!(entries.len(), 3);
    assert_eq!(entries[0].reason, RevocationReason::KeyCompromise);
    assert_eq!(entries[0].revoked_at, 1_767_225_600);
    assert_eq!(entries[1].reason, RevocationReason::Unspecified);
    assert_eq!(entries[2].invalid_since, Some(1_767_139_200));
    assert_eq!(list.number(), Some(31));
    let issuer = chancery_x509::Certificate::from_pem(&openssl.text("ca.pem")).unwrap();
    assert_eq!(list.verify_signature(issuer.public_key(), &AwsLc), Ok(()));
    let point = list
        .extension::<IssuingDistributionPoint>()
        .unwrap()
        .unwrap();
    assert_eq!(point.scope, ListScope::UserCertificates);
}

#[test]
fn an_entry_for_a_negative_number_is_passed_over() {
    let authority = Authority::new(KeyAlgorithm::EcP256);
    let mut der = made(
        &authority,
        &[entry(&[0x55], RevocationReason::Superseded); 2],
    );
    let at = der.windows(3).position(|part| part == [0x02, 0x01, 0x55]);
    der[at.unwrap() + 2] = 0xff;
    let list = CertificateList::from_der(&der).unwrap();
    let read: Result<Vec<_>, _> = list.entries().collect();
    assert_eq!(read, Ok(vec![entry(&[0x55], RevocationReason::Superseded)]));
}

#[test]
fn what_has_no_place_in_a_list_is_refused() {
    let authority = Authority::new(KeyAlgorithm::EcP256);
    let removed = entry(&[1], RevocationReason::RemoveFromCrl);
    assert_eq!(
        head(&authority).to_der([removed]),
        Err(EncodeError::ReasonNotAllowed)
    );
    let mut inverted = head(&authority);
    inverted.next_update = NOW - 1;
    assert_eq!(inverted.to_der([]), Err(EncodeError::InvertedValidity));
    // A damaged entry ends the reading with its error.
    let mut der = made(
        &authority,
        &[entry(&[0x55], RevocationReason::Superseded); 3],
    );
    let second = der
        .windows(3)
        .enumerate()
        .filter(|(_, part)| *part == [0x02, 0x01, 0x55])
        .nth(1)
        .unwrap()
        .0;
    der[second] = 0x03;
    let list = CertificateList::from_der(&der).unwrap();
    let outcomes: Vec<_> = list.entries().map(|entry| entry.is_ok()).collect();
    assert_eq!(outcomes, [true, false]);
    assert!(list.find(serial(&[0x66])).is_err());
}
