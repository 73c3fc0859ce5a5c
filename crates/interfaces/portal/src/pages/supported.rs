//! Supported authorities: listed for everybody, managed by the operator of the authorities.

pub(crate) mod terms;

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use chancery_register::{Anchor, AnchorError, AnchorId, AnchorPurpose, Permission};
use chancery_store::Timestamp;
use chancery_x509::oid;

use crate::{
    confirm::{self, Act},
    error::PageError,
    form::Form,
    page::Page,
    pages::{
        certificates::{download::pem, grouped},
        download::{attachment, stem},
        path_id,
        registered::{
            UPLOAD_OCTETS,
            card::{called, fingerprint},
        },
    },
    respond::{self, Remember as _},
    routes::{Needs, Route},
    state::Portal,
};

const OPERATE: Needs = Needs::Permission(Permission::OperateAuthorities);

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/authorities/supported", Needs::Nothing, list),
        Route::get("/authorities/supported/new", OPERATE, terms::show_new),
        Route::post("/authorities/supported/new", OPERATE, terms::add).up_to(UPLOAD_OCTETS),
        Route::get("/authorities/supported/{id}/terms", OPERATE, terms::show),
        Route::post("/authorities/supported/{id}/terms", OPERATE, terms::change),
        Route::get("/authorities/supported/{id}/remove", OPERATE, show_remove),
        Route::post("/authorities/supported/{id}/remove", OPERATE, remove),
        Route::get(
            "/authorities/supported/{id}/certificate/{file}",
            Needs::Nothing,
            file,
        ),
    ]
}

/// `pages/supported.html`
#[derive(Template)]
#[template(path = "pages/supported.html")]
pub(crate) struct Supported {
    pub page: Page,
    pub authorities: Vec<Authority>,
    /// Whether the viewer manages the list.
    pub manages: bool,
}

/// A supported authority as it is shown.
#[derive(Clone)]
pub(crate) struct Authority {
    pub id: String,
    pub name: String,
    pub subject: String,
    pub own: bool,
    /// The keys of what it is supported for.
    pub purposes: Vec<&'static str>,
    /// The key of the purpose for log-in; none for one without words.
    pub eku_words: Option<&'static str>,
    pub eku: String,
    pub logs_in: bool,
    pub policies: Vec<String>,
    pub added_at: Timestamp,
    pub not_before: i64,
    pub not_after: i64,
    pub fingerprint: String,
    /// How many registered certificates led to it; for who manages the list.
    pub registered: Option<u64>,
}

/// The key of what certificates are accepted for.
pub(crate) const fn purpose_words(purpose: AnchorPurpose) -> &'static str {
    match purpose {
        AnchorPurpose::LogIn => "supported-purpose-log-in",
        AnchorPurpose::Sign => "supported-purpose-sign",
        AnchorPurpose::Encrypt => "supported-purpose-encrypt",
    }
}

impl Authority {
    pub(crate) fn new(anchor: &Anchor, registered: Option<u64>) -> Self {
        let certificate = &anchor.certificate;
        let terms = &anchor.terms;
        Self {
            id: anchor.id.to_string(),
            name: called(certificate.subject()),
            subject: certificate.subject().one_line(),
            own: terms.own,
            purposes: terms.purposes.iter().copied().map(purpose_words).collect(),
            eku_words: terms::EKUS
                .into_iter()
                .find(|(_, _, oid)| *oid == terms.log_in_purpose)
                .map(|(_, words, _)| words),
            eku: terms.log_in_purpose.to_string(),
            logs_in: terms.purposes.contains(&AnchorPurpose::LogIn),
            policies: terms.policies.iter().map(ToString::to_string).collect(),
            added_at: anchor.added_at,
            not_before: certificate.not_before(),
            not_after: certificate.not_after(),
            fingerprint: fingerprint(certificate),
            registered,
        }
    }

    fn fingerprint_shown(&self) -> String {
        grouped(&self.fingerprint)
    }

    fn is_client_auth(&self) -> bool {
        self.eku == oid::EKU_CLIENT_AUTH.to_string()
    }
}

/// `GET /authorities/supported`
async fn list(State(portal): State<Portal>, page: Page) -> Result<Response, PageError> {
    let manages = page.may(Permission::OperateAuthorities);
    let counted = if manages {
        Some(portal.register.registered_under().await?)
    } else {
        None
    };
    let anchors = portal.register.anchors().await?;
    let count = |anchor: &Anchor| {
        let counted = counted.as_ref()?;
        Some(counted.get(&anchor.id).copied().unwrap_or_default())
    };
    respond::page(&Supported {
        authorities: anchors
            .iter()
            .map(|anchor| Authority::new(anchor, count(anchor)))
            .collect(),
        manages,
        page,
    })
}

/// The authority of an address.
pub(crate) async fn found(portal: &Portal, id: &str) -> Result<Anchor, PageError> {
    let id = AnchorId::new(path_id(id)?);
    let anchors = portal.register.anchors().await?;
    let anchor = anchors.into_iter().find(|anchor| anchor.id == id);
    anchor.ok_or(PageError::NotFound)
}

