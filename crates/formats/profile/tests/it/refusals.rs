//! Preparation refuses what the profile does not allow, and says why.

use chancery_keys::{AwsLc, KeyAlgorithm};
use chancery_profile::{
    IdentifierError, Issuer, KeyWeakness, PrepareError, Profile, SubjectAttribute as Attribute,
    SubjectData, Wanted, defaults,
};
use chancery_x509::extension::{CrlDistributionPoints, KeyUsage};
use chancery_x509::{PublicKeyInfo, asn1, oid};

use crate::support::{self, DAY, Hierarchy, NOW, clean, public, text, wanted};

fn hierarchy() -> Hierarchy {
    Hierarchy::new(KeyAlgorithm::EcP256)
}

fn leaf_key() -> PublicKeyInfo {
    public(&support::key(KeyAlgorithm::EcP256))
}

fn rsa_key(modulus: &[u8], exponent: &[u8]) -> PublicKeyInfo {
    let key = asn1::sequence(&[&asn1::integer(modulus), &asn1::integer(exponent)]);
    let algorithm = asn1::sequence(&[&asn1::oid(&oid::RSA_ENCRYPTION), &asn1::null()]);
    PublicKeyInfo::from_der(&asn1::sequence(&[&algorithm, &asn1::bit_string(&key)])).unwrap()
}

const SPONSOR: &str = "smime-sponsor-multipurpose";
const ORGANIZATION: &str = "smime-organization-multipurpose";
const MAILBOX: &str = "smime-mailbox-multipurpose";

#[test]
fn subject_data_are_checked_field_by_field() {
    let (hierarchy, key) = (hierarchy(), leaf_key());
    let refused = |profile: &str, change: fn(&mut SubjectData)| {
        let mut subject = match profile {
            MAILBOX => support::mailbox(),
            "tls-server" => support::server(),
            ORGANIZATION => support::organization(),
            _ => support::sponsor(),
        };
        change(&mut subject);
        hierarchy.prepare(profile, &subject, &key).unwrap_err()
    };
    assert_eq!(
        refused(SPONSOR, |s| s.organization = None),
        PrepareError::Missing {
            attribute: Attribute::OrganizationName
        }
    );
    assert_eq!(
        refused(SPONSOR, |s| s.surname = None),
        PrepareError::Missing {
            attribute: Attribute::Surname
        }
    );
    assert_eq!(
        refused(MAILBOX, |s| s.organization = text("Mlýn")),
        PrepareError::NoPlace {
            attribute: Attribute::OrganizationName
        }
    );
    assert_eq!(
        refused(SPONSOR, |s| s.organization = Some("ř".repeat(65))),
        PrepareError::TooLong {
            attribute: Attribute::OrganizationName,
            length: 65,
            maximum: 64
        }
    );
    assert_eq!(
        refused(SPONSOR, |s| s.locality = text("-")),
        PrepareError::Insignificant {
            attribute: Attribute::LocalityName
        }
    );
    assert_eq!(
        refused(SPONSOR, |s| s.locality = text("Kolín ")),
        PrepareError::Padded {
            attribute: Attribute::LocalityName
        }
    );
    assert_eq!(
        refused(SPONSOR, |s| s.given_name = text("Jana\u{202e}")),
        PrepareError::Character {
            attribute: Attribute::GivenName,
            character: '\u{202e}'
        }
    );
    assert_eq!(
        refused(SPONSOR, |s| s.country = text("cz")),
        PrepareError::Country {
            found: "cz".to_owned()
        }
    );
    assert!(matches!(
        refused(SPONSOR, |s| s.organization_identifier = text("27074358")),
        PrepareError::OrganizationIdentifier(IdentifierError::Scheme { .. })
    ));
    assert_eq!(
        refused(SPONSOR, |s| s.organization_identifier =
            text("NTRSK-27074358")),
        PrepareError::CountryMismatch {
            reference: "SK".to_owned(),
            country: "CZ".to_owned()
        }
    );
    assert_eq!(
        refused(ORGANIZATION, |s| s.common_name = text("Jana Nováková")).to_string(),
        "the common name \"Jana Nováková\" is not allowed; allowed: Mlýn na řece s.r.o., \
         podatelna@chancery-demo.com"
    );
    assert_eq!(
        refused(SPONSOR, |s| s.emails.clear()),
        PrepareError::NoEmail
    );
    for wrong in [
        "jana",
        "jana@localhost",
        "jana nová@mlyn.cz",
        "žluťoučký@mlyn.cz",
        "jana@mlyn.cz\r\nBcc: x@y.cz",
    ] {
        let mut subject = support::sponsor();
        subject.emails = vec![wrong.to_owned()];
        let error = hierarchy.prepare(SPONSOR, &subject, &key).unwrap_err();
        assert_eq!(
            error,
            PrepareError::Email {
                found: wrong.to_owned()
            }
        );
    }
    assert_eq!(
        refused("tls-server", |s| s.emails = vec!["a@mlyn.cz".to_owned()]),
        PrepareError::EmailNoPlace
    );
    assert_eq!(
        refused(SPONSOR, |s| s.dns_names = vec!["mlyn.cz".to_owned()]),
        PrepareError::HostNoPlace
    );
    assert_eq!(
        refused("tls-server", |s| {
            s.dns_names.clear();
            s.ip_addresses.clear();
        }),
        PrepareError::NoHost
    );
    assert_eq!(
        refused("tls-server", |s| s.dns_names.push("*.mlyn.cz".to_owned())),
        PrepareError::Host {
            found: "*.mlyn.cz".to_owned()
        }
    );
}

