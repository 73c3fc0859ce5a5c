//! `GET /certificates/{id}`: a certificate in words, with all that can be done with it.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use chancery_ca::CertificateRecord;
use chancery_keys::AwsLc;
use chancery_ra::KeyPlace;
use chancery_register::Permission;
use chancery_store::{Id, Timestamp};
use chancery_x509::{Certificate, Crypto as _, DigestAlgorithm, hex};

use super::fields::{self, Group};
use crate::{error::PageError, page::Page, pages::path_id, respond, show::Badge, state::Portal};

#[derive(Template)]
#[template(path = "pages/certificate.html")]
pub(crate) struct CertificatePage {
    pub page: Page,
    pub address: String,
    pub title: String,
    pub badge: Badge,
    pub revoked: Option<Revoked>,
    pub serial: String,
    pub not_before: i64,
    pub not_after: i64,
    /// Days left while it is valid.
    pub days_left: Option<i64>,
    /// Days until it becomes valid.
    pub days_until: Option<i64>,
    /// What comes after it, for its holder.
    pub next: Next,
    /// Where it came from, if that was an order of the viewer.
    pub order: Option<String>,
    pub issued_at: Timestamp,
    pub groups: Vec<Group>,
    pub chain: Vec<Link>,
    /// SHA-256 of certificate and public key, by which the store of a browser knows them.
    pub fingerprint: String,
    pub key: String,
    /// Whether the key was made in a browser.
    pub browser: bool,
    pub may_revoke: bool,
    /// Whether the viewer holds the key, so that installing is of interest.
    pub own: bool,
}

/// What comes after a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// It can be renewed there.
    Renew(String),
    /// Another is ordered there.
    Again(String),
    /// It was renewed: its successor is there.
    Successor(String),
    /// Nothing, or it is another person's.
    Nothing,
}

/// A file to download.
struct Download {
    file: &'static str,
    /// The key of its name.
    label: &'static str,
    /// The key of what it is for.
    text: &'static str,
}

impl CertificatePage {
    fn is_suspended(&self) -> bool {
        self.badge == Badge::Suspended
    }

    /// Whether there is sense in installing it.
    fn is_usable(&self) -> bool {
        matches!(
            self.badge,
            Badge::Valid | Badge::Expiring | Badge::NotYetValid
        )
    }

    /// Whether another one is the thing to do, rather than this one's download.
    fn is_ending(&self) -> bool {
        matches!(self.badge, Badge::Expiring | Badge::Expired)
    }

    #[expect(
        clippy::unused_self,
        reason = "the template reaches it through the page"
    )]
    const fn downloads(&self) -> [Download; 4] {
        [
            Download {
                file: "certificate.pem",
                label: "certificate-download-pem",
                text: "certificate-download-pem-text",
            },
            Download {
                file: "certificate.cer",
                label: "certificate-download-der",
                text: "certificate-download-der-text",
            },
            Download {
                file: "chain.pem",
                label: "certificate-download-chain",
                text: "certificate-download-chain-text",
            },
            Download {
                file: "chain.p7b",
                label: "certificate-download-p7b",
                text: "certificate-download-p7b-text",
            },
        ]
    }
}

/// When and why it was revoked.
pub(crate) struct Revoked {
    pub at: Timestamp,
    /// The key of the reason's words.
    pub reason: &'static str,
}

/// A certificate of the chain, the root first.
pub(crate) struct Link {
    pub name: String,
    /// The key of what it is.
    pub what: &'static str,
    pub not_after: i64,
    /// Whether this is the one that the page is about.
    pub this: bool,
}

