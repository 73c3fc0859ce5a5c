use chancery_ra::{About, Notice as RaNotice};
use chancery_register::{Language, Notice, Role};
use jiff::tz::TimeZone;

use super::{Composed, Place};
use crate::words::Words;

const CERTIFICATE: &str = include_str!("../../tests/fixtures/certificate.pem");
const AT: i64 = 1_795_000_000;

fn place() -> Place {
    Place {
        environment: "Chancery Sandbox".to_owned(),
        public_url: "https://portal.example".to_owned(),
    }
}

fn words(language: Language) -> Words {
    Words::new(language, TimeZone::get("Europe/Prague").unwrap())
}

fn about() -> About {
    About {
        full_name: "Jana Nováková".to_owned(),
        order: "00112233445566778899aabbccddeeff".to_owned(),
        order_number: "O-2026-000123-4".to_owned(),
        product: "S/MIME Organisation, 365 days".to_owned(),
        validity_days: 365,
    }
}

fn certificate() -> Vec<u8> {
    let certificate = chancery_x509::Certificate::from_pem(CERTIFICATE).unwrap();
    certificate.as_der().to_vec()
}

const SUBJECT: &str = "CN=Jana Nováková,O=Příklad s.r.o.,C=CZ";

fn registered(by_other: bool) -> Notice {
    Notice::CertificateRegistered {
        subject: SUBJECT.to_owned(),
        serial: "01c0ffee".to_owned(),
        by_other,
        at: AT,
    }
}

fn device_paired(own_key: bool) -> Notice {
    Notice::DevicePaired {
        full_name: "Jana Nováková".to_owned(),
        device: "Chrome, Android".to_owned(),
        own_key,
        at: AT,
    }
}

fn registered_ends(days: u16) -> Notice {
    Notice::RegisteredEnds {
        subject: SUBJECT.to_owned(),
        serial: "01c0ffee".to_owned(),
        days,
        not_after: AT,
    }
}

fn registered_revoked(suspended: bool) -> Notice {
    Notice::RegisteredRevoked {
        subject: SUBJECT.to_owned(),
        serial: "01c0ffee".to_owned(),
        suspended,
        at: AT,
    }
}

fn asked(authorised: bool, registered: bool) -> Notice {
    Notice::MembershipAsked {
        participant: "Příklad s.r.o.".to_owned(),
        authorised,
        registered,
    }
}

fn authorised(authorised: bool) -> Notice {
    Notice::AuthorisationChanged {
        participant: "Příklad s.r.o.".to_owned(),
        authorised,
        at: AT,
    }
}

/// Every notice of the register.
fn of_register() -> Vec<Notice> {
    let full_name = "Jana Nováková".to_owned();
    let registration_number: chancery_register::RegistrationNumber = "R-204718-3".parse().unwrap();
    let code = "AB10-0DEF-GH1J-KM0N".to_owned();
    vec![
        Notice::AccessCode {
            full_name: full_name.clone(),
            registration_number: registration_number.clone(),
            code: code.clone(),
            expires_at: AT,
        },
        Notice::NewAccessCode {
            full_name: full_name.clone(),
            registration_number: registration_number.clone(),
            code,
            expires_at: AT,
        },
        Notice::AlreadyRegistered {
            full_name: full_name.clone(),
            registration_number,
        },
        Notice::Invitation {
            full_name: None,
            roles: vec![Role::RaOfficer, Role::Auditor],
            token: "00ff".repeat(16),
            expires_at: AT,
        },
        Notice::PasswordChanged {
            full_name: full_name.clone(),
            at: AT,
        },
        Notice::SecondFactorChanged {
            full_name: full_name.clone(),
            at: AT,
        },
        Notice::RecoveryCodeUsed {
            full_name: full_name.clone(),
            at: AT,
            left: 3,
        },
        Notice::RecoveryCodeUsed {
            full_name,
            at: AT,
            left: 0,
        },
        registered(false),
        registered(true),
        device_paired(true),
        device_paired(false),
        registered_ends(14),
        registered_ends(2),
        registered_ends(1),
        registered_revoked(false),
        registered_revoked(true),
        Notice::CertificateTaken {
            subject: SUBJECT.to_owned(),
            serial: "01c0ffee".to_owned(),
            at: AT,
        },
        Notice::CertificateRemoved {
            subject: SUBJECT.to_owned(),
            serial: "01c0ffee".to_owned(),
            at: AT,
        },
        asked(false, true),
        asked(true, false),
        Notice::MembershipEnded {
            participant: "Příklad s.r.o.".to_owned(),
            at: AT,
        },
        authorised(true),
        authorised(false),
    ]
}

fn certificate_ends(days: u16) -> RaNotice {
    RaNotice::CertificateEnds {
        certificate: "ffeeddccbbaa99887766554433221100".to_owned(),
        serial: "01c0ffee".to_owned(),
        subject: SUBJECT.to_owned(),
        days,
        not_after: AT,
    }
}

