//! What certificates of a supported authority are accepted for: the form that adds an authority, and the one that changes its terms.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use chancery_register::{Anchor, AnchorError, AnchorId, AnchorPurpose, AnchorTerms, Permission};
use chancery_x509::{ObjectIdentifier, oid};
use zeroize::Zeroizing;

use super::{found, purpose_words};
use crate::{
    confirm::{self, Act},
    error::PageError,
    form::{Form, Upload},
    page::Page,
    pages::{
        path_id,
        registered::{card::called, new::file_problem},
    },
    respond::{self, Remember as _},
    state::Portal,
};

/// Purposes that authorities usually name for log-in: value in the form, key of the words, identifier.
pub(crate) const EKUS: [(&str, &str, ObjectIdentifier); 3] = [
    ("client", "supported-eku-client", oid::EKU_CLIENT_AUTH),
    ("email", "supported-eku-email", oid::EKU_EMAIL_PROTECTION),
    ("smartcard", "supported-eku-smartcard", SMARTCARD_LOGON),
];

/// id-ms-kp-sc-logon, which cards of companies carry.
const SMARTCARD_LOGON: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.311.20.2.2");

/// `pages/supported-terms.html`
#[derive(Template)]
#[template(path = "pages/supported-terms.html")]
pub(crate) struct Terms {
    pub page: Page,
    pub form: Form,
    /// Where the form goes.
    pub action: String,
    /// Whose terms are changed; none where one is added.
    pub name: Option<String>,
    pub act: Act,
}

/// A box to tick.
struct PurposeBox {
    value: &'static str,
    words: &'static str,
}

impl Terms {
    pub(crate) fn new(page: Page, form: Form) -> Self {
        Self {
            action: "/authorities/supported/new".to_owned(),
            name: None,
            act: Act::AnchorAdd,
            page: page.with_problems(form.problems().len()),
            form,
        }
    }

    /// The form of an authority on the list: as it stands, or as it was sent.
    pub(crate) fn of(page: Page, anchor: &Anchor, form: Form) -> Self {
        Self {
            action: format!("/authorities/supported/{}/terms", anchor.id),
            name: Some(called(anchor.certificate.subject())),
            act: Act::AnchorChange(anchor.id),
            form: if form.is_fine() {
                standing(&anchor.terms)
            } else {
                form
            },
            page,
        }
    }

    fn title(&self) -> String {
        match &self.name {
            Some(name) => {
                let title = self.page.t("supported-change-title");
                title.with("name", name.clone()).to_string()
            }
            None => self.page.text("supported-add-title"),
        }
    }

    /// What is suggested for a new one.
    pub(crate) fn fresh() -> Form {
        standing(&AnchorTerms::new(false))
    }

    #[expect(
        clippy::unused_self,
        reason = "the template reaches it through the page"
    )]
    fn purposes(&self) -> [PurposeBox; 3] {
        AnchorPurpose::ALL.map(|purpose| PurposeBox {
            value: purpose.name(),
            words: purpose_words(purpose),
        })
    }

    #[expect(
        clippy::unused_self,
        reason = "the template reaches it through the page"
    )]
    fn ekus(&self) -> Vec<PurposeBox> {
        let known = EKUS
            .into_iter()
            .map(|(value, words, _)| PurposeBox { value, words });
        let other = PurposeBox {
            value: "other",
            words: "supported-eku-other",
        };
        known.chain([other]).collect()
    }
}

/// The terms as a form shows them.
fn standing(terms: &AnchorTerms) -> Form {
    let policies: Vec<String> = terms.policies.iter().map(ToString::to_string).collect();
    let policies = policies.join("\n");
    let oid = terms.log_in_purpose.to_string();
    let known = EKUS
        .into_iter()
        .find(|(_, _, oid)| *oid == terms.log_in_purpose);
    let (eku, oid) = known.map_or(("other", oid.as_str()), |(value, _, _)| (value, ""));
    let mut values = vec![
        ("policies", policies.as_str()),
        ("eku", eku),
        ("eku_oid", oid),
    ];
    values.extend(terms.purposes.iter().map(|one| ("purposes", one.name())));
    Form::filled(values)
}

/// The terms of a form; what is wrong with it is noted there.
fn typed(page: &Page, form: &mut Form, own: bool) -> AnchorTerms {
    let purposes: Vec<AnchorPurpose> = form
        .values("purposes")
        .filter_map(AnchorPurpose::from_name)
        .collect();
    let mut policies = Vec::new();
    let mut wrong = None;
    for text in form.value("policies").split_whitespace() {
        match text.parse::<ObjectIdentifier>() {
            Ok(policy) if policies.contains(&policy) => {}
            Ok(policy) => policies.push(policy),
            Err(_) => wrong = wrong.or_else(|| Some(text.chars().take(80).collect::<String>())),
        }
    }
    let chosen = form.value("eku");
    let known = EKUS.into_iter().find(|(value, _, _)| *value == chosen);
    let eku = match known {
        Some((_, _, oid)) => Some(oid),
        None => form.value("eku_oid").trim().parse().ok(),
    };
    if purposes.is_empty() {
        let text = page.text("supported-refused-no-purpose");
        form.refuse_named("purposes", page.text("supported-purposes"), text);
    }
    if let Some(text) = wrong {
        let text = page
            .t("supported-refused-policy")
            .with("text", text)
            .to_string();
        form.refuse_named("policies", page.text("supported-policies"), text);
    }
    if eku.is_none() {
        let text = page.text("supported-refused-eku");
        form.refuse_named("eku_oid", page.text("supported-eku-oid"), text);
    }
    AnchorTerms {
        own,
        purposes,
        log_in_purpose: eku.unwrap_or(oid::EKU_CLIENT_AUTH),
        policies,
    }
}