#[test]
fn keys_are_checked() {
    let profile = Profile::from_toml("root", defaults()[0].1).unwrap();
    let leaf = Hierarchy::new(KeyAlgorithm::EcP256)
        .profiles
        .get(SPONSOR)
        .unwrap()
        .clone();
    let mut odd = vec![0x55; 256];
    odd[0] = 0xc5;
    assert_eq!(
        leaf.check_key(&rsa_key(&odd[..128], &[1, 0, 1])),
        Err(PrepareError::KeySize {
            bits: 1024,
            minimum: 2048,
            maximum: 8192
        })
    );
    assert_eq!(
        profile.check_key(&rsa_key(&odd, &[1, 0, 1])),
        Err(PrepareError::KeySize {
            bits: 2048,
            minimum: 4096,
            maximum: 8192
        })
    );
    let uneven = [vec![0x0f], odd.clone()].concat();
    assert_eq!(
        leaf.check_key(&rsa_key(&uneven, &[1, 0, 1])),
        Err(PrepareError::OddModulusSize { bits: 2052 })
    );
    assert_eq!(
        leaf.check_key(&rsa_key(&odd, &[4])),
        Err(PrepareError::WeakKey(KeyWeakness::Exponent))
    );
    assert_eq!(
        leaf.check_key(&rsa_key(&odd, &[1])),
        Err(PrepareError::WeakKey(KeyWeakness::Exponent))
    );
    let mut even = odd.clone();
    even[255] = 0x54;
    assert_eq!(
        leaf.check_key(&rsa_key(&even, &[1, 0, 1])),
        Err(PrepareError::WeakKey(KeyWeakness::SmallFactor {
            factor: 2
        }))
    );
    let ed25519 = public(&support::key(KeyAlgorithm::Ed25519));
    assert!(matches!(
        leaf.check_key(&ed25519),
        Err(PrepareError::KeyKind { .. })
    ));
    let good = leaf_key();
    let mut off_curve = good.as_der().to_vec();
    *off_curve.last_mut().unwrap() ^= 1;
    let off_curve = PublicKeyInfo::from_der(&off_curve).unwrap();
    assert!(matches!(
        leaf.check_key(&off_curve),
        Err(PrepareError::WeakKey(KeyWeakness::NotOnCurve { .. }))
    ));
    for algorithm in [
        KeyAlgorithm::EcP256,
        KeyAlgorithm::EcP384,
        KeyAlgorithm::Rsa2048,
    ] {
        assert_eq!(leaf.check_key(&public(&support::key(algorithm))), Ok(()));
    }
}

