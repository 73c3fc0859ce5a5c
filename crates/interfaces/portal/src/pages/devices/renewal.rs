//! `POST /devices/api/renew`: a device renews its certificate by itself.

use axum::{extract::State, http::StatusCode, response::Response};
use chancery_ra::{RenewDevice, RenewDeviceError};
use chancery_register::DeviceError;
use serde::Deserialize;

use super::wire::{self, Message, Octets, problem};
use crate::{error::PageError, routes::denial, state::Portal, visit::Peer};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RenewMessage {
    /// The present certificate, DER.
    certificate: Octets,
    /// PKCS#10 of the next key, DER.
    request: Octets,
    /// By the present key, `r || s`.
    signature: Octets,
}

pub(crate) async fn renew(
    State(portal): State<Portal>,
    Peer(from): Peer,
    Message(message): Message<RenewMessage>,
) -> Result<Response, PageError> {
    use StatusCode as S;
    let renew = RenewDevice {
        certificate: &message.certificate.0,
        request: &message.request.0,
        signature: &message.signature.0,
        origin: portal.certificates.origin(),
        from: Some(from),
    };
    let error = match portal.ra.renew_device(&renew, portal.now()).await {
        Ok(issued) => return Ok(wire::answer(&wire::Certificate::from(&issued))),
        Err(error) => error,
    };
    Ok(match error {
        RenewDeviceError::Device(error) => match error {
            DeviceError::Proof | DeviceError::NotFound => problem(S::FORBIDDEN, "proof"),
            DeviceError::Revoked { .. } => problem(S::FORBIDDEN, "revoked"),
            DeviceError::Late { .. } => problem(S::FORBIDDEN, "late"),
            DeviceError::Superseded => problem(S::FORBIDDEN, "superseded"),
            DeviceError::Wait(span) => wire::wait(span),
            DeviceError::Denied(denied) => return Err(denial(denied)),
            DeviceError::Fault(fault) => return Err(fault.into()),
            error @ (DeviceError::InUse | DeviceError::Name(_)) => {
                return Err(PageError::fault(error));
            }
        },
        RenewDeviceError::Request => problem(S::UNPROCESSABLE_ENTITY, "request"),
        RenewDeviceError::Overtaken => problem(S::CONFLICT, "out-of-turn"),
        RenewDeviceError::Fault(fault) if fault.is_busy() => return Err(PageError::Busy),
        error => return Err(PageError::fault(error)),
    })
}
