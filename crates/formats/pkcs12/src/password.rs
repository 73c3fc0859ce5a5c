//! Passwords in the forms that PKCS#12 wants, and in those that programs use instead.

use thiserror::Error;
use zeroize::Zeroizing;

/// A password, wiped from memory when dropped.
#[derive(Clone)]
pub struct Password(Zeroizing<String>);

/// Why a text is not a password for a new file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PasswordError {
    /// Empty: programs disagree on what an empty password means, and it protects nothing.
    #[error("the password is empty")]
    Empty,
    /// A control character, which no program can type in.
    #[error("the password contains a control character, a line break perhaps")]
    Control,
    /// Over 1,024 octets.
    #[error("the password is longer than 1024 octets")]
    TooLong,
}

impl Password {
    /// A password for a new file.
    pub fn new(text: &str) -> Result<Self, PasswordError> {
        if text.is_empty() {
            return Err(PasswordError::Empty);
        }
        if text.chars().any(char::is_control) {
            return Err(PasswordError::Control);
        }
        Self::existing(text)
    }

    /// The password that a file already has; an empty one is tried in each of the ways that programs write it.
    pub fn existing(text: &str) -> Result<Self, PasswordError> {
        if text.len() > 1_024 {
            return Err(PasswordError::TooLong);
        }
        Ok(Self(Zeroizing::new(text.to_owned())))
    }

    /// UTF-8, for PBES2: what OpenSSL, NSS and Java pass to PBKDF2 (RFC 8018 section 3).
    pub(crate) fn utf8(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(self.0.as_bytes().to_vec())
    }

    /// UTF-16 big-endian with a zero at the end, for the key derivation of RFC 7292 appendix B.1. Characters past the first plane
    /// become surrogate pairs, which strictly a `BMPString` has none of; every program that takes such passwords does so.
    pub(crate) fn bmp(&self) -> Zeroizing<Vec<u8>> {
        terminated(self.0.encode_utf16())
    }

    /// What a derivation of this form may have been given, the right one first.
    pub(crate) fn forms(&self, form: PasswordForm) -> Vec<Zeroizing<Vec<u8>>> {
        let text = self.0.as_str();
        let mut forms = match form {
            PasswordForm::Bmp => vec![self.bmp()],
            // NSS and programs built on it passed the other form for many years.
            PasswordForm::Utf8 => vec![self.utf8(), self.bmp()],
        };
        if text.is_empty() && form == PasswordForm::Bmp {
            // "No password" as OpenSSL and Windows understand it: nothing at all, not even the zero.
            forms.push(Zeroizing::new(Vec::new()));
        }
        if !text.is_ascii() {
            match form {
                // OpenSSL before 1.1: each octet of UTF-8 taken for a character.
                PasswordForm::Bmp => forms.push(terminated(text.bytes().map(u16::from))),
                // Terminals set to Latin-1.
                PasswordForm::Utf8 => forms.extend(latin1(text)),
            }
        }
        forms
    }
}

/// Which form of the password a derivation takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PasswordForm {
    Bmp,
    Utf8,
}

fn terminated(units: impl Iterator<Item = u16>) -> Zeroizing<Vec<u8>> {
    // Room for the longest password, lest growing leaves copies behind.
    let mut out = Zeroizing::new(Vec::with_capacity(2_050));
    for unit in units {
        out.extend_from_slice(&unit.to_be_bytes());
    }
    out.extend_from_slice(&[0, 0]);
    out
}

fn latin1(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let mut out = Zeroizing::new(Vec::with_capacity(text.len()));
    for character in text.chars() {
        out.push(u8::try_from(u32::from(character)).ok()?);
    }
    Some(out)
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_as_the_standard_has_them() {
        let password = Password::new("Beží€").unwrap();
        assert_eq!(&**password.utf8(), "Beží€".as_bytes());
        assert_eq!(
            &**password.bmp(),
            [0, b'B', 0, b'e', 0x01, 0x7e, 0, 0xed, 0x20, 0xac, 0, 0]
        );
        // U+1F511 as a surrogate pair.
        let password = Password::new("🔑").unwrap();
        assert_eq!(&**password.bmp(), [0xd8, 0x3d, 0xdd, 0x11, 0, 0]);
    }

    #[test]
    fn deviations_come_after_the_standard() {
        let forms = |text: &str, form| {
            let forms = Password::existing(text).unwrap().forms(form);
            forms.iter().map(|form| form.to_vec()).collect::<Vec<_>>()
        };
        assert_eq!(forms("a", PasswordForm::Bmp), [[0, b'a', 0, 0]]);
        assert_eq!(
            forms("é", PasswordForm::Bmp),
            [vec![0, 0xe9, 0, 0], vec![0, 0xc3, 0, 0xa9, 0, 0]]
        );
        assert_eq!(
            forms("é", PasswordForm::Utf8),
            [vec![0xc3, 0xa9], vec![0, 0xe9, 0, 0], vec![0xe9]]
        );
        assert_eq!(forms("", PasswordForm::Bmp), [vec![0, 0], vec![]]);
        assert_eq!(forms("", PasswordForm::Utf8), [vec![], vec![0, 0]]);
        assert_eq!(forms("ž", PasswordForm::Utf8).len(), 2);
    }

    #[test]
    fn passwords_that_cannot_be_typed_are_refused_and_none_is_shown() {
        assert_eq!(Password::new("").unwrap_err(), PasswordError::Empty);
        assert_eq!(Password::new("a\n").unwrap_err(), PasswordError::Control);
        assert_eq!(
            Password::new(&"x".repeat(1_025)).unwrap_err(),
            PasswordError::TooLong
        );
        let shown = format!("{:?}", Password::new("hush").unwrap());
        assert!(!shown.contains("hush"));
    }
}
