//! The page of an error: what happened, why, and what to do.

use std::time::Duration;

use askama::Template;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse as _, Response},
};

use crate::{error::Trouble, menu, page::Page};

/// `pages/error.html`
#[derive(Template)]
#[template(path = "pages/error.html")]
pub(crate) struct ErrorPage {
    pub page: Page,
    pub status: u16,
    /// The keys are `error-{name}-title`, `-why` and `-do`.
    pub name: &'static str,
    pub wait: Option<Duration>,
    /// The number under which the cause was logged; only where the fault is ours.
    pub event: Option<String>,
    /// Whether the page was to be read, or something sent.
    pub reading: bool,
}

/// The way on from an error: the page once more, or the one from which something was sent.
struct Onward {
    /// The key of its words.
    words: &'static str,
    icon: &'static str,
    address: String,
}

impl ErrorPage {
    fn onward(&self) -> Option<Onward> {
        let onward = |words, icon| Onward {
            words,
            icon,
            address: self.page.here.clone(),
        };
        match self.name {
            // Looking again changes nothing.
            "not-found" | "forbidden" => None,
            "busy" | "too-many" | "too-slow" | "fault" if self.reading => {
                Some(onward("error-again", "refresh"))
            }
            _ if self.reading => None,
            // An act whose page has the same address.
            _ => menu::leads(&self.page.here).then(|| onward("error-back", "arrow-left")),
        }
    }

    /// Whether something was sent, so that going back in the browser is the thing to do.
    fn is_act(&self) -> bool {
        !self.reading
    }

    fn words(&self, part: &str) -> String {
        let seconds = self.wait.map_or(0, |wait| wait.as_secs().max(1));
        // Strangers have no dashboard.
        let whose = match (self.name, part) {
            ("not-found", "do") if self.page.viewer.is_none() => "-stranger",
            _ => "",
        };
        self.page
            .t(format!("error-{}-{part}{whose}", self.name))
            .with("seconds", seconds)
            .to_string()
    }
}

pub(crate) fn page(
    page: &Page,
    reading: bool,
    status: StatusCode,
    trouble: Trouble,
    event: Option<String>,
) -> Response {
    let (name, wait) = match trouble {
        Trouble::Page(name) => (name, None),
        Trouble::Wait(name, wait) => (name, Some(wait)),
        Trouble::Fault | Trouble::Detour(_) => ("fault", None),
    };
    let template = ErrorPage {
        page: page.clone(),
        status: status.as_u16(),
        name,
        wait,
        event,
        reading,
    };
    let mut response = match template.render() {
        Ok(html) => (status, Html(html)).into_response(),
        // The page of the error failed too: its title alone still says what happened.
        Err(_) => (status, template.words("title")).into_response(),
    };
    if let Some(wait) = wait {
        response.headers_mut().insert(
            header::RETRY_AFTER,
            HeaderValue::from(wait.as_secs().max(1)),
        );
    }
    response
}

#[cfg(any(test, feature = "samples"))]
impl crate::samples::Samples for ErrorPage {
    const TEMPLATE: &'static str = "pages/error.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let sample = |sample, status, name, wait, event: Option<&str>| {
            let (reading, here) = match name {
                "busy" | "fault" => (true, "/catalogue"),
                "not-found" | "forbidden" => (true, "/nowhere"),
                _ => (false, "/register"),
            };
            let mut page = page.clone();
            here.clone_into(&mut page.here);
            let error = Self {
                page,
                status,
                name,
                wait,
                event: event.map(str::to_owned),
                reading,
            };
            (sample, error)
        };
        let wait = Some(Duration::from_secs(40));
        vec![
            sample("not-found", 404, "not-found", None, None),
            sample("forbidden", 403, "forbidden", None, None),
            sample("stale-form", 403, "stale-form", None, None),
            sample("malformed", 400, "malformed", None, None),
            sample("not-here", 405, "not-here", None, None),
            sample("too-large", 413, "too-large", None, None),
            sample("too-slow", 408, "too-slow", None, None),
            sample("too-many", 429, "too-many", wait, None),
            sample("overtaken", 409, "overtaken", None, None),
            sample("busy", 503, "busy", wait, None),
            sample("fault", 500, "fault", None, Some("5f3a90c21b")),
        ]
    }
}