pub(crate) async fn show(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let principal = page.principal()?;
    let record = portal.ra.certificate(principal, path_id(&id)?).await?;
    let authorities = portal.ca.chain(&record.certificate);
    let own = record.holder == Some(principal.person.id());
    let order = match record.order {
        Some(order) if own => portal.ra.order(principal, order, portal.now()).await.ok(),
        _ => None,
    };
    let next = if own && page.may(Permission::PlaceOrder) {
        let successor = portal.ra.successor(record.id, portal.now()).await;
        let successor = successor.map_err(PageError::from_store)?;
        let product = order.as_ref().map(|view| view.order.product.code.as_str());
        let offered = product.filter(|code| portal.ra.products().product(code).is_some());
        Next::of(&record, successor, offered)
    } else {
        Next::Nothing
    };
    let place = order.and_then(|view| view.order.key_place);
    let template = CertificatePage::new(page, &record, &authorities, own);
    respond::page(&CertificatePage {
        next,
        browser: place == Some(KeyPlace::Browser),
        ..template
    })
}

impl Next {
    /// The way on from a certificate of the viewer's: its renewal; a new order where it is revoked, or was never one of `product`.
    pub(crate) fn of(
        record: &CertificateRecord,
        successor: Option<Id>,
        product: Option<&str>,
    ) -> Self {
        let catalogue = product.map_or_else(
            || "/catalogue".to_owned(),
            |code| format!("/catalogue/{code}"),
        );
        match successor {
            Some(successor) => Self::Successor(format!("/certificates/{successor}")),
            None if record.revoked.is_some() => Self::Again(catalogue),
            None if product.is_none() => Self::Nothing,
            None => Self::Renew(format!("/certificates/{}/renew", record.id)),
        }
    }
}

impl CertificatePage {
    pub(crate) fn new(
        page: Page,
        record: &CertificateRecord,
        authorities: &[Certificate],
        own: bool,
    ) -> Self {
        let is_theirs = own && page.may(Permission::RevokeOwnCertificates)
            || page.may(Permission::RevokeAnyCertificate)
                && (!record.is_of_authority() || page.may(Permission::OperateAuthorities));
        let over = record.revoked.is_some() || page.now.as_secs() > record.certificate.not_after();
        Self {
            address: format!("/certificates/{}", record.id),
            title: super::title(record),
            badge: super::badge(record, page.now),
            revoked: record.revoked.map(|(at, reason)| Revoked {
                at,
                reason: super::reason_words(reason),
            }),
            serial: super::grouped(&record.serial.to_hex()),
            not_before: record.certificate.not_before(),
            not_after: record.certificate.not_after(),
            days_left: (!over && page.now >= record.not_before)
                .then(|| super::days_left(record, page.now)),
            days_until: (!over && page.now < record.not_before)
                .then(|| super::days_until(record, page.now)),
            next: Next::Nothing,
            fingerprint: hex::encode(
                &record
                    .certificate
                    .fingerprint(DigestAlgorithm::Sha256, &AwsLc),
                "",
            ),
            key: hex::encode(
                &AwsLc.digest(
                    DigestAlgorithm::Sha256,
                    record.certificate.public_key().as_der(),
                ),
                "",
            ),
            browser: false,
            order: record
                .order
                .filter(|_| own)
                .map(|order| format!("/orders/{order}")),
            issued_at: record.issued_at,
            groups: fields::groups(&page, &record.certificate),
            chain: chain(&record.certificate, authorities),
            may_revoke: !over && is_theirs,
            own,
            page,
        }
    }
}

/// From the root down to the certificate itself.
fn chain(certificate: &Certificate, authorities: &[Certificate]) -> Vec<Link> {
    let link = |certificate: &Certificate, what, this| Link {
        name: certificate
            .subject()
            .common_name()
            .map_or_else(|| certificate.subject().one_line(), ToOwned::to_owned),
        what,
        not_after: certificate.not_after(),
        this,
    };
    let mut links: Vec<Link> = authorities
        .iter()
        .rev()
        .map(|authority| {
            let what = if authority.subject() == authority.issuer() {
                "certificate-chain-root"
            } else {
                "certificate-chain-issuing"
            };
            link(authority, what, false)
        })
        .collect();
    links.push(link(certificate, "certificate-chain-this", true));
    links
}
