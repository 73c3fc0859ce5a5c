//! A certificate in each state, as its pages are looked at.

use chancery_ca::CertificateRecord;
use chancery_ra::Obstacle;
use chancery_store::{Id, Timestamp};
use chancery_x509::{Certificate, RevocationReason};

use super::{
    list::{Certificates, Line, states},
    renew::{Renew, RenewNot, Sent},
    revoke::{Revoke, revoke_page},
    show::{CertificatePage, Next},
};
use crate::{
    form::Form,
    page::Page,
    pages::{
        orders::data::StatementBox,
        paging::{Extent, Paging},
    },
    samples::Samples,
};

const DAY: i64 = 24 * 60 * 60;

/// Made by `samples/certificates.sh`.
const CERTIFICATE: &str = include_str!("../../samples/certificate.pem");
const AUTHORITY: &str = include_str!("../../samples/authority.pem");
const ROOT: &str = include_str!("../../samples/root.pem");

/// The issuing authority and the root above it.
pub(crate) fn authorities() -> Vec<Certificate> {
    [AUTHORITY, ROOT]
        .into_iter()
        .filter_map(|pem| Certificate::from_pem(pem).ok())
        .collect()
}

/// Made by `samples/certificates.sh`.
pub(crate) fn certificate() -> Option<Certificate> {
    Certificate::from_pem(CERTIFICATE).ok()
}

fn record(revoked: Option<RevocationReason>) -> Option<CertificateRecord> {
    let certificate = Certificate::from_pem(CERTIFICATE).ok()?;
    let issued_at = Timestamp::from_secs(certificate.not_before());
    Some(CertificateRecord {
        id: Id::from_bytes([9; 16]),
        serial: certificate.serial(),
        authority: "smime-1".to_owned(),
        shard: 0,
        profile: "smime-sponsor-multipurpose".to_owned(),
        subject: certificate.subject().one_line(),
        emails: certificate.emails(),
        holder: Some(Id::from_bytes([1; 16])),
        order: Some(Id::from_bytes([3; 16])),
        not_before: issued_at,
        not_after: Timestamp::from_secs(certificate.not_after()),
        evidence: String::new(),
        issued_at,
        issued_by: "system".to_owned(),
        revoked: revoked
            .map(|reason| (Timestamp::from_secs(certificate.not_before() + DAY), reason)),
        certificate,
    })
}

/// A row of a list: each certificate has its own number and time.
fn line(page: &Page, row: usize, reason: Option<RevocationReason>, days: i64) -> Option<Line> {
    let record = record(reason)?;
    let line = Line::new(&at(page, &record, days), &record);
    let row = u8::try_from(row).ok()?;
    let serial = record.serial.to_hex();
    let kept = serial.len().saturating_sub(4);
    Some(Line {
        address: format!("/certificates/{}", Id::from_bytes([9 + row; 16])),
        serial: super::grouped(&format!(
            "{}{:04x}",
            serial.get(..kept)?,
            0x0b37 + 0x11 * u16::from(row)
        )),
        // The page's time stands still where the certificate's does.
        not_after: page.now.as_secs() + record.certificate.not_after()
            - record.certificate.not_before()
            - days * DAY,
        ..line
    })
}

/// The page as it is at that many days of the certificate's life.
fn at(page: &Page, record: &CertificateRecord, days: i64) -> Page {
    let mut page = page.clone();
    page.now = Timestamp::from_secs(record.certificate.not_before() + days * DAY);
    page
}

impl Samples for CertificatePage {
    const TEMPLATE: &'static str = "pages/certificate.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let chain = authorities();
        [
            ("valid", None, 10, true),
            ("renewed", None, 350, true),
            ("expiring", None, 350, true),
            ("expired", None, 400, true),
            ("revoked", Some(RevocationReason::KeyCompromise), 30, true),
            (
                "suspended",
                Some(RevocationReason::CertificateHold),
                30,
                false,
            ),
            ("not-yet-valid", None, -1, false),
        ]
        .into_iter()
        .filter_map(|(name, reason, days, own)| {
            let record = record(reason)?;
            let sample = Self::new(at(page, &record, days), &record, &chain, own);
            let successor = (name == "renewed").then(|| Id::from_bytes([10; 16]));
            let next = if own {
                Next::of(&record, successor, Some("smime-sponsor-365"))
            } else {
                Next::Nothing
            };
            let browser = name == "valid";
            Some((
                name,
                Self {
                    next,
                    browser,
                    ..sample
                },
            ))
        })
        .collect()
    }
}