/// `GET /authorities/supported/{id}/certificate/{file}`
async fn file(
    State(portal): State<Portal>,
    Path((id, file)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let certificate = found(&portal, &id).await?.certificate;
    let name = stem(&called(certificate.subject()));
    Ok(match file.as_str() {
        "authority.pem" => pem(&format!("{name}.pem"), &[certificate]),
        "authority.cer" => attachment(
            "application/pkix-cert",
            &format!("{name}.cer"),
            certificate.as_der().to_vec(),
        ),
        _ => return Err(PageError::NotFound),
    })
}

/// `pages/supported-remove.html`
#[derive(Template)]
#[template(path = "pages/supported-remove.html")]
pub(crate) struct Remove {
    pub page: Page,
    pub authority: Authority,
    pub act: Act,
}

/// `GET /authorities/supported/{id}/remove`
async fn show_remove(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let anchor = found(&portal, &id).await?;
    let counted = portal.register.registered_under().await?;
    let count = counted.get(&anchor.id).copied().unwrap_or_default();
    respond::page(&Remove {
        authority: Authority::new(&anchor, Some(count)),
        act: Act::AnchorRemove(anchor.id),
        page,
    })
}

/// `POST /authorities/supported/{id}/remove`
async fn remove(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let granted = page.principal()?.require(Permission::OperateAuthorities)?;
    let id = AnchorId::new(path_id(&id)?);
    confirm::required(&portal, &page, &form, Act::AnchorRemove(id)).await?;
    let removed = portal.register.remove_anchor(&granted, id, portal.now());
    match removed.await {
        // Sent twice, or by somebody else meanwhile: the list shows how it stands.
        Ok(()) | Err(AnchorError::NoSuchAnchor) => {
            Ok(respond::see_other("/authorities/supported").noticing("notice-authority-removed"))
        }
        Err(error) => Err(error.into()),
    }
}

#[cfg(any(test, feature = "samples"))]
mod samples {
    use chancery_register::{Anchor, AnchorId, AnchorPurpose, AnchorTerms};
    use chancery_store::{Id, Timestamp};
    use chancery_x509::oid;

    use super::{Authority, Remove, Supported, terms::Terms};
    use crate::{confirm::Act, form::Form, page::Page, pages::certificates, samples::Samples};

    fn anchors() -> Vec<Anchor> {
        let terms = [
            AnchorTerms::new(true),
            AnchorTerms {
                own: false,
                purposes: vec![AnchorPurpose::Sign, AnchorPurpose::LogIn],
                log_in_purpose: oid::EKU_EMAIL_PROTECTION,
                policies: ["0.4.0.194112.1.2", "1.3.6.1.4.1.11129.2.5.1"]
                    .into_iter()
                    .filter_map(|text| text.parse().ok())
                    .collect(),
            },
        ];
        certificates::samples::authorities()
            .into_iter()
            .zip(terms)
            .zip(4..)
            .map(|((certificate, terms), id)| Anchor {
                id: AnchorId::new(Id::from_bytes([id; 16])),
                terms,
                added_at: Timestamp::from_secs(1_794_000_000),
                certificate,
            })
            .collect()
    }

    impl Samples for Supported {
        const TEMPLATE: &'static str = "pages/supported.html";

        fn samples(page: &Page) -> Vec<(&'static str, Self)> {
            let sample = |authorities, manages| Self {
                page: page.clone(),
                authorities,
                manages,
            };
            let all = |count: Option<u64>| {
                let anchors = anchors();
                let shown = anchors.iter().map(|anchor| Authority::new(anchor, count));
                shown.collect::<Vec<_>>()
            };
            vec![
                ("all", sample(all(None), false)),
                ("managed", sample(all(Some(12)), true)),
                ("none", sample(Vec::new(), true)),
            ]
        }
    }

    impl Samples for Remove {
        const TEMPLATE: &'static str = "pages/supported-remove.html";

        fn samples(page: &Page) -> Vec<(&'static str, Self)> {
            let counts = [("touches", 12), ("touches-one", 1), ("touches-none", 0)];
            counts
                .into_iter()
                .filter_map(|(name, count)| {
                    let sample = Self {
                        page: page.clone(),
                        act: Act::AnchorAdd,
                        authority: Authority::new(anchors().first()?, Some(count)),
                    };
                    Some((name, sample))
                })
                .collect()
        }
    }

    impl Samples for Terms {
        const TEMPLATE: &'static str = "pages/supported-terms.html";

        fn samples(page: &Page) -> Vec<(&'static str, Self)> {
            let mut wrong = Form::filled([
                ("eku", "other"),
                ("eku_oid", "clientAuth"),
                ("policies", "0.4.0.194112.1.2\nhttps://policy.example"),
            ]);
            for (field, label, text) in [
                ("file", "supported-file", "supported-refused-no-authority"),
                (
                    "purposes",
                    "supported-purposes",
                    "supported-refused-no-purpose",
                ),
                ("eku_oid", "supported-eku-oid", "supported-refused-eku"),
            ] {
                wrong.refuse_named(field, page.text(label), page.text(text));
            }
            let own = anchors()
                .get(1)
                .map(|anchor| Self::of(page.clone(), anchor, Form::default()));
            let mut samples = vec![
                ("add", Self::new(page.clone(), Self::fresh())),
                ("add-refused", Self::new(page.clone(), wrong)),
            ];
            samples.extend(own.map(|sample| ("change", sample)));
            samples
        }
    }
}
