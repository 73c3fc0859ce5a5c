//! What works without the network: a few pages whose work is done in the browser, kept there by a service worker as somebody sees them whom
//! nobody knows, and the manifest by which browsers install them as an application.

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use chancery_keys::AwsLc;
use chancery_x509::{Crypto as _, DigestAlgorithm, hex};
use serde_json::json;

use crate::{
    assets,
    error::PageError,
    menu::MenuItem,
    page::Page,
    pages::tools,
    routes::{Needs, Route},
    security::CONTENT_SECURITY_POLICY,
    state::Portal,
    words::Language,
};

/// The pages that are kept, each in every language.
pub(crate) const PAGES: [&str; 5] = [
    "/settings/store",
    "/sign",
    "/verify",
    "/decrypt",
    "/generator",
];

/// By this header the service worker asks for a page to keep.
pub(crate) const ASKED: HeaderName = HeaderName::from_static("x-chancery-offline");

/// Changes with templates and words (build.rs).
const BUILD: &str = env!("CHANCERY_PAGES");

/// The service worker fetches and keeps; it runs nothing but itself.
const POLICY: &str = "default-src 'none'; connect-src 'self'; require-trusted-types-for 'script'; \
    trusted-types 'none'";

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/service-worker.js", Needs::Nothing, worker),
        Route::get("/manifest.webmanifest", Needs::Nothing, manifest),
    ]
}

/// Whether a request is the service worker's, for a page that it keeps: whoever asks so is nobody.
pub(crate) fn is_asked(request: &Request) -> bool {
    *request.method() == Method::GET
        && request.headers().contains_key(ASKED)
        && PAGES.contains(&request.uri().path())
}

/// `GET /service-worker.js`: the built script, told what to keep. Another build, another look or another authority makes another
/// script, by which browsers know that there is something new.
async fn worker(State(portal): State<Portal>) -> Result<Response, PageError> {
    let Some(script) = assets::content("service-worker.js") else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let kept = assets::for_tools(&portal.environment);
    let pages: Vec<_> = PAGES
        .into_iter()
        .filter(|path| crate::menu::exists(path))
        .collect();
    let languages: Vec<_> = Language::all().map(Language::tag).collect();
    let environment = &portal.environment;
    let mut told = format!("{BUILD} {kept:?} {pages:?} {environment:?}");
    for one in tools::authorities(&portal).await? {
        told.push_str(&one.der);
    }
    let digest = AwsLc.digest(DigestAlgorithm::Sha256, told.as_bytes());
    let version = hex::encode(digest.get(..8).unwrap_or_default(), "");
    // Pages of ours can write to what is kept: digests and policies stand in the script, which they cannot change.
    let settings = json!({
        "version": version, "pages": pages, "languages": languages, "assets": kept,
        "policies": { "page": CONTENT_SECURITY_POLICY, "worker": assets::WORKER_POLICY },
    });
    let mut response = format!("self.PORTAL={settings};\n{script}").into_response();
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-cache"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}

/// `GET /manifest.webmanifest` (W3C Web Application Manifest).
async fn manifest(State(portal): State<Portal>, page: Page) -> Response {
    let environment = &portal.environment;
    let named = |key: &'static str| {
        let text = page.t(key).with("environment", environment.name.as_str());
        text.to_string()
    };
    let icon = |name: &str, sizes: &str, purpose: &str| {
        let address = assets::address(name)?;
        Some(json!({ "src": address, "sizes": sizes, "type": "image/png", "purpose": purpose }))
    };
    let icons: Vec<_> = [
        icon("icon192.png", "192x192", "any"),
        icon("icon512.png", "512x512", "any"),
        icon("maskable.png", "512x512", "maskable"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let shortcuts: Vec<_> = PAGES
        .into_iter()
        .filter(|path| crate::menu::exists(path))
        .map(|path| json!({ "name": page.text(words(path)), "url": path }))
        .collect();
    let manifest = json!({
        "id": "/settings/store",
        "name": named("manifest-name"),
        "short_name": environment.name,
        "description": page.text("manifest-description"),
        "lang": page.language.tag(),
        "start_url": "/settings/store",
        "scope": "/",
        "display": "standalone",
        "theme_color": environment.colour.to_string(),
        "background_color": "#ffffff",
        "icons": icons,
        "shortcuts": shortcuts,
    });
    let kind = [(header::CONTENT_TYPE, "application/manifest+json")];
    (kind, manifest.to_string()).into_response()
}

/// The menu of a page without the network: what works there.
pub(crate) fn items(here: &str) -> Vec<MenuItem> {
    PAGES
        .into_iter()
        .filter(|path| crate::menu::exists(path))
        .map(|path| MenuItem {
            path,
            words: words(path),
            icon: icon(path),
            current: path == here,
        })
        .collect()
}

fn icon(path: &str) -> &'static str {
    match path {
        "/sign" => "signature",
        "/verify" => "checkup-list",
        "/decrypt" => "lock-open",
        "/generator" => "key",
        _ => "settings",
    }
}

/// The key of what a page is called.
pub(crate) fn words(path: &str) -> &'static str {
    match path {
        "/sign" => "menu-sign",
        "/verify" => "menu-verify",
        "/decrypt" => "menu-decrypt",
        "/generator" => "menu-generator",
        _ => "menu-settings",
    }
}