/// Every notice of the registration authority.
fn of_ra() -> Vec<RaNotice> {
    vec![
        RaNotice::DataSubmitted { about: about() },
        RaNotice::DataVerified { about: about() },
        RaNotice::DataRejected {
            about: about(),
            reason: "The extract you sent is older than 3 months.\nSend a newer one here."
                .to_owned(),
        },
        RaNotice::EmailVerification {
            about: about(),
            email: "info@example.cz".to_owned(),
            token: "00ff".repeat(16),
            code: "ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-2345".to_owned(),
            expires_at: AT,
            renews: None,
        },
        RaNotice::EmailVerification {
            about: about(),
            email: "info@example.cz".to_owned(),
            token: "00ff".repeat(16),
            code: "ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-2345".to_owned(),
            expires_at: AT,
            renews: Some("ffeeddccbbaa99887766554433221100".to_owned()),
        },
        RaNotice::Collection {
            about: about(),
            reference: "ABCD-EFGH-JKMN".to_owned(),
            expires_at: AT,
        },
        certificate_ends(30),
        certificate_ends(1),
        RaNotice::CertificateIssued {
            about: about(),
            id: "ffeeddccbbaa99887766554433221100".to_owned(),
            certificate: certificate(),
            chain: vec![certificate()],
        },
        RaNotice::CertificateRevoked {
            full_name: "Jana Nováková".to_owned(),
            certificate: "ffeeddccbbaa99887766554433221100".to_owned(),
            serial: "01c0ffee".to_owned(),
            subject: "CN=Jana Nováková, O=Příklad s.r.o., C=CZ".to_owned(),
            reason: "keyCompromise".to_owned(),
            at: AT,
        },
    ]
}

/// Every letter in one language.
fn all(language: Language) -> Vec<Composed> {
    let (words, place) = (words(language), place());
    let register = of_register();
    let register = register
        .iter()
        .map(|notice| Composed::of_register(notice, &words, &place));
    let ra = of_ra();
    let ra = ra
        .iter()
        .map(|notice| Composed::of_ra(notice, &words, &place));
    register.chain(ra).map(Result::unwrap).collect()
}

fn plain(language: Language) -> String {
    all(language)
        .iter()
        .map(|letter| format!("Subject: {}\n\n{}", letter.subject, letter.text))
        .collect::<Vec<_>>()
        .join("\n==========\n\n")
}

#[test]
fn letters_in_english() {
    insta::assert_snapshot!(plain(Language::En));
}

#[test]
fn letters_in_czech() {
    insta::assert_snapshot!(plain(Language::Cs));
}

#[test]
fn a_letter_in_html() {
    insta::assert_snapshot!(all(Language::En).swap_remove(0).html);
}

#[test]
fn every_letter_is_complete() {
    for language in Language::ALL {
        for letter in all(language) {
            for text in [&letter.subject, &letter.text, &letter.html] {
                assert!(!text.contains('⟦'), "{text}");
                assert!(!text.contains("{ $"), "{text}");
                assert!(!text.contains('\u{2068}'), "{text}");
            }
            assert!(!letter.subject.is_empty());
            // One link, and it leads to the portal.
            assert_eq!(
                letter.text.matches("https://").count(),
                1,
                "{}",
                letter.text
            );
            assert_eq!(letter.html.matches("<a ").count(), 1);
            assert!(letter.html.contains("<a href=\"https://portal.example/"));
            assert!(letter.html.contains(&format!("lang=\"{language}\"")));
        }
    }
}

/// The words of a text in order, without marks and layout.
fn words_of(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn without_tags(html: &str) -> String {
    let body = html.split("<body").nth(1).unwrap();
    let mut text = String::new();
    for piece in body.split('<') {
        text.push_str(piece.split_once('>').map_or("", |(_, after)| after));
        text.push(' ');
    }
    for (entity, character) in [
        ("&#38;", "&"),
        ("&#39;", "'"),
        ("&#34;", "\""),
        ("&#60;", "<"),
        ("&#62;", ">"),
    ] {
        text = text.replace(entity, character);
    }
    text
}

#[test]
fn html_and_plain_text_have_the_same_words() {
    for language in Language::ALL {
        for letter in all(language) {
            assert_eq!(
                words_of(&without_tags(&letter.html)),
                words_of(&letter.text)
            );
        }
    }
}

#[test]
fn nothing_in_a_notice_becomes_markup_or_another_header() {
    let evil = "x\r\nBcc: eve@example.org\r\n\r\n<script>alert(1)</script>\u{2028}y";
    let hostile = About {
        full_name: evil.to_owned(),
        order: "00".to_owned(),
        order_number: evil.to_owned(),
        product: evil.to_owned(),
        validity_days: 1,
    };
    let notice = RaNotice::DataRejected {
        about: hostile,
        reason: evil.to_owned(),
    };
    let letter = Composed::of_ra(&notice, &words(Language::En), &place()).unwrap();
    assert!(letter.subject.lines().count() == 1 && !letter.subject.contains('\u{2028}'));
    assert!(!letter.html.contains("<script"));
    assert!(letter.text.contains("\n> Bcc: eve@example.org\n"));
}

#[test]
fn whoever_registers_does_not_choose_the_words() {
    let notice = Notice::AccessCode {
        full_name: "Win at casino.example".to_owned(),
        registration_number: "R-204718-3".parse().unwrap(),
        code: "AB10-0DEF-GH1J-KM0N".to_owned(),
        expires_at: AT,
    };
    let letter = Composed::of_register(&notice, &words(Language::En), &place()).unwrap();
    assert!(!letter.text.contains("casino") && !letter.subject.contains("casino"));
}

#[test]
fn the_certificate_and_its_chain_are_attached_and_no_other_letter_has_files() {
    for letter in all(Language::En) {
        if letter.attachments.is_empty() {
            continue;
        }
        let names: Vec<&str> = letter.attachments.iter().map(|a| a.name.as_str()).collect();
        assert_eq!(
            names,
            [
                "certificate-o-2026-000123-4.cer",
                "certificate-o-2026-000123-4.pem"
            ]
        );
        assert_eq!(letter.attachments[0].content, certificate());
        let pem = std::str::from_utf8(&letter.attachments[1].content).unwrap();
        assert_eq!(pem.matches("BEGIN CERTIFICATE").count(), 2);
        assert!(!pem.contains("PRIVATE"));
    }
    let with_files = all(Language::En)
        .iter()
        .filter(|letter| !letter.attachments.is_empty())
        .count();
    assert_eq!(with_files, 1);
}
