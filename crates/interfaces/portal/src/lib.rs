//! The portal: server-rendered pages that work without JavaScript.
//!
//! A handler parses a request, calls one use case and renders one template; rules live in the engine.
//! What every request passes through, in this order:
//!
//! 1. `visit::door`: refuses plain HTTP from elsewhere and foreign host names, and hardens the answer;
//!    then `visit::visit`: finds out who visits and in which language, and turns errors into pages;
//! 2. the guard of its line in the `routes` table: what it needs, how much it may send, how often;
//! 3. its handler, whose `form::Form` argument has checked where the form came from.

mod assets;
mod colour;
mod confirm;
mod cookies;
mod error;
mod form;
mod limits;
mod menu;
mod moment;
mod offline;
mod page;
mod pages;
mod respond;
mod routes;
#[cfg(any(test, feature = "samples"))]
pub mod samples;
mod security;
mod sheet;
mod show;
mod signing;
mod state;
mod visit;
mod words;

use axum::{Router, http::StatusCode, middleware, routing::get};
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, timeout::TimeoutLayer,
};

pub use colour::{Colour, ParseColourError};
pub use error::PageError;
pub use limits::{Limits, Rates};
pub use page::Page;
pub use pages::account::handshake::ShownCertificate;
pub use routes::{Needs, listing};
pub use security::{Listener, Transport};
pub use state::{Clock, Environment, Kind, Portal, origin};

/// The whole portal.
///
/// The application serves it with connect information (`ConnectInfo<SocketAddr>`) and adds its
/// [`Listener`] to every request as an extension; without them the portal lets nobody in.
pub fn router(portal: Portal) -> Router {
    let pages = routes::guarded(&portal)
        .fallback(|| async { PageError::NotFound })
        .layer(CatchPanicLayer::new())
        .layer(TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            portal.limits.patience(),
        ))
        .layer(middleware::from_fn_with_state(portal.clone(), visit::visit));
    Router::new()
        .route("/assets/{file}", get(assets::serve))
        .merge(pages)
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn_with_state(portal.clone(), visit::door))
        .with_state(portal)
}
