//! The second factor: giving its code at log-in, and setting it up.

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use chancery_register::{Awaiting, Enrolment, EnrolmentError, TotpError};
use qrcode::{QrCode, render::svg};
use secrecy::{ExposeSecret as _, SecretString};
use zeroize::Zeroizing;

use super::{Next, onward, refusals};
use crate::{
    confirm::{self, Act},
    error::PageError,
    form::Form,
    limits::Limit,
    page::Page,
    respond::{self, Remember as _},
    routes::{Needs, Route},
    state::Portal,
    visit::SessionToken,
};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/login/totp", Needs::Session, show),
        Route::post("/login/totp", Needs::Session, submit).limited(Limit::LogIn),
        Route::get("/login/totp/enrol", Needs::Session, begin),
        Route::post("/login/totp/enrol", Needs::Session, finish).limited(Limit::LogIn),
    ]
}

/// `pages/totp.html`
#[derive(Template)]
#[template(path = "pages/totp.html")]
pub(crate) struct TotpPage {
    pub page: Page,
    pub form: Form,
}

/// `pages/totp-enrol.html`
#[derive(Template)]
#[template(path = "pages/totp-enrol.html")]
pub(crate) struct EnrolPage {
    pub page: Page,
    pub form: Form,
    /// An SVG of our own making.
    pub picture: String,
    /// The same as an address (`otpauth:`), for the phone on which the page is open.
    pub link: SecretString,
    /// The secret in groups of four, for typing.
    pub secret: String,
    /// Whether staff are told that they need it, or a subscriber chose it.
    pub needed: bool,
}

impl EnrolPage {
    #[expect(
        clippy::unused_self,
        reason = "the template reaches it through the page"
    )]
    fn act(&self) -> Act {
        Act::SecondFactor
    }
}

/// `pages/totp-password-first.html`
#[derive(Template)]
#[template(path = "pages/totp-password-first.html")]
pub(crate) struct PasswordFirstPage {
    pub page: Page,
}

/// `pages/recovery-codes.html`
#[derive(Template)]
#[template(path = "pages/recovery-codes.html")]
pub(crate) struct RecoveryCodesPage {
    pub page: Page,
    pub codes: Vec<SecretString>,
    pub onward: String,
}

impl RecoveryCodesPage {
    /// One a line, for copying.
    fn all(&self) -> Zeroizing<String> {
        let codes: Vec<&str> = self
            .codes
            .iter()
            .map(secrecy::ExposeSecret::expose_secret)
            .collect();
        Zeroizing::new(codes.join("\n"))
    }
}

/// `GET /login/totp`
async fn show(page: Page, Query(next): Query<Next>) -> Result<Response, PageError> {
    if page.principal()?.awaiting != Some(Awaiting::TotpCode) {
        return Ok(respond::see_other(respond::local_path(
            &next.next,
            page.home(),
        )));
    }
    respond::page(&TotpPage {
        page,
        form: Form::filled([("next", next.next.as_str())]),
    })
}

/// `POST /login/totp`
async fn submit(
    State(portal): State<Portal>,
    page: Page,
    token: SessionToken,
    mut form: Form,
) -> Result<Response, PageError> {
    let code = form.value("code").trim();
    match portal.register.verify_totp(&token.0, code, page.now).await {
        Ok(log_in) => return onward(&portal, &page, log_in, form.value("next")).await,
        Err(TotpError::WrongCode) => {
            form.refuse_named("code", page.text("totp-code"), page.text("totp-wrong"));
        }
        Err(TotpError::Used) => {
            form.refuse_named("code", page.text("totp-code"), page.text("totp-used"));
        }
        Err(TotpError::Wait(wait)) => {
            form.refuse_named("code", page.text("totp-code"), refusals::wait(&page, wait));
        }
        Err(TotpError::SessionOver) => return Err(PageError::LogInFirst),
        Err(TotpError::Fault(fault)) => return Err(fault.into()),
    }
    respond::refused(&TotpPage {
        page: page.with_problems(form.problems().len()),
        form,
    })
}

/// `GET /login/totp/enrol`
async fn begin(
    State(portal): State<Portal>,
    page: Page,
    Query(next): Query<Next>,
) -> Result<Response, PageError> {
    let form = Form::filled([("next", next.next.as_str())]);
    enrolment_page(&portal, page, form).await
}

async fn enrolment_page(portal: &Portal, page: Page, form: Form) -> Result<Response, PageError> {
    let principal = page.principal()?;
    let enrolment = match portal.register.begin_enrolment(principal).await {
        Ok(enrolment) => enrolment,
        Err(EnrolmentError::OneFactor) => return respond::refused(&PasswordFirstPage { page }),
        Err(error) => return Err(elsewhere(error, "/profile")),
    };
    let needed = principal.awaiting == Some(Awaiting::TotpEnrolment);
    let refused = !form.is_fine();
    let template = EnrolPage {
        page: page.with_problems(form.problems().len()),
        form,
        picture: picture(&enrolment)?,
        secret: in_groups(enrolment.secret_base32.expose_secret()),
        link: enrolment.otpauth_url,
        needed,
    };
    if refused {
        respond::refused(&template)
    } else {
        respond::page(&template)
    }
}

