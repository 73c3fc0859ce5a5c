//! The certificate settings that live in the browser: its store of certificates, and what the signing component will be for. The server renders
//! the frame; what is in the store it never learns.

use askama::Template;
use axum::{extract::State, response::Response};
use chancery_ca::{Search, StateFilter};
use chancery_keys::AwsLc;
use chancery_register::Permission;
use chancery_x509::{Certificate, DigestAlgorithm, hex};

use crate::{
    error::PageError,
    page::Page,
    respond,
    routes::{Needs, Route},
    state::Portal,
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
    /// SHA-256 of the viewer's revoked certificates: the page marks those that it finds in the browser, and asks nobody about the rest.
    pub revoked: Vec<String>,
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

    /// Fingerprints between spaces.
    fn revoked_list(&self) -> String {
        self.revoked.join(" ")
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
async fn store(State(portal): State<Portal>, page: Page) -> Result<Response, PageError> {
    let revoked = revoked(&portal, &page).await?;
    respond::page(&StorePage { page, revoked })
}

/// Fingerprints of what the viewer holds or registered here and what was revoked, the newest hundred of those issued here. Strangers and those who
/// have not finished logging in have none.
async fn revoked(portal: &Portal, page: &Page) -> Result<Vec<String>, PageError> {
    let Some(viewer) = &page.viewer else {
        return Ok(Vec::new());
    };
    let principal = &viewer.principal;
    let mut found = Vec::new();
    if principal.require(Permission::ReadOwnCertificates).is_ok() {
        let search = Search {
            state: StateFilter::Revoked,
            holder: Some(principal.person.id()),
            ..Search::default()
        };
        let issued = portal
            .ra
            .certificates(principal, &search, portal.now())
            .await?;
        found.extend(issued.items.iter().map(|one| sha256(&one.certificate)));
    }
    if principal.require(Permission::EditProfile).is_ok() {
        let registered = portal
            .certificates
            .certificates_of(principal, principal.person, None)
            .await
            .map_err(PageError::fault)?;
        let revoked = registered.iter().filter(|one| one.revoked.is_some());
        found.extend(revoked.map(|one| sha256(&one.certificate)));
    }
    Ok(found)
}

fn sha256(certificate: &Certificate) -> String {
    hex::encode(
        &certificate.fingerprint(DigestAlgorithm::Sha256, &AwsLc),
        "",
    )
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
        let page = page.clone();
        let revoked = vec!["0f".repeat(32), "1e".repeat(32)];
        vec![("frame", Self { page, revoked })]
    }
}
