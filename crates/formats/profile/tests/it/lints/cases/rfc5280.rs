//! Rules for every certificate.

use chancery_x509::asn1::{self, tag};

use super::{
    ACCESS, AKI, ALT_NAME, ANY_PURPOSE, BASIC_CONSTRAINTS, COMMON_NAME, COUNTRY, CRL_POINTS, EMAIL,
    EMAIL_PROTECTION, GIVEN_NAME, KEY_USAGE, LOCALITY, ORGANIZATION, POLICIES, PURPOSES,
    SERIAL_NUMBER, SKI, bits, case, names, oids, policies,
};
use crate::lints::{Base, Case};
use crate::tree::Node;

pub fn cases() -> Vec<Case> {
    [
        head(),
        validity(),
        subject(),
        extensions(),
        identifiers(),
        usage(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn head() -> Vec<Case> {
    vec![
        case("readable", Base::Mailbox, |tbs| tbs.0.children.truncate(4)),
        case("version_3", Base::Mailbox, |tbs| {
            tbs.version().content = vec![1];
        }),
        case("version_3", Base::Mailbox, |tbs| {
            tbs.0.children.remove(0);
        }),
        case("serial_number", Base::Mailbox, |tbs| {
            tbs.serial().content = vec![0];
        }),
        case("serial_number", Base::Mailbox, |tbs| {
            tbs.serial().content[0] = 0x81;
        }),
        case("serial_number", Base::Mailbox, |tbs| {
            tbs.serial().content.insert(0, 1);
        }),
        case("serial_number", Base::Mailbox, |tbs| {
            tbs.serial().content[0] = 0;
        }),
        case("serial_number_size", Base::Mailbox, |tbs| {
            tbs.serial().content.truncate(8);
        }),
        // sha256WithRSAEncryption under an authority with a P-256 key.
        case("signature_algorithm", Base::Mailbox, |tbs| {
            *tbs.signature() =
                Node::parse(&chancery_x509::SignatureAlgorithm::RsaPkcs1Sha256.to_der());
        }),
        case("signature_algorithm", Base::Mailbox, |tbs| {
            *tbs.signature() =
                Node::parse(&chancery_x509::SignatureAlgorithm::EcdsaSha384.to_der());
        }),
        case("issuer_name", Base::Mailbox, |tbs| {
            tbs.issuer().children.pop();
        }),
        case("issuer_name", Base::Mailbox, |tbs| {
            tbs.issuer().children.clear();
        }),
        case("issuer_may_issue", Base::BelowIssuing, |_| {}),
        case("issuer_may_issue", Base::BelowMailbox, |_| {}),
        case("issuer_purposes", Base::BelowIssuing, |_| {}),
        case("issuer_purposes", Base::Mailbox, |tbs| {
            tbs.set_extension(PURPOSES, &oids(&[EMAIL_PROTECTION, super::SERVER_AUTH]));
        }),
        case("issuer_purposes", Base::Mailbox, |tbs| {
            tbs.set_extension(POLICIES, &policies(&["2.23.140.1.5.1.2", "1.2.3"]));
        }),
        case("no_unique_identifiers", Base::Mailbox, |tbs| {
            tbs.0
                .children
                .insert(7, Node::primitive(tag::context(2), &[0, 1]));
        }),
    ]
}

fn validity() -> Vec<Case> {
    vec![
        case("validity_encoding", Base::Mailbox, |tbs| {
            *tbs.time(0) = Node::primitive(tag::GENERALIZED_TIME, b"20261120000000Z");
        }),
        case("validity_encoding", Base::Mailbox, |tbs| {
            tbs.time(1).content = b"2711200000Z".to_vec();
        }),
        case("validity_encoding", Base::Mailbox, |tbs| {
            tbs.time(1).content = b"271120000000+0100".to_vec();
        }),
        case("validity_encoding", Base::Mailbox, |tbs| {
            tbs.time(1).content = b"270229000000Z".to_vec();
        }),
        case("validity_order", Base::Mailbox, |tbs| {
            tbs.time(1).content = b"261119235959Z".to_vec();
        }),
        case("validity_period", Base::Server, |tbs| {
            tbs.time(1).content = b"271231235959Z".to_vec();
        }),
        case("issuer_validity", Base::Mailbox, |tbs| {
            tbs.time(0).content = b"261119235959Z".to_vec();
        }),
        case("issuer_validity", Base::IssuingSmime, |tbs| {
            tbs.time(1).content = b"491231235959Z".to_vec();
        }),
        case("smime_validity", Base::Mailbox, |tbs| {
            tbs.time(1).content = b"290222000000Z".to_vec();
        }),
    ]
}

fn subject() -> Vec<Case> {
    vec![
        case("subject_or_alternative_name", Base::Mailbox, |tbs| {
            tbs.subject().children.clear();
        }),
        case("subject_or_alternative_name", Base::Root, |tbs| {
            tbs.subject().children.clear();
        }),
        case("alternative_name_not_critical", Base::Mailbox, |tbs| {
            tbs.set_critical(ALT_NAME, true);
        }),
        case("attribute_encoding", Base::Organization, |tbs| {
            tbs.attribute(COUNTRY).tag = tag::UTF8_STRING;
        }),
        case("attribute_encoding", Base::Mailbox, |tbs| {
            tbs.attribute(EMAIL).tag = tag::UTF8_STRING;
        }),
        case("attribute_encoding", Base::Mailbox, |tbs| {
            tbs.attribute(COMMON_NAME).tag = tag::TELETEX_STRING;
        }),
        // An at sign is no character of PrintableString.
        case("attribute_encoding", Base::Mailbox, |tbs| {
            tbs.attribute(COMMON_NAME).tag = tag::PRINTABLE_STRING;
        }),
        case("attribute_encoding", Base::Organization, |tbs| {
            tbs.attribute(ORGANIZATION).content = vec![0xff];
        }),
        case("attribute_length", Base::Organization, |tbs| {
            tbs.set_attribute(ORGANIZATION, &"ř".repeat(65));
        }),
        case("attribute_length", Base::Organization, |tbs| {
            tbs.set_attribute(LOCALITY, "");
        }),
        case("attribute_length", Base::Organization, |tbs| {
            tbs.set_attribute(COUNTRY, "CZE");
        }),
        case("attribute_characters", Base::Organization, |tbs| {
            tbs.set_attribute(ORGANIZATION, "Mlýn\u{202e}.o.r.s");
        }),
        case("attribute_characters", Base::Organization, |tbs| {
            tbs.set_attribute(ORGANIZATION, "Mlýn\0");
        }),
        case("one_attribute_a_name", Base::Sponsor, |tbs| {
            let last = tbs.subject().children.pop().unwrap();
            tbs.subject()
                .children
                .last_mut()
                .unwrap()
                .children
                .extend(last.children);
        }),
        case("significant_values", Base::Organization, |tbs| {
            tbs.set_attribute(LOCALITY, " - .");
        }),
        case("country_code", Base::Organization, |tbs| {
            tbs.set_attribute(COUNTRY, "QQ");
        }),
        case("country_code", Base::Root, |tbs| {
            tbs.set_attribute(COUNTRY, "cz");
        }),
        case("smime_single_attributes", Base::Sponsor, |tbs| {
            tbs.add_attribute(GIVEN_NAME, "Hana", false);
        }),
        case("smime_single_attributes", Base::Sponsor, |tbs| {
            tbs.add_attribute(SERIAL_NUMBER, "2", true);
        }),
    ]
}

fn extensions() -> Vec<Case> {
    vec![
        case("extensions_unique", Base::Mailbox, |tbs| {
            let first = tbs.extensions()[0].clone();
            tbs.extensions().push(first);
        }),
        case("extension_syntax", Base::Mailbox, |tbs| {
            tbs.set_extension(PURPOSES, &asn1::null());
        }),
        case("extension_syntax", Base::Mailbox, |tbs| {
            tbs.set_extension(SKI, &[asn1::octet_string(&[1; 20]), asn1::null()].concat());
        }),
        // No bit is set.
        case("extension_syntax", Base::Mailbox, |tbs| {
            tbs.set_extension(KEY_USAGE, &[3, 1, 0]);
        }),
        // Trailing zero bits are written.
        case("extension_syntax", Base::Mailbox, |tbs| {
            tbs.set_extension(KEY_USAGE, &[3, 2, 0, 0x80]);
        }),
        case("extension_syntax", Base::Responder, |tbs| {
            tbs.set_extension(super::NO_CHECK, &[]);
        }),
        // Netscape comment.
        case("extensions_expected", Base::Mailbox, |tbs| {
            tbs.add_extension("2.16.840.1.113730.1.13", &asn1::ia5_string("hello"));
        }),
        // subjectDirectoryAttributes, prohibited by S/MIME BR 7.1.2.3 j.
        case("extensions_expected", Base::Mailbox, |tbs| {
            tbs.add_extension("2.5.29.9", &asn1::sequence(&[]));
        }),
        case("extensions_not_critical", Base::Mailbox, |tbs| {
            tbs.set_critical(AKI, true);
        }),
        case("extensions_not_critical", Base::Mailbox, |tbs| {
            tbs.set_critical(SKI, true);
        }),
        case("extensions_not_critical", Base::Mailbox, |tbs| {
            tbs.set_critical(ACCESS, true);
        }),
        case("extensions_not_critical", Base::Mailbox, |tbs| {
            tbs.set_critical(CRL_POINTS, true);
        }),
        case("extensions_better_not_critical", Base::Mailbox, |tbs| {
            tbs.set_critical(POLICIES, true);
        }),
        case("extensions_better_not_critical", Base::Mailbox, |tbs| {
            tbs.set_critical(PURPOSES, true);
        }),
        case("alternative_names", Base::Mailbox, |tbs| {
            tbs.set_extension(ALT_NAME, &names(&[(1, "Jana <jana@chancery-demo.com>")]));
        }),
        case("alternative_names", Base::Server, |tbs| {
            tbs.set_extension(ALT_NAME, &names(&[(2, "under_score.chancery-demo.com")]));
        }),
        case("alternative_names", Base::Mailbox, |tbs| {
            let twice = (1, "jana.novakova@chancery-demo.com");
            tbs.set_extension(ALT_NAME, &names(&[twice, twice]));
        }),
        // A policy twice (section 4.2.1.4).
        case("extension_syntax", Base::Mailbox, |tbs| {
            tbs.set_extension(POLICIES, &policies(&["2.23.140.1.5.1.2", "1.2.3", "1.2.3"]));
        }),
        case("policy_qualifiers", Base::Mailbox, |tbs| {
            let cps = chancery_x509::extension::PolicyInformation::with_cps(
                chancery_x509::ObjectIdentifier::new_unwrap("2.23.140.1.5.1.2"),
                "http://pki.chancery-demo.com/cps",
            );
            let extension = chancery_x509::extension::certificate_policies(vec![cps]);
            tbs.set_extension(POLICIES, &extension.value);
        }),
        // Limited to reasons.
        case("crl_distribution_point", Base::Mailbox, |tbs| {
            let address = asn1::implicit(6, b"http://pki.chancery-demo.com/crl/smime-1/3.crl");
            let place = asn1::explicit(0, &asn1::explicit(0, &address));
            let point = asn1::sequence(&[&place, &asn1::implicit(1, &[1, 2])]);
            tbs.set_extension(CRL_POINTS, &asn1::sequence(&[&point]));
        }),
        // Relative to the issuer's name.
        case("crl_distribution_point", Base::Mailbox, |tbs| {
            let mut name = tbs.issuer().children[0].clone();
            name.tag = tag::context_constructed(1);
            let point = asn1::sequence(&[&asn1::explicit(0, &name.to_der())]);
            tbs.set_extension(CRL_POINTS, &asn1::sequence(&[&point]));
        }),
    ]
}

fn identifiers() -> Vec<Case> {
    vec![
        case("authority_key_identifier", Base::Mailbox, |tbs| {
            tbs.remove_extension(AKI);
        }),
        case("authority_key_identifier", Base::Mailbox, |tbs| {
            tbs.set_extension(AKI, &asn1::sequence(&[&asn1::implicit(0, &[7; 20])]));
        }),
        case("authority_key_identifier", Base::Root, |tbs| {
            tbs.add_extension(AKI, &asn1::sequence(&[&asn1::implicit(0, &[7; 20])]));
        }),
        case("authority_key_identifier", Base::Mailbox, |tbs| {
            let mut value = Node::parse(&tbs.extension(AKI).children[1].content);
            let name = asn1::explicit(4, &tbs.issuer().to_der());
            value.children.push(Node::parse(&asn1::explicit(1, &name)));
            value.children.push(Node::primitive(tag::context(2), &[9]));
            tbs.set_extension(AKI, &value.to_der());
        }),
        case("subject_key_identifier", Base::Mailbox, |tbs| {
            tbs.remove_extension(SKI);
        }),
        case("subject_key_identifier", Base::Mailbox, |tbs| {
            tbs.set_extension(SKI, &asn1::octet_string(&[7; 20]));
        }),
    ]
}

fn usage() -> Vec<Case> {
    vec![
        case("key_usage_present", Base::Mailbox, |tbs| {
            tbs.remove_extension(KEY_USAGE);
        }),
        case("key_usage_present", Base::Mailbox, |tbs| {
            tbs.set_critical(KEY_USAGE, false);
        }),
        case("key_usage_algorithm", Base::Sponsor, |tbs| {
            tbs.set_extension(KEY_USAGE, &bits(&[0, 2]));
        }),
        case("key_usage_algorithm", Base::SponsorRsa, |tbs| {
            tbs.set_extension(KEY_USAGE, &bits(&[0, 4]));
        }),
        case("key_usage_algorithm", Base::Sponsor, |tbs| {
            tbs.set_extension(KEY_USAGE, &bits(&[0, 7]));
        }),
        // A server that can only commit itself.
        case("key_usage_purposes", Base::Server, |tbs| {
            tbs.set_extension(KEY_USAGE, &bits(&[1]));
        }),
        case("key_cert_sign", Base::Mailbox, |tbs| {
            tbs.set_extension(KEY_USAGE, &bits(&[0, 5]));
        }),
        case("key_cert_sign", Base::IssuingSmime, |tbs| {
            tbs.remove_extension(BASIC_CONSTRAINTS);
        }),
        case("no_any_purpose", Base::IssuingTls, |tbs| {
            tbs.set_extension(PURPOSES, &oids(&[ANY_PURPOSE]));
        }),
        case("no_any_purpose", Base::Mailbox, |tbs| {
            tbs.set_extension(PURPOSES, &oids(&[EMAIL_PROTECTION, EMAIL_PROTECTION]));
        }),
        case("path_length", Base::IssuingSmime, |tbs| {
            tbs.set_extension(KEY_USAGE, &bits(&[6]));
        }),
    ]
}
