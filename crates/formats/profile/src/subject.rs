//! What is known of a subject when a certificate is prepared.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::SubjectAttribute;

fn one(value: Option<&String>) -> Vec<&str> {
    value.map(String::as_str).into_iter().collect()
}

/// The verified data of a subject. The profile decides which of them enter the certificate and in which order;
/// data that the profile has no place for are a refusal, never left out silently.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SubjectData {
    /// The common name; `None` leaves the attribute out where the profile lets it be left out.
    pub common_name: Option<String>,
    /// Given name or names of a natural person.
    pub given_name: Option<String>,
    /// Surname of a natural person; a person with a single legal name has it here.
    pub surname: Option<String>,
    /// Full legal name of the organisation.
    pub organization: Option<String>,
    /// Registration reference, see [`crate::OrganizationIdentifier`], for instance `NTRCZ-12345678`.
    pub organization_identifier: Option<String>,
    /// Organisational units, in order.
    pub organizational_units: Vec<String>,
    /// Two-letter code of ISO 3166-1, in capitals.
    pub country: Option<String>,
    /// State or province.
    pub state: Option<String>,
    /// Town or other locality.
    pub locality: Option<String>,
    /// Street and number.
    pub street: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// Identifier that tells the subject apart from namesakes (`serialNumber`, 2.5.4.5).
    pub serial_number: Option<String>,
    /// E-mail addresses; all stand in the subject alternative name.
    pub emails: Vec<String>,
    /// Whether the first e-mail address also stands in the distinguished name (`emailAddress`), for old software.
    pub email_in_subject: bool,
    /// Host names, for servers.
    pub dns_names: Vec<String>,
    /// Addresses, for servers.
    pub ip_addresses: Vec<IpAddr>,
}

impl SubjectData {
    /// The values for one attribute of the distinguished name, in order.
    #[must_use]
    pub fn values(&self, attribute: SubjectAttribute) -> Vec<&str> {
        match attribute {
            SubjectAttribute::CommonName => one(self.common_name.as_ref()),
            SubjectAttribute::Surname => one(self.surname.as_ref()),
            SubjectAttribute::SerialNumber => one(self.serial_number.as_ref()),
            SubjectAttribute::CountryName => one(self.country.as_ref()),
            SubjectAttribute::LocalityName => one(self.locality.as_ref()),
            SubjectAttribute::StateOrProvinceName => one(self.state.as_ref()),
            SubjectAttribute::StreetAddress => one(self.street.as_ref()),
            SubjectAttribute::OrganizationName => one(self.organization.as_ref()),
            SubjectAttribute::PostalCode => one(self.postal_code.as_ref()),
            SubjectAttribute::GivenName => one(self.given_name.as_ref()),
            SubjectAttribute::OrganizationIdentifier => one(self.organization_identifier.as_ref()),
            SubjectAttribute::OrganizationalUnitName => self
                .organizational_units
                .iter()
                .map(String::as_str)
                .collect(),
            // A single mailbox address (S/MIME BR 7.1.4.2.2 h); the others stand in the alternative name only.
            SubjectAttribute::EmailAddress if self.email_in_subject => self
                .emails
                .first()
                .map(String::as_str)
                .into_iter()
                .collect(),
            SubjectAttribute::EmailAddress => Vec::new(),
        }
    }

    /// Given name and surname as they are usually written, where there is at least one of them.
    #[must_use]
    pub fn personal_name(&self) -> Option<String> {
        let parts: Vec<&str> = self
            .given_name
            .iter()
            .chain(&self.surname)
            .map(String::as_str)
            .collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    }
}
