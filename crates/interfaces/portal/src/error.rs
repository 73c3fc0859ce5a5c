//! What a page answers when it cannot do what was asked.

use std::{error::Error, time::Duration};

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chancery_store::ReadError;

/// Why there is no page. The middleware turns it into one: only there are language and viewer known.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// Nothing here, or nothing that this person may know of.
    #[error("there is no such page")]
    NotFound,
    /// The viewer's role does not permit it.
    #[error("the viewer may not do this")]
    Forbidden,
    /// Somebody has to log in first.
    #[error("nobody is logged in")]
    LogInFirst,
    /// The session waits for this page first.
    #[error("the session waits for {0}")]
    StepFirst(&'static str),
    /// The form did not come from a page of ours, or its page is too old.
    #[error("the form has no valid token")]
    StaleForm,
    /// A fresh proof is needed first; its page is drawn already.
    #[error("the act waits for a fresh proof")]
    Confirm(Box<Response>),
    /// The form cannot be read.
    #[error("the form cannot be read")]
    Malformed,
    /// More octets than this form may have.
    #[error("the request is too large")]
    TooLarge,
    /// Too many tries from this address.
    #[error("too many tries; wait {0:?}")]
    TooMany(Duration),
    /// Somebody changed it meanwhile, in another window perhaps; looking again shows how it stands.
    #[error("it changed meanwhile")]
    Overtaken,
    /// The server has more to do than it can; try again soon.
    #[error("the server is busy")]
    Busy,
    /// The fault is ours. The page shows an event number, the log the cause.
    #[error("a fault of ours")]
    Fault(#[source] Box<dyn Error + Send + Sync>),
}

impl PageError {
    /// A fault of ours, whatever it was.
    pub(crate) fn fault(cause: impl Error + Send + Sync + 'static) -> Self {
        Self::Fault(Box::new(cause))
    }

    /// The store did not answer: busy when trying again may help, else a fault of ours.
    pub(crate) fn from_store(error: ReadError) -> Self {
        match error {
            ReadError::Unavailable(_) => Self::Busy,
            other => Self::fault(other),
        }
    }
}

impl From<askama::Error> for PageError {
    fn from(error: askama::Error) -> Self {
        Self::fault(error)
    }
}

impl From<chancery_register::Fault> for PageError {
    fn from(fault: chancery_register::Fault) -> Self {
        if fault.is_busy() {
            Self::Busy
        } else {
            Self::fault(fault)
        }
    }
}

/// What the middleware needs to draw the page of an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// Go there, and come back here afterwards.
    Detour(&'static str),
    /// The page `error-{name}`.
    Page(&'static str),
    /// The same, and when to try again.
    Wait(&'static str, Duration),
    /// Our fault; the cause was logged under this number.
    Fault,
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let (status, trouble) = match self {
            Self::NotFound => (StatusCode::NOT_FOUND, Trouble::Page("not-found")),
            Self::Forbidden => (StatusCode::FORBIDDEN, Trouble::Page("forbidden")),
            Self::LogInFirst => (StatusCode::SEE_OTHER, Trouble::Detour("/login")),
            Self::StepFirst(path) => (StatusCode::SEE_OTHER, Trouble::Detour(path)),
            Self::Confirm(page) => return *page,
            Self::StaleForm => (StatusCode::FORBIDDEN, Trouble::Page("stale-form")),
            Self::Malformed => (StatusCode::BAD_REQUEST, Trouble::Page("malformed")),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, Trouble::Page("too-large")),
            Self::TooMany(wait) => (
                StatusCode::TOO_MANY_REQUESTS,
                Trouble::Wait("too-many", wait),
            ),
            Self::Overtaken => (StatusCode::CONFLICT, Trouble::Page("overtaken")),
            Self::Busy => (
                StatusCode::SERVICE_UNAVAILABLE,
                Trouble::Wait("busy", Duration::from_secs(5)),
            ),
            Self::Fault(cause) => {
                let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
                response.extensions_mut().insert(Trouble::Fault);
                response.extensions_mut().insert(Cause::of(cause.as_ref()));
                return response;
            }
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(trouble);
        response
    }
}

/// An error and its sources in one line, on its way to the log.
#[derive(Clone, Debug)]
pub(crate) struct Cause(pub String);

impl Cause {
    fn of(error: &(dyn Error + Send + Sync)) -> Self {
        let mut line = error.to_string();
        let mut source = error.source();
        while let Some(error) = source {
            line.push_str(": ");
            line.push_str(&error.to_string());
            source = error.source();
        }
        Self(line)
    }
}

#[cfg(test)]
mod tests {
    use axum::{http::StatusCode, response::IntoResponse as _};

    use super::{Cause, PageError, Trouble};

    #[derive(Debug, thiserror::Error)]
    #[error("outer")]
    struct Outer(#[source] Inner);

    #[derive(Debug, thiserror::Error)]
    #[error("inner")]
    struct Inner;

    #[test]
    fn a_fault_keeps_its_whole_cause_for_the_log_and_nothing_for_the_reader() {
        let response = PageError::fault(Outer(Inner)).into_response();
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(
            response.extensions().get::<Trouble>(),
            Some(&Trouble::Fault)
        );
        let cause = response.extensions().get::<Cause>().unwrap();
        assert_eq!(cause.0, "outer: inner");
    }
}
