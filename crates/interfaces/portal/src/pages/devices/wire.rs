//! Octets and answers as they travel: base64url without padding (RFC 4648 section 5), answers and reasons in JSON.

use axum::{
    Json,
    body::Bytes,
    extract::{FromRequest, Request},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chancery_register::{DeviceCertificate, PairingError};
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{DeserializeOwned, Error as _},
};
use serde_json::json;

use crate::{error::PageError, routes::denial, security};

/// Octets in their text.
pub(super) fn text(octets: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(octets)
}

/// As many octets as are due.
pub(super) fn fixed<const N: usize>(text: &str) -> Result<[u8; N], PageError> {
    let octets = octets(text)?;
    <[u8; N]>::try_from(octets.as_slice()).map_err(|_| PageError::Malformed)
}

/// Any octets.
pub(super) fn octets(text: &str) -> Result<Vec<u8>, PageError> {
    URL_SAFE_NO_PAD
        .decode(text)
        .map_err(|_| PageError::Malformed)
}

/// As many octets as are due, in a message.
pub(crate) struct Fixed<const N: usize>(pub [u8; N]);

impl<'de, const N: usize> Deserialize<'de> for Fixed<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        fixed(&text)
            .map(Self)
            .map_err(|_| D::Error::custom("octets of a fixed length"))
    }
}

/// Any octets in a message.
pub(crate) struct Octets(pub Vec<u8>);

impl<'de> Deserialize<'de> for Octets {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        octets(&text)
            .map(Self)
            .map_err(|_| D::Error::custom("octets"))
    }
}

/// A message in JSON from a device. It carries its own proof and no cookie counts for it, so any program may send one; a browser's page
/// of another site cannot, for it would have to ask first (`application/json` is no type that a form has).
pub(crate) struct Message<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Message<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        // Whoever sends it, the proof is inside; yet no page of another site has any business here.
        security::same_origin(&request).map_err(IntoResponse::into_response)?;
        let kind = request.headers().get(header::CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if kind.split(';').next().map(str::trim) != Some("application/json") {
            return Err(problem(StatusCode::UNSUPPORTED_MEDIA_TYPE, "malformed"));
        }
        let body = Bytes::from_request(request, state).await;
        let body = body.map_err(|_| problem(StatusCode::PAYLOAD_TOO_LARGE, "too-large"))?;
        serde_json::from_slice(&body)
            .map(Self)
            .map_err(|_| problem(StatusCode::BAD_REQUEST, "malformed"))
    }
}

/// An answer.
pub(super) fn answer(body: &impl Serialize) -> Response {
    Json(body).into_response()
}

/// Why not, as a word that programs and pages know.
pub(super) fn problem(status: StatusCode, word: &str) -> Response {
    (status, Json(json!({ "problem": word }))).into_response()
}

/// The same, and how many seconds to wait.
pub(super) fn wait(wait: std::time::Duration) -> Response {
    let seconds = wait.as_secs().max(1);
    let body = json!({ "problem": "wait", "seconds": seconds });
    (StatusCode::TOO_MANY_REQUESTS, Json(body)).into_response()
}

/// What a device is given in the end.
#[derive(Serialize)]
pub(crate) struct Certificate {
    /// The device, 32 hexadecimal digits.
    device: String,
    /// DER.
    #[serde(rename = "certificate")]
    leaf: String,
    /// DER, the issuing authority first, without the root.
    chain: Vec<String>,
}

impl From<&DeviceCertificate> for Certificate {
    fn from(issued: &DeviceCertificate) -> Self {
        Self {
            device: issued.device.to_string(),
            leaf: text(issued.certificate.as_der()),
            chain: issued.chain.iter().map(|one| text(one.as_der())).collect(),
        }
    }
}

/// A refusal of a pairing's step.
pub(super) fn refusal(error: PairingError) -> Result<Response, PageError> {
    use StatusCode as S;
    Ok(match error {
        PairingError::Denied(denied) => return Err(denial(denied)),
        PairingError::Fault(fault) => return Err(fault.into()),
        PairingError::NotFound => problem(S::NOT_FOUND, "not-found"),
        PairingError::Taken => problem(S::CONFLICT, "taken"),
        PairingError::OutOfTurn => problem(S::CONFLICT, "out-of-turn"),
        PairingError::Mismatch => problem(S::UNPROCESSABLE_ENTITY, "mismatch"),
        PairingError::TooLarge { .. } => problem(S::PAYLOAD_TOO_LARGE, "too-large"),
        PairingError::Name(_) => problem(S::UNPROCESSABLE_ENTITY, "name"),
        PairingError::TooMany { .. } => problem(S::CONFLICT, "too-many-devices"),
        PairingError::Wait(span) => wait(span),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn octets_have_one_text() {
        assert_eq!(text(&[0xfb, 0xff]), "-_8");
        assert_eq!(fixed::<2>("-_8").unwrap(), [0xfb, 0xff]);
        for other in ["+/8", "-_8=", "-_9", "-_", ""] {
            assert!(fixed::<2>(other).is_err(), "{other}");
        }
    }
}
