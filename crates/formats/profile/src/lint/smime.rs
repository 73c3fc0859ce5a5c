//! Rules of the S/MIME Baseline Requirements, section 7.1, for subscribers' certificates.

mod country_code;
mod no_legacy_policy;
mod not_an_authority;
mod significant_values;
mod smime_access_addresses;
mod smime_addresses_repeated;
mod smime_alternative_names;
mod smime_attributes;
mod smime_common_name;
mod smime_crl_address;
mod smime_german_register;
mod smime_issuer_address;
mod smime_key_usage;
mod smime_organization_country;
mod smime_organization_identifier;
mod smime_personal_name;
mod smime_place;
mod smime_policy;
mod smime_public_names;
mod smime_purposes;
mod smime_single_attributes;
mod smime_validity;

use super::Lint;

pub(super) static LINTS: &[&Lint] = &[
    &not_an_authority::LINT,
    &smime_validity::LINT,
    &smime_policy::LINT,
    &no_legacy_policy::LINT,
    &smime_purposes::LINT,
    &smime_key_usage::LINT,
    &smime_crl_address::LINT,
    &smime_access_addresses::LINT,
    &smime_issuer_address::LINT,
    &smime_public_names::LINT,
    &smime_alternative_names::LINT,
    &smime_attributes::LINT,
    &smime_personal_name::LINT,
    &smime_addresses_repeated::LINT,
    &smime_common_name::LINT,
    &smime_single_attributes::LINT,
    &smime_organization_identifier::LINT,
    &smime_organization_country::LINT,
    &smime_german_register::LINT,
    &country_code::LINT,
    &smime_place::LINT,
    &significant_values::LINT,
];
