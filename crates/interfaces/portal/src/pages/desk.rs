//! The desk of the registration authority: what waits, and deciding on it.

pub(crate) mod application;
pub(crate) mod codes;
pub(crate) mod queue;
#[cfg(any(test, feature = "samples"))]
mod samples;

use chancery_register::Permission;

use crate::routes::{Needs, Route};

const READ: Needs = Needs::Permission(Permission::ReadApplications);
const DECIDE: Needs = Needs::Permission(Permission::DecideApplications);

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/desk", READ, queue::show),
        Route::get("/desk/orders/{id}", READ, application::show),
        Route::post("/desk/orders/{id}/decision", DECIDE, application::decide),
        Route::post("/desk/orders/{id}/codes", DECIDE, codes::give_out),
    ]
}
