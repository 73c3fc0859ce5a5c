//! Attribute types of names.

use std::fmt;

use const_oid::ObjectIdentifier;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $oid:literal, $short:literal, $long:literal;)*) => {
        /// The type of a name's attribute.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum AttributeKind {
            $($(#[$doc])* $name,)*
            /// Another, by object identifier.
            Other(ObjectIdentifier),
        }

        impl AttributeKind {
            /// All known kinds.
            pub const KNOWN: &[Self] = &[$(Self::$name,)*];

            /// Its object identifier.
            #[must_use]
            pub const fn oid(self) -> ObjectIdentifier {
                match self {
                    $(Self::$name => const { ObjectIdentifier::new_unwrap($oid) },)*
                    Self::Other(oid) => oid,
                }
            }

            /// The short label: `CN`, `OU`; none for kinds known only by object identifier.
            #[must_use]
            pub const fn short_name(self) -> Option<&'static str> {
                match self {
                    $(Self::$name => Some($short),)*
                    Self::Other(_) => None,
                }
            }

            /// The field id of a subject's attribute in [`crate::view`].
            pub(crate) const fn subject_id(self) -> &'static str {
                match self {
                    $(Self::$name => concat!("subject.", $long),)*
                    Self::Other(_) => "subject.other",
                }
            }

            /// The field id of an issuer's attribute in [`crate::view`].
            pub(crate) const fn issuer_id(self) -> &'static str {
                match self {
                    $(Self::$name => concat!("issuer.", $long),)*
                    Self::Other(_) => "issuer.other",
                }
            }

            /// The standard's name, `commonName`; none for kinds known only by object identifier.
            #[must_use]
            pub const fn long_name(self) -> Option<&'static str> {
                match self {
                    $(Self::$name => Some($long),)*
                    Self::Other(_) => None,
                }
            }
        }
    };
}

kinds! {
    /// commonName.
    CommonName = "2.5.4.3", "CN", "commonName";
    /// surname.
    Surname = "2.5.4.4", "SN", "surname";
    /// serialNumber of the subject, not of the certificate.
    SerialNumber = "2.5.4.5", "serialNumber", "serialNumber";
    /// countryName.
    CountryName = "2.5.4.6", "C", "countryName";
    /// localityName.
    LocalityName = "2.5.4.7", "L", "localityName";
    /// stateOrProvinceName.
    StateOrProvinceName = "2.5.4.8", "ST", "stateOrProvinceName";
    /// streetAddress.
    StreetAddress = "2.5.4.9", "STREET", "streetAddress";
    /// organizationName.
    OrganizationName = "2.5.4.10", "O", "organizationName";
    /// organizationalUnitName.
    OrganizationalUnitName = "2.5.4.11", "OU", "organizationalUnitName";
    /// title.
    Title = "2.5.4.12", "title", "title";
    /// description.
    Description = "2.5.4.13", "description", "description";
    /// businessCategory.
    BusinessCategory = "2.5.4.15", "businessCategory", "businessCategory";
    /// postalCode.
    PostalCode = "2.5.4.17", "postalCode", "postalCode";
    /// telephoneNumber.
    TelephoneNumber = "2.5.4.20", "telephoneNumber", "telephoneNumber";
    /// name.
    Name = "2.5.4.41", "name", "name";
    /// givenName.
    GivenName = "2.5.4.42", "GN", "givenName";
    /// initials.
    Initials = "2.5.4.43", "initials", "initials";
    /// generationQualifier.
    GenerationQualifier = "2.5.4.44", "generationQualifier", "generationQualifier";
    /// dnQualifier.
    DnQualifier = "2.5.4.46", "dnQualifier", "dnQualifier";
    /// pseudonym.
    Pseudonym = "2.5.4.65", "pseudonym", "pseudonym";
    /// organizationIdentifier (ETSI EN 319 412-1 section 5.1.4).
    OrganizationIdentifier = "2.5.4.97", "organizationIdentifier", "organizationIdentifier";
    /// userId.
    UserId = "0.9.2342.19200300.100.1.1", "UID", "userId";
    /// domainComponent.
    DomainComponent = "0.9.2342.19200300.100.1.25", "DC", "domainComponent";
    /// emailAddress (RFC 2985); addresses belong into subjectAltName, many clients show this one.
    EmailAddress = "1.2.840.113549.1.9.1", "emailAddress", "emailAddress";
    /// unstructuredName (RFC 2985).
    UnstructuredName = "1.2.840.113549.1.9.2", "unstructuredName", "unstructuredName";
    /// jurisdictionLocalityName (EV Guidelines).
    JurisdictionLocalityName = "1.3.6.1.4.1.311.60.2.1.1", "jurisdictionL", "jurisdictionLocalityName";
    /// jurisdictionStateOrProvinceName (EV Guidelines).
    JurisdictionStateOrProvinceName = "1.3.6.1.4.1.311.60.2.1.2", "jurisdictionST", "jurisdictionStateOrProvinceName";
    /// jurisdictionCountryName (EV Guidelines).
    JurisdictionCountryName = "1.3.6.1.4.1.311.60.2.1.3", "jurisdictionC", "jurisdictionCountryName";
}

impl AttributeKind {
    /// By object identifier.
    #[must_use]
    pub fn from_oid(oid: ObjectIdentifier) -> Self {
        Self::KNOWN
            .iter()
            .copied()
            .find(|kind| kind.oid() == oid)
            .unwrap_or(Self::Other(oid))
    }

    /// By label: a short or long name of either case, `E` and `email` for emailAddress, `S` for stateOrProvinceName, `T` for title,
    /// `G` for givenName, or an object identifier in dotted form, with or without `OID.` before it.
    #[must_use]
    pub fn from_label(label: &str) -> Option<Self> {
        let is = |name: &str| name.eq_ignore_ascii_case(label);
        let known = Self::KNOWN
            .iter()
            .copied()
            .find(|kind| kind.short_name().is_some_and(is) || kind.long_name().is_some_and(is));
        if known.is_some() {
            return known;
        }
        match label.to_ascii_uppercase().as_str() {
            "E" | "EMAIL" => Some(Self::EmailAddress),
            "S" | "SP" => Some(Self::StateOrProvinceName),
            "T" => Some(Self::Title),
            "G" => Some(Self::GivenName),
            upper => {
                let dotted = upper.strip_prefix("OID.").unwrap_or(upper);
                dotted.parse().ok().map(Self::from_oid)
            }
        }
    }
}

impl fmt::Display for AttributeKind {
    /// The short name, or the object identifier in dotted form.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.short_name(), self) {
            (Some(name), _) => f.write_str(name),
            (None, Self::Other(oid)) => write!(f, "{oid}"),
            (None, _) => Ok(()),
        }
    }
}
