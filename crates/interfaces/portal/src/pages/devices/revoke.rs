//! `GET` and `POST /settings/devices/{id}/revoke`: what is lost, then for good; `POST /settings/devices/{id}/forget`.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use chancery_ra::RevokeDeviceError;
use chancery_register::DeviceId;

use super::{
    list::{Line, not_done},
    own,
};
use crate::{
    confirm::{self, Act},
    error::PageError,
    form::Form,
    page::Page,
    pages::path_id,
    respond::{self, Remember as _},
    state::Portal,
};

/// `pages/device-revoke.html`
#[derive(Template)]
#[template(path = "pages/device-revoke.html")]
pub(crate) struct RevokePage {
    pub page: Page,
    pub device: Line,
    pub act: Act,
}

/// What the page is for: a device of its own key is revoked while it is in use, everything else only taken off the list.
fn act(id: DeviceId, device: &Line) -> Act {
    if device.active {
        Act::DeviceRevoke(id)
    } else {
        Act::DeviceForget(id)
    }
}

pub(crate) async fn show(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let id = DeviceId::new(path_id(&id)?);
    let device = portal.register.device(own(&page)?, id).await;
    let device = Line::of(&device.map_err(not_done)?, page.now);
    respond::page(&RevokePage {
        page,
        act: act(id, &device),
        device,
    })
}

pub(crate) async fn revoke(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let id = DeviceId::new(path_id(&id)?);
    let principal = own(&page)?;
    confirm::required(&portal, &page, &form, Act::DeviceRevoke(id)).await?;
    let lost = form.value("lost") == "yes";
    let revoked = portal
        .ra
        .revoke_device(principal, id, lost, portal.now())
        .await;
    match revoked {
        Ok(()) => Ok(respond::see_other("/settings/devices").noticing("notice-device-revoked")),
        Err(RevokeDeviceError::Device(error)) => Err(not_done(error)),
        Err(error) => Err(PageError::fault(error)),
    }
}

pub(crate) async fn forget(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let id = DeviceId::new(path_id(&id)?);
    let principal = own(&page)?;
    confirm::required(&portal, &page, &form, Act::DeviceForget(id)).await?;
    let forgotten = portal
        .register
        .forget_device(principal, id, portal.now())
        .await;
    forgotten.map_err(not_done)?;
    Ok(respond::see_other("/settings/devices").noticing("notice-device-forgotten"))
}

#[cfg(any(test, feature = "samples"))]
impl crate::samples::Samples for RevokePage {
    const TEMPLATE: &'static str = "pages/device-revoke.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        use crate::show::Badge;
        let with = |kind: &'static str, badge| Self {
            page: page.clone(),
            act: Act::DeviceRevoke(DeviceId::new(chancery_store::Id::from_bytes([1; 16]))),
            device: Line {
                address: "/settings/devices/00112233445566778899aabbccddeeff".to_owned(),
                name: "Chrome, Android".to_owned(),
                kind,
                subject: None,
                badge,
                paired_at: 1_795_000_000,
                used: None,
                ends: None,
                active: kind == "devices-own-key" && badge == Badge::Valid,
            },
        };
        vec![
            ("own-key", with("devices-own-key", Badge::Valid)),
            ("copy", with("devices-copy", Badge::Valid)),
            ("ended", with("devices-own-key", Badge::Revoked)),
        ]
    }
}
