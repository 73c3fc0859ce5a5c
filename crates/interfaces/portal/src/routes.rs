//! The route table: every method and path, what it needs, how much it may send and how often.
//!
//! It is one list on purpose: the menu, the guards and the test of roles against resources read it.

use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRequestParts, Request, State},
    handler::Handler,
    http::{Method, request::Parts},
    middleware::{self, Next},
    response::{IntoResponse as _, Response},
    routing::{self, MethodRouter},
};
use chancery_register::{Awaiting, Denied, Loopback, Permission};

use crate::{
    error::PageError,
    limits::Limit,
    page::Page,
    pages,
    security::{self, Connection},
    state::Portal,
};

/// What a form may send unless its route says otherwise, in octets.
const FORM: usize = 64 * 1024;

/// What somebody needs to be let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Nothing.
    Nothing,
    /// A session, even one that still waits for a second factor or a new password.
    Session,
    /// This permission. The use case behind the handler asks for it once more.
    Permission(Permission),
    /// Any of these: one's own things or, for staff, everybody's. The use case decides which.
    AnyOf(&'static [Permission]),
    /// The sandbox.
    Sandbox,
    /// The sandbox, from this machine under a name of this machine; the proof is in [`Here`].
    SandboxHere,
}

/// One line of the table.
pub(crate) struct Route {
    method: Method,
    path: &'static str,
    needs: Needs,
    octets: usize,
    limit: Option<Limit>,
    handler: MethodRouter<Portal>,
}

impl Route {
    /// A page.
    pub(crate) fn get<T: 'static>(
        path: &'static str,
        needs: Needs,
        handler: impl Handler<T, Portal>,
    ) -> Self {
        Self {
            method: Method::GET,
            path,
            needs,
            octets: 0,
            limit: None,
            handler: routing::get(handler),
        }
    }

    /// An act; its handler takes a [`crate::form::Form`] or [`crate::form::Upload`], which check
    /// where it came from.
    pub(crate) fn post<T: 'static>(
        path: &'static str,
        needs: Needs,
        handler: impl Handler<T, Portal>,
    ) -> Self {
        Self {
            method: Method::POST,
            path,
            needs,
            octets: FORM,
            limit: None,
            handler: routing::post(handler),
        }
    }

    /// How much the request may carry.
    pub(crate) fn up_to(self, octets: usize) -> Self {
        Self { octets, ..self }
    }

    /// How often one address may do it.
    pub(crate) fn limited(self, limit: Limit) -> Self {
        Self {
            limit: Some(limit),
            ..self
        }
    }
}

/// All of them.
pub(crate) fn table() -> Vec<Route> {
    let mut table = pages::routes();
    table.sort_by_key(|route| route.path);
    table
}

/// Method, path and needs of every route, for tests and documentation.
#[must_use]
pub fn listing() -> Vec<(Method, &'static str, Needs)> {
    table()
        .into_iter()
        .map(|route| (route.method, route.path, route.needs))
        .collect()
}

/// The routes behind their guards.
pub(crate) fn guarded(portal: &Portal) -> Router<Portal> {
    table().into_iter().fold(Router::new(), |router, route| {
        let guard = Guard {
            portal: portal.clone(),
            needs: route.needs,
            limit: route.limit,
            octets: route.octets,
        };
        let handler = route
            .handler
            .layer(DefaultBodyLimit::max(route.octets))
            .route_layer(middleware::from_fn_with_state(guard, enforce));
        router.route(route.path, handler)
    })
}

#[derive(Clone)]
struct Guard {
    portal: Portal,
    needs: Needs,
    limit: Option<Limit>,
    octets: usize,
}

async fn enforce(State(guard): State<Guard>, mut request: Request, next: Next) -> Response {
    match guard.check(&mut request) {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    }
}

impl Guard {
    fn check(&self, request: &mut Request) -> Result<(), PageError> {
        let connection = Connection::of(request);
        if let Some(limit) = self.limit {
            let from = connection.peer.ok_or(PageError::Forbidden)?;
            self.portal
                .limits
                .check(limit, from)
                .map_err(PageError::TooMany)?;
        }
        // A body that says that it is too long is not waited for.
        if security::announced(request).is_some_and(|octets| octets > self.octets) {
            return Err(PageError::TooLarge);
        }
        let page = request
            .extensions()
            .get::<Page>()
            .ok_or(PageError::NotFound)?;
        match self.needs {
            Needs::Nothing => Ok(()),
            Needs::Session => page.principal().map(|_| ()),
            Needs::Permission(permission) => {
                page.principal()?.require(permission).map_err(denial)?;
                Ok(())
            }
            Needs::AnyOf(permissions) => {
                let principal = page.principal()?;
                let mut denied = Err(PageError::Forbidden);
                for permission in permissions {
                    match principal.require(*permission) {
                        Ok(_) => return Ok(()),
                        Err(Denied::Role(_)) => {}
                        Err(other) => denied = Err(denial(other)),
                    }
                }
                denied
            }
            Needs::Sandbox if page.environment.is_sandbox() => Ok(()),
            Needs::SandboxHere if page.environment.is_sandbox() => {
                let named =
                    security::host(request).is_some_and(|host| security::is_loopback_name(&host));
                let proof = connection.loopback().filter(|_| named);
                request
                    .extensions_mut()
                    .insert(Here(proof.ok_or(PageError::Forbidden)?));
                Ok(())
            }
            // Outside a sandbox its pages do not exist.
            Needs::Sandbox | Needs::SandboxHere => Err(PageError::NotFound),
        }
    }
}

pub(crate) fn denial(denied: Denied) -> PageError {
    match denied {
        Denied::Awaiting(awaiting) => PageError::StepFirst(page_for(awaiting)),
        Denied::SecondFactor(_) => PageError::StepFirst(page_for(Awaiting::TotpEnrolment)),
        Denied::Role(_) => PageError::Forbidden,
    }
}

/// The page where the session gets what it waits for.
pub(crate) fn page_for(awaiting: Awaiting) -> &'static str {
    match awaiting {
        Awaiting::TotpCode => "/login/totp",
        Awaiting::NewPassword => "/login/code",
        Awaiting::TotpEnrolment => "/login/totp/enrol",
    }
}

/// The proof that the viewer sits at this machine, as a handler's argument.
#[derive(Clone, Copy)]
pub(crate) struct Here(pub Loopback);

impl<S: Sync> FromRequestParts<S> for Here {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, PageError> {
        parts
            .extensions
            .get::<Self>()
            .copied()
            .ok_or(PageError::Forbidden)
    }
}
