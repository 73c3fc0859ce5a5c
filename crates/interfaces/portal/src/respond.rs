//! Answers of handlers: a page, or the way to one.

use askama::Template;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use chancery_register::Token;

use crate::error::PageError;

/// A page.
pub(crate) fn page(template: &impl Template) -> Result<Response, PageError> {
    Ok(Html(template.render()?).into_response())
}

/// The page again with what is wrong with its form.
pub(crate) fn refused(template: &impl Template) -> Result<Response, PageError> {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(template.render()?)).into_response())
}

/// Off to another page of ours, by GET.
pub(crate) fn see_other(path: &str) -> Response {
    match HeaderValue::from_str(path) {
        Ok(location) => (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response(),
        Err(error) => PageError::fault(error).into_response(),
    }
}

/// A path of ours from what a request says, or `otherwise`: never another site's.
pub(crate) fn local_path<'a>(path: &'a str, otherwise: &'a str) -> &'a str {
    let local = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && path.bytes().all(|octet| octet.is_ascii_graphic());
    if local { path } else { otherwise }
}

/// A path as a value in a query.
pub(crate) fn in_query(path: &str) -> String {
    path.bytes()
        .map(|octet| match octet {
            b'/' | b'-' | b'.' | b'_' | b'~' => char::from(octet).to_string(),
            octet if octet.is_ascii_alphanumeric() => char::from(octet).to_string(),
            octet => format!("%{octet:02X}"),
        })
        .collect()
}

/// What a response asks the middleware to remember in the browser.
pub(crate) trait Remember: Sized {
    /// Shows the text of this key on the next page.
    #[must_use]
    fn noticing(self, key: &'static str) -> Self;
    /// Opens the session with this token from now on.
    #[must_use]
    fn with_session(self, token: Token) -> Self;
    /// Forgets the session.
    #[must_use]
    fn without_session(self) -> Self;
    /// Remembers a choice (language, theme) beyond the session.
    #[must_use]
    fn choosing(self, name: &'static str, value: &'static str) -> Self;
}

#[derive(Clone, Default)]
pub(crate) struct Choices(pub Vec<(&'static str, &'static str)>);

#[derive(Clone, Copy)]
pub(crate) struct Notice(pub &'static str);

#[derive(Clone)]
pub(crate) enum SessionChange {
    Begin(Token),
    End,
}

impl Remember for Response {
    fn noticing(mut self, key: &'static str) -> Self {
        self.extensions_mut().insert(Notice(key));
        self
    }

    fn with_session(mut self, token: Token) -> Self {
        self.extensions_mut().insert(SessionChange::Begin(token));
        self
    }

    fn without_session(mut self) -> Self {
        self.extensions_mut().insert(SessionChange::End);
        self
    }

    fn choosing(mut self, name: &'static str, value: &'static str) -> Self {
        self.extensions_mut()
            .get_or_insert_default::<Choices>()
            .0
            .push((name, value));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::{in_query, local_path};

    #[test]
    fn a_path_survives_in_a_query() {
        assert_eq!(in_query("/orders/1?a=b&c"), "/orders/1%3Fa%3Db%26c");
    }

    #[test]
    fn only_paths_of_ours_are_followed() {
        for path in ["/", "/orders/1?tab=2", "/login"] {
            assert_eq!(local_path(path, "/x"), path);
        }
        for path in [
            "",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a\r\nb",
            "javascript:1",
        ] {
            assert_eq!(local_path(path, "/x"), "/x", "{path:?}");
        }
    }
}
