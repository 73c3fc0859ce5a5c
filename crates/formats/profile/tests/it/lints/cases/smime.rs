//! Rules for subscribers' S/MIME certificates.

use chancery_x509::asn1;

use super::{
    ACCESS, ALT_NAME, BASIC_CONSTRAINTS, CLIENT_AUTH, COMMON_NAME, COUNTRY, CRL_POINTS, EMAIL,
    EMAIL_PROTECTION, GIVEN_NAME, KEY_USAGE, LOCALITY, ORGANIZATION, ORGANIZATION_IDENTIFIER,
    POLICIES, PSEUDONYM, PURPOSES, SERVER_AUTH, STATE, SURNAME, UNIT, access, bits, case,
    crl_point, names, oids, policies,
};
use crate::lints::{Base, Case};

const OCSP: &str = "1.3.6.1.5.5.7.48.1";

pub fn cases() -> Vec<Case> {
    [extensions(), addresses(), subject(), organization()]
        .into_iter()
        .flatten()
        .collect()
}

fn extensions() -> Vec<Case> {
    vec![
        case("not_an_authority", Base::Mailbox, |tbs| {
            tbs.add_extension(BASIC_CONSTRAINTS, &asn1::sequence(&[&asn1::boolean(true)]));
        }),
        case("smime_policy", Base::Mailbox, |tbs| {
            tbs.remove_extension(POLICIES);
        }),
        case("smime_policy", Base::Mailbox, |tbs| {
            tbs.set_extension(POLICIES, &policies(&["1.2.3.4"]));
        }),
        case("smime_policy", Base::Mailbox, |tbs| {
            tbs.set_extension(POLICIES, &policies(&["2.23.140.1.5.2.2"]));
        }),
        case("smime_policy", Base::Mailbox, |tbs| {
            tbs.set_extension(
                POLICIES,
                &policies(&["2.23.140.1.5.1.2", "2.23.140.1.5.1.3"]),
            );
        }),
        case("smime_policy", Base::Mailbox, |tbs| {
            tbs.set_extension(POLICIES, &policies(&["2.23.140.1.5.1.2", "2.5.29.32.0"]));
        }),
        case("no_legacy_policy", Base::Mailbox, |tbs| {
            tbs.set_extension(POLICIES, &policies(&["2.23.140.1.5.1.1"]));
        }),
        case("smime_purposes", Base::Mailbox, |tbs| {
            tbs.set_extension(PURPOSES, &oids(&[CLIENT_AUTH]));
        }),
        case("smime_purposes", Base::Mailbox, |tbs| {
            tbs.set_extension(PURPOSES, &oids(&[EMAIL_PROTECTION, SERVER_AUTH]));
        }),
        case("smime_key_usage", Base::Sponsor, |tbs| {
            tbs.set_extension(KEY_USAGE, &bits(&[1]));
        }),
        case("smime_key_usage", Base::SponsorRsa, |tbs| {
            tbs.set_extension(KEY_USAGE, &bits(&[0, 3]));
        }),
        case("smime_key_usage", Base::SponsorRsa, |tbs| {
            tbs.set_extension(KEY_USAGE, &bits(&[0, 6]));
        }),
    ]
}

