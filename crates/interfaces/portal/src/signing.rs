//! Forms that are signed as documents: drawn up by the server, shown and signed in the page, and drawn up anew to be verified.
//!
//! The page of the form holds a [`Signable`], its template calls `signing::panel` inside the form and begins its block `scripts` with
//! `store::script()`. The handler of the POST draws the document up anew, of what it has now and of the time that [`drawn_up`] gives, and
//! has [`verify`] compare. What the page says of itself counts for nothing but that time.

use std::net::IpAddr;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chancery_register::{CertificateLogInError, RegisteredState, SignatureError, SignedDocument};
use chancery_store::Timestamp;

use crate::{
    error::PageError, form::Form, limits::Limit, page::Page, pages::certificates::reason_words,
    pages::registered::card::fingerprint, state::Portal,
};

/// The field that carries the signature, in base64.
pub(crate) const SIGNATURE: &str = "signature";
/// The field that carries when the document was drawn up, in seconds since 1970.
const DRAWN_UP: &str = "drawn-up";

/// A page may stay open for so long before what it shows is to be looked at anew, in seconds.
const OPEN: i64 = 86_400;

/// A document to be signed with the form around it.
pub(crate) struct Signable {
    pub text: String,
    /// Its file name.
    pub name: String,
    pub drawn_up: i64,
    /// The certificates with which the viewer may sign, by SHA-256, with blanks between.
    pub registered: String,
}

impl Signable {
    pub(crate) async fn new(
        portal: &Portal,
        page: &Page,
        name: String,
        text: String,
    ) -> Result<Self, PageError> {
        let principal = page.principal()?;
        let own = portal
            .certificates
            .certificates_of(principal, principal.person, None)
            .await?;
        let usable = own.iter().filter(|one| {
            let state = one.state(page.now);
            one.uses.signing && matches!(state, RegisteredState::Valid | RegisteredState::Expiring)
        });
        let registered: Vec<String> = usable.map(|one| fingerprint(&one.certificate)).collect();
        Ok(Self {
            text,
            name,
            drawn_up: page.now.as_secs(),
            registered: registered.join(" "),
        })
    }
}

/// Whether the form was signed.
pub(crate) fn is_signed(form: &Form) -> bool {
    !form.value(SIGNATURE).is_empty()
}

/// When the document was drawn up that the page showed; none where that was too long ago, or not yet.
pub(crate) fn drawn_up(page: &Page, form: &Form) -> Option<Timestamp> {
    let at: i64 = form.value(DRAWN_UP).parse().ok()?;
    let age = page.now.as_secs().checked_sub(at)?;
    (0..=OPEN).contains(&age).then(|| Timestamp::from_secs(at))
}

/// Verifies the form's signature over the document as it was drawn up anew; or says in words why it is not accepted.
pub(crate) async fn verify(
    portal: &Portal,
    page: &Page,
    from: IpAddr,
    form: &Form,
    text: String,
) -> Result<Result<SignedDocument, String>, PageError> {
    let principal = page.principal()?;
    // Each costs a path, and may cost fetches.
    portal
        .limits
        .check(Limit::Certificates, from)
        .map_err(PageError::TooMany)?;
    let Ok(signature) = STANDARD.decode(form.value(SIGNATURE)) else {
        return Ok(Err(page.text("signing-refused-unreadable")));
    };
    let verified = portal
        .certificates
        .verify_document(principal, text.into_bytes(), signature, page.now)
        .await;
    match verified {
        Ok(document) => Ok(Ok(document)),
        Err(error) => explain(page, error).map(Err),
    }
}

/// What is wrong and what to do.
fn explain(page: &Page, error: SignatureError) -> Result<String, PageError> {
    tracing::info!(
        error = &error as &dyn std::error::Error,
        "a form's signature was not accepted"
    );
    let plain = |name: &str| page.text(&format!("signing-refused-{name}"));
    Ok(match error {
        SignatureError::TooLarge { .. } | SignatureError::Unreadable(_) => plain("unreadable"),
        SignatureError::Embedded | SignatureError::Signers { .. } | SignatureError::Profile(_) => {
            plain("form")
        }
        SignatureError::OtherDocument => plain("changed"),
        SignatureError::Wrong(_) => plain("wrong"),
        SignatureError::NotTheirs => plain("not-yours"),
        SignatureError::Certificate(error) => return of_certificate(page, error),
        SignatureError::Fault(fault) => return Err(fault.into()),
    })
}

fn of_certificate(page: &Page, error: CertificateLogInError) -> Result<String, PageError> {
    let plain = |name: &str| page.text(&format!("signing-refused-{name}"));
    let at = |name: &str, time: String| {
        let text = page.t(format!("signing-refused-{name}"));
        text.with("at", time).to_string()
    };
    Ok(match error {
        CertificateLogInError::Expired { not_after } => at("expired", page.date(not_after)),
        CertificateLogInError::NotYetValid { not_before } => {
            at("not-yet-valid", page.date_time(not_before))
        }
        CertificateLogInError::Revoked { at, reason } => page
            .t("signing-refused-revoked")
            .with("at", page.date_time(at))
            .with("reason", page.text(reason_words(reason)))
            .to_string(),
        CertificateLogInError::Suspended { at: since } => at("suspended", page.date_time(since)),
        CertificateLogInError::UnsupportedAuthority { issuer, .. } => page
            .t("signing-refused-unsupported")
            .with("issuer", issuer)
            .to_string(),
        CertificateLogInError::NotProved => plain("not-proved"),
        CertificateLogInError::OfDevice => plain("of-device"),
        CertificateLogInError::PurposeMissing => plain("purpose"),
        CertificateLogInError::RevocationUnknown(_) => plain("unknown"),
        CertificateLogInError::InvalidPath(_) => plain("path"),
        // Neither tokens nor tries are counted here, and nobody logs in.
        CertificateLogInError::NotRegistered
        | CertificateLogInError::OneFactor
        | CertificateLogInError::Proof(_)
        | CertificateLogInError::Wait(_) => plain("not-yours"),
        CertificateLogInError::Fault(fault) => return Err(fault.into()),
    })
}