/// `POST /login/totp/enrol`
async fn finish(
    State(portal): State<Portal>,
    page: Page,
    mut form: Form,
) -> Result<Response, PageError> {
    let principal = page.principal()?.clone();
    confirm::required(&portal, &page, &form, Act::SecondFactor).await?;
    let code = form.value("code").trim();
    match portal
        .register
        .confirm_enrolment(&principal, code, page.now)
        .await
    {
        Ok(enrolled) => {
            let token = enrolled.log_in.token().clone();
            let onward = respond::local_path(form.value("next"), "/login").to_owned();
            let response = respond::page(&RecoveryCodesPage {
                page,
                codes: enrolled.recovery_codes,
                onward,
            })?;
            Ok(response.with_session(token))
        }
        Err(error) => {
            let error = match error {
                EnrolmentError::WrongCode => {
                    form.refuse_named(
                        "code",
                        page.text("totp-code"),
                        page.text("totp-enrol-wrong"),
                    );
                    return enrolment_page(&portal, page, form).await;
                }
                EnrolmentError::Wait(wait) => {
                    form.refuse_named("code", page.text("totp-code"), refusals::wait(&page, wait));
                    return enrolment_page(&portal, page, form).await;
                }
                EnrolmentError::OneFactor => {
                    return respond::refused(&PasswordFirstPage { page });
                }
                other => other,
            };
            Err(elsewhere(error, "/login/totp/enrol"))
        }
    }
}

/// Where to go when there is nothing to set up now.
fn elsewhere(error: EnrolmentError, again: &'static str) -> PageError {
    match error {
        EnrolmentError::AlreadyEnrolled => PageError::StepFirst("/login"),
        EnrolmentError::PasswordFirst => PageError::StepFirst("/login/code"),
        EnrolmentError::OneFactor => PageError::Forbidden,
        EnrolmentError::NotBegun | EnrolmentError::WrongCode | EnrolmentError::Wait(_) => {
            PageError::StepFirst(again)
        }
        EnrolmentError::SessionOver => PageError::LogInFirst,
        EnrolmentError::Fault(fault) => fault.into(),
    }
}

fn picture(enrolment: &Enrolment) -> Result<String, PageError> {
    let code = QrCode::new(enrolment.otpauth_url.expose_secret()).map_err(PageError::fault)?;
    let svg = code
        .render::<svg::Color>()
        .min_dimensions(220, 220)
        .dark_color(svg::Color("#000000"))
        .light_color(svg::Color("#ffffff"))
        .build();
    // Inside a page the document's own declaration has no place.
    let at = svg.find("<svg").unwrap_or_default();
    Ok(svg.get(at..).unwrap_or_default().to_owned())
}

fn in_groups(secret: &str) -> String {
    let mut grouped = String::with_capacity(secret.len() * 5 / 4);
    for (at, character) in secret.chars().enumerate() {
        if at > 0 && at % 4 == 0 {
            grouped.push(' ');
        }
        grouped.push(character);
    }
    grouped
}

#[cfg(any(test, feature = "samples"))]
impl crate::samples::Samples for TotpPage {
    const TEMPLATE: &'static str = "pages/totp.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        use chancery_register::Awaiting;
        let sample = |wrong: Option<&str>| {
            let mut form = Form::default();
            if let Some(key) = wrong {
                form.refuse_named("code", page.text("totp-code"), page.text(key));
            }
            let page = crate::samples::awaiting(page, Awaiting::TotpCode);
            Self {
                page: page.with_problems(form.problems().len()),
                form,
            }
        };
        vec![
            ("ask", sample(None)),
            ("wrong", sample(Some("totp-wrong"))),
            ("used", sample(Some("totp-used"))),
        ]
    }
}

#[cfg(any(test, feature = "samples"))]
impl crate::samples::Samples for EnrolPage {
    const TEMPLATE: &'static str = "pages/totp-enrol.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        use chancery_register::Awaiting;
        let secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
        let enrolment = Enrolment {
            otpauth_url: SecretString::from(format!(
                "otpauth://totp/Sandbox:petr.svoboda%40example.com?secret={secret}&issuer=Sandbox"
            )),
            secret_base32: SecretString::from(secret),
        };
        let waiting = crate::samples::awaiting(page, Awaiting::TotpEnrolment);
        let sample = |form: Form, needed| Self {
            page: if needed { &waiting } else { page }
                .clone()
                .with_problems(form.problems().len()),
            form,
            picture: picture(&enrolment).unwrap_or_default(),
            link: enrolment.otpauth_url.clone(),
            secret: in_groups(secret),
            needed,
        };
        let mut wrong = Form::default();
        wrong.refuse_named(
            "code",
            page.text("totp-code"),
            page.text("totp-enrol-wrong"),
        );
        vec![
            ("needed", sample(Form::default(), true)),
            ("chosen", sample(Form::default(), false)),
            ("wrong", sample(wrong, true)),
        ]
    }
}

#[cfg(any(test, feature = "samples"))]
impl crate::samples::Samples for PasswordFirstPage {
    const TEMPLATE: &'static str = "pages/totp-password-first.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        vec![("certificate", Self { page: page.clone() })]
    }
}

#[cfg(any(test, feature = "samples"))]
impl crate::samples::Samples for RecoveryCodesPage {
    const TEMPLATE: &'static str = "pages/recovery-codes.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let codes = (0..8)
            .map(|at| SecretString::from(format!("K7{at}Q-ZX4M-9PT{at}-WHE3")))
            .collect();
        let page = page.clone();
        vec![(
            "codes",
            Self {
                page,
                codes,
                onward: "/login".to_owned(),
            },
        )]
    }
}

#[cfg(test)]
mod tests {
    use super::in_groups;

    #[test]
    fn a_secret_is_read_in_fours() {
        assert_eq!(in_groups("ABCDEFGHIJ"), "ABCD EFGH IJ");
        assert_eq!(in_groups(""), "");
    }
}
