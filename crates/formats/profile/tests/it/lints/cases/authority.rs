//! Rules for authorities, OCSP responders and servers.

use chancery_x509::asn1;

use super::{
    ACCESS, ALT_NAME, BASIC_CONSTRAINTS, CLIENT_AUTH, COMMON_NAME, COUNTRY, CRL_POINTS,
    EMAIL_PROTECTION, KEY_USAGE, NO_CHECK, OCSP_SIGNING, ORGANIZATION, POLICIES, PURPOSES,
    SERVER_AUTH, access, bits, case, crl_point, names, oids, policies,
};
use crate::lints::{Base, Case};

const TIME_STAMPING: &str = "1.3.6.1.5.5.7.3.8";
const CA_ISSUERS: &str = "1.3.6.1.5.5.7.48.2";

pub fn cases() -> Vec<Case> {
    [authorities(), roots(), responders(), servers()]
        .into_iter()
        .flatten()
        .collect()
}

fn authorities() -> Vec<Case> {
    vec![
        case("authority_constraints", Base::IssuingSmime, |tbs| {
            tbs.remove_extension(BASIC_CONSTRAINTS);
        }),
        case("authority_constraints", Base::Root, |tbs| {
            tbs.set_critical(BASIC_CONSTRAINTS, false);
        }),
        case("authority_constraints", Base::Root, |tbs| {
            tbs.set_extension(BASIC_CONSTRAINTS, &asn1::sequence(&[]));
        }),
        case("authority_key_usage", Base::IssuingTls, |tbs| {
            tbs.set_extension(KEY_USAGE, &bits(&[5]));
        }),
        case("authority_key_usage", Base::Root, |tbs| {
            tbs.set_extension(KEY_USAGE, &bits(&[4, 5, 6]));
        }),
        case("authority_subject", Base::Root, |tbs| {
            tbs.remove_attribute(COMMON_NAME);
        }),
        case("authority_subject", Base::IssuingSmime, |tbs| {
            tbs.remove_attribute(ORGANIZATION);
        }),
        case("authority_subject", Base::IssuingSmime, |tbs| {
            tbs.remove_attribute(COUNTRY);
        }),
        case("authority_key_size", Base::IssuingSmime, |tbs| {
            tbs.pss_key(&[0xa5; 256]);
        }),
        case("authority_key_size", Base::IssuingSmime, |tbs| {
            tbs.rsa_key(&[&[0xc0][..], &[0x55; 383]].concat(), &[1, 0, 1]);
        }),
        case("issuing_policies", Base::IssuingSmime, |tbs| {
            tbs.remove_extension(POLICIES);
        }),
        case("issuing_policies", Base::IssuingSmime, |tbs| {
            tbs.set_extension(POLICIES, &policies(&["2.5.29.32.0", "2.23.140.1.5.1.2"]));
        }),
        case("issuing_purposes", Base::IssuingTls, |tbs| {
            tbs.remove_extension(PURPOSES);
        }),
        case("issuing_purposes", Base::IssuingTls, |tbs| {
            tbs.set_extension(PURPOSES, &oids(&[EMAIL_PROTECTION, SERVER_AUTH]));
        }),
        case("issuing_smime_purposes", Base::IssuingSmime, |tbs| {
            tbs.set_extension(PURPOSES, &oids(&[CLIENT_AUTH]));
        }),
        case("issuing_smime_purposes", Base::IssuingSmime, |tbs| {
            tbs.set_extension(PURPOSES, &oids(&[EMAIL_PROTECTION, TIME_STAMPING]));
        }),
        case("issuing_status_addresses", Base::IssuingSmime, |tbs| {
            tbs.remove_extension(CRL_POINTS);
        }),
        case("issuing_status_addresses", Base::IssuingSmime, |tbs| {
            tbs.remove_extension(ACCESS);
        }),
        case("issuing_status_addresses", Base::IssuingSmime, |tbs| {
            tbs.set_extension(
                CRL_POINTS,
                &crl_point("https://pki.chancery-demo.com/crl/root-1/0.crl"),
            );
        }),
        case("issuing_status_addresses", Base::IssuingSmime, |tbs| {
            tbs.set_extension(
                ACCESS,
                &access(&[(CA_ISSUERS, "ldap://pki.chancery-demo.com/cn=root")]),
            );
        }),
    ]
}

fn roots() -> Vec<Case> {
    vec![
        case("root_self_issued", Base::Root, |tbs| {
            tbs.issuer().children.pop();
        }),
        case("root_self_issued", Base::Root, |tbs| {
            tbs.rsa_key(&[&[0xc0][..], &[0x55; 511]].concat(), &[1, 0, 1]);
        }),
        case("root_extensions", Base::Root, |tbs| {
            tbs.add_extension(PURPOSES, &oids(&[EMAIL_PROTECTION]));
        }),
        case("root_extensions", Base::Root, |tbs| {
            tbs.add_extension(POLICIES, &policies(&["2.5.29.32.0"]));
        }),
        case("root_path_length", Base::Root, |tbs| {
            let constraints = asn1::sequence(&[&asn1::boolean(true), &asn1::integer_u64(3)]);
            tbs.set_extension(BASIC_CONSTRAINTS, &constraints);
        }),
    ]
}

fn responders() -> Vec<Case> {
    vec![
        case("responder_no_check", Base::Responder, |tbs| {
            tbs.remove_extension(NO_CHECK);
        }),
        case("responder_purposes", Base::Responder, |tbs| {
            tbs.set_extension(PURPOSES, &oids(&[OCSP_SIGNING, CLIENT_AUTH]));
        }),
        case("responder_key_usage", Base::Responder, |tbs| {
            tbs.set_extension(KEY_USAGE, &bits(&[0, 1]));
        }),
        case("no_check_elsewhere", Base::Mailbox, |tbs| {
            tbs.add_extension(NO_CHECK, &asn1::null());
        }),
        case("ocsp_signing_elsewhere", Base::Mailbox, |tbs| {
            tbs.set_extension(PURPOSES, &oids(&[EMAIL_PROTECTION, OCSP_SIGNING]));
        }),
        case("not_an_authority", Base::Responder, |tbs| {
            tbs.add_extension(BASIC_CONSTRAINTS, &asn1::sequence(&[&asn1::boolean(true)]));
        }),
    ]
}

fn servers() -> Vec<Case> {
    vec![
        case("server_names", Base::Server, |tbs| {
            tbs.remove_extension(ALT_NAME);
        }),
        case("server_names", Base::Server, |tbs| {
            let mail_too = [(2, "portal.chancery-demo.com"), (1, "a@chancery-demo.com")];
            tbs.set_extension(ALT_NAME, &names(&mail_too));
        }),
        case("server_common_name", Base::Server, |tbs| {
            tbs.set_attribute(COMMON_NAME, "other.chancery-demo.com");
        }),
        case("device_purposes", Base::Device, |tbs| {
            tbs.set_extension(PURPOSES, &oids(&[SERVER_AUTH]));
        }),
        case("device_purposes", Base::Device, |tbs| {
            tbs.set_extension(PURPOSES, &oids(&[CLIENT_AUTH, EMAIL_PROTECTION]));
        }),
        case("server_purposes", Base::Server, |tbs| {
            tbs.set_extension(PURPOSES, &oids(&[CLIENT_AUTH]));
        }),
        case("server_purposes", Base::Server, |tbs| {
            tbs.set_extension(PURPOSES, &oids(&[SERVER_AUTH, EMAIL_PROTECTION]));
        }),
    ]
}
