//! `GET /settings/devices`, `GET` and `POST /settings/devices/{id}/name`.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use chancery_register::{Device, DeviceError, DeviceId, DeviceState, Way};
use chancery_store::Timestamp;

use super::own;
use crate::{
    confirm::Act,
    error::PageError,
    form::Form,
    page::Page,
    pages::{account::refusals, path_id},
    respond::{self, Remember as _},
    routes::denial,
    show::Badge,
    state::Portal,
};

/// `pages/settings-devices.html`
#[derive(Template)]
#[template(path = "pages/settings-devices.html")]
pub(crate) struct DevicesPage {
    pub page: Page,
    pub devices: Vec<Line>,
    /// Whether devices can have a key of their own here.
    pub own_keys: bool,
    pub act: Act,
}

/// A device in the list.
pub(crate) struct Line {
    pub address: String,
    pub name: String,
    /// The key of what it is.
    pub kind: &'static str,
    /// Which certificate it was sent.
    pub subject: Option<String>,
    pub badge: Badge,
    /// Seconds since 1970, as the others.
    pub paired_at: i64,
    pub used: Option<When>,
    pub ends: Option<When>,
    /// Whether it can be revoked or only taken off the list.
    pub active: bool,
}

/// A time that may not have come.
pub(crate) struct When {
    /// Seconds since 1970.
    pub at: i64,
}

impl From<Timestamp> for When {
    fn from(at: Timestamp) -> Self {
        Self { at: at.as_secs() }
    }
}

impl Line {
    pub(super) fn of(device: &Device, now: Timestamp) -> Self {
        let state = device.state(now);
        Self {
            address: format!("/settings/devices/{}", device.id),
            name: device.name.clone(),
            kind: match device.way {
                Way::OwnKey => "devices-own-key",
                Way::Copy => "devices-copy",
            },
            subject: device.subject.clone(),
            badge: match state {
                DeviceState::Active => Badge::Valid,
                DeviceState::Expired => Badge::Expired,
                DeviceState::Revoked => Badge::Revoked,
            },
            paired_at: device.paired_at.as_secs(),
            used: device.used_at.map(When::from),
            ends: device.not_after.map(When::from),
            active: state == DeviceState::Active && device.way == Way::OwnKey,
        }
    }
}

/// `pages/device-name.html`
#[derive(Template)]
#[template(path = "pages/device-name.html")]
pub(crate) struct NamePage {
    pub page: Page,
    pub form: Form,
    pub address: String,
}

/// `GET /settings/devices`
pub(crate) async fn show(State(portal): State<Portal>, page: Page) -> Result<Response, PageError> {
    let devices = portal.register.devices(own(&page)?).await;
    let devices = devices.map_err(not_done)?;
    respond::page(&DevicesPage {
        devices: devices.iter().map(|one| Line::of(one, page.now)).collect(),
        own_keys: portal.ra.certifies_devices(),
        act: super::pairing_act(),
        page,
    })
}

/// `GET /settings/devices/{id}/name`
pub(crate) async fn name(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let id = DeviceId::new(path_id(&id)?);
    let device = portal.register.device(own(&page)?, id).await;
    let device = device.map_err(not_done)?;
    respond::page(&NamePage {
        page,
        form: Form::filled([("name", device.name.as_str())]),
        address: format!("/settings/devices/{id}"),
    })
}

/// `POST /settings/devices/{id}/name`
pub(crate) async fn rename(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
    mut form: Form,
) -> Result<Response, PageError> {
    let id = DeviceId::new(path_id(&id)?);
    let renamed = portal
        .register
        .rename_device(own(&page)?, id, form.value("name"), page.now)
        .await;
    match renamed {
        Ok(()) => Ok(respond::see_other("/settings/devices").noticing("notice-device-renamed")),
        Err(DeviceError::Name(error)) => {
            let text = refusals::text(&page, &error);
            form.refuse_named("name", page.text("devices-name"), text);
            respond::refused(&NamePage {
                page: page.with_problems(form.problems().len()),
                form,
                address: format!("/settings/devices/{id}"),
            })
        }
        Err(error) => Err(not_done(error)),
    }
}

/// What pages cannot put better.
pub(crate) fn not_done(error: DeviceError) -> PageError {
    match error {
        DeviceError::Denied(denied) => denial(denied),
        DeviceError::NotFound => PageError::NotFound,
        DeviceError::InUse | DeviceError::Superseded => PageError::Overtaken,
        DeviceError::Wait(span) => PageError::TooMany(span),
        DeviceError::Fault(fault) => fault.into(),
        other => PageError::fault(other),
    }
}

#[cfg(any(test, feature = "samples"))]
mod samples {
    use super::{DevicesPage, Line, NamePage, When};
    use crate::{form::Form, page::Page, samples::Samples, show::Badge};

    fn line(name: &str, kind: &'static str, badge: Badge) -> Line {
        let own = kind == "devices-own-key";
        Line {
            address: "/settings/devices/00112233445566778899aabbccddeeff".to_owned(),
            name: name.to_owned(),
            kind,
            subject: (!own).then(|| "CN=Jana Ořechová,O=Mlýn s.r.o.,C=CZ".to_owned()),
            badge,
            paired_at: 1_795_000_000,
            used: (badge != Badge::Expired).then_some(When { at: 1_795_100_000 }),
            ends: own.then_some(When { at: 1_796_200_000 }),
            active: own && badge == Badge::Valid,
        }
    }

    impl Samples for DevicesPage {
        const TEMPLATE: &'static str = "pages/settings-devices.html";

        fn samples(page: &Page) -> Vec<(&'static str, Self)> {
            let with = |devices, own_keys| Self {
                page: page.clone(),
                devices,
                own_keys,
                act: super::super::pairing_act(),
            };
            let devices = vec![
                line("Chrome, Android", "devices-own-key", Badge::Valid),
                line("Telefon", "devices-copy", Badge::Valid),
                line("Starý tablet", "devices-own-key", Badge::Expired),
                line("Ztracený telefon", "devices-own-key", Badge::Revoked),
            ];
            vec![
                ("list", with(devices, true)),
                ("none", with(Vec::new(), true)),
                ("no-authority", with(Vec::new(), false)),
            ]
        }
    }

    impl Samples for NamePage {
        const TEMPLATE: &'static str = "pages/device-name.html";

        fn samples(page: &Page) -> Vec<(&'static str, Self)> {
            let mut wrong = Form::filled([("name", "")]);
            let text = page.text("refused-text-empty");
            wrong.refuse_named("name", page.text("devices-name"), text);
            let with = |page: Page, form| Self {
                page,
                form,
                address: "/settings/devices/00112233445566778899aabbccddeeff".to_owned(),
            };
            let filled = Form::filled([("name", "Chrome, Android")]);
            vec![
                ("filled", with(page.clone(), filled)),
                ("wrong", with(page.clone().with_problems(1), wrong)),
            ]
        }
    }
}
