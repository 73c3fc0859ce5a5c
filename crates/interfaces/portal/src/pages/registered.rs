//! A person's registered certificates: listed in pairs, registered, proved, put into the directory, removed.

pub(crate) mod card;
pub(crate) mod new;
mod problems;
pub(crate) mod remove;
#[cfg(any(test, feature = "samples"))]
pub(crate) mod samples;
pub(crate) mod show;

use askama::Template;
use axum::{
    Json,
    extract::State,
    response::{IntoResponse as _, Response},
};
use chancery_register::{MAX_PAIRS, Permission};

pub(crate) use card::{Card, Pair};

use crate::{
    error::PageError,
    form::Form,
    limits::Limit,
    page::Page,
    respond,
    routes::{Needs, Route},
    state::Portal,
};

const OWN: Needs = Needs::Permission(Permission::EditProfile);

/// A certificate with its chain, and what a form adds.
pub(crate) const UPLOAD_OCTETS: usize = 1024 * 1024;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/settings/registered", OWN, list),
        Route::get("/settings/registered/new", OWN, new::show),
        Route::post("/settings/registered/new", OWN, new::register)
            .up_to(UPLOAD_OCTETS)
            .limited(Limit::Certificates),
        Route::post("/settings/registered/challenge", OWN, challenge).limited(Limit::Certificates),
        Route::get("/settings/registered/{id}", OWN, show::show),
        Route::get("/settings/registered/{id}/{file}", OWN, show::file),
        Route::post("/settings/registered/{id}/listed", OWN, show::list),
        Route::post("/settings/registered/{id}/proof", OWN, show::prove)
            .limited(Limit::Certificates),
        Route::get("/settings/registered/{id}/remove", OWN, remove::show),
        Route::post("/settings/registered/{id}/remove", OWN, remove::remove),
    ]
}

/// `pages/registered.html`
#[derive(Template)]
#[template(path = "pages/registered.html")]
pub(crate) struct Registered {
    pub page: Page,
    pub pairs: Vec<Pair>,
    pub limit: u8,
}

impl Registered {
    /// Whether another pair finds room.
    fn has_room(&self) -> bool {
        self.pairs.len() < usize::from(self.limit)
            || self.pairs.iter().any(|pair| !pair.is_complete())
    }
}

/// `GET /settings/registered`
async fn list(State(portal): State<Portal>, page: Page) -> Result<Response, PageError> {
    let principal = page.principal()?;
    let found = portal
        .certificates
        .certificates_of(principal, principal.person, None)
        .await?;
    let names = card::organizations(&portal, principal).await?;
    let cards = found.iter().map(|known| {
        let card = Card::new(&page, known, &names);
        (known.pair, card.with_address("/settings/registered"))
    });
    respond::page(&Registered {
        pairs: Pair::sorted(cards),
        limit: MAX_PAIRS,
        page,
    })
}

/// `POST /settings/registered/challenge`: what a certificate's key signs to prove that it is at hand.
async fn challenge(
    State(portal): State<Portal>,
    page: Page,
    _: Form,
) -> Result<Response, PageError> {
    let challenge = portal
        .certificates
        .proof_challenge(page.principal()?, portal.now())
        .await?;
    Ok(Json(serde_json::json!({ "nonce": challenge.nonce })).into_response())
}
