//! `GET /certificates/{id}/{file}`: the certificate, alone or with its chain, in the forms that programs read.

use axum::{
    extract::{Path, State},
    response::Response,
};
use chancery_x509::Certificate;

use crate::{
    error::PageError,
    page::Page,
    pages::{
        download::{attachment, stem},
        path_id,
    },
    state::Portal,
};

pub(crate) async fn file(
    State(portal): State<Portal>,
    page: Page,
    Path((id, file)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let record = portal
        .ra
        .certificate(page.principal()?, path_id(&id)?)
        .await?;
    let name = stem(&super::title(&record));
    let certificate = &record.certificate;
    let chain = || {
        let mut chain = vec![certificate.clone()];
        chain.extend(portal.ca.chain(certificate));
        chain
    };
    Ok(match file.as_str() {
        "certificate.pem" => pem(&format!("{name}.pem"), std::slice::from_ref(certificate)),
        "certificate.cer" => attachment(
            "application/pkix-cert",
            &format!("{name}.cer"),
            certificate.as_der().to_vec(),
        ),
        "chain.pem" => pem(&format!("{name}-chain.pem"), &chain()),
        "chain.p7b" => attachment(
            "application/x-pkcs7-certificates",
            &format!("{name}.p7b"),
            chancery_cms::certificates_only(&chain()),
        ),
        _ => return Err(PageError::NotFound),
    })
}

/// The certificate first, each followed by its issuer (RFC 8446 section 4.4.2 has the same order).
pub(crate) fn pem(name: &str, certificates: &[Certificate]) -> Response {
    let text: String = certificates.iter().map(Certificate::to_pem).collect();
    attachment("application/x-pem-file", name, text.into_bytes())
}
