//! One handler a route.

use std::{sync::Arc, time::Duration};

use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, Response, StatusCode, Uri, header},
};
use bytes::Bytes;
use chancery_ca::{CrlFile, OcspAnswer};
use chancery_keys::AwsLc;
use chancery_store::Timestamp;
use chancery_x509::{Crypto, DigestAlgorithm, hex};

use crate::{
    Status, address,
    cache::{Document, refuse, respond, respond_once},
};

const OCSP_REQUEST: &str = "application/ocsp-request";
const OCSP_RESPONSE: &str = "application/ocsp-response";
const CRL: &str = "application/pkix-crl";
const CERTIFICATE: &str = "application/pkix-cert";

/// How long others may keep a list: a revocation should reach them soon, not only when the list ends.
const LIST_KEPT: Duration = Duration::from_mins(10);
/// How long others may keep an authority's certificate, which never changes under its address.
const ISSUER_KEPT: Duration = Duration::from_hours(24);

/// `POST /ocsp` (RFC 6960 appendix A.1).
pub(crate) async fn ocsp_post(
    State(status): State<Status>,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .unwrap_or_default()
        .trim();
    if !kind.eq_ignore_ascii_case(OCSP_REQUEST) {
        return refuse(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "An OCSP request is posted as application/ocsp-request.\n",
        );
    }
    let answer = status.ca.ocsp(&body, (status.clock)()).await;
    // Answers to POST are not for caches (RFC 9110 section 9.3.3).
    respond_once(OCSP_RESPONSE, Bytes::from_owner(answer.der))
}

/// `GET /ocsp/{base64}` (RFC 6960 appendix A.1), cacheable as RFC 5019 section 6 says. The address is read as it
/// came: decoding a path first would lose which slashes were the request's.
pub(crate) async fn ocsp_get(
    State(status): State<Status>,
    uri: Uri,
    headers: HeaderMap,
) -> Response<Body> {
    let now = (status.clock)();
    let rest = uri.path().strip_prefix("/ocsp/").unwrap_or_default();
    let mut answer = None;
    for request in address::ocsp_requests(rest) {
        let one = status.ca.ocsp(&request, now).await;
        // The reading that asks about a certificate of ours is the one that was meant.
        let meant = one.cacheable.is_some();
        if meant || answer.is_none() {
            answer = Some(one);
        }
        if meant {
            break;
        }
    }
    // Whatever is no request is answered as one that is malformed.
    let answer = match answer {
        Some(answer) => answer,
        None => status.ca.ocsp(&[], now).await,
    };
    ocsp_document(answer, &headers, now)
}

fn ocsp_document(answer: OcspAnswer, headers: &HeaderMap, now: Timestamp) -> Response<Body> {
    let Some(cacheable) = answer.cacheable else {
        return respond_once(OCSP_RESPONSE, Bytes::from_owner(answer.der));
    };
    let document = Document {
        content_type: OCSP_RESPONSE,
        tag: fingerprint(&answer.der),
        body: Bytes::from_owner(answer.der),
        modified_at: cacheable.this_update,
        ends_at: Some(cacheable.next_update),
        keep_until: cacheable.until,
    };
    respond(document, headers, now)
}

/// A list that is sent without copying it.
struct Shared(Arc<CrlFile>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        &self.0.der
    }
}

/// `GET /crl/{authority}/{shard}.crl` (RFC 5280 section 4.2.1.13, RFC 2585 section 4.2).
pub(crate) async fn crl(
    State(status): State<Status>,
    Path((authority, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response<Body> {
    let list = address::shard(&file).and_then(|shard| status.ca.crl(&authority, shard));
    let Some(list) = list else {
        return refuse(
            StatusCode::NOT_FOUND,
            "There is no such revocation list here.\n",
        );
    };
    let now = (status.clock)();
    let document = Document {
        content_type: CRL,
        // Numbers rise with each list of an authority; the time tells apart what came before a restored backup.
        tag: format!("{}-{}", list.number, list.this_update.as_secs()),
        modified_at: list.this_update,
        ends_at: Some(list.next_update),
        keep_until: now.plus(LIST_KEPT).min(list.next_update),
        body: Bytes::from_owner(Shared(list)),
    };
    respond(document, &headers, now)
}

/// `GET /issuer/{authority}.cer`: a single certificate in DER (RFC 5280 section 4.2.2.1, RFC 2585 section 4.1).
pub(crate) async fn issuer(
    State(status): State<Status>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Response<Body> {
    let authorities = status.ca.authorities();
    let found = file
        .strip_suffix(".cer")
        .and_then(|slug| authorities.iter().find(|authority| authority.slug == slug));
    let Some(authority) = found else {
        return refuse(StatusCode::NOT_FOUND, "There is no such authority here.\n");
    };
    let now = (status.clock)();
    let certificate = &authority.certificate;
    let document = Document {
        content_type: CERTIFICATE,
        tag: fingerprint(certificate.as_der()),
        body: Bytes::copy_from_slice(certificate.as_der()),
        modified_at: Timestamp::from_secs(certificate.not_before()),
        ends_at: None,
        keep_until: now.plus(ISSUER_KEPT),
    };
    respond(document, &headers, now)
}

fn fingerprint(octets: &[u8]) -> String {
    hex::encode(&AwsLc.digest(DigestAlgorithm::Sha256, octets), "")
}
