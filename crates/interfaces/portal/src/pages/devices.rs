//! Devices: the list with its acts, the side of a pairing that shows the code, and the side that reads it.
//!
//! What travels between the two, and what other programs may build on, is `docs/reference/pairing.md`.

mod desktop;
pub(crate) mod list;
pub(crate) mod phone;
mod renewal;
pub(crate) mod revoke;
mod wire;

use chancery_register::{Permission, Principal};

use crate::{
    confirm::Act,
    error::PageError,
    limits::Limit,
    page::Page,
    routes::{Needs, Route, page_for},
};

const OWN: Needs = Needs::Permission(Permission::EditProfile);

/// What a sealed certificate with its chain may take, in base64 and with its form around it.
const SEALED: usize = 128 * 1024;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/settings/devices", OWN, list::show),
        Route::get("/settings/devices/{id}/name", OWN, list::name),
        Route::post("/settings/devices/{id}/name", OWN, list::rename),
        Route::get("/settings/devices/{id}/revoke", OWN, revoke::show),
        Route::post("/settings/devices/{id}/revoke", OWN, revoke::revoke),
        Route::post("/settings/devices/{id}/forget", OWN, revoke::forget),
        Route::post("/devices/pairings", OWN, desktop::begin).limited(Limit::LogIn),
        Route::post("/devices/pairings/{id}/look", OWN, desktop::look).limited(Limit::Look),
        Route::post("/devices/pairings/{id}/reveal", OWN, desktop::reveal),
        Route::post("/devices/pairings/{id}/approve", OWN, desktop::approve).up_to(SEALED),
        Route::post("/devices/pairings/{id}/cancel", OWN, desktop::cancel),
        Route::get("/devices/pair", Needs::Nothing, phone::show),
        Route::post("/devices/api/find", Needs::Nothing, phone::find).limited(Limit::LogIn),
        Route::post("/devices/api/join", Needs::Nothing, phone::join).limited(Limit::LogIn),
        Route::post("/devices/api/look", Needs::Nothing, phone::look).limited(Limit::Look),
        Route::post("/devices/api/confirm", Needs::Nothing, phone::confirm).limited(Limit::Look),
        Route::post("/devices/api/refuse", Needs::Nothing, phone::refuse).limited(Limit::Look),
        Route::post("/devices/api/receive", Needs::Nothing, phone::receive).limited(Limit::Look),
        Route::post("/devices/api/certify", Needs::Nothing, phone::certify).limited(Limit::LogIn),
        Route::post("/devices/api/renew", Needs::Nothing, renewal::renew).limited(Limit::LogIn),
    ]
}

/// Pairing a device, whichever: what is confirmed is that there will be another one.
fn pairing_act() -> Act {
    Act::Pair
}

/// Who is logged in all the way: a device would be more than a session that still waits for something.
pub(crate) fn own(page: &Page) -> Result<&Principal, PageError> {
    let principal = page.principal()?;
    match principal.awaiting {
        Some(awaiting) => Err(PageError::StepFirst(page_for(awaiting))),
        None => Ok(principal),
    }
}
