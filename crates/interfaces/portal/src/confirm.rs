//! Proof that the person is there, before a sensitive act: whoever finds a session open, or steals its cookie, has neither the key nor
//! the password. A session that a certificate opened needs a fresh signature for each act; one that a password opened, for what makes or
//! widens a credential, trust or rights, has to have proved the password (and the second factor) within the last minutes.
//!
//! In the handler of the POST, once the form is right and before anything is done:
//!
//! ```text
//! confirm::required(&portal, &page, &form, Act::Revoke(record.id)).await?;
//! ```
//!
//! The template of the form imports `components/confirm.html` and `components/store.html`, has `{{ confirm::script(act) }}` in its block
//! `scripts`, and inside the form, after the token, `{{ confirm::fields(act) }}` with the same [`Act`]. Where scripts run, the form's own
//! page asks; else, and whenever a proof is missing or bad, [`required`] leads to a page that asks, and the form goes on from there. A new
//! act has words (`confirm-act-{name}`, as what follows “you want to …”) and says in `object` what it is done to.

mod act;
mod carried;
mod object;
mod page;

use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use chancery_register::{CertificateLogInError, Done, Principal, ProveAgainError};

pub(crate) use act::{Act, Way};
pub(crate) use carried::{Sent, file as carried_file};
pub(crate) use object::Line;
pub(crate) use page::ConfirmPage;

use crate::{
    error::PageError,
    form::Form,
    limits::Limit,
    page::Page,
    pages::account::{
        certificate::{Refusal, explain},
        refusals,
    },
    respond::{self, Remember as _},
    routes::{Needs, Route},
    state::Portal,
};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::post("/confirm/challenge", Needs::Session, challenge).limited(Limit::LogIn),
        Route::post("/confirm/password", Needs::Session, by_password).limited(Limit::LogIn),
        Route::post("/confirm", Needs::Session, submit).limited(Limit::LogIn),
    ]
}

/// What the act of a form on this page asks for.
pub(crate) fn way(page: &Page, act: Act) -> Option<Way> {
    let viewer = page.viewer.as_ref()?;
    act.way(&viewer.principal)
}

/// What the act is done to, for another page that asks.
pub(crate) async fn object(portal: &Portal, page: &Page, act: Act) -> Result<Vec<Line>, PageError> {
    object::of(portal, page, act).await
}

/// What was wrong with a proof.
#[derive(Default)]
struct Problem {
    refusal: Option<Refusal>,
    form: Form,
}

/// Goes on where the session needs no proof for this act or has one: beside the form, given ahead, or a password proved lately. Otherwise
/// the page that asks for it is the answer.
pub(crate) async fn required<S: Sent>(
    portal: &Portal,
    page: &Page,
    sent: &S,
    act: Act,
) -> Result<(), PageError> {
    let principal = page.principal()?;
    let form = sent.form();
    let Some(way) = act.way(principal) else {
        return Ok(());
    };
    let proved = match way {
        Way::Certificate => signed(portal, page, form, act).await?,
        Way::Password if principal.proved_lately(page.now) => Ok(()),
        Way::Password if form.has("confirm-password") => typed(portal, page, form, act).await?,
        Way::Password => Err(Problem::default()),
    };
    let Err(problem) = proved else {
        return Ok(());
    };
    let back = match form.value("confirm-back") {
        "" => page.here.as_str(),
        back => back,
    };
    let carried = act
        .goes_on()
        .then(|| carried::Carried::of(sent, &page.here));
    let asking = asking(portal, page, (act, way), back, problem).await?;
    let asking = ConfirmPage {
        carried: carried.flatten(),
        ..asking
    };
    Err(PageError::Confirm(Box::new(asking.answer()?)))
}

async fn asking(
    portal: &Portal,
    page: &Page,
    (act, way): (Act, Way),
    back: &str,
    problem: Problem,
) -> Result<ConfirmPage, PageError> {
    Ok(ConfirmPage {
        object: object::of(portal, page, act).await?,
        page: page.clone(),
        act,
        way,
        carried: None,
        back: back.to_owned(),
        refusal: problem.refusal,
        form: problem.form,
    })
}

/// The signature beside the form, or given ahead of it. Each is good once.
async fn signed(
    portal: &Portal,
    page: &Page,
    form: &Form,
    act: Act,
) -> Result<Result<(), Problem>, PageError> {
    let principal = page.principal()?;
    let act = act.to_string();
    let certificates = &portal.certificates;
    let (token, nonce) = (form.value("confirm-token"), form.value("confirm-nonce"));
    if token.is_empty() {
        let ahead = certificates.take_confirmation(principal, &act, page.now);
        return Ok(if ahead.await? {
            Ok(())
        } else {
            Err(Problem::default())
        });
    }
    let confirmed = certificates
        .confirm(principal, (&act, Done::AtOnce), (token, nonce), page.now)
        .await;
    refused(page, confirmed)
}

