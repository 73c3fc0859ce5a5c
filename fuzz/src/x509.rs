use crate::provider::CRYPTO;
use chancery_x509::extension::{
    AuthorityInfoAccess, AuthorityKeyIdentifier, BasicConstraints, CertificatePolicies,
    CrlDistributionPoints, ExtendedKeyUsage, ExtensionValue, InhibitAnyPolicy,
    IssuingDistributionPoint, KeyUsage, NameConstraints, PolicyConstraints, PolicyMappings,
    SubjectAltName,
};
use chancery_x509::ocsp::{self, Response};
use chancery_x509::{
    Certificate, CertificateList, CertificationRequest, Extension, Name, PublicKeyInfo, view,
};

fn every_extension(extensions: &[Extension]) {
    fn find<T: ExtensionValue>(extensions: &[Extension]) {
        let _ = T::find(extensions);
    }
    find::<AuthorityInfoAccess>(extensions);
    find::<AuthorityKeyIdentifier>(extensions);
    find::<BasicConstraints>(extensions);
    find::<CertificatePolicies>(extensions);
    find::<CrlDistributionPoints>(extensions);
    find::<ExtendedKeyUsage>(extensions);
    find::<InhibitAnyPolicy>(extensions);
    find::<IssuingDistributionPoint>(extensions);
    find::<KeyUsage>(extensions);
    find::<NameConstraints>(extensions);
    find::<PolicyConstraints>(extensions);
    find::<PolicyMappings>(extensions);
    find::<SubjectAltName>(extensions);
}

/// Certificates, their extensions, and how they are shown.
pub fn certificate(data: &[u8]) {
    let Ok(certificate) = Certificate::from_der(data) else {
        return;
    };
    assert_eq!(certificate.as_der(), data);
    every_extension(certificate.extensions());
    let _ = view::certificate_fields(&certificate, &CRYPTO);
    let _ = certificate.verify_signature(certificate.public_key(), &CRYPTO);
    let again = Certificate::from_pem(&certificate.to_pem()).expect("its own PEM");
    assert_eq!(again.as_der(), data);
}

/// Certification requests as people paste them.
pub fn request(data: &[u8]) {
    let Ok(request) = CertificationRequest::from_pem_or_der(data) else {
        return;
    };
    let _ = request.verify(&CRYPTO);
    let _ = request.requested_emails();
    let _ = view::request_fields(&request);
    let again = CertificationRequest::from_pem_or_der(request.to_pem().as_bytes());
    assert_eq!(again.expect("its own PEM").as_der(), request.as_der());
}

/// Revocation lists.
pub fn crl(data: &[u8]) {
    let Ok(list) = CertificateList::from_der(data) else {
        return;
    };
    every_extension(list.extensions());
    for entry in list.entries() {
        if let Ok(entry) = entry {
            let found = list.find(entry.serial).expect("read before");
            assert!(found.is_some());
        }
    }
    let _ = view::crl_fields(&list, &CRYPTO);
}

/// OCSP requests, which anybody may send.
pub fn ocsp_request(data: &[u8]) {
    if let Ok(request) = ocsp::parse_request(data) {
        let der = request.to_der();
        let again = ocsp::parse_request(&der).expect("its own encoding");
        assert_eq!(again.to_der(), der);
    }
}

/// OCSP responses.
pub fn ocsp_response(data: &[u8]) {
    if let Ok(response) = Response::from_der(data) {
        let _ = format!("{response:?}");
    }
}

/// Names.
pub fn name(data: &[u8]) {
    let Ok(name) = Name::from_der(data) else {
        return;
    };
    assert_eq!(name.as_der(), data);
    let _ = name.to_string();
    assert_eq!(Name::from_der(name.as_der()).as_ref(), Ok(&name));
}

/// Public keys.
pub fn public_key(data: &[u8]) {
    if let Ok(key) = PublicKeyInfo::from_der(data) {
        assert_eq!(key.as_der(), data);
        let _ = key.kind();
        let _ = key.rsa();
    }
}