fn addresses() -> Vec<Case> {
    vec![
        case("smime_crl_address", Base::Mailbox, |tbs| {
            tbs.remove_extension(CRL_POINTS);
        }),
        case("smime_crl_address", Base::Mailbox, |tbs| {
            tbs.set_extension(
                CRL_POINTS,
                &crl_point("ldap://pki.chancery-demo.com/cn=crl"),
            );
        }),
        case("smime_access_addresses", Base::Mailbox, |tbs| {
            tbs.set_extension(
                ACCESS,
                &access(&[(OCSP, "https://pki.chancery-demo.com/ocsp")]),
            );
        }),
        case("smime_issuer_address", Base::Mailbox, |tbs| {
            tbs.set_extension(
                ACCESS,
                &access(&[(OCSP, "http://pki.chancery-demo.com/ocsp")]),
            );
        }),
        case("smime_issuer_address", Base::Mailbox, |tbs| {
            tbs.remove_extension(ACCESS);
        }),
        case("smime_public_names", Base::Mailbox, |tbs| {
            tbs.set_extension(
                CRL_POINTS,
                &crl_point("http://localhost:8080/crl/smime-1/3.crl"),
            );
        }),
        case("smime_public_names", Base::Mailbox, |tbs| {
            tbs.set_extension(ALT_NAME, &names(&[(1, "jana@mlyn.example")]));
        }),
        case("smime_alternative_names", Base::Mailbox, |tbs| {
            tbs.remove_extension(ALT_NAME);
        }),
        case("smime_alternative_names", Base::Mailbox, |tbs| {
            let host_too = [
                (1, "jana.novakova@chancery-demo.com"),
                (2, "chancery-demo.com"),
            ];
            tbs.set_extension(ALT_NAME, &names(&host_too));
        }),
        case("smime_addresses_repeated", Base::Mailbox, |tbs| {
            tbs.set_attribute(EMAIL, "hana@chancery-demo.com");
        }),
        case("smime_addresses_repeated", Base::Sponsor, |tbs| {
            tbs.set_attribute(UNIT, "hana@chancery-demo.com");
        }),
    ]
}

fn subject() -> Vec<Case> {
    vec![
        case("smime_attributes", Base::Mailbox, |tbs| {
            tbs.add_attribute(ORGANIZATION, "Mlýn", false);
        }),
        case("smime_attributes", Base::Individual, |tbs| {
            tbs.add_attribute(UNIT, "Mlýn", false);
        }),
        case("smime_attributes", Base::Organization, |tbs| {
            tbs.add_attribute(GIVEN_NAME, "Jana", false);
        }),
        // description, one of the others that no type may have
        case("smime_attributes", Base::Sponsor, |tbs| {
            tbs.add_attribute("2.5.4.13", "Jana", false);
        }),
        case("smime_attributes", Base::Organization, |tbs| {
            tbs.remove_attribute(ORGANIZATION_IDENTIFIER);
        }),
        case("smime_attributes", Base::Sponsor, |tbs| {
            tbs.remove_attribute(ORGANIZATION);
        }),
        case("smime_personal_name", Base::Individual, |tbs| {
            tbs.remove_attribute(SURNAME);
            tbs.remove_attribute(GIVEN_NAME);
        }),
        case("smime_personal_name", Base::Sponsor, |tbs| {
            tbs.add_attribute(PSEUDONYM, "Janka", false);
        }),
        case("smime_common_name", Base::Mailbox, |tbs| {
            tbs.set_attribute(COMMON_NAME, "Jana Nováková");
        }),
        case("smime_common_name", Base::Organization, |tbs| {
            tbs.set_attribute(COMMON_NAME, "Jana Nováková");
        }),
        case("smime_common_name", Base::Sponsor, |tbs| {
            tbs.set_attribute(COMMON_NAME, "hana@chancery-demo.com");
        }),
        case("smime_place", Base::Organization, |tbs| {
            tbs.remove_attribute(COUNTRY);
        }),
        case("smime_place", Base::Individual, |tbs| {
            tbs.remove_attribute(LOCALITY);
            tbs.remove_attribute(STATE);
        }),
    ]
}

fn organization() -> Vec<Case> {
    vec![
        case("smime_organization_identifier", Base::Organization, |tbs| {
            tbs.set_attribute(ORGANIZATION_IDENTIFIER, "CZ27074358");
        }),
        case("smime_organization_identifier", Base::Sponsor, |tbs| {
            tbs.set_attribute(ORGANIZATION_IDENTIFIER, "LEIXG-5493001KJTIIGC8Y1R13");
        }),
        case("smime_organization_country", Base::Organization, |tbs| {
            tbs.set_attribute(ORGANIZATION_IDENTIFIER, "NTRSK-27074358");
        }),
        case("smime_german_register", Base::Organization, |tbs| {
            tbs.set_attribute(ORGANIZATION_IDENTIFIER, "NTRDE-HRB12345");
            tbs.set_attribute(COUNTRY, "DE");
        }),
    ]
}