#[test]
fn validity_stays_within_the_profile_and_the_issuer() {
    let (hierarchy, key, subject) = (hierarchy(), leaf_key(), support::sponsor());
    let profile = hierarchy.profiles.get(SPONSOR).unwrap();
    let prepare = |not_before, not_after| {
        let wanted = Wanted {
            not_before,
            not_after,
            ..wanted(&subject, &key, 1)
        };
        profile
            .prepare(&hierarchy.smime.issuer(), &wanted, &AwsLc)
            .map(drop)
    };
    assert_eq!(prepare(NOW, NOW + 825 * DAY - 1), Ok(()));
    // One second more is a day more: both ends count.
    assert_eq!(
        prepare(NOW, NOW + 825 * DAY),
        Err(PrepareError::ValidityTooLong {
            days: 826,
            maximum: 825
        })
    );
    assert!(matches!(
        prepare(NOW, NOW - 1),
        Err(PrepareError::InvertedValidity { .. })
    ));
    let end = NOW + 3650 * DAY - 1;
    assert!(matches!(
        prepare(end - DAY, end + 1),
        Err(PrepareError::OutlivesIssuer { .. })
    ));
    assert_eq!(prepare(end - DAY, end), Ok(()));
    assert!(matches!(
        prepare(NOW - 1, NOW + DAY),
        Err(PrepareError::OutlivesIssuer { .. })
    ));
}

#[test]
fn issuer_and_addresses_must_fit() {
    let (hierarchy, key) = (hierarchy(), leaf_key());
    let subject = support::sponsor();
    let profile = hierarchy.profiles.get(SPONSOR).unwrap();
    let wanted = wanted(&subject, &key, 30);
    let with = |status_url| {
        profile.prepare(
            &Issuer {
                status_url,
                ..hierarchy.smime.issuer()
            },
            &wanted,
            &AwsLc,
        )
    };
    for wrong in [
        "https://pki.chancery-demo.com",
        "http://pki.chancery-demo.com/",
        "pki.chancery-demo.com",
        "",
    ] {
        assert_eq!(
            with(wrong).unwrap_err(),
            PrepareError::StatusUrl {
                found: wrong.to_owned()
            }
        );
    }
    let nobody = Issuer {
        certificate: None,
        ..hierarchy.smime.issuer()
    };
    assert_eq!(
        profile.prepare(&nobody, &wanted, &AwsLc).unwrap_err(),
        PrepareError::WrongIssuer { kind: "smime" }
    );
    let root = hierarchy.profiles.get("root").unwrap();
    assert_eq!(
        root.prepare(&hierarchy.smime.issuer(), &wanted, &AwsLc)
            .unwrap_err(),
        PrepareError::WrongIssuer { kind: "root" }
    );
}

#[test]
fn what_is_prepared_is_what_was_asked_for() {
    let (hierarchy, key) = (hierarchy(), leaf_key());
    let subject = SubjectData {
        emails: vec!["Jana@Mlýn.cz".to_owned(), "jana@mlyn-demo.cz".to_owned()],
        common_name: text("Jana@Mlýn.cz"),
        ..support::sponsor()
    };
    let prepared = hierarchy.prepare(SPONSOR, &subject, &key).unwrap();
    let certificate = support::sign(clean(prepared), &hierarchy.smime.key);
    certificate
        .verify_signature(hierarchy.smime.certificate.public_key(), &AwsLc)
        .unwrap();
    assert!(certificate.is_issued_by(&hierarchy.smime.certificate));
    assert_eq!(
        certificate.emails(),
        ["Jana@xn--mln-moa.cz", "jana@mlyn-demo.cz"]
    );
    assert_eq!(
        certificate.subject().common_name(),
        Some("Jana@xn--mln-moa.cz")
    );
    assert_eq!(certificate.public_key(), &key);
    assert_eq!(
        certificate.not_after() - certificate.not_before(),
        365 * DAY - 1
    );
    let points: CrlDistributionPoints = certificate.extension().unwrap().unwrap();
    assert_eq!(
        points.uris().collect::<Vec<_>>(),
        ["http://pki.chancery-demo.com/crl/smime-1/3.crl"]
    );
    let usage: KeyUsage = certificate.extension().unwrap().unwrap();
    assert_eq!(
        usage.names().collect::<Vec<_>>(),
        ["digitalSignature", "nonRepudiation", "keyAgreement"]
    );
}

#[test]
fn a_mailbox_without_a_name_has_critical_alternative_names() {
    let (hierarchy, key) = (hierarchy(), leaf_key());
    let subject = SubjectData {
        emails: vec!["jana@mlyn-demo.cz".to_owned()],
        ..SubjectData::default()
    };
    let prepared = hierarchy.prepare(MAILBOX, &subject, &key).unwrap();
    let certificate = support::sign(clean(prepared), &hierarchy.smime.key);
    assert!(certificate.subject().is_empty());
    let names = certificate
        .extensions()
        .iter()
        .find(|extension| extension.oid == oid::SUBJECT_ALT_NAME);
    assert!(names.unwrap().critical);
}
