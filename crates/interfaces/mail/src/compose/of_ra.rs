//! Letters of the registration authority.

use chancery_ra::{About, Notice};
use chancery_x509::Certificate;

use super::{Attachment, ComposeError, Composed, Draft, Place};
use crate::words::{Values, Words};

impl Composed {
    /// A notice of the registration authority in words.
    pub(crate) fn of_ra(
        notice: &Notice,
        words: &Words,
        place: &Place,
    ) -> Result<Self, ComposeError> {
        let draft = |name, values: &Values<'_>| Draft::new(words, place, name, values);
        match notice {
            Notice::DataSubmitted { about } => draft("data-submitted", &of_order(about))
                .say("text", &[])
                .link(&order_page(about))
                .finish(),
            Notice::DataVerified { about } => draft("data-verified", &of_order(about))
                .say("text", &[])
                .link(&order_page(about))
                .finish(),
            Notice::DataRejected { about, reason } => draft("data-rejected", &of_order(about))
                .quote(reason)
                .say("text", &[])
                .link(&order_page(about))
                .finish(),
            Notice::EmailVerification {
                about,
                email,
                token,
                code,
                expires_at,
                renews,
            } => {
                let name = match renews {
                    Some(_) => "renewal-code",
                    None => "email-verification",
                };
                draft(name, &of_order(about))
                    .say("text", &[])
                    .fact("mailbox", email)
                    .exact("verification-code", code)
                    .valid_until(*expires_at)
                    .link(&format!("/verify-email/{token}"))
                    .say("not-you", &[])
                    .finish()
            }
            Notice::Collection {
                about,
                reference,
                expires_at,
            } => draft("collection", &of_order(about))
                .say("text", &[])
                .exact("reference-number", reference)
                .valid_until(*expires_at)
                .link(&format!("/download/{reference}"))
                .say("not-you", &[])
                .finish(),
            Notice::CertificateIssued {
                about,
                id,
                certificate,
                chain,
            } => issued(
                draft("certificate-issued", &of_order(about)),
                about,
                id,
                certificate,
                chain,
            ),
            Notice::CertificateEnds {
                certificate,
                serial,
                subject,
                days,
                not_after,
            } => draft("certificate-ends", &[("days", (*days).into())])
                .certificate(subject, serial)
                .fact("valid-until", words.time(*not_after))
                .say("text", &[])
                .link(&format!("/certificates/{certificate}/renew"))
                .finish(),
            Notice::CertificateRevoked {
                full_name: _,
                certificate,
                serial,
                subject,
                reason,
                at,
            } => {
                let reason = reason_in_words(reason, words);
                draft("certificate-revoked", &[("at", words.time(*at).into())])
                    .certificate(subject, serial)
                    .fact("reason", reason)
                    .say("text", &[])
                    .link(&format!("/certificates/{certificate}"))
                    .finish()
            }
        }
    }
}

fn issued(
    draft: Draft<'_>,
    about: &About,
    id: &str,
    certificate: &[u8],
    chain: &[Vec<u8>],
) -> Result<Composed, ComposeError> {
    let read = |der: &[u8]| Certificate::from_der(der).map_err(ComposeError::Certificate);
    let certificate = read(certificate)?;
    let mut pem = certificate.to_pem();
    for authority in chain {
        pem.push_str(&read(authority)?.to_pem());
    }
    let words = draft.words;
    let name = format!("certificate-{}", about.order_number.to_lowercase());
    let (der_name, pem_name) = (format!("{name}.cer"), format!("{name}.pem"));
    draft
        .certificate(
            &certificate.subject().to_string(),
            &certificate.serial().to_hex(),
        )
        .fact("valid-from", words.time(certificate.not_before()))
        .fact("valid-until", words.time(certificate.not_after()))
        .fact("attached", format!("{der_name}, {pem_name}"))
        .say("text", &[])
        .link(&format!("/certificates/{id}"))
        .attach(Attachment {
            name: der_name,
            // RFC 2585 section 4.1.
            media_type: "application/pkix-cert",
            content: certificate.as_der().to_vec(),
        })
        .attach(Attachment {
            name: pem_name,
            media_type: "application/x-pem-file",
            content: pem.into_bytes(),
        })
        .finish()
}

fn of_order(
    about: &About,
) -> [(
    &'static str,
    fluent_templates::fluent_bundle::FluentValue<'_>,
); 2] {
    [
        ("number", about.order_number.as_str().into()),
        ("product", about.product.as_str().into()),
    ]
}

fn order_page(about: &About) -> String {
    format!("/orders/{}", about.order)
}

/// The reason in words; one that we never give for subscribers stands as it is.
fn reason_in_words(reason: &str, words: &Words) -> String {
    words
        .find(&format!("mail-reason-{reason}"))
        .unwrap_or_else(|| reason.to_owned())
}
