//! Everything that answers HTTP: the portal, status, and whether the server is well.

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{Request, State},
    http::{StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse as _, Response},
    routing::get,
};
use chancery_portal::{Colour, Environment as Shown, Kind as ShownKind, Limits, Portal, Rates};
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};

use crate::{
    config::{Config, Kind},
    environment::Environment,
    failure::Failure,
    os,
};

/// How long a request may take altogether, however much it dawdles.
const WHOLE_REQUEST: Duration = Duration::from_mins(1);

/// The routes of one environment.
pub fn router(environment: &Environment) -> Result<Router, Failure> {
    let clock: chancery_portal::Clock = Arc::new(os::now);
    let portal = chancery_portal::router(Portal {
        register: environment.register.clone(),
        certificates: environment.certificates.clone(),
        ra: environment.ra.clone(),
        ca: environment.ca.clone(),
        mx: Arc::clone(&environment.mx),
        store: environment.store.clone(),
        environment: Arc::new(shown(&environment.config)?),
        clock: Arc::clone(&clock),
        entropy: Arc::clone(&environment.entropy),
        limits: Arc::new(Limits::new(Rates::default())),
    });
    Ok(Router::new()
        .route("/healthz", get(healthz).with_state(environment.clone()))
        .merge(chancery_status::router(environment.ca.clone(), clock))
        .merge(portal)
        .layer(RequestBodyTimeoutLayer::new(
            environment.config.listen.patience(),
        ))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            WHOLE_REQUEST,
        ))
        .layer(middleware::from_fn(one_host)))
}

/// A request with two hosts means one thing to a proxy and another to us (RFC 9112 section 3.2).
async fn one_host(request: Request, next: Next) -> Response {
    if request
        .headers()
        .get_all(header::HOST)
        .iter()
        .nth(1)
        .is_some()
    {
        return (StatusCode::BAD_REQUEST, "a request names one host\n").into_response();
    }
    next.run(request).await
}

fn shown(config: &Config) -> Result<Shown, Failure> {
    let colour: Colour = config
        .colour
        .parse()
        .map_err(|error| Failure::because("colour", &error))?;
    Ok(Shown {
        name: config.name.clone(),
        colour,
        kind: match config.kind {
            Kind::Production => ShownKind::Production,
            Kind::Sandbox => ShownKind::Sandbox,
        },
        public_url: config.public_url.clone(),
        certificate_url: config.certificate_url.clone(),
        zone: config.time_zone()?,
    })
}

/// Whether the server can work: it answers, and so does its database.
async fn healthz(State(environment): State<Environment>) -> (StatusCode, &'static str) {
    match environment.store.check().await {
        Ok(()) => (StatusCode::OK, "ok\n"),
        Err(error) => {
            tracing::warn!(%error, "the database does not answer");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "the database does not answer\n",
            )
        }
    }
}
