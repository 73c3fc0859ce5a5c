//! E-mail addresses: those that can be mailed to and written into a certificate.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// RFC 5321 section 4.5.3.1.3 leaves 254 octets between the angle brackets.
const MAX_ADDRESS: usize = 254;
/// RFC 5321 section 4.5.3.1.1.
const MAX_LOCAL: usize = 64;

/// A checked address: a dot-atom (RFC 5322 section 3.2.3) of ASCII at a domain name of two labels or more.
///
/// There is no octet in it that could end a header line, so it stands in a header as it is. The domain
/// is kept in its ASCII form (A-labels, RFC 5890); [`EmailAddress::shown`] turns it back for people.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress {
    local: String,
    domain: String,
}

/// Why an address cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EmailError {
    /// Nothing was typed.
    #[error("nothing was typed")]
    Empty,
    /// More than 254 octets, or more than 64 before the at sign.
    #[error("{length} octets, of which {max} are allowed")]
    TooLong {
        /// How long the address or its local part is.
        length: usize,
        /// How long it may be.
        max: usize,
    },
    /// No at sign, or more than one.
    #[error("an address has one @")]
    NoAt,
    /// Nothing before the at sign.
    #[error("nothing stands before the @")]
    NoLocal,
    /// Nothing behind the at sign.
    #[error("nothing stands behind the @")]
    NoDomain,
    /// A character that the part before the at sign cannot have.
    #[error("{character:?} cannot stand before the @")]
    LocalCharacter {
        /// Which.
        character: char,
    },
    /// A dot at the start, at the end or two in a row before the at sign.
    #[error("dots before the @ stand between other characters")]
    LocalDots,
    /// The part behind the at sign is not a domain name of two labels or more.
    #[error("what stands behind the @ is not a domain name")]
    Domain,
}

impl EmailAddress {
    /// The part before the at sign, as typed.
    #[must_use]
    pub fn local(&self) -> &str {
        &self.local
    }

    /// The domain in ASCII, lower case.
    #[must_use]
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// As it is compared: lower case. Hosts may tell cases apart (RFC 5321 section 2.4), none does,
    /// and two accounts that differ in case only would be one mailbox.
    #[must_use]
    pub fn folded(&self) -> String {
        format!("{}@{}", self.local.to_ascii_lowercase(), self.domain)
    }

    /// For people: an internationalised domain in its own script.
    #[must_use]
    pub fn shown(&self) -> String {
        let (domain, answer) = idna::domain_to_unicode(&self.domain);
        let domain = match answer {
            Ok(()) => domain,
            Err(_) => self.domain.clone(),
        };
        format!("{}@{domain}", self.local)
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.local, self.domain)
    }
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EmailAddress({self})")
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.to_string()
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = EmailError;

    fn try_from(text: String) -> Result<Self, EmailError> {
        text.parse()
    }
}

impl FromStr for EmailAddress {
    type Err = EmailError;

    fn from_str(typed: &str) -> Result<Self, EmailError> {
        // Only blanks that a keyboard or a clipboard adds; a line break inside or around is refused below.
        let typed = typed.trim_matches([' ', '\t', '\u{a0}']);
        if typed.is_empty() {
            return Err(EmailError::Empty);
        }
        if typed.len() > MAX_ADDRESS {
            return Err(EmailError::TooLong {
                length: typed.len(),
                max: MAX_ADDRESS,
            });
        }
        let (local, domain) = typed.split_once('@').ok_or(EmailError::NoAt)?;
        if domain.contains('@') {
            return Err(EmailError::NoAt);
        }
        check_local(local)?;
        if domain.is_empty() {
            return Err(EmailError::NoDomain);
        }
        let domain = check_domain(domain)?;
        let address = Self {
            local: local.to_owned(),
            domain,
        };
        let length = address.local.len() + 1 + address.domain.len();
        if length > MAX_ADDRESS {
            return Err(EmailError::TooLong {
                length,
                max: MAX_ADDRESS,
            });
        }
        Ok(address)
    }
}

fn check_local(local: &str) -> Result<(), EmailError> {
    if local.is_empty() {
        return Err(EmailError::NoLocal);
    }
    // RFC 5322 section 3.2.3, atext; quoted strings are legal, used by nobody, and a way to smuggle.
    if let Some(character) = local
        .chars()
        .find(|c| !(c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(*c)))
    {
        return Err(EmailError::LocalCharacter { character });
    }
    if local.starts_with('.') || local.ends_with('.') || local.contains("..") {
        return Err(EmailError::LocalDots);
    }
    if local.len() > MAX_LOCAL {
        return Err(EmailError::TooLong {
            length: local.len(),
            max: MAX_LOCAL,
        });
    }
    Ok(())
}