/// Notes what the use case refused; the error again where no form can mend it.
fn refuse(page: &Page, form: &mut Form, error: AnchorError) -> Result<(), PageError> {
    let (field, text) = match &error {
        AnchorError::File(error) => ("file", file_problem(page, error)),
        AnchorError::Several { count } => {
            let text = page.t("supported-refused-several").with("count", *count);
            ("file", text.to_string())
        }
        AnchorError::NoAuthority => ("file", page.text("supported-refused-no-authority")),
        AnchorError::MaySignNothing => ("file", page.text("supported-refused-signs-nothing")),
        AnchorError::WeakKey { bits, least } => {
            let text = page.t("supported-refused-weak");
            (
                "file",
                text.with("bits", *bits).with("least", *least).to_string(),
            )
        }
        AnchorError::Expired { not_after } => {
            let text = page.t("supported-refused-expired");
            (
                "file",
                text.with("at", page.date_time(*not_after)).to_string(),
            )
        }
        AnchorError::NotYetValid { not_before } => {
            let text = page.t("supported-refused-not-yet-valid");
            (
                "file",
                text.with("at", page.date_time(*not_before)).to_string(),
            )
        }
        AnchorError::AlreadyListed => ("file", page.text("supported-refused-listed")),
        AnchorError::NoPurpose => ("purposes", page.text("supported-refused-no-purpose")),
        AnchorError::TooManyPolicies { count, limit } => {
            let text = page.t("supported-refused-policies");
            (
                "policies",
                text.with("count", *count).with("limit", *limit).to_string(),
            )
        }
        AnchorError::NotPermitted(_) | AnchorError::NoSuchAnchor | AnchorError::Fault(_) => {
            return Err(error.into());
        }
    };
    form.refuse_named(field, page.text(&format!("supported-{field}")), text);
    Ok(())
}

/// `GET /authorities/supported/new`
pub(crate) async fn show_new(page: Page) -> Result<Response, PageError> {
    respond::page(&Terms::new(page, Terms::fresh()))
}

/// `POST /authorities/supported/new`
pub(crate) async fn add(
    State(portal): State<Portal>,
    page: Page,
    mut upload: Upload,
) -> Result<Response, PageError> {
    let granted = page.principal()?.require(Permission::OperateAuthorities)?;
    let mut form = std::mem::take(&mut upload.form);
    let terms = typed(&page, &mut form, false);
    let file = upload.files.iter().find(|file| file.field == "file");
    let file = Zeroizing::new(file.map_or_else(Vec::new, |file| file.octets.clone()));
    if let Err(error) = chancery_register::read_certificates(&file) {
        // Above all no private key travels through another page.
        refuse(&page, &mut form, error.into())?;
    }
    if form.is_fine() {
        upload.form = form;
        confirm::required(&portal, &page, &upload, Act::AnchorAdd).await?;
        form = std::mem::take(&mut upload.form);
        let added = portal
            .register
            .add_anchor(&granted, &file, &terms, portal.now());
        match added.await {
            Ok(_) => {
                return Ok(
                    respond::see_other("/authorities/supported").noticing("notice-authority-added")
                );
            }
            Err(error) => refuse(&page, &mut form, error)?,
        }
    }
    respond::refused(&Terms::new(page, form))
}

/// `GET /authorities/supported/{id}/terms`
pub(crate) async fn show(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let anchor = found(&portal, &id).await?;
    respond::page(&Terms::of(page, &anchor, Form::default()))
}

/// `POST /authorities/supported/{id}/terms`
pub(crate) async fn change(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
    mut form: Form,
) -> Result<Response, PageError> {
    let granted = page.principal()?.require(Permission::OperateAuthorities)?;
    let anchor = found(&portal, &id).await?;
    let terms = typed(&page, &mut form, anchor.terms.own);
    if form.is_fine() {
        let id = AnchorId::new(path_id(&id)?);
        confirm::required(&portal, &page, &form, Act::AnchorChange(id)).await?;
        let changed = portal
            .register
            .change_anchor(&granted, id, &terms, portal.now());
        match changed.await {
            Ok(()) => {
                return Ok(respond::see_other("/authorities/supported")
                    .noticing("notice-authority-changed"));
            }
            Err(error) => refuse(&page, &mut form, error)?,
        }
    }
    let page = page.with_problems(form.problems().len());
    respond::refused(&Terms::of(page, &anchor, form))
}
