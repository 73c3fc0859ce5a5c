//! Built assets under names that carry their hash, so that browsers keep them for ever.

use std::{collections::BTreeMap, sync::LazyLock};

use axum::{
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chancery_keys::AwsLc;
use chancery_x509::{Crypto as _, DigestAlgorithm};
use rust_embed::RustEmbed;

use crate::state::{Environment, Portal};

/// What `cargo xtask web` wrote; empty before its first run, and the pages then still work.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../../web/dist"]
struct Dist;

/// `app.css` to `app-1a2b3c4d.css`.
static NAMES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    Dist::iter()
        .filter_map(|file| {
            let (stem, extension) = file.rsplit_once('.')?;
            let (name, _hash) = stem.rsplit_once('-')?;
            Some((format!("{name}.{extension}"), file.to_string()))
        })
        .collect()
});

pub(crate) fn address(name: &str) -> Option<String> {
    NAMES.get(name).map(|file| format!("/assets/{file}"))
}

/// What an asset must hash to for a browser to run or apply it (Subresource Integrity): SHA-384.
fn digest(octets: &[u8]) -> String {
    let digest = AwsLc.digest(DigestAlgorithm::Sha384, octets);
    format!("sha384-{}", STANDARD.encode(digest))
}

/// The digest of a built asset, for the element that asks for it.
pub(crate) fn integrity(name: &str) -> Option<&'static str> {
    static DIGESTS: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
        NAMES
            .iter()
            .filter_map(|(name, file)| Some((name.clone(), digest(&Dist::get(file)?.data))))
            .collect()
    });
    DIGESTS.get(name).map(String::as_str)
}

/// A built text.
pub(crate) fn content(name: &str) -> Option<String> {
    let octets = Dist::get(NAMES.get(name)?)?.data;
    String::from_utf8(octets.into_owned()).ok()
}

/// What the pages need that work without the network: addresses and digests.
pub(crate) fn for_tools(environment: &Environment) -> BTreeMap<String, String> {
    let built = NAMES
        .iter()
        .filter(|(name, _)| *name != "service-worker.js")
        .filter_map(|(name, file)| Some((format!("/assets/{file}"), integrity(name)?.to_owned())));
    let sheet = digest(colour_sheet(environment).as_bytes());
    built
        .chain([(colour_address(environment), sheet)])
        .collect()
}

/// The address of the icons' sprite.
pub(crate) fn sprite_address() -> String {
    let sprite = NAMES.get("icons.svg").map_or("icons.svg", String::as_str);
    format!("/assets/{sprite}")
}

pub(crate) fn icon_address(name: &str) -> String {
    format!("{}#{name}", sprite_address())
}

/// Changes with the colour, so that a changed colour shows at once.
pub(crate) fn colour_address(environment: &Environment) -> String {
    let colour = environment.colour.to_string();
    format!("/assets/colour-{}.css", colour.trim_start_matches('#'))
}

fn colour_sheet(environment: &Environment) -> String {
    format!(
        ":root{{--environment:{};--environment-text:{}}}\n",
        environment.colour,
        environment.colour.text()
    )
}

/// The worker of the store of certificates compiles the module in WebAssembly, and nothing else may.
pub(crate) const WORKER_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

/// `GET /assets/{file}`
pub(crate) async fn serve(State(portal): State<Portal>, Path(file): Path<String>) -> Response {
    let for_ever = (header::CACHE_CONTROL, "public, max-age=31536000, immutable");
    if format!("/assets/{file}") == colour_address(&portal.environment) {
        let sheet = colour_sheet(&portal.environment);
        return (
            [(header::CONTENT_TYPE, "text/css; charset=utf-8"), for_ever],
            sheet,
        )
            .into_response();
    }
    match Dist::get(&file) {
        Some(asset) => {
            let kind = asset.metadata.mimetype().to_owned();
            let mut response =
                ([(header::CONTENT_TYPE, kind)], [for_ever], asset.data).into_response();
            if file.starts_with("worker-") {
                let policy = HeaderValue::from_static(WORKER_POLICY);
                let headers = response.headers_mut();
                headers.insert(header::CONTENT_SECURITY_POLICY, policy);
            }
            response
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Everything that [`serve`] answers with.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn all(environment: &Environment) -> Vec<(String, Vec<u8>)> {
    let colour = colour_address(environment).replace("/assets/", "");
    let sheet = (colour, colour_sheet(environment).into_bytes());
    Dist::iter()
        .filter_map(|file| Some((file.to_string(), Dist::get(&file)?.data.into_owned())))
        .chain([sheet])
        .collect()
}
