//! Rules of RFC 5280 for every certificate.

mod alternative_name_not_critical;
mod alternative_names;
mod attribute_characters;
mod attribute_encoding;
mod attribute_length;
mod authority_key_identifier;
mod crl_distribution_point;
mod extension_syntax;
mod extensions_better_not_critical;
mod extensions_expected;
mod extensions_not_critical;
mod extensions_unique;
mod issuer_may_issue;
mod issuer_name;
mod issuer_purposes;
mod issuer_validity;
mod key_cert_sign;
mod key_usage_algorithm;
mod key_usage_present;
mod key_usage_purposes;
mod no_any_purpose;
mod no_unique_identifiers;
mod one_attribute_a_name;
mod path_length;
mod policy_qualifiers;
mod serial_number;
mod serial_number_size;
mod signature_algorithm;
mod subject_key_identifier;
mod subject_or_alternative_name;
mod validity_encoding;
mod validity_order;
mod validity_period;
mod version_3;

use super::Lint;

pub(super) static LINTS: &[&Lint] = &[
    &version_3::LINT,
    &serial_number::LINT,
    &serial_number_size::LINT,
    &signature_algorithm::LINT,
    &issuer_name::LINT,
    &issuer_may_issue::LINT,
    &issuer_purposes::LINT,
    &issuer_validity::LINT,
    &validity_encoding::LINT,
    &validity_order::LINT,
    &validity_period::LINT,
    &subject_or_alternative_name::LINT,
    &alternative_name_not_critical::LINT,
    &attribute_encoding::LINT,
    &attribute_length::LINT,
    &attribute_characters::LINT,
    &one_attribute_a_name::LINT,
    &no_unique_identifiers::LINT,
    &extensions_unique::LINT,
    &extension_syntax::LINT,
    &extensions_expected::LINT,
    &extensions_not_critical::LINT,
    &extensions_better_not_critical::LINT,
    &authority_key_identifier::LINT,
    &subject_key_identifier::LINT,
    &key_usage_present::LINT,
    &key_usage_algorithm::LINT,
    &key_usage_purposes::LINT,
    &key_cert_sign::LINT,
    &no_any_purpose::LINT,
    &path_length::LINT,
    &alternative_names::LINT,
    &policy_qualifiers::LINT,
    &crl_distribution_point::LINT,
];
