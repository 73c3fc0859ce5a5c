//! Derivations that PKCS#12 asks for: by `WebCrypto` where it can, here where it cannot.

use chancery_pkcs12::{self as pkcs12, Kdf, Password};
use zeroize::Zeroizing;

use crate::Refusal;
use crate::message::Parts;
use crate::provider::CRYPTO;
use crate::step::{Hash, Need, part};

/// Whose password a file has.
pub(crate) enum Secret {
    /// This one.
    Text(Password),
    /// The store's, which the worker alone has, as a key that nobody reads.
    Store,
}

impl Secret {
    /// The password in a request; UTF-8, and nothing where it is the store's.
    pub fn read(
        octets: &[u8],
        of_store: bool,
        password: fn(&str) -> Result<Password, pkcs12::PasswordError>,
    ) -> Result<Self, Refusal> {
        match (of_store, octets) {
            (true, []) => Ok(Self::Store),
            (true, _) => Err(Refusal::Protocol),
            (false, octets) => {
                let text = std::str::from_utf8(octets).map_err(|_| Refusal::Protocol)?;
                Ok(Self::Text(password(text)?))
            }
        }
    }

    pub const fn is_of_store(&self) -> bool {
        matches!(self, Self::Store)
    }

    /// What `pkcs12` is given. In the place of the store's password stands a word that is never derived from.
    pub fn password(self) -> Result<Password, Refusal> {
        match self {
            Self::Text(password) => Ok(password),
            Self::Store => Ok(Password::new("-")?),
        }
    }
}

/// How far a PKCS#12 file has come.
pub(crate) enum Progress<T> {
    /// `WebCrypto` derives this.
    Need(Need, Parts),
    /// It is there.
    Done(T),
}

/// Goes on until something is needed of outside.
pub(crate) fn drive<T, E>(
    mut step: pkcs12::Step<T>,
    of_store: bool,
    mut resume: impl FnMut(Zeroizing<Vec<u8>>) -> Result<pkcs12::Step<T>, E>,
) -> Result<Progress<T>, Refusal>
where
    Refusal: From<E>,
{
    loop {
        let need = match step {
            pkcs12::Step::Done(done) => return Ok(Progress::Done(done)),
            pkcs12::Step::Need(need) => need,
        };
        if let pkcs12::Need::Derive(derivation) = &need {
            if let Kdf::Pbkdf2 { prf, rounds } = derivation.kdf
                && let Some(hash) = Hash::of(prf)
            {
                let need = Need::Derive {
                    hash,
                    rounds,
                    octets: derivation.octets,
                    of_store,
                };
                let password = if of_store {
                    Zeroizing::default()
                } else {
                    derivation.password.clone()
                };
                return Ok(Progress::Need(
                    need,
                    vec![password, part(derivation.salt.clone())],
                ));
            }
            if of_store {
                // The store's own files have PBKDF2 and nothing else.
                return Err(Refusal::Altered);
            }
        }
        let result = need
            .fulfil(&CRYPTO)
            .map_err(|error| Refusal::damaged(&error))?;
        step = resume(result)?;
    }
}
