//! The `organizationIdentifier` attribute (X.520, 2.5.4.97): which register knows the organisation under which number.
//!
//! S/MIME BR 7.1.4.2.2 d and appendix A:
//! ```text
//! national     scheme(3) country(2)                  "-" reference     NTRCZ-12345678
//! subdivision  scheme(3) country(2) "+" subdivision  "-" reference     NTRUS+CA-12345678
//! government   "GOV" country(2) ["+" subdivision]                      GOVCZ
//! world        "LEIXG-" LEI(20), "INTXG"                               LEIXG-5493001KJTIIGC8Y1R12
//! ```

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::country;

/// The registration schemes of S/MIME BR appendix A for organisations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// National trade register.
    Ntr,
    /// Value added tax number.
    Vat,
    /// Payment service provider, authorised under the PSD.
    Psd,
    /// Legal Entity Identifier, ISO 17442.
    Lei,
    /// Government entity without another number.
    Gov,
    /// International organisation without another number.
    Int,
}

/// A registration reference of an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OrganizationIdentifier {
    scheme: Scheme,
    country: String,
    subdivision: Option<String>,
    reference: Option<String>,
}

/// Why a text is no organisation identifier.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum IdentifierError {
    /// The three characters of the scheme are none of appendix A.
    #[error("\"{found}\" is no registration scheme; allowed: NTR, VAT, PSD, LEI, GOV, INT")]
    Scheme {
        /// What stands there.
        found: String,
    },
    /// The country is none of ISO 3166-1, or not the one of the scheme.
    #[error("\"{found}\" is no country for scheme {scheme}; expected: {expected}")]
    Country {
        /// The scheme.
        scheme: Scheme,
        /// What stands there.
        found: String,
        /// What may stand there.
        expected: &'static str,
    },
    /// A subdivision where the scheme has none, or one that is not one to three letters or digits.
    #[error(
        "\"{found}\" is no subdivision for scheme {scheme}: one to three letters or digits for NTR and GOV, none for others"
    )]
    Subdivision {
        /// The scheme.
        scheme: Scheme,
        /// What stands there.
        found: String,
    },
    /// No reference where the scheme has one.
    #[error("scheme {scheme} needs a reference after the hyphen")]
    NoReference {
        /// The scheme.
        scheme: Scheme,
    },
    /// A reference where the scheme has none.
    #[error("scheme {scheme} has no reference")]
    UnexpectedReference {
        /// The scheme.
        scheme: Scheme,
    },
    /// A reference with a character that no register uses.
    #[error("the reference holds {character:?}, which no registration number has")]
    ReferenceCharacter {
        /// The character.
        character: char,
    },
    /// Not twenty characters, or the check digits are wrong.
    #[error("\"{found}\" is no LEI: 20 letters and digits with right check digits (ISO 17442)")]
    Lei {
        /// What stands there.
        found: String,
    },
}

impl Scheme {
    const ALL: [Self; 6] = [
        Self::Ntr,
        Self::Vat,
        Self::Psd,
        Self::Lei,
        Self::Gov,
        Self::Int,
    ];

    /// The three characters that stand in the identifier.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ntr => "NTR",
            Self::Vat => "VAT",
            Self::Psd => "PSD",
            Self::Lei => "LEI",
            Self::Gov => "GOV",
            Self::Int => "INT",
        }
    }

    /// Whether a country stands there; the two others are of the whole world, "XG".
    const fn is_national(self) -> bool {
        !matches!(self, Self::Lei | Self::Int)
    }

    fn check_country(self, code: &str) -> Result<(), IdentifierError> {
        let (right, expected) = match self {
            Self::Lei | Self::Int => (code == "XG", "XG"),
            // Article 215 of Directive 2006/112/EC writes Greece EL; XI is Northern Ireland since 2021.
            Self::Vat => (
                country::is_assigned(code) || code == "EL" || code == "XI",
                "a code of ISO 3166-1, EL or XI",
            ),
            Self::Ntr | Self::Psd | Self::Gov => (
                country::is_assigned(code),
                "a code of ISO 3166-1, in capitals",
            ),
        };
        if right {
            return Ok(());
        }
        Err(IdentifierError::Country {
            scheme: self,
            found: code.to_owned(),
            expected,
        })
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl OrganizationIdentifier {
    /// An identifier from its parts; `country` is "XG" for [`Scheme::Lei`] and [`Scheme::Int`].
    pub fn new(
        scheme: Scheme,
        country: &str,
        subdivision: Option<&str>,
        reference: Option<&str>,
    ) -> Result<Self, IdentifierError> {
        scheme.check_country(country)?;
        if let Some(found) = subdivision {
            let fits = (1..=3).contains(&found.len())
                && found.bytes().all(|octet| octet.is_ascii_alphanumeric());
            if !fits || !matches!(scheme, Scheme::Ntr | Scheme::Gov) {
                return Err(IdentifierError::Subdivision {
                    scheme,
                    found: found.to_owned(),
                });
            }
        }
        match (scheme, reference) {
            (Scheme::Gov | Scheme::Int, Some(_)) => {
                return Err(IdentifierError::UnexpectedReference { scheme });
            }
            (Scheme::Gov | Scheme::Int, None) => {}
            (_, None | Some("")) => return Err(IdentifierError::NoReference { scheme }),
            (Scheme::Lei, Some(lei)) if !is_lei(lei) => {
                return Err(IdentifierError::Lei {
                    found: lei.to_owned(),
                });
            }
            (_, Some(text)) => {
                if let Some(character) = text
                    .chars()
                    .find(|c| c.is_control() || c.is_whitespace() && *c != ' ')
                {
                    return Err(IdentifierError::ReferenceCharacter { character });
                }
            }
        }
        Ok(Self {
            scheme,
            country: country.to_owned(),
            subdivision: subdivision.map(str::to_owned),
            reference: reference.map(str::to_owned),
        })
    }

    /// A number in the national trade register, for instance the Czech IČO.
    pub fn trade_register(country: &str, number: &str) -> Result<Self, IdentifierError> {
        Self::new(Scheme::Ntr, country, None, Some(number))
    }

    /// A value added tax number without the country's prefix, for instance the Polish NIP.
    pub fn vat(country: &str, number: &str) -> Result<Self, IdentifierError> {
        Self::new(Scheme::Vat, country, None, Some(number))
    }

    /// A Legal Entity Identifier.
    pub fn lei(lei: &str) -> Result<Self, IdentifierError> {
        Self::new(Scheme::Lei, "XG", None, Some(lei))
    }

    /// The scheme.
    #[must_use]
    pub const fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// The reference, where the scheme has one.
    #[must_use]
    pub fn reference(&self) -> Option<&str> {
        self.reference.as_deref()
    }

    /// The country code that `countryName` must have where it is present; `None` for the schemes of the whole world
    /// (S/MIME BR 7.1.4.2.2 d, note 1).
    #[must_use]
    pub fn country_name(&self) -> Option<&str> {
        match (self.scheme, self.country.as_str()) {
            (scheme, _) if !scheme.is_national() => None,
            (Scheme::Vat, "EL") => Some("GR"),
            (Scheme::Vat, "XI") => Some("GB"),
            (_, country) => Some(country),
        }
    }
}

impl fmt::Display for OrganizationIdentifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.scheme, self.country)?;
        if let Some(subdivision) = &self.subdivision {
            write!(f, "+{subdivision}")?;
        }
        if let Some(reference) = &self.reference {
            write!(f, "-{reference}")?;
        }
        Ok(())
    }
}

