//! Registered certificates in each state, as their pages are looked at.

use chancery_register::{
    CertificateError, FileError, ParticipantId, PersonId, RegisteredCertificate,
    RegisteredCertificateId, Uses,
};
use chancery_store::{Id, Timestamp};
use chancery_x509::{Certificate, RevocationReason};

use super::{
    Card, Pair, Registered,
    card::Names,
    new::{New, USES, refused},
    remove::Remove,
    show::Shown,
};
use crate::{confirm::Act, form::Form, page::Page, samples::Samples};

const DAY: i64 = 24 * 60 * 60;

/// Made by `samples/certificates.sh`.
const CERTIFICATE: &str = include_str!("../../samples/certificate.pem");

/// Pair, uses, revocation and the day of its life.
pub(crate) type Wanted = (u8, Uses, Option<RevocationReason>, i64);

/// Certificates as they are wanted; the page's clock stands still, so it is set by [`at`].
pub(crate) fn known(page: &Page, wanted: &[Wanted]) -> Vec<RegisteredCertificate> {
    let Ok(certificate) = Certificate::from_pem(CERTIFICATE) else {
        return Vec::new();
    };
    wanted
        .iter()
        .zip(1..)
        .map(|((pair, uses, revoked, _), id)| RegisteredCertificate {
            id: RegisteredCertificateId::new(Id::from_bytes([id; 16])),
            holder: PersonId::new(Id::from_bytes([1; 16])),
            certificate: certificate.clone(),
            chain: Vec::new(),
            uses: *uses,
            pair: *pair,
            listed: id % 2 == 0,
            registered_at: page.now,
            registered_by: PersonId::new(Id::from_bytes([1; 16])),
            second_factor: true,
            participant: (id == 2).then(organization),
            device: None,
            proved_at: (id == 1).then_some(page.now),
            checked_at: (id != 3).then_some(page.now),
            revoked: revoked.map(|reason| {
                let at = Timestamp::from_secs(certificate.not_before() + DAY);
                (at, reason)
            }),
        })
        .collect()
}

fn organization() -> ParticipantId {
    ParticipantId::new(Id::from_bytes([5; 16]))
}

fn names() -> Names {
    Names::from([(organization(), "Energetika Morava, a. s.".to_owned())])
}

/// The page as it is at that day of the certificate's life.
pub(crate) fn at(page: &Page, day: i64) -> Page {
    let mut page = page.clone();
    if let Ok(certificate) = Certificate::from_pem(CERTIFICATE) {
        page.now = Timestamp::from_secs(certificate.not_before() + day * DAY);
    }
    page
}

/// Cards, each at its day.
pub(crate) fn cards(page: &Page, wanted: &[Wanted]) -> Vec<(u8, Card)> {
    known(page, wanted)
        .iter()
        .zip(wanted)
        .map(|(known, (pair, _, _, day))| {
            let card = Card::new(&at(page, *day), known, &names());
            (*pair, card.with_address("/settings/registered"))
        })
        .collect()
}

impl Samples for Registered {
    const TEMPLATE: &'static str = "pages/registered.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let sample = |wanted: &[Wanted]| Self {
            page: page.clone(),
            pairs: Pair::sorted(cards(page, wanted)),
            limit: 4,
        };
        let hold = Some(RevocationReason::CertificateHold);
        let lost = Some(RevocationReason::KeyCompromise);
        let (signing, encryption) = (Uses::SIGNING, Uses::ENCRYPTION);
        vec![
            ("none", sample(&[])),
            (
                "some",
                sample(&[
                    (1, signing, None, 10),
                    (1, encryption, None, 350),
                    (2, Uses::BOTH, lost, 30),
                    (3, encryption, hold, 30),
                ]),
            ),
            (
                "full",
                sample(&[
                    (1, Uses::BOTH, None, 10),
                    (2, Uses::BOTH, None, 400),
                    (3, Uses::BOTH, None, 100),
                    (4, Uses::BOTH, None, -1),
                ]),
            ),
        ]
    }
}

impl Samples for New {
    const TEMPLATE: &'static str = "pages/registered-new.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let wrong = |form, error| refused(page, form, error).unwrap_or_default();
        let key = wrong(Form::default(), FileError::PrivateKey.into());
        let pasted = Form::filled([
            ("pem", "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIU…"),
            ("uses", "signing"),
        ]);
        let issuer = "CN=Public CA 3,O=Elsewhere Trust,C=DE".to_owned();
        let unsupported = CertificateError::UnsupportedAuthority {
            issuer,
            source: None,
        };
        let unfit = CertificateError::Unfit {
            wanted: Some(Uses::ENCRYPTION),
            allowed: Uses::SIGNING,
        };
        let member = "/participants/05050505050505050505050505050505/members/07070707070707070707070707070707";
        vec![
            ("own", Self::own(page.clone(), Form::default())),
            ("private-key", Self::own(page.clone(), key)),
            (
                "unsupported",
                Self::own(page.clone(), wrong(pasted, unsupported)),
            ),
            (
                "unfit",
                Self::own(page.clone(), wrong(Form::default(), unfit)),
            ),
            (
                "member",
                Self {
                    page: page.clone(),
                    form: Form::default(),
                    back: member.to_owned(),
                    action: format!("{member}/register"),
                    member: Some("Petr Novotný".to_owned()),
                    uses: USES,
                    act: Act::Register,
                },
            ),
        ]
    }
}

impl Samples for Shown {
    const TEMPLATE: &'static str = "pages/registered-certificate.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let wanted: [Wanted; 3] = [
            (1, Uses::SIGNING, None, 10),
            (1, Uses::ENCRYPTION, None, 350),
            (2, Uses::BOTH, Some(RevocationReason::KeyCompromise), 30),
        ];
        let all = known(page, &wanted);
        ["proved", "listed", "revoked"]
            .into_iter()
            .zip(all.iter().zip(wanted))
            .map(|(name, (known, (_, _, _, day)))| {
                let mut sample = Self::new(at(page, day), known, &names());
                sample.opened = name == "revoked";
                (name, sample)
            })
            .collect()
    }
}

impl Samples for Remove {
    const TEMPLATE: &'static str = "pages/registered-remove.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let own = "/settings/registered/01010101010101010101010101010101";
        let members = "/participants/05050505050505050505050505050505/members/07070707070707070707070707070707";
        let card = || cards(page, &[(1, Uses::BOTH, None, 10)]).pop();
        [("own", None), ("member", Some("Petr Novotný"))]
            .into_iter()
            .filter_map(|(name, member)| {
                let (_, card) = card()?;
                let back = if member.is_some() { members } else { own };
                let action = match member {
                    Some(_) => format!("{members}/certificates/{}/remove", card.id),
                    None => format!("{own}/remove"),
                };
                let sample = Self {
                    page: page.clone(),
                    back: back.to_owned(),
                    back_title: member.map_or_else(|| card.title.clone(), str::to_owned),
                    action,
                    member: member.map(str::to_owned),
                    act: Act::Register,
                    card,
                };
                Some((name, sample))
            })
            .collect()
    }
}