fn check_domain(domain: &str) -> Result<String, EmailError> {
    let ascii = idna::domain_to_ascii_strict(domain).map_err(|_| EmailError::Domain)?;
    let label_is_sound = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let labels: Vec<&str> = ascii.split('.').collect();
    let top_is_a_name = labels
        .last()
        .is_some_and(|top| top.bytes().any(|b| b.is_ascii_alphabetic()));
    if labels.len() >= 2
        && ascii.len() <= 253
        && top_is_a_name
        && labels.into_iter().all(label_is_sound)
    {
        Ok(ascii)
    } else {
        Err(EmailError::Domain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<String, EmailError> {
        text.parse::<EmailAddress>()
            .map(|address| address.to_string())
    }

    #[test]
    fn addresses_in_use_stand() {
        for (typed, kept) in [
            ("jan.novak@example.cz", "jan.novak@example.cz"),
            (" Jan+chancery@Example.CZ ", "Jan+chancery@example.cz"),
            ("o'brien@mail.example.ie", "o'brien@mail.example.ie"),
            ("info@háčkyčárky.cz", "info@xn--hkyrky-ptac70bc.cz"),
            ("a@b.museum", "a@b.museum"),
        ] {
            assert_eq!(parse(typed).as_deref(), Ok(kept));
        }
    }

    #[test]
    fn an_internationalised_domain_is_shown_in_its_script() {
        let address: EmailAddress = "info@háčkyčárky.cz".parse().unwrap();
        assert_eq!(address.shown(), "info@háčkyčárky.cz");
        assert_eq!(
            "JAN@Example.cz".parse::<EmailAddress>().unwrap().folded(),
            "jan@example.cz"
        );
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (typed, error) in [
            ("", EmailError::Empty),
            ("jan.example.cz", EmailError::NoAt),
            ("jan@novak@example.cz", EmailError::NoAt),
            ("@example.cz", EmailError::NoLocal),
            ("jan@", EmailError::NoDomain),
            ("jan@localhost", EmailError::Domain),
            ("jan@[192.0.2.1]", EmailError::Domain),
            ("jan@192.0.2.1", EmailError::Domain),
            ("jan@exa_mple.cz", EmailError::Domain),
            ("jan@-example.cz", EmailError::Domain),
            ("jan@example..cz", EmailError::Domain),
            ("jan@example.cz.", EmailError::Domain),
            (".jan@example.cz", EmailError::LocalDots),
            ("jan..n@example.cz", EmailError::LocalDots),
            (
                "\"jan n\"@example.cz",
                EmailError::LocalCharacter { character: '"' },
            ),
            (
                "žofie@example.cz",
                EmailError::LocalCharacter { character: 'ž' },
            ),
            (
                "jan novak@example.cz",
                EmailError::LocalCharacter { character: ' ' },
            ),
        ] {
            assert_eq!(parse(typed), Err(error), "{typed}");
        }
        assert_eq!(
            parse(&format!("{}@example.cz", "x".repeat(65))),
            Err(EmailError::TooLong {
                length: 65,
                max: 64
            })
        );
        assert!(matches!(
            parse(&format!("x@{}.cz", "y".repeat(300))),
            Err(EmailError::TooLong { .. })
        ));
    }

    #[test]
    fn no_header_can_be_smuggled_in() {
        for typed in [
            "jan@example.cz\r\nBcc: eve@example.org",
            "jan@example.cz\n",
            "\rjan@example.cz",
            "jan\n@example.cz",
            "jan@example.cz\0",
            "jan@example.cz, eve@example.org",
            "Jan <jan@example.cz>",
            "jan@exam\u{ad}ple.cz\r\n",
        ] {
            assert!(parse(typed).is_err(), "{typed:?}");
        }
    }

    #[test]
    fn what_was_stored_is_checked_again() {
        assert!(serde_json::from_str::<EmailAddress>("\"a@b.cz\"").is_ok());
        assert!(serde_json::from_str::<EmailAddress>("\"a@b.cz\\r\\nX: y\"").is_err());
    }
}
