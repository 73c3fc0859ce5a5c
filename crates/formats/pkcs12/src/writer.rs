//! Writing a file, step by step.

mod bags;
mod encrypted_key;
mod structure;

use std::collections::BTreeSet;

use chancery_x509::crypto::CipherError;
use chancery_x509::{Certificate, Crypto, asn1};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::mac::MacScheme;
use crate::need::{Derivation, Need, PrimitiveError, Primitives, Step};
use crate::password::{Password, PasswordForm};
use crate::profile::Profile;
use crate::scheme::Scheme;
use bags::Tie;

pub use encrypted_key::{KeyWriter, write_key};

/// What goes into a file.
pub struct Contents {
    /// Private keys, each with its certificate; none for a file of certificates.
    pub identities: Vec<Identity>,
    /// The authorities' certificates above, in any order; the root may be left out. Those of the identities are left out here.
    pub authorities: Vec<Certificate>,
}

/// A private key with its certificate.
pub struct Identity {
    /// The private key, DER `PrivateKeyInfo` (PKCS#8). That it belongs to the certificate is for the caller to see to.
    pub private_key: Zeroizing<Vec<u8>>,
    /// Its certificate.
    pub certificate: Certificate,
    /// The name under which programs list key and certificate.
    pub friendly_name: Option<String>,
}

impl Contents {
    /// How many random octets [`Writer::start`] takes to write this.
    #[must_use]
    pub fn randomness(&self, profile: Profile) -> usize {
        let (salt, iv) = profile.scheme_randomness();
        let parts = self.identities.len().saturating_add(1);
        let schemes = parts.saturating_mul(salt.saturating_add(iv));
        schemes.saturating_add(profile.mac_randomness())
    }
}

