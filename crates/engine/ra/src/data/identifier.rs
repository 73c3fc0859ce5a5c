//! The registration reference of an organisation, as certificates name it.

use chancery_profile::OrganizationIdentifier;
use chancery_register::numbers::NumberKind;

/// Why a number cannot stand in a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NoIdentifier {
    /// No registration scheme takes such a number.
    Scheme,
    /// The number names another country than the organisation's.
    Country {
        /// The one that it names.
        expected: String,
    },
    /// The number or country breaks the scheme's rules.
    Reference,
}

/// The `organizationIdentifier` of a number (S/MIME BR 7.1.4.2.2 d and appendix A).
pub(crate) fn identifier(
    kind: NumberKind,
    country: &str,
    number: &str,
) -> Result<OrganizationIdentifier, NoIdentifier> {
    let made = match kind {
        NumberKind::CzIco | NumberKind::PlKrs | NumberKind::BgEik | NumberKind::Other => {
            OrganizationIdentifier::trade_register(country, number)
        }
        NumberKind::PlNip => OrganizationIdentifier::vat(country, number),
        NumberKind::Lei => OrganizationIdentifier::lei(number),
        NumberKind::Euid => {
            // The register's country opens the EUID, which stands whole as the reference.
            let of_register = number.get(..2).unwrap_or_default();
            if of_register != country {
                return Err(NoIdentifier::Country {
                    expected: of_register.to_owned(),
                });
            }
            OrganizationIdentifier::trade_register(country, number)
        }
        // A number of the statistical register is in none of the schemes.
        NumberKind::PlRegon => return Err(NoIdentifier::Scheme),
    };
    made.map_err(|_| NoIdentifier::Reference)
}
