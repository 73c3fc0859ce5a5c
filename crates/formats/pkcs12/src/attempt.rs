//! Something locked by the password, tried with each form of it in turn.

use chancery_x509::Crypto;
use chancery_x509::crypto::CipherError;
use zeroize::Zeroizing;

use crate::budget::Budget;
use crate::error::OpenError;
use crate::mac::MacData;
use crate::need::Derivation;
use crate::password::{Password, PasswordForm};
use crate::scheme::Scheme;

/// What is locked.
pub(crate) enum Locked {
    /// A value that a derived key must give for this content.
    Mac(MacData),
    /// Cipher text, and how to tell its plain text from noise.
    Cipher {
        scheme: Scheme,
        cipher_text: Vec<u8>,
        plausible: fn(&[u8]) -> Option<Zeroizing<Vec<u8>>>,
    },
}

/// Which form of the password was right before, so that it is tried first next time.
#[derive(Clone, Copy, Default)]
pub(crate) struct Preference {
    bmp: usize,
    utf8: usize,
}

impl Preference {
    fn of(&mut self, form: PasswordForm) -> &mut usize {
        match form {
            PasswordForm::Bmp => &mut self.bmp,
            PasswordForm::Utf8 => &mut self.utf8,
        }
    }
}

/// How far a try has come.
pub(crate) enum Progress {
    /// This must be derived first.
    Derive(Derivation),
    /// It opened. The plain text, for a cipher.
    Opened(Zeroizing<Vec<u8>>),
    /// No form of the password opens it.
    Failed,
}

/// The tries at one locked thing.
pub(crate) struct Attempt {
    locked: Locked,
    form: PasswordForm,
    /// The forms of the password that are left, the next one last, with their numbers.
    left: Vec<(usize, Zeroizing<Vec<u8>>)>,
    number: usize,
    wanted: Vec<Derivation>,
    derived: Vec<Zeroizing<Vec<u8>>>,
}

impl Attempt {
    pub fn new(locked: Locked, password: &Password, preference: &mut Preference) -> Self {
        let form = match &locked {
            Locked::Mac(mac) => mac.scheme.form(),
            Locked::Cipher { scheme, .. } => scheme.form(),
        };
        let preferred = *preference.of(form);
        let mut left: Vec<_> = password.forms(form).into_iter().enumerate().collect();
        left.sort_by_key(|(number, _)| (*number != preferred, *number));
        left.reverse();
        Self {
            locked,
            form,
            left,
            number: 0,
            wanted: Vec::new(),
            derived: Vec::new(),
        }
    }

    /// Takes the result of the last derivation.
    pub fn take(&mut self, result: Zeroizing<Vec<u8>>) -> Result<(), OpenError> {
        match self.wanted.get(self.derived.len()) {
            None => Err(OpenError::AlreadyDone),
            Some(derivation) if derivation.octets == result.len() => {
                self.derived.push(result);
                Ok(())
            }
            Some(_) => Err(OpenError::ResultLength {
                octets: result.len(),
            }),
        }
    }

    /// Goes on as far as it can without a derivation. `content` is what a MAC is taken over.
    pub fn advance(
        &mut self,
        crypto: &dyn Crypto,
        content: &[u8],
        budget: &mut Budget,
        preference: &mut Preference,
    ) -> Result<Progress, OpenError> {
        loop {
            if let Some(next) = self.wanted.get(self.derived.len()) {
                budget.derive(next)?;
                return Ok(Progress::Derive(next.clone()));
            }
            if !self.derived.is_empty()
                && let Some(plain) = self.open(crypto, content)?
            {
                *preference.of(self.form) = self.number;
                return Ok(Progress::Opened(plain));
            }
            let Some((number, password)) = self.left.pop() else {
                return Ok(Progress::Failed);
            };
            self.number = number;
            self.derived.clear();
            self.wanted = match &self.locked {
                Locked::Mac(mac) => vec![mac.scheme.derivation(&password)],
                Locked::Cipher { scheme, .. } => scheme.derivations(&password),
            };
        }
    }

    /// Tries what has been derived.
    fn open(
        &self,
        crypto: &dyn Crypto,
        content: &[u8],
    ) -> Result<Option<Zeroizing<Vec<u8>>>, OpenError> {
        match &self.locked {
            Locked::Mac(mac) => {
                let key = self.derived.first().map(|key| key.as_slice());
                let right = mac.verify(crypto, key.unwrap_or_default(), content);
                Ok(right.then(Zeroizing::default))
            }
            Locked::Cipher {
                scheme,
                cipher_text,
                plausible,
            } => match scheme.decrypt(crypto, &self.derived, cipher_text) {
                Ok(plain) => Ok(plausible(&plain)),
                Err(error @ (CipherError::Unsupported(_) | CipherError::KeyLength { .. })) => {
                    Err(OpenError::Cipher(error))
                }
                Err(_) => Ok(None),
            },
        }
    }
}
