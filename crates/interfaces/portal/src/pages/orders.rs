//! What a subscriber does with orders: from the catalogue to the issued certificate.

pub(crate) mod activation;
pub(crate) mod application;
pub(crate) mod csr;
pub(crate) mod dashboard;
pub(crate) mod data;
pub(crate) mod data_form;
pub(crate) mod documents;
pub(crate) mod email;
pub(crate) mod link;
pub(crate) mod list;
pub(crate) mod place;
pub(crate) mod problems;
#[cfg(any(test, feature = "samples"))]
pub(crate) mod samples;
pub(crate) mod show;
pub(crate) mod views;

use chancery_register::Permission;

use crate::{
    limits::Limit,
    routes::{Needs, Route},
};

const PLACE: Needs = Needs::Permission(Permission::PlaceOrder);
const READ: Needs = Needs::Permission(Permission::ReadOwnOrders);
const EDIT: Needs = Needs::Permission(Permission::EditOwnOrders);
/// One's own documents, or an applicant's for an officer.
const READ_DOCUMENT: Needs =
    Needs::AnyOf(&[Permission::ReadOwnOrders, Permission::ReadApplications]);

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/dashboard", READ, dashboard::show),
        Route::get("/orders", READ, list::show),
        Route::get("/orders/new/{product}", PLACE, place::show),
        Route::post("/orders", PLACE, place::place),
        Route::get("/orders/{id}", READ, show::show),
        Route::get("/orders/{id}/data", EDIT, data::show),
        Route::post("/orders/{id}/data", EDIT, data::save).up_to(documents::UPLOAD_OCTETS),
        Route::post("/orders/{id}/data/submit", EDIT, data::submit),
        Route::post("/orders/{id}/data/reuse", EDIT, data::reuse),
        Route::get("/orders/{id}/documents", READ, documents::show),
        Route::post("/orders/{id}/documents", EDIT, documents::add).up_to(documents::UPLOAD_OCTETS),
        Route::post("/orders/{id}/documents/remove", EDIT, documents::remove),
        Route::get("/documents/{id}", READ_DOCUMENT, documents::view),
        Route::get("/orders/{id}/email", EDIT, email::show),
        Route::post("/orders/{id}/email", EDIT, email::send).limited(Limit::Mail),
        Route::post("/orders/{id}/email/code", EDIT, email::confirm),
        Route::get("/verify-email/{token}", Needs::Nothing, link::show),
        Route::post("/verify-email/{token}", Needs::Nothing, link::confirm),
        Route::get("/orders/{id}/activation", EDIT, activation::show),
        Route::post("/orders/{id}/activation", EDIT, activation::check)
            .up_to(activation::UPLOAD_OCTETS),
        Route::post("/orders/{id}/activation/change", EDIT, activation::change),
        Route::post("/orders/{id}/activation/issue", EDIT, activation::issue),
        Route::post("/orders/{id}/csr-check", EDIT, csr::check_live),
    ]
}
