//! Passwords in the two forms that PKCS#12 wants.

use thiserror::Error;
use zeroize::Zeroizing;

/// A password, wiped from memory when dropped.
pub struct Password(Zeroizing<String>);

/// Why a text is not a password for a file.
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
    /// A password.
    pub fn new(text: &str) -> Result<Self, PasswordError> {
        if text.is_empty() {
            return Err(PasswordError::Empty);
        }
        if text.len() > 1_024 {
            return Err(PasswordError::TooLong);
        }
        if text.chars().any(char::is_control) {
            return Err(PasswordError::Control);
        }
        Ok(Self(Zeroizing::new(text.to_owned())))
    }

    /// UTF-8, for PBES2: what OpenSSL, NSS and Java pass to PBKDF2 (RFC 8018 section 3).
    pub(crate) fn utf8(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(self.0.as_bytes().to_vec())
    }

    /// UTF-16 big-endian with a zero at the end, for the key derivation of RFC 7292 appendix B.1.
    pub(crate) fn bmp(&self) -> Zeroizing<Vec<u8>> {
        let mut out = Zeroizing::new(Vec::with_capacity(self.0.len() * 2 + 2));
        for unit in self.0.encode_utf16() {
            out.extend_from_slice(&unit.to_be_bytes());
        }
        out.extend_from_slice(&[0, 0]);
        out
    }
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