impl FromStr for OrganizationIdentifier {
    type Err = IdentifierError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // The leftmost hyphen is the separator; those after it belong to the reference.
        let (head, reference) = match text.split_once('-') {
            Some((head, reference)) => (head, Some(reference)),
            None => (text, None),
        };
        let (head, subdivision) = match head.split_once('+') {
            Some((head, subdivision)) => (head, Some(subdivision)),
            None => (head, None),
        };
        let code = head.get(..3).unwrap_or(head);
        let scheme = Scheme::ALL
            .into_iter()
            .find(|scheme| scheme.code() == code)
            .ok_or_else(|| IdentifierError::Scheme {
                found: code.to_owned(),
            })?;
        Self::new(
            scheme,
            head.get(3..).unwrap_or_default(),
            subdivision,
            reference,
        )
    }
}

/// ISO 17442: twenty capitals and digits, the last two of them check digits by ISO 7064 MOD 97-10.
fn is_lei(text: &str) -> bool {
    text.len() == 20
        && text
            .bytes()
            .all(|octet| octet.is_ascii_digit() || octet.is_ascii_uppercase())
        && text
            .bytes()
            .rev()
            .take(2)
            .all(|octet| octet.is_ascii_digit())
        && text
            .chars()
            .filter_map(|c| c.to_digit(36))
            .fold(0, |remainder, digit| {
                let shifted = if digit < 10 {
                    remainder * 10
                } else {
                    remainder * 100
                };
                (shifted + digit) % 97
            })
            == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_requirements_are_read_and_written_back() {
        for (text, country) in [
            ("NTRCZ-12345678", Some("CZ")),
            ("NTRUS+CA-12345678", Some("US")),
            ("PSDBE-NBB-1234.567.890", Some("BE")),
            ("VATEL-123456789", Some("GR")),
            ("VATPL-5260250995", Some("PL")),
            ("NTRDE-DER3306.HRB12345", Some("DE")),
            ("GOVUS", Some("US")),
            ("GOVUS+CA", Some("US")),
            ("INTXG", None),
            ("LEIXG-5493001KJTIIGC8Y1R12", None),
        ] {
            let identifier: OrganizationIdentifier = text.parse().unwrap();
            assert_eq!(identifier.to_string(), text);
            assert_eq!(identifier.country_name(), country, "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_named() {
        let refused = |text: &str| {
            text.parse::<OrganizationIdentifier>()
                .unwrap_err()
                .to_string()
        };
        assert!(refused("ABCCZ-1").contains("\"ABC\" is no registration scheme"));
        assert!(refused("").contains("\"\" is no registration scheme"));
        assert!(refused("NTRcz-1").contains("\"cz\" is no country for scheme NTR"));
        assert!(refused("NTRQQ-1").contains("\"QQ\""));
        assert!(refused("NTRCZ").contains("needs a reference"));
        assert!(refused("NTRCZ-").contains("needs a reference"));
        assert!(refused("VATUS+CA-1").contains("no subdivision for scheme VAT"));
        assert!(refused("NTRUS+CALI-1").contains("\"CALI\""));
        assert!(refused("GOVUS-1").contains("has no reference"));
        assert!(refused("LEIUS-5493001KJTIIGC8Y1R12").contains("expected: XG"));
        assert!(refused("LEIXG-5493001KJTIIGC8Y1R13").contains("is no LEI"));
        assert!(refused("LEIXG-5493001KJTIIGC8Y1R1").contains("is no LEI"));
        assert!(refused("NTRCZ-12\n34").contains("'\\n'"));
    }
}