/// Why a file was not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum WriteError {
    /// Neither key nor certificate.
    #[error("there is nothing to write")]
    Empty,
    /// Not as many random octets as [`Contents::randomness`] says.
    #[error("{octets} random octets were given, {wanted} are needed")]
    Randomness {
        /// How many were given.
        octets: usize,
        /// How many are needed.
        wanted: usize,
    },
    /// A result of a length that was not asked for.
    #[error("a key derivation gave {octets} octets, which is not what was asked for")]
    ResultLength {
        /// Its length.
        octets: usize,
    },
    /// A result that was not asked for: the file is done.
    #[error("the file is already written")]
    AlreadyDone,
    /// The cipher failed.
    #[error("the file could not be encrypted")]
    Cipher(#[from] CipherError),
    /// The cryptography at hand failed.
    #[error("the file could not be encrypted")]
    Primitive(#[from] PrimitiveError),
}

/// What is to be encrypted or authenticated next.
enum Work {
    Certificates(Zeroizing<Vec<u8>>),
    Key {
        private_key: Zeroizing<Vec<u8>>,
        tie: Tie,
    },
}

/// What the results that are awaited are for.
enum Awaited {
    Part(Work, Scheme),
    Mac(MacScheme, Vec<u8>),
    Nothing,
}

/// Writes one file: [`Writer::start`], then [`Writer::resume`] with each result until the file is there.
pub struct Writer {
    profile: Profile,
    password: Password,
    random: std::vec::IntoIter<u8>,
    /// What is left, the next one last.
    work: Vec<Work>,
    awaited: Awaited,
    wanted: Vec<Derivation>,
    derived: Vec<Zeroizing<Vec<u8>>>,
    /// The encrypted certificates, a `ContentInfo`.
    certificates: Vec<u8>,
    /// The bags of the keys.
    keys: Vec<Vec<u8>>,
}

impl Writer {
    /// Begins a file. `random` are fresh octets of a cryptographic random source, never used again, as many as
    /// [`Contents::randomness`] says.
    pub fn start(
        contents: Contents,
        profile: Profile,
        password: Password,
        random: Vec<u8>,
        crypto: &dyn Crypto,
    ) -> Result<(Self, Step<Vec<u8>>), WriteError> {
        let wanted = contents.randomness(profile);
        if random.len() != wanted {
            return Err(WriteError::Randomness {
                octets: random.len(),
                wanted,
            });
        }
        let mut writer = Self {
            profile,
            password,
            random: random.into_iter(),
            work: work(contents)?,
            awaited: Awaited::Nothing,
            wanted: Vec::new(),
            derived: Vec::new(),
            certificates: Vec::new(),
            keys: Vec::new(),
        };
        writer.begin_next();
        let step = writer.advance(crypto)?;
        Ok((writer, step))
    }

    /// Goes on with the result of the last [`Need`]. After an error the writer is of no more use.
    pub fn resume(
        &mut self,
        result: Zeroizing<Vec<u8>>,
        crypto: &dyn Crypto,
    ) -> Result<Step<Vec<u8>>, WriteError> {
        match self.wanted.get(self.derived.len()) {
            None => return Err(WriteError::AlreadyDone),
            Some(derivation) if derivation.octets != result.len() => {
                return Err(WriteError::ResultLength {
                    octets: result.len(),
                });
            }
            Some(_) => self.derived.push(result),
        }
        self.advance(crypto)
    }

    fn advance(&mut self, crypto: &dyn Crypto) -> Result<Step<Vec<u8>>, WriteError> {
        loop {
            if let Some(next) = self.wanted.get(self.derived.len()) {
                return Ok(Step::Need(Need::Derive(next.clone())));
            }
            let derived = std::mem::take(&mut self.derived);
            self.wanted.clear();
            match std::mem::replace(&mut self.awaited, Awaited::Nothing) {
                Awaited::Part(Work::Certificates(plain), scheme) => {
                    let cipher_text = scheme.encrypt(crypto, &derived, &plain)?;
                    self.certificates = structure::encrypted_data(&scheme.to_der(), &cipher_text);
                    self.begin_next();
                }
                Awaited::Part(Work::Key { private_key, tie }, scheme) => {
                    let cipher_text = scheme.encrypt(crypto, &derived, &private_key)?;
                    let bag = bags::shrouded_key(&scheme.to_der(), &cipher_text, &tie);
                    self.keys.push(bag);
                    self.begin_next();
                }
                Awaited::Mac(scheme, authenticated_safe) => {
                    let key = derived.first().map(|key| key.as_slice());
                    let value =
                        scheme.compute(crypto, key.unwrap_or_default(), &authenticated_safe);
                    let file = structure::pfx(&authenticated_safe, &scheme.to_der(&value));
                    return Ok(Step::Done(file));
                }
                Awaited::Nothing => return Err(WriteError::AlreadyDone),
            }
        }
    }

    /// Asks for the keys of what comes next: a part, or the integrity check behind the last one.
    fn begin_next(&mut self) {
        if let Some(work) = self.work.pop() {
            let (salt, iv) = self.profile.scheme_randomness();
            let (salt, iv) = (self.take_random(salt), self.take_random(iv));
            let scheme = self.profile.scheme(&salt, &iv);
            self.wanted = scheme.derivations(&self.encoded(scheme.form()));
            self.awaited = Awaited::Part(work, scheme);
            return;
        }
        let mut parts = vec![std::mem::take(&mut self.certificates)];
        if !self.keys.is_empty() {
            let keys = std::mem::take(&mut self.keys);
            parts.push(structure::data(&asn1::sequence_of(&keys)));
        }
        let salt = self.take_random(self.profile.mac_randomness());
        let scheme = self.profile.mac(&salt);
        self.wanted = vec![scheme.derivation(&self.encoded(scheme.form()))];
        self.awaited = Awaited::Mac(scheme, asn1::sequence_of(&parts));
    }

    fn take_random(&mut self, octets: usize) -> Vec<u8> {
        self.random.by_ref().take(octets).collect()
    }

    fn encoded(&self, form: PasswordForm) -> Zeroizing<Vec<u8>> {
        match form {
            PasswordForm::Bmp => self.password.bmp(),
            PasswordForm::Utf8 => self.password.utf8(),
        }
    }
}

/// The parts, the first one last.
fn work(contents: Contents) -> Result<Vec<Work>, WriteError> {
    let mut written = BTreeSet::new();
    let mut bags = Vec::new();
    let mut keys = Vec::new();
    for identity in contents.identities {
        let certificate = identity.certificate;
        // Any octets do that differ between the keys of a collection: the key's own identifier, else the serial number.
        let local_key_id = certificate
            .subject_key_identifier()
            .unwrap_or_else(|| certificate.serial().as_bytes().to_vec());
        let tie = Tie {
            local_key_id: Some(local_key_id),
            friendly_name: identity.friendly_name,
        };
        bags.push(bags::certificate(&certificate, &tie));
        keys.push(Work::Key {
            private_key: identity.private_key,
            tie,
        });
        written.insert(certificate.as_der().to_vec());
    }
    for authority in contents.authorities {
        if written.insert(authority.as_der().to_vec()) {
            bags.push(bags::certificate(&authority, &Tie::default()));
        }
    }
    if bags.is_empty() {
        return Err(WriteError::Empty);
    }
    keys.reverse();
    keys.push(Work::Certificates(Zeroizing::new(asn1::sequence_of(&bags))));
    Ok(keys)
}

/// Writes a file with cryptography that does everything at once. It takes as long as the profile's rounds take, once for each key, for
/// the certificates and for the integrity check: run it where that holds nobody up.
pub fn write(
    contents: Contents,
    profile: Profile,
    password: Password,
    random: Vec<u8>,
    crypto: &dyn Crypto,
    primitives: &dyn Primitives,
) -> Result<Vec<u8>, WriteError> {
    let (mut writer, mut step) = Writer::start(contents, profile, password, random, crypto)?;
    loop {
        match step {
            Step::Need(need) => step = writer.resume(need.fulfil(primitives)?, crypto)?,
            Step::Done(file) => return Ok(file),
        }
    }
}
