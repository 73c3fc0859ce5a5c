//! The status of certificates over HTTP: OCSP, revocation lists, issuer certificates.
//!
//! Everything here is public, by plain HTTP as much as by HTTPS: relying parties fetch it before they can
//! trust anything, and what they fetch is signed. [`PUBLIC`] lists the routes for whoever checks that nothing
//! else is.

#![warn(missing_docs)]

mod address;
mod cache;
mod handlers;

use std::sync::Arc;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};
use chancery_ca::Ca;
use chancery_store::Timestamp;
use tower_http::limit::RequestBodyLimitLayer;

/// Tells the time; only the application reads the machine's clock.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Every route of [`router`] with its method; none asks who is calling. `GET` serves `HEAD` too.
pub const PUBLIC: [(&str, &str); 5] = [
    ("POST", "/ocsp"),
    ("POST", "/ocsp/"),
    ("GET", "/ocsp/{*request}"),
    ("GET", "/crl/{authority}/{file}"),
    ("GET", "/issuer/{file}"),
];

/// Most octets of a posted OCSP request that are read.
const MOST_POSTED: usize = 64 * 1024;

#[derive(Clone)]
struct Status {
    ca: Ca,
    clock: Clock,
}

/// The routes of [`PUBLIC`].
pub fn router(ca: Ca, clock: Clock) -> Router {
    Router::new()
        .route("/ocsp", post(handlers::ocsp_post))
        .route("/ocsp/", post(handlers::ocsp_post))
        .route("/ocsp/{*request}", get(handlers::ocsp_get))
        .route("/crl/{authority}/{file}", get(handlers::crl))
        .route("/issuer/{file}", get(handlers::issuer))
        // Before a body is waited for, where its length says enough.
        .layer(RequestBodyLimitLayer::new(MOST_POSTED))
        .layer(DefaultBodyLimit::disable())
        .with_state(Status { ca, clock })
}
