//! The certificate settings that live in the browser: its store of certificates, and what the signing component will be for. The server renders
//! the frame; what is in the store it never learns.

use askama::Template;
use axum::response::Response;

use crate::{
    error::PageError,
    page::Page,
    respond,
    routes::{Needs, Route},
};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/settings/component", Needs::Nothing, component),
        Route::get("/settings/store", Needs::Nothing, store),
    ]
}

/// `pages/settings-component.html`
#[derive(Template)]
#[template(path = "pages/settings-component.html")]
pub(crate) struct ComponentPage {
    pub page: Page,
}

/// `pages/settings-store.html`
#[derive(Template)]
#[template(path = "pages/settings-store.html")]
pub(crate) struct StorePage {
    pub page: Page,
}

/// A page on which the store is used.
struct Use {
    path: &'static str,
    icon: &'static str,
    /// The key of its words.
    words: &'static str,
}

const USES: [Use; 3] = [
    Use {
        path: "/login",
        icon: "login-2",
        words: "store-page-log-in",
    },
    Use {
        path: "/sign",
        icon: "signature",
        words: "store-page-sign",
    },
    Use {
        path: "/decrypt",
        icon: "lock-open",
        words: "store-page-decrypt",
    },
];

impl StorePage {
    /// Those that are there and of use to the viewer.
    fn uses(&self) -> impl Iterator<Item = &'static Use> {
        let stranger = self.page.viewer.is_none();
        USES.iter()
            .filter(move |one| crate::menu::exists(one.path) && (stranger || one.path != "/login"))
    }

    /// What a password must not consist of.
    fn known_words(&self) -> &str {
        self.page
            .viewer
            .as_ref()
            .map_or("", |viewer| viewer.name.as_str())
    }
}

/// `GET /settings/component`
async fn component(page: Page) -> Result<Response, PageError> {
    respond::page(&ComponentPage { page })
}

/// `GET /settings/store`
async fn store(page: Page) -> Result<Response, PageError> {
    respond::page(&StorePage { page })
}

#[cfg(any(test, feature = "samples"))]
impl crate::samples::Samples for ComponentPage {
    const TEMPLATE: &'static str = "pages/settings-component.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        vec![("purpose", Self { page: page.clone() })]
    }
}

#[cfg(any(test, feature = "samples"))]
impl crate::samples::Samples for StorePage {
    const TEMPLATE: &'static str = "pages/settings-store.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        vec![("frame", Self { page: page.clone() })]
    }
}