fn refused(
    page: &Page,
    confirmed: Result<(), CertificateLogInError>,
) -> Result<Result<(), Problem>, PageError> {
    match confirmed {
        Ok(()) => Ok(Ok(())),
        Err(CertificateLogInError::Fault(fault)) => Err(fault.into()),
        Err(error) => Ok(Err(Problem {
            refusal: Some(explain(page, error)?),
            form: Form::default(),
        })),
    }
}

/// Password and code beside the form.
async fn typed(
    portal: &Portal,
    page: &Page,
    form: &Form,
    act: Act,
) -> Result<Result<(), Problem>, PageError> {
    let principal = page.principal()?;
    let Err((field, label, text)) = prove(portal, page, principal, form, act).await? else {
        return Ok(Ok(()));
    };
    let mut problem = Problem::default();
    problem.form.refuse_named(field, page.text(label), text);
    Ok(Err(problem))
}

/// Field, the key of its name, and what is wrong with it.
type Wrong = (&'static str, &'static str, String);

async fn prove(
    portal: &Portal,
    page: &Page,
    principal: &Principal,
    form: &Form,
    act: Act,
) -> Result<Result<(), Wrong>, PageError> {
    const PASSWORD: (&str, &str) = ("confirm-password", "confirm-password");
    const CODE: (&str, &str) = ("confirm-code", "totp-code");
    let password = form.secret("confirm-password");
    let code = form.value("confirm-code").trim();
    let proved = portal
        .register
        .prove_again(principal, &act.to_string(), &password, code, page.now)
        .await;
    let ((field, label), text) = match proved {
        Ok(()) => return Ok(Ok(())),
        Err(ProveAgainError::WrongPassword) => (PASSWORD, page.text("password-wrong-current")),
        Err(ProveAgainError::WrongCode) => (CODE, page.text("totp-wrong")),
        Err(ProveAgainError::UsedCode) => (CODE, page.text("totp-used")),
        Err(ProveAgainError::Wait(wait)) => (PASSWORD, refusals::wait(page, wait)),
        Err(ProveAgainError::SessionOver) => return Err(PageError::LogInFirst),
        Err(ProveAgainError::Fault(fault)) => return Err(fault.into()),
    };
    Ok(Err((field, label, text)))
}

/// What a script has to ask for.
#[derive(serde::Serialize)]
#[serde(tag = "way", rename_all = "lowercase")]
enum Asked {
    /// Nothing: the session needs no proof, or has it.
    Nothing,
    /// A signature over this.
    Certificate { nonce: String },
    /// The password, and the code of the second factor where there is one.
    Password { code: bool },
}

/// `POST /confirm/challenge`: for this session and the act in the form alone.
async fn challenge(
    State(portal): State<Portal>,
    page: Page,
    form: Form,
) -> Result<Json<Asked>, PageError> {
    let act = Act::parse(form.value("act"))?;
    let principal = page.principal()?;
    Ok(Json(match act.way(principal) {
        Some(Way::Certificate) => {
            let act = act.to_string();
            let certificates = &portal.certificates;
            let challenge = certificates.confirmation_challenge(principal, &act, page.now);
            Asked::Certificate {
                nonce: challenge.await?.nonce,
            }
        }
        Some(Way::Password) if !principal.proved_lately(page.now) => Asked::Password {
            code: principal.proves_by_code(),
        },
        Some(Way::Password) | None => Asked::Nothing,
    }))
}

/// What a script says beside its field.
#[derive(serde::Serialize)]
struct Told {
    field: &'static str,
    text: String,
}

/// `POST /confirm/password`: a script's way to prove it, ahead of the form.
async fn by_password(
    State(portal): State<Portal>,
    page: Page,
    form: Form,
) -> Result<Response, PageError> {
    let act = Act::parse(form.value("act"))?;
    let proved = prove(&portal, &page, page.principal()?, &form, act).await?;
    Ok(match proved {
        Ok(()) => Json(serde_json::json!({})).into_response(),
        Err((field, _, text)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, Json(Told { field, text })).into_response()
        }
    })
}

/// `POST /confirm`: ahead of the form.
async fn submit(
    State(portal): State<Portal>,
    page: Page,
    form: Form,
) -> Result<Response, PageError> {
    let act = Act::parse(form.value("act"))?;
    let back = respond::local_path(form.value("confirm-back"), page.home()).to_owned();
    let principal = page.principal()?;
    let way = act.way(principal);
    let proved = match way {
        Some(Way::Password) => typed(&portal, &page, &form, act).await?,
        Some(Way::Certificate) | None => {
            let proof = (form.value("confirm-token"), form.value("confirm-nonce"));
            let ahead = act.to_string();
            let confirmed = portal
                .certificates
                .confirm(principal, (&ahead, Done::Ahead), proof, page.now)
                .await;
            refused(&page, confirmed)?
        }
    };
    match proved {
        Ok(()) => Ok(respond::see_other(&back).noticing("notice-confirmed")),
        Err(problem) => {
            let way = way.unwrap_or(Way::Certificate);
            let asking = asking(&portal, &page, (act, way), &back, problem).await?;
            asking.answer()
        }
    }
}