impl Samples for Renew {
    const TEMPLATE: &'static str = "pages/certificate-renew.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let product = crate::pages::orders::samples::product("smime-sponsor-365");
        let sample = |form: Form, code: Option<bool>| {
            let record = record(None)?;
            let page = at(page, &record, 350);
            Some(Self {
                address: format!("/certificates/{}", record.id),
                title: super::title(&record),
                subject: record.subject.clone(),
                serial: super::grouped(&record.serial.to_hex()),
                not_after: record.certificate.not_after(),
                product: product.name.text(page.language.tag()).to_owned(),
                days: product.validity_days,
                email: "jana.orechova@energy.example".to_owned(),
                statements: product
                    .statements_at(chancery_ra::StatementAt::Data)
                    .map(|statement| StatementBox::new(&page, statement))
                    .collect(),
                data_until: Some(Timestamp::from_secs(page.now.as_secs() + 400 * DAY)),
                code: code.map(|open| Sent {
                    until: Timestamp::from_secs(page.now.as_secs() + DAY),
                    open,
                }),
                page: page.with_problems(form.problems().len()),
                form,
            })
        };
        let mut wrong = Form::default();
        let text = page.t("email-code-wrong").with("left", 4).to_string();
        wrong.refuse_named("code", page.text("email-code"), text);
        let mut many = Form::default();
        many.refuse("send", page.t("email-too-many").with("max", 20).to_string());
        [
            ("begin", Form::default(), None),
            ("too-many", many, None),
            ("code", Form::default(), Some(true)),
            ("wrong-code", wrong, Some(true)),
            ("code-over", Form::default(), Some(false)),
        ]
        .into_iter()
        .filter_map(|(name, form, code)| Some((name, sample(form, code)?)))
        .collect()
    }
}

impl Samples for RenewNot {
    const TEMPLATE: &'static str = "pages/certificate-renew-not.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let id = Id::from_bytes([9; 16]);
        [
            ("revoked", Obstacle::Revoked),
            ("not-ordered", Obstacle::NotOrdered),
            ("not-offered", Obstacle::NotOffered),
            (
                "data-too-old",
                Obstacle::DataTooOld {
                    product: "smime-sponsor-365".to_owned(),
                },
            ),
            ("renewed", Obstacle::Renewed { certificate: id }),
        ]
        .into_iter()
        .map(|(name, obstacle)| (name, Self::new(page.clone(), id, &obstacle)))
        .collect()
    }
}

impl Samples for Certificates {
    const TEMPLATE: &'static str = "pages/certificates.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let lines = |states: &[(Option<RevocationReason>, i64)]| {
            states
                .iter()
                .enumerate()
                .filter_map(|(row, (reason, days))| line(page, row, *reason, *days))
                .collect()
        };
        let own = [
            (None, 10),
            (None, 350),
            (None, 400),
            (Some(RevocationReason::Superseded), 30),
        ];
        let valid = [(None, 10), (None, 40), (None, 120)];
        let sample = |staff, text: &str, state: &str, lines, number, more| Self {
            page: page.clone(),
            staff,
            text: text.to_owned(),
            state: state.to_owned(),
            states: states(page),
            lines,
            paging: Paging::new("/certificates", &[], number, Extent::Open { more }),
        };
        vec![
            ("own", sample(false, "", "", lines(&own), 1, false)),
            (
                "all",
                sample(true, "ořechová", "valid", lines(&valid), 2, true),
            ),
            ("none", sample(false, "", "", Vec::new(), 1, false)),
            ("none-at-all", sample(true, "", "", Vec::new(), 1, false)),
            (
                "nothing-found",
                sample(false, "novak", "", Vec::new(), 1, false),
            ),
        ]
    }
}

impl Samples for Revoke {
    const TEMPLATE: &'static str = "pages/certificate-revoke.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let mut wrong = Form::default();
        wrong.refuse_named(
            "reason",
            page.text("revoke-reason"),
            page.text("revoke-reason-choose"),
        );
        let chosen = Form::filled([("reason", "key-compromise")]);
        [
            ("reason", Form::default(), None),
            ("no-reason", wrong, None),
            ("confirm", chosen, Some(RevocationReason::KeyCompromise)),
        ]
        .into_iter()
        .filter_map(|(name, form, confirm)| {
            let reasons = &chancery_ca::SUBSCRIBER_REASONS;
            let sample = revoke_page(page.clone(), &record(None)?, reasons, form, confirm);
            Some((name, sample))
        })
        .collect()
    }
}
